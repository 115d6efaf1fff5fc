"""Check a file before it is used: its form, and whether it agrees with the release that is held."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nhpf.errors import ContradictsRelease
from nhpf.records.engine import connect
from nhpf.records.release import Release, open_release

if TYPE_CHECKING:
    import numpy as np

    from nhpf.records.importing import Kept

# A year may move by a few cases when the police revise it, and by no more than a third: the copies
# of the victims file that are known differ by two a year at most. Both limits are a judgement.
FEW_CASES = 3
LARGE_SHARE = 1 / 3


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is counted in a file and in the release: the table, the field, the value in each.

    Without a value, all victims are counted.
    """

    query: str
    field: str
    value: str
    held_value: str
    words: str


COMPARED = (
    Comparison("homicide_victims_by_solved_year", "solved", "no", "Unsolved", "unsolved"),
    Comparison(
        "homicide_victims_by_method_year",
        "method",
        "sharp instrument",
        "Knife or Sharp Implement",
        "killed with a knife or sharp implement",
    ),
    Comparison(
        "homicide_victims_by_domestic_year", "domestic", "yes", "Domestic Abuse", "domestic"
    ),
    Comparison("homicide_victims_by_sex_year", "victim_sex", "", "", "victims"),
)
LONDON = "E23000001"


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be used.

    Attributes
    ----------
    source : str
        The contract that it keeps.
    rows : int
    compared : tuple of str
        The tables of the release that it was compared with; empty where there are none.
    """

    source: str
    rows: int
    compared: tuple[str, ...]


def check(source: str, path: Path, *, release: Release | None = None) -> Checked:
    """Check a file's header, its rows, and its agreement with the release that is held.

    Parameters
    ----------
    source : str
        The name of a contract, such as ``homicide_cases``.
    path : Path
    release : Release, optional
        The current one if not given.

    Returns
    -------
    Checked

    Raises
    ------
    InvalidInput
        If there is no such source.
    DamagedData
        With the file, the first wrong row and its column.
    PersonalData
        If a header or a value points to a person.
    ContradictsRelease
        With the table, the years, and the totals of the file and of the release.
    """
    # The importer is for those who import: a profile does not wait for it.
    from nhpf.records.importing import try_files

    with try_files(source, [Path(path)]) as (account, kept):
        if source != "homicide_cases":
            return Checked(source, account.rows, ())
        release = release or open_release()
        known = [each for each in COMPARED if _knows(kept, each.field)]
        for each in known:
            _compare(each, _file_counts(each, kept), release, Path(path).name)
    return Checked(source, account.rows, tuple(each.query for each in known))


def _knows(kept: Kept, field: str) -> bool:
    """Whether the rows are London's, which alone the release has counts of, and say this of any."""
    sql = f"select count({field}) > 0 and bool_and(force = $force) from {kept.reads}"
    with connect() as con:
        return bool(con.execute(sql, {"force": LONDON}).fetchall()[0][0])


def _file_counts(compared: Comparison, kept: Kept) -> dict[int, int]:
    sql = (
        "select year(recorded_month)::integer, count(*) filter"
        f" (where $value in ('', {compared.field})) from {kept.reads} group by all"
    )
    with connect() as con:
        return dict(con.execute(sql, {"value": compared.value}).fetchall())


def _held_counts(compared: Comparison, release: Release) -> dict[int, int]:
    """Return the release's count of each year that is shown; a withheld one cannot be compared."""
    held = release.query(compared.query)
    of_value = (_column_of_values(held) == compared.held_value) | (compared.held_value == "")
    counts: dict[int, int] = {}
    hidden = {int(year) for year in held["year"][of_value & (held["withheld"] != "")]}
    for year, count in zip(held["year"][of_value], held["victims"][of_value], strict=True):
        if int(year) not in hidden:
            counts[int(year)] = counts.get(int(year), 0) + int(count)
    return counts


def _column_of_values(held: dict[str, np.ndarray]) -> np.ndarray:
    (name,) = set(held) - {"year", "period", "victims", "withheld"}
    return held[name]


def _compare(compared: Comparison, found: dict[int, int], release: Release, file_name: str) -> None:
    held = _held_counts(compared, release)
    # The last year of a file may not be complete, so it is left out.
    compared_years = [year for year in sorted(held) if min(found) <= year < max(found)]
    wrong = [year for year in compared_years if _contradicts(held[year], found.get(year, 0))]
    if not wrong:
        return
    in_release = sum(held[year] for year in wrong)
    in_file = sum(found.get(year, 0) for year in wrong)
    raise ContradictsRelease(
        f"The file contradicts the release that is held: in {_years(wrong)} together the release"
        f" holds {in_release} {compared.words}, the file {in_file}.",
        where=f"{file_name}, column {compared.field}; table {compared.query}",
        next_step="Ask the publisher which is right before you use the file.",
    )


def _contradicts(held: int, found: int) -> bool:
    return abs(found - held) > max(FEW_CASES, held * LARGE_SHARE)


def _years(years: list[int]) -> str:
    """Return years in words, runs shortened: 2003, 2017 to 2021."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
