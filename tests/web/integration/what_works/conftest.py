"""A practice and everybody who has a part in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from nhpf_web.equality import actions as equality
from nhpf_web.equality import queries as assessments
from nhpf_web.equality.rules import CHARACTERISTICS, parts_of
from nhpf_web.organisations.actions import open_organisation
from nhpf_web.organisations.models import Organisation, User
from nhpf_web.organisations.rules import OWNER_SLUG, Kind, Role
from nhpf_web.what_works import actions
from nhpf_web.what_works.models import Version
from nhpf_web.what_works.rules import FIELDS, STEPS, Act, Answer, State
from nhpf_web.what_works.rules import Kind as Answered

Person = Callable[..., User]
CHOSEN: dict[str, Answer] = {
    "title": "Walks between schools and station",
    "purpose": "prevention",
    "prevention": ["secondary", "tertiary"],
    "themes": ["theme-serious-violence"],
    "areas": ["ar-knife"],
    "toolkits": ["tk-hot-spot"],
    "interventions": ["iv-hsp"],
    "subtypes": ["3"],
    "recognition": ["hmicfrs"],
    "finding": "promising-local",
    "desk": "Violence Prevention Desk",
    "mailbox": "violence.prevention@north.example",
}


def whole() -> dict[str, Answer]:
    """Answers to every question."""
    told = {
        name: f"Said about {name}" for name, field in FIELDS.items() if field.kind == Answered.TEXT
    }
    return {**told, **CHOSEN}


@dataclass
class Stage:
    """The people of the play and one version; ``to`` plays it as far as a state."""

    writer: User
    lead: User
    signer: User
    first: User
    second: User
    third: User
    editor: User
    other_editor: User
    adopter: User
    version: Version

    def fresh(self) -> Version:
        """The version as it stands now."""
        return Version.objects.get(pk=self.version.pk)

    def rate(self, who: User, finding: str = "promising-local", *, is_fit: bool = True) -> None:
        actions.rate(
            self.version, by=who, finding=finding, is_fit=is_fit, reasons="Because",
            has_no_interest=True,
        )  # fmt: skip

    def sign(self, *, is_screen: bool = False) -> str:
        """Have the equality assessment written by one and signed by another."""
        reference = actions.begin_equality(self.version, by=self.writer, is_screen=is_screen)
        held = assessments.visible_to(self.writer).get(reference=reference)
        due = timezone.localdate() + timedelta(days=400)
        for part in parts_of(is_screen=is_screen):
            values: dict[str, Any] = dict.fromkeys(part.fields, "Said")
            values |= {"outcome": "no change", "review_due": due}
            equality.change_part(held, part, values, by=self.writer)
        if not is_screen:
            effects = dict.fromkeys(CHARACTERISTICS, ("neutral", "Because"))
            equality.change_effects(held, effects, by=self.writer)
        equality.sign(held, by=self.signer)
        return reference

    def to(self, state: State) -> Version:
        """Play the shortest way to a state."""
        SHORTEST[state](self)
        held = self.fresh()
        assert held.standing == state
        return held


def _submitted(stage: Stage) -> None:
    actions.submit(stage.version, by=stage.writer)


def _in_assessment(stage: Stage) -> None:
    _submitted(stage)
    actions.assign(stage.version, [stage.first, stage.second], by=stage.editor)


def _third(stage: Stage) -> None:
    _in_assessment(stage)
    stage.rate(stage.first)
    stage.rate(stage.second, "new-untested")
    actions.assign(stage.version, [stage.third], by=stage.editor)


def _consensus(stage: Stage) -> None:
    _in_assessment(stage)
    stage.rate(stage.first)
    stage.rate(stage.second)


def _dispute(stage: Stage) -> None:
    _consensus(stage)
    actions.object_to(stage.version, Act.DISPUTE, by=stage.writer, reason="It worked")


def _answered(stage: Stage) -> None:
    _dispute(stage)
    actions.reply_to(stage.version, Act.ANSWER, by=stage.other_editor, reply="No", is_upheld=False)


def _appeal(stage: Stage) -> None:
    _answered(stage)
    actions.object_to(stage.version, Act.APPEAL, by=stage.writer, reason="Look again")


def _assessed(stage: Stage) -> None:
    _consensus(stage)
    actions.accept(stage.version, by=stage.writer)


def _equality_signed(stage: Stage) -> None:
    _assessed(stage)
    stage.sign()
    actions.confirm_equality(stage.version, by=stage.writer)


def _published(stage: Stage) -> None:
    _equality_signed(stage)
    actions.publish(stage.version, by=stage.editor)


def _review_due(stage: Stage) -> None:
    _published(stage)
    yesterday = timezone.localdate() - timedelta(days=1)
    Version.objects.filter(pk=stage.version.pk).update(review_due=yesterday)


def _superseded(stage: Stage) -> None:
    _assessed(stage)
    actions.renew(stage.version, by=stage.writer)


def _withdrawn(stage: Stage) -> None:
    _submitted(stage)
    actions.withdraw(stage.version, by=stage.writer, reason="Not ours")


SHORTEST: dict[State, Callable[[Stage], None]] = {
    State.DRAFT: lambda _: None,
    State.SUBMITTED: _submitted,
    State.IN_ASSESSMENT: _in_assessment,
    State.THIRD_ASSESSOR: _third,
    State.CONSENSUS: _consensus,
    State.DISPUTE: _dispute,
    State.ANSWERED: _answered,
    State.APPEAL: _appeal,
    State.ASSESSED: _assessed,
    State.EQUALITY_SIGNED: _equality_signed,
    State.PUBLISHED: _published,
    State.REVIEW_DUE: _review_due,
    State.SUPERSEDED: _superseded,
    State.WITHDRAWN: _withdrawn,
}


@pytest.fixture(autouse=True)
def uploads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of uploads of the test's own; tables and releases are not looked for there."""
    from nhpf_web.what_works.models import Attachment

    storage = Attachment._meta.get_field("content").storage
    monkeypatch.setattr(storage, "_location", str(tmp_path / "uploads"))
    for cached in ("base_location", "location"):
        storage.__dict__.pop(cached, None)
    return tmp_path / "uploads"


@pytest.fixture
def stage(person: Person, force: Organisation, other_force: Organisation) -> Stage:
    """North Police describes a practice; everybody else belongs elsewhere."""
    owner = open_organisation(OWNER_SLUG, name="Framework owner", kind=Kind.NPCC_PORTFOLIO)
    study = open_organisation("study", name="A university", kind=Kind.ACADEMIA)
    writer = person("ann", Role.CONTRIBUTOR)
    version = actions.begin(organisation="north", title=str(CHOSEN["title"]), by=writer)
    answers = whole()
    for step in STEPS:
        values = {field.name: answers[field.name] for field in step.fields}
        actions.save_step(version, step, values, by=writer)
    return Stage(
        writer=writer,
        lead=person("leo", Role.LEAD),
        signer=person("sue", Role.EQUALITY_LEAD),
        first=person("una", Role.ASSESSOR, at=study),
        second=person("duo", Role.ASSESSOR, at=other_force),
        third=person("tri", Role.ASSESSOR, at=study),
        editor=person("edd", Role.EDITOR, at=owner),
        other_editor=person("eve", Role.EDITOR, at=owner),
        adopter=person("ada", Role.LEAD, at=other_force),
        version=version,
    )
