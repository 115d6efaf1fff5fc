"""Values of indicators for areas, each with limits, provenance and the audience's policy."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

import nhpf
from nhpf.errors import CannotTell
from nhpf.indicators import Measurement, compute, indicator
from nhpf.records import Release, find_area

OPEN_DATA = Path(nhpf.__file__).parent / "open_data"


def measured(id: str, area: str, release: Release, **options: str) -> Measurement:
    return compute(indicator(id), find_area(area, release), release=release, **options)  # type: ignore[arg-type]


def test_robbery_in_london_adds_both_kinds(release: Release) -> None:
    path = OPEN_DATA / "london_borough_offences_historical.parquet"
    counted = duckdb.sql(
        f"select sum(columns('2019.*')) from '{path}' where minortext like 'ROBBERY OF%'"
    ).fetchall()
    found = {each.period: each.count.value for each in measured("robbery", "Met", release).counts}
    assert found["2019"] == sum(counted[0])


def test_homicide_of_a_borough_is_by_year_and_never_by_month(release: Release) -> None:
    found = measured("homicide-count", "E09000012", release)
    assert found.monthly is None
    assert [each.months for each in found.counts] == [9] + [12] * 15 + [2]


def test_knife_crime_of_boroughs_adds_up_to_london_less_what_has_no_borough(
    release: Release,
) -> None:
    whole = measured("knife-crime-with-injury", "Met", release).monthly
    assert whole is not None
    assert (whole.first.isoformat(), whole.last.isoformat()) == ("2022-03-01", "2026-02-01")
    assert whole.counts.sum() == 14529
    one = measured("knife-crime-with-injury", "Hackney", release).monthly
    assert one is not None
    assert len(one.counts) == len(whole.counts)


def test_a_force_has_the_one_year_of_its_table(release: Release) -> None:
    found = measured("homicide-count", "Greater Manchester", release)
    (only,) = found.counts
    assert (only.period, only.count.value) == ("year ending March 2019", 60)
    assert only.low is not None
    assert only.high is not None
    assert only.low < 60 < only.high
    assert found.sources[0].series == "Police recorded crime, financial year"


def test_the_nation_counts_british_transport_police_too(release: Release) -> None:
    (only,) = measured("homicide-count", "K04000001", release).counts
    assert only.count.value == 691


def test_small_counts_of_other_harm_are_withheld_in_public(release: Release) -> None:
    public = measured("robbery", "Richmond upon Thames", release)
    assert all(each.low is not None for each in public.counts)
    few = measured("drug-trafficking", "Kingston upon Thames", release)
    restricted = measured(
        "drug-trafficking", "Kingston upon Thames", release, audience="restricted"
    )
    for shown, whole in zip(few.counts, restricted.counts, strict=True):
        assert whole.count.value is not None
        assert shown.count.is_withheld == (0 < whole.count.value < 5)
        assert (shown.low is None) == shown.count.is_withheld


def test_a_share_has_wilson_limits_and_its_whole(release: Release) -> None:
    found = measured("homicide-sharp", "Met", release).shares
    latest = found[-1]
    assert (latest.period, latest.count.value, latest.whole) == ("2021 to 2023", 237, 351)
    assert latest.share == pytest.approx(237 / 351)
    assert latest.low == pytest.approx(0.6245, abs=0.001)
    assert latest.high == pytest.approx(0.7220, abs=0.001)


def test_a_withheld_part_leaves_no_share(release: Release) -> None:
    found = measured("homicide-domestic", "Met", release).shares
    withheld = [each for each in found if each.count.is_withheld]
    assert withheld
    assert all(each.share is None and each.whole is None for each in withheld)


@pytest.mark.parametrize(
    ("id", "area"),
    [
        ("homicide-sharp", "Greater Manchester"),
        ("homicide-count", "Leeds"),
        ("knife-crime-with-injury", "Greater Manchester"),
    ],
)
def test_what_no_open_table_holds_is_said(id: str, area: str, release: Release) -> None:
    with pytest.raises(CannotTell, match="No open table holds"):
        measured(id, area, release)
