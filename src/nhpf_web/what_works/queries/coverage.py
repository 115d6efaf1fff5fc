"""How many published practices there are by what they aim at: counted by the database."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet

from nhpf_web.organisations.rules import Kind
from nhpf_web.what_works.models import Practice, Tag, Version
from nhpf_web.what_works.queries.practices import published

# The other tag of the pair: the join that the condition on its vocabulary made.
COLUMN = "version__tags__value"
Cell = tuple[str, str]
"""A value of the rows' vocabulary with a prevention level."""


def _pairs(rows: str, columns: str) -> QuerySet[Tag]:
    """Return the tags of one vocabulary of published versions, each beside one of another."""
    return Tag.objects.filter(
        vocabulary=rows,
        version__tags__vocabulary=columns,
        version__in=published().order_by().values("pk"),
    )


def practices_by(rows: str) -> dict[Cell, int]:
    """Return how many published practices name each value of a vocabulary with each level."""
    found = _pairs(rows, "prevention").values_list("value", COLUMN)
    return {(value, level): n for value, level, n in found.annotate(n=Count("version"))}


def covered_by(rows: str) -> tuple[dict[Cell, int], dict[Cell, tuple[int, int]]]:
    """Return published practices by cell, and how many forces and how many others do them.

    They are those that described a practice, adopted it or repeated it.
    """
    counts: dict[Cell, int] = {}
    held: dict[Cell, set[tuple[int, bool]]] = {}
    for value, level, organisation, kind, practices in _doing(rows, "organisation").annotate(
        practices=Count("version")
    ):
        # One practice has one owner: what the owners have adds up to what the cell has.
        counts[value, level] = counts.get((value, level), 0) + practices
        held.setdefault((value, level), set()).add((organisation, kind == Kind.FORCE))
    for relation in ("adoptions", "replications"):
        others = _doing(rows, f"{relation}__organisation").distinct()
        for value, level, organisation, kind in others:
            held.setdefault((value, level), set()).add((organisation, kind == Kind.FORCE))
    return counts, {cell: _by_sector(found) for cell, found in held.items()}


def _by_sector(found: set[tuple[int, bool]]) -> tuple[int, int]:
    forces = sum(is_force for _, is_force in found)
    return forces, len(found) - forces


def _doing(rows: str, relation: str) -> QuerySet[Tag, Any]:
    path = f"version__practice__{relation}"
    found = _pairs(rows, "prevention").filter(**{f"{path}__isnull": False})
    return found.values_list("value", COLUMN, path, f"{path}__kind")


def named_interventions(rows: str) -> frozenset[tuple[str, str]]:
    """Return which interventions published practices with each value are a way of doing."""
    found = _pairs(rows, "intervention").values_list("value", COLUMN).distinct()
    return frozenset(found)


def in_cell(rows: str, value: str, level: str) -> QuerySet[Version]:
    """Return the published versions of one cell, by title."""
    of_row = published().filter(tags__vocabulary=rows, tags__value=value)
    return of_row.filter(tags__vocabulary="prevention", tags__value=level).order_by("title")


def holds_examples() -> bool:
    """Whether made-up practices of the demonstration are among those that count."""
    made_up = Practice.objects.filter(organisation__is_demonstration=True)
    # Where there are none, as in production, nothing is looked through.
    return made_up.exists() and published().filter(practice__in=made_up).exists()
