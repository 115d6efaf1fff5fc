"""A month's signals: their words, ids, charts, check-lists, and what the public may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from nhpf.records import Area, Release, areas, find_area
from nhpf.reports.charts import draw
from nhpf.signals import Series, Signal, Watched, bulletins, months, watch_series
from nhpf.signals.bulletins import Judged, signal
from nhpf.signals.figures import FEW_COUNTS, may_show, observed
from nhpf.signals.scanning import scan_wards

Made = Callable[..., Series]
MET = Area("E23000001", "Metropolitan Police", "force", "K04000001")


@pytest.fixture(scope="module")
def met(release: Release) -> Area:
    return find_area("E23000001", release)


@pytest.fixture(scope="module")
def shown(watched: Watched, met: Area, release: Release) -> list[Signal]:
    found = bulletins(met, watched, release=release.id, latest=24)
    return [each for month in found for each in month.signals]


def test_a_month_has_at_most_five_signals_and_drops_nothing(watched: Watched, met: Area) -> None:
    decided = months(met, watched)
    assert max(sum(one.decision.shown for one in each.outcomes) for each in decided) <= 5
    alarms = sum(int(each.alarm.sum()) for each in watched.watches)
    assert sum(len(each.outcomes) for each in decided) == alarms
    for each in decided:
        assert all(one.decision.shown or one.decision.reason for one in each.outcomes)


def test_each_area_has_a_bulletin_that_says_what_it_could_have_seen(
    watched: Watched, release: Release
) -> None:
    boroughs = [one for one in areas(release, "local_authority") if one.parent == MET.code]
    assert len(boroughs) == 32
    for area in boroughs:
        for each in bulletins(area, watched, release=release.id):
            assert "watched; with these counts" in each.sentence
            assert "inf" not in each.sentence


def test_an_area_without_series_has_no_month_but_reasons(
    watched: Watched, release: Release
) -> None:
    kent = find_area("Kent Police", release)
    (latest,) = bulletins(kent, watched, release=release.id)
    assert latest.watched == 0
    assert latest.sentence.startswith("Nothing could be watched: the release holds no series")
    assert any(each.reason.startswith("The release holds one period") for each in latest.unwatched)


def test_a_signal_is_complete(shown: list[Signal]) -> None:
    assert len({each.id for each in shown}) == len(shown)
    for each in shown:
        assert each.id.startswith(each.area_code.lower())
        assert each.period in each.sentence
        assert len(each.checks) >= 6
        assert each.provenance
        assert each.caveats[0].startswith("A signal is a reason to look")
        assert each.run >= 12
        assert each.figure.chart is not None
        assert "<svg" in draw(each.figure.chart, id="signal", title="A", description="B")


def test_homicide_below_the_force_is_never_shown_by_month(shown: list[Signal]) -> None:
    below = [each for each in shown if each.is_homicide and each.area_code != MET.code]
    assert below
    for each in below:
        assert each.step == "year"
        assert all(row[0].isdigit() for row in each.figure.table.rows)


def test_months_of_the_public_are_shown_only_where_none_is_small(made: Made) -> None:
    rng = np.random.default_rng(1)
    counts = np.concatenate([rng.poisson(7, 110), [30]])
    assert counts[-36:].min() < 5
    (watch,) = watch_series([made(counts)]).watches
    at = len(watch.position) - 1
    assert watch.alarm[at]
    public = signal(Judged(watch, at), 0.001)
    assert not may_show(watch, at, audience="public")
    assert FEW_COUNTS in public.caveats
    assert [row[0] for row in public.figure.table.rows] == [str(y) for y in range(2010, 2020)]
    assert public.observed.value == 30
    season = next(each for each in public.checks if each.id == "season")
    assert "same month of earlier years:" not in season.known
    restricted = signal(Judged(watch, at), 0.001, audience="restricted")
    assert len(restricted.figure.table.rows) == 36


def test_a_count_is_withheld_where_the_rest_of_its_year_is_small(made: Made) -> None:
    counts = [7] * 108 + [1, 0, 30]
    (watch,) = watch_series([made(counts)]).watches
    at = len(watch.position) - 1
    assert observed(watch, at, audience="public").is_withheld
    assert signal(Judged(watch, at), 0.001).ratio is None
    assert observed(watch, at, audience="restricted").value == 30


def test_a_small_count_is_withheld(made: Made) -> None:
    counts = [0, 1] * 30 + [4, 4, 4, 4]
    (watch,) = watch_series([made(counts)]).watches
    at = int(np.flatnonzero(watch.alarm)[0])
    public = signal(Judged(watch, at), 0.01)
    assert public.observed.is_withheld
    assert "more than" in public.sentence
    assert "4" not in public.sentence.split(":")[1].replace("4.", "")


def test_ids_do_not_depend_on_where_a_series_begins(made: Made) -> None:
    counts = np.random.default_rng(3).poisson(20, 110)
    counts[-1] = 70
    whole = made(counts)
    late = replace(whole, first=date(2010, 5, 1), counts=counts[4:])
    ids = set()
    for series in (whole, late):
        (watch,) = watch_series([series]).watches
        ids.add(Judged(watch, len(watch.position) - 1).id)
    assert ids == {"e09000012-robbery-2019-02-farrington"}


def test_gaps_are_said_in_words(made: Made) -> None:
    far = np.zeros(900, dtype=int)
    far[::12] = 1
    near = np.zeros(40, dtype=int)
    near[1::2] = 3
    (watch,) = watch_series([made(np.concatenate([far, near]))]).watches
    assert watch.detector == "g-chart"
    at = int(np.flatnonzero(watch.alarm)[0])
    said = signal(Judged(watch, at), 0.01)
    assert "four events within" in said.sentence
    assert said.ratio is None


def test_scans_look_at_harm_other_than_homicide_and_keep_to_the_room(release: Release) -> None:
    found = scan_wards(release, permutations=99, rng=1)
    assert "homicide-count" not in found.scanned
    assert len(found.scanned) >= 5
    for each in found.shown:
        assert each.p_adjusted <= 0.05
        assert each.recurrence >= 60
        assert list(each.boroughs) == sorted(each.boroughs)
    none = scan_wards(release, room=0, permutations=99, rng=1)
    assert none.shown == ()
    assert {each.id for each in none.held_back} == {
        each.id for each in (*found.shown, *found.held_back)
    }
