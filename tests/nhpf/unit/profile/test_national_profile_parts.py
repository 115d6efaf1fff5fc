"""The nation's profile: forces spread and never ranked, methods by sex, causes, and priorities."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from nhpf.framework import Edition
from nhpf.profile import build
from nhpf.records import Release, find_area
from nhpf.reports import figures
from nhpf.reports.tree import Figure, Pointer, Report

NATION = "K04000001"


@pytest.fixture(scope="module")
def nation(profile: Callable[..., Report]) -> Report:
    return profile(NATION)


def named(report: Report, id: str) -> Figure:
    return next(one for one in figures(report) if one.id == id)


def test_severity_spreads_over_42_forces_in_the_order_of_their_names(
    nation: Report, release: Release
) -> None:
    figure = named(nation, "severity-by-force")
    names = [str(row[0]) for row in figure.table.rows]
    assert names == sorted(names)
    assert len(names) >= 42
    heads = [column.heading for column in figure.table.columns]
    assert heads[1] == "2003"
    assert heads[-1] == "2022"
    last = [float(str(row[-1])) for row in figure.table.rows]
    assert last != sorted(last)
    asked = (
        "select median(score) from crime_severity join area on code = area_code where kind = "
        "'force' and year_ending_march = 2022 and offence_group = 'Violence against the person'"
    )
    found = release._connection.cursor().execute(asked).fetchone()
    assert found is not None
    assert np.median(last) == pytest.approx(found[0], abs=0.06)


def test_methods_by_sex_add_up_to_the_methods_of_all(nation: Report) -> None:
    both: dict[str, int] = {}
    for _, year, *counts in named(nation, "national-methods-by-sex").table.rows:
        both[str(year)] = both.get(str(year), 0) + sum(int(str(n)) for n in counts)
    for year, *counts in named(nation, "national-methods").table.rows:
        whole = sum(int(str(n)) for n in counts)
        # Victims whose sex is not known are of neither.
        assert 0 <= whole - both[str(year)] <= 2


def test_methods_by_sex_wait_for_their_assessment(nation: Report) -> None:
    disparity = named(nation, "national-methods-by-sex").disparity
    assert disparity is not None
    assert disparity.assessment == "eia-profile-age-sex"


def test_each_driver_has_its_source(nation: Report, edition: Edition) -> None:
    rows = named(nation, "root-causes").table.rows
    assert [row[0] for row in rows] == [each.title for each in edition.of_kind("driver")]
    assert all(row[3] != "none" for row in rows)


@pytest.mark.parametrize("audience", ["public", "restricted"])
def test_each_priority_leads_to_figures_that_are_there(
    full: Release, edition: Edition, audience: str
) -> None:
    report = build(
        find_area(NATION, full), release=full, edition=edition, audience=audience  # type: ignore[arg-type]
    )  # fmt: skip
    ids = {one.id for one in figures(report)}
    found = [
        block
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Pointer)
    ]
    assert {"ar-knife", "ar-safeguarding"} <= {each.entry for each in found}
    assert any("subtypes" in each.figures for each in found)
    for each in found:
        assert each.figures
        assert set(each.figures) <= ids
