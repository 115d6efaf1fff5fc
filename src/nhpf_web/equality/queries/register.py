"""The register of assessments, filtered; and what has no assessment yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from nhpf_web.equality.models import Assessment
from nhpf_web.equality.queries.reading import visible_to
from nhpf_web.equality.queries.standing import assessment_of, standing
from nhpf_web.equality.queries.subjects import Thing, offers
from nhpf_web.equality.rules import SUBJECT_NAMES, Standing, Status, Subject
from nhpf_web.organisations import queries as organisations
from nhpf_web.organisations.queries import Visitor


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the register."""

    assessment: Assessment
    standing: Standing

    def to_dict(self) -> dict[str, Any]:
        """Return the line as plain values for a file."""
        held = self.assessment
        signed = str(held.signed_by) if held.signed_by else None
        is_made_up = held.signed_by is not None and held.signed_by.is_demonstration
        return {
            "reference": held.reference,
            "title": held.title,
            "kind": held.subject_kind,
            "subject": held.subject_id,
            "organisation": held.organisation.name,
            "owner": held.owner or None,
            "screen": held.is_screen,
            "state": self.standing.value,
            "outcome": held.outcome or None,
            "signed_by": signed,
            "signed_for_demonstration": is_made_up,
            "signed_on": held.signed_at.date().isoformat() if held.signed_at else None,
            "review_due": held.review_due.isoformat() if held.review_due else None,
            "better": _groups(held, "+"),
            "worse": _groups(held, "-"),
        }


def _groups(held: Assessment, effect: str) -> str:
    named = (one.characteristic for one in held.effects.all() if one.effect == effect)
    return "; ".join(named)


def register(user: Visitor, asked: Mapping[str, str]) -> list[Row]:
    """Return the assessments that a user may see and that match what was asked, by title.

    Parameters
    ----------
    asked : mapping
        ``q`` words of the title, ``kind``, ``group`` on which there is an effect, ``organisation``
        by slug, ``state``; empty values ask for nothing.
    """
    held = visible_to(user).prefetch_related("effects")
    for word in asked.get("q", "").split():
        held = held.filter(Q(title__icontains=word) | Q(reference__icontains=word))
    if kind := asked.get("kind"):
        held = held.filter(subject_kind=kind)
    if organisation := asked.get("organisation"):
        held = held.filter(organisation__slug=organisation)
    if group := asked.get("group"):
        touched = Q(effects__characteristic=group) & ~Q(effects__effect="neutral")
        held = held.filter(touched)
    rows = (Row(one, standing(one)) for one in held)
    state = asked.get("state")
    return [row for row in rows if not state or row.standing == state]


def lapsed_for(user: Visitor) -> list[Row]:
    """Return the signed assessments of a person's own organisations that no longer stand."""
    own = organisations.visible_to(user)
    signed = visible_to(user).filter(organisation__in=own, status=Status.SIGNED)
    rows = (Row(one, standing(one)) for one in signed)
    return [row for row in rows if row.standing != Standing.CURRENT]


def organisations_in_register(user: Visitor) -> list[tuple[str, str]]:
    """Return slug and name of the organisations whose assessments a user may see, by name."""
    held = organisations.taking_part().filter(pk__in=visible_to(user).values("organisation"))
    return list(held.order_by("name").values_list("slug", "name"))


@dataclass(frozen=True, slots=True)
class Without:
    """A thing with no assessment of its own that stands."""

    thing: Thing
    covered_by: Assessment | None


def without() -> Iterator[tuple[Subject, str, list[Without]]]:
    """Yield each kind with its things that have no assessment of their own that stands."""
    for kind, offer in offers().items():
        wider: dict[str, Assessment | None] = {}
        found = []
        for thing in offer.every():
            if assessment_of(f"{kind}-{thing.identity}") is not None:
                continue
            if thing.covered_by not in wider:
                wider[thing.covered_by] = (
                    assessment_of(thing.covered_by) if thing.covered_by else None
                )
            found.append(Without(thing, wider[thing.covered_by]))
        yield kind, SUBJECT_NAMES[kind], found
