"""Reads of the framework's current edition and of practices."""

from nhpf_web.what_works.queries.assessing import (
    opinions,
    possible_assessors,
    progress,
    ratings_visible_to,
    to_rate,
)
from nhpf_web.what_works.queries.entries import (
    FILTERED_KINDS,
    address,
    citing,
    edition,
    entries_with_slug,
    filter_labels,
    interventions_for,
    neighbours,
    tags,
)
from nhpf_web.what_works.queries.evidence import EvidenceShown, evidence_shown
from nhpf_web.what_works.queries.exchange import rows_of
from nhpf_web.what_works.queries.practices import (
    SUBJECT,
    acts_of,
    has_interest,
    options,
    parties_of,
    practice_with,
    practices_of,
    published,
    readable,
    tagged,
    version_to_show,
    visible_to,
    was_published,
)
from nhpf_web.what_works.queries.work import Work, remarks_visible_to, work_of

__all__ = [
    "FILTERED_KINDS",
    "SUBJECT",
    "EvidenceShown",
    "Work",
    "acts_of",
    "address",
    "citing",
    "edition",
    "entries_with_slug",
    "evidence_shown",
    "filter_labels",
    "has_interest",
    "interventions_for",
    "neighbours",
    "opinions",
    "options",
    "parties_of",
    "possible_assessors",
    "practice_with",
    "practices_of",
    "progress",
    "published",
    "ratings_visible_to",
    "readable",
    "remarks_visible_to",
    "rows_of",
    "tagged",
    "tags",
    "to_rate",
    "version_to_show",
    "visible_to",
    "was_published",
    "work_of",
]
