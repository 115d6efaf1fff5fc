"""Every act, in every state, by everybody: done where the tables say so, refused elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone
from tests.web.integration.what_works.research.conftest import (
    APPROVED,
    CALL_WAYS,
    DATA,
    FOUND,
    OUTPUT_WAYS,
    PROPOSAL_WAYS,
    QUESTION_WAYS,
    TRIAL,
    WORDS,
    closed_with_a_study,
    fresh,
    with_output,
)

from nhpf.errors import NhpfError
from nhpf_web.audit.models import Entry
from nhpf_web.organisations.actions import appoint
from nhpf_web.organisations.models import Organisation
from nhpf_web.organisations.rules import OWNER_SLUG, Role
from nhpf_web.what_works.actions.research import calls, outputs, proposals, questions
from nhpf_web.what_works.queries import research as queries
from nhpf_web.what_works.rules.research.calls import CALLS, CallAct, CallState
from nhpf_web.what_works.rules.research.checking import PAGES
from nhpf_web.what_works.rules.research.moves import Moves, Part
from nhpf_web.what_works.rules.research.outputs import OUTPUTS, OutputAct, OutputState
from nhpf_web.what_works.rules.research.proposals import PROPOSALS, ProposalAct, ProposalState
from nhpf_web.what_works.rules.research.questions import QUESTIONS, QuestionAct, QuestionState

if TYPE_CHECKING:
    from django.test import Client
    from tests.web.integration.what_works.research.conftest import Stage

Does = Callable[["Stage", Any, Any], object]


@dataclass(frozen=True)
class Kind:
    """One kind of record: its table, how each act is done, how it comes to stand somewhere."""

    folder: str
    moves: Moves[Any, Any]
    does: dict[Any, Does]
    scenes: dict[str, tuple[Callable[[Stage], Any], set[Any]]]


def _merge(stage: Stage, held: Any, who: Any) -> None:
    into = stage.accepted()
    questions.merge(held, into=into, reason="x", by=who)


def _answer(stage: Stage, held: Any, who: Any) -> None:
    questions.answer(held, outputs=[stage.listed(questions=[held])], reason="x", by=who)


def _later(held: Any) -> Any:
    return (held.closes or timezone.localdate()) + timedelta(days=9)


def _scenes(ways: dict[Any, Callable[[Stage], Any]], **refused: set[Any]) -> dict[str, Any]:
    return {
        str(state): (play, refused.get(state.replace(" ", "_"), set()))
        for state, play in ways.items()
    }


def _overdue(stage: Stage) -> Any:
    held = stage.to_call(CallState.OPEN)
    type(held).objects.filter(pk=held.pk).update(closes=timezone.localdate() - timedelta(days=1))
    return held


QUESTION_KIND = Kind(
    "questions",
    QUESTIONS,
    {
        QuestionAct.CHANGE: lambda _s, held, who: questions.change(held, WORDS, by=who),
        QuestionAct.ACCEPT: lambda _s, held, who: questions.accept(held, reason="x", by=who),
        QuestionAct.DECLINE: lambda _s, held, who: questions.decline(held, reason="x", by=who),
        QuestionAct.MERGE: _merge,
        QuestionAct.ANSWER: _answer,
        QuestionAct.REOPEN: lambda _s, held, who: questions.reopen(held, reason="x", by=who),
    },
    _scenes(QUESTION_WAYS),
)
CALL_KIND = Kind(
    "calls",
    CALLS,
    {
        CallAct.CHANGE: lambda _s, held, who: calls.change(
            held, {**TRIAL, "closes": held.closes}, by=who
        ),
        CallAct.OPEN: lambda _s, held, who: calls.open_call(held, by=who),
        CallAct.EXTEND: lambda _s, held, who: calls.extend(
            held, closes=_later(held), reason="x", by=who
        ),
        CallAct.CLOSE: lambda _s, held, who: calls.close(held, by=who),
        CallAct.AWARD: lambda _s, held, who: calls.award(held, reason="x", by=who),
        CallAct.END: lambda _s, held, who: calls.end(held, reason="x", by=who),
    },
    {
        **_scenes(CALL_WAYS, closed={CallAct.AWARD}),
        "closed by its date": (_overdue, {CallAct.AWARD}),
        "closed, one accepted": (closed_with_a_study, {CallAct.END}),
    },
)
PROPOSAL_KIND = Kind(
    "proposals",
    PROPOSALS,
    {
        ProposalAct.CHANGE: lambda _s, held, who: proposals.save_page(
            held, PAGES[1], {"outcome": "y"}, by=who
        ),
        ProposalAct.SUBMIT: lambda _s, held, who: proposals.submit(held, by=who),
        ProposalAct.DECIDE_DATA: lambda _s, held, who: proposals.decide_data(
            held, is_granted=True, reasons="x", by=who
        ),
        ProposalAct.RETURN: lambda _s, held, who: proposals.send_back(held, reason="x", by=who),
        ProposalAct.DECLINE: lambda _s, held, who: proposals.decline(held, reason="x", by=who),
        ProposalAct.ACCEPT: lambda _s, held, who: proposals.accept(held, reason="x", by=who),
        ProposalAct.AMEND: lambda _s, held, who: proposals.amend(
            held, field="outcome", now="Another", reason="x", by=who
        ),
        ProposalAct.STATE_ETHICS: lambda _s, held, who: proposals.state_ethics(
            held, APPROVED, by=who
        ),
        ProposalAct.BEGIN: lambda _s, held, who: proposals.start(held, by=who),
        ProposalAct.REPORT: lambda _s, held, who: proposals.report(held, by=who),
        ProposalAct.STOP: lambda _s, held, who: proposals.stop(held, reason="x", by=who),
    },
    {
        **_scenes(
            PROPOSAL_WAYS, submitted={ProposalAct.DECIDE_DATA}, under_way={ProposalAct.REPORT}
        ),
        "under way with an output": (with_output, set()),
        "submitted, data asked for": (lambda s: s.submitted(**DATA), {ProposalAct.ACCEPT}),
    },
)
OUTPUT_KIND = Kind(
    "outputs",
    OUTPUTS,
    {
        OutputAct.CHANGE: lambda _s, held, who: outputs.change(held, FOUND, by=who),
        OutputAct.LIST: lambda _s, held, who: outputs.list_output(held, reason="x", by=who),
        OutputAct.DECLINE: lambda _s, held, who: outputs.decline(held, reason="x", by=who),
        OutputAct.RETRACT: lambda _s, held, who: outputs.retract(held, reason="x", by=who),
    },
    _scenes(OUTPUT_WAYS),
)
KINDS = {kind.folder: kind for kind in (QUESTION_KIND, CALL_KIND, PROPOSAL_KIND, OUTPUT_KIND)}
SCENES = [(folder, scene) for folder, kind in KINDS.items() for scene in kind.scenes]
OF_THE_SERVICE = {QuestionAct.CALL, QuestionAct.STUDY, QuestionAct.LAPSE, CallAct.FALL_DUE}
INSIDE = {"questions": Part.ASKER, "proposals": Part.RESEARCHER, "outputs": Part.RESEARCHER}
DECIDES = {Part.EDITOR, Part.STEWARD}
ON_PAGES = ("nobody", "asker", "researcher", "editor and researcher", "editor", "data steward")


@pytest.fixture
def cast(research: Stage, force: Organisation, other_force: Organisation) -> dict[str, Any]:
    """Everybody, by what they are; every role elsewhere is nobody here."""
    owner = Organisation.objects.get(slug=OWNER_SLUG)
    study = Organisation.objects.get(slug="study")
    # Editors of the owner who also belong to those who asked, or who study, judge neither.
    for name, home, role in (
        ("two-hats-north", force, Role.ANALYST),
        ("two-hats-study", study, Role.RESEARCHER),
    ):
        appoint(name, owner, Role.EDITOR)
        appoint(name, home, role)
    for role in Role:
        appoint("every-role-south", other_force, role)
        if role != Role.AUDITOR:
            continue
        appoint("auditor-study", study, role)
    return {
        "nobody": AnonymousUser(),
        "asker": research.analyst,
        "researcher": research.researcher,
        "researcher of another": research.other_researcher,
        "reader": research.reader,
        "every role elsewhere": appoint("every-role-south", other_force, Role.READER),
        "auditor inside the university": appoint("auditor-study", study, Role.AUDITOR),
        "editor and asker": appoint("two-hats-north", owner, Role.EDITOR),
        "editor and researcher": appoint("two-hats-study", owner, Role.EDITOR),
        "editor": research.editor,
        "other editor": research.other_editor,
        "data steward": research.steward,
    }


# In which parts they act, by kind of record: written down here, not read from the code.
PARTS: dict[str, dict[str, set[Part]]] = {
    "questions": {
        "asker": {Part.ASKER},
        "editor and asker": {Part.ASKER},
        "editor and researcher": DECIDES,
    },
    "calls": {"editor and asker": DECIDES, "editor and researcher": DECIDES},
    "proposals": {
        "researcher": {Part.RESEARCHER},
        "editor and researcher": {Part.RESEARCHER},
        "editor and asker": DECIDES,
    },
    "outputs": {
        "researcher": {Part.RESEARCHER},
        "editor and researcher": {Part.RESEARCHER},
        "editor and asker": DECIDES,
    },
}
EVERYWHERE = {"editor": DECIDES, "other editor": DECIDES, "data steward": {Part.STEWARD}}
# They belong to a university whose accepted proposal answers the call.
IN_THE_ANSWER = {
    "awarded": {"editor and researcher"},
    "closed, one accepted": {"editor and researcher"},
}


def parts(folder: str, scene: str, name: str) -> set[Part]:
    if name in IN_THE_ANSWER.get(scene, ()):
        return set()
    return PARTS[folder].get(name, EVERYWHERE.get(name, set()))


def state_of(held: Any) -> str:
    return str(getattr(held, "standing", held.state))


def allowed(kind: Kind, scene: str, held: Any, name: str) -> set[Any]:
    own = parts(kind.folder, scene, name)
    return {
        move.act for move in kind.moves.table if move.state == state_of(held) and own & set(move.by)
    }


def attempt(does: Does, stage: Stage, held: Any, who: Any) -> bool:
    """Try an act and undo it; return whether it was done. A refusal must change nothing."""
    rows = type(held).objects.filter(pk=held.pk)
    before = rows.values().get()
    is_done = False
    try:
        with transaction.atomic():
            logged = Entry.objects.count()
            does(stage, fresh(held), who)
            assert Entry.objects.count() > logged, "done, and not in the log"
            is_done = True
            transaction.set_rollback(True)
    except NhpfError:
        assert rows.values().get() == before
    return is_done


def test_the_tables_of_acts_are_whole() -> None:
    done = {act for kind in KINDS.values() for act in kind.does}
    named = {move.act for kind in KINDS.values() for move in kind.moves.table}
    assert done | OF_THE_SERVICE == named
    whole = {*QuestionState, *CallState, *ProposalState, *OutputState}
    assert whole <= {scene for _, scene in SCENES}


@pytest.mark.parametrize(("folder", "scene"), SCENES)
def test_each_act_is_done_by_those_whom_the_table_names_and_by_nobody_else(
    research: Stage, cast: dict[str, Any], folder: str, scene: str
) -> None:
    kind = KINDS[folder]
    play, refused = kind.scenes[scene]
    held = fresh(play(research))
    wrong = []
    for name, who in cast.items():
        for act, does in kind.does.items():
            expected = act in allowed(kind, scene, held, name) - refused
            if attempt(does, research, held, who) != expected:
                wrong.append(f"{name} may{' not' * (not expected)} {act} when {scene}")
    assert wrong == []


@pytest.mark.parametrize(("folder", "scene"), SCENES)
def test_the_pages_offer_and_refuse_the_same(
    research: Stage,
    cast: dict[str, Any],
    as_user: Callable[[Any], Client],
    client: Client,
    folder: str,
    scene: str,
) -> None:
    kind = KINDS[folder]
    held = fresh(kind.scenes[scene][0](research))
    wrong = []
    for name in ON_PAGES:
        who = cast[name]
        browser = client if name == "nobody" else as_user(who)
        may = allowed(kind, scene, held, name) - {ProposalAct.CHANGE}
        shown = browser.get(held.path).content.decode()
        for act in set(kind.does) - {ProposalAct.CHANGE}:
            address = f"{held.path}do/{act.replace(' ', '-')}/"
            is_offered = f'"{address}"' in shown
            status = browser.get(address).status_code
            if act in may:
                wrong += [] if (status, is_offered) == (200, True) else [f"{name}: {act} {status}"]
                continue
            closed = {302, 403} if name == "nobody" else {403, 404}
            if is_offered or not {status, browser.post(address, {}).status_code} <= closed:
                wrong.append(f"{name} may not {act}: {status}")
    assert wrong == []


@pytest.mark.parametrize(("folder", "scene"), SCENES)
def test_what_is_seen_is_what_may_be_seen(
    research: Stage, cast: dict[str, Any], as_user: Callable[[Any], Client], client: Client,
    folder: str, scene: str,
) -> None:  # fmt: skip
    held = fresh(KINDS[folder].scenes[scene][0](research))
    hidden = {
        ("questions", "asked"): {"asker", "editor and asker"},
        ("calls", "draft"): {"data steward"},
        ("proposals", "draft"): {"researcher", "auditor inside the university"},
        ("outputs", "offered"): {"researcher", "auditor inside the university"},
        ("outputs", "declined"): {"researcher", "auditor inside the university"},
    } | {
        ("proposals", one): {"researcher", "auditor inside the university", "data steward"}
        for one in ("submitted", "returned", "declined", "submitted, data asked for")
    }
    editors = {"editor", "other editor", "editor and asker", "editor and researcher"}
    if (folder, scene) == ("proposals", "draft"):
        editors = {"editor and researcher"}
    seen = {
        name
        for name, who in cast.items()
        if (client if name == "nobody" else as_user(who)).get(held.path).status_code == 200
    }
    inside = hidden.get((folder, scene))
    assert seen == (set(cast) if inside is None else inside | editors)
    listed = {
        name
        for name, who in cast.items()
        if held.path in {row.address for row in queries.rows_visible_to(who)}
    }
    assert listed == seen
