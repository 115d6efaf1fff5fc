"""Events are linked, never people: no groups on one side, no names that last, no reference kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest

from nhpf.errors import NotPermitted
from nhpf.records.engine import connect
from nhpf.records.linkage import World, link_events
from nhpf.records.linkage.matching import Matched
from nhpf.records.linkage.resolving import decided, one_to_one
from nhpf.records.linkage.sources import Source, from_file


def test_nobody_who_comes_three_times_becomes_one(
    files: tuple[Path, Path], sources: tuple[Source, Source], tmp_path: Path, today: date
) -> None:
    """One attendance in five is there three times, as if one person came again and again.

    All three are near to the same offence, so that anything that chains pairs would join them. They
    are not joined: an offence has one partner at most, and the others stay alone.
    """
    tripled = tmp_path / "synthetic_tripled.parquet"
    with connect() as con:
        con.execute(
            "copy (with numbered as (select row_number() over () as row, *"
            f" from '{files[1]}') select * exclude (row, range) from numbered, range(3)"
            f" where range = 0 or row % 5 = 0) to '{tripled}'"
            " (format parquet, kv_metadata {synthetic: 'true'})"
        )
    found = link_events(sources[0], from_file(tripled), on=today, root=tmp_path)
    pairs, linked = found.pairs, found.linked
    shared = np.unique(pairs.police[pairs.probability > 0.3], return_counts=True)[1]
    assert (shared >= 3).sum() > 50, "the trap is not set: no offence is near three attendances"
    for events in (pairs.police[linked], pairs.hospital[linked]):
        assert len(set(events)) == len(events)
    assert not set(pairs.police) & set(pairs.hospital)
    assert found.links <= found.police.comparable


def test_pairs_always_cross_the_two_files(matched: Matched, world: World) -> None:
    assert matched.pairs.police.max() <= world.police_truth.size
    assert matched.pairs.hospital.max() <= world.hospital_truth.size
    assert len(set(zip(matched.pairs.police, matched.pairs.hospital, strict=True))) == len(
        matched.pairs.police
    )


def test_names_do_not_last_from_run_to_run(
    sources: tuple[Source, Source], tmp_path: Path, today: date
) -> None:
    one, two = (link_events(*sources, on=today, root=tmp_path) for _ in range(2))
    assert (one.pairs.probability == two.pairs.probability).all()
    for name in ("pair", "police", "hospital"):
        assert not set(getattr(one.pairs, name)) & set(getattr(two.pairs, name))


def test_no_reference_place_or_date_is_kept(
    sources: tuple[Source, Source], tmp_path: Path, today: date
) -> None:
    """Offence numbers and sites begin with SYN, small areas with E01, dates with 2024."""
    found = link_events(*sources, on=today, reviewers=["Analyst"], root=tmp_path)
    assert found.sheet is not None
    kept = list(found.sheet.parent.iterdir())
    assert len(kept) == 3
    with duckdb.connect() as con:
        rows = con.execute(f"from '{found.sheet.parent / 'pairs.parquet'}'").fetchall()
    texts = [str(rows), *(path.read_text("utf-8") for path in kept if path.suffix != ".parquet")]
    for text in texts:
        assert "SYN" not in text
        assert "E01" not in text
        assert "2024-" not in text


def test_without_reviewers_nothing_is_kept(
    sources: tuple[Source, Source], tmp_path: Path, today: date
) -> None:
    found = link_events(*sources, on=today, root=tmp_path)
    assert found.sheet is None
    assert list((tmp_path / "restricted" / "linkage").iterdir()) == []


@pytest.mark.parametrize("marked", ["police", "hospital", "neither"])
def test_real_data_is_refused_before_a_row_is_read(
    files: tuple[Path, Path], tmp_path: Path, today: date, marked: str
) -> None:
    """The unmarked file is damaged as well: the refusal comes first, so it was not read."""
    police, hospital = files
    damaged = tmp_path / "force_export.csv"
    damaged.write_text("surname\nnobody\n", encoding="utf-8")
    given = {
        "police": (police, damaged),
        "hospital": (damaged, hospital),
        "neither": (damaged, damaged),
    }[marked]
    with pytest.raises(NotPermitted, match="No sharing agreement"):
        link_events(*(from_file(each) for each in given), on=today, root=tmp_path)


def test_links_by_hand() -> None:
    """The likeliest first, each event once: a-x, then b-y; c has lost both."""
    police = np.array(["a", "a", "b", "b", "c", "c"])
    hospital = np.array(["x", "y", "x", "y", "y", "z"])
    p = np.array([0.9, 0.8, 0.85, 0.6, 0.7, 0.4])
    linked = one_to_one(police, hospital, p)
    assert linked.tolist() == [True, False, False, False, True, False]


def test_ties_fall_the_same_way() -> None:
    p = np.array([0.7, 0.7, 0.7])
    linked = one_to_one(np.array([1, 1, 2]), np.array([5, 6, 5]), p)
    assert linked.tolist() == [True, False, False]


def test_a_decision_settles_its_rivals() -> None:
    police, hospital = np.array([1, 1, 2, 3]), np.array([7, 8, 7, 9])
    p = np.array([0.6, 0.5, 0.9, 0.4])
    settled = decided(police, hospital, p, np.array([1, 0, 0, -1]))
    assert settled.tolist() == [1, 0, 0, 0]
    assert p.tolist() == [0.6, 0.5, 0.9, 0.4]
