"""``nhpf records count`` and ``synthesise``: events by place, month, category; made-up events."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from nhpf.cli.records.group import records
from nhpf.cli.tables import print_rows
from nhpf.cli.waiting import waiting

MOST_SHOWN = 50

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


class Engine(StrEnum):
    """Where the counting runs."""

    DUCKDB = "duckdb"
    SPARK = "spark"


class Form(StrEnum):
    """What made-up events are written as."""

    PARQUET = "parquet"
    CSV = "csv"


@records.command()
def count(
    source: Annotated[str, typer.Argument(help="crime_events, or another source of events.")],
    by: Annotated[
        str,
        typer.Option(
            help="One of lsoa, ward, local_authority, force_area, and any of force, month,"
            " category; with commas between."
        ),
    ] = "lsoa,month,category",
    engine: Annotated[
        Engine, typer.Option(help="Spark is for data past one machine.")
    ] = Engine.DUCKDB,
    release: Annotated[str, typer.Option(help="A release; the current one if left out.")] = "",
    as_json: Json = False,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Write Parquet to this file.")
    ] = None,
) -> None:
    """Count recorded events by place, month and category. Restricted: nothing is suppressed."""
    from nhpf.records import open_release
    from nhpf.records.events import count as count_events
    from nhpf.records.events import event_files, handling, write_counts

    with waiting("Counting"):
        held = open_release(release or None)
        names = [name.strip() for name in by.split(",")]
        counts = count_events(event_files(held, source), names, engine=engine.value)
    if out is not None:
        write_counts(counts, out, handling(held, source))
        typer.echo(f"{counts.num_rows:,} cells written to {out}, restricted.")
        return
    shown = counts if as_json else counts.slice(0, MOST_SHOWN)
    rows = [{**row, "month": f"{row['month']:%Y-%m}"} if "month" in row else row
            for row in shown.to_pylist()]  # fmt: skip
    print_rows(rows, title=f"Events of {source}, restricted", as_json=as_json)
    if shown.num_rows < counts.num_rows:
        typer.echo(f"{counts.num_rows - shown.num_rows:,} more cells: write them with -o.")


@records.command()
def synthesise(
    folder: Annotated[Path, typer.Argument(help="Where to write; made if it is not there.")],
    rows: Annotated[int, typer.Option(help="How many events.")] = 1_000_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same events.")] = 1,
    months: Annotated[int, typer.Option(help="How many months, from January 2015.")] = 120,
    form: Annotated[Form, typer.Option("--as", help="Parquet or CSV.")] = Form.PARQUET,
) -> None:
    """Write made-up recorded crime of England and Wales, marked as made up everywhere."""
    from nhpf.records.events import synthesise as make

    with waiting("Making events up"):
        made = make(folder, rows=rows, rng=seed, months=months, form=form.value)
    typer.echo(f"{made.rows:,} made-up events in {made.path}. {made.series}.")
