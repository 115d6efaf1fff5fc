"""Who a restricted document is given to, and what for: without that it is not made."""

from __future__ import annotations

from dataclasses import replace

from nhpf.errors import InvalidInput, RefusedByDisclosure
from nhpf.reports.tree import Distribution, Report

EXAMPLE = "Head of Crime, Kent Police; to agree the problem-solving plan"
LONGEST = 300


def read_distribution(text: str) -> Distribution:
    """Read who is given a document and what for, with a semicolon between them.

    Raises
    ------
    InvalidInput
        If one of them is missing, or the text is longer than a cover holds.
    """
    recipients, _, purpose = (part.strip() for part in " ".join(text.split()).partition(";"))
    if not recipients or not purpose or len(text) > LONGEST:
        raise InvalidInput(
            f"A distribution says who is given the document and what for, in {LONGEST} letters.",
            where="distribution",
            next_step=f'Write both with a semicolon between them: "{EXAMPLE}".',
        )
    return Distribution(recipients, purpose)


def given_to(report: Report, distribution: Distribution | None) -> Report:
    """Return a report that names on its cover who is given it; a public one is for everybody."""
    if report.audience == "public":
        return report
    return replace(report, distribution=distribution)


def check_distribution(report: Report) -> None:
    """Refuse to make a document of a restricted report that names nobody.

    Raises
    ------
    RefusedByDisclosure
        If the report is restricted and has no distribution.
    """
    check_named(report.audience, report.distribution, where=report.title)


def check_named(audience: str, distribution: Distribution | None, *, where: str) -> None:
    """Refuse a restricted audience of which nobody is named, before anything is built.

    Raises
    ------
    RefusedByDisclosure
        If the audience is restricted and there is no distribution.
    """
    if audience == "restricted" and distribution is None:
        raise RefusedByDisclosure(
            "A restricted profile is made for named readers and a purpose only.",
            where=where,
            next_step=f'Name them with --distribution "{EXAMPLE}".',
        )
