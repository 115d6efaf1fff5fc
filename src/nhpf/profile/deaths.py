"""The death-pattern report that inspectors ask of every chief constable, with its linked series.

From what force, health and local authority hold: what the pattern is, whether deaths of one
signature gather in place and time more than by chance, and which records are still missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nhpf.errors import CannotTell
from nhpf.profile import missing, near_misses, requirements
from nhpf.profile.cases import Cases, cases_of
from nhpf.profile.cases import sections as case_sections
from nhpf.profile.cases.held import TABLE
from nhpf.profile.linked_series import FEWEST, Series, linked_series
from nhpf.profile.parts import Parts
from nhpf.profile.wording import counted_in_words, listed
from nhpf.reports.tree import (
    Block,
    Cell,
    Column,
    Figure,
    Inset,
    Judgement,
    Paragraph,
    Section,
    Table,
)
from nhpf.reports.words import in_words, number

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope

SERIES = "linked-series"
ASKED = (
    "Inspectors asked in August 2023 that every chief constable be able to produce, often enough, "
    "an analytical report on death investigations from force, health and local authority data, and "
    "to identify linked series. This report is made for that."
)
RULE = (
    "Deaths are grouped by signature: the method, and whether the victim was a child, a woman, a "
    "man or aged 65 or over. For each signature with at least three deaths, circles of "
    "neighbouring local authorities and spans of up to twelve months are searched for more deaths "
    "than an even spread over time, and over places as homicides of all kinds are spread, would "
    "give (space-time scan, 999 replications). P-values are adjusted for all signatures searched."
)
NOT_PROOF = (
    "A series that is called is a reason to read the files side by side. It is no proof that "
    "deaths are linked, and a series that is not called may still be one: three deaths of an "
    "ordinary kind over two years cannot be told from chance by any count."
)
PARTNERS = (
    ("Homicide cases", TABLE, "the force"),
    ("Recorded crime events: near misses", "crime_events", "the force"),
    ("Hospital attendances after assault", "hospital_assaults", "NHS trusts"),
    ("Ambulance incidents", "ambulance", "the ambulance service"),
    ("Hospital admissions", "hospital_admissions", "NHS England"),
    ("Reviews after domestic deaths", "domestic_homicide_reviews", "community safety partnerships"),
    ("Coroners’ reports to prevent deaths", "coroner_reports", "coroners"),
)
UNSEEN = (
    "Deaths that nobody called suspicious are in none of these records: unexpected deaths in care "
    "homes, deaths by poisoning or falls, and suicides after domestic abuse. They are held by the "
    "coroner, the Care Quality Commission, the local authority and the medical examiner, and "
    "should be asked for as monthly counts by kind of place."
)


def parts(scope: Scope) -> Parts:
    """Return the parts of the report for one force.

    Raises
    ------
    CannotTell
        If the release holds no homicide cases of the area.
    """
    cases = cases_of(scope)
    if cases is None or not cases.place:
        raise CannotTell(
            f"The release holds no homicide cases of {scope.area.name} that may be shown here.",
            next_step="Import them with nhpf records import homicide_cases.",
        )
    found = linked_series(scope)
    headline = _headline(scope, cases, found)
    sections = (
        _terms(scope),
        *case_sections(scope, cases),
        Section("series", "Could deaths be linked?", tuple(_series(scope, cases, found))),
        *near_misses.sections(scope),
        _unseen(),
        missing.section(scope),
    )
    asked = requirements.section(scope, sections, (headline,))
    return Parts(cases.period, headline, (), (*sections, asked))


def _terms(scope: Scope) -> Section:
    held = scope.release.manifest["tables"]
    rows = tuple(
        (what, holder, "held" if source in held else "not held")
        for what, source, holder in PARTNERS
    )
    lacking = [what.lower() for what, _, state in rows if state != "held"]
    figure = Figure(
        id="partners-data",
        title=f"{in_words(sum(row[2] == 'held' for row in rows)).capitalize()} of "
        f"{in_words(len(rows))} kinds of record are held",
        subtitle=f"Records about deaths and near deaths in this release, {scope.place}",
        reading=f"Not held: {listed(lacking) if lacking else 'none'}.",
        table=Table(
            "Records held, by who keeps them",
            (Column("what", "Record"), Column("holder", "Who keeps it"), Column("held", "Here")),
            rows,
        ),
        provenance=scope.provenance(TABLE, period="this release"),
    )
    return Section("terms", "What this report is, and what it rests on", (Paragraph(ASKED), figure))


def _unseen() -> Section:
    return Section("unseen", "Deaths that these records do not see", (Inset(UNSEEN),))


def _series(scope: Scope, cases: Cases, found: tuple[Series, ...]) -> Iterator[Block]:
    yield Paragraph(RULE)
    if found:
        yield _series_figure(scope, cases, found)
    else:
        yield Paragraph(
            f"No signature has {in_words(FEWEST)} deaths in {scope.place}, or its deaths lie in "
            "one local authority alone: nothing can be searched."
        )
    yield Inset(NOT_PROOF)


def _series_figure(scope: Scope, cases: Cases, found: tuple[Series, ...]) -> Figure:
    called = [each for each in found if each.is_called]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            each.signature,
            each.deaths,
            round(each.expected, 1),
            f"{each.first} to {each.last}",
            ", ".join(each.places),
            round(each.p_adjusted, 3),
            "read the files side by side" if each.is_called else "cannot be told from chance",
        )
        for each in found
    )
    title = (
        f"Deaths of {in_words(len(called))} signature{'' if len(called) == 1 else 's'} gather in "
        "place and time by more than chance"
        if called
        else f"In none of {in_words(len(found))} signatures do deaths gather by more than chance"
    )
    return Figure(
        id=SERIES,
        title=title,
        subtitle=f"The likeliest gathering of each signature, {scope.place}, {cases.period}",
        reading="; ".join(
            f"{each.signature}: {each.deaths} deaths, {number(each.expected, 1)} expected, "
            f"{each.first} to {each.last}"
            for each in called
        )
        or "None.",
        table=Table(
            "Signatures searched, in the order of their names",
            (
                Column("signature", "Signature"),
                Column("deaths", "Deaths in the window", "count"),
                Column("expected", "Expected by chance", "number"),
                Column("when", "When", "period"),
                Column("where", "Local authorities"),
                Column("p", "Adjusted p-value", "number"),
                Column("reading", "Reading"),
            ),
            rows,
        ),
        provenance=scope.provenance(TABLE, "outline", "area", period=cases.period),
        caveats=(
            "Months are those of recording; deaths recorded late fall in a later month.",
            "One incident with several victims gathers by itself.",
        ),
        method="Space-time scan, Poisson; Benjamini and Hochberg over the signatures.",
    )


def _headline(scope: Scope, cases: Cases, found: tuple[Series, ...]) -> Judgement:
    called = [each for each in found if each.is_called]
    if called:
        sentence = (
            f"In {scope.place} deaths of {in_words(len(called))} "
            f"signature{'' if len(called) == 1 else 's'} gather in place and time: read their "
            "files side by side."
        )
    else:
        sentence = f"No series of linked deaths can be told from chance in {scope.place}."
    return Judgement(
        "series",
        sentence,
        "moderate" if called else "low",
        f"{in_words(len(found)).capitalize()} signatures were searched among "
        f"{counted_in_words(cases.victims)} victims in {cases.period}. {NOT_PROOF}",
        (SERIES,) if found else ("partners-data",),
    )
