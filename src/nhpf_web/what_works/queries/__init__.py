"""Reads of the framework's current edition."""

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

__all__ = [
    "FILTERED_KINDS",
    "EvidenceShown",
    "address",
    "citing",
    "edition",
    "entries_with_slug",
    "evidence_shown",
    "filter_labels",
    "interventions_for",
    "neighbours",
    "tags",
]
