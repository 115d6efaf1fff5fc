"""No figure in an entry's words without something sourced that holds it, and what is no figure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nhpf.framework import EmmiePart, Entry, Evidence, Fact, load_edition
from nhpf.framework.figures import figures, unsourced_figures
from nhpf.indicators import load_indicators


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It fell by 8.1% and cost £6,729,187.", {8.1, 6729187.0}),
        ("One in 10 came back; 243 per 100,000.", {10.0, 243.0, 100000.0}),
        ("About 15 minutes at 20 places.", {15.0, 20.0}),
        ("In 2006, from 2019/20 to 2021/22, and by 1998.", set()),
        ("Aged 10 to 17, ages 16-24, people under 25, men of 25 and over.", set()),
        ("Section 24 and sections 1, 2 and 3 of Part 2, Chapter 1.", set()),
        ("It cost £2000 and 2,000 came.", {2000.0}),
        ("Roughly 10 to 17 murders.", {10.0, 17.0}),
        ("No number at all, not even one in ten.", set()),
    ],
)
def test_a_figure_is_a_number_that_is_no_year_age_or_section(text: str, found: set[float]) -> None:
    assert figures(text) == found


@pytest.fixture
def entry() -> Entry:
    return replace(
        load_edition().entry("iv-hsp"), summary="It fell by 77%.", editorial="", facts=(),
        text={"what": "Plain."}, evidence=Evidence("limited", caveat="Of 33 only."),
    )  # fmt: skip


def test_every_field_without_a_source_is_asked(entry: Entry) -> None:
    evidence = Evidence("none", harms="Of 12.", cost="£5.", caveat="Of 33.")
    told = replace(entry, editorial="4 of 9", text={"how": "6 times"}, evidence=evidence)
    assert list(unsourced_figures(told)) == [
        ("summary", "77"), ("editorial", "4"), ("editorial", "9"), ("text.how", "6"),
        ("evidence.caveat", "33"), ("evidence.harms", "12"), ("evidence.cost", "5"),
    ]  # fmt: skip


def test_a_fact_or_a_sourced_part_holds_the_figure(entry: Entry) -> None:
    evidence = replace(entry.evidence or Evidence("none"), cost="£33.", cost_sources=("S_SEED",))
    told = replace(entry, facts=(Fact("Lower by 77%.", "S_SEED"),), evidence=evidence)
    assert list(unsourced_figures(told)) == []
    part = EmmiePart("effect", "77 and 33", 1, ("S_SEED",))
    assert (
        list(unsourced_figures(replace(entry, evidence=Evidence("limited", emmie=(part,))))) == []
    )


def test_no_figure_of_the_shipped_edition_is_without_one() -> None:
    found = [
        (one.id, *at) for one in load_edition().entries.values() for at in unsourced_figures(one)
    ]
    assert found == []


def test_the_figures_of_assessments_are_facts_of_the_edition_or_of_the_shipped_table() -> None:
    edition = load_edition()
    facts = " ".join(fact.text for one in edition.entries.values() for fact in one.facts)
    # Victims in London's open table, and those of them marked unsolved.
    held = figures(facts) | {2737.0, 319.0}
    told = {figure for one in edition.assessments.values() for figure in figures(one.evidence)}
    assert told - held == set()


def test_definitions_of_indicators_hold_no_figure_but_our_own_reckoning() -> None:
    told = {
        (one.id, figure)
        for one in load_indicators().values()
        for words in (one.numerator, one.denominator, one.why_it_matters, one.cannot_say)
        for figure in figures(words)
    }
    # Years of counts to see a fall of a fifth in a typical force: nhpf detectable.
    assert told == {("homicide-count", 25.0)}
