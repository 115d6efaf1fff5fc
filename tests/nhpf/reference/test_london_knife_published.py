"""Knife homicide where knife assaults had been, London: what the published counts come to.

Source: Massey, Sherman and Coupe (2019), knife-injury assaults of 2016/17 and knife homicides of
2017/18 in 4,835 small areas (LSOAs). No two of the 97 homicides share an area. 2,048 areas had an
assault and hold 67 of them, 41 had six or more and hold 6; the abstract says 69%, "15% against 1%"
and "1,400%" (15 times 1). The sources give 2,787 or 2,781 areas without an assault: 4,835 less
2,048 is 2,787. Relative risks and their Wald limits, and the accuracy indices, are arithmetic on
these counts.
"""

from __future__ import annotations

import numpy as np
import pytest

from nhpf.methods import effect_sizes, hot_spots, meta_analysis, rates

AREAS, ASSAULTED, SIX_OR_MORE = 4835, 2048, 41
HOMICIDES, IN_ASSAULTED, IN_SIX_OR_MORE = 97, 67, 6
NONE, IN_NONE = AREAS - ASSAULTED, HOMICIDES - IN_ASSAULTED


@pytest.mark.parametrize(
    ("hits", "areas", "per_cent"),
    [
        (IN_ASSAULTED, ASSAULTED, 3.27),
        (IN_NONE, NONE, 1.08),
        (IN_SIX_OR_MORE, SIX_OR_MORE, 14.6),
        (579, 4765, 12.2),  # areas with any homicide, 2000 to 2010
    ],
)
def test_shares_of_areas_with_a_homicide(hits: int, areas: int, per_cent: float) -> None:
    found = rates.proportion(hits, areas)
    assert 100 * found.estimate == pytest.approx(per_cent, abs=0.05)
    assert found.low < found.estimate < found.high


@pytest.mark.parametrize(
    ("hits", "areas", "published"),
    [
        (IN_ASSAULTED, ASSAULTED, (3.04, 1.98, 4.66)),
        (IN_SIX_OR_MORE, SIX_OR_MORE, (13.6, 6.0, 30.9)),
    ],
)
def test_relative_risks_and_limits(
    hits: int, areas: int, published: tuple[float, float, float]
) -> None:
    tables = [hits], [areas], [IN_NONE], [NONE]
    one = effect_sizes.log_risk_ratio(*tables)
    half = 1.959964 * np.sqrt(one.variances[0])
    limits = np.exp(one.effects[0] + half * np.array([0, -1, 1]))
    assert limits == pytest.approx(published, rel=0.005)
    # The second way to the same ratio, and to limits that differ only in their variance.
    pooled = meta_analysis.mantel_haenszel(*tables, measure="RR")
    assert pooled.estimate == pytest.approx(limits[0], rel=1e-12)
    assert [pooled.low, pooled.high] == pytest.approx(limits[1:], rel=1e-8)


def test_capture_and_accuracy_indices() -> None:
    """Scores in the three classes that are known: none, some, six or more."""
    score = np.repeat([0, 1, 6], [NONE, ASSAULTED - SIX_OR_MORE, SIX_OR_MORE])
    homicides = np.zeros(AREAS)
    homicides[:IN_NONE] = 1
    homicides[NONE : NONE + IN_ASSAULTED - IN_SIX_OR_MORE] = 1
    homicides[-IN_SIX_OR_MORE:] = 1
    found = hot_spots.capture(score, homicides, None, (SIX_OR_MORE / AREAS, ASSAULTED / AREAS))
    most, any_assault = found.at
    assert (most.places, any_assault.places) == (SIX_OR_MORE, ASSAULTED)
    assert (round(most.pai, 2), round(any_assault.pai, 2)) == (7.29, 1.63)
    assert (round(most.estimate, 2), round(any_assault.estimate, 2)) == (0.06, 0.69)
    assert most.tie_low == most.tie_high == most.estimate
