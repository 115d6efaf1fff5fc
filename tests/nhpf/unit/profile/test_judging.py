"""The rules of judgement, at and around their edges."""

from __future__ import annotations

import pytest

from nhpf.indicators import change
from nhpf.profile import judging
from nhpf.profile.wording import change_in_words, moved, small, years_before, years_to


def test_a_large_change_in_large_counts_is_sure() -> None:
    found = change(400, 1, 250, 1)
    assert judging.change_confidence(found) == "high"
    sentence = judging.change_sentence("Homicide", found, earlier="2020", later="2021")
    assert sentence == "Homicide fell: 250 in 2021, 400 in 2020"


def test_small_counts_are_never_highly_sure() -> None:
    found = change(60, 1, 20, 1)
    assert found.told_from_chance
    assert judging.change_confidence(found) == "moderate"


def test_a_change_at_the_edge_of_chance_is_moderate() -> None:
    found = change(376, 36, 311, 36)
    assert found.told_from_chance
    assert judging.change_confidence(found) == "moderate"


@pytest.mark.parametrize(("first", "second", "sure"), [(9, 18, "low"), (1932, 1839, "moderate")])
def test_no_change_is_as_sure_as_its_interval_is_narrow(first: int, second: int, sure: str) -> None:
    found = change(first, 1, second, 1)
    assert not found.told_from_chance
    assert judging.change_confidence(found) == sure
    sentence = judging.change_sentence("Homicide", found, earlier="then", later="now")
    assert "has not changed detectably" in sentence


def test_the_published_example_of_patience() -> None:
    """About 355 deaths a period, 25 years for a force with 14 a year (80% power, a fifth)."""
    assert judging.years_to_see(1) == pytest.approx(355, abs=1)
    assert judging.years_to_see(14) == pytest.approx(25.3, abs=0.1)


def test_more_events_need_less_patience() -> None:
    assert judging.years_to_see(95) < judging.years_to_see(14) < judging.years_to_see(3)


def test_a_share_of_few_cases_is_unsure() -> None:
    assert judging.share_confidence(0.3, 0.5, 49) == "low"
    assert judging.share_confidence(0.3, 0.41, 400) == "high"
    assert judging.share_confidence(0.3, 0.5, 100) == "moderate"


def test_words_of_a_change() -> None:
    assert moved(0.78) == "22% lower"
    assert moved(1.045) == "4.5% higher"
    assert moved(1.0) == "no different"
    assert moved(2.5) == "2.5 times as high"
    assert moved(float("inf")) == "without upper limit"
    assert change_in_words(change(100, 1, 80, 1)).startswith("20% lower (95% interval ")


def test_words_of_a_period() -> None:
    from datetime import date

    assert years_to(36, date(2026, 2, 1)) == "the three years to February 2026"
    assert years_to(12, date(2026, 2, 1)) == "the year to February 2026"
    assert years_before(60) == "the five years before"
    assert small("Rape") == "rape"
