"""What the records say of differences between groups, with interval and limits."""

from __future__ import annotations

import math

import pytest

from nhpf.errors import InvalidInput
from nhpf.framework import load_edition
from nhpf.methods.disproportionality import relative_rate
from nhpf.profile.differences import (
    Difference,
    comparisons_of_groups,
    differences_between_groups,
    ratio_of_rates,
)
from nhpf.records import Release


@pytest.fixture(scope="module")
def found(release: Release) -> dict[str, Difference]:
    held = differences_between_groups(release, load_edition("2026"))
    return {one.key: one for one in held}


def test_each_carries_everything_that_must_stand_beside_it(
    found: dict[str, Difference], release: Release
) -> None:
    assert len(found) == 6
    for one in found.values():
        assert all((one.place, one.what, one.value, one.period, one.source, one.method))
        assert one.cannot_say.endswith(".")
        assert one.release == release.id
        assert "95% interval" in one.value or one.key == "national-ethnicity"


def test_each_figure_of_a_profile_waits_for_its_own_assessment(
    found: dict[str, Difference],
) -> None:
    assert {one.part: one.assessment for one in found.values() if one.part} == {
        "ethnicity": "eia-profile-ethnicity",
        "age-sex": "eia-profile-age-sex",
        "unsolved": "eia-profile-unsolved",
    }
    assert set(comparisons_of_groups(load_edition("2026"))) == {"ethnicity", "age-sex", "unsolved"}


def test_stop_and_search_of_london_is_the_released_count_over_the_census(
    found: dict[str, Difference], release: Release
) -> None:
    rows = release.query("stop_searches_by_ethnicity", area="E23000001")
    counts = dict(zip(rows["ethnic_group"].tolist(), rows["searches"].tolist(), strict=True))
    said = found["stop-search-E23000001"].value
    for group in ("Black or Black British", "White"):
        assert f"{counts[group]:,} searches" in said
    missing = counts["Not stated"] + counts["Vehicle only"]
    assert f"{missing / sum(counts.values()):.0%} of searches are in no group" in said


def test_the_ratio_is_near_the_exact_one() -> None:
    ratio = ratio_of_rates(153, 138, people=(3_564_411, 14_175_651))
    (exact,) = relative_rate([138, 153], [14_175_651, 3_564_411], reference=0)
    assert ratio.estimate == pytest.approx(exact.estimate)
    assert ratio.low == pytest.approx(exact.low, rel=0.02)
    assert ratio.high == pytest.approx(exact.high, rel=0.02)


def test_a_ratio_over_none_has_no_upper_limit() -> None:
    ratio = ratio_of_rates(3, 0, people=(100, 100))
    assert math.isinf(ratio.estimate)
    assert ratio.low > 0
    with pytest.raises(InvalidInput):
        ratio_of_rates(0, 0, people=(100, 100))
