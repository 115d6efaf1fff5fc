"""The clerical-review sheet: doubtful pairs for people to judge, and their judgements read back.

It shows how two records differ, not which they are: no reference, no date, no small area. Pair ids
are made for one run with a key that is not kept.
"""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from nhpf.errors import DamagedData, InvalidInput
from nhpf.records.linkage.comparing import ASPECTS, GAP
from nhpf.records.linkage.matching import Pairs

if TYPE_CHECKING:
    import duckdb

MARKING = "OFFICIAL-SENSITIVE"
DOUBTFUL = (0.2, 0.9)
MOST = 200
LARGEST = 1_000_000
ANSWERS = {"match": 1, "no match": -1, "unsure": 0, "": 0}


@dataclass(frozen=True, slots=True)
class NamedPairs:
    """Candidate pairs under names that hold for one run.

    Attributes
    ----------
    pair, police, hospital : ndarray of str
        Pseudonyms of the pair and of its two events.
    probability : ndarray
    """

    pair: np.ndarray
    police: np.ndarray
    hospital: np.ndarray
    probability: np.ndarray


def pseudonymised(pairs: Pairs, *, key: bytes) -> NamedPairs:
    """Name pairs and events by a keyed hash of their rows; whoever lacks the key cannot go back.

    Parameters
    ----------
    pairs : Pairs
    key : bytes
        Random, made for this run, and forgotten after it.
    """
    police = _hashed(key, "police", pairs.police)
    hospital = _hashed(key, "hospital", pairs.hospital)
    both = _hashed(key, "pair", [f"{a}:{b}" for a, b in zip(police, hospital, strict=True)])
    return NamedPairs(both, police, hospital, pairs.probability)


def _hashed(key: bytes, kind: str, rows: Any) -> np.ndarray:
    # A letter in front keeps spreadsheets from reading a name as a number.
    names = {
        row: "P" + hmac.new(key, f"{kind}:{row}".encode(), hashlib.sha256).hexdigest()[:16]
        for row in dict.fromkeys(rows)
    }
    return np.array([names[row] for row in rows], dtype=object)


def write_sheet(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    pairs: Pairs,
    named: NamedPairs,
    *,
    run: str,
    expires: date,
    reviewers: Sequence[str],
) -> Path:
    """Write the doubtful pairs, those nearest to even chances first, and return the sheet's path.

    Parameters
    ----------
    con : DuckDBPyConnection
        With the tables that the pairs were made from.
    folder : Path
        The run's restricted folder.
    reviewers : sequence of str
        The posts that may read the sheet; at least one.

    Raises
    ------
    InvalidInput
        If nobody is named to read it.
    """
    if not reviewers:
        raise InvalidInput(
            "A clerical-review sheet needs a named distribution.",
            next_step="Name the posts that may read it with --distribution.",
        )
    headings, rows = _doubtful(con, pairs, named)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows(
        [
            [MARKING],
            ["Clerical review of doubtful pairs of events"],
            ["For", "; ".join(reviewers), "and nobody else"],
            ["Delete by", expires.isoformat()],
            ["Run", run],
            ["Write match, no match or unsure under decision. Do not try to find out who it was."],
            [],
            headings,
            *rows,
            [MARKING],
        ]
    )
    path = folder / f"{MARKING}_linkage-review_{run}_delete-by-{expires.isoformat()}.csv"
    path.touch(mode=0o600)
    # The mark at the start tells spreadsheets that the text is UTF-8.
    path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    return path


def _doubtful(
    con: duckdb.DuckDBPyConnection, pairs: Pairs, named: NamedPairs
) -> tuple[list[str], list[tuple[Any, ...]]]:
    low, high = DOUBTFUL
    held = np.flatnonzero((pairs.probability >= low) & (pairs.probability <= high))
    held = held[np.argsort(np.abs(pairs.probability[held] - 0.5), kind="stable")][:MOST]
    con.register(
        "doubtful",
        {
            "place_in_list": np.arange(held.size),
            "pair": named.pair[held],
            "police": pairs.police[held],
            "hospital": pairs.hospital[held],
            "probability": pairs.probability[held],
        },
    )
    place = next(aspect for aspect in ASPECTS if aspect.name == "place")
    words = ", ".join(f"'{level.words}'" for level in place.levels)
    sql = (Path(__file__).parent / "doubtful.sql").read_text("utf-8")
    found = con.execute(sql.format(gap=GAP, place=f"[{words}][1 + {place.case()}]"))
    headings = [column[0] for column in found.description]
    return [*headings, "decision"], [(*row, "") for row in found.fetchall()]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people wrote into a sheet.

    Attributes
    ----------
    run : str
    answers : dict of str to int
        For each pair 1 a match, -1 no match, 0 undecided.
    rows : dict of str to int
        The row of the sheet that each pair stands in, from 1.
    """

    run: str
    answers: dict[str, int]
    rows: dict[str, int]


def read_decisions(path: Path) -> Decisions:
    """Read a filled sheet, saved with commas or semicolons.

    Raises
    ------
    InvalidInput
        If there is no such file, it is no such sheet, or a decision is none of the three words.
    DamagedData
        If it cannot be read.
    """
    rows = _rows(path)
    run = next((row[1] for row in rows if len(row) > 1 and row[0] == "Run"), "")
    start = next((n for n, row in enumerate(rows) if row[:1] == ["pair"]), None)
    if not run or start is None or "decision" not in rows[start]:
        raise InvalidInput("This is not a sheet that linkage wrote.", where=path.name)
    column = rows[start].index("decision")
    answers, places = {}, {}
    for number, row in enumerate(rows[start + 1 :], start + 2):
        if len(row) <= column or row[0] in {"", MARKING}:
            continue
        answer = row[column].strip().lower()
        if answer not in ANSWERS:
            raise InvalidInput(
                "A decision is match, no match or unsure.", where=f"{path.name}, row {number}"
            )
        answers[row[0]], places[row[0]] = ANSWERS[answer], number
    return Decisions(run, answers, places)


def _rows(path: Path) -> list[list[str]]:
    if not path.is_file():
        raise InvalidInput("There is no file of this name.", where=str(path))
    try:
        if path.stat().st_size > LARGEST:
            raise InvalidInput("The file is too large to be a review sheet.", where=path.name)
        text = path.read_text("utf-8-sig")
        # Spreadsheets of other countries save with semicolons: the headings tell which it is.
        delimiter = ";" if "\npair;" in text else ","
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise DamagedData(
            "The sheet cannot be read.", where=path.name, next_step="Save it as CSV (UTF-8)."
        ) from None
