"""Is it worth it? Costs and benefits of preventing harm, with everything that is uncertain."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from nhpf.errors import InvalidInput
from nhpf.methods.economics.discounting import LATEST, RateKind, discount_factors
from nhpf.numerics import Estimate, inputs, intervals
from nhpf.numerics.estimates import in_words, percent
from nhpf.numerics.inputs import FloatArray
from nhpf.numerics.permutation import Rng, generator

FEWEST_DRAWS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertain:
    """A number above zero known by its interval, drawn log-normally; equal limits fix it.

    Attributes
    ----------
    low, high : float
        Limits of the interval; the middle is their geometric mean.
    level : float
        Confidence level of the interval.
    """

    low: float
    high: float
    level: float = 0.95

    @property
    def middle(self) -> float:
        """The median."""
        return math.sqrt(self.low * self.high)

    def draw(self, draws: int, rng: np.random.Generator) -> FloatArray:
        """Return numbers whose interval at the level is that from low to high."""
        spread = math.log(self.high / self.low) / 2 / intervals.normal_quantile(self.level)
        return np.asarray(self.middle * np.exp(spread * rng.standard_normal(draws)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal:
    """Costs and benefits over all years, in present values.

    Attributes
    ----------
    net_benefit, benefits, costs : Estimate
        Mean over the draws, with the middle share of them as interval.
    prevented : Estimate
        Harms prevented, undiscounted; below zero if the harm may rise.
    worth_it : Estimate
        Chance that benefits exceed costs; its interval is only that of the number of draws.
    switching : dict of str to float
        For each input the value at which benefits equal costs, all others at their middle; NaN
        where no value above zero does.
    edition : str
        Edition of the Green Book.
    """

    net_benefit: Estimate
    benefits: Estimate
    costs: Estimate
    prevented: Estimate
    worth_it: Estimate
    switching: dict[str, float]
    edition: str
    method: str
    caveats: tuple[str, ...]

    def __str__(self) -> str:
        """Return the chance that benefits exceed costs, the net benefit and the caveats."""
        net = self.net_benefit
        head = (
            f"Benefits exceed costs in {percent(self.worth_it.estimate)} of draws; net benefit "
            f"{in_words(net.estimate)} ({net.interval_in_words()}; {self.method})"
        )
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])


def appraise(
    *,
    harms: Uncertain | float,
    rate_ratio: Uncertain | float,
    reach: Uncertain | float,
    cost_of_harm: Uncertain | float,
    cost: Uncertain | float,
    years: int,
    optimism_bias: float = 0.0,
    kind: RateKind = "standard",
    edition: str = LATEST,
    draws: int = 20_000,
    level: float = 0.95,
    rng: Rng,
) -> Appraisal:
    """Appraise a measure by Monte Carlo over effect, reach and costs (HM Treasury's Green Book).

    Each year prevents harms x reach x (1 - rate ratio); the cost grows with the draws.

    Parameters
    ----------
    harms : Uncertain or float
        Harms a year without the measure.
    rate_ratio : Uncertain or float
        Rate with the measure over rate without, among those reached: 0.8 is 20% fewer.
    reach : Uncertain or float
        Share of harms among those reached; a draw above 1 counts as 1.
    cost_of_harm, cost : Uncertain or float
        Cost of one harm, and of the measure each year, in real prices of one year.
    years : int
        Years that the measure runs, the first one this year.
    optimism_bias : float
        Share added to the cost: 0.2 for 20%.
    kind, edition : str
        Kind of discount rate and edition of the Green Book.

    Raises
    ------
    InvalidInput
        A number not above zero, limits in the wrong order, a reach above 1, too few draws.
    """
    given = {"harms": harms, "rate_ratio": rate_ratio, "reach": reach,
             "cost_of_harm": cost_of_harm, "cost": cost}  # fmt: skip
    known = {name: _checked(name, number) for name, number in given.items()}
    if known["reach"].middle > 1:
        raise InvalidInput("The reach is a share and cannot be above 1.")
    draws = inputs.whole(draws, name="number of draws", least=FEWEST_DRAWS)
    inputs.count_array([optimism_bias], name="optimism bias")
    inputs.share(level, name="confidence level")
    span = float(discount_factors(years, kind=kind, edition=edition).sum())
    source = generator(rng)
    drawn = {name: number.draw(draws, source) for name, number in known.items()}
    prevented = drawn["harms"] * np.minimum(drawn["reach"], 1) * (1 - drawn["rate_ratio"])
    benefits = prevented * drawn["cost_of_harm"] * span
    costs = drawn["cost"] * (1 + optimism_bias) * span
    middles = {name: number.middle for name, number in known.items()}
    return _summed_up(
        prevented * years, benefits, costs, level=level, edition=edition, kind=kind,
        switching=_switching(middles, 1 + optimism_bias), optimism_bias=optimism_bias,
    )  # fmt: skip


def _checked(name: str, number: Uncertain | float) -> Uncertain:
    known = number if isinstance(number, Uncertain) else Uncertain(low=number, high=number)
    words = name.replace("_", " ")
    low, high = inputs.positive(known.low, name=words), inputs.positive(known.high, name=words)
    inputs.share(known.level, name="confidence level")
    if low > high:
        raise InvalidInput(f"The lower limit of the {words} is above the upper one.")
    return known


def _switching(middles: dict[str, float], bias: float) -> dict[str, float]:
    """Return the value of each input at which yearly benefits equal yearly costs."""
    cost = middles["cost"] * bias
    saved = 1 - middles["rate_ratio"]
    worth = middles["harms"] * middles["reach"] * middles["cost_of_harm"]
    needed = cost / (worth * saved) if saved > 0 else math.nan
    found = {name: middles[name] * needed for name in ("harms", "reach", "cost_of_harm")}
    found["rate_ratio"] = 1 - cost / worth
    found["cost"] = worth * saved / bias
    beyond = {name for name, value in found.items() if value <= 0}
    if found["reach"] > 1:
        beyond.add("reach")
    return {name: math.nan if name in beyond else value for name, value in found.items()}


def _summed_up(
    prevented: FloatArray,
    benefits: FloatArray,
    costs: FloatArray,
    *,
    switching: dict[str, float],
    optimism_bias: float,
    level: float,
    edition: str,
    kind: str,
) -> Appraisal:
    wins, draws = float((benefits > costs).sum()), float(benefits.size)
    low, high = intervals.wilson(np.array([wins]), np.array([draws]), level=level)
    caveats = [
        "Uncertain inputs are drawn independently; what is left out of them is left out here.",
        "A ratio of benefits to costs is not the decision: harms, fairness and law come first.",
    ]
    if optimism_bias == 0:
        caveats.append("No optimism bias was added to the cost.")
    return Appraisal(
        net_benefit=_over_draws(benefits - costs, level),
        benefits=_over_draws(benefits, level),
        costs=_over_draws(costs, level),
        prevented=_over_draws(prevented, level),
        worth_it=Estimate(
            estimate=wins / draws, low=float(low[0]), high=float(high[0]), level=level,
            method=f"share of {draws:,.0f} draws",
        ),
        switching=switching,
        edition=edition,
        method=f"Monte Carlo, {draws:,.0f} draws, {kind} rate, Green Book {edition}",
        caveats=tuple(caveats),
    )  # fmt: skip


def _over_draws(values: FloatArray, level: float) -> Estimate:
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    return Estimate(
        estimate=float(values.mean()), low=float(low), high=float(high), level=level,
        method="mean and middle share of draws",
    )  # fmt: skip
