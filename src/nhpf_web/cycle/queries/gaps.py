"""The gap map and its cells: published practices, linked interventions, the cycle's register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import QuerySet

from nhpf.framework import Entry
from nhpf.records.subtypes import SUBTYPES
from nhpf_web.cycle.models import Activity, Return
from nhpf_web.cycle.queries import burdens
from nhpf_web.cycle.queries.burdens import Borne
from nhpf_web.cycle.queries.phases import current_cycle
from nhpf_web.cycle.rules import gaps
from nhpf_web.cycle.rules.gaps import Active, Against, Cell, Placed
from nhpf_web.cycle.rules.returns import Answer
from nhpf_web.organisations.rules import Kind
from nhpf_web.what_works.queries import coverage, edition, neighbours, tags
from nhpf_web.what_works.rules.fields import SUBTYPES as SUBTYPES_IN_WORDS

Value = TypeVar("Value")
NOTHING_HELD = Borne(None, (), ())


@dataclass(frozen=True, slots=True)
class Chosen:
    """What narrows the map: one level, one theme, one strength; empty means all."""

    level: str = ""
    theme: str = ""
    strength: str = ""

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels shown."""
        return (self.level,) if self.level else gaps.LEVELS


@dataclass(frozen=True, slots=True)
class Row:
    """An area of focus or a sub-type with what the nation bears and its cells."""

    id: str
    title: str
    gloss: str
    is_area: bool
    borne: Borne
    cells: Sequence[Cell] = field(default=())


@dataclass(frozen=True, slots=True)
class Stand:
    """How activity stands against the profile in one area of focus."""

    row: Row
    against: Against
    forces: int
    partners: int


@dataclass(frozen=True, slots=True)
class Answered:
    """Who has answered in the current cycle, and how many of them are made up."""

    organisations: int
    made_up: int


def rows() -> list[Row]:
    """Return the areas of focus in the strategy's order, then the sub-types by their number."""
    return [*_areas(), *_subtypes()]


def row(id: str) -> Row | None:
    """Return a row by its name in addresses."""
    return next((one for one in rows() if one.id == id), None)


def _areas() -> list[Row]:
    held = burdens.of_areas()
    return [
        Row(one.id, one.title, "", is_area=True, borne=held.get(one.id, NOTHING_HELD))
        for one in edition().of_kind("area")
    ]


def _subtypes() -> list[Row]:
    held = burdens.of_subtypes()
    found = []
    for named in SUBTYPES:
        number, title = named.split(" ", 1)
        borne = Borne(held.get(number), (), ())
        gloss = SUBTYPES_IN_WORDS[number]
        found.append(Row(f"subtype-{number}", title, gloss, is_area=False, borne=borne))
    return found


def area_map(chosen: Chosen) -> list[Row]:
    """Return the areas of focus with their cells; a theme narrows which areas are shown."""
    shown = [one for one in _areas() if not chosen.theme or chosen.theme in tags(one.id)["theme"]]
    placed = [_placed(one, _areas_of(one), chosen) for one in edition().of_kind("intervention")]
    return _with_cells(
        shown,
        placed=placed,
        practices=coverage.practices_by("area"),
        doing=gaps.doing(active()),
        chosen=chosen,
    )


def subtype_map(chosen: Chosen) -> list[Row]:
    """Return the sub-types with their cells, as far as published practices name them."""
    named: dict[str, set[str]] = {}
    for number, intervention in coverage.named_interventions("subtype"):
        named.setdefault(intervention, set()).add(_of_number(number))
    placed = [
        _placed(one, frozenset(named.get(one.id, ())), chosen)
        for one in edition().of_kind("intervention")
    ]
    practices, doing = coverage.covered_by("subtype")
    return _with_cells(
        _subtypes(),
        placed=placed,
        practices=_renamed(practices),
        doing=_renamed(doing),
        chosen=chosen,
    )


def _of_number(number: str) -> str:
    return f"subtype-{number}"


def _renamed(held: Mapping[tuple[str, str], Value]) -> dict[tuple[str, str], Value]:
    return {(_of_number(number), level): value for (number, level), value in held.items()}


def _areas_of(intervention: Entry) -> frozenset[str]:
    """Return the areas of focus that an intervention was chosen for; its toolkits' do not count."""
    return frozenset(one.id for one in neighbours(intervention.id).get("area", ()))


def _placed(one: Entry, within: frozenset[str], chosen: Chosen) -> Placed:
    strength = one.evidence.strength if one.evidence else "none"
    is_out = bool(chosen.strength) and chosen.strength != strength
    return Placed(one.id, frozenset() if is_out else within, frozenset(one.prevention), strength)


def _with_cells(
    shown: list[Row],
    *,
    placed: list[Placed],
    practices: Mapping[tuple[str, str], int],
    doing: Mapping[tuple[str, str], tuple[int, int]],
    chosen: Chosen,
) -> list[Row]:
    found = gaps.cells(
        [one.id for one in shown],
        interventions=placed,
        practices=practices,
        doing=doing,
        levels=chosen.levels,
    )
    width = len(chosen.levels)
    return [
        Row(one.id, one.title, one.gloss, one.is_area, one.borne, found[n * width :][:width])
        for n, one in enumerate(shown)
    ]


def activities() -> QuerySet[Activity]:
    """Return the activities of the current cycle's sent returns."""
    sent = Activity.objects.filter(answer__state=Answer.SENT, answer__cycle=current_cycle())
    return sent.select_related("answer__organisation")


def active() -> list[Active]:
    """Return the activities of the current cycle's register as the rules count them."""
    held = activities().values_list(
        "answer__organisation", "answer__organisation__kind", "areas", "level"
    )
    return [
        Active(organisation, kind == Kind.FORCE, frozenset(areas), level)
        for organisation, kind, areas, level in held
    ]


def answered() -> Answered:
    """Return how many organisations have sent the current cycle's return."""
    sent = Return.objects.filter(cycle=current_cycle(), state=Answer.SENT)
    made_up = sent.filter(organisation__is_demonstration=True).count()
    return Answered(sent.count(), made_up)


def against_profile(shown: Sequence[Row], *, answered: int) -> list[Stand]:
    """Return how activity stands against the profile in each area of focus, in their order."""
    held = active()
    found = []
    for one in shown:
        forces, partners = gaps.active_in(held, one.id)
        share = one.borne.own.share if one.borne.own else None
        against = gaps.against_profile(
            share_low=share.low if share else None, active=forces + partners, answered=answered
        )
        found.append(Stand(one, against, forces, partners))
    return found


def interventions_of(row: Row, level: str) -> list[Entry]:
    """Return the interventions of a cell, by title."""
    if row.is_area:
        within = {one.id for one in neighbours(row.id).get("intervention", ())}
    else:
        number = row.id.removeprefix("subtype-")
        named = coverage.named_interventions("subtype")
        within = {intervention for value, intervention in named if value == number}
    held = edition().of_kind("intervention")
    found = (one for one in held if one.id in within and level in one.prevention)
    return sorted(found, key=lambda one: one.title.casefold())


def activities_of(row: Row, level: str) -> list[Activity]:
    """Return the activities of a cell by title; the register does not know sub-types."""
    if not row.is_area:
        return []
    held = activities().filter(level=level)
    return sorted(
        (one for one in held if row.id in one.areas), key=lambda one: one.title.casefold()
    )
