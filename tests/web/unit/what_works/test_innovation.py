"""From idea to scaled: the ladder, what each rung needs, and that nothing is skipped unsaid."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhpf_web.what_works.rules import WHOLE
from nhpf_web.what_works.rules.innovation import (
    LADDER,
    NO_REASON,
    SCALED_FORCES,
    SCALED_REPEATS,
    WATCHED,
    WATCHED_FINDINGS,
    Innovation,
    Known,
    is_reached,
    stage_of,
)

ALONE = Known(finding="new-untested", forces=1, others=0, repeats=0, studies=0)
KNOWN = st.builds(
    Known,
    finding=st.sampled_from([one.code for one in WHOLE]),
    forces=st.integers(0, 43),
    others=st.integers(0, 60),
    repeats=st.integers(0, 20),
    studies=st.integers(0, 5),
)


@pytest.mark.parametrize(
    ("known", "stage"),
    [
        (ALONE, Innovation.IDEA),
        (replace(ALONE, others=1), Innovation.IN_TEST),
        (replace(ALONE, studies=1), Innovation.IN_TEST),
        (replace(ALONE, finding="promising-untested"), Innovation.PROMISING),
        (replace(ALONE, finding="promising-independent"), Innovation.PROMISING),
        (replace(ALONE, finding="worked-local"), Innovation.PROMISING),
        (replace(ALONE, finding="worked-independent"), Innovation.TRIED_AND_TESTED),
        (
            Known(finding="worked-independent", forces=SCALED_FORCES, others=9,
                  repeats=SCALED_REPEATS, studies=1),
            Innovation.SCALED,
        ),
        (
            Known(finding="worked-local", forces=43, others=42, repeats=42, studies=9),
            Innovation.PROMISING,
        ),
        (replace(ALONE, finding="failed-untested"), Innovation.STOPPED),
        (
            Known(finding="failed-independent", forces=43, others=42, repeats=42, studies=9),
            Innovation.STOPPED,
        ),
    ],
)  # fmt: skip
def test_the_stage_follows_from_what_is_known(known: Known, stage: Innovation) -> None:
    assert stage_of(known).stage == stage


def test_every_rung_says_what_it_needs_and_the_next_rung_is_the_one_after() -> None:
    assert [rung.stage for rung in LADDER] == [
        one for one in Innovation if one != Innovation.STOPPED
    ]
    assert all(rung.needs and rung.means for rung in LADDER)
    following = stage_of(replace(ALONE, finding="promising-local")).following
    assert following is not None
    assert following.stage == Innovation.TRIED_AND_TESTED
    assert "comparison group" in following.needs
    assert "independent" in following.needs


def test_what_is_stopped_says_why_or_that_nobody_said() -> None:
    stopped = replace(ALONE, finding="failed-local", stopped_because="  Nobody came back. ")
    assert stage_of(stopped).because == "Nobody came back."
    assert stage_of(replace(stopped, stopped_because=" ")).because == NO_REASON
    assert not any(is_reached(rung, stage_of(stopped)) for rung in LADDER)


@given(KNOWN)
def test_the_rungs_up_to_the_stage_are_reached_and_no_other(known: Known) -> None:
    stage = stage_of(known)
    reached = [is_reached(rung, stage) for rung in LADDER]
    assert reached == sorted(reached, reverse=True)
    if stage.stage != Innovation.STOPPED:
        assert LADDER[sum(reached) - 1].stage == stage.stage


@given(KNOWN, st.sampled_from(["forces", "others", "repeats", "studies"]), st.integers(1, 30))
def test_more_use_or_study_never_takes_a_practice_back(known: Known, what: str, more: int) -> None:
    order = list(Innovation)
    further = replace(known, **{what: getattr(known, what) + more})
    assert order.index(stage_of(further).stage) >= order.index(stage_of(known).stage)


@given(KNOWN)
def test_the_radar_watches_what_nobody_independent_has_tested(known: Known) -> None:
    assert (known.finding in WATCHED_FINDINGS) == (stage_of(known).stage in WATCHED)
