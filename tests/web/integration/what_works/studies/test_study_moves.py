"""Every act on a study, in every state, by everybody: as the table says, and refused elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from tests.web.integration.what_works.studies.conftest import DESCRIBED, measured

from nhpf.errors import InvalidInput, NhpfError, NotPermitted, PersonalData
from nhpf_web.audit.models import Entry
from nhpf_web.organisations.actions import appoint, open_organisation
from nhpf_web.organisations.models import Notice, Organisation
from nhpf_web.organisations.rules import OWNER_SLUG, Kind, Role
from nhpf_web.what_works.actions.studies import Described, decide, put_forward
from nhpf_web.what_works.actions.syntheses import open_synthesis
from nhpf_web.what_works.models import Decision, Study
from nhpf_web.what_works.queries.studies import acts_on_study, studies_visible_to
from nhpf_web.what_works.rules.studies import STUDY_MOVES, StudyAct, StudyState

if TYPE_CHECKING:
    from django.test import Client
    from tests.web.integration.what_works.studies.conftest import Table

Cast = dict[str, tuple[Any, bool]]


@pytest.fixture
def cast(table: Table, force: Organisation, other_force: Organisation) -> Cast:
    """Everybody, with whether they may decide on a study of North Police's researcher."""
    owner = Organisation.objects.get(slug=OWNER_SLUG)
    # The researcher decides elsewhere, yet never on what they put forward.
    appoint("ann", owner, Role.ASSESSOR)
    # The university ran the evaluation: an assessor of the owner who belongs to it has an interest.
    university = open_organisation("university", name="A university", kind=Kind.ACADEMIA)
    interested = appoint("inge", owner, Role.ASSESSOR)
    appoint("inge", university, Role.READER)
    for role in Role:
        appoint("eve", other_force, role)
        appoint("pip", force, role)
        if role not in (Role.ASSESSOR, Role.EDITOR):
            appoint("reader", owner, role)
    return {
        "nobody": (AnonymousUser(), False),
        "who put it forward": (table.writer, False),
        "every role of its organisation": (appoint("pip", force, Role.READER), False),
        "every role of another force": (appoint("eve", other_force, Role.READER), False),
        "every other role of the owner": (appoint("reader", owner, Role.READER), False),
        "assessor with an interest": (interested, False),
        "assessor of the owner": (table.assessor, True),
        "editor of the owner": (table.editor, True),
        "assessor of the College": (table.college, True),
    }


def stands(table: Table, state: StudyState) -> Study:
    """Return a study in a state, of whose evaluation the university declared that it ran it."""
    held = table.in_state(state)
    held.interests.set(Organisation.objects.filter(slug="university"))
    return held


def attempt(does: Callable[[], object]) -> bool:
    """Try an act and undo it; return whether it was done. A refusal changes nothing."""
    before = list(Study.objects.values()), Decision.objects.count(), Entry.objects.count()
    try:
        with transaction.atomic():
            does()
            assert Entry.objects.count() > before[2], "done, and not in the log"
            transaction.set_rollback(True)
    except NhpfError:
        after = list(Study.objects.values()), Decision.objects.count(), Entry.objects.count()
        assert before == after
        return False
    return True


@pytest.mark.parametrize("state", StudyState)
def test_each_act_is_done_where_the_table_says_so_by_who_may_and_by_nobody_else(
    table: Table, cast: Cast, state: StudyState
) -> None:
    held, wrong = stands(table, state), []
    for name, (who, may) in cast.items():
        for act in StudyAct:
            expected = may and act in STUDY_MOVES[state]
            done = attempt(
                lambda act=act, who=who: decide(
                    [held], act, by=who, reason="x", has_no_interest=True
                )
            )
            if done != expected or (act in acts_on_study(who, held)) != expected:
                wrong.append(f"{name} may{' not' * (not expected)} {act} what is {state}")
    assert wrong == []


@pytest.mark.parametrize("state", StudyState)
def test_the_pages_offer_and_refuse_the_same(
    table: Table,
    cast: Cast,
    as_user: Callable[[Any], Client],
    client: Client,
    state: StudyState,
) -> None:
    held, wrong = stands(table, state), []
    before = list(Study.objects.values()), Entry.objects.count()
    for name, (who, may) in cast.items():
        browser = as_user(who) if name != "nobody" else client
        for act in StudyAct:
            expected = may and act in STUDY_MOVES[state]
            address = (
                f"/what-works/evidence/{table.live.permanent_id}/studies/{held.pk}/do/"
                f"{act.replace(' ', '-')}/"
            )
            asked = browser.get(address).status_code == 200
            sent = browser.post(address, {"reason": "", "has_no_interest": "on"}).status_code == 200
            if asked != expected or sent != expected:
                wrong.append(f"{name}: {act} what is {state}: {asked}, {sent}")
    assert wrong == []
    assert before == (list(Study.objects.values()), Entry.objects.count())


@pytest.mark.parametrize("state", StudyState)
def test_what_nobody_decided_is_read_by_its_organisation_and_the_deciders_alone(
    table: Table, cast: Cast, state: StudyState
) -> None:
    held = stands(table, state)
    reads = {name for name, (who, _) in cast.items() if held in studies_visible_to(who)}
    private = {"nobody", "every role of another force", "every other role of the owner"}
    assert reads == (set(cast) - private if state == StudyState.PUT_FORWARD else set(cast))


def test_who_has_an_interest_and_says_so_does_not_decide(table: Table) -> None:
    held = table.put(measured("A (2024)"))
    with pytest.raises(NotPermitted, match="no interest"):
        decide(held, StudyAct.APPROVE, by=table.assessor, reason="x", has_no_interest=False)
    with pytest.raises(InvalidInput, match="Say why"):
        decide(held, StudyAct.APPROVE, by=table.assessor, reason=" ", has_no_interest=True)
    with pytest.raises(PersonalData):
        decide(
            held, StudyAct.HOLD, by=table.assessor, reason="Ring 07700 900123", has_no_interest=True
        )


@pytest.mark.parametrize("role", Role)
def test_only_those_whose_role_allows_it_put_studies_forward(
    table: Table, other_force: Organisation, role: Role
) -> None:
    who = appoint("sam", other_force, role)
    may = role in {Role.ANALYST, Role.CONTRIBUTOR, Role.EDITOR, Role.LEAD, Role.RESEARCHER}

    def does() -> object:
        rows = [measured("A (2024)")]
        return put_forward(table.live, rows, DESCRIBED, organisation="south", by=who)

    assert attempt(does) == may
    # Never for an organisation to which one does not belong.
    assert not attempt(
        lambda: put_forward(
            table.live, [measured("A (2024)")], DESCRIBED, organisation="north", by=who
        )
    )


def test_a_study_is_listed_once_and_cites_a_publication_that_opens(table: Table) -> None:
    table.put(measured("A (2024)"))
    with pytest.raises(InvalidInput, match="listed already"):
        table.put(measured("a (2024)"))
    for wrong in ({"source": " "}, {"address": ""}, {"address": "javascript:alert(1)"}):
        said = {
            "design": "randomised",
            "risk_of_bias": "low",
            "source": "x",
            "address": "https://e.org",
        }
        with pytest.raises(InvalidInput):
            table.put(measured("B (2024)"), described=Described(**(said | wrong)))
    assert Study.objects.count() == 1


def test_a_synthesis_is_opened_by_an_editor_of_the_framework(table: Table) -> None:
    from tests.web.integration.what_works.studies.conftest import OPENED

    with pytest.raises(NotPermitted):
        open_synthesis(**OPENED, by=table.writer)
    for wrong in (
        {"intervention": "ar-knife"},
        {"address": ""},
        {"method": "MH", "hartung_knapp": True},
        {"method": "best"},
        {"measure": "XX"},
        {"bias_reason": ""},
        {"standing": "true"},
    ):
        with pytest.raises(InvalidInput):
            open_synthesis(**(OPENED | wrong), by=table.editor)


def test_deciders_without_an_interest_are_told_and_so_is_who_put_it_forward(
    table: Table, cast: Cast
) -> None:
    university = Organisation.objects.filter(slug="university")
    described = replace(DESCRIBED, interests=university)
    held = table.put(measured("A (2024)"), described=described)
    told = set(Notice.objects.values_list("user__username", flat=True))
    assert told == {"edd", "una"}
    table.decide(held)
    assert Notice.objects.get(user=table.writer).text.startswith("A study that you put forward")
    assert cast["assessor with an interest"][0].username not in told
