"""A frozen version of the framework, and the questions that are asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from nhpf.errors import EditionFault
from nhpf.framework.assessments import Assessment
from nhpf.framework.entries import Entry, Rename, Source


@dataclass(frozen=True)
class Edition:
    """One edition: its entries by permanent id, their sources, and its equality assessments.

    ``duplicates`` lists ids that more than one file or table claims; the first of them is held.
    ``renames`` leads from ids of earlier editions to those of this one.
    """

    name: str
    title: str
    published: date
    review_due: date
    summary: str
    entries: Mapping[str, Entry]
    sources: Mapping[str, Source]
    assessments: Mapping[str, Assessment]
    renames: Mapping[str, Rename] = field(default_factory=dict)
    duplicates: tuple[str, ...] = field(default=(), compare=False)

    def resolve(self, id: str) -> str:
        """Return the present id of what was once called this, however often it was renamed."""
        seen = {id}
        while id not in self.entries and id in self.renames:
            id = self.renames[id].now
            if id in seen:
                break
            seen.add(id)
        return id

    def entry(self, id: str) -> Entry:
        """Return the entry with this permanent id, or the one that took its place.

        Raises
        ------
        EditionFault
            When the edition has no such entry.
        """
        try:
            return self.entries[self.resolve(id)]
        except KeyError:
            raise EditionFault(
                f"This edition of the framework has no entry {id}.",
                where=f"edition {self.name}",
                next_step="Look the id up with: nhpf edition show",
            ) from None

    def of_kind(self, kind: str) -> tuple[Entry, ...]:
        """Return all entries of one kind, in the strategy's order."""
        return self._by_kind.get(kind, ())

    def linked_to(self, id: str) -> tuple[Entry, ...]:
        """Return the entries that declare a link to this one, in the order of the edition."""
        return tuple(self.entries[other] for other in self._declared_by.get(id, ()))

    def related(self, id: str, kind: str) -> tuple[Entry, ...]:
        """Return the entries of one kind that are linked with this one, whichever side says so."""
        neighbours = {*self.entry(id).links, *self._declared_by.get(id, ())}
        return tuple(entry for entry in self.of_kind(kind) if entry.id in neighbours)

    def areas_of(self, theme_id: str) -> tuple[Entry, ...]:
        """Return the areas of focus of a theme."""
        return self.related(theme_id, "area")

    def toolkits_of(self, area_id: str) -> tuple[Entry, ...]:
        """Return the toolkits that serve an area of focus."""
        return self.related(area_id, "toolkit")

    def interventions_of(self, toolkit_id: str) -> tuple[Entry, ...]:
        """Return the interventions, with their evidence, that a toolkit rests on."""
        return self.related(toolkit_id, "intervention")

    def assessment_of(self, about: str) -> Assessment | None:
        """Return the equality assessment of an edition or profile section, if there is one."""
        return next((held for held in self.assessments.values() if held.about == about), None)

    def sources_of(self, id: str) -> tuple[Source, ...]:
        """Return the sources that an entry cites, in the order in which it cites them."""
        return tuple(self.sources[cited] for cited in self.entry(id).sources)

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[Entry, ...]]:
        kinds: dict[str, list[Entry]] = {}
        for entry in sorted(self.entries.values(), key=lambda entry: (entry.order, entry.id)):
            kinds.setdefault(entry.kind, []).append(entry)
        return {kind: tuple(entries) for kind, entries in kinds.items()}

    @cached_property
    def _declared_by(self) -> Mapping[str, tuple[str, ...]]:
        back: dict[str, list[str]] = {}
        for entry in self.entries.values():
            for target in dict.fromkeys(entry.links):
                back.setdefault(target, []).append(entry.id)
        return {id: tuple(others) for id, others in back.items()}
