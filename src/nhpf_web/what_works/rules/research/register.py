"""Rows of the register, and the files that they leave in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date

from nhpf_web.what_works.rules.exchange import cell
from nhpf_web.what_works.rules.filters import Tags

FORMAT = "nhpf-research/1"
KINDS = {
    "question": "Question",
    "call": "Call",
    "study": "Study",
    "output": "Output",
}


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of the register; ``area``, ``level`` and ``subtype`` are values, not words."""

    kind: str
    reference: str
    title: str
    state: str
    organisation: str
    area: str
    level: str
    subtype: str
    since: date
    closes: date | None
    reason: str
    address: str
    is_example: bool

    @property
    def kind_words(self) -> str:
        """What kind of record it is."""
        return KINDS[self.kind]

    @property
    def tags(self) -> Tags:
        """What the filters know of it."""
        return {
            "kind": frozenset({self.kind}),
            "state": frozenset({self.state}),
            "area": frozenset({self.area} - {""}),
            "prevention": frozenset({self.level} - {""}),
            "subtype": frozenset({self.subtype} - {""}),
        }


COLUMNS = tuple(field.name for field in fields(RegisterRow))


def register_as_json(rows: Iterable[RegisterRow]) -> str:
    """Return rows as a JSON document."""
    document = {"format": FORMAT, "records": [asdict(row) for row in rows]}
    return json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n"


def register_as_csv(rows: Iterable[RegisterRow]) -> str:
    """Return rows as CSV; no cell can be taken for a formula."""
    written = io.StringIO()
    table = csv.DictWriter(written, COLUMNS, lineterminator="\r\n")
    table.writeheader()
    for row in rows:
        table.writerow({name: _cell(value) for name, value in asdict(row).items()})
    return written.getvalue()


def _cell(value: object) -> str:
    return "" if value is None else cell(str(value))
