"""A cycle from its opening through its gates; returns from the question to the register."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.audit.models import Entry
from nhpf_web.cycle.actions import phases as actions
from nhpf_web.cycle.actions import returns as answering
from nhpf_web.cycle.models import Activity, Cycle, Phase, Return
from nhpf_web.cycle.queries import phases as queries
from nhpf_web.cycle.queries.returns import register
from nhpf_web.cycle.rules.phases import PHASES, Move, State, gate
from nhpf_web.cycle.rules.returns import STEPS
from nhpf_web.organisations.models import Organisation, User
from nhpf_web.organisations.rules import Role

Person = Callable[..., User]
Browser = Callable[[User], Client]
HOME = "/how-we-are-doing/"
SAID: dict[str, Any] = {
    "title": "Weekend patrols",
    "what": "Patrols at three bus stations.",
    "areas": ["ar-knife"],
    "toolkits": ["tk-hot-spot"],
    "level": "tertiary",
    "place": "Northtown",
    "scale": "district",
    "since": 2024,
    "partners": "the council",
    "evaluated": "planned",
    "contact_desk": "Violence desk, 101",
}
RUNNERS = {Role.EDITOR, Role.LEAD}
WRITERS = {
    Role.ANALYST, Role.COMMISSIONER, Role.CONTRIBUTOR, Role.EDITOR, Role.LEAD, Role.PARTNER,
}  # fmt: skip


def first(cycle: Cycle) -> Phase:
    return cycle.phases.get(number=1)


def asked(cycle: Cycle, organisation: Organisation, by: User) -> Return:
    due = timezone.localdate() + timedelta(days=30)
    answering.ask(cycle, [organisation], due=due, by=by)
    return cycle.returns.get(organisation=organisation)


def described(answer: Return, by: User) -> Activity:
    activity = answering.describe(answer, title=SAID["title"], by=by)
    for step in STEPS:
        answering.write(activity, step, {name: SAID[name] for name in step.fields}, by=by)
    return activity


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", State)
def test_only_editors_and_leads_of_the_owner_move_phases_and_as_the_table_says(
    cycle: Cycle, owner: Organisation, person: Person, state: State, move: Move, role: Role
) -> None:
    phase = first(cycle)
    Phase.objects.filter(pk=phase.pk).update(state=state)
    for number in PHASES[:1]:
        for one in number.gates:
            assert one.is_counted
    cycle.returns.create(organisation=owner, due=date(2026, 2, 1))
    somebody = person("sam", role, at=owner)
    is_allowed = role in RUNNERS and (state, move) in {
        (State.PLANNED, Move.BEGIN),
        (State.UNDER_WAY, Move.FINISH),
        (State.DONE, Move.REOPEN),
    }
    before = Entry.objects.count()
    if is_allowed:
        actions.move(phase, move, by=somebody, reason="Because")
        assert first(cycle).state != state
        assert Entry.objects.count() == before + 1
    else:
        with pytest.raises(NotPermitted):
            actions.move(phase, move, by=somebody, reason="Because")
        assert first(cycle).state == state
        assert Entry.objects.count() == before


@pytest.mark.parametrize("role", sorted(RUNNERS))
def test_no_editor_or_lead_of_a_force_moves_the_cycle(
    cycle: Cycle, person: Person, role: Role
) -> None:
    with pytest.raises(NotPermitted):
        actions.move(first(cycle), Move.BEGIN, by=person("kim", role))


def test_a_phase_waits_for_its_gates_and_the_next_for_it(
    cycle: Cycle, editor: User, force: Organisation, person: Person
) -> None:
    actions.move(first(cycle), Move.BEGIN, by=editor)
    with pytest.raises(InvalidInput, match="have been asked"):
        actions.move(first(cycle), Move.FINISH, by=editor)
    answer = asked(cycle, force, editor)
    with pytest.raises(InvalidInput, match="is answered"):
        actions.move(first(cycle), Move.FINISH, by=editor)
    second = cycle.phases.get(number=2)
    with pytest.raises(NotPermitted, match="before this one is not done"):
        actions.move(second, Move.BEGIN, by=editor)
    answering.send(answer, is_nothing=True, by=person("con", Role.CONTRIBUTOR))
    actions.move(first(cycle), Move.FINISH, by=editor)
    actions.move(second, Move.BEGIN, by=editor)
    with pytest.raises(NotPermitted, match="after this one has begun"):
        actions.move(first(cycle), Move.REOPEN, by=editor, reason="Late return")
    for one in PHASES[1].gates:
        with pytest.raises(InvalidInput, match="Not there yet"):
            actions.move(second, Move.FINISH, by=editor)
        actions.confirm(second, one, said="In the minutes", by=editor)
    actions.move(second, Move.FINISH, by=editor)
    assert cycle.phases.get(number=2).finished_on == timezone.localdate()


def test_a_counted_gate_is_not_talked_away(cycle: Cycle, editor: User) -> None:
    counted = gate(1, "asked")
    assert counted is not None
    with pytest.raises(InvalidInput, match="counted"):
        actions.confirm(first(cycle), counted, said="All asked", by=editor)


def test_the_clock_says_when_the_cycle_is_reviewed(cycle: Cycle) -> None:
    assert queries.clock_of(cycle) == (date(2027, 7, 1), date(2028, 1, 1))
    due = queries.falling_due(until=date(2028, 1, 1))
    assert [one.by for one in due] == sorted(one.by for one in due)
    assert "Cycle 2026 is reviewed" in [one.what for one in due]
    assert "Phase 1 ends" in [one.what for one in due]
    assert queries.falling_due(until=date(2026, 1, 2)) == []


def test_the_pages_tell_where_the_cycle_stands(
    client: Client, cycle: Cycle, editor: User, as_user: Browser
) -> None:
    assert "Cycle 2026" in client.get(HOME).text
    page = client.get(f"{HOME}cycles/cycle-2026/").text
    assert "Not yet" in page
    assert "Begin phase 1" not in page
    ours = as_user(editor)
    assert "Begin phase 1" in ours.get(f"{HOME}cycles/cycle-2026/").text
    answer = ours.post(f"{HOME}cycles/cycle-2026/phases/1/begin/", {})
    assert answer.status_code == 302
    assert first(cycle).state == State.UNDER_WAY
    refused = ours.post(f"{HOME}cycles/cycle-2026/phases/1/finish/", {})
    assert "Not there yet" in refused.text
    said = {"said": "See the minutes of March"}
    ours.post(f"{HOME}cycles/cycle-2026/phases/2/gates/profile/", said)
    assert "See the minutes of March" in client.get(f"{HOME}cycles/cycle-2026/").text
    assert "Phase 1 ends" in client.get(f"{HOME}due/").text


def test_an_editor_plans_the_phases_in_the_site(
    cycle: Cycle, editor: User, force: Organisation, as_user: Browser
) -> None:
    address = f"{HOME}cycles/cycle-2026/plan/"
    form = {f"owner_{n}": force.pk for n in range(1, 6)}
    days = {f"due_{n}": f"1 {n + 1} 2026" for n in range(1, 6)}
    assert as_user(editor).post(address, form | days).status_code == 302
    assert {one.owner for one in cycle.phases.all()} == {force}
    late = as_user(editor).post(address, form | days | {"due_5": "2 1 2028"})
    assert "within 24 months" in late.text


def test_a_first_cycle_is_opened_in_the_site(editor: User, as_user: Browser) -> None:
    page = as_user(editor).get(HOME).text
    assert "No cycle is open" in page
    answer = as_user(editor).post(
        f"{HOME}cycles/open/", {"name": "Cycle 2027", "started": "1 2 2027"}
    )
    assert answer.status_code == 302
    assert Cycle.objects.get().phases.count() == 5
    again = as_user(editor).post(
        f"{HOME}cycles/open/", {"name": "Cycle 2027", "started": "1 2 2027"}
    )
    assert "is there already" in again.text


@pytest.mark.parametrize("role", Role)
def test_a_return_is_written_by_those_whose_role_allows_it(
    cycle: Cycle, editor: User, force: Organisation, person: Person, role: Role
) -> None:
    answer, somebody = asked(cycle, force, editor), person("sam", role)
    if role in WRITERS:
        described(answer, somebody)
        answering.send(answer, is_nothing=False, by=somebody)
        answering.reopen(answer, by=somebody)
    else:
        for act in (
            lambda: answering.describe(answer, title="x", by=somebody),
            lambda: answering.send(answer, is_nothing=True, by=somebody),
        ):
            with pytest.raises(NotPermitted):
                act()


def test_another_organisation_writes_none_of_it(
    cycle: Cycle, editor: User, force: Organisation, other_force: Organisation, person: Person
) -> None:
    answer = asked(cycle, force, editor)
    activity = described(answer, person("con", Role.CONTRIBUTOR))
    eve = person("eve", *Role, at=other_force)
    acts: tuple[Callable[[], object], ...] = (
        lambda: answering.write(activity, STEPS[0], SAID, by=eve),
        lambda: answering.remove(activity, by=eve),
        lambda: answering.send(answer, is_nothing=False, by=eve),
    )
    for act in acts:
        with pytest.raises(NotPermitted):
            act()


def test_what_was_sent_is_not_written_until_it_is_opened_again(
    cycle: Cycle, editor: User, force: Organisation, person: Person
) -> None:
    answer, con = asked(cycle, force, editor), person("con", Role.CONTRIBUTOR)
    activity = described(answer, con)
    assert register() == []
    answering.send(answer, is_nothing=False, by=con)
    assert register() == [activity]
    for act in (
        lambda: answering.write(activity, STEPS[0], SAID, by=con),
        lambda: answering.describe(answer, title="Another", by=con),
        lambda: answering.remove(activity, by=con),
        lambda: answering.send(answer, is_nothing=False, by=con),
    ):
        with pytest.raises(NotPermitted):
            act()
    answering.reopen(answer, by=con)
    assert register() == []


def test_no_person_enters_a_return_by_any_door(
    cycle: Cycle, editor: User, force: Organisation, person: Person, as_user: Browser
) -> None:
    answer, con = asked(cycle, force, editor), person("con", Role.CONTRIBUTOR)
    activity = described(answer, con)
    with pytest.raises(InvalidInput, match="Name a desk"):
        answering.write(activity, STEPS[0], SAID | {"what": "Ring DS Anna Jones"}, by=con)
    page = as_user(con).post(
        f"{HOME}activity/{activity.pk}/known/",
        {"evaluated": "no", "contact_desk": "jane.doe@kent.example"},
    )
    assert "Name a desk or a role instead" in page.text
    activity.refresh_from_db()
    assert activity.contact_desk == SAID["contact_desk"]


def test_a_return_is_left_and_resumed_in_the_site(
    cycle: Cycle, editor: User, force: Organisation, person: Person, as_user: Browser
) -> None:
    answer = asked(cycle, force, editor)
    browser = as_user(person("con", Role.CONTRIBUTOR))
    assert (
        "Write the return of North Police" in browser.get(f"{HOME}cycles/cycle-2026/returns/").text
    )
    own = f"{HOME}returns/{answer.pk}/"
    gone = browser.post(f"{own}describe/", {"title": SAID["title"], "what": SAID["what"]})
    activity = Activity.objects.get()
    assert gone["Location"] == f"{HOME}activity/{activity.pk}/focus/"
    refused = browser.post(own, {})
    assert "is not complete: What is it about?" in refused.text
    for step, following in zip(STEPS[1:], [*STEPS[2:], None], strict=True):
        form = {name: SAID[name] for name in step.fields}
        gone = browser.post(f"{HOME}activity/{activity.pk}/{step.slug}/", form)
        ending = f"{following.slug}/" if following else ""
        assert gone["Location"] == f"{HOME}activity/{activity.pk}/{ending}"
    check = browser.get(f"{HOME}activity/{activity.pk}/").text
    assert "Knife crime" in check
    assert "Check your answers" in check
    assert browser.post(own, {}).status_code == 302
    assert Return.objects.get().state == "sent"
    assert "Answered on" in browser.get(f"{HOME}cycles/cycle-2026/returns/").text
    shown = browser.get(f"{HOME}activity/").text
    assert "Weekend patrols" in shown
    assert (
        "No activity is described for this choice"
        in browser.get(f"{HOME}activity/?area=ar-gun").text
    )
    rows = list(csv.reader(StringIO(browser.get(f"{HOME}activity.csv").text.lstrip("\ufeff"))))
    assert rows[0][:2] == ["organisation", "title"]
    assert rows[1][:2] == ["North Police", "Weekend patrols"]
    assert "ar-knife" in rows[1]


def test_the_register_is_for_those_who_take_part(client: Client, db: None) -> None:
    for address in ("activity/", "activity.csv"):
        assert client.get(HOME + address).status_code == 302


def test_a_spreadsheet_takes_no_word_for_a_formula(
    cycle: Cycle, editor: User, force: Organisation, person: Person, as_user: Browser
) -> None:
    answer, con = asked(cycle, force, editor), person("con", Role.CONTRIBUTOR)
    activity = described(answer, con)
    answering.write(activity, STEPS[0], {"title": "=1+1", "what": "x"}, by=con)
    answering.send(answer, is_nothing=False, by=con)
    assert "'=1+1" in as_user(con).get(f"{HOME}activity.csv").text


def test_asking_twice_keeps_the_first_day(
    cycle: Cycle, editor: User, force: Organisation, as_user: Browser
) -> None:
    answer = asked(cycle, force, editor)
    browser = as_user(editor)
    form = {"organisations": [force.pk], "due": "1 1 2090"}
    assert browser.post(f"{HOME}cycles/cycle-2026/returns/ask/", form).status_code == 302
    assert cycle.returns.get().due == answer.due


def test_all_who_were_not_asked_are_ticked(
    cycle: Cycle, editor: User, force: Organisation, other_force: Organisation, as_user: Browser
) -> None:
    asked(cycle, force, editor)
    page = as_user(editor).get(f"{HOME}cycles/cycle-2026/returns/ask/")
    ticked = {one.pk for one in page.context["form"].initial["organisations"]}
    assert other_force.pk in ticked
    assert force.pk not in ticked
