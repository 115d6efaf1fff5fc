"""Kulldorff's spatial scan: the circle whose cases are least likely by chance."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.methods.scan import checking, drawing, finding
from nhpf.methods.scan.results import Scan
from nhpf.methods.scan.searching import Search, lay_out
from nhpf.numerics import inputs, permutation
from nhpf.numerics.inputs import FloatArray
from nhpf.numerics.permutation import Rng


def spatial(
    cases: npt.ArrayLike,
    population: npt.ArrayLike,
    xy: npt.ArrayLike,
    *,
    expected: npt.ArrayLike | None = None,
    max_share: float = 0.5,
    permutations: int = 999,
    most: int = 10,
    rng: Rng,
) -> Scan:
    """Return the clusters, a ``Scan``, of a spatial Poisson scan (Kulldorff 1997).

    Parameters
    ----------
    cases : array_like, shape (n,)
        Events of each area. Fractions are taken, where events were apportioned to areas.
    population : array_like, shape (n,)
        People at risk; bounds the circles and, without ``expected``, says what is expected.
    xy : array_like, shape (n, 2)
        A point of each area in a plane, such as metres of the national grid.
    expected : array_like, shape (n,), optional
        Cases expected in each area, adjusted for what is known to matter; scaled to all cases.
    max_share : float
        Largest share of the population in a circle, at most one half.
    permutations, most : int
        Replications under chance alone; how many clusters to list.
    rng : Generator or int
        Source of chance, or a seed.

    Raises
    ------
    InvalidInput
        Unlike lengths, NaN, negative counts, cases where none can be expected.
    CannotTell
        Fewer than two areas or cases, or no area within the largest share.

    Notes
    -----
    With c cases and e expected in a circle and C in all, the log-likelihood ratio is
    c log(c/e) + (C - c) log((C - c)/(C - e)) where c > e. Cost grows with areas times areas in the
    largest circle times permutations; memory with areas times permutations (2 bytes each).
    """
    counts, people, means = _checked(cases, population, expected)
    checking.share_of_population(max_share)
    points = checking.points(xy, areas=counts.size)
    search = _search(counts, means, people, points, max_share)
    draw = drawing.dealt_anew(
        np.diff(search.expected), round(search.total), permutation.generator(rng)
    )
    question = finding.Question(
        permutations=permutations,
        most=inputs.whole(most, name="number of clusters asked for"),
        method=f"spatial Poisson scan, circles up to {max_share:.0%} of the population",
        caveats=checking.caveats(counts, expected is not None),
    )
    return finding.answer(
        search, checking.summed(counts[search.ground.order, None]), draw, question
    )


def _checked(
    cases: npt.ArrayLike, population: npt.ArrayLike, expected: npt.ArrayLike | None
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return cases, population and what is in proportion to the cases expected."""
    counts = inputs.count_array(cases, name="cases")
    people = inputs.count_array(population, name="population")
    means = people if expected is None else inputs.count_array(expected, name="expected cases")
    inputs.same_length(cases=counts, population=people, expected_cases=means)
    return counts, people, means


def _search(
    counts: FloatArray, means: FloatArray, people: FloatArray, points: FloatArray, share: float
) -> Search:
    total = float(counts.sum())
    checking.enough(counts, total)
    if people.sum() == 0 or means.sum() == 0:
        raise InvalidInput("The population cannot be zero everywhere.")
    if (counts[means == 0] > 0).any():
        raise InvalidInput("An area without population has cases.")
    scaled = means * (total / means.sum())
    checking.rare(scaled)
    ground = lay_out(points, people, share)
    if ground.weight.min() > ground.cap:
        raise CannotTell(
            "Every area holds more than the largest share of the population.",
            next_step="Use smaller areas or a larger share.",
        )
    once = np.zeros(1, np.int64)
    return Search(ground, checking.summed(scaled[ground.order, None]), once, once + 1, total)
