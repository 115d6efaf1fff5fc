"""The numbers that a profile must show, counted again from the shipped files by other means."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pytest

import nhpf
from nhpf.methods import rates
from nhpf.reports import figure
from nhpf.reports.tree import Cell, Disclosed, Figure, Interval, Report

OPEN_DATA = Path(nhpf.__file__).parent / "open_data"
YEARLY = [98, 115, 102, 101, 86, 116, 111, 136, 134, 153, 132, 131, 111, 106, 100, 91]
METROPOLITAN, NATION = "E23000001", "K04000001"

Profile = Callable[..., Report]


def shown(report: Report, id: str) -> Figure:
    found = figure(report, id)
    assert found is not None, id
    return found


def plain(cell: Cell) -> float:
    if isinstance(cell, Interval):
        return cell.estimate
    if isinstance(cell, Disclosed):
        assert cell.value is not None
        return cell.value
    assert isinstance(cell, int | float)
    return cell


def homicide_columns(kind: str) -> dict[str, np.ndarray]:
    """Sum each month's column of the wide files; the stub month of the current file left out."""
    months: dict[str, np.ndarray] = {}
    for era in ("historical", "current"):
        path = OPEN_DATA / f"london_{kind}_offences_{era}.parquet"
        found = duckdb.sql(f"from '{path}' where trim(minortext) = 'HOMICIDE'").fetchnumpy()
        for name, values in found.items():
            stub = kind == "ward" and era == "current" and name == "202402"
            if name.isdigit() and not stub:
                months[name] = values
    return months


@pytest.fixture(scope="module")
def ward_months() -> dict[str, np.ndarray]:
    return homicide_columns("ward")


@pytest.fixture(scope="module")
def borough_months() -> dict[str, np.ndarray]:
    return homicide_columns("borough")


def test_london_shows_1833_homicides_by_year_with_intervals(
    profile: Profile, ward_months: dict[str, np.ndarray]
) -> None:
    counted: Counter[str] = Counter()
    for month, values in ward_months.items():
        counted[month[:4]] += int(values.sum())
    table = shown(profile(METROPOLITAN), "homicide-by-year").table
    by_year = {str(row[0]): row for row in table.rows}
    assert [counted[str(year)] for year in range(2010, 2026)] == YEARLY
    assert {year: plain(row[2]) for year, row in by_year.items()} == dict(counted)
    assert sum(counted.values()) == 1833
    assert by_year["2010"][1] == 9
    for row in table.rows:
        cell = row[2]
        assert isinstance(cell, Interval)
        exact = rates.rate(cell.estimate, 1, per=1, method="exact")
        assert cell.low == pytest.approx(exact.low, rel=0.02, abs=0.05)
        assert cell.high == pytest.approx(exact.high, rel=0.02)
    assert table.note.startswith("1,833 homicides have one of 679 wards, 76 have none: 64")


def test_the_76_without_a_ward_are_explained(
    profile: Profile, ward_months: dict[str, np.ndarray], borough_months: dict[str, np.ndarray]
) -> None:
    gap = {
        month: int(borough_months[month].sum() - ward_months[month].sum())
        for month in borough_months
    }
    old = sum(count for month, count in gap.items() if month <= "202402")
    assert (old, sum(gap.values()) - old) == (64, 12)
    limits = next(each for each in profile(METROPOLITAN).sections if each.id == "limits")
    first = limits.blocks[0]
    assert "76 of 1,909 homicides have no ward: 64 to February 2024" in getattr(first, "text", "")
    assert "12 since, of which 10 have a borough" in getattr(first, "text", "")


def test_the_headline_of_london_follows_from_the_files(
    profile: Profile, borough_months: dict[str, np.ndarray]
) -> None:
    monthly = [int(borough_months[month].sum()) for month in sorted(borough_months)]
    later, earlier = sum(monthly[-36:]), sum(monthly[-72:-36])
    assert f"{later} in the three years to February 2026" in profile(METROPOLITAN).headline.sentence
    assert f"{earlier} in the three years before" in profile(METROPOLITAN).headline.sentence
    fell = rates.compare(earlier, 36, later, 36).told_from_chance
    assert (" fell: " in profile(METROPOLITAN).headline.sentence) == fell


def test_the_strategys_figures_stand_as_their_own_series(profile: Profile) -> None:
    found = shown(profile(NATION), "strategy-series")
    assert {str(row[0]): plain(row[1]) for row in found.table.rows} == {
        "2019": 683,
        "2020": 604,
        "2021": 691,
    }
    rise, level = rates.compare(604, 1, 691, 1), rates.compare(683, 1, 691, 1)
    assert rise.told_from_chance
    assert not level.told_from_chance
    assert "in 2021 can be told from chance" in found.title
    assert "from 2019 (683) cannot" in found.title
    assert "calendar year" in found.subtitle


def test_the_homicide_index_shows_its_revisions(profile: Profile) -> None:
    found = shown(profile(NATION), "homicide-index")
    rows = {str(row[0]): (plain(row[1]), plain(row[2])) for row in found.table.rows}
    assert rows["2022"] == (696, 684)
    assert rows["2024"] == (570, 570)
    assert "financial year" in found.subtitle
    assert "696 when first published and is 684 now" in found.reading


def test_unsolved_by_ethnicity_within_method(profile: Profile) -> None:
    with (OPEN_DATA / "victims_by_ethnicity_method_solved.csv").open(encoding="utf-8") as file:
        counts = {
            (row["method"], row["ethnicity"], row["solved"]): int(row["victims"])
            for row in csv.DictReader(file)
        }
    found = shown(profile(METROPOLITAN), "unsolved-within-method")
    names = {"Knife": "Knife or Sharp Implement", "Shooting": "Shooting"}
    for method, group, victims, unsolved, share in found.table.rows:
        if method == "All methods":
            continue
        who = "Any other or not known" if group == "Asian, other or not known" else str(group)
        key = (names[str(method)], who)
        hits = counts[(*key, "Unsolved")]
        total = hits + counts[(*key, "Solved")]
        assert (unsolved, victims) == (hits, total)
        assert isinstance(share, Interval)
        # Wilson by its definition: the limits solve the score equation.
        for limit in (share.low, share.high):
            score = (hits / total - limit) / np.sqrt(limit * (1 - limit) / total)
            assert abs(score) == pytest.approx(1.959964, abs=1e-4)
    assert found.disparity is not None
    assert found.disparity.assessment == "eia-profile-unsolved"


def test_no_victim_is_left_out_of_the_tables_of_ethnicity(profile: Profile) -> None:
    """351 victims of 2021 to 2023, 60 of them neither Black nor White; 39 of 407 Asian unsolved."""
    rate = shown(profile(METROPOLITAN), "ethnicity-rate")
    assert sum(plain(row[1]) for row in rate.table.rows) == 351
    for text in (rate.reading, rate.table.note):
        assert "60 of the 351 victims were Asian, of another group or not known" in text
        assert "407 of 2,737 victims were Asian and 70" in text
    found = shown(profile(METROPOLITAN), "unsolved-within-method")
    whole = {row[1]: row for row in found.table.rows if row[0] == "All methods"}
    assert sum(plain(row[2]) for row in whole.values()) == 2737
    assert (plain(whole["Asian"][2]), plain(whole["Asian"][3])) == (407, 39)
    assert "39 of 407 (9.6%" in found.reading
    for text in (rate.table.note, found.table.note):
        assert "the framework's own disclosure policy" in text


def test_capture_averages_over_ties(profile: Profile, ward_months: dict[str, np.ndarray]) -> None:
    """Average over all orders of tied wards, by drawing many orders instead of by formula."""
    parts = []
    for era in ("historical", "current"):
        path = OPEN_DATA / f"london_ward_offences_{era}.parquet"
        parts.append(
            duckdb.sql(
                f"unpivot (from '{path}' where minortext in ('HOMICIDE', 'VIOLENCE WITH INJURY')"
                ") on columns('20.*') into name month value n"
            )
            .select("trim(wardcode) as ward, minortext, month, n")
            .filter(f"'{era}' = 'historical' or month > '202402'")
            .fetchnumpy()
        )
    ward, kind, month, n = (
        np.concatenate([np.asarray(part[name]) for part in parts])
        for name in ("ward", "minortext", "month", "n")
    )
    codes = sorted(set(ward))
    at = np.searchsorted(codes, ward)

    def summed(category: str, first: str, last: str) -> np.ndarray:
        held = (kind == category) & (month >= first) & (month <= last)
        return np.bincount(at[held], weights=n[held], minlength=len(codes))

    row = next(
        row
        for row in shown(profile(METROPOLITAN), "capture").table.rows
        if row[0] == "Homicide itself"
    )
    score = summed("HOMICIDE", "202201", "202312")
    later = summed("HOMICIDE", "202401", "202602")
    rng = np.random.default_rng(7)
    drawn = []
    for _ in range(2000):
        order = np.lexsort((rng.random(len(codes)), -score))
        drawn.append(later[order][:68].sum() / later.sum())
    assert len(codes) == 679
    assert plain(row[4]) == pytest.approx(np.mean(drawn), abs=0.004)
    low, high = (float(each.strip("%")) / 100 for each in str(row[5]).split(" to "))
    assert low <= min(drawn)
    assert high >= max(drawn)
    violence = summed("VIOLENCE WITH INJURY", "202201", "202312")
    top = later[np.lexsort((codes, -violence))][:68].sum() / later.sum()
    assert round(top, 3) == 0.254
    latest = list(shown(profile(METROPOLITAN), "capture").table.rows)[3]
    assert plain(latest[4]) == pytest.approx(top, abs=0.0005)


def test_the_page_says_that_ward_order_predicts_nothing(profile: Profile) -> None:
    section = next(each for each in profile(METROPOLITAN).sections if each.id == "concentration")
    text = getattr(section.blocks[0], "text", "")
    assert "about twice" in text
    assert "predicts no homicide" in text
