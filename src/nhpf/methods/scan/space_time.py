"""Kulldorff's scan over space and time: cylinders, a circle over an interval of periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.methods.scan import checking, drawing, finding
from nhpf.methods.scan.results import Scan
from nhpf.methods.scan.searching import Draw, Ground, Search, lay_out
from nhpf.numerics import inputs, permutation
from nhpf.numerics.inputs import FloatArray, IntArray
from nhpf.numerics.permutation import Rng

ALIVE = (
    "Looking back each period finds clusters by chance: the recurrence interval says how often, "
    "not the p-value."
)
POPULATION_SHIFT = (
    "A population that grows faster in some areas than in others looks like a cluster in time."
)


def space_time(
    cases_by_period: npt.ArrayLike,
    population: npt.ArrayLike | None,
    xy: npt.ArrayLike,
    *,
    expected: npt.ArrayLike | None = None,
    max_share: float = 0.5,
    max_periods: int | None = None,
    prospective: bool = False,
    model: Literal["poisson", "permutation"] = "poisson",
    permutations: int = 999,
    most: int = 10,
    rng: Rng,
) -> Scan:
    """Return the clusters, a ``Scan``, in space and time (Kulldorff 2001; and others 2005).

    Parameters
    ----------
    cases_by_period : array_like, shape (n, periods)
        Events of each area in each period, periods of one length.
    population : array_like, shape (n,) or (n, periods), or None
        People at risk; None for the permutation model, whose circles are then bounded by cases.
    expected : array_like, shape (n, periods), optional
        For the Poisson model: cases expected, adjusted for season or what else is known to matter.
    max_periods : int, optional
        Longest window, half of all periods unless given.
    prospective : bool
        Only windows that last until the end, with their recurrence interval.
    model : {"poisson", "permutation"}
        Poisson expects cases by population; permutation expects each area's cases to fall in time
        as all do, and so needs no population.
    xy, max_share, permutations, most, rng
        As in :func:`spatial`.

    Raises
    ------
    InvalidInput
        A table of another shape, NaN, negative counts, a longest window of no or all periods.
    CannotTell
        Fewer than two areas, periods or cases.

    Notes
    -----
    The ratio is that of :func:`spatial`; the permutation model expects cases of the circle times
    cases of the interval over all. Cost grows with areas times areas in the largest circle times
    intervals (``max_periods`` if prospective, else that times periods) times permutations.
    """
    checking.share_of_population(max_share)
    cases = _whole(cases_by_period, fractions=model == "poisson")
    longest = _longest(max_periods, cases.shape[1])
    people = _people(population, cases, model)
    means = _means(cases, people if expected is None else _expected(expected, cases, model), model)
    ground = _ground(checking.points(xy, areas=len(cases)), people, max_share)
    order = ground.order
    plan = _Plan(ground, cases[order], means[order], longest, prospective, model)
    question = plan.question(permutations, most, adjusted=expected is not None)
    return finding.answer(plan.search(), plan.seen(), plan.draw(rng), question)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Cases and means in the ground's order, and the windows in time that are looked at."""

    ground: Ground
    cases: FloatArray
    means: FloatArray
    longest: int
    prospective: bool
    model: str

    @property
    def first(self) -> int:
        """The first period in which a window may begin."""
        return self.cases.shape[1] - self.longest if self.prospective else 0

    def seen(self) -> FloatArray:
        """Return the cases summed over the periods of windows."""
        return checking.summed(self.cases[:, self.first :])

    def search(self) -> Search:
        """Return the search over circles and intervals."""
        starts, ends = self._intervals()
        expected = checking.summed(self.means[:, self.first :])
        return Search(self.ground, expected, starts, ends, float(self.cases.sum()))

    def draw(self, rng: Rng) -> Draw:
        """Return how replications are drawn."""
        chance = permutation.generator(rng)
        if self.model == "permutation":
            return drawing.shuffled(self.cases.astype(np.int64), self.first, chance)
        seen = self.means[:, self.first :]
        if self.first:
            # Cases of the periods before belong to the total but to no window.
            before = self.means[:, : self.first].sum(axis=1)
            seen = np.column_stack([seen, before])
        return drawing.dealt_anew(seen, round(self.cases.sum()), chance)

    def question(self, permutations: int, most: int, *, adjusted: bool) -> finding.Question:
        """Return what is asked and what must stand beside the answer."""
        dealt = self.model == "permutation"
        notes = list(checking.caveats(self.cases, adjusted or dealt))
        if self.prospective:
            notes.append(ALIVE)
        if dealt:
            notes.append(POPULATION_SHIFT)
        return finding.Question(
            permutations=permutations,
            most=inputs.whole(most, name="number of clusters asked for"),
            method=str(self),
            caveats=tuple(notes),
            first_period=self.first,
            prospective=self.prospective,
        )

    def __str__(self) -> str:
        """Return the method as a statistician would name it."""
        kind = "prospective space-time" if self.prospective else "space-time"
        share = self.ground.cap / self.ground.weight.sum()
        return (
            f"{kind} {self.model} scan, up to {self.longest} of {self.cases.shape[1]} periods, "
            f"circles up to {share:.0%} of the population"
        )

    def _intervals(self) -> tuple[IntArray, IntArray]:
        periods = self.cases.shape[1] - self.first
        starts, ends = np.nonzero(np.triu(np.ones((periods, periods), np.bool_)))
        kept = (ends - starts < self.longest) & ((ends == periods - 1) | (not self.prospective))
        return starts[kept].astype(np.int64), ends[kept].astype(np.int64) + 1


def _ground(points: FloatArray, people: FloatArray, max_share: float) -> Ground:
    ground = lay_out(points, people.mean(axis=1), max_share)
    if ground.weight.min() > ground.cap:
        raise CannotTell("Every area holds more than the largest share of the population.")
    return ground


def _whole(table: npt.ArrayLike, *, fractions: bool) -> FloatArray:
    cases = checking.table(table, name="cases")
    if cases.shape[1] < 2:
        raise CannotTell("A scan over time needs at least two periods.")
    if not fractions and (cases != np.floor(cases)).any():
        raise InvalidInput("The permutation model deals the times of whole cases anew.")
    checking.enough(cases, float(cases.sum()))
    return cases


def _longest(max_periods: int | None, periods: int) -> int:
    longest = max(1, periods // 2) if max_periods is None else int(max_periods)
    if not 1 <= longest < periods:
        raise InvalidInput("The longest window must be at least one period and less than all.")
    return longest


def _people(population: npt.ArrayLike | None, cases: FloatArray, model: str) -> FloatArray:
    """Return the weight of each area in each period."""
    if model not in ("poisson", "permutation"):
        raise InvalidInput("The model must be poisson or permutation.")
    if population is None:
        if model == "poisson":
            raise InvalidInput("The Poisson model needs the population of each area.")
        return np.repeat(cases.sum(axis=1, keepdims=True), cases.shape[1], axis=1)
    people = inputs.numbers(population, name="population")
    if people.ndim == 1:
        people = np.repeat(people[:, None], cases.shape[1], axis=1)
    people = checking.table(people, name="population")
    if people.shape != cases.shape:
        raise InvalidInput("The population must have a row for each area, a column a period.")
    if people.sum() == 0:
        raise InvalidInput("The population cannot be zero everywhere.")
    return people


def _means(cases: FloatArray, people: FloatArray, model: str) -> FloatArray:
    """Return the cases expected in each area and period, given all of them."""
    if model == "permutation":
        means = np.outer(cases.sum(axis=1), cases.sum(axis=0)) / cases.sum()
    else:
        if (cases[people == 0] > 0).any():
            raise InvalidInput("An area without population has cases.")
        means = people * (cases.sum() / people.sum())
    checking.rare(means)
    return np.asarray(means)


def _expected(expected: npt.ArrayLike, cases: FloatArray, model: str) -> FloatArray:
    if model == "permutation":
        raise InvalidInput("The permutation model expects what the cases themselves say.")
    means = checking.table(expected, name="expected cases")
    if means.shape != cases.shape or means.sum() == 0:
        raise InvalidInput("Expected cases need a row for each area, a column a period.")
    return means
