"""Find out how a plain file can be read: its encoding, its marks, its header, its layout."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nhpf.errors import InvalidInput, PersonalData
from nhpf.records.checking import digest
from nhpf.records.contract import Contract
from nhpf.records.importing.decoding import decoded
from nhpf.records.importing.dialect import dialect_of
from nhpf.records.importing.loading import CsvForm, Readable
from nhpf.records.importing.matching import match, plain
from nhpf.records.importing.opening import Opened
from nhpf.records.importing.screening import personal_header
from nhpf.records.importing.spreadsheet import sheet_as_csv
from nhpf.records.parquet import header_of

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person may say about files that do not say it themselves.

    Attributes
    ----------
    layout : str
        The layout, where several would fit.
    sheet : str
        The sheet of a spreadsheet.
    dates : str
        The form of dates, as ``strptime`` takes it, such as ``%d/%m/%Y``.
    """

    layout: str = ""
    sheet: str = ""
    dates: str = ""

    def __post_init__(self) -> None:
        """Refuse a form of dates that names no part of a date.

        Raises
        ------
        InvalidInput
        """
        if self.dates and not re.search("%[A-Za-z]", self.dates):
            raise InvalidInput(
                "The form of dates says no part of a date.",
                where="--dates",
                next_step="Write it like --dates %d/%m/%Y; %y is a year of two digits.",
            )


def readable(
    con: duckdb.DuckDBPyConnection, file: Opened, contract: Contract, choices: Choices, folder: Path
) -> Readable:
    """Return how a plain file can be read.

    Raises
    ------
    DamagedData
        If it cannot be, or fits no layout of the contract.
    PersonalData
        If a column is named for what only a person has.
    """
    sha256, encoding, path, form = "", "", file.path, None
    if file.kind == "parquet":
        header, sha256 = header_of(con, file.path, file.name), digest(file.path)
    else:
        if file.kind == "spreadsheet":
            sha256, encoding = digest(file.path), "xlsx"
            path = sheet_as_csv(file.path, file.name, folder, sheet=choices.sheet)
        text = decoded(path, file.name, folder)
        dialect = dialect_of(text.path, file.name)
        header, path = dialect.header, text.path
        sha256, encoding = sha256 or text.sha256, encoding or text.encoding
        form = CsvForm(dialect.skip, dialect.delimiter, dialect.quote)
    _refuse_personal(header, contract, file.name)
    found = match(contract, header, file.name, layout=choices.layout)
    return Readable(file.name, path, sha256, form, encoding or "parquet", found)


def _refuse_personal(header: tuple[str, ...], contract: Contract, name: str) -> None:
    known = {plain(each) for layout in contract.layouts for each in layout.columns}
    for each in header:
        what = "" if plain(each) in known else personal_header(each)
        if what:
            raise PersonalData(
                f"A column is named for {what}, which this data set never holds.",
                where=f"{name}, column {each.strip()[:60]}",
                next_step="Take the column out of the file before you import it.",
            )
