"""Knox's test by hand, and what it refuses."""

from __future__ import annotations

import numpy as np
import pytest

from nhpf.methods.near_repeat import knox


def test_bands_by_hand() -> None:
    """Four events on a line: pairs are 0, 100 and 1,000 or more apart; edges belong to bands."""
    found = knox(
        [0, 0, 100, 2000],
        [0, 0, 0, 0],
        [0, 7, 8, 40],
        distances=[0, 100],
        intervals=[7, 14],
        permutations=19,
        rng=1,
    )
    assert found.observed.tolist() == [[1, 0], [1, 1]]
    # Six pairs in all: one on one spot, two 100 apart; two within 7 days, one in 8 to 14.
    assert found.expected.tolist() == pytest.approx(np.array([[2 / 6, 1 / 6], [4 / 6, 2 / 6]]))
    assert found.ratio[0, 0] == pytest.approx(3)


def test_expected_pairs_are_the_mean_over_shuffles() -> None:
    rng = np.random.default_rng(1)
    x, y, t = rng.random(80), rng.random(80), rng.integers(0, 60, 80)
    options = {"distances": [0.1, 0.2], "intervals": [5, 20], "permutations": 1}
    tables = [knox(x, y, rng.permutation(t), rng=1, **options).observed for _ in range(400)]
    expected = knox(x, y, t, rng=1, **options).expected
    assert np.mean(tables, axis=0) == pytest.approx(expected, rel=0.08)


def test_repeats_are_found_and_said() -> None:
    rng = np.random.default_rng(2)
    x, y, t = rng.random((3, 150))
    near = [np.concatenate([values, values[:40] + 0.004]) for values in (x, y, t)]
    found = knox(*near, distances=[0.01, 0.05], intervals=[0.01, 0.1], permutations=199, rng=1)
    assert found.p[0, 0] == 1 / 200
    assert found.ratio[0, 0] > 5
    first = str(found).splitlines()[1]
    assert "up to 0.01 apart and up to 0.01 later" in first
    assert first.endswith("can be told from chance")
    assert "over 0.01 to 0.05 apart" in str(found)
