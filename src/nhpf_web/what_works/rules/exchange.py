"""Practices as CSV and JSON, out and in again without loss."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from nhpf.errors import InvalidInput
from nhpf_web.what_works.rules.fields import FIELDS, Answer, Kind
from nhpf_web.what_works.rules.findings import BY_CODE, finding_of

FORMAT = "nhpf-practices/1"
ABOUT = ("permanent_id", "version", "organisation", "state", "published", "review_due")
ASKED = tuple(name for name in FIELDS if name != "finding")
COLUMNS = (*ABOUT, *ASKED, "label_2023", "stage")
BETWEEN = "; "
# A sheet would take these for a formula; an apostrophe before them says that they are words.
FORMULA = re.compile(r"[=+\-@\t\r']")
PERMANENT_ID = re.compile(r"pr-([1-9][0-9]{0,5})-[a-z0-9]+(?:-[a-z0-9]+)*")

Row = dict[str, Any]


def row_of(about: Mapping[str, str], answers: Mapping[str, Answer]) -> Row:
    """Return one practice as a flat row: what it is, then every answer, then its finding."""
    held = BY_CODE.get(str(answers.get("finding", "")))
    finding = {"label_2023": held.label if held else "", "stage": held.stage if held else ""}
    asked = {name: answers.get(name, _empty(name)) for name in ASKED}
    return {**{name: about.get(name, "") for name in ABOUT}, **asked, **finding}


def _empty(name: str) -> Answer:
    return [] if FIELDS[name].kind == Kind.SEVERAL else ""


def answers_of(row: Mapping[str, Any]) -> dict[str, Answer]:
    """Return the answers that a row holds.

    Raises
    ------
    InvalidInput
        Where it has a column that is not known, a value of another kind, or a finding that no row
        of the table has.
    """
    if unknown := sorted(set(row) - set(COLUMNS)):
        raise InvalidInput(f"There is no field “{unknown[0][:40]}”.")
    found: dict[str, Answer] = {}
    for name in ASKED:
        value = row.get(name) or _empty(name)
        if type(value) is not type(_empty(name)) or not all(isinstance(one, str) for one in value):
            raise InvalidInput(f"The field “{name}” is of another kind.")
        found[name] = value
    label, stage = str(row.get("label_2023") or ""), str(row.get("stage") or "")
    found["finding"] = finding_of(label=label, stage=stage).code if label or stage else ""
    return {name: answer for name, answer in found.items() if answer}


def as_json(rows: Iterable[Row]) -> str:
    """Return rows as a JSON document."""
    document = {"format": FORMAT, "practices": list(rows)}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def as_csv(rows: Iterable[Row]) -> str:
    """Return rows as CSV, each field a column; several values of one stand with semicolons."""
    written = io.StringIO()
    table = csv.DictWriter(written, COLUMNS, lineterminator="\r\n")
    table.writeheader()
    for row in rows:
        table.writerow({name: cell(value) for name, value in row.items()})
    return written.getvalue()


def cell(value: Answer) -> str:
    """Return a value as a cell that no sheet takes for a formula."""
    text = value if isinstance(value, str) else BETWEEN.join(value)
    return f"'{text}" if FORMULA.match(text) else text


def read_rows(text: str, *, ending: str) -> list[Row]:
    """Return the rows of a CSV or a JSON document.

    Raises
    ------
    InvalidInput
        Where it is neither, or holds none.
    """
    rows = _read_json(text) if ending == "json" else _read_csv(text)
    if not rows:
        raise InvalidInput("The file holds no practice.")
    return rows


def _read_json(text: str) -> list[Row]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise InvalidInput("The file is not JSON.") from None
    known = isinstance(document, dict) and document.get("format") == FORMAT
    rows = document.get("practices") if known else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InvalidInput(f"The file is not of the format {FORMAT}.")
    return rows


def _read_csv(text: str) -> list[Row]:
    table = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if "title" not in (table.fieldnames or ()):
            raise InvalidInput("The file’s first line names no column “title”.")
        rows = [dict(row) for row in table]
    except csv.Error:
        raise InvalidInput("The file is not CSV.") from None
    for number, row in enumerate(rows, 1):
        if None in row or None in row.values():
            raise InvalidInput("A row has more or fewer cells than columns.", where=f"row {number}")
    return [{name: _value(name, cell) for name, cell in row.items()} for row in rows]


def _value(name: str, cell: str) -> Answer:
    text = cell.removeprefix("'")
    is_several = name in FIELDS and FIELDS[name].kind == Kind.SEVERAL
    return [one for one in text.split(BETWEEN) if one] if is_several else text


def number_of(permanent_id: str) -> int:
    """Return the number in a permanent id.

    Raises
    ------
    InvalidInput
        Where the id is not of their form.
    """
    found = PERMANENT_ID.fullmatch(permanent_id)
    if found is None or len(permanent_id) > 100:
        raise InvalidInput("A permanent id looks like pr-12-support-in-hospital.")
    return int(found.group(1))
