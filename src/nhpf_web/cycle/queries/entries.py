"""An entry of any edition as its page shows it."""

from __future__ import annotations

from nhpf.framework import Edition, Entry, Fact, Outcome, Rating, Source
from nhpf_web.what_works.rules import KIND_NAMES, PART_HEADINGS


def parts_of(entry: Entry) -> list[tuple[str, str]]:
    """Return the heading and the words of each text part."""
    return [
        (heading, entry.text[part])
        for part, heading in PART_HEADINGS.items()
        if entry.text.get(part)
    ]


def facts_of(entry: Entry, edition: Edition) -> list[tuple[Fact, Source | None]]:
    """Return each fact with its source in that edition."""
    return [(fact, edition.sources.get(fact.source)) for fact in entry.facts]


def findings_of(
    entry: Entry, edition: Edition
) -> tuple[list[tuple[Outcome, str, Source | None]], list[tuple[Rating, Source | None]]]:
    """Return outcomes with effect and source, and other libraries' ratings with theirs."""
    if entry.evidence is None:
        return [], []
    get = edition.sources.get
    return (
        [(row, effect_in_words(row), get(row.source)) for row in entry.evidence.outcomes],
        [(row, get(row.source)) for row in entry.evidence.ratings],
    )


def rests_on(entry: Entry, edition: Edition) -> dict[str, list[Source]]:
    """Return the sources of what an entry says of harms and of cost."""
    if entry.evidence is None:
        return {}
    cited = {"harms": entry.evidence.harms_sources, "cost": entry.evidence.cost_sources}
    return {
        name: [edition.sources[one] for one in ids if one in edition.sources]
        for name, ids in cited.items()
    }


def effect_in_words(row: Outcome) -> str:
    """Return an effect with its measure, interval and number of studies, as far as stated."""
    if row.estimate is None:
        effect = "No figure stated"
    else:
        has_interval = row.low is not None and row.high is not None
        interval = f" (95% interval {row.low:g} to {row.high:g})" if has_interval else ""
        effect = f"{row.measure}: {row.estimate:g}{interval}".lstrip(": ")
    studies = "" if row.studies is None else f"; studies: {row.studies}"
    return effect + studies


def related_in(entry: Entry, edition: Edition) -> list[tuple[str, list[Entry]]]:
    """Return by kind the entries of that edition which are linked with this one."""
    if entry.id not in edition.entries:
        return []
    found = [
        (names[1], list(edition.related(entry.id, kind))) for kind, names in KIND_NAMES.items()
    ]
    return [(heading, entries) for heading, entries in found if entries]
