"""Reading the working draft: its records, their revisions, and the edition it would make."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from nhpf.framework import (
    Assessment,
    Change,
    Edition,
    Entry,
    Fault,
    Rename,
    Source,
    check_edition,
    compare_editions,
    read_assessment,
    read_entry,
    read_source,
)
from nhpf.framework.entries import KINDS
from nhpf_web.cycle.models import Edition as Row
from nhpf_web.cycle.models import Record, Renamed, Revision
from nhpf_web.cycle.rules.editions import Standing, in_edition
from nhpf_web.organisations.queries import Visitor, may
from nhpf_web.organisations.rules import OWNER_SLUG, Right

FAR = date.max
WHERE = "working draft"


def may_keep(user: Visitor) -> bool:
    """Whether a user writes the framework: an editor of its owner."""
    return may(user, Right.KEEP_FRAMEWORK, organisation=OWNER_SLUG)


def visible_to(user: Visitor) -> QuerySet[Record]:
    """Return the records of the working draft, to those who write the framework."""
    records = Record.objects.prefetch_related("revisions")
    return records if may_keep(user) else records.none()


def being_written() -> Row | None:
    """Return the edition that is being written, if one was begun."""
    return Row.objects.filter(standing=Standing.DRAFT).first()


def entry_of(revision: Revision) -> Entry:
    """Return the entry that a revision holds."""
    return read_entry(revision.text, kind=revision.record.kind, where=WHERE)


def held_by(revision: Revision) -> Entry | Source | Assessment:
    """Return the record that a revision holds."""
    match revision.record.kind:
        case "source":
            return read_source(revision.text, where=WHERE)
        case "assessment":
            return read_assessment(revision.text, where=WHERE)
    return entry_of(revision)


def sources_of_draft(ids: Iterable[str]) -> dict[str, Source]:
    """Return those of some sources that the draft holds, as they stand there."""
    records = Record.objects.filter(kind="source", identity__in=list(ids))
    held = (held_by(latest(one)) for one in records.prefetch_related("revisions"))
    return {one.id: one for one in held if isinstance(one, Source)}


def latest(record: Record) -> Revision:
    """Return a record's last revision, whatever its day of publication."""
    return list(record.revisions.all())[-1]


def draft_edition(row: Row | None = None) -> Edition:
    """Return the edition that the working draft would make.

    Parameters
    ----------
    row : Edition, optional
        The edition being written; without it, the draft as it stands, under a name of its own.
    """
    published = row.published if row else FAR
    records = Record.objects.prefetch_related("revisions")
    held = [_chosen(record, published) for record in records]
    found = [one for one in held if one is not None]
    header: dict[str, Any] = {
        "name": row.name if row else "draft",
        "title": row.title if row else "Working draft",
        "published": published,
        "review_due": row.review_due if row else FAR,
        "summary": row.summary if row else "",
    }
    return Edition(
        **header,
        entries={one.id: one for one in _in_order(found)},
        sources={one.id: one for one in found if isinstance(one, Source)},
        assessments={
            one.id: one
            for one in sorted(
                (one for one in found if isinstance(one, Assessment)), key=lambda one: one.id
            )
        },
        renames={
            one.identity: Rename(one.identity, one.now, one.since, one.reason)
            for one in Renamed.objects.all()
        },
    )


def _in_order(found: Iterable[Entry | Source | Assessment]) -> list[Entry]:
    kinds = list(KINDS)
    entries = [one for one in found if isinstance(one, Entry)]
    return sorted(entries, key=lambda one: (kinds.index(one.kind), one.order, one.id))


def _chosen(record: Record, published: date) -> Entry | Source | Assessment | None:
    revision = in_edition(list(record.revisions.all()), published=published)
    if revision is None:
        return None
    revision.record = record
    return held_by(revision)


def faults_of(edition: Edition) -> tuple[Fault, ...]:
    """Return what would keep an edition from being frozen, as checked today."""
    return check_edition(edition, today=timezone.localdate())


def broken_ids(edition: Edition, earlier: Iterable[Edition]) -> list[str]:
    """Return the ids of earlier editions that would lead nowhere in this one."""
    lost = {id for one in earlier for id in compare_editions(one, edition).broken}
    return sorted(lost)


def changes_between(before: Revision, after: Revision) -> tuple[Change, ...]:
    """Return the fields in which two revisions of one record differ."""
    return compare_editions(_alone(before), _alone(after)).changed


def _alone(revision: Revision) -> Edition:
    """Return an edition of one record, to be compared as editions are."""
    record = held_by(revision)
    id = revision.record.identity
    return Edition(
        "", "", FAR, FAR, "",
        entries={id: record} if isinstance(record, Entry) else {},
        sources={id: record} if isinstance(record, Source) else {},
        assessments={id: record} if isinstance(record, Assessment) else {},
    )  # fmt: skip
