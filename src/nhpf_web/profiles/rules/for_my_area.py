"""What could help where a profile points: why each is there, in which order. No score is kept.

The order is lexicographic: each rule decides only what the one before leaves equal, and the page
prints the rules. Nothing is added up or weighted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Bearing = Literal["for", "open", "against"]

# From the strongest ground for doing it to the strongest ground against. It sets side by side what
# studies of a class found and what assessors found of one practice, which is our reading.
EVIDENCE: Mapping[str, str] = {
    "helps-strong": "Strong evidence that it helps",
    "helps-moderate": "Moderate evidence that it helps",
    "worked-independent": "A practice that worked, independently evaluated",
    "helps-limited": "Limited evidence that it helps",
    "worked-local": "A practice that worked, evaluated locally",
    "promising-independent": "A promising practice, independently evaluated",
    "promising-local": "A promising practice, evaluated locally",
    "mixed": "Studies whose findings differ",
    "untested": "Not tested yet, or no evidence of effect",
    "neither": "Evidence of no clear effect",
    "failed": "A practice that did not work",
    "harms": "Evidence of harm",
}
_RANK = {code: rank for rank, code in enumerate(EVIDENCE)}
_AGAINST = ("neither", "failed", "harms")
_OPEN = ("mixed", "untested")
_LEVELS = ("primary", "secondary", "tertiary")
# Harmful findings come last of all, and say so: they are never left out.
_LAST = {"neither": 2, "failed": 2, "harms": 3}
_WARNINGS = {
    "harms": "Studies found that it does harm.",
    "failed": "It did not work where it was tried.",
    "both": "Studies found help for some outcomes and harm for others.",
}
_THEN = "then by the strength of evidence, then by title"
ORDERS: Mapping[str, tuple[str, str]] = {
    "profile": (
        "What the profile points to",
        f"First what serves most of the areas of focus that the profile points to, {_THEN}.",
    ),
    "evidence": (
        "Strength of evidence",
        "First by the strength of evidence, then by how many of the areas of focus that the "
        "profile points to it serves, then by title.",
    ),
    "level": (
        "Prevention level",
        "First by the earliest prevention level (primary, secondary, tertiary), then by how many "
        f"of the areas of focus that the profile points to it serves, {_THEN}.",
    ),
    "partners": (
        "Fewest partners missing",
        "First what needs fewest partners whom you have not ticked, then by how many of the areas "
        f"of focus that the profile points to it serves, {_THEN}.",
    ),
}


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Pointed:
    """An area of focus that a profile points to, why, and where the figures are."""

    area: str
    title: str
    why: str
    links: tuple[Link, ...] = ()
    subtypes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A practice or an intervention that may serve an area.

    ``through`` names the toolkits by which alone it serves an area; ``bearing`` is the direction of
    an intervention's findings; ``stale`` says why it may no longer hold; ``uses`` says what one's
    own organisation does with it.
    """

    key: str
    kind: Literal["practice", "intervention"]
    title: str
    address: str
    summary: str
    areas: frozenset[str]
    evidence: str
    evidence_words: str
    evidence_address: str
    through: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bearing: str = ""
    subtypes: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    stale: str = ""
    is_example: bool = False
    uses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is in the list, and where that can be seen."""

    text: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate with the reasons for which it is in the list."""

    candidate: Candidate
    areas: frozenset[str]
    missing: frozenset[str]
    reasons: tuple[Reason, ...]
    warning: str


def evidence_of(strength: str, bearing: str) -> str:
    """Return the code of ``EVIDENCE`` of an intervention's rating."""
    if strength == "none":
        return "untested"
    known = {"helps": f"helps-{strength}", "neither": "neither", "harms": "harms"}
    return known.get(bearing, "mixed")


def evidence_of_practice(finding: str) -> str:
    """Return the code of ``EVIDENCE`` of what assessors found of a practice."""
    if finding.startswith("failed"):
        return "failed"
    return finding if finding in EVIDENCE else "untested"


def bearing_of(evidence: str) -> Bearing:
    """Return whether evidence speaks for a thing, against it, or leaves it open."""
    if evidence in _AGAINST:
        return "against"
    return "open" if evidence in _OPEN else "for"


def rows(
    pointed: Iterable[Pointed],
    candidates: Iterable[Candidate],
    *,
    partners: frozenset[str],
    sectors: Mapping[str, str],
) -> tuple[Row, ...]:
    """Return what serves an area of focus that is pointed to, each with its reasons.

    Parameters
    ----------
    pointed : iterable of Pointed
        In the order in which reasons are given.
    candidates : iterable of Candidate
        In any order.
    partners : frozenset of str
        The sectors that the reader works with; empty where that is not known.
    sectors : mapping
        Each sector's words.
    """
    asked = tuple(pointed)
    found = (_row(one, asked, partners=partners, sectors=sectors) for one in candidates)
    return tuple(row for row in found if row.areas)


def _row(
    one: Candidate,
    pointed: tuple[Pointed, ...],
    *,
    partners: frozenset[str],
    sectors: Mapping[str, str],
) -> Row:
    served = [each for each in pointed if each.area in one.areas or each.subtypes & one.subtypes]
    reasons = [_pointing(one, each) for each in served]
    if one.sectors:
        needed = [name for name in sectors if name in one.sectors]
        reasons += _partners(needed, partners, sectors)
    words = one.evidence_words[:1].upper() + one.evidence_words[1:]
    link = Link("See the evidence", one.evidence_address)
    reasons.append(Reason(f"{words}.", (link,)))
    reasons += [Reason(text) for text in one.uses]
    return Row(
        one,
        frozenset(each.area for each in served),
        one.sectors - partners,
        tuple(reasons),
        _WARNINGS.get(one.evidence) or _WARNINGS.get(one.bearing, ""),
    )


def _pointing(one: Candidate, each: Pointed) -> Reason:
    how = ""
    if each.area not in one.areas:
        how = " It is aimed at a kind of homicide that belongs there."
    elif toolkits := one.through.get(each.area):
        plural = "s" * (len(toolkits) > 1)
        how = f" It belongs there through the toolkit{plural} {_listed(toolkits)}."
    return Reason(f"The profile points to {each.title}. {each.why}{how}", each.links)


def _partners(
    needed: list[str], partners: frozenset[str], sectors: Mapping[str, str]
) -> list[Reason]:
    held = [sectors[name] for name in needed if name in partners]
    others = [sectors[name] for name in needed if name not in partners]
    if not held:
        return [Reason(f"It needs partners: {_listed(_small(others))}.")]
    said = [Reason(f"You work with partners that it needs: {_listed(_small(held))}.")]
    return said + ([Reason(f"It also needs: {_listed(_small(others))}.")] if others else [])


def _small(names: list[str]) -> list[str]:
    return [name[:1].lower() + name[1:] for name in names]


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _standing(row: Row) -> int:
    return _LAST.get(row.candidate.evidence, 1 if row.candidate.stale else 0)


def _served(row: Row) -> int:
    return -len(row.areas)


def _evidence(row: Row) -> int:
    return _RANK[row.candidate.evidence]


def _level(row: Row) -> int:
    held = [rank for rank, level in enumerate(_LEVELS) if level in row.candidate.levels]
    return min(held, default=len(_LEVELS))


def _missing(row: Row) -> int:
    return len(row.missing)


def _title(row: Row) -> tuple[str, str]:
    return row.candidate.title.casefold(), row.candidate.key


_KEYS: Mapping[str, tuple[Callable[[Row], Any], ...]] = {
    "profile": (_served, _evidence, _title),
    "evidence": (_evidence, _served, _title),
    "level": (_level, _served, _evidence, _title),
    "partners": (_missing, _served, _evidence, _title),
}


def sort(found: Iterable[Row], *, order: str) -> tuple[Row, ...]:
    """Return rows in one of ``ORDERS``; what is stale, without effect or harmful comes last."""
    keys = _KEYS[order]
    return tuple(sorted(found, key=lambda row: (_standing(row), *(key(row) for key in keys))))
