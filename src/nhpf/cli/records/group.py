"""The group of commands that each module of this package adds its own to."""

from __future__ import annotations

import typer

records = typer.Typer(
    help="The data set: its sources and releases.", no_args_is_help=True, rich_markup_mode=None
)
