"""The commands, and what happens when one of them fails.

Everything heavy is imported inside the command that needs it, so that help appears at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from nhpf import __version__
from nhpf.cli.detectable import detectable
from nhpf.cli.edition import edition
from nhpf.cli.evidence import evidence
from nhpf.cli.profile import profile
from nhpf.cli.records import records
from nhpf.cli.returns import returns
from nhpf.cli.signals import signals
from nhpf.errors import NhpfError

app = typer.Typer(
    name="nhpf",
    help="National Homicide Prevention Framework: from number to decision to outcome.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Plain help: drawing it with Rich would double the time that it takes to appear.
    rich_markup_mode=None,
)
app.command()(profile)
app.command()(signals)
app.command()(detectable)
app.add_typer(records, name="records")
app.add_typer(returns, name="returns")
app.add_typer(evidence, name="evidence")
app.add_typer(edition, name="edition")


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"nhpf {__version__}")
        raise typer.Exit


@app.callback()
def options(
    *,
    _version: Annotated[
        bool,
        typer.Option("--version", help="Say the version and end.", callback=_say_version),
    ] = False,
) -> None:
    """National Homicide Prevention Framework: from number to decision to outcome."""


def failure_text(error: NhpfError) -> str:
    """Write an error for a person: what happened, where, what to do next."""
    lines = [f"Error: {error.what}"]
    if error.where:
        lines.append(f"Where: {error.where}")
    if error.next_step:
        lines.append(f"Next:  {error.next_step}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after ``nhpf``; those of the process where left out.
    """
    try:
        app(args=list(sys.argv[1:] if arguments is None else arguments), prog_name="nhpf")
    except NhpfError as error:
        typer.echo(failure_text(error), err=True)
        return error.exit_code
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0
