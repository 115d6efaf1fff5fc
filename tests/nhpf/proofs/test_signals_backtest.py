"""The long backtest: homicide's false alarms and the signals of a month stay within the budget.

What it found goes into ``docs/methods/signals.md``; ``pytest -s`` prints it.
"""

from __future__ import annotations

import json

import pytest

from nhpf.records import areas, open_release
from nhpf.signals import watchable
from nhpf.signals.backtest import Backtest, backtest
from nhpf.signals.budget import MOST_A_MONTH
from nhpf.signals.watching import FALSE_ALARMS_OF_A_FORCE

pytestmark = pytest.mark.prove
RUNS = 600


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Backtest:
    release = open_release(root=tmp_path_factory.mktemp("data"))
    held, _ = watchable(areas(release), release=release)
    result = backtest(held, runs=RUNS, rng=20260228)
    print(json.dumps(result.as_json(), indent=1))  # noqa: T201
    return result


def test_homicide_raises_at_most_one_false_alarm_in_a_force_and_year(found: Backtest) -> None:
    """The upper end of the Monte Carlo interval stays within the budget too."""
    assert found.homicide.high <= FALSE_ALARMS_OF_A_FORCE
    force = next(each for each in found.calm if each.group == "Homicide, force, by month")
    assert force.false_alarms.high <= FALSE_ALARMS_OF_A_FORCE


def test_an_organisation_gets_at_most_five_signals_in_a_month(found: Backtest) -> None:
    assert found.calm_load.most <= MOST_A_MONTH
    assert found.past_load.most <= MOST_A_MONTH
    assert found.past_load.months == 167


def test_false_discoveries_are_what_was_promised(found: Backtest) -> None:
    """Where nothing changed any signal is false: they come in few months.

    Benjamini and Hochberg promise a signal in 5 of 100 such months with exact p-values; the
    limits rest on five years and are passed more often.
    """
    assert found.calm_load.mean.high <= 0.5


def test_half_as_much_again_is_found_within_half_a_year(found: Backtest) -> None:
    force = [each for each in found.found if each.group == "Homicide, force, by month"]
    half = next(each for each in force if each.rise == 1.5)
    assert (half.alarmed.value or 0) > 0.95
    assert half.delay.high < 6
