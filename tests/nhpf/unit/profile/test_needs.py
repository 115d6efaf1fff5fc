"""The needs assessment: every chapter of the Duty, a module for each partner, links that lead."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest

from nhpf.framework import Edition
from nhpf.profile import build
from nhpf.profile.commission import Commission
from nhpf.profile.partners import PARTNERS
from nhpf.records import Release, find_area
from nhpf.reports import figures, to_html, to_json
from nhpf.reports.publication import published_part
from nhpf.reports.tree import Figure, Missing, Paragraph, Report

Needs = Callable[..., Report]
CHAPTERS = (
    "reference", "duty", "involved", "definition", "population", "trend", "root-causes",
    "life-course", "partner-police", "partner-health", "partner-local-authority",
    "partner-education", "partner-probation-youth-justice", "partner-fire", "partner-vru",
    "activity", "gaps", "recommendations", "requirements", "annex",
)  # fmt: skip
PLACES = ("K04000001", "E23000001", "E23000028", "E09000012", "E08000035", "W06000015")
LONDON, ESSEX = "E23000001", "E23000028"


@pytest.fixture(scope="module")
def needs(release: Release, edition: Edition) -> Needs:
    @cache
    def built(code: str, audience: str = "public") -> Report:
        return build(
            find_area(code, release),
            release=release,
            edition=edition,
            audience=audience,  # type: ignore[arg-type]
            kind="needs",
        )

    return built


def named(report: Report, id: str) -> Figure:
    return next(one for one in figures(report) if one.id == id)


@pytest.mark.parametrize("code", PLACES)
@pytest.mark.parametrize("audience", ["public", "restricted"])
def test_every_chapter_is_there_in_order(needs: Needs, code: str, audience: str) -> None:
    report = needs(code, audience)
    assert report.title.startswith("Strategic needs assessment: ")
    ids = [section.id for section in report.sections]
    assert len(ids) == len(set(ids))
    at = [ids.index(each) for each in CHAPTERS]
    assert at == sorted(at)
    known = {one.id for one in figures(report)}
    for judged in (report.headline, *report.judgements):
        assert set(judged.figures) <= known, judged.id


@pytest.mark.parametrize("code", PLACES)
def test_links_lead_to_modules_of_the_document(needs: Needs, code: str) -> None:
    report = needs(code)
    ids = {section.id for section in report.sections}
    lines = [
        block.text
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Paragraph) and block.text.startswith("See also: ")
    ]
    assert len(lines) >= 10
    led = {id for line in lines for id in re.findall(r"\(([a-z-]+)\)", line)}
    assert led <= ids
    assert len(led) >= 10


def test_what_is_in_reach_names_the_partner_in_the_framework(
    needs: Needs, edition: Edition
) -> None:
    titles = {each.title: each for each in edition.of_kind("area")}
    for partner in PARTNERS:
        rows = named(needs(ESSEX), f"reach-{partner.id}").table.rows
        assert rows, partner.id
        order = [row[2] == "yes" for row in rows]
        assert order == sorted(order, reverse=True)
        for row in rows:
            area = titles[str(row[1])]
            serving = [
                each
                for each in edition.toolkits_of(area.id)
                if set(each.partners) & set(partner.called)
            ]
            assert serving or set(area.partners) & set(partner.called), (partner.id, area.id)


def test_each_partner_is_asked_for_what_is_not_held_and_not_for_what_is(
    needs: Needs, full: Release, edition: Edition
) -> None:
    def asked(report: Report, id: str) -> list[Missing]:
        section = next(each for each in report.sections if each.id == f"partner-{id}")
        return [each for each in section.blocks if isinstance(each, Missing)]

    for partner in PARTNERS:
        assert asked(needs(ESSEX), partner.id), partner.id
    filled = build(
        find_area(ESSEX, full), release=full, edition=edition, audience="restricted", kind="needs"
    )
    assert not asked(filled, "police")
    assert len(asked(filled, "health")) < len(asked(needs(ESSEX), "health"))
    assert {"subtypes", "pinch-points", "hospital"} <= {each.id for each in filled.sections}


def test_the_local_definition_is_the_partnerships_own_or_says_that_it_is_not(
    needs: Needs, release: Release, edition: Edition
) -> None:
    def said(report: Report) -> str:
        section = next(each for each in report.sections if each.id == "definition")
        return section.blocks[0].text  # type: ignore[union-attr]

    assert "no definition of its own yet" in said(needs(ESSEX))
    own = build(
        find_area(ESSEX, release),
        release=release,
        edition=edition,
        kind="needs",
        commission=Commission(serious_violence="homicide and wounding with a knife"),
    )
    assert "homicide and wounding with a knife" in said(own)


def test_what_waits_for_a_signature_is_told_by_no_partner(needs: Needs) -> None:
    report = published_part(needs(LONDON), set())
    for partner in PARTNERS:
        rows = named(report, f"reach-{partner.id}").table.rows
        youth = next((row for row in rows if row[1] == "Youth violence"), None)
        assert youth is None or youth[2] != "yes"
    assert "about youth violence" not in to_json(report)


def test_the_public_version_below_london_has_no_attribute_of_victims(needs: Needs) -> None:
    for code in (ESSEX, "E09000012", "E08000035"):
        assert not [one.id for one in figures(needs(code)) if one.disparity]


def test_it_can_be_written(needs: Needs) -> None:
    page = to_html(needs(ESSEX), signed=set())
    assert 'id="section-partner-health"' in page
    assert "Serious Violence Duty" in page
