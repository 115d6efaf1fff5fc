"""A short slice of the backtest; the long one is proved in ``proofs``."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from nhpf.records import Area, Release, find_area
from nhpf.signals import Series, watch_series, watchable
from nhpf.signals.backtest import Backtest, backtest, holds, two_sigma
from nhpf.signals.simulating import quiet_of, unchanged

Made = Callable[..., Series]
MET = Area("E23000001", "Metropolitan Police", "force", "K04000001")


@pytest.fixture(scope="module")
def few(release: Release) -> tuple[Series, ...]:
    chosen = [find_area(name, release) for name in ("E23000001", "Hackney", "Sutton")]
    return watchable(chosen, release=release)[0]


@pytest.fixture(scope="module")
def found(few: tuple[Series, ...]) -> Backtest:
    return backtest(few, runs=24, rng=1)


def test_power_grows_with_the_rise(found: Backtest) -> None:
    force = [each for each in found.found if each.group == "Homicide, force, by month"]
    power = [each.alarmed.value or 0 for each in force]
    assert power == sorted(power)
    assert power[-1] > 0.9
    assert (force[-1].delay.value or 9) < (force[0].delay.value or 0)


def test_the_budget_holds_in_the_slice(found: Backtest) -> None:
    assert found.calm_load.most <= 5
    assert found.past_load.most <= 5
    force = next(each for each in found.calm if each.group == "Homicide, force, by month")
    assert (force.false_alarms.value or 9) < 0.5 + 3 * (force.false_alarms.error or 0)
    assert holds(found) == (found.homicide.high <= 1)


def test_the_same_seed_gives_the_same_figures(few: tuple[Series, ...], found: Backtest) -> None:
    assert backtest(few, runs=24, rng=1).as_json() == found.as_json()
    assert backtest(few, runs=24, rng=2).as_json() != found.as_json()


def test_tables_say_the_peer_beside_each_figure(found: Backtest) -> None:
    titles = [title for title, _ in found.tables()]
    assert titles[0].startswith("False alarms a year")
    for _, rows in found.tables():
        assert rows
        assert all("two_sigma_chart" in row for row in rows)


def test_two_sigma_by_hand(made: Made) -> None:
    counts = [8, 12] * 18 + [10, 40]
    (watch,) = watch_series([made(counts, of="homicide-count", area=MET)]).watches
    past = np.array(counts[:37])
    assert two_sigma(watch)[-1] == (past.mean() + 2 * past.std(ddof=1) < 40)
    assert not two_sigma(watch)[-2]


def test_quiet_series_keep_level_season_and_scatter(made: Made) -> None:
    season = np.tile([10, 10, 10, 10, 10, 30, 30, 10, 10, 10, 10, 10], 8)
    law = quiet_of(made(season))
    assert law.means.tolist() == pytest.approx(season[:12].tolist())
    assert law.dispersion == 1
    (drawn,) = unchanged([made(season)], years=50, rng=np.random.default_rng(1))
    by_month = drawn.counts.reshape(-1, 12).mean(axis=0)
    assert by_month == pytest.approx(season[:12], abs=4)
