"""The screen: from the nation's signal to a local problem with its reason, for named recipients."""

from __future__ import annotations

import numpy as np
import pytest

from nhpf.errors import CannotTell, RefusedByDisclosure
from nhpf.framework import Edition
from nhpf.profile import build
from nhpf.profile.scope import Scope
from nhpf.profile.screen import AREAS, signals
from nhpf.records import Release, areas, find_area
from nhpf.records.subtypes import SUBTYPES
from nhpf.reports import figures
from nhpf.reports.tree import Figure, Pointer, Report

Raised = frozenset[tuple[str, str]]


def screened(full: Release, edition: Edition, code: str) -> Report:
    area = find_area(code, full)
    return build(area, release=full, edition=edition, audience="restricted", kind="screen")


def scope(full: Release, edition: Edition, code: str) -> Scope:
    return Scope(find_area(code, full), full, edition, "restricted")


def test_the_five_raised_forces_are_found_and_false_finds_stay_within_the_rate(
    full: Release, edition: Edition, raised: Raised
) -> None:
    found = set()
    for area in areas(full, "force"):
        try:
            found |= {
                (area.code, each.subtype) for each in signals(scope(full, edition, area.code))
            }
        except CannotTell:
            # The City of London has six small areas and may have no case at all.
            assert area.code == "E23000034"
    assert raised <= found
    assert len(found - raised) <= 1


def test_the_chain_from_signal_to_problem(full: Release, edition: Edition, raised: Raised) -> None:
    for force, subtype in sorted(raised)[:2]:
        report = screened(full, edition, force)
        assert [section.id for section in report.sections[:4]] == [
            "nation", "here", "check", "problem",
        ]  # fmt: skip
        assert "over-represented" in report.headline.sentence
        ids = {one.id for one in figures(report)}
        assert {"national-subtypes", "subtypes", "subtype-rates", "years-5", "check-5"} <= ids
        pointed = {
            block.entry
            for section in report.sections
            for block in section.blocks
            if isinstance(block, Pointer)
        }
        assert pointed == set(AREAS[subtype])


def test_where_nothing_stands_out_there_is_no_problem_and_it_is_said(
    full: Release, edition: Edition
) -> None:
    report = screened(full, edition, "E23000014")
    assert report.headline.sentence.startswith("No homicide sub-type is over-represented")
    said = " ".join(
        getattr(block, "text", "") for section in report.sections for block in section.blocks
    )
    assert "could still be missed" in said
    assert "no problem to take up" in said


def test_the_local_check_counts_the_rows(full: Release, edition: Edition, raised: Raised) -> None:
    force, subtype = sorted(raised)[0]
    figure = next(one for one in figures(screened(full, edition, force)) if one.id == "years-5")
    asked = (
        "select year(recorded_month)::varchar, count(*) from homicide_cases where force = $force"
        " and homicide_subtype(victim_age_band, victim_sex, domestic, place_type) = $subtype"
        " group by all"
    )
    held = full._connection.cursor().execute(asked, {"force": force, "subtype": subtype})
    rows = dict(held.fetchall())
    assert dict(figure.table.rows) == {year: rows.get(year, 0) for year, _ in figure.table.rows}


def test_shares_of_the_check_are_of_those_known(
    full: Release, edition: Edition, raised: Raised
) -> None:
    report = screened(full, edition, sorted(raised)[0][0])
    figure = next(one for one in figures(report) if one.id == "check-5")
    for part in {str(row[0]) for row in figure.table.rows}:
        shares = [row[3].estimate for row in figure.table.rows if row[0] == part]
        assert np.sum(shares) == pytest.approx(1)


def test_the_public_and_those_without_cases_are_refused(
    full: Release, release: Release, edition: Edition
) -> None:
    essex = find_area("E23000028", full)
    with pytest.raises(RefusedByDisclosure, match="named recipients only"):
        build(essex, release=full, edition=edition, kind="screen")
    with pytest.raises(CannotTell, match="no homicide cases") as refused:
        build(essex, release=release, edition=edition, audience="restricted", kind="screen")
    assert "nhpf records import homicide_cases" in str(refused.value.next_step)


def test_every_sub_type_leads_to_areas_of_the_framework(edition: Edition) -> None:
    assert set(AREAS) == set(SUBTYPES)
    assert {area for named in AREAS.values() for area in named} <= {
        entry.id for entry in edition.of_kind("area")
    }


def test_no_list_of_the_screen_names_other_forces(full: Release, edition: Edition) -> None:
    names = {area.name for area in areas(full, "force")} - {"Essex"}
    for one in figures(screened(full, edition, "E23000028")):
        assert isinstance(one, Figure)
        assert not names & {str(cell) for row in one.table.rows for cell in row}
