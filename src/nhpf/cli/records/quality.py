"""``nhpf records quality``, ``trace`` and ``revisions``: how good, where from, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nhpf.cli.records.group import records
from nhpf.cli.tables import print_rows
from nhpf.cli.waiting import waiting
from nhpf.errors import InvalidInput

if TYPE_CHECKING:
    from nhpf.records import Release
    from nhpf.records.quality import Flag
    from nhpf.records.revisions import PeriodChange, TableChange
    from nhpf.records.tracing import Trace

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


@records.command()
def quality(
    release: Annotated[
        str | None, typer.Argument(help="A release; the current one if left out.")
    ] = None,
    *,
    table: Annotated[str, typer.Option(help="One table only, with each of its fields.")] = "",
    notes: Annotated[
        bool, typer.Option("--notes/--no-notes", help="List what is true but no reason to doubt.")
    ] = False,
    as_json: Json = False,
) -> None:
    """List what the checks found in a release: holes, stubs, padding, stacked rows and others."""
    from nhpf.records import open_release
    from nhpf.records.quality import assess

    with waiting("Checking the tables"):
        held = open_release(release)
        found = assess(held, today=datetime.now(UTC).date())
    if table and table not in held.manifest["tables"]:
        raise InvalidInput(
            "The release has no table of this name.",
            where=table,
            next_step=f"It has {', '.join(held.manifest['tables'])}.",
        )
    own = held.manifest.get("imports", ())
    flags = [each for each in found.flags if table in ("", each.table)]
    flags.sort(key=lambda each: each.table not in own)
    if as_json:
        _print_json(
            {
                "release": found.release,
                "flags": [asdict(each) for each in flags],
                "fields": [asdict(each) for each in found.fields if table in ("", each.table)],
            }
        )
        return
    shown = [each for each in flags if notes or table or each.how_bad != "note"]
    if shown:
        print_rows(
            [_flag(each) for each in shown],
            title=f"Quality of release {found.release}",
            as_json=False,
        )
    else:
        typer.echo(f"Nothing was found in {table or 'the tables of the release'}.")
    if table:
        fields = [
            {"field": each.field, "rows": f"{each.rows:,}", "blank": f"{each.blank:,}",
             "withheld": f"{each.withheld:,}"}
            for each in found.fields_of(table)
        ]  # fmt: skip
        print_rows(fields, title=f"Fields of {table}", as_json=False)
    if left := len(flags) - len(shown):
        typer.echo(f"{left} notes are not listed; --notes lists them.")


def _flag(each: Flag) -> dict[str, str]:
    parts = (each.area, each.period, each.category, each.field, each.file)
    return {
        "how_bad": each.how_bad,
        "table": each.table,
        "check": each.check,
        "where": ", ".join(filter(None, parts)),
        "what": each.what,
        "done": each.done,
    }


@records.command()
def trace(
    what: Annotated[str, typer.Argument(help="A table, or a figure's id.", metavar="TABLE|FIGURE")],
    *,
    area: Annotated[str, typer.Option(help="The area whose profile has the figure.")] = "",
    document: Annotated[
        Path | None, typer.Option("--in", help="A profile or a figure as JSON that has it.")
    ] = None,
    release: Annotated[str, typer.Option(help="A release; the current one if left out.")] = "",
    as_json: Json = False,
) -> None:
    """Lead a table or a figure back to the SQL, the files and the rows that were counted."""
    from nhpf.records import open_release
    from nhpf.records.tracing import trace as traced

    with waiting("Opening the release"):
        if document is not None:
            held_in, tables = _in_document(document, what)
            held = open_release(held_in)
        else:
            held = open_release(release or None)
            is_table = what in held.manifest["tables"]
            tables = (what,) if is_table else _of_figure(what, area, held)
        found = [traced(held, table) for table in tables]
    if as_json:
        _print_json({"asked": what, "tables": [asdict(each) for each in found]})
        return
    typer.echo(f"{what}: release {held.id}, made by version {held.manifest['code_version']}")
    if not found:
        typer.echo("It counts no rows: the software's own definitions are its source.")
    for each in found:
        _print_trace(each)


def _of_figure(figure_id: str, area: str, release: Release) -> tuple[str, ...]:
    """Return the tables of a figure in the profile of an area."""
    from nhpf.framework import load_edition
    from nhpf.profile import build
    from nhpf.records import find_area
    from nhpf.reports import figure

    if not area:
        raise InvalidInput(
            "The release has no table of this name.",
            where=figure_id,
            next_step=f"It has {', '.join(release.manifest['tables'])}. For a figure, name the area"
            " of its profile: --area kent; or --in FILE.json.",
        )
    report = build(find_area(area, release), release=release, edition=load_edition())
    found = figure(report, figure_id)
    if found is None:
        raise InvalidInput(
            "The profile has no figure of this id.",
            where=f"{report.area_name}, {figure_id}",
            next_step="nhpf profile AREA --json prints the figures with their ids.",
        )
    return tuple(dict.fromkeys(name for part in found.provenance for name in part.tables))


def _in_document(path: Path, figure_id: str) -> tuple[str, tuple[str, ...]]:
    """Return the release and the tables of a figure in a JSON document that was written before."""
    import json

    try:
        raw = json.loads(path.read_text("utf-8"))
        blocks = [
            block
            for section in raw.get("report", {}).get("sections", ())
            for block in section["blocks"]
        ]
        candidates = [*blocks, raw.get("figure", {})]
        found = next((each for each in candidates if each.get("id") == figure_id), None)
        if found is not None:
            parts = found["provenance"]
            tables = dict.fromkeys(name for part in parts for name in part["tables"])
            return str(parts[0]["release"]), tuple(tables)
    except (OSError, ValueError, AttributeError, KeyError, IndexError, TypeError):
        raise InvalidInput(
            "The document is no profile or figure as JSON.",
            where=str(path),
            next_step="nhpf profile AREA --as json writes one.",
        ) from None
    raise InvalidInput("The document has no figure of this id.", where=f"{path.name}, {figure_id}")


def _print_trace(found: Trace) -> None:
    held = found.held
    facts = {
        "one row is": held["grain"],
        "rows": f"{held['rows']:,}",
        "series": held["series"],
        "licence": held["licence"],
        "regime": held["regime"],
        "marking": held["marking"],
        "extracted": held["extract_date"],
        "vintage": held["vintage"],
        "release": found.release,
        "made by version": found.code_version,
        **{f"SHA-256 of {name}": digest for name, digest in found.hashes.items()},
    }
    title = f"Table {found.table}"
    print_rows([{"what": k, "is": v} for k, v in facts.items()], title=title, as_json=False)
    for source in found.sources:
        rows = [
            {"file": each["name"], "rows": f"{each['rows']:,}", "sha256": each["sha256"]}
            for each in source.files
        ]
        print_rows(rows, title=f"Made from {source.name}: {source.terms['title']}", as_json=False)
        if source.account:
            said = ", ".join(f"{number:,} {key}" for key, number in source.account.items())
            typer.echo(f"  Imported: {said}. Contract: {source.terms['contract']}.")
    for fault in found.faults:
        typer.echo(f"Known fault: {fault}")
    for query in found.queries:
        typer.echo(f"Read by {query}")
    if found.counted_by:
        typer.echo(f"\nCounted by:\n{found.counted_by.strip()}\n")


@records.command()
def revisions(
    before: Annotated[str | None, typer.Argument(help="The earlier release.")] = None,
    after: Annotated[
        str | None, typer.Argument(help="The later release; the current one if left out.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List what changed between two releases; without any, published revisions and breaks."""
    from nhpf.records import open_release
    from nhpf.records import revisions as found

    with waiting("Comparing"):
        later = open_release(after)
        if before is None:
            published, breaks = found.published_revisions(later), found.breaks()
        else:
            earlier = open_release(before)
            tables = sorted(found.changed_tables(earlier, later), key=_revised_first)
            # A table that came or went is one line above, not a line for each of its months.
            counts = [
                each
                for change in tables
                if change.kind == "changed"
                for each in found.changed_counts(earlier, later, change.table)
            ]
            counts.sort(key=_revised_first)
    if before is None:
        parts: dict[str, Sequence[Any]] = {
            "Published figures that were revised": published,
            "Breaks in series": breaks,
        }
    else:
        parts = {"Tables": tables, "Counts by area and period": counts}
    if as_json:
        keys = ("revisions", "breaks") if before is None else ("tables", "counts")
        lists = [[asdict(each) for each in part] for part in parts.values()]
        _print_json(dict(zip(keys, lists, strict=True)))
        return
    for title, part in parts.items():
        rows: list[dict[str, Any]] = [
            {key: "" if value is None else value for key, value in asdict(each).items()}
            for each in part
        ]
        if rows:
            print_rows(rows, title=title, as_json=False)
        else:
            typer.echo(f"{title}: none changed.")


def _revised_first(change: TableChange | PeriodChange) -> bool:
    return change.kind != "changed"


def _print_json(value: object) -> None:
    import json

    typer.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))
