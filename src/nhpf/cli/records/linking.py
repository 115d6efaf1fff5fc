"""``nhpf records link``, ``link-decide`` and ``link-purge``: events of two partners, no people."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nhpf.cli.records.group import records
from nhpf.cli.tables import print_rows
from nhpf.cli.waiting import waiting

if TYPE_CHECKING:
    from nhpf.records.linkage import Linkage, Source

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
Folder = Annotated[
    Path | None, typer.Option("-o", "--output", help="Also write the result to this folder.")
]
Audience = Annotated[str, typer.Option(help="Who sees the result: public or restricted.")]


@records.command()
def link(
    police: Annotated[
        str, typer.Argument(help="Offences: crime_events as imported, or a file in its layout.")
    ],
    hospital: Annotated[
        str, typer.Argument(help="Attendances: hospital_assaults as imported, or a file.")
    ],
    agreement: Annotated[
        list[Path] | None,
        typer.Option(help="A sharing agreement; needed unless both files are synthetic."),
    ] = None,
    distribution: Annotated[
        list[str] | None,
        typer.Option(help="A post that may read doubtful pairs; without one no sheet is written."),
    ] = None,
    category: Annotated[
        list[str] | None,
        typer.Option(help="A police category that is violence; without one, all are taken."),
    ] = None,
    days: Annotated[int, typer.Option(help="How many days the review sheet is kept.")] = 30,
    audience: Audience = "public",
    as_json: Json = False,
    output: Folder = None,
) -> None:
    """Link violent events known to police with those known to hospitals; estimate the unknown."""
    from nhpf.records.agreements import load_agreement
    from nhpf.records.linkage import link_events

    with waiting("Linking events"):
        found = link_events(
            _source(police),
            _source(hospital),
            on=_today(),
            categories=category or (),
            agreements=[load_agreement(path) for path in agreement or ()],
            reviewers=distribution or (),
            days=days,
        )
    _print(found, audience, as_json=as_json, output=output)


@records.command("link-decide")
def link_decide(
    sheet: Annotated[Path, typer.Argument(help="A clerical-review sheet, filled.")],
    audience: Audience = "public",
    as_json: Json = False,
    output: Folder = None,
) -> None:
    """Take back what people decided about doubtful pairs, and estimate anew."""
    from nhpf.records.linkage import decide

    found = decide(sheet, on=_today())
    if not as_json:
        were = "1 decision was" if found.decisions == 1 else f"{found.decisions} decisions were"
        typer.echo(f"{were} read: match or no match, under decision.")
    _print(found, audience, as_json=as_json, output=output)


@records.command("link-purge")
def link_purge(as_json: Json = False) -> None:
    """Delete the review sheets and pairs that are past their day."""
    from nhpf.records.linkage import purge

    gone = purge(on=_today())
    if as_json:
        typer.echo(json.dumps({"deleted_runs": len(gone)}))
        return
    typer.echo(f"{len(gone)} runs deleted." if len(gone) != 1 else "1 run deleted.")


def _source(given: str) -> Source:
    """Return what was imported under this name, or the file of this name."""
    from nhpf.records import open_release
    from nhpf.records.linkage import from_file, from_release

    if given in ("crime_events", "hospital_assaults"):
        return from_release(given, open_release())
    return from_file(Path(given))


def _today() -> date:
    return datetime.now(UTC).date()


def _print(found: Linkage, audience: str, *, as_json: bool, output: Path | None) -> None:
    from nhpf.cli.writing import write_whole
    from nhpf.records.linkage import outcome

    shown = outcome(found, audience=audience)  # type: ignore[arg-type]
    text = json.dumps(shown, indent=2, ensure_ascii=False)
    if output is not None:
        write_whole(output / f"{shown['marking']}_linkage.json", text + "\n")
    if as_json:
        typer.echo(text)
        return
    rows: list[dict[str, Any]] = [
        {"figure": name.replace("_", " "), "value": each["reason"] or f"{each['value']:,.0f}"}
        for part in ("counts", "estimates")
        for name, each in shown[part].items()
    ]
    typer.echo(f"{shown['marking']}{', SYNTHETIC: describes nothing real' * found.synthetic}")
    print_rows(rows, title="Linked events", as_json=False)
    for caveat in shown["caveats"]:
        typer.echo(f"Note: {caveat}")
    if found.sheet is not None:
        typer.echo(f"Review sheet, deleted after {found.expires}: {found.sheet}")
