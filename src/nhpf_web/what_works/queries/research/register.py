"""The register's rows, as a visitor may see them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from nhpf_web.organisations.queries import Visitor
from nhpf_web.what_works.models import Call, Output, Question, StudyProposal
from nhpf_web.what_works.queries.research.reading import (
    calls_visible_to,
    outputs_visible_to,
    proposals_visible_to,
    questions_visible_to,
)
from nhpf_web.what_works.rules.research.register import RegisterRow

KIND_OF = {"rq": "question", "rc": "call", "rp": "study", "ro": "output"}


def rows_visible_to(user: Visitor) -> list[RegisterRow]:
    """Return every record that a visitor may see, the newest first."""
    rows = [_row(record) for record in _records(user)]
    return sorted(rows, key=lambda row: row.since, reverse=True)


def register_size(user: Visitor) -> int:
    """Return how many records a visitor may see."""
    return (
        questions_visible_to(user).count()
        + calls_visible_to(user).count()
        + proposals_visible_to(user).count()
        + outputs_visible_to(user).count()
    )


def _records(user: Visitor) -> Iterator[Question | Call | StudyProposal | Output]:
    yield from questions_visible_to(user)
    yield from calls_visible_to(user)
    yield from proposals_visible_to(user)
    yield from outputs_visible_to(user)


def _row(record: Question | Call | StudyProposal | Output) -> RegisterRow:
    return RegisterRow(
        kind=KIND_OF[record.PREFIX],
        reference=record.reference,
        title=record.title,
        state=str(record.standing if isinstance(record, Call) else record.state),
        organisation=record.organisation.name,
        area=record.area,
        level=record.level,
        subtype=record.subtype,
        since=record.decided_on or timezone.localdate(record.begun_at),
        closes=record.closes if isinstance(record, Call) else None,
        reason=record.reason,
        address=record.path,
        is_example=record.organisation.is_demonstration,
    )
