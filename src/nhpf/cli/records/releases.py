"""``nhpf records check``, ``releases`` and ``use``: check a file, list the releases, choose one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from nhpf.cli.records.group import records
from nhpf.cli.tables import print_rows
from nhpf.cli.waiting import waiting

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


@records.command()
def check(
    source: Annotated[str, typer.Argument(help="The source whose contract the files must keep.")],
    paths: Annotated[list[Path], typer.Argument(help="The files.")],
    as_json: Json = False,
) -> None:
    """Read files against a source's contract; name the first row and column that break it."""
    from nhpf.records import check as check_file

    with waiting("Reading the files"):
        checked = [(path, check_file(source, path)) for path in paths]
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
    """List the releases that are held."""
    from nhpf.records import open_release
    from nhpf.records import releases as held

    with waiting("Opening the release; the first use makes it from the shipped tables"):
        current = open_release().id
    rows: list[dict[str, Any]] = [
        {"release": each, "current": "current" if each == current else ""} for each in held()
    ]
    print_rows(rows, title="Releases", as_json=as_json)


@records.command()
def use(release: Annotated[str, typer.Argument(help="The id of a release.")]) -> None:
    """Make a release current until another is chosen."""
    from nhpf.records import use as choose

    choose(release)
    typer.echo(f"Release {release} is current.")
