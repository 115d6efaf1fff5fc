"""Quantiles and p-values of the normal, t, chi-squared and F distributions, for arrays too.

SciPy's special functions are imported inside: ``scipy.stats`` would take two seconds to load.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from nhpf.numerics import intervals
from nhpf.numerics.inputs import FloatArray


def critical(level: float, df: float | None) -> float:
    """Return how many standard errors the interval reaches: normal without df, else t."""
    if df is None:
        return intervals.normal_quantile(level)
    from scipy.special import stdtrit

    return float(stdtrit(df, 0.5 + level / 2))


def two_sided(statistic: npt.ArrayLike, df: float | None) -> FloatArray:
    """Return two-sided p-values: normal without df, else t."""
    from scipy.special import ndtr, stdtr

    size = -np.abs(np.asarray(statistic, dtype=np.float64))
    return np.asarray(2 * (ndtr(size) if df is None else stdtr(df, size)))


def chi2_above(statistic: npt.ArrayLike, df: float) -> FloatArray:
    """Return the probability that chi-squared lies above the statistic."""
    from scipy.special import gammaincc

    return np.asarray(gammaincc(df / 2, np.asarray(statistic) / 2))


def chi2_quantile(share: float, df: float) -> float:
    """Return the value below which ``share`` of chi-squared lies."""
    from scipy.special import gammaincinv

    return float(2 * gammaincinv(df / 2, share))


def f_above(statistic: float, df_1: float, df_2: float) -> float:
    """Return the probability that F lies above the statistic."""
    from scipy.special import fdtrc

    return float(fdtrc(df_1, df_2, statistic))
