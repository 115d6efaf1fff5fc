"""Reading editions: those that stand, and what readers saw on a day."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.utils import timezone

from nhpf.errors import EditionFault
from nhpf.framework import Edition, Entry, edition_files, edition_names, load_edition, read_edition
from nhpf.records.editions import edition_folder
from nhpf.records.store import data_root
from nhpf_web.cycle.models import Edition as Row
from nhpf_web.cycle.models import Record
from nhpf_web.cycle.queries.drafts import entry_of, sources_of_draft
from nhpf_web.cycle.rules.editions import Standing, shown_on
from nhpf_web.equality.queries import assessment_covering
from nhpf_web.equality.queries import digest_of as content_digest


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry as readers saw it on a day: the edition, and the revision published since."""

    entry: Entry
    edition: Edition
    revised_on: date | None


def digest_of(edition: Edition) -> str:
    """Return the SHA-256 of an edition's files with their names."""
    found = hashlib.sha256()
    for name, text in edition_files(edition).items():
        found.update(f"{name}\n{len(text)}\n{text}".encode())
    return found.hexdigest()


def edition_named(name: str) -> Edition:
    """Return an edition that stands, whether shipped or frozen here.

    Raises
    ------
    EditionFault
        When there is none of this name, or its files are not those that were frozen.
    """
    row = Row.objects.filter(name=name, standing=Standing.FROZEN).first()
    return _frozen(name, row.digest, str(data_root())) if row else load_edition(name)


@lru_cache(maxsize=16)
def _frozen(name: str, digest: str, _root: str) -> Edition:
    held = read_edition(edition_folder(name))
    if digest_of(held) != digest:
        raise EditionFault(
            "The files of this edition are not those that were frozen.",
            where=f"edition {name}",
            next_step="Restore the folder from a copy.",
        )
    return held


def standing_names() -> tuple[str, ...]:
    """Return the names of all editions that stand."""
    frozen = Row.objects.filter(standing=Standing.FROZEN).values_list("name", flat=True)
    return tuple(dict.fromkeys([*edition_names(), *frozen]))


def standing() -> list[Edition]:
    """Return all editions that stand, the earliest first."""
    held = (edition_named(name) for name in standing_names())
    return sorted(held, key=lambda one: (one.published, one.name))


def edition_on(day: date) -> Edition | None:
    """Return the edition that stood on a day, or None before the first."""
    out = [one for one in standing() if one.published <= day]
    return out[-1] if out else None


def seen_on(entry_id: str, day: date) -> Seen | None:
    """Return an entry as readers saw it on a day, by its present id or any earlier one."""
    edition = edition_on(day)
    if edition is None:
        return None
    revised = _revised(entry_id, edition, day)
    if revised is not None:
        return revised
    held = edition.entries.get(edition.resolve(entry_id))
    return Seen(held, edition, None) if held else None


def _revised(entry_id: str, edition: Edition, day: date) -> Seen | None:
    """Return the last revision published since the edition, if an equality assessment stands."""
    record = Record.objects.filter(identity=edition.resolve(entry_id)).first()
    if record is None:
        return None
    revision = shown_on(
        list(record.revisions.exclude(publish_on=None)), on=day, since=edition.published
    )
    if revision is None or not is_assessed(record.identity, edition.name, revision.text):
        return None
    entry = entry_of(revision)
    # A revision may rest on a source that came after the edition.
    sources = {**sources_of_draft(entry.sources), **edition.sources}
    return Seen(entry, replace(edition, sources=sources), revision.publish_on)


def is_assessed(entry_id: str, edition_name: str, text: str) -> bool:
    """Whether this text of an entry may be published.

    An entry that had an assessment of its own signed needs one of this very text; until it had, its
    edition's covers it.
    """
    about, wider = f"entry-{entry_id}", f"edition-{edition_name}"
    return assessment_covering(about, wider, digest=content_digest(text)) is not None


def today_edition() -> Edition:
    """Return the edition that stands today."""
    return edition_on(timezone.localdate()) or standing()[0]
