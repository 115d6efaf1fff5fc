"""The equality assessments that come with the edition, and what counts as signed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from nhpf.framework import Assessment, load_edition
from nhpf.framework.assessments import CHARACTERISTICS

DAY = date(2026, 11, 26)


@pytest.fixture(scope="module")
def held() -> Assessment:
    found = load_edition("2026").assessment_of("edition-2026")
    assert found is not None
    return found


@pytest.mark.parametrize(
    "about", ["edition-2026", "profile-ethnicity", "profile-unsolved", "profile-age-sex"]
)
def test_the_edition_and_each_section_with_a_disparity_has_a_signed_assessment(about: str) -> None:
    found = load_edition("2026").assessment_of(about)
    assert found is not None
    assert found.is_published(on=DAY)
    assert [impact.characteristic for impact in found.impacts] == list(CHARACTERISTICS)


def test_what_nobody_assessed_has_none() -> None:
    assert load_edition("2026").assessment_of("profile-weather") is None


def test_each_says_what_it_is_not_and_that_nobody_was_asked() -> None:
    for one in load_edition("2026").assessments.values():
        assert "project's own assessment" in one.standing
        assert "must complete and sign its own" in " ".join(one.standing.split())
        assert one.engagement.startswith("None has been held yet")


def test_each_negative_effect_comes_with_mitigations(held: Assessment) -> None:
    worse = [impact.characteristic for impact in held.impacts if impact.effect == "-"]
    assert worse == ["disability", "race"]
    assert held.mitigations
    assert all(one.due > DAY and one.owner for one in held.mitigations)


def test_a_signature_of_the_author_does_not_publish(held: Assessment) -> None:
    assert not replace(held, signed_by=held.author).is_published(on=DAY)


def test_no_signature_does_not_publish(held: Assessment) -> None:
    assert not replace(held, signed_by="", signed_on=None).is_published(on=DAY)


def test_it_is_not_published_before_it_was_signed_nor_after_its_review_fell_due(
    held: Assessment,
) -> None:
    assert not held.is_published(on=date(2026, 11, 25))
    assert held.is_published(on=held.review_due)
    assert not held.is_published(on=date(2027, 11, 24))


def test_it_becomes_json(held: Assessment) -> None:
    plain = json.loads(json.dumps(held.to_dict()))
    assert plain["signed_on"] == "2026-11-26"
    assert plain["mitigations"][0]["due"] == held.mitigations[0].due.isoformat()
    assert "where" not in plain
    unsigned = replace(held, signed_by="", signed_on=None).to_dict()
    assert unsigned["signed_on"] is None
