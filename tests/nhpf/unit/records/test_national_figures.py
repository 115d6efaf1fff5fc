"""National and force figures agree with those published, each in its own series and vintage."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from nhpf.records import Release


def test_the_strategys_totals_are_a_series_of_their_own(release: Release) -> None:
    found = release.query("national_homicide_strategy")
    assert found["year"].tolist() == [2019, 2020, 2021]
    assert found["homicides"].tolist() == [683, 604, 691]


def test_homicide_index_keeps_each_vintage(release: Release) -> None:
    found = release.query("national_homicide_index")
    of_2022 = found["year_ending_march"] == 2022
    assert found["homicides"][of_2022].tolist() == [696, 684]
    assert found["latest"][of_2022].tolist() == [False, True]
    assert found["status"][of_2022].tolist() == ["first published", "revised"]
    latest = found["latest"]
    years = found["year_ending_march"][latest].tolist()
    assert len(years) == len(set(years))
    assert dict(zip(years, found["homicides"][latest].tolist(), strict=True))[2024] == 570


def test_force_homicides_with_railways_make_the_national_total(release: Release) -> None:
    forces = release.query("force_homicides")
    by_code = dict(zip(forces["code"], forces["homicides"], strict=True))
    assert len(by_code) == 43
    assert by_code["E23000001"] == 115
    assert by_code["E23000005"] == 60
    nation = release.query("national_offences")
    at = nation["category"].tolist().index("Homicide")
    assert nation["offences"][at] == 691
    assert forces["homicides"].sum() == 691 - release.trap("force_without_area")["homicides"] == 685


def test_forces_come_in_the_order_of_their_codes(release: Release) -> None:
    for found in (
        release.query("force_homicides"),
        release.query("force_offences", category="Robbery"),
    ):
        assert found["code"].tolist() == sorted(found["code"].tolist())


def test_years_of_methods_are_labelled_by_their_end(release: Release) -> None:
    """ONS published 729 for the year ending March 2008, and 726 and 285 for that of 2018."""
    found = release.query("national_homicide_methods")
    totals = {
        year: int(found["homicides"][found["year_ending_march"] == year].sum())
        for year in (2008, 2018)
    }
    assert totals == {2008: 729, 2018: 726}
    sharp = (found["year_ending_march"] == 2018) & (found["method"] == "Sharp instrument")
    assert found["homicides"][sharp].tolist() == [285]
    assert (found["male"] + found["female"] == found["homicides"]).all()


def test_a_year_that_is_not_known_is_not_a_zero(release: Release) -> None:
    found = release.query("national_homicide_recorded")
    assert np.isnan(found["homicides"][found["year"] == 1939]).all()
    assert not (found["homicides"] == 0).any()
    assert found["homicides"][found["year"] == 1898].tolist() == [328]
    assert found["homicides"][found["year"] == 2018].tolist() == [693]


def test_severity_years_come_from_the_date(release: Release) -> None:
    assert release.trap("severity_labels") == {"labels": 7700, "blank": 140}
    found = release.query("crime_severity", area="E23000001")
    assert sorted(set(found["year_ending_march"].tolist())) == list(range(2003, 2023))
    assert release.query("crime_severity", area="E23000034")["score"].size == 0


def test_population_adds_up_to_the_published_totals(release: Release) -> None:
    assert release.query("population_by_age", area="K04000001")["residents"].sum() == 59_719_724
    census = release.query("census_ethnicity", area="K04000001")
    assert abs(int(census["residents"].sum()) - 59_597_576) < 100
    everywhere = release.query("residents")
    by_code = dict(zip(everywhere["code"], everywhere["residents"].tolist(), strict=True))
    met = release.query("population_by_age", area="E23000001")["residents"].sum()
    assert by_code["K04000001"] == 59_719_724
    assert by_code["E23000001"] == met
    assert len(by_code) == 362


def test_welsh_authorities_have_no_english_deprivation(release: Release) -> None:
    assert release.query("deprivation", area="W06000015")["imd_average_score"].size == 0
    assert release.query("deprivation", area="E09000012")["imd_average_score"].size == 1


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def evidence(shared: Path) -> set[tuple[str, str, str, float]]:
    rows = read(shared / "evidence/homicide_stats.csv")
    return {
        (row["source"], row["breakdown"], row["category"], float(row["value"]))
        for row in rows
        if row["seen"] == "true"
    }


def test_published_figures_are_those_collected(
    release: Release, evidence: set[tuple[str, str, str, float]]
) -> None:
    """Each figure of the Homicide Index has the value that was read in its source."""
    found = release.query("published_figures")
    columns = ("source_id", "breakdown", "category", "value")
    rows = set(zip(*(found[column].tolist() for column in columns), strict=True))
    index = {
        row for row in rows if row[0].startswith("S_ONS") and row[1] not in ("location", "total")
    }
    assert len(index) > 60
    assert index <= evidence
    totals = {row[3] for row in rows if row[1] == "total" and row[0].startswith("S_ONS")}
    assert totals <= {row[3] for row in evidence if row[1] == "total"}
    sources = set(found["source_id"].tolist())
    assert all(each.startswith(("S_ONS", "S_SEED", "S_VKPP", "S_OWHR")) for each in sources)


def test_benchmarks_agree_with_the_figures(release: Release, shared: Path) -> None:
    path = shared / "data/uk_published_benchmarks/homicide_published_figures.csv"
    rows = read(path)
    index = release.query("national_homicide_index")
    held = set(zip(index["year_ending_march"].tolist(), index["homicides"].tolist(), strict=True))
    for row in rows:
        if row["measure"] in ("homicides", "homicide victims") and row["period"].startswith("YE"):
            assert (int(row["period"][-4:]), round(float(row["value"]))) in held
