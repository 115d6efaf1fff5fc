"""A screen: a short assessment that says why equality is not relevant."""

from __future__ import annotations

import pytest

from nhpf_web.equality.rules import PARTS, SCREEN, parts_of, unanswered

WHOLE = {name: "said" for part in PARTS for name in part.fields} | {"outcome": "no change"}


def test_a_screen_has_few_parts_of_the_assessment() -> None:
    assert parts_of(is_screen=False) == PARTS
    assert tuple(part.slug for part in parts_of(is_screen=True)) == SCREEN


def test_a_screen_needs_no_effects_and_no_mitigation() -> None:
    assert unanswered(WHOLE, effects=(), is_mitigated=True, is_screen=True) == ()
    assert unanswered(WHOLE, effects=(), is_mitigated=True) != ()


@pytest.mark.parametrize("name", [n for p in parts_of(is_screen=True) for n in p.fields])
def test_every_field_of_a_screen_is_asked_for(name: str) -> None:
    missing = unanswered(WHOLE | {name: ""}, effects=(), is_mitigated=True, is_screen=True)
    assert bool(missing) == (name != "standing")


def test_where_equality_is_relevant_a_full_assessment_is_asked_for() -> None:
    for outcome in ("adjust", "stop", "continue with justification"):
        (missing,) = unanswered(
            WHOLE | {"outcome": outcome}, effects=(), is_mitigated=True, is_screen=True
        )
        assert missing.startswith("A full assessment")
