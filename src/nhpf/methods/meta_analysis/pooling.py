"""One pooled effect from many studies, its interval, and what a new place might see."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell
from nhpf.methods.meta_analysis import distributions
from nhpf.methods.meta_analysis.heterogeneity import between_studies
from nhpf.methods.meta_analysis.inconsistency import Inconsistency, inconsistency
from nhpf.methods.meta_analysis.studies import (
    AS_GOOD_AS_THEY,
    Method,
    described,
    effects_and_variances,
    known_method,
)
from nhpf.methods.meta_analysis.weighted import Weighted, covariance_of, fit, has_width
from nhpf.numerics import Estimate, inputs
from nhpf.numerics.estimates import in_words, percent
from nhpf.numerics.inputs import FloatArray

ALIKE = (
    "The effects are all alike, so the Hartung-Knapp interval would have no width. "
    "That is no certainty."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled(Estimate):
    """The pooled effect of a set of studies, on the scale of their effects.

    Attributes
    ----------
    se : float
        Standard error of the pooled effect.
    p : float
        Two-sided p-value of no effect.
    df : float or None
        Degrees of freedom of t; None where the normal distribution was used.
    tau2, tau2_low, tau2_high : float
        Variance between studies, and its Q-profile interval.
    i2, i2_low, i2_high : float
        Share of the variation that lies between studies, 0 to 1, and its interval.
    h2 : float
        Total variation over the variation that chance explains.
    q, q_df, q_p : float
        Cochran's test of equal effects.
    prediction_low, prediction_high : float or None
        Where the effect in a new place like these may lie; None for equal effects.
    weights : ndarray, shape (k,)
        Share of each study in the pooled effect, adding to 1.
    """

    se: float
    p: float
    df: float | None
    studies: int
    tau2: float
    tau2_low: float
    tau2_high: float
    i2: float
    i2_low: float
    i2_high: float
    h2: float
    q: float
    q_df: float
    q_p: float
    prediction_low: float | None
    prediction_high: float | None
    weights: FloatArray

    @property
    def ratio(self) -> Estimate:
        """The pooled effect and its interval as a ratio, for effects that are logarithms."""
        return Estimate(
            estimate=math.exp(self.estimate),
            low=math.exp(self.low),
            high=math.exp(self.high),
            level=self.level,
            method=self.method,
            caveats=self.caveats,
        )

    def __str__(self) -> str:
        """Return the pooled effect, how far studies differ, and what a new place might see."""
        lines = [
            f"{in_words(self.estimate)} ({self.interval_in_words()}; {self.studies} studies; "
            f"{self.method})",
            f"Variance between studies {in_words(self.tau2)} ({percent(self.level)} interval "
            f"{in_words(self.tau2_low)} to {in_words(self.tau2_high)}); {percent(self.i2)} of the "
            "variation is not chance",
        ]
        if self.prediction_low is not None and self.prediction_high is not None:
            lines.append(
                f"In a new place like these: {in_words(self.prediction_low)} to "
                f"{in_words(self.prediction_high)}"
            )
        return "\n".join([*lines, *(f"  Note: {caveat}" for caveat in self.caveats)])


def pool(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    method: str = "REML",
    hartung_knapp: bool = False,
    level: float = 0.95,
) -> Pooled:
    """Pool the effects of studies by inverse variance.

    The weights are 1 / (variance + tau2). Ratios go in as logarithms. Cost: a few milliseconds,
    in proportion to the number of studies.

    Parameters
    ----------
    effects, variances : array_like, shape (k,)
        Effect of each study on an additive scale, and its sampling variance.
    method : {"REML", "DL", "PM", "ML", "EB", "HE", "HS", "SJ", "EE"}
        How the variance between studies is estimated; "EE" takes it as zero (equal effects).
        EB solves the same equation as PM.
    hartung_knapp : bool
        Interval from t with the standard error of Hartung and Knapp (2001), which allows for not
        knowing the variance between studies: use it with few studies.
    level : float
        Confidence level of all intervals.

    Raises
    ------
    InvalidInput
        NaN, unlike lengths, a variance of zero or below, an unknown method.
    CannotTell
        Fewer than two studies, or Hartung-Knapp with effects that are all alike.

    Notes
    -----
    Not for studies that share people or come several from one trial (:func:`three_level`,
    :func:`robust`), nor for tables with few events (:func:`mantel_haenszel`). The prediction
    interval of Higgins and others (2009) uses the normal distribution, or t with k - 1 degrees
    of freedom under Hartung-Knapp, as metafor does. Q-profile interval of tau2: Viechtbauer
    (2007).
    """
    name = known_method(method)
    inputs.share(level, name="confidence level")
    y, v = effects_and_variances(effects, variances, least=2)
    design = np.ones((y.size, 1))
    tau2 = between_studies(y[:, None], v[:, None], design, method=name)
    here = fit(y[:, None], v[:, None], design, tau2)
    if hartung_knapp and not has_width(here)[0]:
        raise CannotTell(ALIKE, next_step="Use the plain interval.")
    spread = inconsistency(y, v, design, tau2=float(tau2[0]), level=level, equal=name == "EE")
    return _pooled(here, spread, float(tau2[0]), name, hartung_knapp=hartung_knapp, level=level)


def _pooled(
    here: Weighted,
    spread: Inconsistency,
    tau2: float,
    method: Method,
    *,
    hartung_knapp: bool,
    level: float,
) -> Pooled:
    studies = here.weights.shape[0]
    df = float(studies - 1) if hartung_knapp else None
    estimate = float(here.coefficients[0, 0])
    se = math.sqrt(covariance_of(here, hartung_knapp=hartung_knapp)[0, 0, 0])
    reach = distributions.critical(level, df)
    beyond = None if method == "EE" else reach * math.sqrt(se**2 + tau2)
    return Pooled(
        estimate=estimate,
        low=estimate - reach * se,
        high=estimate + reach * se,
        level=level,
        method=described(method, hartung_knapp=hartung_knapp),
        caveats=_caveats(here, spread, method=method, hartung_knapp=hartung_knapp),
        se=se,
        p=float(distributions.two_sided(estimate / se, df)),
        df=df,
        studies=studies,
        tau2=tau2,
        prediction_low=None if beyond is None else estimate - beyond,
        prediction_high=None if beyond is None else estimate + beyond,
        weights=here.weights[:, 0] / here.weights.sum(),
        **asdict(spread),
    )


def _caveats(
    here: Weighted, spread: Inconsistency, *, method: Method, hartung_knapp: bool
) -> tuple[str, ...]:
    caveats = [AS_GOOD_AS_THEY]
    studies = here.weights.shape[0]
    if method == "EE" and spread.q_p < 0.1:
        caveats.append(
            "The studies differ by more than chance: one common effect does not describe them."
        )
    if method != "EE" and studies < 5:
        caveats.append(
            "Fewer than five studies: how far effects differ between places is hardly known, "
            "and the prediction interval still less."
        )
    if method != "EE" and studies < 10 and not hartung_knapp:
        caveats.append(
            "Few studies: the interval takes the variance between them as known and is too "
            "narrow; Hartung and Knapp's allows for it."
        )
    if hartung_knapp and here.q[0] < studies - 1:
        caveats.append(
            "The Hartung-Knapp standard error is smaller than the plain one here, because the "
            "effects happen to lie close together: show both intervals."
        )
    return tuple(caveats)
