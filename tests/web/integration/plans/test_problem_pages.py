"""From a screen to a problem of one's own organisation, and what is done with it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from nhpf.errors import NotPermitted
from nhpf_web.audit.models import Entry
from nhpf_web.organisations.models import Organisation, User
from nhpf_web.organisations.rules import HOLDERS, Right, Role
from nhpf_web.plans import actions, queries
from nhpf_web.plans.models import Problem
from nhpf_web.plans.queries import Start
from nhpf_web.plans.rules import STATUSES, ProblemAct, Status
from nhpf_web.profiles.queries import place_with_code

pytestmark = pytest.mark.django_db
HERE = "/what-we-do/problems/"
FROM_SCREEN = f"{HERE}new/?place=E23000028&subtype=5"
SAID = {
    "title": "Fights outside licensed premises",
    "reason": "kestrel: the same hours stand behind several deaths.",
    "areas": ["ar-nte", "ar-alcohol"],
    "owner_role": "Head of local policing",
    "precursor": "violence-with-injury",
    "organisation": "essex",
}
Person = Callable[..., User]
AsUser = Callable[[User], Client]


def taken_up(essex: Organisation, by: User) -> Problem:
    place = place_with_code("E23000028")
    assert place is not None
    return actions.take_up(Start(place), SAID, organisation=essex, release="r", by=by)


def moved(held: Problem, act: ProblemAct, by: User) -> None:
    match act:
        case ProblemAct.CHANGE:
            actions.change(held, SAID | {"title": "Changed"}, by=by)
        case ProblemAct.CLOSE:
            actions.close(held, outcome="It was no problem.", by=by)
        case ProblemAct.REOPEN:
            actions.reopen(held, by=by)


@pytest.mark.parametrize("is_own", [True, False])
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", ProblemAct)
@pytest.mark.parametrize("status", Status)
def test_every_status_with_every_act_and_everybody(
    status: Status,
    act: ProblemAct,
    role: Role,
    is_own: bool,
    essex: Organisation,
    other_force: Organisation,
    person: Person,
) -> None:
    ann = person("ann", Role.ANALYST, at=essex)
    held = taken_up(essex, ann)
    if status is Status.CLOSED:
        actions.close(held, outcome="Done.", by=ann)
    actor = person("actor", role, at=essex if is_own else other_force)
    entries = Entry.objects.count()
    may = is_own and role in HOLDERS[Right.WORK_ON_PROBLEM]
    assert (held in queries.visible_to(actor)) is may
    if may and act in STATUSES[status]:
        assert act in queries.acts_for(actor, Problem.objects.get())
        moved(held, act, actor)
        assert Problem.objects.get().status == STATUSES[status][act]
        assert Entry.objects.count() == entries + 1
    else:
        assert act not in queries.acts_for(actor, Problem.objects.get())
        with pytest.raises(NotPermitted):
            moved(held, act, actor)
        assert Problem.objects.get().status == status
        assert Entry.objects.count() == entries


@pytest.mark.usefixtures("screened")
def test_what_the_screen_found_is_taken_up_with_its_reason_and_figures(
    essex: Organisation, person: Person, as_user: AsUser
) -> None:
    browser = as_user(person("ann", Role.ANALYST, at=essex))
    asked = browser.get(FROM_SCREEN)
    assert asked.status_code == 200
    assert "drawn in" in asked.text
    assert 'value="SYNTHETIC: Male non-domestic 25 and over public space' in asked.text
    ticked = re.findall(r'value="(ar-[a-z]+)"[^>]* checked', asked.text)
    assert sorted(ticked) == ["ar-alcohol", "ar-knife", "ar-nte"]
    answer = browser.post(FROM_SCREEN, SAID)
    held = Problem.objects.get()
    assert answer["Location"] == f"{HERE}{held.pk}/"
    assert (held.subtype, held.place, held.figures) == ("5", "E23000028", ["check-5", "years-5"])
    page = browser.get(f"{HERE}{held.pk}/").text
    assert "OFFICIAL-SENSITIVE" in page
    assert "ready for a plan" in page
    screen = "/what-happens/E23000028-essex/restricted/documents/screen/"
    for link in (screen, f"{screen}figures/check-5/", "/what-works/ar-nte/",
                 "/what-happens/E23000028-essex/for-my-area/?area=ar-nte"):  # fmt: skip
        assert f'href="{link}"' in page
        assert browser.get(link).status_code == 200
    assert "Toolkits: " in page
    verbs = set(Entry.objects.filter(subject=f"problem:{held.pk}").values_list("verb", flat=True))
    assert verbs == {"collection", "consultation"}


@pytest.mark.usefixtures("screened")
def test_a_screen_tells_nothing_to_those_who_may_not_read_it(
    essex: Organisation, other_force: Organisation, person: Person, as_user: AsUser
) -> None:
    stranger = as_user(person("stranger", Role.LEAD, at=other_force))
    assert stranger.get(FROM_SCREEN).status_code == 404
    assert stranger.post(FROM_SCREEN, SAID | {"organisation": "south"}).status_code == 404
    both = person("both", Role.LEAD, at=other_force)
    person("both", Role.ANALYST, at=essex)
    answer = as_user(both).post(FROM_SCREEN, SAID | {"organisation": "south"})
    assert answer.status_code == 200
    assert not Problem.objects.exists()


def test_a_problem_known_in_another_way_is_taken_up_too(
    essex: Organisation, person: Person, as_user: AsUser
) -> None:
    browser = as_user(person("ann", Role.LEAD, at=essex))
    assert "No problem has been taken up yet." in browser.get(HERE).text
    assert "Take up a problem in Essex" in browser.get(f"{HERE}new/").text
    assert browser.get(f"{HERE}new/?place=E23000028&subtype=9").status_code == 404
    wrong = browser.post(f"{HERE}new/", SAID | {"title": "", "precursor": "homicide-count"})
    assert "Say what the problem is." in wrong.text
    assert "kestrel" in wrong.text
    browser.post(f"{HERE}new/", {"title": "Walks home", "organisation": "essex"})
    held = Problem.objects.get()
    page = browser.get(f"{HERE}{held.pk}/").text
    assert "Before a plan can be made" in page
    assert "ready for a plan" not in page.partition("could-help")[0]
    assert "Walks home" in browser.get(HERE).text


def test_it_is_closed_with_what_became_of_it_and_opened_again(
    essex: Organisation, person: Person, as_user: AsUser
) -> None:
    ann = person("ann", Role.LEAD, at=essex)
    held, browser = taken_up(essex, ann), as_user(ann)
    address = f"{HERE}{held.pk}/"
    assert "Say what became of it." in browser.post(f"{address}close/", {"outcome": " "}).text
    browser.post(f"{address}close/", {"outcome": "Recording explained it."})
    page = browser.get(address).text
    assert "Recording explained it." in page
    assert "Closed on" in page
    assert browser.get(f"{address}change/").status_code == 404
    browser.post(f"{address}reopen/")
    assert "before it was opened again" in browser.get(address).text
    changed = browser.post(f"{address}change/", SAID | {"reason": "Another reason."})
    assert changed["Location"] == address
    assert Problem.objects.get().reason == "Another reason."
    assert browser.get(f"{address}nothing/").status_code == 404


def test_nobody_else_reads_it(
    essex: Organisation, other_force: Organisation, person: Person, as_user: AsUser, client: Client
) -> None:
    held = taken_up(essex, person("ann", Role.ANALYST, at=essex))
    stranger = as_user(person("stranger", Role.LEAD, at=other_force))
    reader = as_user(person("reader", Role.READER, Role.AUDITOR, at=essex))
    for path in (HERE, f"{HERE}{held.pk}/", f"{HERE}{held.pk}/close/", f"{HERE}new/"):
        assert client.get(path).status_code == 302
        for browser in (stranger, reader):
            assert "kestrel" not in browser.get(path).text
    assert stranger.get(f"{HERE}{held.pk}/").status_code == 404
    assert reader.get(HERE).status_code == 403


def test_the_database_keeps_a_closed_problem_with_its_outcome(
    essex: Organisation, person: Person
) -> None:
    held = taken_up(essex, person("ann", Role.ANALYST, at=essex))
    for wrong in ({"status": "closed"}, {"status": "odd"}, {"closed_on": "2026-01-01"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Problem.objects.filter(pk=held.pk).update(**wrong)


def test_what_we_do_leads_to_problems(client: Client) -> None:
    page = client.get("/what-we-do/").text
    assert f'href="{HERE}"' in page
    assert "nothing here makes one yet" in page
