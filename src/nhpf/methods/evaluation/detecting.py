"""What a design could see before it starts: the smallest change, the time it takes, its power."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal, TypeAlias

import numpy as np

from nhpf.errors import CannotTell, InvalidInput
from nhpf.methods.evaluation.panels import numbered
from nhpf.numerics import Estimate, inputs, intervals, log_linear
from nhpf.numerics.estimates import in_words, percent
from nhpf.numerics.inputs import FloatArray
from nhpf.numerics.permutation import Rng, generator

Design: TypeAlias = Literal["before and after", "comparison", "stepped wedge"]

DESIGN_NAMES: dict[str, str] = {
    "before and after": "before and after in the same units",
    "comparison": "as many units again for comparison, before and after",
    "stepped wedge": "units that start one after another",
}
FEWEST_EVENTS = 10

ONLY_CHANCE = (
    "Only chance is counted: a change of recording, or of the world, can hide or feign this much."
)
SIZE_KNOWN = "The rate before, and how far counts vary beyond Poisson, are taken as known."


@dataclass(frozen=True, slots=True, kw_only=True)
class Detectable:
    """The smallest change that a design sees with the stated power.

    Attributes
    ----------
    change : float
        As a share: -0.2 is a fall of 20%. The one asked about, or the smallest fall that is seen.
    rise : float
        The smallest rise seen in the same time.
    periods : float
        Periods on each side of the start, for each unit; in a stepped wedge, the length of each
        of its ``units + 1`` steps.
    events : float
        Events expected in that many periods in all units together, without the measure.
    baseline, dispersion, power, alpha : float
    units : int
    design : str
    method : str
    caveats : tuple of str
    """

    change: float
    rise: float
    periods: float
    events: float
    baseline: float
    units: int
    dispersion: float
    power: float
    alpha: float
    design: str
    method: str
    caveats: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The answer in plain words."""
        return self.sentence_in("periods")

    def sentence_in(self, unit: str) -> str:
        """Return the answer in plain words, with periods called by their name, such as years."""
        size, way = percent(abs(self.change)), "fall" if self.change < 0 else "rise"
        part = "each step" if self.design == "stepped wedge" else "each side"
        return (
            f"To see a {way} of {size} takes {in_words(self.periods)} {unit} on {part} "
            f"({in_words(self.events)} events expected in that time)."
        )

    def __str__(self) -> str:
        """Return the sentence, what it rests on, and the caveats."""
        chance = f"{percent(self.power)} power, {percent(self.alpha)} false alarms"
        head = f"{self.sentence}\n{DESIGN_NAMES[self.design]}; {chance}; {self.method}"
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Power(Estimate):
    """The share of simulated studies that told the change from chance; limits are Monte Carlo's."""

    simulations: int


def detectable(
    baseline: float,
    *,
    change: float | None = None,
    periods: float | None = None,
    units: int = 1,
    dispersion: float = 1.0,
    power: float = 0.8,
    alpha: float = 0.05,
    design: Design = "before and after",
) -> Detectable:
    """Return the smallest change that could be seen, or the time that a given change takes.

    Give either ``change`` or ``periods``. The log of the estimated ratio is taken as normal; its
    variance is that of the Poisson likelihood under the change, times the dispersion:

        (z(1 - alpha/2) + z(power))^2 * dispersion * V / (baseline * periods) = log(1 + change)^2

    with V = (1 + 1/(1 + change)) / units before and after, one in which the comparison adds
    2 / units, or what effects of units and steps leave in a stepped wedge. Cost: none, but for a
    stepped wedge, whose V costs units squared.

    Parameters
    ----------
    baseline : float
        Events expected in one unit in one period without the measure.
    change : float, optional
        The change to be seen, as a share above -1: -0.2 is a fall of 20%.
    periods : float, optional
        Periods on each side of the start, or the length of each step of a wedge.
    units : int
        Areas with the measure; in a stepped wedge, all of them.
    dispersion : float
        Variance of the counts over their mean: 1 for Poisson, more where events come in clusters.
    power : float
        Chance of telling the change from chance.
    alpha : float
        Chance of a false alarm, two-sided.
    design : {"before and after", "comparison", "stepped wedge"}

    Raises
    ------
    InvalidInput
        Both or neither of change and periods, a dispersion below 1, a baseline of zero.
    CannotTell
        Not even a fall to nothing could be seen.
    """
    plan = _plan(baseline, units=units, dispersion=dispersion, alpha=alpha, design=design)
    inputs.share(power, name="power")
    if (change is None) == (periods is None):
        raise InvalidInput("Give either the change or the periods, and not both.")
    need = (NormalDist().inv_cdf(1 - alpha / 2) + NormalDist().inv_cdf(power)) ** 2
    if change is not None:
        moved = _checked_change(change)
        lasting = need * plan.variance(1 + moved) / math.log1p(moved) ** 2
    else:
        lasting = inputs.positive(periods or 0.0, name="number of periods")
        moved = _smallest(plan, need, lasting, falls=True)
    rise = _smallest(plan, need, lasting, falls=False)
    return _result(plan, moved, rise, lasting, power=power, alpha=alpha)


def _result(
    plan: _Plan, change: float, rise: float, periods: float, *, power: float, alpha: float
) -> Detectable:
    return Detectable(
        change=change,
        rise=rise,
        periods=periods,
        events=periods * plan.baseline * plan.units,
        baseline=plan.baseline,
        units=plan.units,
        dispersion=plan.dispersion,
        power=power,
        alpha=alpha,
        design=plan.design,
        method="normal formula for the log of the ratio",
        caveats=_caveats(plan, periods, change),
    )


def power(
    baseline: float,
    *,
    change: float,
    periods: float,
    units: int = 1,
    dispersion: float = 1.0,
    alpha: float = 0.05,
    design: Design = "before and after",
    simulations: int = 2000,
    rng: Rng,
) -> Power:
    """Return by simulation the chance that a design tells a change from chance.

    Counts are Poisson, or negative binomial with the stated variance over mean; each study is
    analysed as its design would be, with the dispersion known. With a change of zero this is the
    rate of false alarms. Cost: grows with the simulations; a stepped wedge is fitted each time.

    Parameters
    ----------
    baseline, change, periods, units, dispersion, alpha, design
        As in :func:`detectable`.
    simulations : int
        Number of studies.
    rng : Generator or int
        Source of chance, or a seed.

    Raises
    ------
    InvalidInput
        As :func:`detectable`.
    """
    plan = _plan(baseline, units=units, dispersion=dispersion, alpha=alpha, design=design)
    moved = 0.0 if change == 0 else _checked_change(change)
    lasting = inputs.positive(periods, name="number of periods")
    times = inputs.whole(simulations, name="number of simulations")
    mean = plan.means(1 + moved) * plan.baseline * lasting
    counts = _drawn(mean, dispersion, times, generator(rng))
    critical = NormalDist().inv_cdf(1 - alpha / 2)
    told = np.abs(plan.statistics(counts)) > critical
    hits = np.array([float(told.sum())])
    low, high = intervals.wilson(hits, np.array([float(times)]), level=0.95)
    return Power(
        estimate=float(told.mean()), low=float(low[0]), high=float(high[0]), level=0.95,
        method=f"{times:,} simulated studies, {DESIGN_NAMES[design]}",
        caveats=(ONLY_CHANCE, SIZE_KNOWN), simulations=times,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """A design whose cells each last the same time; ``treated`` flags those with the measure."""

    baseline: float
    units: int
    dispersion: float
    treated: FloatArray
    design: str

    def means(self, ratio: float) -> FloatArray:
        """Return events of each cell, for one expected in a unit and period without the measure.

        The units of a wedge have cells of their own; those of the other designs are added up.
        """
        together = 1 if self.design == "stepped wedge" else self.units
        return np.where(self.treated == 1, ratio, 1.0) * together

    def variance(self, ratio: float) -> float:
        """Return the variance of the log ratio when every cell lasts one period."""
        if self.design == "stepped wedge":
            inner = _left_by_effects(self.treated, self.means(ratio))
            return self.dispersion / (self.baseline * inner)
        comparison = 2.0 if self.design == "comparison" else 0.0
        return self.dispersion * (1 + 1 / ratio + comparison) / (self.baseline * self.units)

    def statistics(self, counts: FloatArray) -> FloatArray:
        """Return the log ratio over its standard error, for each simulated table of counts."""
        if self.design == "stepped wedge":
            return np.array([self._fitted(table) for table in counts])
        # Half an event in an empty cell keeps the logarithm finite.
        cells = np.where(counts == 0, 0.5, counts)
        sign = np.array([-1.0, 1.0, 1.0, -1.0])[: cells.shape[1]]
        error = np.sqrt(self.dispersion * np.sum(1 / cells, axis=1))
        return np.asarray(np.log(cells) @ sign / error)

    def _fitted(self, table: FloatArray) -> float:
        places = np.indices(self.treated.shape)
        unit, step = places[0], places[1]
        keep = (table.sum(axis=1) > 0)[unit] & (table.sum(axis=0) > 0)[step]
        if not keep.any():
            return 0.0
        steps = np.unique(step[keep])
        design = np.column_stack([self.treated[keep], step[keep][:, None] == steps[1:]])
        group = numbered(unit[keep], len(design), name="unit")
        try:
            fitted = log_linear.fit(table[keep], design, np.zeros(len(design)), units=group)
        except CannotTell:
            return 0.0
        error = math.sqrt(fitted.covariance[0, 0] * self.dispersion)
        return float(fitted.coefficients[0]) / error


def _plan(baseline: float, *, units: int, dispersion: float, alpha: float, design: str) -> _Plan:
    rate = inputs.positive(baseline, name="baseline")
    together = inputs.whole(units, name="number of units")
    spread = inputs.number(dispersion, name="dispersion")
    if spread < 1:
        raise InvalidInput("The dispersion must be 1 (Poisson) or more.")
    inputs.share(alpha, name="rate of false alarms")
    if design not in DESIGN_NAMES:
        raise InvalidInput(f"The design must be one of {', '.join(DESIGN_NAMES)}.")
    if design == "stepped wedge":
        if together < 2:
            raise InvalidInput("A stepped wedge needs two units or more.")
        treated = 1 - np.tri(together, together + 1)
    else:
        # Cells: before and after, then the comparison's before and after.
        treated = np.array([0.0, 1.0, 0.0, 0.0])[: 4 if design == "comparison" else 2]
    return _Plan(
        baseline=rate, units=together, dispersion=spread, treated=treated,
        design=design,
    )  # fmt: skip


def _left_by_effects(treated: FloatArray, mean: FloatArray) -> float:
    """Return the information on the measure that effects of units and steps leave."""
    total = mean.sum(axis=1, keepdims=True)
    flag = treated - (mean * treated).sum(axis=1, keepdims=True) / total
    steps = np.arange(1, treated.shape[1])
    dummies = (np.arange(treated.shape[1])[:, None] == steps).astype(float)
    inner = dummies[None] - ((mean @ dummies) / total)[:, None, :]
    columns, weights = inner.reshape(-1, steps.size), mean.ravel()
    cross = columns.T @ (weights * flag.ravel())
    own = float(weights @ flag.ravel() ** 2)
    return own - float(cross @ np.linalg.solve(columns.T @ (columns * weights[:, None]), cross))


def _checked_change(change: float) -> float:
    moved = inputs.number(change, name="change")
    if moved <= -1 or moved == 0:
        raise InvalidInput("The change must be a share above -1 and not zero, such as -0.2.")
    return moved


def _smallest(plan: _Plan, need: float, periods: float, *, falls: bool) -> float:
    """Return by bisection the smallest fall or rise seen in so many periods."""

    def seen(ratio: float) -> bool:
        return need * plan.variance(ratio) / periods <= math.log(ratio) ** 2

    near, far = 0.0, 1e-6
    while not seen(math.exp(-far if falls else far)):
        # Small strides: a deep fall leaves so few events that it is seen less well again.
        near, far = far, far * 1.05
        if far > 40:
            raise CannotTell(
                "Not even a fall to nothing could be seen in this time.",
                next_step="Give more periods or units, or a measure of harm that is less rare.",
            )
    for _ in range(100):
        middle = (near + far) / 2
        near, far = (
            (near, middle) if seen(math.exp(-middle if falls else middle)) else (middle, far)
        )
    return math.expm1(-far if falls else far)


def _caveats(plan: _Plan, periods: float, change: float) -> tuple[str, ...]:
    fewest = plan.baseline * periods * min(1.0, 1 + change)
    fewest *= 1 if plan.design == "stepped wedge" else plan.units
    if fewest < FEWEST_EVENTS and plan.design != "stepped wedge":
        return (
            ONLY_CHANCE,
            SIZE_KNOWN,
            f"With fewer than {FEWEST_EVENTS} events on one side the formula is rough: simulate.",
        )
    return (ONLY_CHANCE, SIZE_KNOWN)


def _drawn(
    mean: FloatArray, dispersion: float, times: int, source: np.random.Generator
) -> FloatArray:
    shape = (times, *mean.shape)
    if dispersion > 1:
        extra = dispersion - 1
        return source.poisson(source.gamma(mean / extra, extra, shape)).astype(float)
    return source.poisson(mean, shape).astype(float)
