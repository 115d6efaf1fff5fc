"""Every state, act and person: by direct call and by page, as the table says and no other way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from nhpf.errors import NotPermitted
from nhpf_web.equality import actions
from nhpf_web.equality.models import Assessment, Mitigation
from nhpf_web.equality.rules import (
    DEED_NEEDS,
    MOVES,
    NEEDS,
    PARTS,
    STATES,
    Act,
    Deed,
    Progress,
    Status,
)
from nhpf_web.organisations.models import Organisation, User
from nhpf_web.organisations.rules import HOLDERS, Right, Role

Whole = Callable[..., Assessment]
Person = Callable[..., User]
Browser = Callable[[User], Client]

CALLS: dict[Act, Callable[[Assessment, User], Any]] = {
    Act.CHANGE: lambda held, who: actions.change_part(
        held, PARTS[1], {"affected": "Others"}, by=who
    ),
    Act.ASK: lambda held, who: actions.ask_for_signature(held, by=who),
    Act.SIGN: lambda held, who: actions.sign(held, by=who),
    Act.REOPEN: lambda held, who: actions.reopen(held, by=who, reason="New data"),
}
PAGES: dict[Act, tuple[str, dict[str, str]]] = {
    Act.CHANGE: ("change/people/", {"affected": "Others"}),
    Act.ASK: ("check/", {}),
    Act.SIGN: ("sign/", {"is_read": "on", "reason": ""}),
    Act.REOPEN: ("reopen/", {"reason": "New data"}),
}
STAFF = [role.value for role in Role]
# Of another organisation, with every role there; nobody; and the one who wrote it, as a lead.
OTHERS = ["other organisation", "writer"]


@pytest.fixture
def held(request: pytest.FixtureRequest, whole: Whole, signed: Whole) -> Assessment:
    return (signed if request.param == Status.SIGNED else whole)("method", "rate")


@pytest.fixture
def who(
    request: pytest.FixtureRequest, person: Person, other_force: Organisation, force: Organisation
) -> User:
    match request.param:
        case "other organisation":
            return person("eve", *Role, at=other_force)
        case "writer":
            return person("wil", *Role)
    return person("ben", Role(request.param))


def may_do(act: Act, status: Status, who: str) -> bool:
    """Say from the table alone whether it is allowed."""
    if who == "other organisation" or act not in STATES[status]:
        return False
    if who == "writer":
        return act != Act.SIGN
    return Role(who) in HOLDERS[NEEDS[act]]


def as_it_is(held: Assessment) -> tuple[Any, ...]:
    now = Assessment.objects.get(pk=held.pk)
    return now.status, now.affected, now.signed_by_id


@pytest.mark.parametrize("who", [*STAFF, *OTHERS], indirect=True)
@pytest.mark.parametrize("held", list(Status), indirect=True)
def test_every_act_by_call(request: pytest.FixtureRequest, held: Assessment, who: User) -> None:
    asked = request.node.callspec.params
    for act in Act:
        current = Assessment.objects.get(pk=held.pk)
        if may_do(act, Status(current.status), asked["who"]):
            continue
        before = as_it_is(held)
        with pytest.raises(NotPermitted):
            CALLS[act](current, who)
        assert as_it_is(held) == before, act


@pytest.mark.parametrize("who", [*STAFF, *OTHERS], indirect=True)
@pytest.mark.parametrize("held", list(Status), indirect=True)
def test_every_act_by_page(
    request: pytest.FixtureRequest, held: Assessment, who: User, as_user: Browser
) -> None:
    asked = request.node.callspec.params
    browser = as_user(who)
    for act in Act:
        if may_do(act, Status(asked["held"]), asked["who"]):
            continue
        before = as_it_is(held)
        path, values = PAGES[act]
        answer = browser.post(f"/equality/{held.reference}/{path}", values)
        assert answer.status_code in (200, 403, 404), act
        assert as_it_is(held) == before, act
        if answer.status_code == 200:
            assert "There is a problem" in answer.text


@pytest.mark.parametrize("by_page", [False, True], ids=["call", "page"])
@pytest.mark.parametrize(
    ("status", "act", "role"),
    [
        (status, act, role)
        for status, acts in STATES.items()
        for act in acts
        for role in sorted(HOLDERS[NEEDS[act]])
    ],
)
def test_what_the_table_allows_is_done(
    status: Status, act: Act, role: Role, whole: Whole, signed: Whole, person: Person,
    as_user: Browser, *, by_page: bool,
) -> None:  # fmt: skip
    held = (signed if status == Status.SIGNED else whole)("method", "rate")
    who = person("ben", role)
    if by_page:
        path, values = PAGES[act]
        assert as_user(who).post(f"/equality/{held.reference}/{path}", values).status_code == 302
    else:
        CALLS[act](held, who)
    assert as_it_is(held)[0] == STATES[status][act]


def test_nobody_acts_by_page(whole: Whole, signed: Whole) -> None:
    for held in (whole("method", "rate", "One"), signed("method", "scan", "Two")):
        before = as_it_is(held)
        for path, values in PAGES.values():
            answer = Client().post(f"/equality/{held.reference}/{path}", values)
            assert answer.status_code == 302
            assert answer["Location"].startswith("/accounts/login/")
        assert as_it_is(held) == before


def _put(held: Assessment, progress: Progress, lead: User) -> Mitigation:
    mitigation = held.mitigations.get()
    held.mitigations.create(action="More", owner="Desk", due=mitigation.due)
    deed = {Progress.DONE: Deed.FINISH, Progress.DROPPED: Deed.DROP}.get(progress)
    if deed:
        actions.record_progress(mitigation, deed, said="Said", by=lead)
    return Mitigation.objects.get(pk=mitigation.pk)


@pytest.mark.parametrize("by_page", [False, True], ids=["call", "page"])
@pytest.mark.parametrize("who", [*STAFF, "other organisation"], indirect=True)
@pytest.mark.parametrize("progress", Progress)
def test_every_deed_in_every_state_by_everybody(
    request: pytest.FixtureRequest, progress: Progress, who: User, signed: Whole, person: Person,
    as_user: Browser, *, by_page: bool,
) -> None:  # fmt: skip
    name = request.node.callspec.params["who"]
    held = signed("method", "rate")
    lead = person("sig", Role.EQUALITY_LEAD)
    mitigation = _put(held, progress, lead)
    for deed in Deed:
        before = Mitigation.objects.filter(pk=mitigation.pk).values().get()
        has_right = name != "other organisation" and Role(name) in HOLDERS[DEED_NEEDS[deed]]
        allowed = has_right and deed in MOVES[progress]
        if allowed:
            continue
        if by_page:
            address = f"/equality/{held.reference}/mitigations/{mitigation.pk}/{deed}/"
            assert as_user(who).post(address, {"said": "Said"}).status_code in (403, 404)
        else:
            with pytest.raises(NotPermitted):
                actions.record_progress(mitigation, deed, said="Said", by=who)
        assert Mitigation.objects.filter(pk=mitigation.pk).values().get() == before
    for deed, then in MOVES[progress].items():
        if name != "other organisation" and Role(name) in HOLDERS[DEED_NEEDS[deed]]:
            actions.record_progress(mitigation, deed, said="Said", by=who)
            assert Mitigation.objects.get(pk=mitigation.pk).progress == then
            break
    assert Assessment.objects.get(pk=held.pk).status == Status.SIGNED


def test_the_rights_of_the_table_are_held_by_some() -> None:
    assert {*NEEDS.values(), *DEED_NEEDS.values()} == {
        Right.DRAFT_ASSESSMENT,
        Right.SIGN_ASSESSMENT,
    }
