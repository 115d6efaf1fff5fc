"""``nhpf records import`` and ``contracts``: take files in; say what a source looks like."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nhpf.cli.records.describing import described
from nhpf.cli.records.group import records
from nhpf.cli.tables import print_rows
from nhpf.cli.waiting import waiting
from nhpf.errors import InvalidInput, RowsRejected

if TYPE_CHECKING:
    from nhpf.records.importing import Account, Imported

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
SHOWN = 20
COUNTED = ("rows", "accepted", "rejected", "duplicates")


@records.command(name="import")
def import_(
    source: Annotated[str, typer.Argument(help="The source; nhpf records contracts lists them.")],
    paths: Annotated[list[Path], typer.Argument(help="Files, folders or zipped folders.")],
    *,
    allow_rejects: Annotated[
        str, typer.Option(help="How many rows may be rejected: a number, or a share such as 1%.")
    ] = "0",
    layout: Annotated[str, typer.Option(help="The layout, where several would fit.")] = "",
    sheet: Annotated[str, typer.Option(help="The sheet of a spreadsheet.")] = "",
    dates: Annotated[
        str, typer.Option(help="The form of dates, such as %d/%m/%Y; %y is a year of two digits.")
    ] = "",
    publisher: Annotated[str, typer.Option(help="Who published or sent the files.")] = "",
    licence: Annotated[str, typer.Option(help="On what terms they may be used.")] = "",
    extract_date: Annotated[
        str, typer.Option(help="When they were extracted, like 2024-05-31, 2024-05 or 2024.")
    ] = "",
    vintage: Annotated[str, typer.Option(help="Which publication they are of.")] = "",
    synthetic: Annotated[
        bool, typer.Option("--synthetic", help="The rows are invented: mark them so everywhere.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Take files into the data set; they replace what was imported of this source before.

    Give all files of the source together: rows imported before are not in the new release, and
    the release that holds them stays. Files marked as synthetic are taken as such.
    Rows are counted under the header: row 1 is line 2 of the file.
    """
    from nhpf.records.importing import Choices, Terms, import_files

    tolerance = _tolerance(allow_rejects)
    with waiting("Reading") as say:
        try:
            done = import_files(
                source,
                paths,
                allow_rejects=tolerance,
                choices=Choices(layout, sheet, dates),
                terms=Terms(publisher, licence, extract_date, vintage, synthetic=synthetic),
                progress=say,
            )
        except RowsRejected as error:
            _print(error.account, None, as_json=as_json)  # type: ignore[arg-type]
            raise
    _print(done.account, done, as_json=as_json)


def _tolerance(text: str) -> float:
    try:
        number = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        number = -1
    if number < 0:
        raise InvalidInput(
            "The rows that may be rejected are a number or a share.",
            where=text,
            next_step="Write --allow-rejects 20 or --allow-rejects 1%.",
        )
    return number


def _print(account: Account, done: Imported | None, *, as_json: bool) -> None:
    outcome: dict[str, Any] = {"release": None, "built_on": None, "replaced": None}
    if done:
        before = done.replaced and {"rows": done.replaced.rows, "release": done.replaced.release}
        outcome = {"release": done.release, "built_on": done.built_on, "replaced": before}
    if as_json:
        print_account(account, outcome, title="", as_json=True)
        return
    released = {"release": outcome["release"] or "none made"}
    print_account(account, released, title=f"Import of {account.source}", as_json=False)
    if done and done.replaced:
        rows, release = done.replaced.rows, done.replaced.release
        typer.echo(f"Replaced: {rows:,} rows imported before (release {release})")
    if done:
        typer.echo(f"Built on: release {done.built_on}")


def print_account(account: Account, outcome: dict[str, Any], *, title: str, as_json: bool) -> None:
    """Print what became of the rows of some files: the counts, what came of it, each reject."""
    if as_json:
        import json

        typer.echo(json.dumps(account.as_json() | outcome, indent=2, ensure_ascii=False))
        return
    from nhpf.records.importing.accounting import HOW_COUNTED

    counts = {name: f"{getattr(account, name):,}" for name in COUNTED}
    print_rows([counts | outcome], title=title, as_json=False)
    for caution in account.cautions:
        typer.echo(f"Caution: {caution}")
    for reject in account.rejects[:SHOWN]:
        typer.echo(f"  {reject}", err=True)
    if account.rejected > SHOWN:
        typer.echo(f"  and {account.rejected - SHOWN:,} more; --json lists them.", err=True)
    if account.rejected:
        typer.echo(HOW_COUNTED, err=True)


@records.command()
def contracts(
    source: Annotated[
        str | None, typer.Argument(help="A source; without it, all sources are listed.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List the sources, or the fields and layouts of one."""
    from nhpf.records.contract import contract
    from nhpf.records.contract import contracts as known

    if source is None:
        rows = [
            {"source": each.source, "title": each.title, "row": each.grain, "regime": each.regime}
            for each in known().values()
        ]
        print_rows(rows, title="Sources", as_json=as_json)
        return
    held = contract(source)
    if as_json:
        import json
        from dataclasses import asdict

        typer.echo(json.dumps(asdict(held), indent=2, ensure_ascii=False))
        return
    typer.echo(described(held))
