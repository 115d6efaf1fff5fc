"""A plain regression of counts of areas on covariates, with room for more scatter than chance."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell
from nhpf.methods.small_areas.designs import standardised
from nhpf.numerics import Estimate, inputs
from nhpf.numerics.inputs import FloatArray

if TYPE_CHECKING:
    from nhpf.numerics.log_linear import Fit

METHOD = "Poisson regression, limits widened for over-dispersion"
ECOLOGICAL = "Of areas, not of people: who lives in an area need not be who is harmed there."
NOT_CAUSE = "Association, not cause: what is not in the model may bring both about."
INDEPENDENT = (
    "Neighbours are taken as independent, so the limits are too narrow where they are not."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRegression:
    """Ratios of rates with what the covariates leave unexplained.

    Attributes
    ----------
    whole : Estimate
        Rate over the expected one at the mean of all covariates.
    effects : tuple of Estimate
        Ratio of rates for one unit more of each covariate, the others held.
    dispersion : float
        Pearson's variance over the Poisson's: 1 is chance alone.
    explained : float
        Share of the deviance that the covariates account for.
    df : int
        Areas less coefficients.
    level : float
    method : str
    caveats : tuple of str
    """

    whole: Estimate
    effects: tuple[Estimate, ...]
    dispersion: float
    explained: float
    df: int
    level: float
    method: str
    caveats: tuple[str, ...]

    def __str__(self) -> str:
        """Return each ratio and what is left over."""
        lines = [f"{i + 1}: {effect}" for i, effect in enumerate(self.effects)]
        left = f"Scatter {self.dispersion:.1f} times that of chance ({self.method})"
        return "\n".join([left, *lines, *(f"  Note: {caveat}" for caveat in self.caveats)])


def count_regression(
    counts: npt.ArrayLike,
    expected: npt.ArrayLike,
    covariates: npt.ArrayLike,
    *,
    level: float = 0.95,
) -> CountRegression:
    """Return how rates go with covariates: log(mean) = log(expected) + a level + covariates.

    Counts may scatter more than Poisson ones in proportion to their mean (McCullagh and Nelder
    1989): coefficients are Poisson's, standard errors are multiplied by the root of Pearson's
    dispersion where it lies above one, and limits are from Student's distribution.

    Parameters
    ----------
    counts : array_like, shape (n,)
        Whole numbers of events of each area.
    expected : array_like, shape (n,)
        Events expected from the population at the common rate, above zero.
    covariates : array_like, shape (n, k)
        Known features of the areas.
    level : float
        Chance that an interval holds.

    Raises
    ------
    InvalidInput
        Negative, broken or missing counts or covariates, or an expected count of zero.
    CannotTell
        No event at all, no more areas than coefficients, or covariates that vary together or not
        at all.
    """
    y = inputs.event_array(counts, name="counts")
    due = inputs.positive_array(expected, name="expected counts")
    inputs.same_length(counts=y, expected_counts=due)
    inputs.share(level, name="level")
    design, unit = standardised(covariates, y.size)
    if y.size <= design.shape[1]:
        raise CannotTell("There are no more areas than coefficients.")
    if y.sum() == 0:
        raise CannotTell("There is no event in any area.")

    from nhpf.numerics.log_linear import fit

    fitted = fit(y, design, np.log(due))
    scale = np.concatenate([[1.0], unit])
    whole, *effects = _ratios(fitted, scale, level)
    return CountRegression(
        whole=whole,
        effects=tuple(effects),
        dispersion=fitted.dispersion,
        explained=_explained(fitted, due),
        df=fitted.df,
        level=level,
        method=METHOD,
        caveats=(NOT_CAUSE, ECOLOGICAL, INDEPENDENT),
    )


def _ratios(fitted: Fit, scale: FloatArray, level: float) -> list[Estimate]:
    from scipy.stats import t as student

    wide = max(fitted.dispersion, 1.0)
    reach = float(student.ppf((1 + level) / 2, fitted.df)) * np.sqrt(
        wide * np.diag(fitted.covariance)
    )
    sides = np.exp((fitted.coefficients + np.outer([0.0, -1.0, 1.0], reach)) / scale)
    return [
        Estimate(estimate=float(at), low=float(low), high=float(high), level=level, method=METHOD)
        for at, low, high in sides.T
    ]


def _explained(fitted: Fit, due: FloatArray) -> float:
    y = fitted.counts
    without = _deviance(y, due * y.sum() / due.sum())
    return 1 - _deviance(y, fitted.mean) / without if without > 0 else math.nan


def _deviance(y: FloatArray, mean: FloatArray) -> float:
    from scipy.special import xlogy

    return float(2 * np.sum(xlogy(y, y / mean) - (y - mean)))
