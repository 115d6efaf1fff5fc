"""Made-up recorded crime of national size, uneven as crime is, and marked as made up everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

import nhpf
from nhpf.errors import InvalidInput
from nhpf.numerics.permutation import generator
from nhpf.records.events.expression import LEVELS, look_up

if TYPE_CHECKING:
    import pyarrow

SERIES = "SYNTHETIC recorded crime: made-up events, no real record is among them"
MARKER = "SYNTHETIC.txt"
FIRST_MONTH = np.datetime64("2015-01", "M")
BLOCK_ROWS = 1 << 20

# Category, an offence code of the Home Office that stands in it, and its share of events. Homicide
# is not among them.
CATEGORIES = (
    ("Violence with injury", "8N", 0.110),
    ("Violence without injury", "105A", 0.160),
    ("Stalking and harassment", "8L", 0.120),
    ("Rape", "19C", 0.012),
    ("Other sexual offences", "20A", 0.020),
    ("Robbery", "34B", 0.014),
    ("Residential burglary", "28E", 0.050),
    ("Vehicle offences", "45", 0.070),
    ("Bicycle theft", "44", 0.015),
    ("Shoplifting", "46", 0.080),
    ("Other theft", "49", 0.134),
    ("Criminal damage and arson", "58D", 0.095),
    ("Drug offences", "92E", 0.035),
    ("Public order offences", "9A", 0.085),
)
# Gamma shapes: areas differ widely in how much they have, less in what they have. None is without
# crime: a tenth of the events falls evenly.
AREA_SHAPE, MIX_SHAPE = 0.95, 10.0
EVEN_SHARE, SEASON, BLANK_SHARE = 0.1, 0.1, 0.01


@dataclass(frozen=True, slots=True)
class Synthetic:
    """What was written.

    Attributes
    ----------
    path : pathlib.Path
        The file; the marker lies beside it.
    rows : int
    series : str
        What every use of it has to say.
    """

    path: Path
    rows: int
    series: str


def synthesise(
    folder: Path,
    *,
    rows: int,
    rng: np.random.Generator | int,
    months: int = 120,
    form: Literal["parquet", "csv"] = "parquet",
) -> Synthetic:
    """Write made-up events of England and Wales as a force would send them, all columns text.

    Areas are over-dispersed (gamma), months seasonal, fourteen categories uneven and mixed
    differently in each area; one event in a hundred has no place. Rows come month by month and are
    written as they are made, so that memory does not grow with them. They are marked as made up in
    each ``event_id`` (SYN…), in the file's metadata, in its name and in a file beside it.

    Parameters
    ----------
    folder : pathlib.Path
        Made if it is not there.
    rows : int
        Exactly so many.
    rng : numpy.random.Generator or int
        The same seed gives the same rows.
    months : int
        From January 2015.
    form : str
        ``parquet`` or ``csv``.

    Raises
    ------
    InvalidInput
        If rows or months are fewer than one, or the form is another.
    """
    if rows < 1 or months < 1 or form not in ("parquet", "csv"):
        raise InvalidInput(
            "Made-up events are at least one, in at least one month, as parquet or csv.",
            where=f"{rows} rows, {months} months, {form}",
        )
    seed = str(rng) if isinstance(rng, int) else "a generator's state"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"crime_events_SYNTHETIC.{form}"
    notes = {"synthetic": "true", "series": SERIES, "seed": seed, "code_version": nhpf.__version__}
    marker = "\n".join(f"{name}: {value}" for name, value in {**notes, "file": path.name}.items())
    (folder / MARKER).write_text(marker + "\n", encoding="utf-8")
    with _writer(path, form, notes) as write:
        for block in _blocks(rows, months, generator(rng)):
            write(block)
    return Synthetic(path, rows, SERIES)


def _blocks(rows: int, months: int, rng: np.random.Generator) -> Iterator[pyarrow.Table]:
    """Yield the events month by month, at most a million at a time."""
    table = look_up()
    lsoas, forces = table[LEVELS["lsoa"]].to_pylist(), table[LEVELS["force_area"]].to_pylist()
    shares = _shares(len(lsoas), rng)
    seasons = 1 + SEASON * np.sin(np.arange(months) * np.pi / 6)
    made = 0
    for month, events in enumerate(rng.multinomial(rows, seasons / seasons.sum())):
        for start in range(0, events, BLOCK_ROWS):
            size = min(BLOCK_ROWS, events - start)
            cells = np.repeat(np.arange(shares.size), rng.multinomial(size, shares))
            rng.shuffle(cells)
            blank = rng.random(size) < BLANK_SHARE
            yield _block(made, str(FIRST_MONTH + month), cells, blank, lsoas, forces)
            made += size


def _shares(areas: int, rng: np.random.Generator) -> np.ndarray:
    """Return the share of all events of each area and category, areas the slower, summing to 1."""
    shape = (areas, len(CATEGORIES))
    mix = rng.gamma(MIX_SHAPE, size=shape) * [share for *_, share in CATEGORIES]
    uneven = rng.gamma(AREA_SHAPE, 1 / AREA_SHAPE, size=areas)
    mix *= ((EVEN_SHARE + (1 - EVEN_SHARE) * uneven) / mix.sum(axis=1))[:, None]
    shares: np.ndarray = (mix / mix.sum()).ravel()
    return shares


def _block(
    made: int,
    month: str,
    cells: np.ndarray,
    blank: np.ndarray,
    lsoas: list[str],
    forces: list[str],
) -> pyarrow.Table:
    import pyarrow
    import pyarrow.compute as pc

    area, category = np.divmod(cells.astype(np.int32), len(CATEGORIES))
    numbers = pyarrow.array(np.arange(made + 1, made + 1 + len(cells))).cast("string")
    columns = {
        "event_id": pc.binary_join_element_wise("SYN", pc.utf8_lpad(numbers, 12, "0"), ""),
        "force": _words(area, forces),
        "month": pyarrow.repeat(month, len(cells)),
        "offence_code": _words(category, [code for _, code, _ in CATEGORIES]),
        "category": _words(category, [name for name, *_ in CATEGORIES]),
        "lsoa": _words(area, lsoas, blank),
    }
    return pyarrow.table(columns)


def _words(codes: np.ndarray, values: list[str], blank: np.ndarray | None = None) -> Any:
    import pyarrow

    listed = pyarrow.array(codes, mask=blank)
    return pyarrow.DictionaryArray.from_arrays(listed, values).cast("string")


@contextmanager
def _writer(
    path: Path, form: str, notes: dict[str, str]
) -> Iterator[Callable[[pyarrow.Table], None]]:
    """Give a function that adds rows to the file; its metadata say that they are made up."""
    import pyarrow
    from pyarrow import csv, parquet

    names = ("event_id", "force", "month", "offence_code", "category", "lsoa")
    schema = pyarrow.schema([(name, "string") for name in names], metadata=notes)
    if form == "csv":
        with csv.CSVWriter(path, schema) as lines:
            yield lines.write_table
    else:
        with parquet.ParquetWriter(path, schema) as groups:
            yield lambda block: groups.write_table(block.replace_schema_metadata(notes))
