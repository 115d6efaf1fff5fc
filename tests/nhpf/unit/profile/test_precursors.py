"""Other harm over the years: where the files meet, and what has grown too far to be harm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from nhpf.framework import Edition
from nhpf.indicators import METROPOLITAN
from nhpf.profile import precursors
from nhpf.profile.scope import Scope
from nhpf.records import Release, find_area
from nhpf.reports import figure
from nhpf.reports.charts.specs import Panel, Trend
from nhpf.reports.tree import Interval, Report

Profile = Callable[..., Report]


def held(release: Release, edition: Edition) -> tuple[precursors.Precursor, ...]:
    scope = Scope(find_area(METROPOLITAN, release), release, edition, "public")
    return precursors.precursors(scope)


def test_every_series_is_broken_where_the_files_meet(profile: Profile) -> None:
    """The year to February 2024 is of the old files and the old system, the next of the new."""
    found = figure(profile(METROPOLITAN), precursors.TRENDS)
    assert found is not None
    assert isinstance(found.chart, Panel)
    assert len(found.chart.trends) == 7
    for _, chart in found.chart.trends:
        assert isinstance(chart, Trend)
        assert chart.breaks == (("2025", precursors.BREAK),)
    assert any("CONNECT" in each for each in found.caveats)
    assert found.title.endswith("(what the police find by looking is left aside)")


def test_both_years_of_the_latest_change_lie_after_the_break(profile: Profile) -> None:
    report = profile(METROPOLITAN)
    judged = next(each for each in report.judgements if each.id == "other-harm")
    assert precursors.BOTH_AFTER in judged.because


def test_a_comparison_across_the_break_does_not_claim_to_lie_after_it(
    release: Release, edition: Edition
) -> None:
    one = held(release, edition)[0]
    series = replace(one.series, counts=one.series.counts[:-6])
    shorter = replace(one, series=series)
    assert precursors.BOTH_AFTER in precursors.system_change((one,))[0]
    assert precursors.system_change((shorter,)) == (precursors.SYSTEM_CHANGE,)


def test_what_has_grown_manifold_is_called_recording(release: Release, edition: Edition) -> None:
    """Drug trafficking: 2,971 in the year to February 2019, 21,556 in the latest."""
    said = precursors.grown_manifold(held(release, edition))
    assert len(said) == 1
    assert said[0].startswith("Trafficking of drugs: 7.3 times its count of the year to Feb")


def test_the_scatter_of_months_has_a_column_and_the_method_is_one(profile: Profile) -> None:
    found = figure(profile(METROPOLITAN), precursors.CHANGES)
    assert found is not None
    at = [column.heading for column in found.table.columns].index("Scatter of months")
    scatter = [cell for row in found.table.rows if isinstance(cell := row[at], float)]
    assert len(scatter) == 7
    assert min(scatter) >= 1
    methods = {row[3].method for row in found.table.rows if isinstance(row[3], Interval)}
    assert len(methods) == 1
    assert "over-dispersion" not in methods.pop()
