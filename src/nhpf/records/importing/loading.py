"""Turn the cells of a file into the fields of a contract, in SQL, and say what is wrong."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
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
    """

    name: str
    path: Path
    sha256: str
    csv: CsvForm | None
    encoding: str
    match: Match

    def cells(self, *, broken: str) -> str:
        """Return the SQL that reads its cells: columns c0, c1, ..., a spread one by its header.

        Parameters
        ----------
        broken : str
            What to do with rows that have too few or too many cells: ``"store_rejects"`` lists them
            in the table ``reject_errors``, ``"ignore_errors"`` passes them over.
        """
        names = [named(self.match.spread.get(at, f"c{at}")) for at in range(len(self.match.header))]
        if self.csv is None:
            listed = ", ".join(
                f"{named(each)}{self._cast(at)} as {names[at]}"
                for at, each in enumerate(self.match.header)
            )
            rows = f"read_parquet({quoted(self.path)}, hive_partitioning = false)"
            return f"(select {listed} from {rows})"
        columns = ", ".join(f"{name}: 'varchar'" for name in names)
        limit = f", rejects_limit = {MOST_BROKEN_ROWS}" if broken == "store_rejects" else ""
        marks = self.csv
        return (
            f"read_csv({quoted(self.path)}, header = false, skip = {marks.skip}, columns ="
            f" {{{columns}}}, auto_detect = false, strict_mode = true, null_padding = false,"
            f" delim = {quoted(marks.delimiter)}, quote = {quoted(marks.quote)},"
            f" escape = {quoted(marks.quote)}, max_line_size = {2 * LONGEST_LINE},"
            f" compression = 'none', hive_partitioning = false, {broken} = true{limit})"
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
        The relation that their SQL is about; the text of a field is ``rows."t_FIELD"``.
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


def query(
    file: Readable, contract: Contract, *, dates: str, today: dt.date, broken: str = "store_rejects"
) -> Query:
    """Return the SQL that reads a file as a contract's fields.

    Parameters
    ----------
    file : Readable
    contract : Contract
    dates : str
        The form of dates, where it is not ISO 8601.
    today : datetime.date
    broken : str
        As `Readable.cells` takes it; with ``"ignore_errors"``, rows carry a ``row_number``, which
        costs the reading in parallel.
    """
    layout, cells = file.match.layout, file.cells(broken=broken)
    kept = ["row_number"] if broken == "ignore_errors" else []
    if kept:
        cells = f"(select *, row_number() over () as row_number from {cells})"
    if layout.spread:
        headers = ", ".join(named(each) for each in file.match.spread.values())
        cells = f"(from {cells} unpivot include nulls (spread_cell for spread_at in ({headers})))"
        kept.append("spread_at")
    texts = [f"{_text(each, file, contract)} as {_text_name(each)}" for each in contract.fields]
    texts += [f"c{at} as left_{at}" for at in file.match.left_out]
    joins, expressions = "", []
    for at, field in enumerate(contract.fields):
        text, place = f"rows.{_text_name(field)}", ""
        if field.kind == "place":
            joins += lookup(f"p{at}", text, field.known_in)
            place = f"p{at}.code"
        elif field.kind == "area":
            kind = f"rows.{named(f't_{field.by}')}"
            joins += area_lookup(f"p{at}", text, kind)
            place = area_code(f"p{at}", label(text), kind)
        form = dates or layout.dates.get(field.name, "")
        expressions.append(expression(field, text, dates=form, today=today, place=place))
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
