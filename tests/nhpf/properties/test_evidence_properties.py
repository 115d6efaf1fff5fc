"""What must hold of every study table, whatever its numbers."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhpf.errors import CannotTell, DamagedData, NhpfError
from nhpf.evidence import StudyTable, change, pool, read_study_table, with_new

CELLS = st.tuples(st.integers(0, 40), st.integers(41, 90), st.integers(0, 40), st.integers(41, 90))
TABLES = st.lists(CELLS, min_size=2, max_size=8)
HEADER = "study,events_treatment,n_treatment,events_control,n_control\n"
METHODS = st.sampled_from(["REML", "DL", "PM", "EE", "MH"])


def read(rows: list[tuple[int, int, int, int]], names: list[str], measure: str) -> StudyTable:
    lines = [
        f"{name},{','.join(map(str, cells))}\n" for name, cells in zip(names, rows, strict=True)
    ]
    return read_text(HEADER + "".join(lines), measure)


def read_text(text: str, measure: str | None = None) -> StudyTable:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_text(text, encoding="utf-8")
        return read_study_table(path, measure=measure)


def numbered(rows: list[tuple[int, int, int, int]]) -> list[str]:
    return [f"Study {at}" for at in range(len(rows))]


@settings(max_examples=40)
@given(TABLES, METHODS, st.sampled_from(["OR", "RR", "RD"]), st.randoms())
def test_the_order_of_rows_and_the_names_of_studies_change_nothing(
    rows: list[tuple[int, int, int, int]], method: str, measure: str, rng: object
) -> None:
    order = list(range(len(rows)))
    rng.shuffle(order)  # type: ignore[attr-defined]
    first = read(rows, numbered(rows), measure)
    other = read([rows[at] for at in order], [f"Renamed {at}" for at in order], measure)
    try:
        one = pool(first, method=method)
    except CannotTell:
        with pytest.raises(CannotTell):
            pool(other, method=method)
        return
    two = pool(other, method=method)
    assert (two.estimate, two.low, two.high) == pytest.approx(
        (one.estimate, one.low, one.high), rel=1e-6, abs=1e-9
    )
    assert [two.weights[order.index(at)] for at in range(len(rows))] == pytest.approx(
        list(one.weights), rel=1e-5, abs=1e-9
    )
    assert one.low <= one.estimate <= one.high
    assert sum(one.weights) == pytest.approx(1)
    if one.prediction_low is not None:
        assert one.prediction_low <= one.low + 1e-9


@settings(max_examples=20)
@given(TABLES)
def test_a_table_added_to_itself_is_refused(rows: list[tuple[int, int, int, int]]) -> None:
    table = read(rows, numbered(rows), "RD")
    with pytest.raises(DamagedData):
        with_new(table, table)


@settings(max_examples=20)
@given(TABLES, CELLS)
def test_a_change_is_what_pooling_all_at_once_gives(
    rows: list[tuple[int, int, int, int]], cells: tuple[int, int, int, int]
) -> None:
    held, new = read(rows, numbered(rows), "RD"), read([cells], ["New"], "RD")
    found = change(pool(held), pool(with_new(held, new)))
    at_once = pool(read([*rows, cells], [*numbered(rows), "New"], "RD"))
    assert found.after.estimate == pytest.approx(at_once.estimate)
    assert found.added == ("New",)


@settings(max_examples=150)
@given(st.text(alphabet="study,effctvarn.10-NA \n\";'x\t|", max_size=60))
def test_any_text_is_read_or_refused_in_our_words(rest: str) -> None:
    table = None
    # Anything but an error of ours would fail the test.
    with suppress(NhpfError):
        table = read_text("study,effect,variance\n" + rest)
    assert table is None or all(study.effect is not None for study in table.studies)
