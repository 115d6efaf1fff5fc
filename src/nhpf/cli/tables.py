"""Print rows as a table, or as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import typer


def print_rows(rows: Sequence[Mapping[str, Any]], *, title: str, as_json: bool) -> None:
    """Print rows that share their keys; the keys are the headings."""
    if as_json:
        import json

        typer.echo(json.dumps(list(rows), indent=2, ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for heading in rows[0] if rows else ():
        table.add_column(heading.replace("_", " ").capitalize(), overflow="fold")
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    Console(highlight=False).print(table, markup=False)
