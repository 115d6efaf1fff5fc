"""Do small studies report larger effects: Egger's regression, trim and fill."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.methods.meta_analysis.heterogeneity import between_studies
from nhpf.methods.meta_analysis.pooling import Pooled, pool
from nhpf.methods.meta_analysis.regression import Coefficient, coefficients
from nhpf.methods.meta_analysis.studies import Method, effects_and_variances, known_method
from nhpf.methods.meta_analysis.weighted import covariance_of, fit, fit_with
from nhpf.numerics import Estimate, inputs
from nhpf.numerics.estimates import in_words
from nhpf.numerics.inputs import FloatArray

Side: TypeAlias = Literal["left", "right"]

SEVERAL_REASONS = (
    "Small studies may differ for other reasons than not being published: other places, closer "
    "work, poorer designs."
)
MOST_ROUNDS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Egger(Estimate):
    """How much effects move with their standard error; 0 if small and large studies agree.

    Attributes
    ----------
    se, statistic, p : float
        Standard error, t and two-sided p-value.
    df : float
        Degrees of freedom.
    largest : Coefficient
        What the line gives for a study without sampling error.
    """

    se: float
    statistic: float
    p: float
    df: float
    largest: Coefficient


@dataclass(frozen=True, slots=True, kw_only=True)
class TrimAndFill(Estimate):
    """The pooled effect if the studies that seem to be missing were there.

    Attributes
    ----------
    missing : int
        Studies added.
    side : {"left", "right"}
        The side of the funnel they were added to.
    observed, filled : Pooled
        The synthesis without and with them.
    filled_effects, filled_variances : ndarray, shape (k + missing,)
    """

    missing: int
    side: Side
    observed: Pooled
    filled: Pooled
    filled_effects: FloatArray
    filled_variances: FloatArray

    def __str__(self) -> str:
        """Return the effect before and after filling."""
        studies = "study" if self.missing == 1 else "studies"
        head = (
            f"{self.missing} {studies} added on the {self.side}: {in_words(self.observed.estimate)}"
            f" becomes {in_words(self.estimate)} ({self.interval_in_words()}; {self.method})"
        )
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])


def egger(effects: npt.ArrayLike, variances: npt.ArrayLike, *, level: float = 0.95) -> Egger:
    """Test whether effects grow with their standard error (Egger and others 1997).

    The effects are regressed on their standard errors with weights 1 / variance and a scale that
    is estimated; t with k - 2 degrees of freedom. Cost: in proportion to the studies.

    Parameters
    ----------
    effects, variances : array_like, shape (k,)
        As in :func:`pool`.
    level : float
        Confidence level.

    Raises
    ------
    InvalidInput
        As :func:`pool`.
    CannotTell
        Fewer than three studies, or studies that are all of one precision or lie on the line.

    Notes
    -----
    Has little power under ten studies, and finds too much for odds ratios, whose variance
    depends on the effect. For the same test with a variance between studies, give the standard
    errors to :func:`regress`.
    """
    inputs.share(level, name="confidence level")
    y, v = effects_and_variances(effects, variances, least=3)
    errors = np.sqrt(v)
    if np.ptp(errors) <= 1e-9 * errors.max():
        raise CannotTell("All studies are equally precise, so small and large cannot be compared.")
    line = fit_with(y[:, None], 1 / v[:, None], np.column_stack([np.ones(y.size), errors]))
    if line.q[0] <= 1e-20 * max(1.0, float((y**2 / v).sum())):
        raise CannotTell("The effects lie on one line, so chance cannot be judged.")
    largest, slope = coefficients(
        ("largest", "slope"),
        line.coefficients[0],
        covariance_of(line, hartung_knapp=True)[0],
        df=float(y.size - 2),
        level=level,
    )
    few = ("Fewer than ten studies: the test would miss most asymmetry.",) if y.size < 10 else ()
    return Egger(
        estimate=slope.estimate,
        low=slope.low,
        high=slope.high,
        level=level,
        method="Egger's regression",
        caveats=(SEVERAL_REASONS, *few),
        se=slope.se,
        statistic=slope.statistic,
        p=slope.p,
        df=float(y.size - 2),
        largest=largest,
    )


def trim_and_fill(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    estimator: str = "L0",
    side: Side | None = None,
    method: str = "REML",
    hartung_knapp: bool = False,
    level: float = 0.95,
) -> TrimAndFill:
    """Add mirror images of the studies that seem to be missing, and pool again.

    Duval and Tweedie (2000). A sensitivity check, never a corrected result: it adds studies
    where effects truly differ. Cost: one synthesis a round, seldom more than five rounds.

    Parameters
    ----------
    effects, variances : array_like, shape (k,)
        As in :func:`pool`.
    estimator : {"L0", "R0", "Q0"}
        How the number of missing studies is estimated.
    side : {"left", "right"}, optional
        Where studies are missing; without, the side away from the smaller studies' effects.
    method, hartung_knapp, level
        As in :func:`pool`.

    Raises
    ------
    InvalidInput
        As :func:`pool`; an unknown estimator or side.
    CannotTell
        Fewer than three studies.
    """
    name = known_method(method)
    y, v = effects_and_variances(effects, variances, least=3)
    _refuse_unknown(estimator, side)
    where = side or _emptier_side(y, v, name)
    missing, all_y, all_v = _filled(y, v, where, estimator, name)
    observed, filled = (
        pool(part, spread, method=name, hartung_knapp=hartung_knapp, level=level)
        for part, spread in ((y, v), (all_y, all_v))
    )
    return TrimAndFill(
        estimate=filled.estimate,
        low=filled.low,
        high=filled.high,
        level=level,
        method=f"trim and fill, {estimator}, {filled.method}",
        caveats=("A sensitivity check, not a corrected result.", SEVERAL_REASONS),
        missing=missing,
        side=where,
        observed=observed,
        filled=filled,
        filled_effects=all_y,
        filled_variances=all_v,
    )


def _refuse_unknown(estimator: str, side: Side | None) -> None:
    if estimator not in _MISSING:
        raise InvalidInput(
            f"There is no estimator called {estimator}.", next_step="Use L0, R0 or Q0."
        )
    if side not in {None, "left", "right"}:
        raise InvalidInput("The side must be left or right.")


def _emptier_side(y: FloatArray, v: FloatArray, method: Method) -> Side:
    """Return the side that the effects of smaller studies lean away from."""
    errors = np.sqrt(v)
    if np.ptp(errors) <= 1e-9 * errors.max():
        return "left"
    design = np.column_stack([np.ones(y.size), errors])
    tau2 = between_studies(y[:, None], v[:, None], design, method=method)
    return "right" if fit(y[:, None], v[:, None], design, tau2).coefficients[0, 1] < 0 else "left"


def _filled(
    y: FloatArray, v: FloatArray, side: Side, estimator: str, method: Method
) -> tuple[int, FloatArray, FloatArray]:
    """Return how many studies are missing, and all effects and variances then."""
    sign = -1.0 if side == "right" else 1.0
    order = np.argsort(sign * y, kind="stable")
    missing, centre = _rounds(sign * y[order], v[order], estimator, method)
    mirrored = order[y.size - missing :]
    all_y = np.concatenate([y, 2 * sign * centre - y[mirrored]])
    return missing, all_y, np.concatenate([v, v[mirrored]])


def _rounds(y: FloatArray, v: FloatArray, estimator: str, method: Method) -> tuple[int, float]:
    """Return how many studies are missing below, and the effect that the rest is centred on.

    In each round as many studies as seem to be missing are set aside from the top, the rest
    pooled, and the missing counted anew from the ranks of the distances from that effect.
    """
    missing, before = 0, -1
    centre = 0.0
    for _ in range(MOST_ROUNDS):
        if missing == before:
            break
        before = missing
        kept = y.size - missing
        centre = _centre(y[:kept], v[:kept], method)
        away = y - centre
        ranks = np.empty(y.size)
        ranks[np.argsort(np.abs(away), kind="stable")] = np.arange(1, y.size + 1)
        found = round(max(0.0, _MISSING[estimator](np.sign(away) * ranks)))
        # One study must stay to be the centre.
        missing = min(found, y.size - 1)
    return missing, centre


def _centre(y: FloatArray, v: FloatArray, method: Method) -> float:
    design = np.ones((y.size, 1))
    tau2 = (
        np.zeros(1)
        if y.size == 1
        else between_studies(y[:, None], v[:, None], design, method=method)
    )
    return float(fit(y[:, None], v[:, None], design, tau2).coefficients[0, 0])


def _by_longest_run(signed_ranks: FloatArray) -> float:
    below = -signed_ranks[signed_ranks < 0]
    return signed_ranks.size - (below.max() if below.size else 0.0) - 1


def _by_linear_ranks(signed_ranks: FloatArray) -> float:
    k = signed_ranks.size
    above = signed_ranks[signed_ranks > 0].sum()
    return float((4 * above - k * (k + 1)) / (2 * k - 1))


def _by_quadratic_ranks(signed_ranks: FloatArray) -> float:
    k = signed_ranks.size
    above = signed_ranks[signed_ranks > 0].sum()
    return k - 0.5 - math.sqrt(max(0.0, 2 * k**2 - 4 * above + 0.25))


_MISSING = {"L0": _by_linear_ranks, "R0": _by_longest_run, "Q0": _by_quadratic_ranks}
