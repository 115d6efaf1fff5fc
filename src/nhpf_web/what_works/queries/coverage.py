"""How many published practices there are by what they aim at: counted by the database."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from nhpf_web.organisations.rules import Kind
from nhpf_web.what_works.models import Tag, Version
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


def doing_by(rows: str) -> dict[Cell, tuple[int, int]]:
    """Return how many forces, and how many others, do the published practices of each cell.

    They are those that described a practice, adopted it or repeated it.
    """
    held: dict[Cell, set[tuple[int, bool]]] = {}
    for path in ("organisation", "adoptions__organisation", "replications__organisation"):
        for value, level, organisation, kind in _doing(rows, f"version__practice__{path}"):
            held.setdefault((value, level), set()).add((organisation, kind == Kind.FORCE))
    return {
        cell: (sum(is_force for _, is_force in found), sum(not one for _, one in found))
        for cell, found in held.items()
    }


def _doing(rows: str, path: str) -> QuerySet[Tag, tuple[str, str, int, str]]:
    found = _pairs(rows, "prevention").filter(**{f"{path}__isnull": False})
    return found.values_list("value", COLUMN, path, f"{path}__kind").distinct()


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
    return published().filter(practice__organisation__is_demonstration=True).exists()
