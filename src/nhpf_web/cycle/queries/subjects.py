"""Editions and entries as subjects of equality assessments: what each says now."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from nhpf.framework import Edition, edition_files, record_text
from nhpf.records.store import data_root
from nhpf_web.cycle.models import Edition as Row
from nhpf_web.cycle.models import Record
from nhpf_web.cycle.queries.drafts import draft_edition, latest
from nhpf_web.cycle.queries.editions import edition_named, standing, standing_names, today_edition
from nhpf_web.cycle.rules.editions import Standing
from nhpf_web.equality.queries import Thing, digest_of, offer
from nhpf_web.equality.rules import Subject

# An assessment that joins an edition's files does not change what it is an assessment of.
NOT_ASSESSED = "assessments/"


def _content(edition: Edition) -> str:
    files = edition_files(edition).items()
    return digest_of([(name, text) for name, text in files if not name.startswith(NOT_ASSESSED)])


@lru_cache(maxsize=8)
def _standing_content(name: str, _root: str) -> str:
    # An edition that stands never changes, so one reading serves the process.
    return _content(edition_named(name))


def edition_now(name: str) -> Thing | None:
    """Return an edition that stands, or the one that is being written as its draft is now."""
    if name in standing_names():
        held = edition_named(name)
        digest = _standing_content(name, str(data_root()))
        return Thing(name, held.title, f"/how-we-are-doing/editions/{name}/", digest)
    row = Row.objects.filter(name=name, standing=Standing.DRAFT).first()
    return Thing(name, row.title, digest=_content(draft_edition(row))) if row else None


def _editions() -> Iterator[Thing]:
    """Yield the editions that stand; that one is being written is not everybody's to know."""
    for one in standing():
        yield Thing(one.name, one.title, f"/how-we-are-doing/editions/{one.name}/")


def entry_now(identity: str) -> Thing | None:
    """Return an entry as the working draft has it, else as today's edition does."""
    held = today_edition().entries.get(identity)
    record = Record.objects.prefetch_related("revisions").filter(identity=identity).first()
    if record is None and held is None:
        return None
    text = latest(record).text if record else record_text(held)  # type: ignore[arg-type]
    address = f"/what-works/{identity}/" if held else ""
    return Thing(identity, held.title if held else identity, address, digest_of(text))


def _entries() -> Iterator[Thing]:
    edition = today_edition()
    for one in edition.entries.values():
        yield Thing(
            one.id, one.title, f"/what-works/{one.id}/", covered_by=f"edition-{edition.name}"
        )


def offer_all() -> None:
    """Offer both kinds."""
    offer(Subject.EDITION, edition_now, _editions)
    offer(Subject.ENTRY, entry_now, _entries)
