"""What the search looks through: one row for each kind of content.

A new kind adds a module here, which reads it from its app, and a row to ``CONTRIBUTIONS``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass

from nhpf_web.search.queries import framework, places, practices, research
from nhpf_web.search.rules import KIND, Document
from nhpf_web.what_works import queries as what_works
from nhpf_web.what_works.rules import KIND_NAMES


@dataclass(frozen=True, slots=True)
class Contribution:
    """Documents from one app.

    Attributes
    ----------
    kinds : mapping
        Its documents' kinds, with the words for one and for several.
    version : callable
        A value that differs whenever any of the documents does. It is asked for at every search,
        so it is cheap: a name, or one aggregate of a table, never the rows.
    documents : callable
        All documents that **everybody** may read; what only some may read is not put here, because
        counts and spelling would give it away.
    rows : callable, optional
        What its documents are compared by: Markdown by heading, of a document's key, with the same
        headings for each.
    """

    kinds: Mapping[str, tuple[str, str]]
    version: Callable[[], Hashable]
    documents: Callable[[], Iterable[Document]]
    rows: Callable[[str], Mapping[str, str]] | None = None


# In the order in which the facet of kinds is shown.
CONTRIBUTIONS = (
    Contribution(KIND_NAMES, framework.version, framework.entries, framework.rows),
    Contribution(
        {"practice": ("Practice", "Practices")},
        practices.version,
        practices.practices,
        practices.rows,
    ),
    Contribution(
        {"synthesis": ("Live synthesis", "Live syntheses")},
        research.version,
        research.live_syntheses,
    ),
    Contribution(
        {"research": ("Research record", "Research records")}, research.version, research.research
    ),
    Contribution({"place": ("Place", "Places")}, places.version, places.places),
    Contribution({"indicator": ("Indicator", "Indicators")}, places.unchanging, places.indicators),
    Contribution({"source": ("Source", "Sources")}, framework.version, framework.sources),
    Contribution({"page": ("Page", "Pages")}, places.unchanging, places.pages),
)


def kind_names() -> dict[str, tuple[str, str]]:
    """Return what can be found, one and several, in the order of the facet."""
    return {kind: words for one in CONTRIBUTIONS for kind, words in one.kinds.items()}


def comparable_kinds() -> frozenset[str]:
    """Return the kinds of which two can be set side by side."""
    return frozenset(kind for one in CONTRIBUTIONS if one.rows for kind in one.kinds)


def rows_of(document: Document) -> Mapping[str, str]:
    """Return what a document is compared by; of a kind that is not compared, nothing."""
    found = (one.rows for one in CONTRIBUTIONS if document.kind in one.kinds and one.rows)
    rows = next(found, None)
    return rows(document.key) if rows else {}


def facet_labels() -> Mapping[str, Mapping[str, str]]:
    """Return each facet's values with their words, in the order in which they are offered."""
    kinds = {kind: several for kind, (_, several) in kind_names().items()}
    return {KIND: kinds, **what_works.filter_labels()}
