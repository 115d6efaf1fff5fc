"""A profile's headline, judgements and pointers for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.reports import tree

if TYPE_CHECKING:
    from rich.console import Console

NEXT = (
    "The whole profile, with its charts and tables: nhpf profile {code} --as html -o profile.html"
)


def print_summary(report: tree.Report) -> None:
    """Print what a leader needs between two meetings: what, how sure, so what, what next."""
    from rich.console import Console
    from rich.padding import Padding

    console = Console(highlight=False)
    console.print(f"{report.marking}", style="bold")
    console.print(f"{report.title}, {report.period}", style="bold")
    console.print()
    _print_judgement(console, report.headline)
    for judgement in report.judgements:
        _print_judgement(console, judgement)
    pointers = [
        block
        for section in report.sections
        for block in section.blocks
        if isinstance(block, tree.Pointer)
    ]
    if pointers:
        console.print("What these figures point to", style="bold")
    for pointer in pointers:
        toolkits = ", ".join(each.title for each in pointer.toolkits) or "no toolkit yet"
        console.print(Padding(f"{pointer.title}: {toolkits}", (0, 2)), markup=False)
    console.print()
    console.print(NEXT.format(code=report.area_code), markup=False, soft_wrap=True)
    console.print(report.marking, style="bold")


def _print_judgement(console: Console, judgement: tree.Judgement) -> None:
    from rich.padding import Padding

    console.print(judgement.sentence, markup=False)
    because = f"Confidence {judgement.confidence}: {judgement.because}"
    console.print(Padding(because, (0, 2, 1, 2)), markup=False, style="dim")
