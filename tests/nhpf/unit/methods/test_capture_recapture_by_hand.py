"""Capture and recapture by hand, and what it refuses."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nhpf.errors import CannotTell, InvalidInput
from nhpf.methods.capture_recapture import LINKAGE_CAVEAT, chapman, chapman_linked


def test_by_hand() -> None:
    """(99 + 1)(49 + 1) / (24 + 1) - 1 = 199; 75, 25 and 24 are seen, so 75 are not."""
    found = chapman(99, 49, 24)
    assert found.estimate == pytest.approx(199)
    assert (found.seen, found.unseen) == pytest.approx((124, 75))
    variance = 100 * 50 * 75 * 25 / (25**2 * 26)
    assert found.se == pytest.approx(math.sqrt(variance))
    spread = math.exp(1.959964 * math.sqrt(math.log(1 + variance / 75**2)))
    assert (found.unseen_low, found.unseen_high) == pytest.approx((75 / spread, 75 * spread))
    assert (found.low, found.high) == pytest.approx((124 + 75 / spread, 124 + 75 * spread))
    assert LINKAGE_CAVEAT not in found.caveats


def test_sure_links_are_a_count() -> None:
    sure = chapman_linked(99, 49, np.ones(24))
    assert (sure.estimate, sure.low, sure.high) == pytest.approx(
        (lambda known: (known.estimate, known.low, known.high))(chapman(99, 49, 24))
    )


def test_doubt_widens_the_interval_and_leaves_the_estimate() -> None:
    sure = chapman_linked(990, 490, np.ones(240))
    unsure = chapman_linked(990, 490, np.full(480, 0.5))
    assert unsure.estimate == pytest.approx(sure.estimate)
    # 480 labels at even chances: V = 120; of 240 expected matches, half the information is lost.
    assert unsure.both_sd == pytest.approx(math.sqrt(120 / (1 - 120 / 240)))
    assert unsure.low < sure.low < sure.high < unsure.high
    slope = 991 * 491 / 241**2
    assert unsure.se**2 == pytest.approx(sure.se**2 + slope**2 * 240)
    assert LINKAGE_CAVEAT in unsure.caveats


def test_when_one_list_holds_the_other_nothing_is_unseen() -> None:
    found = chapman(30, 12, 12)
    assert found.unseen == 0
    assert (found.low, found.high) == (30, 30)


def test_words_say_both_numbers_and_every_assumption() -> None:
    said = str(chapman(99, 49, 24))
    assert said.splitlines()[1].startswith("  In neither list: 75.0 (")
    assert "independent" in said
    assert said.count("Note:") == 3


@pytest.mark.parametrize("both", [0, 6])
def test_too_small_an_overlap_is_refused(both: int) -> None:
    with pytest.raises(CannotTell):
        chapman(500, 400, both)
    with pytest.raises(CannotTell):
        chapman_linked(500, 400, np.full(650, 0.01))


@pytest.mark.parametrize(
    "call",
    [
        lambda: chapman(10, 20, 11),
        lambda: chapman(-1, 20, 10),
        lambda: chapman(10.5, 20, 10),  # type: ignore[arg-type]
        lambda: chapman(100, 200, 50, level=1),
        lambda: chapman_linked(100, 200, [0.5, 1.5]),
        lambda: chapman_linked(100, 200, []),
        lambda: chapman_linked(100, 200, [0.5, np.nan]),
        lambda: chapman_linked(8, 9, np.ones(9)),
    ],
)
def test_meaningless_input_is_refused(call: object) -> None:
    with pytest.raises(InvalidInput):
        call()  # type: ignore[operator]
