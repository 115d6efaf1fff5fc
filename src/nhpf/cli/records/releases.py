"""``nhpf records check``, ``releases`` and ``use``: check a file, list the releases, choose one."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nhpf.cli.records.group import records
from nhpf.cli.records.importing import print_account
from nhpf.cli.tables import print_rows
from nhpf.cli.waiting import waiting
from nhpf.errors import RowsRejected

if TYPE_CHECKING:
    from nhpf.records.importing import Account
    from nhpf.records.release_history import Change

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


@records.command()
def check(
    source: Annotated[str, typer.Argument(help="The source whose contract the files must keep.")],
    paths: Annotated[list[Path], typer.Argument(help="The files.")],
    as_json: Json = False,
) -> None:
    """Read files against a source's contract; name the rows and columns that break it.

    Rows are counted under the header: row 1 is line 2 of the file.
    """
    from nhpf.records import check as check_file

    with waiting("Reading the files"):
        try:
            checked = [(path, check_file(source, path)) for path in paths]
        except RowsRejected as error:
            account: Account = error.account  # type: ignore[assignment]
            print_account(account, {}, title=f"Check of {source}", as_json=as_json)
            raise
    rows: list[dict[str, Any]] = [
        {
            "file": path.name,
            "rows": each.rows,
            "agrees_with": ", ".join(each.compared) or "nothing held to compare with",
        }
        for path, each in checked
    ]
    print_rows(rows, title=f"Kept the contract of {source}", as_json=as_json)


@records.command()
def releases(as_json: Json = False) -> None:
    """List the releases that are held: when each was made, what it brought, what it lacks."""
    from nhpf.records import open_release
    from nhpf.records.release_history import release_history

    with waiting("Opening the release; the first use makes it from the shipped tables"):
        open_release()
        held = release_history()
    if as_json:
        print_rows([asdict(each) for each in held], title="Releases", as_json=True)
        return
    rows = [
        {
            "release": each.release,
            "current": "current" * each.current + ", chosen" * each.chosen,
            "made": each.made[:16].replace("T", " "),
            "brought": "; ".join(map(_brought, each.changes)) or "the open data",
            "imported": ", ".join(each.imported),
            "lacks": ", ".join((*each.lacks, *(f"the newest {name}" for name in each.differs))),
        }
        for each in held
    ]
    print_rows(rows, title="Releases, oldest first; times are UTC", as_json=False)


def _brought(change: Change) -> str:
    if change.rows is None:
        return f"{change.table} removed"
    files = f" of {', '.join(change.files[:3])}" if change.files else ""
    more = f" and {len(change.files) - 3} more files" if len(change.files) > 3 else ""
    return f"{change.table} {change.kind}, {change.rows:,} rows{files}{more}"


@records.command()
def use(
    release: Annotated[
        str, typer.Argument(help="An id, or its first four letters or more; or current.")
    ],
    as_json: Json = False,
) -> None:
    """Make a release current until another is chosen or imported.

    The next import builds on the release that is current: what only other releases hold is then
    missing from the one that comes of it. What the release lacks is printed. To go on with all that
    was imported, use the newest release again before you import.
    """
    from nhpf.records import use as choose
    from nhpf.records.release_history import release_history

    chosen = choose(release)
    held = release_history()
    (found,) = (each for each in held if each.release == chosen)
    if as_json:
        typer.echo(json.dumps(asdict(found), indent=2, ensure_ascii=False))
        return
    typer.echo(f"Release {chosen} is current.")
    if found.lacks:
        typer.echo(f"It lacks what other releases hold: {', '.join(found.lacks)}.")
    if found.differs:
        typer.echo(f"The newest release holds another import of {', '.join(found.differs)}.")
    if found.lacks or found.differs:
        typer.echo(
            "The next import builds on this release, without these. To keep them, first:"
            f" nhpf records use {held[-1].release}"
        )
