"""The radar's rows: practices nobody independent has tested, and how far they have spread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from nhpf_web.cycle.models import Activity
from nhpf_web.cycle.queries import burdens
from nhpf_web.cycle.rules.radar import numbers_in, spread
from nhpf_web.cycle.rules.returns import Answer
from nhpf_web.organisations.rules import Kind
from nhpf_web.what_works.queries import edition, innovation
from nhpf_web.what_works.queries.innovation import Spread, Use
from nhpf_web.what_works.rules.fields import SUBTYPES
from nhpf_web.what_works.rules.innovation import Stage, stage_of

if TYPE_CHECKING:
    from nhpf.profile.burden import Burden
    from nhpf.profile.sight import Sight

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Aim:
    """One area of focus or sub-type that a practice aims at, and what the nation bears of it."""

    title: str
    borne: Burden | None

    @property
    def direction(self) -> str:
        """Whether it grows nationally, in words."""
        return self.borne.direction if self.borne else "not held"


@dataclass(frozen=True, slots=True)
class Blip:
    """One practice on the radar: counts of forces, never their names.

    ``mentions`` are organisations counted from the activity register alone.
    """

    practice: Spread
    stage: Stage
    recent: int
    before: int
    mentions: int
    aims: tuple[Aim, ...]
    sights: tuple[Sight, ...]

    @property
    def forces(self) -> int:
        """How many forces do it."""
        return self.recent + self.before

    @property
    def can_be_seen(self) -> bool:
        """Whether a trial would see a fall of a fifth in something that it aims at."""
        return any(one.is_enough for one in self.sights)


@dataclass(frozen=True, slots=True)
class Mentions:
    """Who says in the activity register that it does a practice, by its number and its title."""

    by_number: dict[int, list[Use]]
    by_title: dict[str, list[Use]]

    def of(self, practice: Spread) -> list[Use]:
        """Return who mentions a practice and is not known to do it otherwise."""
        known = {one.organisation for one in practice.uses}
        said = (*self.by_number.get(practice.number, ()), *self.by_title.get(practice.title, ()))
        return [one for one in said if one.organisation not in known]


def mentions() -> Mentions:
    """Return the practices that sent returns name: by permanent id, or as a title word for word."""
    found = Mentions({}, {})
    sent = Activity.objects.filter(answer__state=Answer.SENT).filter(~Q(title=""))
    rows = sent.values_list(
        "title", "what", "since", "answer__sent_at", "answer__organisation",
        "answer__organisation__kind",
    )  # fmt: skip
    for title, what, since, sent_at, organisation, kind in rows:
        # The register asks for the year alone: its first day stands for it.
        day = date(since, 1, 1) if since else (sent_at or timezone.now()).date()
        use = Use(organisation, kind == Kind.FORCE, day)
        found.by_title.setdefault(title, []).append(use)
        for number in numbers_in(f"{title} {what}"):
            found.by_number.setdefault(number, []).append(use)
    return found


def in_order(said: Mentions) -> list[int]:
    """Return the keys of the radar's practices by area of focus and then by title."""
    places = {one.id: n for n, one in enumerate(edition().of_kind("area"))}
    held = innovation.watched(numbers=set(said.by_number), titles=set(said.by_title))
    return innovation.in_order(held, areas=places)


def blips(keys: Sequence[int], said: Mentions) -> list[Blip]:
    """Return some practices of the radar, in the order of their keys."""
    held = innovation.spreads(keys)
    subtypes = innovation.subtypes_of([one.number for one in held])
    return [_blip(one, said, subtypes.get(one.number, [])) for one in held]


def every_blip(said: Mentions) -> Iterator[Blip]:
    """Yield all practices of the radar, some at a time."""
    keys = in_order(said)
    for first in range(0, len(keys), AT_ONCE):
        yield from blips(keys[first : first + AT_ONCE], said)


def _blip(practice: Spread, said: Mentions, subtypes: list[str]) -> Blip:
    mentioned = said.of(practice)
    held = practice.also(mentioned)
    recent, before = spread(held.since(), today=timezone.localdate())
    areas = [one for one in edition().of_kind("area") if one.id in practice.areas]
    borne, by_subtype = burdens.of_areas(), burdens.of_subtypes()
    aims = (
        *(Aim(one.title, borne[one.id].own) for one in areas),
        *(Aim(SUBTYPES[number], by_subtype.get(number)) for number in subtypes),
    )
    first = areas[0].id if areas else ""
    return Blip(
        practice=held,
        # A mention moves no stage: the practice's own page would not know of it.
        stage=stage_of(practice.known),
        recent=recent,
        before=before,
        mentions=len({one.organisation for one in mentioned}),
        aims=aims,
        sights=burdens.could_be_seen(first, forces=recent + before),
    )
