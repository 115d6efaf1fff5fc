"""Meta-regression: do effects differ with what the studies say about themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell
from nhpf.methods.meta_analysis import distributions
from nhpf.methods.meta_analysis.heterogeneity import between_studies
from nhpf.methods.meta_analysis.inconsistency import inconsistency
from nhpf.methods.meta_analysis.studies import (
    described,
    design_matrix,
    effects_and_variances,
    known_method,
)
from nhpf.methods.meta_analysis.weighted import Weighted, covariance_of, fit, has_width
from nhpf.numerics import Estimate, inputs
from nhpf.numerics.estimates import in_words, percent
from nhpf.numerics.inputs import FloatArray

BETWEEN_STUDIES = (
    "A difference between studies is not a difference between people or places: studies that "
    "differ in one thing differ in others."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient(Estimate):
    """One coefficient of a regression of effects.

    Attributes
    ----------
    name : str
    se, statistic, p : float
        Standard error, z or t, two-sided p-value.
    df : float or None
        Degrees of freedom of t; None where the normal distribution was used.
    """

    name: str
    se: float
    statistic: float
    p: float
    df: float | None

    def __str__(self) -> str:
        """Return the coefficient with its name and interval."""
        return f"{self.name}: {in_words(self.estimate)} ({self.interval_in_words()})"


@dataclass(frozen=True, slots=True, kw_only=True)
class MetaRegression:
    """Effects regressed on moderators.

    Attributes
    ----------
    coefficients : tuple of Coefficient
        The intercept first.
    tau2, tau2_low, tau2_high : float
        Variance between studies that the moderators leave, and its Q-profile interval.
    i2, i2_low, i2_high, h2 : float
        Share (0 to 1, with its interval) and ratio of the remaining variation.
    r2 : float or None
        Share of the variance between studies that the moderators take up; None where there was
        none without them.
    q, q_df, q_p : float
        Test of no remaining differences.
    test, test_df, test_p : float
        Test of all moderators at once: chi-squared, or F under Hartung-Knapp.
    """

    coefficients: tuple[Coefficient, ...]
    studies: int
    tau2: float
    tau2_low: float
    tau2_high: float
    i2: float
    i2_low: float
    i2_high: float
    h2: float
    r2: float | None
    q: float
    q_df: int
    q_p: float
    test: float
    test_df: int
    test_p: float
    level: float
    method: str
    caveats: tuple[str, ...] = ()

    def coefficient(self, name: str) -> Coefficient:
        """Return the coefficient of a moderator by its name."""
        return next(one for one in self.coefficients if one.name == name)

    def __str__(self) -> str:
        """Return each coefficient and what the moderators leave unexplained."""
        explained = "" if self.r2 is None else f"; moderators take up {percent(self.r2)} of it"
        lines = [
            f"Effects of {self.studies} studies ({self.method})",
            *(f"  {one}" for one in self.coefficients),
            f"Variance between studies left {in_words(self.tau2)}{explained}",
        ]
        return "\n".join([*lines, *(f"  Note: {caveat}" for caveat in self.caveats)])


def regress(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    moderators: npt.ArrayLike,
    *,
    names: Sequence[str] | None = None,
    method: str = "REML",
    hartung_knapp: bool = False,
    level: float = 0.95,
) -> MetaRegression:
    """Regress effects on what the studies say about themselves, with an intercept.

    Thompson and Higgins (2002); Knapp and Hartung (2003). Cost: in proportion to k m^2.

    Parameters
    ----------
    effects, variances : array_like, shape (k,)
        As in :func:`pool`.
    moderators : array_like, shape (k,) or (k, m)
        Numbers; a category as columns of 0 and 1, one for each value but the first.
    names : sequence of str, optional
        Name of each moderator.
    method, hartung_knapp, level
        As in :func:`pool`; under Hartung-Knapp t with k - m - 1 degrees of freedom.

    Raises
    ------
    InvalidInput
        As :func:`pool`; moderators missing, a row or a name too many or too few.
    CannotTell
        Too few studies; a moderator that does not vary or repeats others; Hartung-Knapp with
        effects that lie exactly on the line.
    """
    name = known_method(method)
    inputs.share(level, name="confidence level")
    y, v = effects_and_variances(effects, variances, least=3)
    design, labels = design_matrix(moderators, studies=y.size, names=names)
    _refuse_too_many(y.size, len(labels))
    tau2 = between_studies(y[:, None], v[:, None], design, method=name)
    without = between_studies(y[:, None], v[:, None], design[:, :1], method=name)
    here = fit(y[:, None], v[:, None], design, tau2)
    if hartung_knapp and not has_width(here)[0]:
        raise CannotTell("The effects lie exactly on the line: chance cannot be judged.")
    spread = inconsistency(y, v, design, tau2=float(tau2[0]), level=level, equal=name == "EE")
    covariance = covariance_of(here, hartung_knapp=hartung_knapp)[0]
    df = float(spread.q_df) if hartung_knapp else None
    test, test_p = _all_moderators(here.coefficients[0], covariance, df)
    return MetaRegression(
        coefficients=coefficients(labels, here.coefficients[0], covariance, df=df, level=level),
        studies=y.size,
        tau2=float(tau2[0]),
        r2=max(0.0, float(1 - tau2[0] / without[0])) if without[0] > 0 else None,
        test=test,
        test_df=len(labels) - 1,
        test_p=test_p,
        level=level,
        method=f"meta-regression, {described(name, hartung_knapp=hartung_knapp)}",
        caveats=_caveats(here),
        **asdict(spread),
    )


def coefficients(
    names: Sequence[str],
    values: FloatArray,
    covariance: FloatArray,
    *,
    df: float | FloatArray | None,
    level: float,
) -> tuple[Coefficient, ...]:
    """Return each coefficient with its interval and p-value; df is one for all or one for each."""
    degrees = df.tolist() if isinstance(df, np.ndarray) else [df] * len(names)
    spreads = np.sqrt(np.diagonal(covariance)).tolist()
    return tuple(
        _coefficient(name, value, se, df=one, level=level)
        for name, value, se, one in zip(names, values.tolist(), spreads, degrees, strict=True)
    )


def _coefficient(
    name: str, value: float, se: float, *, df: float | None, level: float
) -> Coefficient:
    reach = distributions.critical(level, df) * se
    return Coefficient(
        estimate=value,
        low=value - reach,
        high=value + reach,
        level=level,
        method="normal" if df is None else f"t with {df:.1f} degrees of freedom",
        name=name,
        se=se,
        statistic=value / se,
        p=float(distributions.two_sided(value / se, df)),
        df=df,
    )


def _refuse_too_many(studies: int, columns: int) -> None:
    if studies <= columns:
        raise CannotTell(
            f"{columns - 1} moderators need at least {columns + 1} studies; there are {studies}.",
            next_step="Use fewer moderators.",
        )


def _all_moderators(
    coefficients: FloatArray, covariance: FloatArray, df: float | None
) -> tuple[float, float]:
    moved, spread = coefficients[1:], covariance[1:, 1:]
    wald = float(moved @ np.linalg.solve(spread, moved))
    if df is None:
        return wald, float(distributions.chi2_above(wald, moved.size))
    return wald / moved.size, distributions.f_above(wald / moved.size, moved.size, df)


def _caveats(here: Weighted) -> tuple[str, ...]:
    studies, columns = here.design.shape
    if studies < 10 * (columns - 1):
        few = "Fewer than ten studies for each moderator: expect differences that are chance."
        return BETWEEN_STUDIES, few
    return (BETWEEN_STUDIES,)
