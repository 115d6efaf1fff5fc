"""Bring files into the data set in one step, or leave it as it was."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhpf.errors import DamagedData, InvalidInput, RowsRejected
from nhpf.records.adding import add_table
from nhpf.records.contract import Contract, contract
from nhpf.records.engine import connect, quoted
from nhpf.records.importing.accounting import MOST_LISTED, Account, FileRead, allowed
from nhpf.records.importing.keeping import Kept, contradictions, doubled, good_rows, keep, repeats
from nhpf.records.importing.loading import Readable
from nhpf.records.importing.marking import marked, refuse_mixed
from nhpf.records.importing.opening import opened
from nhpf.records.importing.places import known_places
from nhpf.records.importing.reading import Choices, readable
from nhpf.records.importing.replacing import Replaced, replaced
from nhpf.records.importing.taking import Taken, taken
from nhpf.records.importing.terms import Terms
from nhpf.records.release import open_release
from nhpf.records.staging import staging
from nhpf.records.store import data_root

if TYPE_CHECKING:
    import duckdb

RECORDS = Path(__file__).parents[1]
MEMORY = "2GB"
NOT_SAID = "not said"
DOUBLED = (
    "Each row is there exactly twice. Equal rows are counted as different events here: was a file"
    " joined to itself?"
)


@dataclass(frozen=True, slots=True)
class Imported:
    """An import that was kept.

    Attributes
    ----------
    account : Account
        What became of the rows.
    release : str
        The release that holds them.
    built_on : str
        The release that was current before; all else in it is held on.
    replaced : Replaced or None
        The rows of the same source that it held, which are no longer in the current release.
    """

    account: Account
    release: str
    built_on: str
    replaced: Replaced | None


@dataclass(frozen=True, slots=True)
class _Held:
    """Checked rows in a staging folder."""

    account: Account
    kept: Kept
    synthetic: bool
    layouts: tuple[Any, ...] = field(default=())


def import_files(
    source: str,
    paths: list[Path],
    *,
    allow_rejects: float = 0,
    choices: Choices | None = None,
    terms: Terms | None = None,
    root: Path | None = None,
    progress: Callable[[str], None] = lambda _: None,
    today: dt.date | None = None,
) -> Imported:
    """Import files of one source; they replace what was imported of it before.

    Parameters
    ----------
    source : str
        The id of a contract.
    paths : list of Path
        Files, folders and zipped folders.
    allow_rejects : float
        How many rows may be rejected: a number, or a share where it is below one.
    choices : Choices
    terms : Terms
    root : Path, optional
        The data root; ``NHPF_DATA`` if not given.
    progress : callable
        Called with what is being done.
    today : datetime.date, optional
        Nothing may have happened later.

    Returns
    -------
    Imported

    Raises
    ------
    InvalidInput
        If there is no such source.
    DamagedData
        If a file cannot be read or fits no layout.
    PersonalData
        If a header or a value points to a person.
    RowsRejected
        If more rows are rejected than may be; the store is as it was. Its ``account`` says which.
    NoRoom, StoreBusy
    """
    agreed = contract(source)
    root, terms = root or data_root(), terms or Terms()
    with staging(root) as folder:
        held = _checked(
            agreed, paths, folder, choices, allow_rejects, progress, today, invented=terms.synthetic
        )
        progress("Adding a release")
        return _added(agreed, held, terms, allow_rejects, folder, root)


def _added(
    agreed: Contract, held: _Held, terms: Terms, tolerance: float, folder: Path, root: Path
) -> Imported:
    """Make the release that holds checked rows, and say what it takes the place of."""
    base = open_release(root=root)
    before = replaced(base, agreed, held.kept)
    release = add_table(
        agreed.source,
        held.kept.folder,
        table=_table(agreed, held),
        source=_source(agreed, held, terms, tolerance),
        folder=folder,
        root=root,
    )
    if release == base.id:
        # The same files, taken once more: the release held them already.
        before = None
    lost = (before.caution,) if before and before.caution else ()
    account = replace(held.account, cautions=held.account.cautions + lost)
    return Imported(account, release, base.id, before)


@contextmanager
def try_files(
    source: str,
    paths: list[Path],
    *,
    choices: Choices | None = None,
    root: Path | None = None,
    progress: Callable[[str], None] = lambda _: None,
    today: dt.date | None = None,
) -> Iterator[tuple[Account, Kept]]:
    """Check files as an import would, and keep nothing: the account, and the rows while it lasts.

    Takes and raises what `import_files` does.
    """
    with staging(root or data_root()) as folder:
        held = _checked(contract(source), paths, folder, choices, None, progress, today)
        yield held.account, held.kept


def _checked(
    agreed: Contract, paths: list[Path], folder: Path, choices: Choices | None,
    tolerance: float | None, progress: Callable[[str], None], today: dt.date | None, *,
    invented: bool = False,
) -> _Held:  # fmt: skip
    today = today or dt.datetime.now(dt.UTC).date()
    choices = choices or Choices()
    with _engine(folder) as con:
        files, synthetic, cautions = _read_all(con, agreed, paths, folder, choices, progress, today,
                                           invented=invented)  # fmt: skip
        progress("Looking for repeats")
        good_rows(con, files)
        found = repeats(con, agreed)
        rejects = [each for file in files for each in file.rejects]
        if found.contradicting:
            rejects += contradictions(con, agreed, files, dates=choices.dates, today=today)
        rows = sum(each.rows for each in files)
        rejected = sum(each.rejected for each in files) + found.contradicting
        account = Account(
            agreed.source,
            tuple(_read(each) for each in files),
            rows,
            rows - rejected - found.duplicates,
            rejected,
            found.duplicates,
            tuple(rejects[:MOST_LISTED]),
            tuple(cautions + [DOUBLED] * doubled(con, agreed)),
        )
        _refuse(account, tolerance)
        progress("Writing the table")
        kept = keep(con, agreed, folder / "kept")
        if kept.rows != account.accepted:
            raise AssertionError("rows are lost or doubled between checking and writing")
    return _Held(account, kept, synthetic, tuple(each.file.match.layout for each in files))


def _read_all(
    con: duckdb.DuckDBPyConnection, agreed: Contract, paths: list[Path], folder: Path,
    choices: Choices, progress: Callable[[str], None], today: dt.date, *, invented: bool,
) -> tuple[list[Taken], bool, list[str]]:  # fmt: skip
    """Return the files, whether their rows are synthetic, and what to be careful of."""
    files: list[Taken] = []
    marks: list[tuple[str, bool]] = []
    left_out: list[str] = []
    for file in opened(list(paths), folder, left_out=left_out.append):
        progress(f"Reading {file.name}")
        form = readable(con, file, agreed, choices, folder)
        _refuse_same(form, files)
        marks.append((file.name, marked(con, file)))
        if not invented:
            refuse_mixed(marks)
        if not files:
            known_places(con)
        files.append(taken(con, form, agreed, folder, dates=choices.dates, today=today))
    cautions = [f"Left out, since it is no table by its ending: {name}." for name in left_out]
    synthetic = any(mark for _, mark in marks)
    if synthetic and not invented:
        cautions.append("The files are marked as synthetic, so the rows are kept as invented ones.")
    return files, synthetic or invented, cautions


def _refuse_same(form: Readable, files: list[Taken]) -> None:
    same = [each.file.name for each in files if each.file.sha256 == form.sha256]
    if same:
        raise InvalidInput(
            "The same file is given twice.",
            where=f"{same[0]} and {form.name}",
            next_step="Name it once.",
        )


@contextmanager
def _engine(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the engine with bounded memory; what does not fit goes to the staging folder."""
    with connect() as con:
        con.execute(f"set memory_limit = '{MEMORY}'")
        con.execute(f"set temp_directory = {quoted(folder / 'spill')}")
        yield con


def _read(each: Taken) -> FileRead:
    file = each.file
    return FileRead(file.name, file.sha256, file.encoding, file.match.layout.name, each.rows)


def _refuse(account: Account, tolerance: float | None) -> None:
    """Refuse more rejects than may be; without a tolerance the files are only checked."""
    if not account.rows:
        raise DamagedData("The files have no rows.", where=account.files[0].name)
    if account.rejected <= allowed(tolerance or 0, account.rows) and account.accepted:
        return
    counts = f"{account.rejected:,} of {account.rows:,} rows"
    what = f"{counts} were rejected, so nothing was imported."
    then = f"Correct them, or let the rest in with --allow-rejects {account.rejected}."
    if tolerance is None:
        what, then = f"{counts} break the contract of {account.source}.", "Correct them."
    elif not account.accepted:
        then = "Correct the file: no row of it can be taken."
    error = RowsRejected(what, where=str(account.rejects[0]), next_step=then)
    error.account = account
    raise error


def _table(agreed: Contract, held: _Held) -> dict[str, Any]:
    return {
        "grain": agreed.grain,
        "unit": agreed.unit,
        "columns": {each.name: each.kind for each in agreed.fields},
        "rows": held.account.accepted,
        "encoded": held.kept.encoded,
    }


def _source(agreed: Contract, held: _Held, terms: Terms, tolerance: float) -> dict[str, Any]:
    """Say where the table comes from, in the person's words, the layout's or the contract's."""
    layout = held.layouts[0].terms

    def said(key: str) -> str:
        return str(getattr(terms, key, "") or layout.get(key, "") or getattr(agreed, key, ""))

    account = held.account
    mark = "SYNTHETIC: invented rows about nobody. " if held.synthetic else ""
    return {
        "title": mark + layout.get("title", agreed.title),
        "series": mark + said("series"),
        "publisher": said("publisher"),
        "licence": said("licence"),
        "attribution": layout.get("attribution", ""),
        "address": said("address"),
        "copied_from": "",
        "extract_date": said("extract_date") or NOT_SAID,
        "vintage": said("vintage") or NOT_SAID,
        "regime": said("regime"),
        "marking": said("marking"),
        "person_category": agreed.person_category,
        "retention": agreed.retention,
        "disclosure": agreed.disclosure,
        "synthetic": held.synthetic,
        "contract": f"{agreed.source} {agreed.version}",
        "recipe": _recipe(agreed),
        "file": ", ".join(each.name for each in account.files),
        "sha256": account.files[0].sha256,
        "rows": account.rows,
        "allow_rejects": tolerance,
        "account": account.as_json(),
    }


def _recipe(agreed: Contract) -> str:
    """Return the hash of what decides which rows files give: the importer, the contract."""
    state = hashlib.sha256(repr(agreed).encode())
    for path in (*sorted((RECORDS / "importing").glob("*.py")), RECORDS / "encoding.py"):
        state.update(path.read_bytes())
    return state.hexdigest()
