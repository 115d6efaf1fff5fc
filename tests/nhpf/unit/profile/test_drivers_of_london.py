"""London's drivers: made again from the raw files, with and without police inputs, in words."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pyarrow import parquet
from scipy import optimize, stats

from nhpf.framework import Edition
from nhpf.profile.drivers import section
from nhpf.profile.drivers.held import wards_of_london
from nhpf.profile.drivers.models import Drivers, drivers, neighbours
from nhpf.profile.drivers.places import Places
from nhpf.profile.scope import Scope
from nhpf.records import Release, find_area
from nhpf.records.open_source import OPEN_DATA
from nhpf.reports.tree import Figure, Inset, Interval, Missing, Section

NEWHAM = "E09000025"
CHOSEN = ("income", "young", "density", "environment")


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = parquet.read_table(OPEN_DATA / name).to_pylist()
    return rows


def _offences() -> dict[str, int]:
    """Violence with injury by ward from March 2023: the historical file's year, then the other."""
    counts: dict[str, int] = defaultdict(int)
    for name, first, last in (
        ("london_ward_offences_historical.parquet", "202303", "202402"),
        ("london_ward_offences_current.parquet", "202403", "202602"),
    ):
        for row in _rows(name):
            months = {key.strip(): value for key, value in row.items() if key.strip().isdigit()}
            text = {key.lower(): value for key, value in row.items()}
            if str(text["minortext"]).strip() == "VIOLENCE WITH INJURY":
                counts[str(text["wardcode"]).strip()] += sum(
                    int(value or 0) for month, value in months.items() if first <= month <= last
                )
    return counts


def _young() -> dict[str, float]:
    """The share aged 15 to 24 of each small area of 2021, from those of 2011 that it was."""
    census = {
        r["lsoa21_code"]: r["residents"] for r in _rows("census2021_residents_lsoa21.parquet")
    }
    ages = {r["lsoa11_code"]: r for r in _rows("population_mid2020_young_lsoa11.parquet")}
    pieces = defaultdict(list)
    for row in _rows("lookup_lsoa11_lsoa21.parquet"):
        pieces[row["lsoa11_code"]].append(row["lsoa21_code"])
    young: dict[str, float] = defaultdict(float)
    people: dict[str, float] = defaultdict(float)
    for old, new in pieces.items():
        whole = sum(census[code] for code in new)
        for code in new:
            young[code] += ages[old]["aged_15_to_24"] * census[code] / whole
            people[code] += ages[old]["residents"] * census[code] / whole
    return {code: young[code] / people[code] for code in young}


@pytest.fixture(scope="module")
def raw() -> tuple[list[str], np.ndarray, np.ndarray, np.ndarray]:
    """Codes, counts, residents and the chosen covariates of London's wards, from shipped files."""
    with gzip.open(OPEN_DATA / "lookup_lsoa21_ward24_ltla24_csp24_pfa24.csv.gz", "rt") as file:
        ward_of = {row["lsoa21_code"]: row["ward24_code"] for row in csv.DictReader(file)}
    census = {
        r["lsoa21_code"]: r["residents"] for r in _rows("census2021_residents_lsoa21.parquet")
    }
    ground = {r["lsoa21_code"]: r["hectares"] for r in _rows("small_area_points_lsoa21.parquet")}
    deprived = {r["lsoa21_code"]: r for r in _rows("imd2025_lsoa21.parquet")}
    young, offences = _young(), _offences()
    inside = defaultdict(list)
    for code, ward in ward_of.items():
        inside[ward].append(code)
    wards = sorted(offences)
    table = []
    for ward in wards:
        weights = np.array([census[code] for code in inside[ward]], float)
        income = [deprived[code]["income_score"] for code in inside[ward]]
        air = [deprived[code]["environment_score"] for code in inside[ward]]
        ages = [young[code] for code in inside[ward]]
        hectares = sum(ground[code] for code in inside[ward])
        means = [float(np.average(each, weights=weights)) for each in (income, ages, air)]
        table.append([weights.sum(), *means[:2], np.log(weights.sum() / hectares), means[2]])
    values = np.array(table)
    counts = np.array([offences[ward] for ward in wards], float)
    return wards, counts, values[:, 0], values[:, 1:]


@pytest.fixture(scope="module")
def london(release: Release) -> Places:
    return wards_of_london(release)


@pytest.fixture(scope="module")
def found(london: Places) -> Drivers:
    return drivers(london)


@pytest.fixture(scope="module")
def shown(release: Release, edition: Edition) -> Section:
    return section(Scope(find_area("Metropolitan Police", release), release, edition, "public"))


def figures(held: Section) -> dict[str, Figure]:
    return {block.id: block for block in held.blocks if isinstance(block, Figure)}


def test_counts_and_covariates_are_those_of_the_raw_files(
    london: Places, raw: tuple[list[str], np.ndarray, np.ndarray, np.ndarray]
) -> None:
    wards, counts, residents, values = raw
    assert london.codes.tolist() == wards
    assert len(wards) == 679
    assert london.violence.tolist() == counts.tolist()
    assert london.residents.tolist() == residents.tolist()
    for at, id in enumerate(CHOSEN):
        assert london.values[id] == pytest.approx(values[:, at], rel=1e-9)


def test_the_plain_regression_is_made_again_from_the_raw_files(
    found: Drivers, raw: tuple[list[str], np.ndarray, np.ndarray, np.ndarray]
) -> None:
    _, counts, residents, values = raw
    due = residents * counts.sum() / residents.sum()
    design = np.column_stack([np.ones(679), (values - values.mean(0)) / values.std(0)])

    def against(beta: np.ndarray) -> float:
        eta = np.log(due) + design @ beta
        return float(np.sum(np.exp(eta) - counts * eta) / counts.sum())

    def slope(beta: np.ndarray) -> np.ndarray:
        made: np.ndarray = design.T @ (due * np.exp(design @ beta) - counts) / counts.sum()
        return made

    best = optimize.minimize(against, np.zeros(5), jac=slope, method="BFGS", tol=1e-10).x
    mean = due * np.exp(design @ best)
    wide = np.sum((counts - mean) ** 2 / mean) / (679 - 5)
    errors = np.sqrt(wide * np.diag(np.linalg.inv(design.T @ (design * mean[:, None]))))
    reach = stats.t.ppf(0.975, 679 - 5) * errors
    assert found.chosen.plain.dispersion == pytest.approx(wide, rel=1e-5)
    for at, id in enumerate(CHOSEN, 1):
        ratio = found.chosen.plain_ratio(id)
        assert ratio.estimate == pytest.approx(np.exp(best[at]), rel=1e-5)
        assert ratio.low == pytest.approx(np.exp(best[at] - reach[at]), rel=1e-5)
        assert ratio.high == pytest.approx(np.exp(best[at] + reach[at]), rel=1e-5)


def test_what_goes_with_violence_and_how_much_of_the_spread_it_accounts_for(
    found: Drivers,
) -> None:
    model = found.chosen
    for id in ("income", "young", "environment"):
        assert model.ratio(id).low > 1
    assert found.without.spread.estimate == pytest.approx(0.56, abs=0.02)
    assert model.leaning.spread.high < found.without.spread.low
    assert 0.3 < found.explained < 0.55
    # Deprivation of income and of employment say the same; neither alone keeps its ratio.
    assert found.correlations.max(where=~np.eye(8, dtype=bool), initial=0) > 0.9
    assert found.alone["employment"].low > 1
    assert found.together is not None
    employment = found.together.effects[[each.id for each in found.places.held].index("employment")]
    assert employment.low < 1 < employment.high


def test_income_stands_for_what_moves_with_it_and_for_nothing_else(found: Drivers) -> None:
    ids = [each.id for each in found.places.held]
    with_income = dict(zip(ids, found.correlations[ids.index("income")], strict=True))
    strong = {id for id, r in with_income.items() if abs(r) >= 0.7}
    assert strong - {"income"} == set(ids) - set(CHOSEN)
    assert strong & set(CHOSEN) == {"income"}


def test_every_ratio_stands_without_and_with_what_police_generate(
    found: Drivers, shown: Section
) -> None:
    assert found.police is not None
    rows = {row[0]: row for row in figures(shown)["drivers-police-inputs"].table.rows}
    for each in found.covariates:
        _, without, with_police, change = rows[each.title]
        assert isinstance(without, Interval)
        assert isinstance(with_police, Interval)
        assert without.estimate == found.chosen.ratio(each.id).estimate
        assert with_police.estimate == found.police.ratio(each.id).estimate
        assert change == pytest.approx(with_police.estimate / without.estimate)
    assert rows["Income deprivation"][3] < 0.9  # type: ignore[operator]
    assert {"Drug offences", "Possession of weapons"} <= set(rows)
    assert found.police.leaning.spread.high < found.chosen.leaning.spread.low
    assert "left out by default" in figures(shown)["drivers-police-inputs"].reading
    assert not set(found.chosen.names) & set(found.places.police)


def test_each_figure_says_association_not_cause_and_of_places(shown: Section) -> None:
    assert isinstance(shown.blocks[0], Inset)
    assert "association, not cause, and of places, not people" in shown.blocks[0].text
    held = figures(shown)
    assert set(held) == {
        "drivers",
        "drivers-together",
        "drivers-correlations",
        "drivers-police-inputs",
    }
    for figure in held.values():
        assert any("Of places, not of people" in each for each in figure.caveats), figure.id
        assert figure.provenance
    for id in ("drivers", "drivers-together", "drivers-police-inputs"):
        assert any("Association, not cause" in each for each in held[id].caveats)
    assert any(isinstance(b, Missing) and "night-time economy" in b.what for b in shown.blocks)


def test_no_homicide_is_read_by_ward(
    release: Release, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = Release.query

    def query(self: Release, name: str, /, **parameters: Any) -> dict[str, np.ndarray]:
        asked.extend(str(value) for value in parameters.values())
        return real(self, name, **parameters)

    monkeypatch.setattr(Release, "query", query)
    wards_of_london.cache_clear()
    for name in ("Metropolitan Police", "Newham"):
        section(Scope(find_area(name, release), release, edition, "restricted"))
    assert "VIOLENCE WITH INJURY" in asked
    assert not any("HOMICIDE" in each.upper() for each in asked)


def test_a_borough_has_the_covariates_that_its_wards_bear_beside_london(
    release: Release, edition: Edition, london: Places
) -> None:
    newham = london.within(NEWHAM)
    assert newham.size == 24
    assert tuple(each.id for each in newham.chosen) == CHOSEN[:2]
    held = section(Scope(find_area("Newham", release), release, edition, "public"))
    table = figures(held)["drivers"].table
    assert [column.key for column in table.columns][-1] == "london"
    assert len(table.rows) == 2
    assert "drivers-together" not in figures(held)


def test_wards_of_a_borough_are_mapped_in_five_greys_and_stand_by_name(
    release: Release, edition: Edition, found: Drivers
) -> None:
    held = section(Scope(find_area("Newham", release), release, edition, "public"))
    figure = figures(held)["drivers-map"]
    names = [str(row[0]) for row in figure.table.rows]
    assert names == sorted(names)
    assert len(names) == 24
    chart: Any = figure.chart
    assert chart.neutral
    assert len(chart.classes) == 4
    risks = dict(zip(found.places.codes.tolist(), found.without.relative_risk, strict=True))
    assert all(area.value == pytest.approx(risks[area.code]) for area in chart.areas)


def test_neighbours_are_six_or_more_either_way(london: Places) -> None:
    graph = neighbours(london.x.tolist(), london.y.tolist())
    assert abs(graph - graph.T).nnz == 0
    degrees = np.diff(graph.indptr)
    assert degrees.min() == 6
    assert not graph.diagonal().any()
    apart = np.hypot(london.x - london.x[0], london.y - london.y[0])
    assert set(np.argsort(apart, kind="stable")[1:7]) <= set(graph[[0]].indices)


def test_the_order_of_wards_and_the_unit_of_a_covariate_do_not_matter(london: Places) -> None:
    places = london.within(NEWHAM)
    order = np.random.default_rng(4).permutation(places.size)
    arrays = ("codes", "names", "groups", "residents", "x", "y", "violence")
    other = replace(
        places,
        **{name: getattr(places, name)[order] for name in arrays},
        values={id: 100 * held[order] - 7 for id, held in places.values.items()},
        police={id: held[order] for id, held in places.police.items()},
    )
    one, two = drivers(places), drivers(other)
    for id in one.chosen.names:
        assert two.chosen.ratio(id).estimate == pytest.approx(one.chosen.ratio(id).estimate, 1e-3)
        assert two.chosen.ratio(id).high == pytest.approx(one.chosen.ratio(id).high, 1e-3)
    assert two.without.relative_risk == pytest.approx(one.without.relative_risk[order], 1e-3)
    assert two.chosen.leaning.spread.estimate == pytest.approx(
        one.chosen.leaning.spread.estimate, 1e-3
    )
