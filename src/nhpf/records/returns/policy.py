"""What a return may hold: tables, cells, and the fewest victims and years that may be split."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from nhpf.disclosure import policy_for
from nhpf.records.returns.period import Period
from nhpf.records.subtypes import CANNOT_BE_DERIVED, NONE_OF_THE_SEVEN, SUBTYPES

CONTRACT = "homicide_cases"
VERSION = 1
MARKING = "OFFICIAL-SENSITIVE"
HANDLING = "For the national recipient of homicide returns alone; not for publication."

POLICY = policy_for("homicide_return", audience="restricted")

SUBTYPE_LABELS = (*SUBTYPES, NONE_OF_THE_SEVEN, CANNOT_BE_DERIVED)
FLAGS = ("yes", "no", "not known")
SEXES = ("female", "male", "not known")
BROAD_AGES = {
    "under 16": ("under 1", "1 to 4", "5 to 9", "10 to 12", "0 to 12", "0 to 15", "13 to 15"),
    "16 to 24": ("16 to 17", "16 to 24", "18 to 24", "20 to 24"),
    "25 to 34": ("25 to 34",),
    "35 to 44": ("35 to 44",),
    "45 to 54": ("45 to 54",),
    "55 to 64": ("55 to 64",),
    "65 and over": ("65 to 74", "65 and over", "75 and over"),
    "not known or across bands": ("13 to 19", "not known"),
}
METHODS = (
    "sharp instrument", "blunt instrument", "shooting", "hitting or kicking",
    "strangulation or asphyxiation", "other", "not known",
)  # fmt: skip
ATTRIBUTES = {
    "subtype_by_alcohol": "alcohol_related",
    "subtype_by_drug": "drug_related",
    "subtype_by_sharp": "sharp_instrument",
}
"""The attributes that the Home Office's tables 1a and 1b cross with the sub-types."""

ATTRIBUTE_YEARS = 3
"""As in the Home Office's tables; in one year, one victim in six is alone in a force's sub-type."""

TOO_FEW = f"withheld because the return is of fewer than {POLICY.threshold} victims"
TOO_SHORT = f"withheld because the return is of fewer than {ATTRIBUTE_YEARS} years"

Cell = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a return.

    Attributes
    ----------
    name : str
    dimensions : tuple of str
        The columns of the counted cases; never more than two.
    labels : tuple of tuple of str
        The labels of each dimension; every combination is a cell.
    split : bool
        Whether it tells more of a victim than that there was one in a year.
    years : int
        The fewest years that it may be made of.
    """

    name: str
    dimensions: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]
    split: bool = True
    years: int = 1

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell, in order."""
        return tuple(product(*self.labels))


def tables(period: Period) -> dict[str, Table]:
    """Return the tables of a return for a period, by name."""
    found = (
        Table("victims_by_year", ("year",), (period.labels,), split=False),
        Table("victims_by_month", ("month",), (period.months,)),
        Table("subtype_by_year", ("subtype", "year"), (SUBTYPE_LABELS, period.labels)),
        *(
            Table(name, ("subtype", attribute), (SUBTYPE_LABELS, FLAGS), years=ATTRIBUTE_YEARS)
            for name, attribute in ATTRIBUTES.items()
        ),
        Table("age_by_sex", ("age", "sex"), (tuple(BROAD_AGES), SEXES)),
        Table("method", ("method",), (METHODS,)),
        Table("domestic", ("domestic",), (FLAGS,)),
    )
    return {table.name: table for table in found}


def withheld(period: Period, victims: int) -> dict[str, str]:
    """Return the tables that a return of so many victims does not show, each with the reason."""
    found = {}
    for table in tables(period).values():
        if table.years > period.years:
            found[table.name] = TOO_SHORT
        elif table.split and POLICY.withholds(victims):
            found[table.name] = TOO_FEW
    return found
