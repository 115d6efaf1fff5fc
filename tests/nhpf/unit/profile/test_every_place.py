"""Every force, every borough and the nation: built whole, and nothing in them that may not be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from nhpf.framework import Edition
from nhpf.records import Release, areas
from nhpf.reports import figures, to_html, to_json
from nhpf.reports.tree import Block, Figure, Pointer, Report

from .parts_in_order import positions

Profile = Callable[..., Report]
METROPOLITAN, NATION, LEEDS, CITY = "E23000001", "K04000001", "E08000035", "E09000001"
ATTRIBUTES = ("sex", "age", "method", "domestic", "ethnic", "solved", "male")


@pytest.fixture(scope="module")
def codes(release: Release) -> list[str]:
    forces = [area.code for area in areas(release, "force")]
    boroughs = [
        area.code for area in areas(release, "local_authority") if area.code.startswith("E09")
    ]
    assert (len(forces), len(boroughs)) == (43, 33)
    return [NATION, LEEDS, "W06000015", *forces, *boroughs]


@pytest.fixture(scope="module")
def reports(profile: Profile, codes: list[str]) -> dict[str, Report]:
    return {code: profile(code) for code in codes}


def own_figures(report: Report) -> Iterator[Figure]:
    """Yield the figures that speak of who was harmed in the area, not beside it or of residents."""
    beside = {"national-shares", "national-methods", "indicator-definitions", "similar-areas"}
    yield from (one for one in figures(report) if one.id not in beside)


def test_each_figure_says_where_it_comes_from(reports: dict[str, Report]) -> None:
    for code, report in reports.items():
        for one in figures(report):
            assert one.title, (code, one.id)
            assert one.subtitle, (code, one.id)
            assert one.reading, (code, one.id)
            assert one.provenance, (code, one.id)
            for source in one.provenance:
                assert all((source.series, source.period, source.extract_date, source.vintage)), (
                    code,
                    one.id,
                )
            widths = {len(row) for row in one.table.rows}
            assert widths == {len(one.table.columns)}, (code, one.id)


def test_every_part_is_there_in_its_order(reports: dict[str, Report]) -> None:
    for code, report in reports.items():
        at = positions(report)
        assert at == sorted(at), code
        for section in report.sections:
            assert section.blocks, (code, section.id)
        assert all(each.confidence for each in (report.headline, *report.judgements)), code


def test_ids_are_used_once_and_judgements_rest_on_figures(reports: dict[str, Report]) -> None:
    for code, report in reports.items():
        ids = [one.id for one in figures(report)]
        assert len(ids) == len(set(ids)), code
        judged = (report.headline, *report.judgements)
        assert len({each.id for each in judged}) == len(judged), code
        for each in judged:
            assert each.figures, (code, each.id)
            assert set(each.figures) <= set(ids), (code, each.id)
            assert each.sentence.endswith("."), (code, each.sentence)


def test_forces_boroughs_and_the_nation_have_three_to_five_judgements(
    reports: dict[str, Report],
) -> None:
    for code, report in reports.items():
        told = 1 + len(report.judgements)
        least = 2 if code in (LEEDS, "W06000015", CITY) else 3
        assert least <= told <= 6, (code, told)


def test_pointers_lead_to_entries_and_to_figures(
    reports: dict[str, Report], edition: Edition
) -> None:
    for code, report in reports.items():
        ids = {one.id for one in figures(report)}
        found = [each for each in blocks(report) if isinstance(each, Pointer)]
        assert found, code
        for area in found:
            assert edition.entry(area.entry).kind == "area"
            assert set(area.figures) <= ids, (code, area.entry)
            assert area.figures
            assert area.toolkits, (code, area.entry)
            for toolkit in area.toolkits:
                assert edition.entry(toolkit.entry).kind == "toolkit"
                assert "Evidence: " in toolkit.why


def blocks(report: Report) -> Iterator[Block]:
    for section in report.sections:
        yield from section.blocks


def test_no_list_of_areas_is_in_the_order_of_a_rate(reports: dict[str, Report]) -> None:
    """Tables of areas stand in the order of their names, and the order is not that of a count."""
    for code, report in reports.items():
        for one in figures(report):
            if one.table.columns and one.table.columns[0].heading in ("Area", "Borough", "Ward"):
                names = [str(row[0]) for row in one.table.rows]
                assert names == sorted(names), (code, one.id)


def test_no_ward_is_shown_with_its_homicides(reports: dict[str, Report]) -> None:
    for code, report in reports.items():
        for one in figures(report):
            heads = [column.heading for column in one.table.columns]
            if "Ward" in heads:
                assert not any("omicide" in head for head in heads), (code, one.id)
                assert "omicide" not in one.title


def test_public_profiles_below_london_hold_no_table_of_who_was_killed(
    reports: dict[str, Report],
) -> None:
    for code, report in reports.items():
        if code in (NATION, METROPOLITAN):
            continue
        for one in own_figures(report):
            assert one.disparity is None, (code, one.id)
            heads = " ".join(column.heading.lower() for column in one.table.columns)
            assert not any(f" {word}" in f" {heads}" for word in ATTRIBUTES), (code, heads)


def test_no_borough_shows_homicide_by_month(reports: dict[str, Report]) -> None:
    for code, report in reports.items():
        if code.startswith("E09") and code != CITY:
            found = next(one for one in figures(report) if one.id == "homicide-by-year")
            assert [str(row[0]) for row in found.table.rows] == [
                str(year) for year in range(2010, 2027)
            ]


def test_every_report_can_be_written(reports: dict[str, Report], edition: Edition) -> None:
    signed = set(edition.assessments)
    for code in (NATION, METROPOLITAN, "E09000012", "E23000032", "E23000034", LEEDS):
        assert to_json(reports[code], signed=signed)
        assert "<svg" in to_html(reports[code], signed=signed) or code == LEEDS


def test_the_same_release_gives_the_same_bytes(
    release: Release, edition: Edition, reports: dict[str, Report]
) -> None:
    from nhpf.profile import build
    from nhpf.records import find_area

    area = find_area(METROPOLITAN, release)
    again = build(area, release=release, edition=edition)
    assert to_json(again) == to_json(reports[METROPOLITAN])


def test_restricted_profiles_carry_their_marking_and_who_was_killed(profile: Profile) -> None:
    hackney = profile("E09000012", "restricted")
    assert hackney.marking == "OFFICIAL-SENSITIVE"
    assert hackney.handling
    assert "method-by-period" in {one.id for one in figures(hackney)}
    public = {one.id for one in figures(profile("E09000012"))}
    assert public <= {one.id for one in figures(hackney)}
    kent = profile("E23000032", "restricted")
    assert "national-methods" in {one.id for one in figures(kent)}
    assert profile("E09000012").marking == "OFFICIAL"


def test_what_is_not_signed_is_not_shown(reports: dict[str, Report]) -> None:
    text = to_json(reports[METROPOLITAN])
    assert "eia-profile-unsolved" in text
    assert "stay unsolved more often" not in text
    assert "aged 13 to 24" not in text


def test_a_force_that_is_not_london_names_what_is_missing(reports: dict[str, Report]) -> None:
    for code, report in reports.items():
        section = next(each for each in report.sections if each.id == "missing")
        assert len(section.blocks) >= 6, code


def test_the_city_of_london_police_is_compared_with_nobody(reports: dict[str, Report]) -> None:
    city = reports["E23000034"]
    assert "cannot be compared" in city.headline.sentence
    funnel = next(one for one in figures(city) if one.id == "force-funnel")
    assert "City of London Police" not in {row[0] for row in funnel.table.rows}


def test_what_the_police_look_for_judges_no_area(reports: dict[str, Report]) -> None:
    """Weapons and drugs stand apart in words, and alone in no judgement."""
    for code, report in reports.items():
        for each in (report.headline, *report.judgements):
            named = [
                word
                for word in ("possession of weapons", "trafficking")
                if word in each.sentence.lower()
            ]
            before, apart, _ = each.sentence.partition("Of what the police look for, ")
            assert not named or apart, (code, each.sentence)
            assert not any(word in before.lower() for word in named), (code, each.sentence)


def test_one_profile_says_one_number_of_years_to_see_a_fall(reports: dict[str, Report]) -> None:
    """Judgements and limits of a borough rest on the same five years."""
    for code, report in reports.items():
        if not code.startswith("E09") or code == CITY:
            continue
        limits = next(each for each in report.sections if each.id == "limits")
        said = [each.because for each in (report.headline, *report.judgements)]
        said.append(getattr(limits.blocks[0], "text", "").partition("; for a typical")[0])
        years = {
            found for each in said for found in re.findall(r"fifth would take about (\d+)", each)
        }
        assert len(years) == 1, (code, years)


def test_a_force_says_that_its_year_is_old_and_who_has_newer(reports: dict[str, Report]) -> None:
    for code in ("E23000032", "E23000034"):
        report = reports[code]
        terms = next(each for each in report.sections if each.id == "terms")
        for text in (report.headline.because, " ".join(_texts(terms.blocks))):
            assert "seven years old" in text, code
            assert "Newer years are published by the Home Office" in text, code


def _texts(found: tuple[Block, ...]) -> list[str]:
    return [getattr(each, "text", "") for each in found]


def test_the_restricted_copy_claims_no_more_than_it_shows(profile: Profile) -> None:
    for code, beside in (("E09000012", "London's"), ("E23000032", "the nation's")):
        terms = next(each for each in profile(code, "restricted").sections if each.id == "terms")
        inset = _texts(terms.blocks)[-1]
        assert "holds the same figures as the public profile" in inset
        assert f"sets {beside} published tables" in inset
    nation = next(each for each in profile(NATION, "restricted").sections if each.id == "terms")
    assert "beside" not in _texts(nation.blocks)[-1]
