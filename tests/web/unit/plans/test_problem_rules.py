"""Problems: every status with every act, and what one lacks before a plan."""

from __future__ import annotations

import pytest

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.plans.rules import (
    ACT_WORDS,
    ASKED,
    STATUSES,
    ProblemAct,
    Status,
    check_can_close,
    lacking,
    next_status,
)

LEADS_TO = {
    (Status.OPEN, ProblemAct.CHANGE): Status.OPEN,
    (Status.OPEN, ProblemAct.CLOSE): Status.CLOSED,
    (Status.CLOSED, ProblemAct.REOPEN): Status.OPEN,
}


@pytest.mark.parametrize("act", ProblemAct)
@pytest.mark.parametrize("status", Status)
def test_a_problem_moves_as_the_table_says_and_in_no_other_way(
    status: Status, act: ProblemAct
) -> None:
    if (status, act) in LEADS_TO:
        assert next_status(status, act) == LEADS_TO[status, act]
        assert act in STATUSES[status]
    else:
        with pytest.raises(NotPermitted, match="A problem that is"):
            next_status(status, act)


def test_every_act_has_words() -> None:
    assert set(ACT_WORDS) == set(ProblemAct)


@pytest.mark.parametrize("name", ASKED)
def test_each_open_question_is_named(name: str) -> None:
    values = dict.fromkeys(ASKED, "said")
    assert lacking(values) == ()
    assert lacking(values | {name: ""}) == (ASKED[name],)
    assert lacking(values | {name: []}) == (ASKED[name],)


def test_it_is_closed_only_with_what_became_of_it() -> None:
    check_can_close("Nothing further was found.")
    with pytest.raises(InvalidInput, match="became of it"):
        check_can_close("  \n")
