"""Places, indicators and the service's own pages as documents."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from nhpf.indicators import load_indicators
from nhpf_web.profiles import queries as profiles
from nhpf_web.search.rules import Document

PRIOR = 1.2
PAGES = (
    ("What works: the framework", "/what-works/", "Themes, areas of focus, toolkits, filters."),
    ("What happens: profiles", "/what-happens/", "Find a police force, borough or the nation."),
    (
        "Evidence by outcome",
        "/what-works/evidence/",
        "Helpful, null, harmful, inconclusive and screened out: what studies found, outcome by"
        " outcome.",
    ),
    (
        "Describe a practice",
        "/what-works/practices/",
        "Write down what your force or organisation did, step by step; find what others did.",
    ),
    (
        "Notices",
        "/organisations/notices/",
        "What concerns you: questions, assessments, reviews that are due. You need to sign in.",
    ),
    (
        "Research register",
        "/what-works/research/",
        "Questions, calls for trials and research, registered studies, outputs.",
    ),
    (
        "Signals",
        "/what-happens/signals/",
        "Indicators that rose by more than chance, how they are watched, what was found.",
    ),
    (
        "Gap map",
        "/how-we-are-doing/gap-map/",
        "Burden against evidence, practice and activity: what is missing, and what would fill it.",
    ),
    (
        "Radar",
        "/how-we-are-doing/radar/",
        "Innovation: untested and promising practices that spread, and whether a trial could see"
        " their effect.",
    ),
    (
        "Equality impact assessments",
        "/equality/",
        "The register, mitigations, and what has no assessment yet.",
    ),
    (
        "Mitigations",
        "/equality/mitigations/",
        "What was promised in equality impact assessments, by whom and by when.",
    ),
    ("Data sources and attributions", "/data/", "Tables, licences, hashes, known faults."),
    ("Accessibility statement", "/accessibility/", "How accessible this service is."),
    ("How this service works", "/about/", "What it is for, what it does not do, how to take part."),
)


def version() -> Hashable:
    """Return what changes with the release, whose places these are."""
    return profiles.release().id


def unchanging() -> Hashable:
    """Return what stays the same while the service runs."""
    return None


def places() -> Iterator[Document]:
    """Yield every place that has a profile."""
    for place in profiles.places():
        yield Document(
            place.code,
            "place",
            place.name,
            place.address,
            f"{place.kind_name.capitalize()}: what happens there and how sure we are.",
            (place.code,),
            prior=PRIOR,
        )


def indicators() -> Iterator[Document]:
    """Yield every indicator."""
    for indicator in load_indicators().values():
        yield Document(
            indicator.id,
            "indicator",
            indicator.title,
            f"/what-happens/indicators/#{indicator.id}",
            indicator.why_it_matters,
            body=f"{indicator.numerator} {indicator.denominator} {indicator.cannot_say}",
        )


def pages() -> Iterator[Document]:
    """Yield the pages that a reader may look for by name."""
    for title, address, summary in PAGES:
        yield Document(address, "page", title, address, summary, prior=PRIOR)
