"""The framework's owner with its people, a cycle, and practices and returns that count."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from nhpf_web.cycle.actions import returns as answering
from nhpf_web.cycle.actions.phases import open_cycle
from nhpf_web.cycle.models import Cycle
from nhpf_web.cycle.rules.returns import STEPS
from nhpf_web.equality.models import Assessment
from nhpf_web.organisations.actions import framework_owner
from nhpf_web.organisations.models import Organisation, User
from nhpf_web.organisations.rules import Role
from nhpf_web.what_works.models import Practice, Tag, Version

Person = Callable[..., User]
TAGS = (("area", "ar-knife"), ("prevention", "primary"), ("subtype", "3"))
SAID: dict[str, Any] = {
    "title": "Weekend patrols", "what": "Patrols at three bus stations.", "areas": ["ar-knife"],
    "toolkits": [], "level": "tertiary", "place": "Northtown", "scale": "district", "since": 2024,
    "partners": "", "evaluated": "no", "contact_desk": "Violence desk, 101",
}  # fmt: skip


def practice(
    number: int, owner: Organisation, writer: User, *, state: str = "published",
    finding: str = "promising-local", tags: tuple[tuple[str, str], ...] = TAGS,
    is_signed: bool = True,
) -> Version:  # fmt: skip
    """Return a practice as if it had come this far, with its equality assessment."""
    held = Practice.objects.create(
        number=number, permanent_id=f"pr-{number}", organisation=owner, begun_by=writer
    )
    due = timezone.localdate() + timedelta(days=300)
    is_out = state == "published"
    version = Version.objects.create(
        practice=held, number=1, label=f"pr-{number}-v1", title=f"Practice {number}", state=state,
        finding=finding, is_fit=True, published_at=timezone.now() if is_out else None,
        published_by=writer if is_out else None, published_under="eia", review_due=due,
        answers={"summary": "Said", "lessons": "It needs two workers."},
    )  # fmt: skip
    Tag.objects.bulk_create(Tag(version=version, vocabulary=a, value=b) for a, b in tags)
    if is_signed:
        signer, _ = User.objects.get_or_create(username="signer")
        Assessment.objects.create(
            reference=f"eia-{number}", organisation=owner, title="Signed", author=writer,
            subject_kind="practice", subject_id=version.label, status="signed", signed_by=signer,
            signed_at=timezone.now(), review_due=due,
        )  # fmt: skip
    return version


def told(cycle: Cycle, organisation: Organisation, editor: User, by: User, **said: Any) -> None:
    """Ask an organisation, and send its return with one activity."""
    answering.ask(cycle, [organisation], due=timezone.localdate(), by=editor)
    answer = cycle.returns.get(organisation=organisation)
    held = answering.describe(answer, title=(SAID | said)["title"], by=by)
    for step in STEPS:
        values = {name: (SAID | said)[name] for name in step.fields}
        answering.write(held, step, values, by=by)
    answering.send(answer, is_nothing=False, by=by)


@pytest.fixture(autouse=True)
def data_of_the_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep frozen editions of a test to itself."""
    monkeypatch.setenv("NHPF_DATA", str(tmp_path))


@pytest.fixture
def owner(db: None) -> Organisation:
    """The organisation that answers for the framework."""
    return framework_owner()


@pytest.fixture
def editor(owner: Organisation, person: Person) -> User:
    """An editor of the framework."""
    return person("edith", Role.EDITOR, at=owner)


@pytest.fixture
def cycle(editor: User) -> Cycle:
    """A cycle that began at the start of 2026."""
    return open_cycle(name="Cycle 2026", started=date(2026, 1, 1), by=editor)


@pytest.fixture
def writer(person: Person) -> User:
    """Somebody who writes practices and returns for the force."""
    return person("ann", Role.CONTRIBUTOR)
