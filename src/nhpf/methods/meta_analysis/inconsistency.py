"""How far studies differ by more than chance: Q, I2, H2 and the Q-profile interval of tau2."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nhpf.methods.meta_analysis import distributions
from nhpf.methods.meta_analysis.heterogeneity import reach_q
from nhpf.methods.meta_analysis.weighted import Weighted, fit_with
from nhpf.numerics.inputs import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Inconsistency:
    """Cochran's Q, I2 and H2 of one synthesis, with the interval of the variance behind them."""

    q: float
    q_df: int
    q_p: float
    i2: float
    i2_low: float
    i2_high: float
    h2: float
    tau2_low: float
    tau2_high: float


def inconsistency(
    y: FloatArray, v: FloatArray, design: FloatArray, *, tau2: float, level: float, equal: bool
) -> Inconsistency:
    """Return how far the studies of one synthesis differ, beyond what the design explains."""
    at_zero = fit_with(y[:, None], 1 / v[:, None], design)
    q, df = float(at_zero.q[0]), y.size - design.shape[1]
    typical = df / float(at_zero.traces()[0][0])
    low, high = _q_profile(y, v, design, level=level)
    i2, h2 = i2_and_h2(at_zero, np.array([tau2]), equal=equal)
    return Inconsistency(
        q=q,
        q_df=df,
        q_p=float(distributions.chi2_above(q, df)),
        i2=float(i2[0]),
        i2_low=low / (low + typical),
        i2_high=high / (high + typical),
        h2=float(h2[0]),
        tau2_low=low,
        tau2_high=high,
    )


def i2_and_h2(at_zero: Weighted, tau2: FloatArray, *, equal: bool) -> tuple[FloatArray, FloatArray]:
    """Return I2 (0 to 1) and H2 from tau2 and the typical variance within studies.

    The typical variance is that of Higgins and Thompson (2002). For equal effects both come from
    Q itself.
    """
    df = at_zero.design.shape[0] - at_zero.design.shape[1]
    if equal:
        q = np.maximum(at_zero.q, 1e-300)
        return np.maximum(0.0, (q - df) / q), at_zero.q / df
    typical = df / at_zero.traces()[0]
    return tau2 / (tau2 + typical), tau2 / typical + 1


def _q_profile(
    y: FloatArray, v: FloatArray, design: FloatArray, *, level: float
) -> tuple[float, float]:
    """Return the values of tau2 at which Q would be as extreme as the level allows."""
    df = y.size - design.shape[1]
    tails = ((1 + level) / 2, (1 - level) / 2)
    found = [
        reach_q(y[:, None], v[:, None], design, target=distributions.chi2_quantile(tail, df))
        for tail in tails
    ]
    return float(found[0][0]), float(found[1][0])
