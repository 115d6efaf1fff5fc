"""The edition against the evidence file that it was written from.

Facts are in the edition's own words, so they are compared by source and by the numbers that they
give: every fact that was read in its source stands in its entry, no fact that was only remembered
does, and no number appears that its source does not hold. Skipped where the evidence is absent.
"""

from __future__ import annotations

import csv
import os
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from nhpf.framework import Edition, Entry, load_edition

ROOT = Path(__file__).resolve().parents[4]
SHARED = Path(os.environ.get("NHPF_SHARED", ROOT.parent / "shared"))
EVIDENCE = SHARED / "evidence"

pytestmark = pytest.mark.skipif(
    not (EVIDENCE / "evidence.yml").exists(),
    reason="The evidence file stands beside the project and is not here (set NHPF_SHARED).",
)

# Items of the evidence file that are no entry of their own, and the entry that carries their facts.
CARRIED_BY = {
    "framework": "st-homicide-prevention",
    "bm-ref": "tk-risk-id",
    "law-svd": "st-serious-violence-duty",
}
# The inspectorate's finding on analysts is told where it belongs.
ELSEWHERE = {"st-homicide-prevention": "en-analysts"}


WORDS = {"one": 1, "two": 2, "three": 3, "seven": 7, "eleven": 11, "thirty": 30}

# Figures that we worked out from those of the source, and say so by giving both.
CALCULATED = {"iv-amnesty": frozenset({0.7})}

# Numbers that were read in the source itself and are not in the evidence file.
READ_SINCE = {
    "S_OLSSON": frozenset({12.0, 17.0}),
    "S_BASFORD": frozenset({15.0, 20.0, 98.0}),
}

# What was only remembered in the evidence file and has since been read, and where.
CHECKED_SINCE = {"iv-grip": "S_GRIP23", "iv-cardiff": "S_CARDIFFCOST"}


def numbers(text: str) -> frozenset[float]:
    """Return the numbers of a text, without their signs: 1,240 is one number, 2004-14 two years."""
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", text.replace("2x2", ""))
    plain = re.sub(r"\b(\d\d)(\d\d)[-/](\d\d)\b", r"\1\2 \1\3", plain)
    return frozenset(float(found) for found in re.findall(r"\d*\.?\d+", plain))


def told_numbers(text: str) -> frozenset[float]:
    """Return the numbers of a text, those that are written as words among them."""
    return numbers(text) | {
        WORDS[word] for word in re.findall(r"\w+", text.lower()) if word in WORDS
    }


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_edition("2026")


@pytest.fixture(scope="module")
def items() -> dict[str, dict[str, Any]]:
    words = (EVIDENCE / "evidence.yml").read_text(encoding="utf-8")
    return {item["id"]: item for item in yaml.safe_load(words)["items"]}


@pytest.fixture(scope="module")
def held_by_source(items: dict[str, dict[str, Any]]) -> dict[str, frozenset[float]]:
    """Return the numbers that were read in each source, from all the evidence files."""
    held: dict[str, set[float]] = defaultdict(set)
    for item in items.values():
        for fact in item["facts"]:
            if fact["seen"]:
                held[fact["source"]] |= numbers(fact["fact"])
    for name in ("homicide_stats.csv", "costs.csv"):
        with (EVIDENCE / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row.get("seen", "true") == "true":
                    held[row["source"]] |= numbers(" ".join(map(str, row.values())))
    for source in load_edition("2026").sources.values():
        if source.id in held:
            held[source.id] |= numbers(source.year) | READ_SINCE.get(source.id, frozenset())
    held["S_SEED"] |= numbers((SHARED / "strategy.txt").read_text(encoding="utf-8"))
    return {source: frozenset(known) for source, known in held.items()}


def said_by(entry: Entry) -> list[tuple[tuple[str, ...], str]]:
    """Return the sources and the words of everything that an entry presents as found."""
    said = [((fact.source,), fact.text) for fact in entry.facts]
    evidence = entry.evidence
    if evidence is None:
        return said
    for row in evidence.outcomes:
        figures = (row.estimate, row.low, row.high)
        words = " ".join(str(one) for one in figures if one is not None)
        said.append(((row.source,), words))
    said += [((rating.source,), rating.rating) for rating in evidence.ratings]
    said += [(part.sources, part.known) for part in evidence.emmie]
    said += [(evidence.harms_sources, evidence.harms), (evidence.cost_sources, evidence.cost)]
    return said


def test_every_item_has_its_entry(edition: Edition, items: dict[str, dict[str, Any]]) -> None:
    assert len(items) == 62
    assert {CARRIED_BY.get(id, id) for id in items} <= set(edition.entries)


def test_every_fact_that_was_seen_stands_in_its_entry(
    edition: Edition, items: dict[str, dict[str, Any]]
) -> None:
    missing = []
    for id, item in items.items():
        entry = edition.entry(CARRIED_BY.get(id, id))
        facts = list(entry.facts)
        if entry.id in ELSEWHERE:
            facts += edition.entry(ELSEWHERE[entry.id]).facts
        for fact in (fact for fact in item["facts"] if fact["seen"]):
            told = [held for held in facts if held.source == fact["source"]]
            if not any(numbers(fact["fact"]) <= told_numbers(held.text) for held in told):
                missing.append((id, fact["source"], fact["fact"]))
    assert missing == []


def test_no_two_facts_of_a_source_were_made_one(
    edition: Edition, items: dict[str, dict[str, Any]]
) -> None:
    for id, item in items.items():
        if id in CARRIED_BY:
            continue
        seen = Counter(fact["source"] for fact in item["facts"] if fact["seen"])
        assert seen <= Counter(fact.source for fact in edition.entry(id).facts), id


def test_no_fact_that_was_only_remembered_is_told(
    edition: Edition, items: dict[str, dict[str, Any]]
) -> None:
    unseen = [(id, fact) for id, item in items.items() for fact in item["facts"]
              if not fact["seen"]]  # fmt: skip
    assert len(unseen) == 18
    for id, fact in unseen:
        seen = [numbers(other["fact"]) for other in items[id]["facts"] if other["seen"]]
        telltale = numbers(fact["fact"]) - frozenset().union(*seen)
        told = [one for one in edition.entry(id).facts if one.source != CHECKED_SINCE.get(id)]
        assert not any(telltale & numbers(held.text) for held in told), (id, fact["fact"])
        assert "source" not in fact


def test_no_number_is_told_that_its_source_does_not_hold(
    edition: Edition, held_by_source: dict[str, frozenset[float]]
) -> None:
    for entry in edition.entries.values():
        ours = CALCULATED.get(entry.id, frozenset())
        for sources, text in said_by(entry):
            if sources and all(source in held_by_source for source in sources):
                held = frozenset().union(*(held_by_source[source] for source in sources))
                invented = numbers(text) - held - ours
                assert not invented, (entry.id, sources, text)


def test_facts_are_in_our_own_words(edition: Edition, items: dict[str, dict[str, Any]]) -> None:
    noted = {fact["fact"] for item in items.values() for fact in item["facts"]}
    copied = [fact.text for entry in edition.entries.values() for fact in entry.facts
              if fact.text.rstrip(".") in noted]  # fmt: skip
    assert copied == []


def test_the_sources_are_those_of_the_evidence(edition: Edition) -> None:
    words = (EVIDENCE / "sources.md").read_text(encoding="utf-8")
    known = set(re.findall(r"^\| (S_\w+) \|", words, flags=re.MULTILINE))
    added = {
        "S_BCP", "S_RAP", "S_RAPEST", "S_DEI", "S_PUBHEALTH",
        # Read after the evidence file was made.
        "S_AML", "S_CARDIFFCOST", "S_CARDIFFNEWS", "S_CARDIFFUS", "S_COPCCTV15", "S_DRIVEEX",
        "S_DRIVEFCWA", "S_FEAR", "S_GRIP23", "S_IDVAISL", "S_IDVASN",
        "S_KNIFETECH", "S_MENTCAMP", "S_MSTFOUND", "S_NICEMST", "S_POPPROT",
        "S_SEIZED", "S_SSCAMP", "S_VRU20", "S_VRU23", "S_YEF3", "S_YEF7M", "S_YEFBINS",
        "S_YEFFDG", "S_YEFFDYEAR", "S_YEFMEDIA", "S_YEFPOS", "S_YEFPOSQ",
    }  # fmt: skip
    assert set(edition.sources) - known == added
    assert all(source.url == "" or source.url.startswith("http")
               for source in edition.sources.values())  # fmt: skip
