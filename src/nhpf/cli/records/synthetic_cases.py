"""``nhpf records synthesise-cases``: made-up cases of one force or of the nation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from nhpf.cli.records.group import records
from nhpf.cli.waiting import waiting


@records.command()
def synthesise_cases(
    folder: Annotated[Path, typer.Argument(help="Where to write; made if it is not there.")],
    force: Annotated[
        list[str] | None,
        typer.Option(help="A police force area's code; again for another. Left out: all 43."),
    ] = None,
    years: Annotated[int, typer.Option(help="How many calendar years, from 2015.")] = 10,
    seed: Annotated[int, typer.Option(help="The same seed gives the same rows.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of words.")] = False,
) -> None:
    """Write made-up homicide cases, near misses and hospital attendances, to see a profile full."""
    from nhpf.records.synthetic_cases import places_of, synthesise_cases

    with waiting("Making cases up"):
        made = synthesise_cases(folder, places_of(force or ()), rng=seed, years=years)
    files = {source: {"file": str(path), "rows": n} for source, (path, n) in made.files.items()}
    if as_json:
        typer.echo(json.dumps({"series": made.series, "synthetic": True, "files": files}, indent=2))
        return
    typer.echo(f"{made.series}. To put them into the current release:")
    for source, (path, rows) in made.files.items():
        typer.echo(f"  nhpf records import {source} {path}    ({rows:,} rows)")
