"""Every act, in every state, by everybody: done where the table says so, refused elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from nhpf.errors import NhpfError, NotPermitted
from nhpf_web.audit.models import Entry
from nhpf_web.organisations.actions import appoint
from nhpf_web.organisations.models import Organisation
from nhpf_web.organisations.rules import OWNER_SLUG, Role
from nhpf_web.what_works import actions, queries
from nhpf_web.what_works.models import Version
from nhpf_web.what_works.rules import MOVES, STEPS, Act, Party, State

if TYPE_CHECKING:
    from django.test import Client
    from tests.web.integration.what_works.conftest import Stage

Does = Callable[["Stage", Any], object]
DOES: dict[Act, Does] = {
    Act.CHANGE: lambda s, who: actions.save_step(s.version, STEPS[1], {"problem": "x"}, by=who),
    Act.SUBMIT: lambda s, who: actions.submit(s.version, by=who),
    Act.SEND_BACK: lambda s, who: actions.send_back(s.version, by=who, reason="x"),
    Act.ASSIGN: lambda s, who: actions.assign(s.version, _needed(s), by=who),
    Act.DECLINE: lambda s, who: actions.decline(s.version, by=who, reason="x"),
    Act.RATE: lambda s, who: actions.rate(
        s.version, by=who, finding="new-untested", is_fit=True, reasons="x", has_no_interest=True
    ),
    Act.ACCEPT: lambda s, who: actions.accept(s.version, by=who),
    Act.DISPUTE: lambda s, who: actions.object_to(s.version, Act.DISPUTE, by=who, reason="x"),
    Act.ANSWER: lambda s, who: actions.reply_to(
        s.version, Act.ANSWER, by=who, reply="x", is_upheld=False
    ),
    Act.APPEAL: lambda s, who: actions.object_to(s.version, Act.APPEAL, by=who, reason="x"),
    Act.DECIDE: lambda s, who: actions.reply_to(
        s.version, Act.DECIDE, by=who, reply="x", is_upheld=False
    ),
    Act.CONFIRM_EQUALITY: lambda s, who: actions.confirm_equality(s.version, by=who),
    Act.PUBLISH: lambda s, who: actions.publish(s.version, by=who),
    Act.REVIEW: lambda s, who: actions.review(s.version, by=who),
    Act.RENEW: lambda s, who: actions.renew(s.version, by=who),
    Act.WITHDRAW: lambda s, who: actions.withdraw(s.version, by=who, reason="x"),
}
OF_THE_SERVICE = {Act.FALL_DUE, Act.REPLACE}


def _needed(stage: Stage) -> list[Any]:
    """Return as many fresh assessors as the state asks for."""
    return [stage.first, stage.second] if stage.fresh().state == State.SUBMITTED else [stage.third]


def _after_decline(stage: Stage) -> Version:
    held = stage.to(State.IN_ASSESSMENT)
    actions.decline(held, by=stage.second, reason="x")
    return held


def _third_not_asked(stage: Stage) -> Version:
    held = stage.to(State.IN_ASSESSMENT)
    stage.rate(stage.first)
    stage.rate(stage.second, "new-untested")
    return held


def _signed(stage: Stage) -> Version:
    held = stage.to(State.ASSESSED)
    stage.sign()
    return held


# How a version comes to stand somewhere, and what its circumstances refuse whoever asks.
SCENES: dict[str, tuple[Callable[[Stage], Version], set[Act]]] = {
    **{
        state: ((lambda s, to=state: s.to(to)), set())
        for state in State
        if state not in (State.IN_ASSESSMENT, State.THIRD_ASSESSOR, State.ASSESSED)
    },
    "two are asked": (lambda s: s.to(State.IN_ASSESSMENT), {Act.ASSIGN}),
    "one of two declined": (_after_decline, set()),
    "a third is asked": (lambda s: s.to(State.THIRD_ASSESSOR), {Act.ASSIGN}),
    "a third is to be asked": (_third_not_asked, set()),
    "equality not signed": (lambda s: s.to(State.ASSESSED), {Act.CONFIRM_EQUALITY}),
    "equality signed, not confirmed": (_signed, set()),
}


@pytest.fixture
def cast(stage: Stage, other_force: Organisation) -> dict[str, tuple[Any, set[Party]]]:
    """Everybody, with the parties that they are whatever the state; assessors are asked later."""
    north = stage.version.practice.organisation
    owner = Organisation.objects.get(slug=OWNER_SLUG)
    # An editor of the owner who also belongs to North Police has an interest: no judge of this.
    appoint("two-hats", owner, Role.EDITOR)
    appoint("every-role", north, Role.READER)
    for role in Role:
        appoint("eve-south", other_force, role)
        if role not in (Role.CONTRIBUTOR, Role.LEAD):
            appoint("every-role", north, role)
    return {
        "nobody": (AnonymousUser(), set()),
        "writer": (stage.writer, {Party.OWNER}),
        "lead": (stage.lead, {Party.OWNER}),
        "equality lead": (stage.signer, set()),
        "editor with an interest": (appoint("two-hats", north, Role.CONTRIBUTOR), {Party.OWNER}),
        "every other role inside": (appoint("every-role", north, Role.READER), set()),
        "every role of another force": (appoint("eve-south", other_force, Role.READER), set()),
        "assessor not asked": (appoint("idle", other_force, Role.ASSESSOR), set()),
        "first": (stage.first, set()),
        "second": (stage.second, set()),
        "third": (stage.third, set()),
        "editor": (stage.editor, {Party.EDITOR}),
        "other editor": (stage.other_editor, {Party.EDITOR}),
    }


def waiting(scene: str) -> set[str]:
    """Return who is asked to rate and has not: written down here, not read from the code."""
    return {
        "two are asked": {"first", "second"},
        "one of two declined": {"first"},
        "a third is asked": {"third"},
    }.get(scene, set())


def attempt(does: Does, stage: Stage, who: Any) -> bool:
    """Try an act and undo it; return whether it was done. A refusal must change nothing."""
    before = list(Version.objects.order_by("pk").values()), Entry.objects.count()
    try:
        with transaction.atomic():
            does(stage, who)
            assert Entry.objects.count() > before[1], "done, and not in the log"
            transaction.set_rollback(True)
    except NhpfError:
        assert before == (list(Version.objects.order_by("pk").values()), Entry.objects.count())
        return False
    return True


def test_the_table_of_acts_is_whole() -> None:
    assert set(DOES) | OF_THE_SERVICE == set(Act)


@pytest.mark.parametrize("scene", SCENES)
def test_each_act_is_done_by_those_whom_the_table_names_and_by_nobody_else(
    stage: Stage, cast: dict[str, tuple[Any, set[Party]]], scene: str
) -> None:
    plays, refused = SCENES[scene]
    state = plays(stage).standing
    wrong = []
    for name, (who, parties) in cast.items():
        held = parties | ({Party.ASSESSOR} if name in waiting(scene) else set())
        allowed = {move.act for move in MOVES if move.state == state and held & set(move.by)}
        for act, does in DOES.items():
            expected = act in allowed - refused
            # Whoever answered the dispute does not decide the appeal.
            expected &= (act, name) != (Act.DECIDE, "other editor")
            if attempt(does, stage, who) != expected:
                wrong.append(f"{name} may{' not' * (not expected)} {act} when {scene}")
    assert wrong == []


@pytest.mark.parametrize("scene", SCENES)
def test_the_pages_offer_and_refuse_the_same(
    stage: Stage,
    cast: dict[str, tuple[Any, set[Party]]],
    as_user: Callable[[Any], Client],
    client: Client,
    scene: str,
) -> None:
    plays, _ = SCENES[scene]
    held = plays(stage)
    wrong = []
    for name in ("nobody", "writer", "every role of another force", "first", "editor"):
        who, _ = cast[name]
        browser = as_user(who) if name != "nobody" else client
        # The address is the practice's: another version of it may allow what this one does not.
        versions = held.practice.versions.all()
        allowed = {act for version in versions for act in queries.acts_of(who, version)}
        for act in set(DOES) - {Act.CHANGE, Act.SUBMIT}:
            address = f"/what-works/{held.practice.permanent_id}/do/{act.replace(' ', '-')}/"
            asked = browser.get(address).status_code
            if act in allowed:
                wrong += [] if asked == 200 else [f"{name} may {act}: {asked}"]
                continue
            # A visitor is asked to sign in; a form that was sent is kept on a page of its own.
            closed = {302, 403} if name == "nobody" else {403, 404}
            if not {asked, browser.post(address, {}).status_code} <= closed:
                wrong.append(f"{name} may not {act}: {asked}")
    assert wrong == []


def test_a_rating_by_somebody_not_asked_is_refused(stage: Stage) -> None:
    stage.to(State.IN_ASSESSMENT)
    with pytest.raises(NotPermitted):
        stage.rate(stage.third)
