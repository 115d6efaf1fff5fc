"""The framework's filters: AND between groups, OR inside, counts, one address for one choice."""

from __future__ import annotations

from nhpf_web.what_works.rules import Chosen, answers, choose, group_of

KNOWN = {
    "theme": {"drugs": "Drugs", "vulnerability": "Vulnerability"},
    "partner": {"police": "Police", "health": "Health"},
}
HOSPITAL = {"theme": frozenset({"vulnerability"}), "partner": frozenset({"health"})}
PATROL = {"theme": frozenset({"drugs", "vulnerability"}), "partner": frozenset({"police"})}


def chosen(**values: tuple[str, ...]) -> Chosen:
    return choose(values, known=KNOWN)


def test_ticks_inside_a_group_widen_and_groups_narrow() -> None:
    either = chosen(partner=("police", "health"))
    assert answers(HOSPITAL, either)
    assert answers(PATROL, either)
    both_groups = chosen(partner=("police", "health"), theme=("drugs",))
    assert not answers(HOSPITAL, both_groups)
    assert answers(PATROL, both_groups)


def test_an_entry_without_tags_of_a_ticked_group_is_left_out() -> None:
    assert not answers({}, chosen(theme=("drugs",)))
    assert answers({}, chosen())


def test_what_the_filters_do_not_know_is_ignored() -> None:
    assert not choose({"theme": ["no-such"], "colour": ["red"]}, known=KNOWN)


def test_equal_choices_have_one_address() -> None:
    one = chosen(theme=("vulnerability", "drugs"), partner=("police",))
    other = chosen(partner=("police",), theme=("drugs", "vulnerability"))
    assert one.query == other.query == "partner=police&theme=drugs&theme=vulnerability"


def test_taking_a_tick_away_keeps_the_others() -> None:
    both = chosen(theme=("drugs", "vulnerability"), partner=("police",))
    assert both.without("theme", "drugs").query == "partner=police&theme=vulnerability"
    assert both.without("partner", "police").query == "theme=drugs&theme=vulnerability"


def test_counts_regard_the_other_groups_only() -> None:
    group = group_of(
        "theme",
        heading="Theme",
        labels=KNOWN["theme"],
        tagged=[HOSPITAL, PATROL],
        chosen=chosen(theme=("drugs",), partner=("police",)),
    )
    assert {option.value: option.count for option in group.options} == {
        "drugs": 1,
        "vulnerability": 1,
    }
    assert [option.value for option in group.ticked] == ["drugs"]
