"""A measure that reaches one cluster after another: the stepped wedge."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.methods.evaluation.panels import numbered
from nhpf.methods.evaluation.random_intercepts import ClusteredFit, fit_clusters
from nhpf.methods.evaluation.ratios import Ratio, limits
from nhpf.numerics import inputs
from nhpf.numerics.inputs import FloatArray, IntArray

FEWEST_CLUSTERS = 4

ONE_EFFECT = "The effect is taken to be full at once, and the same in every cluster and period."
CHANCE_ORDER = "The order in which clusters started must have been drawn by lot."


@dataclass(frozen=True, slots=True, kw_only=True)
class SteppedWedge(Ratio):
    """The rate with the measure over the rate without, within clusters and periods.

    Attributes
    ----------
    spread : float
        Standard deviation of the clusters' own levels, on the log scale.
    coefficients, standard_errors : ndarray, shape (periods + 1,)
        The first period, the others against it, and the measure: on the log scale, errors by
        likelihood, before any widening for over-dispersion.
    dispersion : float
        Variance of the counts over Poisson's, once clusters are allowed to differ.
    log_likelihood : float
    """

    spread: float
    coefficients: FloatArray
    standard_errors: FloatArray
    dispersion: float
    log_likelihood: float


def stepped_wedge(
    counts: npt.ArrayLike,
    cluster: npt.ArrayLike,
    period: npt.ArrayLike,
    treated: npt.ArrayLike,
    *,
    exposure: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> SteppedWedge:
    """Return the effect of a measure that reached clusters at different times, drawn by lot.

    Poisson with an effect for each period and a normal level for each cluster (Hussey and Hughes
    2007 for counts), by likelihood with Laplace's approximation. Errors are widened by the scatter
    that remains, never narrowed; limits by t with two degrees of freedom fewer than clusters.
    Cost: rows x periods squared.

    Parameters
    ----------
    counts : array_like, shape (n,)
        Whole numbers of events.
    cluster, period : array_like, shape (n,)
        The cluster (name or number) and the time of each row.
    treated : array_like, shape (n,)
        1 where the measure ran in that cluster and period, else 0.
    exposure : array_like, shape (n,), optional
        Population, or person-time.
    level : float
        Confidence level.

    Raises
    ------
    InvalidInput
        Broken or negative counts, flags other than 0 and 1, a cluster that stepped back.
    CannotTell
        Fewer than four clusters, no period in which some clusters had the measure and some did
        not, or no event with or without it.
    """
    y = inputs.event_array(counts, name="counts")
    time = inputs.finite_array(period, name="periods")
    flag = inputs.finite_array(treated, name="treated flags")
    size = np.ones(y.size) if exposure is None else inputs.positive_array(exposure, name="exposure")
    inputs.same_length(counts=y, period=time, treated=flag, exposure=size)
    inputs.share(level, name="confidence level")
    group = numbered(cluster, y.size, name="cluster")
    _check_steps(y, group, time, flag)
    alive = np.isin(time, time[y > 0])
    y, time, flag, offset = y[alive], time[alive], flag[alive], np.log(size[alive])
    group = numbered(group[alive], y.size, name="cluster")
    design = np.column_stack([np.ones(y.size), time[:, None] == np.unique(time)[1:], flag])
    return _result(fit_clusters(y, design, offset, group), float(group.max() - 1), level)


def _result(fitted: ClusteredFit, df: float, level: float) -> SteppedWedge:
    errors = np.sqrt(np.diag(fitted.covariance))
    error = float(errors[-1]) * math.sqrt(max(1.0, fitted.dispersion))
    caveats: tuple[str, ...] = (CHANCE_ORDER, ONE_EFFECT)
    if fitted.spread == 0:
        caveats += ("Clusters were found not to differ; with few of them that is not certain.",)
    return SteppedWedge(
        **limits(float(fitted.coefficients[-1]), error, level=level, df=df),
        method="stepped wedge, Poisson with a normal level for each cluster (Laplace)",
        caveats=caveats,
        spread=fitted.spread,
        coefficients=fitted.coefficients,
        standard_errors=errors,
        dispersion=fitted.dispersion,
        log_likelihood=fitted.log_likelihood,
    )


def _check_steps(counts: FloatArray, group: IntArray, time: FloatArray, flag: FloatArray) -> None:
    if not np.isin(flag, (0, 1)).all():
        raise InvalidInput("Each treated flag must be 0 or 1.")
    order = np.lexsort((flag, time, group))
    same = group[order][1:] == group[order][:-1]
    if (np.diff(flag[order])[same] < 0).any():
        raise InvalidInput(
            "A cluster had the measure and then not: a stepped wedge never steps back.",
            next_step="Leave out the periods after it stopped.",
        )
    if group.max() + 1 < FEWEST_CLUSTERS:
        raise CannotTell(f"A stepped wedge needs at least {FEWEST_CLUSTERS} clusters.")
    with_measure, without = time[flag == 1], time[flag == 0]
    if not np.isin(with_measure, without).any():
        raise CannotTell(
            "In no period did some clusters have the measure and others not, so the effect cannot "
            "be told from the passing of time."
        )
    if counts[flag == 1].sum() == 0 or counts[flag == 0].sum() == 0:
        raise CannotTell(
            "There is no event with the measure, or none without, so a ratio has no limit."
        )
