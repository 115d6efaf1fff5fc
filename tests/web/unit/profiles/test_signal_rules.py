"""What can be said of a signal in each state, and what each finding asks for."""

from __future__ import annotations

import pytest

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.profiles.rules.signals import (
    FINDINGS,
    LOOK_WORDS,
    Finding,
    Look,
    check_can_say,
    next_finding,
)


@pytest.mark.parametrize("finding", Finding)
@pytest.mark.parametrize("look", Look)
def test_every_look_in_every_state(finding: Finding, look: Look) -> None:
    if look in FINDINGS[finding]:
        assert next_finding(finding, look) == FINDINGS[finding][look]
    else:
        with pytest.raises(NotPermitted):
            next_finding(finding, look)


def test_every_state_can_be_reached_and_left() -> None:
    reached = {to for moves in FINDINGS.values() for to in moves.values()}
    assert reached == set(Finding) - {Finding.NEW}
    assert all(FINDINGS[each] for each in Finding)
    assert set(LOOK_WORDS) == set(Look)


@pytest.mark.parametrize("look", Look)
def test_a_finding_has_words(look: Look) -> None:
    with pytest.raises(InvalidInput, match="what was found"):
        check_can_say(look, found=" ", problem="Knives")
    check_can_say(look, found="A batch", problem="Knives")


def test_what_is_real_names_its_problem() -> None:
    with pytest.raises(InvalidInput, match="problem"):
        check_can_say(Look.HAND_ON, found="A batch", problem="")
    check_can_say(Look.CALL_CHANCE, found="A batch", problem="")
