"""``nhpf profile``: the problem profile of one area."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nhpf.cli.waiting import waiting
from nhpf.errors import InvalidInput

if TYPE_CHECKING:
    from nhpf.framework import Assessment
    from nhpf.reports import tree


class Audience(StrEnum):
    """Who may read the document."""

    public = "public"
    restricted = "restricted"


class Form(StrEnum):
    """The form of the document."""

    html = "html"
    json = "json"


Area = Annotated[
    str,
    typer.Argument(
        help="A force, a local authority, or England and Wales, by code or name.",
        show_default=False,
    ),
]
For = Annotated[Audience, typer.Option("--audience", help="Who may read it.")]
As = Annotated[Form | None, typer.Option("--as", help="Write the whole document in this form.")]
To = Annotated[
    Path | None,
    typer.Option("-o", "--output", help="A file, or a folder in which it gets its own name."),
]
Json = Annotated[bool, typer.Option("--json", help="Print the whole document as JSON.")]


def profile(
    area: Area,
    audience: For = Audience.public,
    form: As = None,
    output: To = None,
    as_json: Json = False,
) -> None:
    """Print an area's profile in short, or write the whole document."""
    chosen = _form(form, output, as_json=as_json)
    report, signed = _report(area, audience=audience)
    if chosen is None:
        from nhpf.cli.summary import print_summary
        from nhpf.reports import published_part

        print_summary(published_part(report, signed))
        return
    text = _document(report, chosen, signed=signed)
    if output is None:
        typer.echo(text, nl=False)
        return
    from nhpf.cli.writing import write_whole

    path = _place(output, report, chosen)
    write_whole(path, text)
    typer.echo(f"{report.marking}: {report.title} written to {path}", err=True)


def _form(form: Form | None, output: Path | None, *, as_json: bool) -> Form | None:
    """Decide the form: the one asked for, else that of the file's ending, else none."""
    if as_json and form is Form.html:
        raise InvalidInput("A document has one form.", next_step="Give --json or --as, not both.")
    if form or as_json:
        return form or Form.json
    if output is None:
        return None
    ending = output.suffix.removeprefix(".")
    if ending not in list(Form):
        raise InvalidInput(
            "The form of the document is not known.",
            where=str(output),
            next_step="Add --as html or --as json, or end the file's name in .html or .json.",
        )
    return Form(ending)


def _report(area: str, *, audience: Audience) -> tuple[tree.Report, dict[str, str]]:
    """Build the report; with it come the signed equality impact assessments, and by whom."""
    from datetime import UTC, datetime

    from nhpf.framework import load_edition
    from nhpf.profile import build
    from nhpf.records import find_area, open_release

    edition = load_edition()
    today = datetime.now(UTC).date()
    signed = {
        id: _signature(held)
        for id, held in edition.assessments.items()
        if held.is_published(on=today)
    }
    with waiting("Building the profile; the first use also makes the release of the data"):
        release = open_release()
        found = find_area(area, release)
        report = build(found, release=release, edition=edition, audience=audience.value)
    return report, signed


def _signature(assessment: Assessment) -> str:
    # The edition's assessments discharge no public body's duty, and a reader must not think so.
    return (
        f"this project's own assessment, signed within it ({assessment.signed_by}). "
        "A force that relies on this figure must complete and sign its own."
    )


def _document(report: tree.Report, form: Form, *, signed: dict[str, str]) -> str:
    from nhpf.reports import to_html, to_json

    write = to_html if form is Form.html else to_json
    return write(report, signed=signed)


def _place(output: Path, report: tree.Report, form: Form) -> Path:
    """Return the file to write; the name of a restricted one carries its marking."""
    if output.is_dir():
        from nhpf.reports import file_name

        return output / file_name(report, what="profile", ending=form.value)
    if report.audience == "restricted" and report.marking not in output.name:
        raise InvalidInput(
            f"The name of a restricted document must hold its marking, {report.marking}.",
            where=output.name,
            next_step="Add it to the name, or name a folder and the file is named for you.",
        )
    return output
