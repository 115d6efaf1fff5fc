"""Every part of a problem profile is there in its order, filled or with what is missing."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from nhpf.framework import Edition
from nhpf.profile import build
from nhpf.profile.cases import cases_of
from nhpf.profile.cases.held import Cases
from nhpf.profile.local_parts import ORDER, PARTS
from nhpf.profile.pinch_points import crossings
from nhpf.profile.scope import Scope
from nhpf.records import Release, areas, find_area
from nhpf.reports import figures, to_json
from nhpf.reports.publication import published_part
from nhpf.reports.tree import Figure, Missing, Report

from .parts_in_order import positions

Profile = Callable[..., Report]
ESSEX, HACKNEY, LEEDS, NATION, LONDON = (
    "E23000028", "E09000012", "E08000035", "K04000001", "E23000001",
)  # fmt: skip


@pytest.fixture(scope="module")
def filled(full: Release, edition: Edition) -> Profile:
    @cache
    def built(code: str, audience: str = "restricted") -> Report:
        area = find_area(code, full)
        return build(area, release=full, edition=edition, audience=audience)  # type: ignore[arg-type]

    return built


def test_a_part_without_data_names_who_holds_them_and_how_to_add_them(profile: Profile) -> None:
    for code in (ESSEX, LEEDS, HACKNEY):
        report = profile(code)
        for id in ("no-subtypes", "inequalities", "activity"):
            section = next(each for each in report.sections if each.id == id)
            found = [each for each in section.blocks if isinstance(each, Missing)]
            assert found, (code, id)
            assert all(each.holder and each.how_to_add for each in found)


@pytest.mark.parametrize("code", [ESSEX, HACKNEY, LEEDS, NATION, LONDON])
def test_with_cases_every_part_is_filled(filled: Profile, code: str) -> None:
    report = filled(code)
    at = positions(report)
    assert at == sorted(at)
    ids = {section.id for section in report.sections}
    assert not {part.instead for part in PARTS if part.instead} & ids
    for name in ("pinch-points", "inequalities", "recommendations", "requirements", "subtypes"):
        section = next(each for each in report.sections if each.id == name)
        assert any(isinstance(each, Figure) for each in section.blocks), (code, name)


def test_the_order_names_each_section_once(filled: Profile, profile: Profile) -> None:
    assert len(set(ORDER)) == len(ORDER)
    for report in (filled(LONDON), profile(LONDON), profile(NATION)):
        ids = [section.id for section in report.sections]
        assert len(ids) == len(set(ids))


def cases(full: Release, edition: Edition, code: str) -> tuple[Scope, Cases]:
    scope = Scope(find_area(code, full), full, edition, "restricted")
    found = cases_of(scope)
    assert found is not None
    return scope, found


def test_pinch_points_are_the_largest_crossings_of_the_rows(
    full: Release, edition: Edition
) -> None:
    scope, held = cases(full, edition, ESSEX)
    found = crossings(scope, held)
    asked = (
        "select relationship, place_type, count(*) from homicide_cases where force = $force and "
        "year(recorded_month) between $first and $last and alcohol_related = 'yes' group by all"
    )
    given = {"force": ESSEX, "first": held.years[0], "last": held.years[-1]}
    rows = full._connection.cursor().execute(asked, given).fetchall()
    counted = {(relationship, place): n for relationship, place, n in rows}
    alcohol = [each for each in found if each.circumstance == ("alcohol", "yes")]
    assert alcohol
    for each in alcohol:
        assert counted[each.relationship, each.place] == each.victims
    assert [each.victims for each in found] == sorted(
        (each.victims for each in found), reverse=True
    )
    assert all(each.victims >= 3 for each in found)


def test_pinch_points_below_the_nation_are_for_named_readers(filled: Profile) -> None:
    for code in (ESSEX, HACKNEY, LONDON):
        public = {one.id for one in figures(filled(code, "public"))}
        assert "pinch-points" not in public
    nation = next(one for one in figures(filled(NATION, "public")) if one.id == "pinch-points")
    counts = [row[1] for row in nation.table.rows]
    assert counts
    assert all(int(str(n)) >= 10 and int(str(n)) % 5 == 0 for n in counts)


def test_rates_by_group_are_of_the_rows_and_residents(
    filled: Profile, full: Release, edition: Edition
) -> None:
    _, held = cases(full, edition, ESSEX)
    figure = next(one for one in figures(filled(ESSEX)) if one.id == "rates-by-ethnic-group")
    assert len(held.years) >= 3
    for group, victims, residents, rate in figure.table.rows:
        assert victims == held.here("victim_ethnicity").get(str(group).lower(), 0)
        expected = 1e6 * victims / (residents * len(held.years))  # type: ignore[operator]
        assert rate.estimate == pytest.approx(expected)  # type: ignore[union-attr]
        assert rate.low <= rate.estimate <= rate.high  # type: ignore[union-attr]


def test_a_comparison_of_groups_from_cases_waits_for_its_own_assessment(filled: Profile) -> None:
    report = filled(ESSEX)
    compare = [one for one in figures(report) if one.disparity]
    own = [one for one in compare if one.disparity and one.disparity.assessment.endswith("cases")]
    assert {one.id for one in own} == {"victims-by-sex", "rates-by-age", "rates-by-ethnic-group"}
    assert all(one.disparity and "years" in one.disparity.pooling for one in own)
    shown = {one.id for one in figures(published_part(report, {"eia-profile-age-sex"}))}
    assert not shown & {one.id for one in own}
    signed = {one.id for one in figures(published_part(report, {"eia-profile-cases"}))}
    assert signed >= {one.id for one in own}


def test_a_recommendation_that_rests_on_a_comparison_waits_with_it(profile: Profile) -> None:
    report = profile(LONDON)
    waiting = next(one for one in figures(report) if one.id == "recommended-age-sex")
    assert waiting.disparity is not None
    named = {str(row[1]) for row in waiting.table.rows}
    assert "Youth violence" in named
    unsigned = to_json(published_part(report, set()))
    section = unsigned[unsigned.index('"recommendations"') :]
    assert "look at" in section
    assert "about youth violence" not in section
    ids = {one.id for one in figures(published_part(report, {"eia-profile-age-sex"}))}
    assert {"recommended-age-sex", "gaps-by-level-age-sex"} <= ids


def test_each_recommendation_has_an_owner_a_date_and_a_measure(
    profile: Profile, release: Release
) -> None:
    seen = 0
    for code in [each.code for each in areas(release, "force")]:
        for one in figures(profile(code)):
            if one.id.startswith("recommended"):
                for row in one.table.rows:
                    seen += 1
                    assert all(str(cell) for cell in row[1:])
                    assert "would show a fall of" in str(row[5]) or "to be agreed" in str(row[5])
    assert seen > 100


def test_requirements_ask_for_what_is_missing_and_for_what_could_not_be_told(
    profile: Profile,
) -> None:
    report = profile(LONDON)
    asked = next(one for one in figures(report) if one.id == "intelligence-requirements")
    questions = {str(row[1]) for row in asked.table.rows}
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Missing):
                assert block.what in questions
    low = [each for each in report.judgements if each.confidence == "low"]
    assert low
    assert all(f"Is it so? {each.sentence}" in questions for each in low)
