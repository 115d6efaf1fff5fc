"""Chapman's estimator against numbers printed in textbooks, and its interval against simulation.

The textbook numbers are those that the R package FSA checks itself against.
"""

from __future__ import annotations

import numpy as np
import pytest

from nhpf.methods.capture_recapture import chapman, chapman_linked
from nhpf.numerics.intervals import normal_quantile


@pytest.mark.parametrize(
    ("first", "second", "both", "estimate", "where"),
    [
        (948, 421, 167, 2383, "Krebs (1989), box 2.1"),
        (109, 177, 57, 337, "Ricker (1975)"),
        (421, 332, 88, 1578, "Pine et al. (2013), box 11.2"),
        (500, 149, 7, 9393, "Seber (2002), table 3.7"),
        (1000, 243, 21, 11101, "Seber (2002), table 3.7"),
    ],
)
def test_estimates_of_textbooks(
    first: int, second: int, both: int, estimate: int, where: str
) -> None:
    assert round(chapman(first, second, both).estimate) == estimate, where


@pytest.mark.parametrize(("counts", "se"), [((500, 149, 7), 3022), ((1000, 243, 21), 2184)])
def test_standard_errors_of_seber(counts: tuple[int, int, int], se: int) -> None:
    assert round(chapman(*counts).se) == se


def test_normal_interval_of_pine_follows_from_the_standard_error() -> None:
    found = chapman(421, 332, 88)
    limits = [found.estimate + side * normal_quantile(0.95) * found.se for side in (-1, 1)]
    assert [round(limit) for limit in limits] == [1330, 1826]


def coverage(runs: int, *, rng: np.random.Generator, linked: bool) -> tuple[float, float]:
    """Return the share of intervals that hold the truth, and the mean error of the estimates."""
    hits, errors, events = 0, [], 3000
    for _ in range(runs):
        first, second = rng.random((2, events)) < np.array([[0.4], [0.3]])
        sizes, both = (int(first.sum()), int(second.sum())), int((first & second).sum())
        found = chapman_linked(*sizes, linkage(both, rng)) if linked else chapman(*sizes, both)
        hits += found.low <= events <= found.high
        errors.append(found.estimate / events - 1)
    return hits / runs, float(np.mean(errors))


def linkage(matches: int, rng: np.random.Generator) -> np.ndarray:
    """Return match probabilities as linkage makes them: the share of matches is estimated too.

    Ten pairs that are no match come with each event expected in both; their scores overlap.
    """
    score = rng.normal(0, 1, matches + 3600)
    score[:matches] += 3.5
    ratio = np.exp(3.5 * score - 3.5**2 / 2)
    share = 0.05
    for _ in range(60):
        p = share * ratio / (share * ratio + 1 - share)
        share = p.mean()
    return p


@pytest.mark.parametrize("linked", [False, True])
def test_a_few_intervals_hold_the_truth(linked: bool) -> None:
    share, bias = coverage(200, rng=np.random.default_rng(1), linked=linked)
    assert 0.91 <= share <= 0.985
    assert abs(bias) < 0.01


@pytest.mark.prove
@pytest.mark.parametrize("linked", [False, True])
def test_coverage_is_nominal_within_monte_carlo_error(linked: bool) -> None:
    runs = 10_000
    share, bias = coverage(runs, rng=np.random.default_rng(2), linked=linked)
    # Three Monte Carlo errors, and half a point for the log-normal shape being an approximation.
    assert abs(share - 0.95) < 3 * (0.95 * 0.05 / runs) ** 0.5 + 0.005
    assert abs(bias) < 0.003
