"""The search's index: made in memory from the edition, the places, the indicators and the pages.

It is in Python so that SQLite and PostgreSQL answer alike; some thousand documents need no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from nhpf.indicators import load_indicators
from nhpf_web.profiles import queries as profiles
from nhpf_web.search import rules
from nhpf_web.search.rules import Document, Index, read_synonyms
from nhpf_web.what_works import queries as what_works
from nhpf_web.what_works.rules import KIND_NAMES

SYNONYMS = Path(rules.__file__).with_name("synonyms.toml")
# Readers mostly want a subject; then what to do; then what stands behind it. Tried on the words
# of the strategy: without it interventions, which are many, crowd out the areas of focus.
PRIORS = {
    "area": 1.5,
    "toolkit": 1.3,
    "theme": 1.3,
    "intervention": 1.1,
    "place": 1.2,
    "source": 0.5,
    "page": 1.2,
}
PAGES = (
    ("What works: the framework", "/what-works/", "Themes, areas of focus, toolkits, filters."),
    ("What happens: profiles", "/what-happens/", "Find a police force, borough or the nation."),
    ("Data sources and attributions", "/data/", "Tables, licences, hashes, known faults."),
    ("Accessibility statement", "/accessibility/", "How accessible this service is."),
    ("How this service works", "/about/", "What it is for, what it does not do, how to take part."),
)


def index() -> Index:
    """Return the index for the edition and the places that the pages show."""
    return _index(profiles.places())


@lru_cache(maxsize=2)
def _index(places: tuple[profiles.Place, ...]) -> Index:
    documents = (*_entries(), *_places(places), *_indicators(), *_sources(), *_pages())
    return Index(documents, read_synonyms(SYNONYMS))


def _entries() -> Iterator[Document]:
    for entry in what_works.edition().entries.values():
        yield Document(
            entry.id,
            entry.kind,
            entry.title,
            what_works.address(entry.id),
            entry.summary,
            entry.synonyms,
            " ".join((*entry.text.values(), *(fact.text for fact in entry.facts))),
            PRIORS.get(entry.kind, 1.0),
        )


def _places(places: tuple[profiles.Place, ...]) -> Iterator[Document]:
    for place in places:
        yield Document(
            place.code,
            "place",
            place.name,
            place.address,
            f"{place.kind_name.capitalize()}: what happens there and how sure we are.",
            (place.code,),
            prior=PRIORS["place"],
        )


def _indicators() -> Iterator[Document]:
    for indicator in load_indicators().values():
        yield Document(
            indicator.id,
            "indicator",
            indicator.title,
            f"/what-happens/indicators/#{indicator.id}",
            indicator.why_it_matters,
            body=f"{indicator.numerator} {indicator.denominator} {indicator.cannot_say}",
        )


def _sources() -> Iterator[Document]:
    for source in what_works.edition().sources.values():
        yield Document(
            source.id,
            "source",
            source.title,
            f"/what-works/sources/{source.id}/",
            f"{source.publisher} {source.year}".strip(),
            body=source.note,
            prior=PRIORS["source"],
        )


def _pages() -> Iterator[Document]:
    for title, address, summary in PAGES:
        yield Document(address, "page", title, address, summary, prior=PRIORS["page"])


def kind_names() -> dict[str, tuple[str, str]]:
    """Return what can be found, one and several, in the order of the facets."""
    return {
        **KIND_NAMES,
        "place": ("Place", "Places"),
        "indicator": ("Indicator", "Indicators"),
        "source": ("Source", "Sources"),
        "page": ("Page", "Pages"),
    }
