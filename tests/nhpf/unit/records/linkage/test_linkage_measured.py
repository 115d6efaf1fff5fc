"""Linkage against worlds whose truth is known: precision, recall, calibration, chance links."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from nhpf.errors import CannotTell, NhpfError
from nhpf.methods.capture_recapture import chapman_linked
from nhpf.records.linkage import World, link_events, synthetic_world
from nhpf.records.linkage.matching import Matched, match
from nhpf.records.linkage.resolving import one_to_one
from nhpf.records.linkage.sources import Source, from_file

IsMatch = Callable[[World, Matched], np.ndarray]
MatchFiles = Callable[[Path, Path], Matched]


def linked_of(matched: Matched) -> np.ndarray:
    pairs = matched.pairs
    return one_to_one(pairs.police, pairs.hospital, pairs.probability)


def test_most_links_are_matches_and_most_matches_are_linked(
    world: World, matched: Matched, is_match: IsMatch
) -> None:
    true, linked = is_match(world, matched), linked_of(matched)
    assert true[linked].mean() > 0.93
    assert (true & linked).sum() / world.in_both > 0.88


def test_probabilities_are_calibrated(world: World, matched: Matched, is_match: IsMatch) -> None:
    """Of pairs at about 30%, about 30% are matches; and all add up to the matches there are."""
    true, p = is_match(world, matched), matched.pairs.probability
    assert p.sum() == pytest.approx(world.in_both, rel=0.06)
    for low, high in ((0.001, 0.05), (0.05, 0.3), (0.3, 0.7), (0.7, 0.95), (0.95, 1.01)):
        held = (p >= low) & (p < high)
        error = np.sqrt((p[held] * (1 - p[held])).sum())
        assert abs(true[held].sum() - p[held].sum()) < 3.5 * error + 0.02 * held.sum()


def test_the_same_files_give_the_same_probabilities(
    files: tuple[Path, Path], matched: Matched, match_files: MatchFiles
) -> None:
    again = match_files(*files)
    assert (again.pairs.police == matched.pairs.police).all()
    assert (again.pairs.probability == matched.pairs.probability).all()


def test_pairs_two_weeks_apart_show_the_links_of_chance(
    world: World, matched: Matched, is_match: IsMatch
) -> None:
    """They bound the false links from above: none of those events has its match there."""
    pairs = matched.apart
    chance = matched.scale * one_to_one(pairs.police, pairs.hospital, pairs.probability).sum()
    linked = linked_of(matched)
    false = (linked & ~is_match(world, matched)).sum()
    assert false < chance + 10
    assert chance < 0.15 * linked.sum()


def test_files_with_nothing_in_common_are_refused(
    sources: tuple[Source, Source], tmp_path: Path, today: object
) -> None:
    _, stranger = synthetic_world(4000, rng=99).write(tmp_path)
    with pytest.raises(CannotTell, match="chance"):
        link_events(sources[0], from_file(stranger), on=today, root=tmp_path)  # type: ignore[arg-type]


def test_too_short_a_period_is_refused(tmp_path: Path, match_files: MatchFiles) -> None:
    police, hospital = synthetic_world(40, days=9, rng=1).write(tmp_path)
    with pytest.raises(CannotTell, match="two months"):
        match_files(police, hospital)


def test_more_pairs_than_a_run_may_compare_are_refused(
    files: tuple[Path, Path], match_files: MatchFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nhpf.records.linkage.matching.MOST_PAIRS", 100)
    with pytest.raises(NhpfError, match="one run may compare 100"):
        match_files(*files)


def test_without_splink_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "splink", None)
    with pytest.raises(NhpfError) as refused:
        match(None)  # type: ignore[arg-type]
    assert "nhpf[linkage]" in refused.value.next_step


def test_the_world_adds_up(world: World) -> None:
    police, hospital = set(world.police_truth), set(world.hospital_truth)
    assert world.in_both == len(police & hospital)
    assert world.in_neither == world.events - len(police | hospital)
    assert len(world.police["event_id"]) == len(police)


def test_dependence_between_lists_is_as_asked() -> None:
    world = synthetic_world(60_000, odds_ratio=3, rng=5)
    a, n = world.in_both, world.in_neither
    b, c = world.police_truth.size - a, world.hospital_truth.size - a
    assert a * n / (b * c) == pytest.approx(3, rel=0.08)
    assert world.police_truth.size / world.events == pytest.approx(0.4, abs=0.01)


@pytest.mark.prove
@pytest.mark.parametrize(
    ("events", "hospital"), [(2000, 0.3), (10_000, 0.3), (10_000, 0.05), (40_000, 0.06)]
)
def test_figures_of_the_how_to(
    events: int, hospital: float, tmp_path: Path, match_files: MatchFiles, is_match: IsMatch
) -> None:
    """Ten worlds each; the figures printed are those of docs/how-to/linkage.md."""
    rows, held = [], 0
    for seed in range(10):
        world = synthetic_world(events, hospital=hospital, rng=seed)
        matched = match_files(*world.write(tmp_path))
        true, linked, p = is_match(world, matched), linked_of(matched), matched.pairs.probability
        found = chapman_linked(world.police_truth.size, world.hospital_truth.size, p)
        held += found.low <= events <= found.high
        rows.append(
            (true[linked].mean(), (true & linked).sum() / world.in_both, p.sum() / world.in_both,
             found.estimate / events)
        )  # fmt: skip
    precision, recall, expected, estimate = np.mean(rows, axis=0)
    print(events, hospital, np.round([precision, recall, expected, estimate], 3), held)  # noqa: T201
    assert precision > 0.85
    assert recall > 0.7
    assert abs(expected - 1) < 0.05
    assert abs(estimate - 1) < 0.05
    assert held >= 7
