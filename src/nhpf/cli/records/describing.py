"""What a contract says, as lines that a terminal of any width shows whole."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nhpf.records.contract import Contract, Field, Layout

WIDEST = 100


def described(held: Contract) -> str:
    """Return the fields, layouts and terms of a contract, with its worked example."""
    width = min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST)
    return "\n".join(_wrapped(line, width) for line in _lines(held))


def _wrapped(line: str, width: int) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    wrapped = textwrap.wrap(
        line, width, subsequent_indent=indent + "  ", break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(wrapped)


def _lines(held: Contract) -> Iterator[str]:
    yield f"{held.title}: {held.grain}"
    yield held.meaning
    yield f"Regime: {held.regime}. About: {held.person_category}."
    yield f"Kept: {held.retention}. Marking: {held.marking}."
    yield f"Licence: {held.licence}."
    yield ""
    yield "Fields"
    for each in held.fields:
        yield f"  {each.name}: {_holds(each)}{'; may be blank' if each.optional else ''}"
        yield f"    {each.meaning}"
    yield ""
    yield "Worked example, a row under each header"
    for row in held.example:
        yield f"  {','.join(row)}"
        yield f"  {','.join(row.values())}"
    yield ""
    yield "Layouts"
    for layout in held.layouts:
        yield from _layout(layout)


def _holds(field: Field) -> str:
    from nhpf.records.importing.values import known_as, written_like

    if field.choices:
        return "; ".join(field.choices)
    if field.like:
        return f"a code like {' or '.join(field.like)}"
    if field.known_in:
        return f"a code or name among the {known_as(field.known_in)}"
    like = written_like(field.kind)
    return f"{field.kind} like {like}" if like else field.kind.replace("_", " ")


def _layout(layout: Layout) -> Iterator[str]:
    yield f"  {layout.name}: {layout.title}"
    yield f"    Headers: {', '.join(layout.columns)}"
    if layout.spread:
        yield f"    And a column for each {layout.spread.into}"
    if layout.absent:
        yield f"    May be missing: {', '.join(layout.absent)}"
    if layout.dates:
        forms = ", ".join(f"{name} as {form}" for name, form in layout.dates.items())
        yield f"    Dates: {forms}"
    else:
        yield "    Dates: as the fields say, or in the form that --dates names"
