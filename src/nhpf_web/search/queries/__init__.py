"""Reads of the search: the index, what it looks through, and saved views."""

from nhpf_web.search.queries.contributions import (
    Contribution,
    comparable_kinds,
    facet_labels,
    kind_names,
    rows_of,
)
from nhpf_web.search.queries.indexing import index
from nhpf_web.search.queries.saved import may_delete, visible_to

__all__ = [
    "Contribution",
    "comparable_kinds",
    "facet_labels",
    "index",
    "kind_names",
    "may_delete",
    "rows_of",
    "visible_to",
]
