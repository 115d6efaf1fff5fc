"""What an edition must fulfil before anyone may rely on it.

Every rule yields the faults it finds; nothing stops at the first one, so that an editor sees the
whole list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nhpf.framework.assessments import (
    CHARACTERISTICS,
    EFFECTS,
    FURTHER,
    OUTCOMES,
    Assessment,
)
from nhpf.framework.edition import Edition
from nhpf.framework.entries import (
    BEST_QUALITY,
    DIRECTIONS,
    EMMIE_PARTS,
    KINDS,
    PREVENTION_LEVELS,
    STRENGTHS,
    Entry,
    Evidence,
    Source,
)
from nhpf.framework.figures import unsourced_figures

#: The kind of entry that each field of links may name.
LINK_FIELDS = {
    "themes": "theme",
    "areas": "area",
    "toolkits": "toolkit",
    "interventions": "intervention",
    "drivers": "driver",
}
UNDATED = "undated"
_YEAR = re.compile(r"(1[89]|20)\d\d(-\d\d(\d\d)?)?")
_ADDRESS = re.compile(r"https://(?!(?:[\w.-]*\.)?example\.)[\w-]+(?:\.[\w-]+)+(?:/\S*)?(?:\?\S*)?")


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason to refuse an edition: the id concerned, its file, and what is wrong."""

    id: str
    where: str
    what: str


def check_edition(edition: Edition, *, today: date) -> tuple[Fault, ...]:
    """Return every fault of an edition; an edition with none may be used.

    Parameters
    ----------
    edition : Edition
        The edition as read from its files.
    today : date
        The day against which reviews are due.

    Returns
    -------
    tuple of Fault
        Doubled ids first, then renames and sources, then by entry and by assessment in the order
        of the edition.
    """
    found = [Fault(id, "", "This id is used more than once.") for id in edition.duplicates]
    found += _of_renames(edition)
    for source in edition.sources.values():
        found += (Fault(source.id, "sources.toml", what) for what in _of_source(source))
    records: tuple[Entry | Assessment, ...] = (
        *edition.entries.values(),
        *edition.assessments.values(),
    )
    for record in records:
        rules = _of_entry(record, edition) if isinstance(record, Entry) else _of_assessment(record)
        found += (Fault(record.id, record.where, what) for what in rules)
        if record.review_due < today:
            overdue = f"Its review was due on {record.review_due.isoformat()}."
            found.append(Fault(record.id, record.where, overdue))
    return tuple(found)


def _of_renames(edition: Edition) -> Iterator[Fault]:
    for id in edition.renames:
        if id in edition.entries:
            yield Fault(id, "renames.toml", "It was renamed, yet an entry has this id.")
        elif edition.resolve(id) not in edition.entries:
            yield Fault(id, "renames.toml", "It was renamed to an id that leads to no entry.")


def _of_source(source: Source) -> Iterator[str]:
    """A source that a reader can find: what it is, who published it, when, and where it is."""
    for field in ("title", "publisher"):
        if not getattr(source, field).strip():
            yield f"The source has no {field}."
    if source.year != UNDATED and not _YEAR.fullmatch(source.year):
        yield f"The year of a source is a year, or '{UNDATED}'."
    if source.url and not _ADDRESS.fullmatch(source.url):
        yield "The address of a source is a whole one that begins with https://."
    if not source.url and not source.note.strip():
        yield "A source without an address needs a note that says why it has none."


def _of_entry(entry: Entry, edition: Edition) -> Iterator[str]:
    yield from _identity(entry, edition)
    yield from _references(entry, edition)
    yield from _facts(entry, edition)
    yield from _words(entry)
    yield from _evidence(entry)
    if entry.kind == "area" and not edition.toolkits_of(entry.id):
        yield "No toolkit serves this area of focus."


def _identity(entry: Entry, edition: Edition) -> Iterator[str]:
    prefix, _ = KINDS[entry.kind]
    if not entry.id.startswith(prefix):
        yield f"The id of a {entry.kind} begins with {prefix}."
    if "/" in entry.where and not entry.where.endswith(f"/{entry.id}.toml"):
        yield "The file is not named after the id."
    same_kind = edition.of_kind(entry.kind)
    if any(other.slug == entry.slug and other.id != entry.id for other in same_kind):
        yield f"Another {entry.kind} has the slug {entry.slug}."


def _references(entry: Entry, edition: Edition) -> Iterator[str]:
    for field, kind in LINK_FIELDS.items():
        for id in getattr(entry, field):
            target = edition.entries.get(id)
            if target is None:
                yield f"It refers to {id}, which does not exist."
            elif target.kind != kind:
                yield f"It names {id}, a {target.kind}, among its {field}."
    for level in entry.prevention:
        if level not in PREVENTION_LEVELS:
            yield f"There is no prevention level '{level}'."


def _facts(entry: Entry, edition: Edition) -> Iterator[str]:
    for fact in entry.facts:
        if not fact.source:
            yield f"A fact has no source: {fact.text}"
        if not fact.seen:
            yield f"A fact was not seen in its source: {fact.text}"
    for id in entry.sources:
        if id not in edition.sources:
            yield f"It cites {id}, which is not among the sources."
    for field, figure in unsourced_figures(entry):
        yield f"No fact, outcome or rating of it holds the figure {figure} of '{field}'."


def _words(entry: Entry) -> Iterator[str]:
    _, required = KINDS[entry.kind]
    for part in required:
        if not entry.text.get(part, "").strip():
            yield f"The text part '{part}' is missing."
    for part in sorted(entry.text.keys() - set(required)):
        yield f"A {entry.kind} has no text part '{part}'."
    for field in ("title", "slug", "summary", "owner", "checker"):
        if not getattr(entry, field).strip():
            yield f"The field '{field}' is empty."
    if entry.owner == entry.checker:
        yield "Owner and checker are the same."


def _evidence(entry: Entry) -> Iterator[str]:
    if (entry.kind == "intervention") != (entry.evidence is not None):
        yield "Interventions, and only they, carry evidence."
    if entry.evidence is None:
        return
    yield from _findings(entry.evidence)
    yield from _emmie(entry.evidence)


def _findings(evidence: Evidence) -> Iterator[str]:
    if evidence.strength not in STRENGTHS:
        yield f"The strength of evidence must be one of: {', '.join(STRENGTHS)}."
    for row in evidence.outcomes:
        if not row.source:
            yield f"An outcome has no source: {row.outcome}"
        if row.direction not in DIRECTIONS:
            yield f"The direction of an outcome must be one of: {', '.join(DIRECTIONS)}."
        if row.strength not in ("", *STRENGTHS):
            yield f"The strength of an outcome must be one of: {', '.join(STRENGTHS)}."
    for rating in evidence.ratings:
        if not rating.source:
            yield f"A rating has no source: {rating.scheme}"


def _emmie(evidence: Evidence) -> Iterator[str]:
    if tuple(part.part for part in evidence.emmie) != EMMIE_PARTS:
        yield f"The parts of EMMIE are, each once and in this order: {', '.join(EMMIE_PARTS)}."
    for part in evidence.emmie:
        if part.quality not in range(BEST_QUALITY + 1):
            yield f"The quality of EMMIE's {part.part} is a whole number from 0 to {BEST_QUALITY}."
        if bool(part.quality) != bool(part.known):
            yield f"EMMIE's {part.part} has both words and a quality above 0, or neither."
        if bool(part.known) != bool(part.sources):
            yield f"EMMIE's {part.part} has both words and a source, or neither."


def _of_assessment(held: Assessment) -> Iterator[str]:
    if held.signed_by and held.signed_by == held.author:
        yield "It was signed by its author."
    if bool(held.signed_by) != bool(held.signed_on):
        yield "A signature needs both a desk and a day."
    if tuple(impact.characteristic for impact in held.impacts) != CHARACTERISTICS:
        yield "It must answer for each of the nine characteristics once, in the Act's order."
    further = [impact.characteristic for impact in held.further]
    if further != [name for name in FURTHER if name in further]:
        yield f"The further groups are these, each once and in this order: {', '.join(FURTHER)}."
    for impact in (*held.impacts, *held.further):
        if impact.effect not in EFFECTS or not impact.rationale.strip():
            yield f"The effect on {impact.characteristic} needs one of + neutral -, and a reason."
    if held.outcome not in OUTCOMES:
        yield f"The outcome must be one of: {', '.join(OUTCOMES)}."
