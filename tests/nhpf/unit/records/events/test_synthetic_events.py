"""Made-up events: exact in number, the same for a seed, uneven, and marked as made up."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pytest
from pyarrow import csv, parquet

from nhpf.errors import InvalidInput
from nhpf.records.contract import contract
from nhpf.records.events import Synthetic, look_up, synthesise
from nhpf.records.events.synthetic import CATEGORIES


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Synthetic:
    return synthesise(tmp_path_factory.mktemp("made"), rows=40_003, rng=5, months=7)


def test_rows_are_exactly_as_many_as_asked(made: Synthetic) -> None:
    assert made.rows == parquet.read_metadata(made.path).num_rows == 40_003


def test_every_place_says_that_they_are_made_up(made: Synthetic) -> None:
    notes = parquet.read_schema(made.path).metadata
    assert notes[b"synthetic"] == b"true"
    assert notes[b"series"].decode() == made.series
    assert "SYNTHETIC" in made.series
    assert "SYNTHETIC" in made.path.name
    assert made.series in (made.path.parent / "SYNTHETIC.txt").read_text("utf-8")
    ids = parquet.read_table(made.path)["event_id"]
    assert pc.all(pc.starts_with(ids, "SYN")).as_py()
    assert len(ids.unique()) == made.rows


def test_a_seed_gives_the_same_file_and_another_does_not(made: Synthetic, tmp_path: Path) -> None:
    again = synthesise(tmp_path / "again", rows=40_003, rng=5, months=7)
    other = synthesise(tmp_path / "other", rows=40_003, rng=6, months=7)
    assert again.path.read_bytes() == made.path.read_bytes()
    assert other.path.read_bytes() != made.path.read_bytes()


def test_a_generator_may_be_given(tmp_path: Path) -> None:
    paths = [
        synthesise(tmp_path / name, rows=50, rng=np.random.default_rng(5)).path for name in "ab"
    ]
    assert parquet.read_table(paths[0]).equals(parquet.read_table(paths[1]))


def test_columns_are_the_words_of_the_contract(made: Synthetic) -> None:
    table = parquet.read_table(made.path)
    terms = contract("crime_events")
    assert {str(kind) for kind in table.schema.types} == {"string"}
    for name in ("event_id", "offence_code"):
        whole = f"^({terms.field(name).pattern})$"
        assert pc.all(pc.match_substring_regex(table[name], whole)).as_py()
    assert table["month"].unique().to_pylist() == [f"2015-{month:02d}" for month in range(1, 8)]
    known = {(row["lsoa21_code"], row["pfa24_code"]) for row in look_up().to_pylist()}
    places = {(row["lsoa"], row["force"]) for row in table.select(["lsoa", "force"]).to_pylist()}
    assert {place for place in places if place[0]} <= known
    assert len(table["force"].unique()) == 43


def test_areas_are_over_dispersed_and_categories_uneven(made: Synthetic) -> None:
    table = parquet.read_table(made.path)
    blank = table["lsoa"].null_count / made.rows
    assert 0.005 < blank < 0.015
    areas = np.zeros(35_672)
    held = table["lsoa"].drop_null().value_counts().field("counts").to_numpy()
    areas[: len(held)] = held
    # By chance alone the variance would equal the mean.
    assert areas.var() > 1.4 * areas.mean()
    counts = {row["values"]: row["counts"] for row in table["category"].value_counts().to_pylist()}
    shares = {name: share for name, _, share in CATEGORIES}
    assert set(counts) == set(shares)
    assert sum(shares.values()) == pytest.approx(1)
    for name, share in shares.items():
        assert counts[name] / made.rows == pytest.approx(share, rel=0.25)


def test_csv_holds_the_same_rows(made: Synthetic, tmp_path: Path) -> None:
    text = synthesise(tmp_path, rows=40_003, rng=5, months=7, form="csv")
    words = csv.ConvertOptions(
        column_types=dict.fromkeys(("event_id", "month", "offence_code"), "string"),
        strings_can_be_null=True,
    )
    table = csv.read_csv(text.path, convert_options=words)
    assert table.equals(parquet.read_table(made.path).replace_schema_metadata(None))
    assert (tmp_path / "SYNTHETIC.txt").is_file()


@pytest.mark.parametrize("wrong", [{"rows": 0}, {"months": 0}, {"form": "xlsx"}])
def test_impossible_requests_are_refused(tmp_path: Path, wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidInput, match="at least one"):
        synthesise(tmp_path, **{"rows": 5, "rng": 1, **wrong})
