"""A report as a document in any of its forms."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from nhpf.errors import InvalidInput
from nhpf.reports.tree import Report

FORMS = ("html", "pdf", "docx", "xlsx", "json")
"""The endings of the files, in the order in which they are offered."""


def to_document(
    report: Report, form: str, *, signed: Mapping[str, str] | Collection[str] = ()
) -> bytes:
    """Return a report as a document, the same to the byte for the same report.

    Parameters
    ----------
    report : Report
        The report tree; a restricted one with its distribution.
    form : {"html", "pdf", "docx", "xlsx", "json"}
    signed : mapping of str to str, or collection of str
        Ids of signed equality impact assessments, as for `to_html`.

    Raises
    ------
    RefusedByDisclosure
        If a restricted report has no distribution.
    InvalidInput
        If the form is not known, or what writes it is not installed.
    """
    # Each form brings packages of its own.
    match form:
        case "html":
            from nhpf.reports.html_report import to_html

            return to_html(report, signed=signed).encode()
        case "json":
            from nhpf.reports.json_report import to_json

            return to_json(report, signed=signed).encode()
        case "pdf":
            from nhpf.reports.pdf_report import to_pdf

            return to_pdf(report, signed=signed)
        case "docx":
            from nhpf.reports.word_report import to_word

            return to_word(report, signed=signed)
        case "xlsx":
            from nhpf.reports.spreadsheet_report import to_spreadsheet

            return to_spreadsheet(report, signed=signed)
    raise InvalidInput(
        "The form of the document is not known.",
        where=form,
        next_step=f"The forms are {', '.join(FORMS)}.",
    )
