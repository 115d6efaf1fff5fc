"""A victims file is used only if its rows are right and it agrees with the release that is held."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from nhpf.errors import ContradictsRelease, DamagedData, InvalidInput, PersonalData
from nhpf.records import Release, check
from nhpf.records.victim_tables import CASES

Row = dict[str, str]


def held(release: Release, query: str, column: str, value: str) -> dict[int, int]:
    found = release.query(query)
    rows = (found[column] == value) & (found["withheld"] == "")
    return {
        int(year): int(count)
        for year, count in zip(found["year"][rows], found["victims"][rows], strict=True)
    }


@pytest.fixture(scope="module")
def invented(release: Release) -> list[Row]:
    """Rows about nobody: for each year as many as the release counts, marked to fit its totals."""
    sexes = release.query("homicide_victims_by_sex_year")
    unsolved = held(release, "homicide_victims_by_solved_year", "solved", "Unsolved")
    knife = held(release, "homicide_victims_by_method_year", "method", "Knife or Sharp Implement")
    domestic = held(release, "homicide_victims_by_domestic_year", "domestic", "Domestic Abuse")
    rows: list[Row] = []
    for year in range(2003, 2022):
        total = int(np.nansum(sexes["victims"][sexes["year"] == year]))
        marks = (unsolved.get(year, 5), knife.get(year, 0), domestic.get(year, 0))
        rows.extend(row_about_nobody(year, *(at < mark for mark in marks)) for at in range(total))
    return rows


def row_about_nobody(year: int, unsolved: bool, knife: bool, domestic: bool) -> Row:
    return {
        "count_of_victims": "1",
        "age_group": "25 to 34",
        "sex": "Male",
        "method_of_killing": "Knife or Sharp Implement" if knife else "Shooting",
        "domestic_abuse": "Domestic Abuse" if domestic else "Not Domestic Abuse",
        "homicide_offence_type": "Murder",
        "solved_status": "Unsolved" if unsolved else "Solved",
        "borough": "Barnet",
        "officer_observed_ethnicity": "White ",
        "month_year": f"{year}-01",
        "year": str(year),
    }


@pytest.fixture(params=["\n", "\r\n"], ids=["lines of Unix", "lines of Windows"])
def written(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[list[Row]], Path]:
    def write(rows: list[Row]) -> Path:
        path = tmp_path / "victims.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator=request.param)
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


def test_a_file_that_agrees_is_taken(
    release: Release, invented: list[Row], written: Callable[[list[Row]], Path]
) -> None:
    found = check("homicide_cases", written(invented), release=release)
    assert found.rows == len(invented)
    assert "homicide_victims_by_solved_year" in found.compared


def test_a_file_with_nothing_unsolved_since_2016_contradicts_the_release(
    release: Release, invented: list[Row], written: Callable[[list[Row]], Path]
) -> None:
    altered = [
        row | {"solved_status": "Solved"} if int(row["year"]) >= 2016 else row for row in invented
    ]
    with pytest.raises(ContradictsRelease) as raised:
        check("homicide_cases", written(altered), release=release)
    said = str(raised.value)
    assert raised.value.exit_code == 10
    assert "2017 to 2020" in said
    assert "table homicide_victims_by_solved_year" in said
    assert "column solved" in said
    assert "the release holds 101 unsolved, the file 0" in said


def test_a_file_without_a_year_contradicts_the_release(
    release: Release, invented: list[Row], written: Callable[[list[Row]], Path]
) -> None:
    altered = [row for row in invented if row["year"] != "2010"]
    with pytest.raises(ContradictsRelease, match="2010"):
        check("homicide_cases", written(altered), release=release)


def test_a_small_revision_is_no_contradiction(
    release: Release, invented: list[Row], written: Callable[[list[Row]], Path]
) -> None:
    solved = 0
    revised = []
    for row in invented:
        if row["year"] == "2018" and row["solved_status"] == "Unsolved" and solved < 3:
            solved += 1
            row = row | {"solved_status": "Solved"}
        revised.append(row)
    assert check("homicide_cases", written(revised), release=release).rows == len(invented)


def test_a_wrong_row_is_named_and_its_value_is_not(
    release: Release, invented: list[Row], written: Callable[[list[Row]], Path]
) -> None:
    rows = [dict(row) for row in invented[:20]]
    rows[11]["borough"] = "Gotham"
    with pytest.raises(DamagedData) as raised:
        check("homicide_cases", written(rows), release=release)
    assert raised.value.where.startswith("victims.csv, row 12, column borough: is not a code")
    assert "Gotham" not in str(raised.value)


def test_an_unknown_column_is_refused(
    release: Release, invented: list[Row], written: Callable[[list[Row]], Path]
) -> None:
    rows = [row | {"weather": "x"} for row in invented[:20]]
    with pytest.raises(DamagedData, match="weather"):
        check("homicide_cases", written(rows), release=release)


def test_a_column_of_names_is_refused_as_such(
    release: Release, invented: list[Row], written: Callable[[list[Row]], Path]
) -> None:
    rows = [row | {"victim_name": "x"} for row in invented[:20]]
    with pytest.raises(PersonalData, match="victim_name") as raised:
        check("homicide_cases", written(rows), release=release)
    assert raised.value.exit_code == 11


def test_a_source_that_nobody_knows_is_refused(release: Release, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        check("homicide", tmp_path / "x.csv", release=release)


@pytest.mark.parametrize("source", sorted(CASES))
def test_both_real_files_agree_with_the_release(
    release: Release, shared: Path, source: str
) -> None:
    found = check("homicide_cases", shared / CASES[source], release=release)
    assert found.rows == {"victims_with_status": 2737, "victims_without_status": 2936}[source]


def test_the_real_file_with_nothing_unsolved_since_2016_is_refused(
    release: Release, shared: Path, written: Callable[[list[Row]], Path]
) -> None:
    with gzip.open(shared / CASES["victims_with_status"], "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if int(row["year"]) >= 2016:
            row["solved_status"] = "Solved"
    with pytest.raises(
        ContradictsRelease, match="2017 to 2021 together the release holds 119 unsolved, the file 0"
    ):
        check("homicide_cases", written(rows), release=release)
