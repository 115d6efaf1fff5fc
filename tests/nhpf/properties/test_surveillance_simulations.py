"""False alarms of Farrington Flexible on quiet series, at length: how far alpha can be trusted."""

from __future__ import annotations

import numpy as np
import pytest

from nhpf.methods.surveillance import farrington

YEARS, SERIES = 5, 500


@pytest.mark.prove
@pytest.mark.parametrize("spread", [1.0, 2.0])
@pytest.mark.parametrize("threshold", ["plugin", "muan", "delta"])
@pytest.mark.parametrize("mean", [3.0, 12.0])
def test_false_alarms_stay_near_alpha(threshold: str, mean: float, spread: float) -> None:
    """500 series x 26 weeks with a season, Poisson or with twice its variance.

    Weighing outbreaks down also weighs down the upper tail of quiet counts, and the mean is
    uncertain, so that plug-in limits are passed somewhat more often than alpha says.
    """
    rng = np.random.default_rng(1)
    weeks = 52 * YEARS + 30
    level = mean * (1 + 0.3 * np.sin(2 * np.pi * np.arange(weeks) / 52))[:, None]
    if spread > 1:
        level = rng.gamma(level / (spread - 1), spread - 1, (weeks, SERIES))
    counts = rng.poisson(level, (weeks, SERIES))
    rate = farrington(counts, evaluate=26, threshold=threshold, alpha=0.01).alarm.mean()
    assert 0.0005 < rate < 0.025
