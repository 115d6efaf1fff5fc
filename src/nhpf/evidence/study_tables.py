"""Read a study table: one effect of one study in each row, as effect, counts or means."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from nhpf.errors import DamagedData, InvalidInput, PersonalData
from nhpf.evidence.measures import Measure
from nhpf.evidence.rows import FORMS, KNOWN, NUMBERS, Form, measure_of, study_of
from nhpf.evidence.studies import Study
from nhpf.records.importing.decoding import decoded
from nhpf.records.importing.dialect import Dialect, dialect_of
from nhpf.records.importing.opening import opened
from nhpf.records.importing.screening import personal_header

# A cluster of thousands would take minutes.
MOST_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file that studies were read from, so that the figure can be made again."""

    name: str
    sha256: str
    rows: int

    def __str__(self) -> str:
        """Return the file, its rows and its SHA-256."""
        return (
            f"{self.name}, {self.rows} {'row' if self.rows == 1 else 'rows'}, SHA-256 {self.sha256}"
        )


@dataclass(frozen=True, slots=True)
class StudyTable:
    """Studies of one measure, with the files that they were read from.

    Attributes
    ----------
    studies : tuple of Study
        In the order of the files.
    measure : Measure
    has_outcomes : bool
        Whether each study says which outcome it measured.
    files : tuple of SourceFile
    """

    studies: tuple[Study, ...]
    measure: Measure
    has_outcomes: bool
    files: tuple[SourceFile, ...]

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes, in the order in which they first stand."""
        return tuple(dict.fromkeys(study.outcome for study in self.studies))


def read_study_table(
    path: Path, *, measure: str | None = None, columns: Mapping[str, str] | None = None
) -> StudyTable:
    """Read a study table and compute the effect of each study.

    Parameters
    ----------
    path : Path
        A CSV with a column ``study`` and either ``effect`` with ``variance`` or ``se``; or
        events and sizes of two groups; or means, standard deviations and sizes
        (``nhpf.evidence.rows.FORMS``). ``outcome``, ``country``, ``year`` and ``cluster`` are
        known; any other column is a moderator. Ratios are given as logarithms in ``effect``.
    measure : {"OR", "RR", "RD", "SMD"}, optional
        Without, the odds ratio of counts, the standardised mean difference of means, and the
        effect as it was given.
    columns : mapping of str to str, optional
        The file's own name for a column, such as ``{"effect": "yi"}``.

    Raises
    ------
    InvalidInput
        No such file, a measure that its columns cannot give, a named column that is not there.
    DamagedData
        Names the file, row and column; the first row under the header is 1.
    PersonalData
        A column or cell points to a person.
    """
    with tempfile.TemporaryDirectory() as folder:
        staging = Path(folder)
        files = list(opened([path], staging))
        if len(files) != 1 or files[0].kind != "text":
            raise DamagedData(
                "A study table is one CSV file.", where=path.name, next_step="Save it as CSV."
            )
        name = files[0].name
        text = decoded(files[0].path, name, staging)
        dialect = dialect_of(text.path, name)
        header = _header(dialect, columns or {}, name)
        form = _form(header, name)
        kind = measure_of(form, measure)
        studies = []
        for row, cells in _rows(text.path, dialect, len(dialect.header), name):
            held = {field: cells[at].strip() for field, at in header.items()}
            studies.append(study_of(held, form, kind, file=name, row=row))
    if "cluster" not in header:
        _refuse_repeats(studies, name)
    source = SourceFile(name, text.sha256, len(studies))
    return StudyTable(tuple(studies), kind, "outcome" in header, (source,))


def with_new(held: StudyTable, new: StudyTable) -> StudyTable:
    """Return a table with the studies of another added.

    Raises
    ------
    InvalidInput
        Another measure, or only one of the tables says which outcomes were measured.
    DamagedData
        A study that is held already for the same outcome.
    """
    name = new.files[0].name
    if held.measure != new.measure:
        raise InvalidInput(
            f"The first table gives the {held.measure.name}, the new one the {new.measure.name}.",
            where=name,
            next_step="State one --measure that both can give.",
        )
    if held.has_outcomes != new.has_outcomes:
        raise InvalidInput(
            "Only one of the two tables has a column outcome.",
            where=name,
            next_step="Say in both which outcome each study measured.",
        )
    known = {study.identity for study in held.studies}
    for study in new.studies:
        if study.identity in known:
            raise DamagedData(
                "The study is in the first table already, for the same outcome.",
                where=f"{name}, row {study.row}, column study",
                next_step="Take it out of the new table.",
            )
    return StudyTable(
        held.studies + new.studies, held.measure, held.has_outcomes, held.files + new.files
    )


def _header(dialect: Dialect, columns: Mapping[str, str], name: str) -> dict[str, int]:
    """Return the place of each column under the name that we know it by."""
    written = [each.strip() for each in dialect.header]
    names = [each.casefold() for each in written]
    for at, each in enumerate(names):
        if not each:
            raise DamagedData(f"Column {at + 1} has no name.", where=f"{name}, header")
        if each in names[:at]:
            raise DamagedData("Two columns have one name.", where=f"{name}, column {at + 1}")
    _refuse_personal(written, columns, name)
    named = {field: _place(field, columns[field], names, name) for field in columns}
    taken = set(named.values())
    # A column may serve twice: the study is then its own cluster.
    rest = {
        each: at for at, each in enumerate(names) if at not in taken or each in (*KNOWN, *NUMBERS)
    }
    return rest | named


def _place(field: str, wanted: str, names: list[str], name: str) -> int:
    if field not in (*KNOWN, *NUMBERS):
        raise InvalidInput(
            f"A study table has no column {field}.",
            next_step=f"Name one of {', '.join((*KNOWN, *NUMBERS))}.",
        )
    if wanted.strip().casefold() not in names:
        raise InvalidInput(f"The file has no column {wanted}.", where=f"{name}, header")
    return names.index(wanted.strip().casefold())


def _refuse_personal(written: list[str], columns: Mapping[str, str], name: str) -> None:
    known = {*KNOWN, *NUMBERS, *(each.casefold() for each in columns.values())}
    for at, each in enumerate(written):
        what = "" if each.casefold() in known else personal_header(each)
        if what:
            raise PersonalData(
                f"A column is named for {what}, which a study table never holds.",
                where=f"{name}, column {at + 1}",
                next_step="Take the column out.",
            )


def _form(header: Mapping[str, int], name: str) -> Form:
    """Return the one form whose columns are all there."""
    if "study" not in header:
        raise DamagedData(
            "The table has no column study.",
            where=f"{name}, header",
            next_step="Name each study by its author and year.",
        )
    whole = [form for form in FORMS if set(form.columns) <= header.keys()]
    if len(whole) > 1:
        raise DamagedData(
            "The table gives the effect in more than one way.",
            where=f"{name}, header",
            next_step=f"Keep one: {' or '.join(', '.join(form.columns) for form in whole)}.",
        )
    if whole:
        return whole[0]
    nearest = max(FORMS, key=lambda form: len(header.keys() & set(form.columns)))
    missing = [column for column in nearest.columns if column not in header]
    raise DamagedData(
        f"The table lacks {', '.join(missing)}.",
        where=f"{name}, header",
        next_step="Give effect with variance or se; or events and sizes of both groups; or "
        "means, standard deviations and sizes. See docs/how-to/pool-studies.md.",
    )


def _rows(path: Path, dialect: Dialect, width: int, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that holds something with its number, the first under the header being 1."""
    with path.open(encoding="utf-8", newline="") as text:
        for _ in range(dialect.skip):
            text.readline()
        reader = csv.reader(text, delimiter=dialect.delimiter, quotechar=dialect.quote, strict=True)
        row = 0
        try:
            for row, cells in enumerate(reader, start=1):
                if row > MOST_ROWS:
                    raise DamagedData(f"A study table has at most {MOST_ROWS:,} rows.", where=name)
                if not any(cell.strip() for cell in cells):
                    continue
                if len(cells) != width:
                    raise DamagedData(
                        f"The row has {len(cells)} cells, and the header {width}.",
                        where=f"{name}, row {row}",
                    )
                yield row, cells
        except csv.Error:
            raise DamagedData(
                "The row cannot be read: a quotation mark may not be closed.",
                where=f"{name}, row {row + 1}",
            ) from None


def _refuse_repeats(studies: list[Study], name: str) -> None:
    """Refuse a study that stands twice for one outcome where no cluster says what is shared."""
    first: dict[tuple[str, str], int] = {}
    for study in studies:
        if study.identity in first:
            raise DamagedData(
                f"The study stands twice for one outcome, first in row {first[study.identity]}.",
                where=f"{name}, row {study.row}, column study",
                next_step="Leave one out; or, where one study has several samples, add a column "
                "cluster that says which rows share people.",
            )
        first[study.identity] = study.row
