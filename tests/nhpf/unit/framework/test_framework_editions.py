"""Edition 2026 as it is shipped: what it holds, how its parts are linked, how fast it opens."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

import pytest

from nhpf.errors import EditionFault
from nhpf.framework import Edition, edition_names, load_edition
from nhpf.framework.entries import EMMIE_PARTS, KINDS
from nhpf.indicators import load_indicators

# The strategy's own words and order: its illustration, its objectives and its phases.
THEMES = ["Serious violence", "Drugs", "Vulnerability", "Domestic abuse"]
AREAS = [
    "Knife crime",
    "Offender management",
    "Night time economy",
    "Mental health",
    "Alcohol",
    "Child protection",
    "Youth violence",
    "Threat to life",
    "Safeguarding",
    "Gang",
    "County lines",
    "Gun crime",
]
TOOLKITS = [
    "Violence reduction unit",
    "Safer streets",
    "Problem solving",
    "Post homicide reviews",
    "Electronic monitoring",
    "Hot spot policing",
    "Vulnerability identification",
    "Risk identification",
    "Safeguarding",
    "A&E Navigators",
    "Op Orochi",
    "Analytics",
    "Crime reduction toolkit",
    "Big data",
    "Youth Endowment Fund",
]


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_edition("2026")


@pytest.mark.parametrize(
    ("kind", "titles"), [("theme", THEMES), ("area", AREAS), ("toolkit", TOOLKITS)]
)
def test_holds_what_the_strategy_illustrates_in_its_order(
    edition: Edition, kind: str, titles: list[str]
) -> None:
    assert [entry.title for entry in edition.of_kind(kind)] == titles


@pytest.mark.parametrize(
    ("kind", "count"),
    [("objective", 9), ("phase", 5), ("prevention_level", 3), ("intervention", 32)],
)
def test_holds_every_entry_of_a_numbered_kind(edition: Edition, kind: str, count: int) -> None:
    assert len(edition.of_kind(kind)) == count


def test_objectives_and_phases_keep_their_permanent_ids(edition: Edition) -> None:
    assert [one.id for one in edition.of_kind("objective")] == [f"ob-{n}" for n in range(1, 10)]
    assert [one.id for one in edition.of_kind("phase")] == [f"ph-{n}" for n in range(1, 6)]


def test_both_appendices_are_among_the_strategies(edition: Edition) -> None:
    titles = {entry.title for entry in edition.of_kind("strategy")}
    assert {"National Policing Crime Prevention Strategy", "Beating crime plan"} <= titles


def test_every_strategy_and_enabler_is_linked_to_a_driver(edition: Edition) -> None:
    unlinked = [
        entry.id
        for kind in ("strategy", "enabler")
        for entry in edition.of_kind(kind)
        if not edition.related(entry.id, "driver")
    ]
    assert unlinked == []


def test_every_driver_is_acted_on_by_some_area_and_some_toolkit(edition: Edition) -> None:
    for driver in edition.of_kind("driver"):
        assert edition.related(driver.id, "area"), driver.id
        assert edition.related(driver.id, "toolkit"), driver.id


def test_every_entry_says_what_is_an_editorial_reading(edition: Edition) -> None:
    assert [entry.id for entry in edition.entries.values() if not entry.editorial] == []


def test_the_links_of_a_toolkit_to_areas_are_called_a_reading(edition: Edition) -> None:
    silent = [one.id for one in edition.of_kind("toolkit") if "our reading" not in one.editorial]
    assert silent == []


def test_reviews_fall_within_the_strategys_cycle_of_two_years(edition: Edition) -> None:
    late = [one.id for one in edition.entries.values() if one.review_due > date(2028, 11, 23)]
    assert late == []


def test_text_parts_are_long_enough_to_use_and_short_enough_to_read(edition: Edition) -> None:
    odd = {
        (entry.id, part): len(words.split())
        for entry in edition.entries.values()
        for part, words in entry.text.items()
        if not 30 <= len(words.split()) <= 110
    }
    assert odd == {}


def test_indicators_named_by_entries_exist(edition: Edition) -> None:
    known = set(load_indicators())
    named = {id for entry in edition.entries.values() for id in entry.indicators}
    assert named
    assert named <= known


def test_a_link_is_answered_from_both_sides(edition: Edition) -> None:
    for entry in edition.entries.values():
        for target in entry.links:
            assert entry in edition.linked_to(target)
            assert entry in edition.related(target, entry.kind)
            assert edition.entry(target) in edition.related(entry.id, edition.entry(target).kind)


def test_walk_from_theme_to_source(edition: Edition) -> None:
    areas = edition.areas_of("theme-serious-violence")
    assert "ar-knife" in [area.id for area in areas]
    assert "tk-hot-spot" in [toolkit.id for toolkit in edition.toolkits_of("ar-knife")]
    interventions = edition.interventions_of("tk-hot-spot")
    assert [one.id for one in interventions] == ["iv-hsp", "iv-grip"]
    assert all(edition.sources_of(one.id) for one in interventions)


def test_stabbing_is_a_word_for_knife_crime(edition: Edition) -> None:
    assert "stabbing" in edition.entry("ar-knife").synonyms


def test_an_entry_becomes_json_and_keeps_its_parts(edition: Edition) -> None:
    for entry in edition.entries.values():
        plain = json.loads(json.dumps(entry.to_dict()))
        assert plain["text"] == dict(entry.text)
        assert plain["review_due"] == entry.review_due.isoformat()
        assert [fact["source"] for fact in plain["facts"]] == [fact.source for fact in entry.facts]
        assert "where" not in plain


def test_kinds_are_all_in_use(edition: Edition) -> None:
    assert {entry.kind for entry in edition.entries.values()} == set(KINDS)


def test_an_unknown_entry_is_refused_with_a_next_step(edition: Edition) -> None:
    with pytest.raises(EditionFault, match=r"no entry ar-poison.*nhpf edition show"):
        edition.entry("ar-poison")


def test_an_unknown_edition_is_refused_with_the_names_that_exist() -> None:
    assert "2026" in edition_names()
    with pytest.raises(EditionFault, match=r"no edition 1926.*2026"):
        load_edition("1926")


def test_an_edition_is_read_once() -> None:
    assert load_edition() is load_edition()
    assert load_edition() is load_edition("2026")


def test_the_framework_needs_the_standard_library_alone() -> None:
    code = (
        "import sys, nhpf.framework; nhpf.framework.load_edition();"
        "print(sorted({'numpy', 'scipy', 'duckdb', 'jinja2', 'django'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_entry_is_without_a_fact_and_its_source(edition: Edition) -> None:
    few = {one.id for one in edition.entries.values() if not one.facts}
    assert few == set()
    levels = [one for kind in ("theme", "area", "toolkit") for one in edition.of_kind(kind)]
    assert [one.id for one in levels if len(one.facts) < 2] == []


def test_areas_toolkits_and_interventions_are_whole(edition: Edition) -> None:
    for kind in ("area", "toolkit", "intervention"):
        for one in edition.of_kind(kind):
            assert one.prevention, one.id
            assert len(one.partners) >= 3, one.id
            assert one.synonyms, one.id
            assert one.links, one.id
            assert edition.linked_to(one.id), one.id


def test_every_intervention_says_what_is_known_of_each_part_of_emmie(edition: Edition) -> None:
    for one in edition.of_kind("intervention"):
        assert one.evidence is not None
        assert tuple(part.part for part in one.evidence.emmie) == EMMIE_PARTS, one.id
        assert one.evidence.harms, one.id
        assert one.evidence.cost, one.id


def test_a_cost_or_harm_with_a_figure_names_its_source(edition: Edition) -> None:
    for one in edition.of_kind("intervention"):
        assert one.evidence is not None
        assert one.evidence.cost_sources or not any(map(str.isdigit, one.evidence.cost)), one.id
        assert one.evidence.harms_sources or not any(map(str.isdigit, one.evidence.harms)), one.id
