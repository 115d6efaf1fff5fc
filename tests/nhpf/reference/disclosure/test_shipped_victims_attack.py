"""London's shipped tables of victims, attacked together as a reader of all of them could.

The profile of London shows some of them; all are shipped. Rows of persons stay with their source:
the attacker sees counts, blanks with their reason, and which labels add up to which.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

import nhpf

SHIPPED = Path(nhpf.__file__).parent / "open_data"
SMALL, WIDTH = 9, 8
"""The rule shows zeros and withholds 1 to 9."""
REST, KNIFE, SHOT = "Any other or not known", "Knife or Sharp Implement", "Shooting"
SEXES, DOMESTIC = ("Male", "Female or not recorded"), ("Domestic Abuse", "Not Domestic Abuse")
YEARS = range(2003, 2024)
PERIODS = {f"{year} to {year + 2}": range(year, year + 3) for year in YEARS[::3]}
Name = tuple[str, ...]
Sum = tuple[Name, list[Name]]
Row = dict[str, str]


def rows(table: str) -> list[Row]:
    with (SHIPPED / f"victims_by_{table}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def shown() -> Iterator[tuple[Name, Row]]:
    """Yield each cell of the tables with its name."""
    for table, columns in {
        "method_year": ("method", "year"),
        "domestic_year": ("domestic", "year"),
        "sex_year": ("sex", "year"),
        "solved_year": ("solved", "year"),
        "method_period": ("method", "period"),
        "solved_period": ("solved", "period"),
        "age_period": ("age_group", "period"),
        "ethnicity_period": ("ethnicity", "period"),
        "domestic_sex_period": ("domestic", "sex", "period"),
        "borough_year": ("borough", "year"),
    }.items():
        for row in rows(table):
            yield (columns[0], *(row[each] for each in columns)), row


def sums() -> Iterator[Sum]:
    """Yield which counts add up to which: the solved are of a file of their own."""
    divided = {
        "method": (KNIFE, SHOT, REST),
        "domestic": DOMESTIC,
        "sex": SEXES,
        "borough": sorted({row["borough"] for row in rows("borough_year")}),
    }
    for what, names in divided.items():
        for year in map(str, YEARS):
            yield ("all", year), [(what, name, year) for name in names]
    for what, names in (*divided.items(), ("solved", ("Solved", "Unsolved"))):
        for period, years in PERIODS.items():
            # The file that says what was solved ends in June 2022.
            if what != "solved" or years.stop <= 2021:
                for name in names:
                    yield (what, name, period), [(what, name, str(year)) for year in years]
    yield from sums_of_periods()


def sums_of_periods() -> Iterator[Sum]:
    """Yield what adds up within three years."""
    others = {row["method"] for row in rows("method_period")} - {KNIFE, SHOT}
    for period in PERIODS:
        yield ("method", REST, period), [("method", each, period) for each in sorted(others)]
        for what, table in (("age_group", "age_period"), ("ethnicity", "ethnicity_period")):
            groups = sorted({row[what] for row in rows(table)})
            yield ("all", period), [(what, each, period) for each in groups]
        yield ("all", period), [("domestic", each, period) for each in DOMESTIC]
        for flag in DOMESTIC:
            yield ("domestic", flag, period), [("domestic", flag, sex, period) for sex in SEXES]
        for sex in SEXES:
            yield ("sex", sex, period), [("domestic", flag, sex, period) for flag in DOMESTIC]


def ranges(told_small: bool = False) -> dict[Name, tuple[int, int]]:
    """Return the least and greatest of each withheld count.

    Parameters
    ----------
    told_small : bool
        As if a reason told which of the withheld counts are small: of two in one year, the smaller.
    """
    low: dict[Name, float] = {}
    high: dict[Name, float] = {}
    withheld = []
    for name, row in shown():
        count = row["victims"]
        low[name], high[name] = (float(count), float(count)) if count else (1.0, np.inf)
        if not count:
            withheld.append(name)
            if told_small and name[1] in ("Shooting", "Unsolved") and name[2] in TOLD[name[0]]:
                high[name] = SMALL
    lines = list(sums())
    for whole, parts in lines:
        for name in (whole, *parts):
            low.setdefault(name, 0.0)
            high.setdefault(name, np.inf)
    at = {name: index for index, name in enumerate(low)}
    entries = [
        (row, at[name], sign)
        for row, (whole, parts) in enumerate(lines)
        for name, sign in [(whole, -1.0), *((part, 1.0) for part in parts)]
    ]
    at_row, at_column, signs = zip(*entries, strict=True)
    matrix = csr_array((signs, (at_row, at_column)), shape=(len(lines), len(at)))
    found = {}
    for name in withheld:
        ends = []
        for sign in (1.0, -1.0):
            goal = np.zeros(len(at))
            goal[at[name]] = sign
            bounds = [(low[each], min(high[each], 1e5)) for each in at]
            solved = linprog(goal, A_eq=matrix, b_eq=np.zeros(len(lines)), bounds=bounds)
            assert solved.status == 0, solved.message
            ends.append(solved.x[at[name]])
        found[name] = (int(np.ceil(ends[0] - 1e-6)), int(np.floor(ends[1] + 1e-6)))
    return found


TOLD = {"method": ("2012", "2014"), "solved": ("2012", "2013", "2014")}
"""The years that stood with a reason of their own before all reasons became one."""


def test_no_withheld_count_is_narrowed_below_the_width_of_the_rule() -> None:
    found = ranges()
    assert len(found) == 30
    for name, (low, high) in found.items():
        assert high - low >= WIDTH, (name, low, high)
        assert low == 1 or low > SMALL, (name, low, high)


def test_a_reason_that_told_the_small_ones_apart_would_narrow_them() -> None:
    found = ranges(told_small=True)
    assert found["method", "Shooting", "2012"] == (2, 9)
    assert found["solved", "Unsolved", "2013"] == (4, 9)


def test_withheld_cells_have_one_reason() -> None:
    reasons = {row["withheld"] for _, row in shown() if not row["victims"]}
    assert len(reasons) == 1
