"""``nhpf records import`` and ``contracts``: take files in; say what a source looks like."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nhpf.cli.records.group import records
from nhpf.cli.tables import print_rows
from nhpf.cli.waiting import waiting
from nhpf.errors import InvalidInput, RowsRejected

if TYPE_CHECKING:
    from nhpf.records.importing import Account, Imported

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
SHOWN = 20


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
            print_account(error.account, as_json=as_json)  # type: ignore[arg-type]
            raise
    print_account(done.account, done, as_json=as_json)


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


def print_account(account: Account, done: Imported | None = None, *, as_json: bool) -> None:
    """Print what became of the rows of some files, and the release that holds them if one does."""
    if as_json:
        import json

        held = _outcome(done)
        typer.echo(json.dumps(account.as_json() | held, indent=2, ensure_ascii=False))
        return
    row: dict[str, Any] = {
        "rows": f"{account.rows:,}",
        "accepted": f"{account.accepted:,}",
        "rejected": f"{account.rejected:,}",
        "duplicates": f"{account.duplicates:,}",
        "release": done.release if done else "none made",
    }
    print_rows([row], title=f"Import of {account.source}", as_json=False)
    if done:
        if done.replaced:
            rows, before = done.replaced.rows, done.replaced.release
            typer.echo(f"Replaced: {rows:,} rows imported before (release {before})")
        typer.echo(f"Built on: release {done.built_on}")
    for caution in account.cautions:
        typer.echo(f"Caution: {caution}")
    for reject in account.rejects[:SHOWN]:
        typer.echo(f"  {reject}", err=True)
    if account.rejected > SHOWN:
        typer.echo(f"  and {account.rejected - SHOWN:,} more; --json lists them.", err=True)


def _outcome(done: Imported | None) -> dict[str, Any]:
    if done is None:
        return {"release": None, "built_on": None, "replaced": None}
    before = done.replaced and {"rows": done.replaced.rows, "release": done.replaced.release}
    return {"release": done.release, "built_on": done.built_on, "replaced": before}


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
    fields = [
        {
            "field": each.name,
            "may_be_blank": "yes" if each.optional else "no",
            "holds": "; ".join(each.choices) or each.pattern or each.kind.replace("_", " "),
            "meaning": each.meaning,
        }
        for each in held.fields
    ]
    print_rows(fields, title=f"{held.title}: {held.grain}", as_json=False)
    typer.echo(f"{held.meaning}\nRegime: {held.regime}. About: {held.person_category}.")
    typer.echo(f"Kept: {held.retention}. Marking: {held.marking}.")
    typer.echo("Layouts: " + "; ".join(f"{each.name} ({each.title})" for each in held.layouts))
