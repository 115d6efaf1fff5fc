"""Mantel and Haenszel's pooled effect of two-by-two tables, for few events and zero cells."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.methods.meta_analysis import distributions
from nhpf.methods.meta_analysis.studies import AS_GOOD_AS_THEY
from nhpf.numerics import Estimate, inputs
from nhpf.numerics.estimates import in_words
from nhpf.numerics.inputs import FloatArray

Measure: TypeAlias = Literal["OR", "RR", "RD"]

MEASURE_NAMES = {"OR": "odds ratio", "RR": "risk ratio", "RD": "risk difference"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MantelHaenszel(Estimate):
    """A pooled odds ratio, risk ratio or risk difference of two-by-two tables.

    Attributes
    ----------
    measure : {"OR", "RR", "RD"}
        Ratios are given as ratios, not as logarithms.
    se : float
        Standard error, of the logarithm for ratios.
    p : float
        Two-sided p-value of no effect.
    studies, informative : int
        Tables given, and tables that say anything about the measure.
    q, q_df, q_p : float
        Test of one common effect; zero cells are given half an event for this test alone. NaN
        with fewer than two informative tables.
    """

    measure: Measure
    se: float
    p: float
    studies: int
    informative: int
    q: float
    q_df: int
    q_p: float

    def __str__(self) -> str:
        """Return the measure, its interval and how many tables speak."""
        head = (
            f"{MEASURE_NAMES[self.measure].capitalize()} {in_words(self.estimate)} "
            f"({self.interval_in_words()}; {self.informative} of {self.studies} studies; "
            f"{self.method})"
        )
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])


@dataclass(frozen=True, slots=True)
class _Tables:
    """Cells: events and none in the treated (a, b) and in the comparison (c, d)."""

    a: FloatArray
    b: FloatArray
    c: FloatArray
    d: FloatArray

    @property
    def treated(self) -> FloatArray:
        return self.a + self.b

    @property
    def compared(self) -> FloatArray:
        return self.c + self.d

    @property
    def total(self) -> FloatArray:
        return self.a + self.b + self.c + self.d

    def those(self, rows: npt.NDArray[np.bool_]) -> _Tables:
        return _Tables(self.a[rows], self.b[rows], self.c[rows], self.d[rows])


def mantel_haenszel(
    events_treatment: npt.ArrayLike,
    n_treatment: npt.ArrayLike,
    events_control: npt.ArrayLike,
    n_control: npt.ArrayLike,
    *,
    measure: str = "OR",
    level: float = 0.95,
) -> MantelHaenszel:
    """Pool two-by-two tables with Mantel and Haenszel's weights, as one common effect.

    No half events are added: a table with a zero cell counts as it is. For ratios a table
    without events (or, for the odds ratio, with nothing but events) says nothing and has no
    weight; for the risk difference it counts. Cost: in proportion to the tables.

    Parameters
    ----------
    events_treatment, n_treatment, events_control, n_control : array_like, shape (k,)
        Events and people of the treated and of the comparison group of each study.
    measure : {"OR", "RR", "RD"}
        Odds ratio, risk ratio or risk difference.
    level : float
        Confidence level.

    Raises
    ------
    InvalidInput
        Negative or fractional events, more events than people, an empty group, unlike lengths.
    CannotTell
        No events at all, or a ratio for which one group has none in any table.

    Notes
    -----
    Not where effects differ between studies: it takes them as one. Variances: Robins, Breslow
    and Greenland (1986) for the odds ratio, Greenland and Robins (1985) for the risk ratio, Sato
    (1989) for the risk difference.
    """
    inputs.share(level, name="confidence level")
    tables = _checked(events_treatment, n_treatment, events_control, n_control)
    kind = _known_measure(measure)
    speaking = _informative(tables, kind)
    if not speaking.any():
        raise CannotTell(
            "No table holds both events and people without, so nothing can be compared.",
            next_step="Pool longer follow-up, or say that no event was seen.",
        )
    return _pooled(tables.those(speaking), kind, studies=tables.a.size, level=level)


def _known_measure(measure: str) -> Measure:
    for name in get_args(Measure):
        if name == measure:
            return name  # type: ignore[no-any-return]
    raise InvalidInput(f"There is no measure called {measure}.", next_step="Use OR, RR or RD.")


def _pooled(told: _Tables, kind: Measure, *, studies: int, level: float) -> MantelHaenszel:
    pooled = {"OR": _odds_ratio, "RR": _risk_ratio, "RD": _risk_difference}
    centre, se = pooled[kind](told)
    q = _heterogeneity(told, kind, centre)
    reach = distributions.critical(level, None) * se
    back = math.exp if kind != "RD" else float
    informative = told.a.size
    return MantelHaenszel(
        estimate=back(centre),
        low=back(centre - reach),
        high=back(centre + reach),
        level=level,
        method="Mantel-Haenszel, one common effect",
        caveats=_caveats(told, q, informative),
        measure=kind,
        se=se,
        p=float(distributions.two_sided(centre / se, None)),
        studies=studies,
        informative=informative,
        q=q,
        q_df=informative - 1,
        q_p=_q_p(q, informative - 1),
    )


def _checked(
    events_treatment: npt.ArrayLike,
    n_treatment: npt.ArrayLike,
    events_control: npt.ArrayLike,
    n_control: npt.ArrayLike,
) -> _Tables:
    a = inputs.event_array(events_treatment, name="events of the treated")
    c = inputs.event_array(events_control, name="events of the comparison")
    treated = inputs.positive_array(n_treatment, name="numbers treated")
    compared = inputs.positive_array(n_control, name="numbers compared")
    inputs.same_length(
        events_treatment=a, n_treatment=treated, events_control=c, n_control=compared
    )
    inputs.event_array(treated, name="numbers treated")
    inputs.event_array(compared, name="numbers compared")
    if (a > treated).any() or (c > compared).any():
        raise InvalidInput("A group has more events than people.")
    return _Tables(a, treated - a, c, compared - c)


def _informative(tables: _Tables, measure: Measure) -> npt.NDArray[np.bool_]:
    any_event = tables.a + tables.c > 0
    if measure == "OR":
        return np.asarray(any_event & (tables.b + tables.d > 0))
    if measure == "RR":
        return any_event
    # A table with nobody in between adds to a difference, unless no table has anything else.
    varied = any_event & (tables.b + tables.d > 0)
    return np.full(any_event.size, bool(varied.any()))


def _odds_ratio(tables: _Tables) -> tuple[float, float]:
    n = tables.total
    for_, against = tables.a * tables.d / n, tables.b * tables.c / n
    up, down = _both(for_, against)
    agree, differ = (tables.a + tables.d) / n, (tables.b + tables.c) / n
    variance = (
        (agree * for_).sum() / up**2
        + (agree * against + differ * for_).sum() / (up * down)
        + (differ * against).sum() / down**2
    ) / 2
    return math.log(up / down), math.sqrt(variance)


def _risk_ratio(tables: _Tables) -> tuple[float, float]:
    n = tables.total
    up, down = _both(tables.a * tables.compared / n, tables.c * tables.treated / n)
    product = tables.treated * tables.compared * (tables.a + tables.c)
    spread = ((product - tables.a * tables.c * n) / n**2).sum()
    if spread <= 0:
        raise CannotTell("Everybody has the event in both groups, so the ratio has no interval.")
    return math.log(up / down), math.sqrt(spread / (up * down))


def _risk_difference(tables: _Tables) -> tuple[float, float]:
    n, one, two = tables.total, tables.treated, tables.compared
    weight = (one * two / n).sum()
    centre = ((tables.a * two - tables.c * one) / n).sum() / weight
    slope = (one**2 * tables.c - two**2 * tables.a + one * two * (two - one) / 2) / n**2
    level = (tables.a * (two - tables.c) + tables.c * (one - tables.a)) / (2 * n)
    variance = (centre * slope.sum() + level.sum()) / weight**2
    if variance <= 0:
        raise CannotTell("The groups do not overlap at all, so the difference has no interval.")
    return float(centre), math.sqrt(variance)


def _both(for_: FloatArray, against: FloatArray) -> tuple[float, float]:
    up, down = float(for_.sum()), float(against.sum())
    if up == 0 or down == 0:
        raise CannotTell(
            "In every table that says anything one group has no event, or nothing but events, so "
            "the ratio has no interval.",
            next_step="Give the risk difference.",
        )
    return up, down


def _heterogeneity(tables: _Tables, measure: Measure, centre: float) -> float:
    """Return Q of the single tables around the pooled effect, half events added to zero cells."""
    empty = np.minimum.reduce([tables.a, tables.b, tables.c, tables.d]) == 0
    half = np.where(empty, 0.5, 0.0)
    a, b, c, d = (cell + half for cell in (tables.a, tables.b, tables.c, tables.d))
    one, two = a + b, c + d
    if measure == "OR":
        effect, variance = np.log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d
    elif measure == "RR":
        effect, variance = np.log(a / one * two / c), 1 / a - 1 / one + 1 / c - 1 / two
    else:
        effect, variance = a / one - c / two, a * b / one**3 + c * d / two**3
    return float(((effect - centre) ** 2 / variance).sum())


def _q_p(q: float, df: int) -> float:
    return float(distributions.chi2_above(q, df)) if df > 0 else math.nan


def _caveats(tables: _Tables, q: float, informative: int) -> tuple[str, ...]:
    caveats = [AS_GOOD_AS_THEY]
    if informative > 1 and _q_p(q, informative - 1) < 0.1:
        caveats.append(
            "The studies differ by more than chance: one common effect does not describe them."
        )
    if min(tables.a.sum(), tables.c.sum()) < 5:
        caveats.append("Fewer than five events in a group over all studies.")
    return tuple(caveats)
