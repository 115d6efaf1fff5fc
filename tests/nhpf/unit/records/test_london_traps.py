"""Each fault of the London files is met, and what was done about it is said."""

from __future__ import annotations

import numpy as np

from nhpf.records import Release

YEARLY = [98, 115, 102, 101, 86, 116, 111, 136, 134, 153, 132, 131, 111, 106, 100, 91, 10]


def test_homicides_by_year_are_those_published(release: Release) -> None:
    found = release.query("london_homicide_by_year")
    assert found["year"].tolist() == list(range(2010, 2027))
    assert found["homicides"].tolist() == YEARLY
    assert sum(YEARLY) == 1833


def test_homicides_by_month_hold_those_without_a_ward(release: Release) -> None:
    found = release.query("london_homicide_by_month")
    assert found["month"].size == 191
    assert found["with_ward"].sum() == 1833
    assert found["homicides"].sum() == 1833 + 76
    assert found["without_borough"].sum() <= 76
    assert found["month"][0] == np.datetime64("2010-04-01")
    assert found["month"][-1] == np.datetime64("2026-02-01")


def test_month_of_the_stub_comes_from_the_historical_file(release: Release) -> None:
    assert release.trap("stub_month") == {"offences": 40, "homicides": 0}
    assert any("stub of 40 offences" in each for each in release.caveats("london_ward_offences"))
    found = release.query("london_offences_by_month", category="VIOLENCE WITH INJURY")
    wards = release.query(
        "wards_offences_in_period",
        category="VIOLENCE WITH INJURY",
        first="2024-02-01",
        last="2024-02-01",
    )
    in_boroughs = found["offences"][found["month"] == np.datetime64("2024-02-01")][0]
    assert 0.95 * in_boroughs < wards["offences"].sum() <= in_boroughs


def test_homicides_without_a_ward_are_76(release: Release) -> None:
    assert release.trap("homicides_without_ward") == {"homicides": 76, "before": 64, "since": 12}
    found = release.query("london_homicides_without_ward")
    assert found["in_borough_file"].tolist() == [1709, 200]
    assert found["in_ward_file"].tolist() == [1645, 188]
    assert found["without_ward"].tolist() == [64, 12]
    said = " ".join(release.caveats("london_borough_offences"))
    assert "64 to February 2024 and 12 since" in said


def test_a_ward_without_a_homicide_is_a_zero(release: Release) -> None:
    found = release.query(
        "wards_offences_in_period", category="HOMICIDE", first="2010-04-01", last="2026-02-01"
    )
    assert found["code"].size == 679
    assert found["offences"].sum() == 1833
    assert (found["offences"] == 0).sum() == 111
    assert found["offences"].max() == 13
    assert found["offences"].mean() == np.float64(1833 / 679)
    assert round(float(found["offences"].var(ddof=1)), 2) == 5.61


def test_wards_come_in_the_order_of_their_codes(release: Release) -> None:
    for query in ("wards_offences_in_period", "boroughs_offences_in_period"):
        found = release.query(query, category="HOMICIDE", first="2010-04-01", last="2026-02-01")
        assert found["code"].tolist() == sorted(found["code"].tolist())


def test_heathrow_villages_is_one_ward_of_its_borough(release: Release) -> None:
    found = release.query(
        "wards_offences_in_period", category="ARSON", first="2010-04-01", last="2026-02-01"
    )
    at = found["code"].tolist().index("E05013570")
    assert found["borough_code"][at] == "E09000017"
    assert found["offences"][at] > 0


def test_padded_codes_lose_no_knife_crime(release: Release) -> None:
    assert release.trap("padded_codes") == {"padded": 24846, "rows": 59431}
    for subtype, offences in (("Knife Crime", 57709), ("Knife Crime with Injury", 14529)):
        assert release.query("knife_crime_by_month", subtype=subtype)["offences"].sum() == offences
    without = release.trap("knife_crime_without_ward")["without"]
    wards = release.query(
        "wards_knife_crime_in_period", subtype="Knife Crime", first="2022-03-01", last="2026-02-01"
    )
    assert wards["code"].size == 679
    assert wards["offences"].sum() == 57709 - without


def test_old_and_new_categories_are_never_added(release: Release) -> None:
    found = release.trap("overlapping_categories")
    assert found == {"categories": 4, "months": 24}
    new = release.query("london_offences_by_year", category="RES BURGLARY OF A HOME")
    old = release.query("london_offences_by_year", category="DOMESTIC BURGLARY")
    both = (new["offences"] > 0) & (old["offences"] > 0)
    assert both.any()


def test_stacked_sheets_are_not_added(release: Release) -> None:
    found = release.trap("stacked_sheets")
    assert found["offences"] == found["by_place"] == 1_612_003
    strangled = release.query(
        "vawg_offences_by_year", offence="Non-fatal strangulation and suffocation"
    )
    assert strangled["offences"].sum() == 17_134


def test_borough_of_a_victim_comes_from_the_file_that_recorded_crime_bears_out(
    release: Release,
) -> None:
    """The other copy of the file holds 278 victims in Ealing, where recorded crime holds few."""
    victims = release.query("homicide_victims_by_borough_year", borough="E09000009")
    recorded = release.query("borough_offences_by_year", category="HOMICIDE", borough="E09000009")
    counted = dict(zip(victims["year"].tolist(), victims["victims"].tolist(), strict=True))
    years = [year for year in recorded["year"].tolist() if 2011 <= year <= 2023]
    gaps = [
        abs(counted[year] - recorded["offences"][recorded["year"] == year][0]) for year in years
    ]
    assert max(gaps) <= 1
