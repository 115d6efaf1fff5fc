"""``nhpf edition``: read the framework's current edition, check it, compare and export editions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nhpf.cli.tables import print_rows

if TYPE_CHECKING:
    from nhpf.framework import Edition, Entry

edition = typer.Typer(
    help="The framework: themes, areas of focus, toolkits and more.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
Id = Annotated[
    str | None, typer.Argument(help="The id of an entry; without it, all entries are listed.")
]
Named = Annotated[str, typer.Argument(help="An edition's name, or the folder that holds one.")]
Name = Annotated[
    str, typer.Option("--edition", help="An edition's name, or the folder that holds one.")
]


@edition.command()
def show(id: Id = None, as_json: Json = False) -> None:
    """List the entries of the edition, or show one."""
    from nhpf.framework import load_edition

    held = load_edition()
    if id is None:
        rows = [
            {"kind": each.kind, "id": each.id, "title": each.title}
            for each in held.entries.values()
        ]
        print_rows(rows, title=held.title, as_json=as_json)
    elif as_json:
        import json

        typer.echo(json.dumps(held.entry(id).to_dict(), indent=2, ensure_ascii=False))
    else:
        _print_entry(held, held.entry(id))


def _print_entry(held: Edition, entry: Entry) -> None:
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(highlight=False)
    console.print(Markdown(f"# {entry.title}\n\n{entry.summary}\n\n" + _entry_text(entry)))
    linked = ", ".join(each.id for each in held.linked_to(entry.id))
    for heading, words in (
        ("Prevention", ", ".join(entry.prevention)),
        ("Partners", ", ".join(entry.partners)),
        ("Linked to", linked),
        ("Owner, checker", f"{entry.owner}, {entry.checker}"),
        ("Review due", entry.review_due.isoformat()),
    ):
        if words:
            console.print(f"{heading}: {words}", markup=False)


def _entry_text(entry: Entry) -> str:
    headings = {
        "what": "What it is",
        "when": "When it helps",
        "how": "How it is done",
        "who": "Who is needed",
        "risks": "What can go wrong",
    }
    parts = [f"## {headings.get(part, part)}\n\n{text}" for part, text in entry.text.items()]
    facts = [f"- {fact.text} ({fact.source})" for fact in entry.facts]
    return "\n\n".join(parts) + ("\n\n## Facts\n\n" + "\n".join(facts) if facts else "")


@edition.command()
def check(as_json: Json = False) -> None:
    """Refuse an edition with a missing part, an unknown reference or an overdue review."""
    from nhpf.errors import EditionFault
    from nhpf.framework import load_edition

    held = load_edition()
    rows = _faults(held)
    if rows or as_json:
        print_rows(rows, title=f"What is wrong in {held.title}", as_json=as_json)
    if rows:
        raise EditionFault(
            f"The edition has {len(rows)} faults." if len(rows) > 1 else "The edition has a fault.",
            where=f"edition {held.name}",
            next_step="Correct the files named and check again.",
        )
    if not as_json:
        typer.echo(f"{held.title}: no fault in {len(held.entries)} entries.")


def _faults(held: Edition) -> list[dict[str, Any]]:
    """Return the faults of the edition, and the indicators whose review is overdue."""
    from datetime import UTC, datetime

    from nhpf.framework import check_edition
    from nhpf.indicators import load_indicators

    today = datetime.now(UTC).date()
    rows = [
        {"id": fault.id, "where": fault.where, "what": fault.what}
        for fault in check_edition(held, today=today)
    ]
    for each in load_indicators().values():
        if each.is_overdue(on=today):
            due = f"Its review was due on {each.review_due.isoformat()}."
            rows.append({"id": each.id, "where": f"{each.id}.toml", "what": due})
        for area in each.areas_of_focus:
            if area not in held.entries:
                what = f"It names {area}, which the edition has not."
                rows.append({"id": each.id, "where": f"{each.id}.toml", "what": what})
    return rows


def _held(named: str) -> Edition:
    """Return an edition by name, shipped or frozen in the data folder, or by its folder."""
    from nhpf.framework import edition_names, read_edition
    from nhpf.records.editions import held_edition

    if named not in edition_names() and (Path(named) / "edition.toml").is_file():
        return read_edition(Path(named))
    return held_edition(named)


@edition.command()
def diff(before: Named, after: Named, as_json: Json = False) -> None:
    """Say what changed from one edition to another: entries, fields, evidence, renamed ids."""
    from dataclasses import asdict

    from nhpf.framework import compare_editions

    found = compare_editions(_held(before), _held(after))
    if as_json:
        import json

        typer.echo(json.dumps(asdict(found), indent=2, ensure_ascii=False, default=str))
        return
    rows = [
        *({"what": "added", "id": id, "field": ""} for id in found.added),
        *({"what": "removed", "id": id, "field": ""} for id in found.removed),
        *({"what": "renamed", "id": old, "field": f"to {new}"} for old, new in found.renamed),
        *(
            {"what": "evidence" if one.is_evidence else "changed", "id": one.id, "field": one.field}
            for one in found.changed
        ),
    ]
    if rows:
        print_rows(rows, title=f"From edition {found.before} to {found.after}", as_json=False)
    else:
        typer.echo(f"Editions {found.before} and {found.after} say the same.")


@edition.command()
def export(
    folder: Annotated[Path, typer.Argument(help="A folder that is empty or not there yet.")],
    name: Name = "2026",
) -> None:
    """Write an edition as files; exported, loaded and exported again it is the same bytes."""
    from nhpf.framework import write_edition

    held = _held(name)
    written = write_edition(held, folder)
    typer.echo(f"{held.title}: {len(written)} files written.")
