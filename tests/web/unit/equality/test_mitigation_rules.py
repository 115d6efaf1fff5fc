"""What becomes of a mitigation, and who may own one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.equality.rules import (
    DEED_NEEDS,
    DEED_WORDS,
    MOVES,
    Deed,
    Progress,
    check_can_drop,
    check_owner,
    check_said,
    next_progress,
    shown_state,
)
from nhpf_web.equality.rules.files import as_csv
from nhpf_web.organisations.rules import Right

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize("progress", Progress)
@pytest.mark.parametrize("deed", Deed)
def test_each_state_allows_what_the_table_says(progress: Progress, deed: Deed) -> None:
    if deed in MOVES[progress]:
        assert next_progress(progress, deed) == MOVES[progress][deed]
    else:
        with pytest.raises(NotPermitted, match=progress):
            next_progress(progress, deed)


def test_what_was_promised_is_let_go_only_by_who_could_sign() -> None:
    assert DEED_NEEDS[Deed.DROP] == Right.SIGN_ASSESSMENT
    assert set(DEED_NEEDS) == set(DEED_WORDS) == set(Deed)


@pytest.mark.parametrize(
    ("progress", "days", "shown"),
    [
        (Progress.OPEN, 0, "open"),
        (Progress.OPEN, -1, "overdue"),
        (Progress.DONE, -1, "done"),
        (Progress.DROPPED, -1, "dropped"),
    ],
)
def test_open_past_its_date_is_overdue(progress: Progress, days: int, shown: str) -> None:
    assert shown_state(progress, due=TODAY + timedelta(days=days), today=TODAY) == shown


@pytest.mark.parametrize("deed", Deed)
def test_a_deed_is_said_in_words(deed: Deed) -> None:
    check_said("Said", deed)
    for said in (" ", "x" * 2001):
        with pytest.raises(InvalidInput):
            check_said(said, deed)


def test_the_last_mitigation_of_a_signed_worse_effect_is_not_dropped() -> None:
    with pytest.raises(NotPermitted, match="only mitigation"):
        check_can_drop(is_signed=True, is_worse=True, others=0)
    check_can_drop(is_signed=True, is_worse=True, others=1)
    check_can_drop(is_signed=True, is_worse=False, others=0)
    check_can_drop(is_signed=False, is_worse=True, others=0)


@pytest.mark.parametrize("owner", ["Equality desk", "Head of community safety", "Chief officer"])
def test_a_role_or_a_desk_owns(owner: str) -> None:
    check_owner(owner)


@pytest.mark.parametrize("owner", ["PC John Smith", "John Smith", "j.smith@north.police.uk"])
def test_a_person_does_not(owner: str) -> None:
    with pytest.raises(InvalidInput, match="This holds"):
        check_owner(owner)


def test_no_cell_of_a_file_is_taken_for_a_formula() -> None:
    text = as_csv([{"a": "=1+1", "b": None, "c": True}], columns=("a", "b", "c"))
    assert text == "a,b,c\r\n'=1+1,,yes\r\n"
    assert as_csv([], columns=("a",)) == "a\r\n"
