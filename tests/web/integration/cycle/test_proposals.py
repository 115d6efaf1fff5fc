"""Proposals from the first word to the decision; other workstreams."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.audit.models import Entry
from nhpf_web.cycle.actions import proposals as actions
from nhpf_web.cycle.models import LinkedWork, Proposal
from nhpf_web.cycle.rules.proposals import ASKED, DECISIONS, STAGES, ProposalMove, Stage
from nhpf_web.organisations.models import Organisation, User
from nhpf_web.organisations.rules import HOLDERS, Right, Role

Person = Callable[..., User]
Browser = Callable[[User], Client]
HOME = "/how-we-are-doing/"
SAID = dict.fromkeys(ASKED, "Said") | {"title": "Fire-setting"}


@pytest.fixture
def author(person: Person) -> User:
    return person("ann", Role.CONTRIBUTOR)


@pytest.fixture
def proposal(force: Organisation, author: User) -> Proposal:
    held = actions.draft(force, kind="area", title="Fire-setting", by=author)
    actions.change(held, SAID, by=author)
    return held


def do(move: ProposalMove, held: Proposal, by: User) -> None:
    match move:
        case ProposalMove.CHANGE:
            actions.change(held, SAID, by=by)
        case ProposalMove.PROPOSE:
            actions.propose(held, by=by)
        case ProposalMove.WITHDRAW:
            actions.withdraw(held, by=by)
        case _:
            actions.decide(held, move, reasons="Because", by=by)


WHO = [("force", role) for role in Role] + [("owner", role) for role in Role]


@pytest.mark.parametrize(("where", "role"), WHO)
def test_every_move_of_every_stage_by_every_role(
    proposal: Proposal, owner: Organisation, force: Organisation, person: Person,
    where: str, role: Role,
) -> None:  # fmt: skip
    somebody = person("sam", role, at=owner if where == "owner" else force)
    for stage in Stage:
        for move in ProposalMove:
            Proposal.objects.filter(pk=proposal.pk).update(stage=stage, decided_by=None)
            before = Entry.objects.count()
            right = Right.RUN_CYCLE if move in DECISIONS else Right.PROPOSE
            place = "owner" if move in DECISIONS else "force"
            if move in STAGES[stage] and role in HOLDERS[right] and where == place:
                do(move, proposal, somebody)
                assert Proposal.objects.get().stage == STAGES[stage][move]
                assert Entry.objects.count() == before + 1
            else:
                with pytest.raises(NotPermitted):
                    do(move, proposal, somebody)
                assert Proposal.objects.get().stage == stage
                assert Entry.objects.count() == before


def test_nobody_decides_on_their_own(
    proposal: Proposal, author: User, owner: Organisation, person: Person
) -> None:
    person("ann", Role.EDITOR, at=owner)
    actions.propose(proposal, by=author)
    with pytest.raises(NotPermitted, match="You wrote this proposal"):
        actions.decide(proposal, ProposalMove.ACCEPT, reasons="Mine", by=author)


def test_without_its_impact_on_homicide_it_is_not_handed_in(
    force: Organisation, author: User
) -> None:
    held = actions.draft(force, kind="priority", title="Dogs", by=author)
    actions.change(held, SAID | {"impact": ""}, by=author)
    with pytest.raises(InvalidInput, match="impact on homicide"):
        actions.propose(held, by=author)


def test_the_way_in_the_site(
    author: User, editor: User, force: Organisation, as_user: Browser, client: Client
) -> None:
    ours, theirs = as_user(author), as_user(editor)
    start = {"title": "Fire-setting", "kind": "area", "organisation": "north"}
    gone = ours.post(f"{HOME}proposals/start/", start)
    assert gone["Location"] == f"{HOME}proposals/fire-setting/change/"
    own = f"{HOME}proposals/fire-setting/"
    assert client.get(own).status_code == 404
    assert theirs.get(own).status_code == 404
    refused = ours.post(f"{own}propose/", {})
    assert "Not answered yet" in refused.text
    assert ours.post(f"{own}change/", SAID | {"impact": "Nine deaths"}).status_code == 302
    assert ours.post(f"{own}propose/", {}).status_code == 302
    assert "Nine deaths" in client.get(own).text
    assert "Give the reasons" in theirs.post(f"{own}decline/", {}).text
    assert theirs.post(f"{own}decline/", {"reasons": "Too few studies"}).status_code == 302
    page = client.get(own).text
    assert "Decision: declined" in page
    assert "Too few studies" in page
    assert "Declined" in client.get(f"{HOME}proposals/").text
    assert ours.post(f"{own}decline/", {"reasons": "x"}).status_code == 403


def test_another_workstream_is_linked_by_an_editor_alone(
    author: User, editor: User, as_user: Browser, client: Client
) -> None:
    form = {
        "title": "Operation Modify", "owner": "Somebody", "what": "Training.",
        "address": "https://example.org/",
    }  # fmt: skip
    address = f"{HOME}linked-work/link/"
    assert as_user(author).post(address, form).status_code == 403
    assert "No workstream is linked yet" in client.get(f"{HOME}linked-work/").text
    assert as_user(editor).post(address, form).status_code == 302
    assert "Operation Modify" in client.get(f"{HOME}linked-work/").text
    bad = as_user(editor).post(address, form | {"address": "javascript:alert(1)"})
    assert "Enter a valid URL" in bad.text
    work = LinkedWork.objects.get()
    assert as_user(author).post(f"{HOME}linked-work/{work.pk}/remove/").status_code == 403
    assert as_user(editor).post(f"{HOME}linked-work/{work.pk}/remove/").status_code == 302
    assert not LinkedWork.objects.exists()
