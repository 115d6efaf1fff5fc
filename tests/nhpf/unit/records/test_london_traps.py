"""Each fault of the London files is met, and what was done about it is said."""

from __future__ import annotations

from nhpf.records import Release

YEARLY = [98, 115, 102, 101, 86, 116, 111, 136, 134, 153, 132, 131, 111, 106, 100, 91, 10]


def test_homicides_by_year_are_those_published(release: Release) -> None:
    found = release.query("london_homicide_by_year")
    assert found["year"].tolist() == list(range(2010, 2027))
    assert found["homicides"].tolist() == YEARLY
    assert sum(YEARLY) == 1833


def test_stub_month_is_set_aside_and_said(release: Release) -> None:
    assert release.trap("stub_month") == {"offences": 40, "homicides": 0}
    assert any("stub of 40 offences" in each for each in release.caveats("london_ward_offences"))
