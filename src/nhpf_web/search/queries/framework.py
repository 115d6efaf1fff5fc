"""Entries and sources of the edition as documents, and what entries are compared by."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping

from django.utils import timezone

from nhpf.framework import Entry
from nhpf_web.search.rules import OVERDUE, OVERDUE_PRIOR, Document
from nhpf_web.what_works import queries as what_works
from nhpf_web.what_works.rules import PART_HEADINGS

# Readers mostly want a subject; then what to do; then what stands behind it. Tried on the words
# of the strategy: without it interventions, which are many, crowd out the areas of focus.
PRIORS = {"area": 1.5, "toolkit": 1.3, "theme": 1.3, "intervention": 1.1}
SOURCE_PRIOR = 0.5


def version() -> Hashable:
    """Return what changes with the edition that the pages show, and as its entries fall due."""
    held = what_works.edition()
    return held.name, held.published, timezone.localdate()


def entries() -> Iterator[Document]:
    """Yield every entry."""
    for entry in what_works.edition().entries.values():
        is_overdue = what_works.is_overdue(entry)
        yield Document(
            entry.id,
            entry.kind,
            entry.title,
            what_works.address(entry.id),
            entry.summary,
            (entry.id, *entry.synonyms),
            "\n\n".join(
                (*entry.text.values(), *(fact.text for fact in entry.facts), *_known(entry))
            ),
            _tags(entry),
            PRIORS.get(entry.kind, 1.0) * (OVERDUE_PRIOR if is_overdue else 1.0),
            OVERDUE if is_overdue else "",
        )


def _known(entry: Entry) -> Iterator[str]:
    """Yield what is known of an intervention: findings, EMMIE's parts, harms and cost."""
    evidence = entry.evidence
    if evidence is None:
        return
    yield from (f"{row.outcome}: {row.finding}" for row in evidence.outcomes)
    yield from (part.known for part in evidence.emmie if part.known)
    yield from (words for words in (evidence.harms, evidence.cost) if words)


def _tags(entry: Entry) -> tuple[tuple[str, str], ...]:
    if entry.kind == "theme":
        return (("theme", entry.id),)
    if entry.kind not in what_works.FILTERED_KINDS:
        return ()
    held = what_works.tags(entry.id)
    return tuple((facet, value) for facet in sorted(held) for value in sorted(held[facet]))


def sources() -> Iterator[Document]:
    """Yield every source."""
    for source in what_works.edition().sources.values():
        yield Document(
            source.id,
            "source",
            source.title,
            f"/what-works/sources/{source.id}/",
            f"{source.publisher} {source.year}".strip(),
            body=source.note,
            prior=SOURCE_PRIOR if source.url else SOURCE_PRIOR * OVERDUE_PRIOR,
            notice="" if source.url else "No address to check it at",
        )


def rows(key: str) -> Mapping[str, str]:
    """Return what an entry is compared by, in Markdown; headings are the same for every entry."""
    entry = what_works.edition().entry(key)
    labels = what_works.filter_labels()
    held = _tags(entry)
    tags = {
        facet: ", ".join(words for value, words in labels[facet].items() if (facet, value) in held)
        for facet in labels
    }
    evidence = entry.evidence
    through = f"Of what it leads to: {tags['strength'].lower()}" if tags["strength"] else ""
    return {
        "In short": entry.summary,
        "Themes": tags["theme"],
        "Areas of focus": tags["area"],
        "Prevention level": tags["prevention"],
        "Partners": ", ".join(entry.partners),
        "Strength of evidence": evidence.in_words.capitalize() if evidence else through,
        "What studies found": _outcomes(entry),
        "Harms": evidence.harms if evidence else "",
        "Cost": evidence.cost if evidence else "",
        **{heading: entry.text.get(part, "") for part, heading in PART_HEADINGS.items()},
        "To be reviewed by": f"{entry.review_due:%-d %B %Y}",
    }


def _outcomes(entry: Entry) -> str:
    found = entry.evidence.outcomes if entry.evidence else ()
    return "\n".join(f"- {row.outcome}: {row.finding}" for row in found)
