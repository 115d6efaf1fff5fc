"""All 76 profiles and the nation's: for both audiences, and with made-up cases marked as such."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable

import pytest

from nhpf.errors import RefusedByDisclosure
from nhpf.framework import Edition
from nhpf.profile import build
from nhpf.records import Release, areas, find_area
from nhpf.reports import figures, to_html
from nhpf.reports.distribution import given_to
from nhpf.reports.documents import to_document
from nhpf.reports.tree import Distribution, Report

Profile = Callable[..., Report]
NATION, CITY, ESSEX = "K04000001", "E09000001", "E23000028"
GIVEN = Distribution("Head of Crime", "to agree the plan")
HELD = ("homicide_cases", "crime_events", "hospital_assaults")


@pytest.fixture(scope="module")
def codes(release: Release) -> list[str]:
    forces = [each.code for each in areas(release, "force")]
    boroughs = [each.code for each in areas(release, "local_authority") if each.code[:3] == "E09"]
    # The City of London is one of the 33, and has a police force of its own.
    assert (len(forces), len(boroughs)) == (43, 33)
    return [NATION, *forces, *boroughs]


def rests_on(report: Report) -> set[str]:
    """Return the tables that a report's figures come from."""
    return {
        table for one in figures(report) for source in one.provenance for table in source.tables
    }


def test_every_restricted_profile_builds_from_the_shipped_release(
    profile: Profile, codes: list[str]
) -> None:
    """The public ones are looked at in test_every_place."""
    for code in codes:
        report = profile(code, "restricted")
        assert (report.audience, report.marking) == ("restricted", "OFFICIAL-SENSITIVE"), code
        assert report.sections, code
        assert all(section.blocks for section in report.sections), code
        assert not rests_on(report) & set(HELD), code
        assert "SYNTHETIC" not in report.title, code


def check_marked(full: Release, edition: Edition, codes: list[str]) -> None:
    """In the title, in the marking, and above and below the page; a printed page repeats it."""
    for code in codes:
        report = build(find_area(code, full), release=full, edition=edition, audience="restricted")
        if code == CITY and not rests_on(report) & set(HELD):
            continue
        assert report.title.startswith("SYNTHETIC "), code
        assert report.marking == "SYNTHETIC OFFICIAL-SENSITIVE", code
        assert "made up" in report.handling, code
        page = to_html(given_to(report, GIVEN), signed={})
        body = page[page.index("<body") :]
        assert body.count("SYNTHETIC OFFICIAL-SENSITIVE") >= 2, code
        assert "SYNTHETIC" in page[: page.index("</title>")], code


def test_with_made_up_cases_a_restricted_profile_says_so_on_every_page(
    full: Release, edition: Edition
) -> None:
    check_marked(full, edition, [NATION, ESSEX, "E23000034", "E09000012"])


@pytest.mark.prove
def test_with_made_up_cases_all_restricted_profiles_say_so_on_every_page(
    full: Release, edition: Edition, codes: list[str]
) -> None:
    check_marked(full, edition, codes)


@pytest.mark.parametrize("every", [9, pytest.param(1, marks=pytest.mark.prove)])
def test_no_public_profile_below_the_nation_rests_on_records_that_are_held(
    full: Release, edition: Edition, codes: list[str], every: int
) -> None:
    """Near misses, hospital attendances and cases stay with named readers; so do two documents."""
    for code in codes[1::every]:
        area = find_area(code, full)
        public = build(area, release=full, edition=edition)
        assert not rests_on(public) & set(HELD), code
        assert not {"near-misses", "hospital", "cases-trend", "subtypes"} & {
            section.id for section in public.sections
        }, code
        assert public.marking == "OFFICIAL", code
        for kind in ("screen", "deaths"):
            with pytest.raises(RefusedByDisclosure):
                build(area, release=full, edition=edition, kind=kind)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_a_printed_profile_of_made_up_cases_says_so_on_each_page(
    full: Release, edition: Edition
) -> None:
    area = find_area(ESSEX, full)
    report = build(area, release=full, edition=edition, audience="restricted")
    printed = to_document(given_to(report, GIVEN), "pdf", signed={})
    read = subprocess.run(["pdftotext", "-", "-"], input=printed, capture_output=True, check=True)
    pages = read.stdout.decode().split("\f")[:-1]
    assert len(pages) > 10
    assert [at for at, text in enumerate(pages) if "SYNTHETIC OFFICIAL-SENSITIVE" not in text] == []
