"""The tables made from the homicide victims file: right, and nothing in them may be too small."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from nhpf.errors import DamagedData
from nhpf.records import Release
from nhpf.records.open_source import OPEN_DATA
from nhpf.records.open_tables import make_open_tables
from nhpf.records.statement import statements
from nhpf.records.victim_tables import protect_counts

TABLES = sorted(statements("victim_counts"))
ATTRIBUTES = [name for name in TABLES if name != "victims_by_borough_year"]


def shares(found: dict[str, np.ndarray], **chosen: str) -> float:
    rows = np.ones(found["victims"].size, dtype=bool)
    for column, value in chosen.items():
        rows &= found[column] == value
    unsolved = rows & (found["solved"] == "Unsolved")
    return round(100 * found["victims"][unsolved].sum() / found["victims"][rows].sum(), 1)


def test_unsolved_share_by_ethnicity_within_method(release: Release) -> None:
    found = release.query("homicide_victims_by_ethnicity_method_solved")
    knife, shooting = "Knife or Sharp Implement", "Shooting"
    assert shares(found, ethnicity="Black", method=knife) == 8.6
    assert shares(found, ethnicity="White", method=knife) == 4.2
    assert shares(found, ethnicity="Black", method=shooting) == 29.5
    assert shares(found, ethnicity="White", method=shooting) == 21.9


def test_unsolved_share_by_ethnicity(release: Release) -> None:
    found = release.query("homicide_victims_by_ethnicity_solved")
    assert [shares(found, ethnicity=each) for each in ("Black", "White", "Asian")] == [
        14.3,
        9.6,
        9.6,
    ]
    assert found["victims"].sum() == 2737


def test_shootings_are_more_often_unsolved(release: Release) -> None:
    found = release.query("homicide_victims_by_solved_method")
    assert shares(found, method="Shooting") == 28.8
    assert shares(found, method="Knife or Sharp Implement") == 7.2


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_no_small_count_is_shown(name: str) -> None:
    with (OPEN_DATA / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        assert bool(row["victims"]) != bool(row["withheld"])
        assert not row["victims"] or int(row["victims"]) >= 10 or row["victims"] == "0"


@pytest.mark.parametrize("name", TABLES)
def test_no_shown_total_has_one_withheld_count(name: str) -> None:
    statement = statements("victim_counts")[name]
    with (OPEN_DATA / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for total in statement.notes["totals"].split("|"):
        withheld: dict[tuple[str, ...], int] = {}
        for row in rows:
            line = tuple(row[column.strip()] for column in total.split(","))
            withheld[line] = withheld.get(line, 0) + bool(row["withheld"])
        assert 1 not in withheld.values()


def test_ethnicity_is_pooled_over_three_years_or_more(release: Release) -> None:
    found = release.query("homicide_victims_by_ethnicity_period")
    for period in set(found["period"].tolist()):
        first, _, last = period.partition(" to ")
        assert int(last) - int(first) >= 2
    for query in ("ethnicity_solved", "ethnicity_method_solved"):
        assert "year" not in release.query(f"homicide_victims_by_{query}")


def test_a_withheld_count_is_blank_and_has_a_reason(release: Release) -> None:
    found = release.query("homicide_victims_by_solved_year")
    withheld = found["withheld"] != ""
    assert withheld.any()
    assert np.isnan(found["victims"][withheld]).all()
    assert not np.isnan(found["victims"][~withheld]).any()


def test_a_total_of_the_table_that_is_named_protects() -> None:
    statement = statements("victim_counts")["victims_by_domestic_year"]
    counts = {
        (2003, "2003 to 2005", "Domestic Abuse"): 4,
        (2003, "2003 to 2005", "Not Domestic Abuse"): 90,
        (2004, "2003 to 2005", "Domestic Abuse"): 20,
        (2004, "2003 to 2005", "Not Domestic Abuse"): 80,
    }
    shown = protect_counts(statement, ["year", "period", "domestic"], counts)
    assert all(cell.is_withheld for cell in shown.values())


def test_shipped_tables_are_made_again_the_same(shared: Path, tmp_path: Path) -> None:
    made = make_open_tables(shared, out=tmp_path)
    assert len(made) > 30
    for path in made:
        assert path.read_bytes() == (OPEN_DATA / path.name).read_bytes(), path.name


def test_a_folder_without_the_sources_is_named(tmp_path: Path) -> None:
    with pytest.raises(DamagedData, match="source is not in the folder"):
        make_open_tables(tmp_path, out=tmp_path)
