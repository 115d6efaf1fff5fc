"""The kinds of document about an area, and who may be given each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from nhpf.errors import RefusedByDisclosure

if TYPE_CHECKING:
    from nhpf.disclosure import Audience
    from nhpf.profile.parts import Parts
    from nhpf.profile.scope import Scope

Kind = Literal["profile", "screen", "deaths", "needs"]


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind of document.

    Attributes
    ----------
    title : str
        As it stands before the area's name.
    question : str
        What it answers.
    audiences : tuple
        Who it is made for.
    parts : callable
        Makes its parts for a scope; imports what it needs when it is called.
    """

    title: str
    question: str
    audiences: tuple[Audience, ...]
    parts: Callable[[Scope], Parts]


def _profile(scope: Scope) -> Parts:
    from nhpf.profile.places import parts

    return parts(scope)


def _screen(scope: Scope) -> Parts:
    from nhpf.profile.screen import parts

    return parts(scope)


def _deaths(scope: Scope) -> Parts:
    from nhpf.profile.deaths import parts

    return parts(scope)


def _needs(scope: Scope) -> Parts:
    from nhpf.profile.needs import parts

    return parts(scope)


KINDS: dict[Kind, DocumentKind] = {
    "profile": DocumentKind(
        "Homicide problem profile",
        "What happens here, how sure are we, what does it mean, what next?",
        ("public", "restricted"),
        _profile,
    ),
    "screen": DocumentKind(
        "Homicide sub-type screen",
        "A sub-type is said to be prevalent: is it true here, and what is the problem?",
        ("restricted",),
        _screen,
    ),
    "deaths": DocumentKind(
        "Death-pattern report",
        "What is the pattern of deaths, could some be linked, and what is not seen?",
        ("restricted",),
        _deaths,
    ),
    "needs": DocumentKind(
        "Strategic needs assessment",
        "What serious violence is there, what raises the risk, who can reach it, what next?",
        ("public", "restricted"),
        _needs,
    ),
}


def check_audience(kind: Kind, audience: Audience) -> None:
    """Refuse a document to an audience that it is not made for.

    Raises
    ------
    RefusedByDisclosure
    """
    if audience not in KINDS[kind].audiences:
        raise RefusedByDisclosure(
            f"A {KINDS[kind].title.lower()} is for named recipients only.",
            next_step="Ask for the restricted version and name who is given it and what for.",
        )
