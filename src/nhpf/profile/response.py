"""What is done, what is not, and what to do: activity, gaps and recommendations by area of focus.

A row about an area of focus to which a comparison of groups of people points stands in a table of
its own, which waits for the signature that the comparison waits for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from nhpf.profile import missing
from nhpf.profile.commission import Activity
from nhpf.profile.measures import measure_in_words
from nhpf.profile.reference import review_date
from nhpf.profile.wording import listed, small
from nhpf.reports.tree import (
    Block,
    Cell,
    Column,
    Figure,
    Inset,
    Paragraph,
    Pointer,
    Provenance,
    Section,
    Table,
)
from nhpf.reports.words import in_words

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope
    from nhpf.reports.tree import Disparity

ACTIVITY, GAPS, RECOMMENDATIONS = "activity", "gaps", "recommendations"
OURS = Provenance(
    series="Framework and commission of this document",
    period="as given",
    source="The framework’s areas of focus and toolkits; what whoever asked for this document gave",
    licence="that of the software",
    extract_date="with this document",
    vintage="with this document",
)
NOT_A_FINDING = (
    "A level without activity is a question to partners, not a finding against anybody: the list "
    "is only as whole as what was given."
)
DRAFTED = (
    "Drafted by rule from what the figures point to, for partners to change. Each has an owner by "
    "role, a date, and a measure with the smallest change that it could show: where that is large, "
    "find another measure before beginning."
)
LEVELS = ("primary", "secondary", "tertiary")


def sections(scope: Scope, held: tuple[Section, ...]) -> tuple[Section, ...]:
    """Return activity, gaps and recommendations for the areas of focus that sections point to.

    Parameters
    ----------
    scope : Scope
    held : tuple of Section
        With the pointers and the figures that they rest on.
    """
    groups = tuple(_groups(held))
    return (
        Section(ACTIVITY, "What is done now, by level of prevention", tuple(_activity(scope))),
        Section(GAPS, "Gaps", tuple(_gaps(scope, groups))),
        Section(
            RECOMMENDATIONS,
            "Recommendations",
            (Paragraph(DRAFTED), *_recommendations(scope, groups)),
        ),
    )


def pointed_openly(held: Iterable[Section]) -> frozenset[str]:
    """Return the areas of focus pointed to by figures that wait for no assessment."""
    return frozenset(
        pointer.entry
        for disparity, pointers in _groups(held)
        if disparity is None
        for pointer in pointers
    )


Group = tuple["Disparity | None", tuple[Pointer, ...]]


def _groups(held: Iterable[Section]) -> Iterator[Group]:
    """Yield the pointers that rest on no comparison of groups, then those of each assessment.

    A pointer that waits for two assessments is left to be drafted by hand.
    """
    blocks = [block for section in held for block in section.blocks]
    waiting = {
        each.id: each.disparity for each in blocks if isinstance(each, Figure) and each.disparity
    }
    by_assessment: dict[str, tuple[Disparity | None, list[Pointer]]] = {"": (None, [])}
    for each in blocks:
        if isinstance(each, Pointer):
            found = {waiting[id].assessment: waiting[id] for id in each.figures if id in waiting}
            if len(found) <= 1:
                name, disparity = next(iter(found.items()), ("", None))
                by_assessment.setdefault(name, (disparity, []))[1].append(each)
    yield from ((held, tuple(found)) for held, found in by_assessment.values() if found)


def _activity(scope: Scope) -> Iterator[Block]:
    given = scope.commission.activity
    if given is None:
        yield missing.ACTIVITY
        return
    if not given:
        yield Paragraph("It was asked what is being done, and nothing was named.")
        return
    titles = {each.id: each.title for each in scope.edition.of_kind("area")}
    rows = tuple(
        (
            at,
            each.level.capitalize(),
            each.title,
            listed([titles[area] for area in each.areas]),
            each.owner or "not given",
            each.source or "the commission",
        )
        for at, each in enumerate(sorted(given, key=_by_level), start=1)
    )
    levels = {each.level for each in given}
    yield Figure(
        id="activity-by-level",
        title=f"{in_words(len(given)).capitalize()} "
        f"{'activity is' if len(given) == 1 else 'activities are'} named, at "
        f"{in_words(len(levels))} of three levels of prevention",
        subtitle=f"Activity in {scope.area.name} as given with the commission of this document",
        reading="Primary prevention is for everybody, secondary for those at risk, tertiary for "
        "those already harmed or harming.",
        table=Table(
            "Activity by level of prevention",
            (
                Column("number", "No.", "number"),
                Column("level", "Level"),
                Column("activity", "Activity"),
                Column("areas", "Areas of focus"),
                Column("owner", "Run by"),
                Column("known_from", "Known from"),
            ),
            rows,
        ),
        provenance=(OURS,),
    )


def _by_level(each: Activity) -> tuple[int, str]:
    return LEVELS.index(each.level), each.title


def _gaps(scope: Scope, groups: tuple[Group, ...]) -> Iterator[Block]:
    given = scope.commission.activity
    if given is None:
        yield Paragraph(
            "Whether there is a gap cannot be told, because nobody has given what is done. These "
            "are the levels at which the framework has an answer for what the figures point to."
        )
    for disparity, pointers in groups:
        rows = [
            (scope.edition.entry(pointer.entry).title, level, _doing(given, pointer.entry, level))
            for pointer in pointers
            for level in scope.edition.entry(pointer.entry).prevention
        ]
        empty = sum(doing == "nothing named" for _, _, doing in rows)
        yield Figure(
            id=_id("gaps-by-level", disparity),
            title="What is done is not known"
            if given is None
            else f"At {in_words(empty)} of {in_words(len(rows))} levels nothing is named",
            subtitle=f"Areas of focus that the figures point to, by level of prevention, "
            f"{scope.area.name}",
            reading=NOT_A_FINDING,
            table=Table(
                _caption("Areas of focus by level of prevention", disparity),
                (
                    Column("number", "No.", "number"),
                    Column("area", "Area of focus"),
                    Column("level", "Level"),
                    Column("activity", "What is done"),
                ),
                tuple(
                    (at, title, level.capitalize(), doing)
                    for at, (title, level, doing) in enumerate(rows, start=1)
                ),
            ),
            provenance=(OURS,),
            disparity=disparity,
        )


def _doing(given: tuple[Activity, ...] | None, area: str, level: str) -> str:
    if given is None:
        return "not known"
    named = [each.title for each in given if area in each.areas and each.level == level]
    return "; ".join(named) or "nothing named"


def _recommendations(scope: Scope, groups: tuple[Group, ...]) -> Iterator[Block]:
    if not groups:
        yield Inset("The figures held point to no area of focus, so nothing is recommended.")
    due = review_date(scope).isoformat()
    at = 0
    for disparity, pointers in groups:
        rows: list[tuple[Cell, ...]] = []
        for pointer in pointers:
            at += 1
            owner = scope.commission.owner_of(pointer.entry)
            measure = measure_in_words(scope, pointer.entry)
            rows.append((at, pointer.title, _what(scope, pointer), owner, due, measure))
        yield Figure(
            id=_id("recommended", disparity),
            title=f"{in_words(len(rows)).capitalize()} "
            f"recommendation{'' if len(rows) == 1 else 's'}, each with an owner, a date and a "
            "measure",
            subtitle=f"{scope.area.name}; drafted by rule, in the strategy’s order",
            reading="Where the owner is to be named, nobody has taken the recommendation yet.",
            table=Table(
                _caption("Recommendations", disparity),
                (
                    Column("number", "No.", "number"),
                    Column("area", "Area of focus"),
                    Column("what", "Recommendation"),
                    Column("owner", "Owner"),
                    Column("due", "By"),
                    Column("measure", "Measure, and the change that it could show"),
                ),
                tuple(rows),
            ),
            provenance=(OURS,),
            caveats=(
                "Where one year alone is held, counts are taken to vary by chance alone: the "
                "smallest change that could be seen is then larger than stated.",
            ),
            disparity=disparity,
        )


def _what(scope: Scope, pointer: Pointer) -> str:
    entry = scope.edition.entry(pointer.entry)
    partners = listed([each for each in entry.partners if each != "police"][:4])
    begin = f"; look at {pointer.toolkits[0].title} first" if pointer.toolkits else ""
    return f"Agree with {partners} what to do about {small(entry.title)} and in which places{begin}"


def _caption(what: str, disparity: Disparity | None) -> str:
    return f"{what}, from figures that compare groups" if disparity else what


def _id(name: str, disparity: Disparity | None) -> str:
    return f"{name}-{disparity.assessment.removeprefix('eia-profile-')}" if disparity else name
