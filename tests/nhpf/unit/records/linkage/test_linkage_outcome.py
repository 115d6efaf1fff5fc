"""What leaves: counts and an estimate, as the policy of health records allows."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from nhpf.disclosure.protected import REASON
from nhpf.errors import CannotTell
from nhpf.records.linkage import Linkage, World, link_events, outcome
from nhpf.records.linkage.clerical import NamedPairs
from nhpf.records.linkage.events import Read
from nhpf.records.linkage.sources import Source


def made(
    police: tuple[int, int], hospital: tuple[int, int], links: int, probability: float = 1.0
) -> Linkage:
    """Return a linkage of so many rows, comparable rows and links."""
    names = np.array([f"P{n}" for n in range(links)], dtype=object)
    pairs = NamedPairs(names, names, names, np.full(links, probability))
    reads = Read("police", *police, "a file"), Read("hospital", *hospital, "another")
    return Linkage(*reads, pairs, np.ones(links, bool), 1.0, "", synthetic=True)


def test_counts_add_up_and_the_truth_is_within_the_interval(
    world: World, sources: tuple[Source, Source], tmp_path: Path, today: date
) -> None:
    shown = outcome(link_events(*sources, on=today, root=tmp_path))
    counts = {name: each["value"] for name, each in shown["counts"].items()}
    assert counts["both"] + counts["police_only"] == counts["police"] == world.police_truth.size
    assert counts["both"] + counts["hospital_only"] == counts["hospital"]
    found = {name: each["value"] for name, each in shown["estimates"].items()}
    assert found["known_to_neither_low"] < world.in_neither < found["known_to_neither_high"]
    assert found["all_events_low"] < world.events < found["all_events_high"]
    assert shown["marking"] == "OFFICIAL-SENSITIVE"
    assert shown["synthetic"] is True
    assert len(shown["caveats"]) == 4
    json.dumps(shown)


def test_a_small_overlap_is_withheld_and_all_that_follows_from_it() -> None:
    shown = outcome(made((100, 100), (60, 60), 9))
    assert shown["counts"]["both"] == {
        "value": None, "withheld": True, "reason": REASON,
    }  # fmt: skip
    assert shown["counts"]["police_only"]["withheld"]
    assert shown["counts"]["hospital_only"]["withheld"]
    assert all(each["value"] is None for each in shown["estimates"].values())
    text = json.dumps(shown["counts"]) + json.dumps(shown["estimates"])
    assert " 9" not in text
    assert not outcome(made((100, 100), (60, 60), 9), audience="restricted")["counts"]["both"][
        "withheld"
    ]


def test_a_small_remainder_is_withheld_with_the_estimate() -> None:
    shown = outcome(made((100, 100), (45, 45), 40))
    assert shown["counts"]["hospital_only"]["withheld"]
    assert shown["counts"]["both"]["withheld"], "the total would give the remainder back"
    assert shown["estimates"]["all_events"]["withheld"]


def test_events_that_cannot_be_compared_are_still_known() -> None:
    """A fifth of the police's rows lack a time: all events as before, fewer known to neither."""
    all_compared = outcome(made((400, 400), (300, 300), 60))["estimates"]
    some_compared = outcome(made((500, 400), (300, 300), 60))["estimates"]
    total = all_compared["all_events"]["value"]
    assert some_compared["all_events"]["value"] == total
    ratio = some_compared["known_to_neither"]["value"] / all_compared["known_to_neither"]["value"]
    assert ratio == pytest.approx((total - 500) / (total - 400), rel=0.001)


def test_too_few_in_both_make_no_estimate() -> None:
    with pytest.raises(CannotTell):
        outcome(made((100, 100), (60, 60), 6))


def test_false_and_missed_matches_follow_from_probabilities() -> None:
    found = made((100, 100), (60, 60), 20, probability=0.75)
    assert found.expected_false == pytest.approx(5)
    assert found.expected_missed == 0
