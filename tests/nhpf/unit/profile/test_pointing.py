"""What points to an area of focus, and what must not by itself."""

from __future__ import annotations

from collections.abc import Callable

from nhpf.framework import Edition
from nhpf.indicators import METROPOLITAN, load_indicators
from nhpf.profile import pointing
from nhpf.profile.precursors import precursors
from nhpf.profile.scope import Scope
from nhpf.records import Release, find_area
from nhpf.reports.tree import Pointer, Report

Profile = Callable[..., Report]


def scope(release: Release, edition: Edition) -> Scope:
    return Scope(find_area(METROPOLITAN, release), release, edition, "public")


def test_what_the_police_generate_never_points_by_itself(
    release: Release, edition: Edition
) -> None:
    found = precursors(scope(release, edition))
    generated = [each for each in found if each.indicator.police_generated]
    assert any(each.has_risen for each in generated)
    assert pointing.of_rises(generated) == ()
    assert pointing.of_rises(found)


def test_only_a_group_of_one_in_twenty_points(release: Release, edition: Edition) -> None:
    """Victims aged 12 or under are 51 of 916: the interval reaches below one in twenty."""
    areas = {reason.area for reason in pointing.of_london(scope(release, edition))}
    assert {"ar-knife", "ar-youth", "ar-gun", "ar-safeguarding"} <= areas
    assert "ar-child-protection" not in areas


def test_areas_stand_in_the_strategys_order_and_reasons_are_joined(edition: Edition) -> None:
    reasons = [
        pointing.Reason("ar-gun", "One.", "a"),
        pointing.Reason("ar-knife", "Two.", "b"),
        pointing.Reason("ar-knife", "Three.", "c"),
    ]
    found = pointing.pointers(edition, reasons)
    assert [each.entry for each in found] == ["ar-knife", "ar-gun"]
    assert found[0].why == "Two. Three."
    assert found[0].figures == ("b", "c")


def test_toolkits_of_prevention_for_everybody_come_first(edition: Edition) -> None:
    found = pointing.pointers(edition, [pointing.Reason("ar-knife", "Why.", "a")])[0]
    levels = [
        min(pointing.LEVELS[level] for level in edition.entry(each.entry).prevention)
        for each in found.toolkits
    ]
    assert levels == sorted(levels)


def test_evidence_is_said_in_words(edition: Edition) -> None:
    knife = edition.entry("ar-knife")
    words = pointing.evidence_in_words(edition, knife, edition.entry("tk-hot-spot"))
    assert words.startswith("Evidence: Hot spots policing (strong evidence that it helps)")


def test_evidence_never_loses_its_direction(edition: Edition) -> None:
    """Strong evidence of no effect or of harm must not read as strong evidence for it."""
    said = " ".join(
        pointing.evidence_in_words(edition, area, toolkit)
        for area in edition.of_kind("area")
        for toolkit in edition.toolkits_of(area.id)
    )
    assert "Second responders for family abuse (strong evidence of no clear effect)" in said
    assert (
        "Stop and search (moderate evidence of help for some outcomes and of harm for others)"
    ) in said
    assert "Scared Straight: do not use (strong evidence of harm)" in said
    assert "(strong)" not in said


def test_each_indicator_informs_areas_that_exist(edition: Edition) -> None:
    for each in load_indicators().values():
        for area in each.areas_of_focus:
            assert edition.entry(area).kind == "area"


def test_what_is_not_pointed_to_is_said(profile: Profile) -> None:
    section = next(each for each in profile(METROPOLITAN).sections if each.id == "areas-of-focus")
    pointed = {each.entry for each in section.blocks if isinstance(each, Pointer)}
    last = getattr(section.blocks[-1], "text", "")
    assert "ar-mental-health" not in pointed
    assert "Mental health" in last
    assert "no finding that they do not matter" in last
