"""Count an encoded table, file by file and without decoding a row."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import groupby
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from nhpf.records.encoding import PLACES_A_FILE, codes_path
from nhpf.records.events import blocks
from nhpf.records.events.blocks import Axis, Counted
from nhpf.records.events.expression import LEVELS, checked_by, look_up

if TYPE_CHECKING:
    import pyarrow

PLACE = "lsoa"
BATCH_ROWS = 1 << 20


def can_count(description: dict[str, Any], by: Sequence[str]) -> bool:
    """Return whether a table is encoded so that it can be counted by these names here."""
    columns = {PLACE if name in LEVELS else name for name in by}
    coded = {*description["codes"], *description["months"]}
    return description["clustered_by"] == PLACE and columns <= coded


def count_encoded(folder: Path, description: dict[str, Any], by: Sequence[str]) -> pyarrow.Table:
    """Count the events of an encoded folder: the cells that ``expression.cells`` gives.

    Each file holds the events of 1,024 places, so that its block of counts stays in the processor's
    cache. Memory depends on the cells of a file and on the result, not on the number of events.

    Parameters
    ----------
    folder : pathlib.Path
    description : dict
        Of ``encoding.Encoded``; ``can_count`` holds for it.
    by : sequence of str
        As in ``expression.cells``.

    Returns
    -------
    pyarrow.Table
        One row per cell that holds an event: words in dictionaries, months as dates, blanks as
        null, ``events`` as whole numbers.
    """
    import pyarrow

    names = checked_by(by)
    level = next((name for name in names if name in LEVELS), None)
    rest = tuple(_axis(name, description) for name in names if name not in LEVELS)
    to, places = _places(folder, level)
    axes = (Axis(level or PLACE, 0, len(places) + 1), *rest)
    words = (places, *(_words(axis, folder, description) for axis in rest))
    paths = sorted((folder / "rows").glob("*.parquet"))
    parts = [(part, tuple(found)) for part, found in groupby(paths, key=_part)]
    count = partial(_count_part, rest=rest, to=to)
    write = partial(_table, axes=axes, words=words)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        if to is None:  # no cell lies in two files
            tables = list(pool.map(lambda part: write(count(part)), parts))
        else:
            tables = [write(blocks.summed(list(pool.map(count, parts))))]
    return pyarrow.concat_tables(tables).select([*names, "events"])


def _part(path: Path) -> int:
    return int(path.stem.partition("-")[0])


def _axis(name: str, description: dict[str, Any]) -> Axis:
    if name in description["months"]:
        first, last = description["months"][name]
        return Axis(name, first, last - first + 1)
    return Axis(name, 0, description["codes"][name] + 1)


def _values(folder: Path, name: str) -> pyarrow.Array:
    """Return the values of a coded column; the first has the code 1."""
    from pyarrow import parquet

    return parquet.read_table(codes_path(folder, name))["value"].combine_chunks()


def _words(axis: Axis, folder: Path, description: dict[str, Any]) -> pyarrow.Array:
    """Return what the codes of an axis stand for: its values, or the first days of its months."""
    import pyarrow

    if axis.name not in description["months"]:
        return _values(folder, axis.name)
    first = np.datetime64("0000-01", "M") + axis.low
    return pyarrow.array((first + np.arange(axis.size)).astype("datetime64[D]"))


def _places(folder: Path, level: str | None) -> tuple[np.ndarray | None, pyarrow.Array]:
    """Return the code at a level of each code of an LSOA, and the level's values.

    The codes are None for LSOAs themselves. Without a level all places are one.
    """
    import pyarrow

    held = _values(folder, PLACE)
    if level == PLACE:
        return None, held
    if level is None:
        return np.zeros(len(held) + 1, dtype=np.int64), held.slice(0, 0)
    table = look_up()
    upper = dict(zip(*(table[LEVELS[name]].to_pylist() for name in (PLACE, level)), strict=True))
    values = sorted(set(upper.values()))
    code = {value: number for number, value in enumerate(values, 1)}
    to = [0, *(code.get(upper.get(place), 0) for place in held.to_pylist())]
    return np.array(to, dtype=np.int64), pyarrow.array(values, pyarrow.string())


def _codes(paths: Sequence[Path], columns: Sequence[str]) -> Iterator[list[np.ndarray]]:
    from pyarrow import parquet

    for path in paths:
        with parquet.ParquetFile(path, memory_map=True, pre_buffer=False) as file:
            for batch in file.iter_batches(BATCH_ROWS, columns=list(columns), use_threads=False):
                yield [batch.column(name).to_numpy() for name in columns]


def _count_part(
    part: tuple[int, Sequence[Path]], *, rest: Sequence[Axis], to: np.ndarray | None
) -> Counted:
    """Count the events of 1,024 places; keys begin with the code of the place or of its level."""
    number, paths = part
    place = Axis(PLACE, number * PLACES_A_FILE, PLACES_A_FILE)
    axes = (place, *rest)
    cells_a_place = prod(axis.size for axis in rest)
    found = blocks.count(_codes(paths, [axis.name for axis in axes]), axes)
    found = Counted(found.keys + place.low * cells_a_place, found.counts)
    return found if to is None else blocks.moved(found, to, cells_a_place=cells_a_place)


def _table(cells: Counted, axes: Sequence[Axis], words: Sequence[pyarrow.Array]) -> pyarrow.Table:
    import pyarrow

    columns = {}
    for codes, axis, each in zip(blocks.split(cells, axes), axes, words, strict=True):
        if pyarrow.types.is_date(each.type):
            columns[axis.name] = each.take(pyarrow.array(codes))
            continue
        blank = codes == 0
        listed = pyarrow.array(codes - 1, mask=blank if blank.any() else None)
        columns[axis.name] = pyarrow.DictionaryArray.from_arrays(listed, each)
    return pyarrow.table({**columns, "events": cells.counts})
