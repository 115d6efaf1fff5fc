"""The parts of a problem profile in their order, and what stands where a part cannot be filled.

The order is that of a problem profile of the National Intelligence Model, as forces know it: terms,
definition, context, trend, sub-types, who and how, precursors, pinch points, inequalities, what is
done, gaps, recommendations, intelligence requirements, method.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nhpf.profile.missing import CASES, IMPORTED
from nhpf.reports.tree import Figure, Missing, Paragraph, Section

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope

ORDER = (
    "terms",
    "comparison",
    "similar",
    "no-comparison",
    "trend",
    "cases-trend",
    "subtypes",
    "no-subtypes",
    "who-how-when",
    "national-shares",
    "circumstances",
    "concentration",
    "drivers",
    "root-causes",
    "precursors",
    "near-misses",
    "hospital",
    "no-precursors",
    "pinch-points",
    "inequalities",
    "unsolved",
    "areas-of-focus",
    "activity",
    "gaps",
    "recommendations",
    "limits",
    "missing",
    "requirements",
)
PUBLIC = "In public a count by area is too small to be shown; named readers are given it."


@dataclass(frozen=True, slots=True)
class Part:
    """A part that every problem profile has: the sections that fill it, and what else stands there.

    ``filled_by`` are ids of sections; with none of them a section ``instead`` says what is missing.
    """

    name: str
    filled_by: tuple[str, ...]
    instead: str = ""
    missing: tuple[Missing, ...] = ()


PARTS = (
    Part("Cover", ("cover",)),
    Part("Terms of reference", ("reference",)),
    Part("Definition and data quality", ("terms",)),
    Part(
        "Beside other areas",
        ("comparison", "similar"),
        "no-comparison",
        (
            Missing(
                "The area beside the nation and the areas most like it",
                "the Office for National Statistics",
                "Residents and deprivation of this area are not in the release.",
            ),
        ),
    ),
    Part("Volume and trend", ("trend",)),
    Part("The seven sub-types", ("subtypes",), "no-subtypes", (CASES,)),
    Part("Who, how and where", ("who-how-when", "national-shares", "circumstances")),
    Part(
        "Other harm that comes before or beside homicide",
        ("precursors", "near-misses"),
        "no-precursors",
        (IMPORTED["crime_events"], IMPORTED["hospital_assaults"]),
    ),
    Part("Pinch points", ("pinch-points",)),
    Part("Inequalities", ("inequalities",)),
    Part("What is done now", ("activity",)),
    Part("Gaps", ("gaps",)),
    Part("Recommendations", ("recommendations",)),
    Part("Intelligence requirements", ("requirements",)),
    Part("Method annex", ("annex",)),
)


def placeholders(scope: Scope, held: Iterable[Section]) -> Iterator[Section]:
    """Yield a section for each part that nothing fills: which data are missing, and why."""
    ids = {each.id for each in held}
    why = (Paragraph(PUBLIC),) if scope.audience == "public" else ()
    for part in PARTS:
        if part.instead and not ids.intersection(part.filled_by):
            yield Section(part.instead, part.name, (*why, *part.missing))


def arranged(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Return the sections in the order of a problem profile.

    One that the order does not name keeps its place after the one before it.
    """
    ranked: list[tuple[int, Section]] = []
    rank = 0
    for each in sections:
        rank = ORDER.index(each.id) if each.id in ORDER else rank
        ranked.append((rank, each))
    return tuple(each for _, each in sorted(ranked, key=lambda pair: pair[0]))


def without_comparisons(
    sections: Iterable[Section], *, keep: tuple[str, ...] = ("unsolved",)
) -> tuple[tuple[Section, ...], tuple[Figure, ...]]:
    """Return the sections without the figures that compare groups of people, and those figures."""
    rest: list[Section] = []
    taken: list[Figure] = []
    for each in sections:
        found = [block for block in each.blocks if isinstance(block, Figure) and block.disparity]
        if each.id in keep or not found:
            rest.append(each)
            continue
        taken += found
        rest.append(replace(each, blocks=tuple(b for b in each.blocks if b not in found)))
    return tuple(rest), tuple(taken)
