"""Relative rates by hand, against the comparison of two rates, and what they refuse."""

from __future__ import annotations

import numpy as np
import pytest

from nhpf.methods.disproportionality import relative_rate
from nhpf.methods.rates import compare


@pytest.mark.parametrize(("own", "other"), [(14, 9), (3, 40), (0, 5), (5, 0), (600, 480)])
def test_one_stratum_is_the_comparison_of_two_rates(own: int, other: int) -> None:
    """The second implementation: limits through the beta distribution, to 1e-8."""
    (found,) = relative_rate([other, own], [50_000, 20_000], reference=0)
    theirs = compare(other, 50_000, own, 20_000)
    assert (found.estimate, found.low, found.high) == pytest.approx(
        (theirs.estimate, theirs.low, theirs.high), rel=1e-8
    )
    assert found.p == pytest.approx(theirs.p, rel=1e-8)
    assert found.told_from_chance == theirs.told_from_chance


def test_years_are_pooled_and_said() -> None:
    years = relative_rate([[4, 6, 5], [7, 3, 9]], np.full((2, 3), 1000), reference=0)[0]
    pooled = relative_rate([15, 19], [3000, 3000], reference=0)[0]
    assert (years.low, years.high) == (pooled.low, pooled.high)
    assert "Fewer than three periods" in str(pooled)
    assert "Fewer than three periods" not in str(years)


def test_within_strata_like_is_compared_with_like() -> None:
    """Each age band has equal rates; all together the younger group looks three times as high."""
    counts, people = [[10, 90], [90, 10]], [[1000, 900], [9000, 100]]
    crude = relative_rate(counts, people, reference=1)[0]
    within = relative_rate(counts, people, reference=1, strata=["older", "younger"])[0]
    assert crude.told_from_chance
    assert crude.estimate == pytest.approx((100 / 1900) / (100 / 9100))
    assert within.estimate == pytest.approx(1)
    assert not within.told_from_chance
    assert "2 strata" in within.method
    assert "cannot be told from chance" in str(within)


def test_many_groups_are_allowed_for() -> None:
    found = relative_rate([100, 20, 10, 11], [10_000, 1000, 1000, 1000], reference=0)
    assert [each.group for each in found] == [1, 2, 3]
    assert found[0].p_adjusted == pytest.approx(3 * found[0].p)
    assert "share one reference" in found[0].caveats[-1]
