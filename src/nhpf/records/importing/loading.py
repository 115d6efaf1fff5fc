"""Turn the cells of a file into the fields of a contract, in SQL, and say what is wrong."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from pathlib import Path

from nhpf.records.contract import Contract, Field
from nhpf.records.engine import named, quoted
from nhpf.records.importing.decoding import LONGEST_LINE
from nhpf.records.importing.matching import Match, plain
from nhpf.records.importing.places import area_code, area_lookup, lookup
from nhpf.records.importing.values import (
    SUPPRESSED,
    TYPES,
    Expression,
    expression,
    label,
    translated,
)

MOST_BROKEN_ROWS = 1_000_000


@dataclass(frozen=True, slots=True)
class CsvForm:
    """How the engine has to read a CSV: the lines above its rows, and its marks."""

    skip: int
    delimiter: str
    quote: str


@dataclass(frozen=True, slots=True)
class Readable:
    """A file that the engine can read, and how.

    Attributes
    ----------
    name : str
        What to call it.
    path : Path
    sha256 : str
        Of the file that was given.
    csv : CsvForm or None
        None for Parquet.
    encoding : str
    match : Match
    unpacked : Path or None
        The cells of a CSV as columns of text in Parquet, once they have been read.
    """

    name: str
    path: Path
    sha256: str
    csv: CsvForm | None
    encoding: str
    match: Match
    unpacked: Path | None = None

    @property
    def names(self) -> list[str]:
        """Return the columns of its cells: c0, c1, ..., a spread one by its header."""
        return [self.match.spread.get(at, f"c{at}") for at in range(len(self.match.header))]

    def cells(self, *, numbered: bool = False) -> str:
        """Return the SQL of its cells as text, with the ``row_number`` of each where asked."""
        listed = [named(name) for name in self.names]
        if self.csv is None:
            header = self.match.header
            listed = [
                f"{named(header[at])}{self._cast(at)} as {name}" for at, name in enumerate(listed)
            ]
        number = ["file_row_number + 1 as row_number"] if numbered else []
        rows = (
            f"read_parquet({quoted(self.unpacked or self.path)}, hive_partitioning = false,"
            f" file_row_number = {str(numbered).lower()})"
        )
        return f"(select {', '.join([*listed, *number])} from {rows})"

    def csv_cells(self, marks: CsvForm) -> str:
        """Return the SQL that reads a CSV; rows of another width go to ``reject_errors``."""
        columns = ", ".join(f"{named(name)}: 'varchar'" for name in self.names)
        return (
            f"read_csv({quoted(self.path)}, header = false, skip = {marks.skip}, columns ="
            f" {{{columns}}}, auto_detect = false, strict_mode = true, null_padding = false,"
            f" delim = {quoted(marks.delimiter)}, quote = {quoted(marks.quote)},"
            f" escape = {quoted(marks.quote)}, max_line_size = {2 * LONGEST_LINE},"
            " compression = 'none', hive_partitioning = false,"
            f" store_rejects = true, rejects_limit = {MOST_BROKEN_ROWS})"
        )

    def _cast(self, at: int) -> str:
        """Read every typed cell as text but an outline, which has no text of use."""
        return "" if at == self.match.columns.get("outline") else "::varchar"


@dataclass(frozen=True, slots=True)
class Query:
    """SQL that turns the cells of a file into fields and faults.

    Attributes
    ----------
    expressions : tuple of Expression
        In the order of the contract's fields.
    rows : str
        The relation that their SQL is about; the text of a field is ``rows."t_FIELD"``, its cell
        as written ``rows."w_FIELD"``.
    """

    expressions: tuple[Expression, ...]
    rows: str

    @property
    def fault(self) -> str:
        """Return the SQL of a row's first fault: ten times the field's position, and its kind."""
        found = [f"{10 * at} + {each.fault}" for at, each in enumerate(self.expressions)]
        return f"coalesce({', '.join(found)}, 0)::smallint"

    @property
    def faulty_text(self) -> str:
        """Return the SQL of the text that the first fault is about."""
        branches = " ".join(
            f"when {at} then rows.{_text_name(each.field)}::varchar"
            for at, each in enumerate(self.expressions)
        )
        return f"case {self.fault} // 10 {branches} end"

    @property
    def values(self) -> str:
        """Return the SQL of the fields."""
        return ", ".join(
            f"{each.value}::{TYPES.get(each.field.kind, 'varchar')} as {named(each.field.name)}"
            for each in self.expressions
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What a look at the distinct values of some fields has shown.

    Attributes
    ----------
    sound : frozenset of str
        Fields in which nothing is wrong.
    as_is : frozenset of str
        Those of them whose values are the cells as they stand.
    """

    sound: frozenset[str] = frozenset()
    as_is: frozenset[str] = frozenset()


def query(
    file: Readable,
    contract: Contract,
    *,
    dates: str,
    today: dt.date,
    numbered: bool = False,
    known: Known = Known(),
    cells: str = "",
) -> Query:
    """Return the SQL that reads a file as a contract's fields.

    Parameters
    ----------
    file : Readable
    contract : Contract
    dates : str
        The form of dates, where it is not ISO 8601.
    today : datetime.date
    numbered : bool
        Whether rows carry a ``row_number``.
    known : Known
        What need not be looked at again.
    cells : str
        SQL for the cells, where they are not all of the file's.
    """
    layout = file.match.layout
    cells = cells or file.cells(numbered=numbered)
    kept = ["row_number"] * numbered
    if layout.spread:
        headers = ", ".join(named(each) for each in file.match.spread.values())
        cells = f"(from {cells} unpivot include nulls (spread_cell for spread_at in ({headers})))"
        kept.append("spread_at")
    texts, joins, expressions = [], "", []
    for at, field in enumerate(contract.fields):
        written = field.name in known.as_is
        cell = f"nullif({_column(field, file) or 'null'}, '')"
        found = cell if written else _text(field, file, contract)
        texts.append(f"{found} as {_text_name(field)}, {cell} as {named(f'w_{field.name}')}")
        text, place = f"rows.{_text_name(field)}", ""
        if written:
            expressions.append(Expression(field, text, "null"))
            continue
        if found == "null":
            expressions.append(expression(field, "null", dates="", today=today, place="null"))
            continue
        if field.kind == "place":
            joins += lookup(f"p{at}", text, field.known_in)
            place = f"p{at}.code"
        elif field.kind == "area":
            kind = f"rows.{named(f't_{field.by}')}"
            joins += area_lookup(f"p{at}", text, kind)
            place = area_code(f"p{at}", label(text), kind)
        form = dates or layout.dates.get(field.name, "")
        made = expression(field, text, dates=form, today=today, place=place, others=expressions)
        expressions.append(replace(made, fault="null") if field.name in known.sound else made)
    rows = f"(select {', '.join([*texts, *kept])} from {cells} as cells) as rows{joins}"
    return Query(tuple(expressions), rows)


def _text_name(field: Field) -> str:
    return named(f"t_{field.name}")


def _text(field: Field, file: Readable, contract: Contract) -> str:
    """Return the SQL of a field's text: trimmed, its blanks null, its words the contract's."""
    layout = file.match.layout
    column = _column(field, file)
    if field.kind == "outline" or not column:
        text = column or "null"
    else:
        withheld = SUPPRESSED if field.suppression else ()
        blanks = ", ".join(quoted(each) for each in ("", *layout.blanks, *withheld))
        text = f"(case when trim({column}) not in ({blanks}) then trim({column}) end)"
    if field.name in layout.values:
        text = translated(text, layout.values[field.name])
    figures = [_column(each, file) for each in contract.fields if each.suppression == field.name]
    for figure in filter(None, figures):
        marks = ", ".join(quoted(each) for each in SUPPRESSED)
        text = f"(case when trim({figure}) in ({marks}) then 'yes' else coalesce({text}, 'no') end)"
    return text


def _column(field: Field, file: Readable) -> str:
    """Return the SQL of what a file holds for a field, as written; "" where it has nothing."""
    layout = file.match.layout
    if field.name in layout.constants:
        return quoted(layout.constants[field.name])
    if field.name in layout.computed:
        return f"({_filled(layout.computed[field.name], file)})"
    if layout.spread and field.name in (layout.spread.into, layout.spread.value):
        return "spread_at" if field.name == layout.spread.into else "spread_cell"
    at = file.match.columns.get(field.name)
    return "" if at is None else f"c{at}"


def _filled(sql: str, file: Readable) -> str:
    """Put columns in the places of the headers that stand in braces; null for one not there."""
    at = {plain(each): "null" for each in file.match.layout.absent}
    at |= {plain(each): f"trim(c{at})" for at, each in enumerate(file.match.header)}
    return re.sub(r"\{([^}]*)\}", lambda found: at[plain(found.group(1))], sql)
