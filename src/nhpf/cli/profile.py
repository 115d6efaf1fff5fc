"""``nhpf profile``: the problem profile of one area."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nhpf.cli.waiting import waiting
from nhpf.errors import InvalidInput

if TYPE_CHECKING:
    from nhpf.framework import Assessment, Edition
    from nhpf.profile.documents import Documents
    from nhpf.records import Release


class Audience(StrEnum):
    """Who may read the document."""

    public = "public"
    restricted = "restricted"


class Kind(StrEnum):
    """What the document answers."""

    profile = "profile"
    screen = "screen"
    deaths = "deaths"
    needs = "needs"


class Form(StrEnum):
    """The form of the document."""

    html = "html"
    pdf = "pdf"
    docx = "docx"
    xlsx = "xlsx"
    json = "json"


BINARY = (Form.pdf, Form.docx, Form.xlsx)

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
AsAt = Annotated[
    datetime | None,
    typer.Option(
        "--as-at",
        formats=["%Y-%m-%d"],
        help="The data and the framework as they were held at the end of this day, UTC.",
    ),
]
Of = Annotated[
    Kind,
    typer.Option(
        "--kind",
        help="Problem profile, screen of sub-types, death-pattern report, or needs assessment.",
    ),
]
GivenTo = Annotated[
    str | None,
    typer.Option(
        "--distribution",
        help="Who is given a restricted profile, a semicolon, and what for. It is printed in it.",
    ),
]

Given = Annotated[
    Path | None,
    typer.Option(
        "--commission",
        help="A TOML file with the document's terms, owners by role, and what is being done.",
    ),
]


def profile(
    area: Area,
    audience: For = Audience.public,
    form: As = None,
    output: To = None,
    as_json: Json = False,
    as_at: AsAt = None,
    distribution: GivenTo = None,
    kind: Of = Kind.profile,
    commission: Given = None,
) -> None:
    """Print an area's profile in short, or write the whole document."""
    chosen = _form(form, output, as_json=as_json)
    if chosen in BINARY and output is None:
        raise InvalidInput(
            "This form is a file and no text for the terminal.",
            where=f"--as {chosen}",
            next_step="Add -o with a file or a folder.",
        )
    day = as_at.date() if as_at else None
    documents, signed = _documents(
        area,
        audience=audience,
        day=day,
        distribution=distribution,
        kind=kind,
        commission=commission,
    )
    if chosen is None:
        from nhpf.cli.summary import print_summary
        from nhpf.reports import published_part

        print_summary(published_part(documents.report, signed))
        return
    path = _place(output, documents, chosen) if output else None
    with waiting("Building the profile; the first use also makes the release of the data"):
        content = documents.content(chosen)
    if path is None:
        typer.echo(content.decode(), nl=False)
        return
    from nhpf.cli.writing import write_whole

    write_whole(path, content)
    about = documents.about
    typer.echo(f"{about['marking']}: {about['title']} written to {path}", err=True)


def _form(form: Form | None, output: Path | None, *, as_json: bool) -> Form | None:
    """Decide the form: the one asked for, else that of the file's ending, else none."""
    if as_json and form not in (None, Form.json):
        raise InvalidInput("A document has one form.", next_step="Give --json or --as, not both.")
    if form or as_json:
        return form or Form.json
    if output is None:
        return None
    ending = output.suffix.removeprefix(".")
    if ending not in list(Form):
        known = ", ".join(Form)
        raise InvalidInput(
            "The form of the document is not known.",
            where=str(output),
            next_step=f"Add --as html, or another of {known}, or end the file's name in one.",
        )
    return Form(ending)


def _documents(
    area: str,
    *,
    audience: Audience,
    day: date | None,
    distribution: str | None,
    kind: Kind,
    commission: Path | None,
) -> tuple[Documents, dict[str, str]]:
    """Return the documents, and by whom each equality impact assessment is signed."""
    from nhpf.profile.commission_file import read_commission
    from nhpf.profile.documents import Documents
    from nhpf.records import find_area
    from nhpf.reports.distribution import read_distribution

    given = read_distribution(distribution) if distribution else None
    terms = read_commission(commission) if commission else None
    with waiting("Opening the release; the first use makes it"):
        release, edition = _held(day)
        found = find_area(area, release)
    today = day or datetime.now(UTC).date()
    signed = {
        id: _signature(held)
        for id, held in edition.assessments.items()
        if held.is_published(on=today)
    }
    documents = Documents(
        found,
        release=release,
        edition=edition,
        audience=audience.value,
        signed=signed,
        distribution=given,
        kind=kind.value,
        commission=terms,
    )
    return documents, signed


def _held(day: date | None) -> tuple[Release, Edition]:
    """Return the release and the edition that are current, or were the newest on a day."""
    if day is None:
        from nhpf.framework import load_edition
        from nhpf.records import open_release

        return open_release(), load_edition()
    from nhpf.records.editions import edition_as_at
    from nhpf.records.release_history import release_as_at

    return release_as_at(day), edition_as_at(day)


def _signature(assessment: Assessment) -> str:
    # The edition's assessments discharge no public body's duty, and a reader must not think so.
    return (
        f"this project's own assessment, signed within it ({assessment.signed_by}). "
        "A force that relies on this figure must complete and sign its own."
    )


def _place(output: Path, documents: Documents, form: Form) -> Path:
    """Return the file to write; the name of a restricted one carries its marking."""
    if output.is_dir():
        return output / documents.name(form)
    marking = documents.about["marking"]
    if documents.audience == "restricted" and marking not in output.name:
        raise InvalidInput(
            f"The name of a restricted document must hold its marking, {marking}.",
            where=output.name,
            next_step="Add it to the name, or name a folder and the file is named for you.",
        )
    return output
