"""What the document is, what it counts as homicide, and how good the data are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.indicators import METROPOLITAN
from nhpf.reports.tree import Block, Inset, Paragraph, Section

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope

WHAT = (
    "This problem profile answers four questions about homicide: what happens here, how sure we "
    "are, what it means, and what to look at next. It is built from the open release of the data "
    "named below by rules that are printed at the end, so anybody can build it again and get the "
    "same document."
)
DEFINITION = (
    "Homicide means murder, manslaughter, corporate manslaughter and infanticide as the police "
    "recorded them, counted once for each victim, in the period of recording. Later corrections "
    "and court results change counts."
)
PEOPLE = (
    "Each count is a person who was killed and a family that was bereaved. The profile looks at "
    "populations, places and services, never at persons, and predicts no homicide."
)
LIMIT = "No score, list or map in this document says who will kill or be killed. No area is ranked."
RESTRICTED = (
    "This copy is for its named recipients. Built from open data alone it holds the same figures "
    "as the public profile{beside}; only small counts of other offences may be withheld there and "
    "not here. Once the force's own records are held it will add what they "
    "say of who was killed, how, when and by whom, below what may be published. Pass it on only "
    "under its handling instruction."
)
LONDON_BESIDE = ", and sets London's published tables of who, how and when beside them"
NATION_BESIDE = ", and sets the nation's published tables of who and how beside them"


def section(scope: Scope, *about: str) -> Section:
    """Return the terms of this profile, with what is particular to the area."""
    blocks: list[Block] = [Paragraph(WHAT), Paragraph(DEFINITION), Paragraph(PEOPLE)]
    blocks += [Paragraph(each) for each in about]
    blocks.append(Inset(LIMIT))
    if scope.audience == "restricted":
        blocks.append(Inset(RESTRICTED.format(beside=_beside(scope))))
    return Section("terms", "What this is, and how good the data are", tuple(blocks))


def _beside(scope: Scope) -> str:
    """Say which published tables of a wider area a restricted profile sets beside its figures."""
    if scope.area.parent == METROPOLITAN:
        return LONDON_BESIDE
    if scope.area.kind == "force" and scope.area.code != METROPOLITAN:
        return NATION_BESIDE
    return ""
