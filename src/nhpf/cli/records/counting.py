"""``nhpf records count`` and ``synthesise``: events by place, month, category; made-up events."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nhpf.cli.records.group import records
from nhpf.cli.tables import print_rows
from nhpf.cli.waiting import waiting

if TYPE_CHECKING:
    import pyarrow

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
            " category; with commas between. Left out: lsoa, month, category, as far as the"
            " source has them."
        ),
    ] = "",
    engine: Annotated[
        Engine, typer.Option(help="Spark is for data past one machine.")
    ] = Engine.DUCKDB,
    release: Annotated[str, typer.Option(help="A release; the current one if left out.")] = "",
    carry: Annotated[
        bool, typer.Option("--carry", help="Carry small areas of 2011 to those of 2021.")
    ] = False,
    as_json: Json = False,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="Write to this file: .parquet or .csv."),
    ] = None,
) -> None:
    """Count recorded events by place, month and category. Restricted: nothing is suppressed."""
    from nhpf.records import open_release
    from nhpf.records.events import (
        carried,
        event_files,
        handling,
        ordered,
        usual_by,
        without_area,
        write_counts,
    )
    from nhpf.records.events import count as count_events

    with waiting("Counting"):
        held = open_release(release or None)
        files, notes = event_files(held, source), handling(held, source)
        names = tuple(name.strip() for name in by.split(",")) if by else usual_by(files)
        counts = count_events(files, names, engine=engine.value)
        counts, says = carried(counts, held) if carry else (counts, ())
        counts = ordered(counts)
    made_up = "SYNTHETIC, " * (notes["synthetic"] == "true")
    if out is not None:
        write_counts(counts, out, notes)
        typer.echo(f"{counts.num_rows:,} cells written to {out}, {made_up}restricted.")
    elif as_json:
        _print_json(counts, notes)
        return
    else:
        shown = counts.slice(0, MOST_SHOWN)
        print_rows(_rows(shown), title=f"Events of {source}, {made_up}restricted", as_json=False)
        if shown.num_rows < counts.num_rows:
            typer.echo(f"{counts.num_rows - shown.num_rows:,} more cells: write them with -o.")
    for sentence in says:
        typer.echo(f"Note: {sentence}")
    if lost := without_area(files, names):
        have = "1 event has" if lost == 1 else f"{lost:,} events have"
        typer.echo(f"{have} co-ordinates but no small area: under no area.")


def _rows(counts: pyarrow.Table) -> list[dict[str, Any]]:
    return [
        {**row, "month": row["month"] and f"{row['month']:%Y-%m}"} if "month" in row else row
        for row in counts.to_pylist()
    ]


def _print_json(counts: pyarrow.Table, notes: dict[str, str]) -> None:
    said = {
        "release": notes["release"],
        "marking": notes["marking"],
        "synthetic": notes["synthetic"] == "true",
        "cells": _rows(counts),
    }
    typer.echo(json.dumps(said, indent=2, ensure_ascii=False))


@records.command()
def synthesise(
    folder: Annotated[Path, typer.Argument(help="Where to write; made if it is not there.")],
    rows: Annotated[int, typer.Option(help="How many events.")] = 1_000_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same events.")] = 1,
    months: Annotated[int, typer.Option(help="How many months, from January 2015.")] = 120,
    form: Annotated[Form, typer.Option("--as", help="Parquet or CSV.")] = Form.PARQUET,
    as_json: Json = False,
) -> None:
    """Write made-up recorded crime of England and Wales, marked as made up everywhere."""
    from nhpf.records.events import synthesise as make

    with waiting("Making events up"):
        made = make(folder, rows=rows, rng=seed, months=months, form=form.value)
    if as_json:
        said = {"file": str(made.path), "rows": made.rows, "series": made.series, "synthetic": True}
        typer.echo(json.dumps(said, indent=2))
        return
    typer.echo(f"{made.rows:,} made-up events in {made.path}. {made.series}.")
