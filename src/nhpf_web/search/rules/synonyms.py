"""The reviewed table of words that mean the same here."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from nhpf_web.search.rules.words import stems


@dataclass(frozen=True, slots=True)
class SynonymGroup:
    """Words and phrases that lead to the same entries, and why they stand together."""

    name: str
    words: tuple[str, ...]
    because: str


@dataclass(frozen=True)
class Synonyms:
    """All groups; ``concepts_in`` marks a text with the groups that it speaks of."""

    groups: tuple[SynonymGroup, ...] = ()
    reviewed: date | None = None
    review_due: date | None = None
    # By its first stem, each phrase with the groups that it belongs to: few words begin one.
    _phrases: dict[str, dict[tuple[str, ...], list[str]]] = field(
        init=False, repr=False, default_factory=dict
    )
    _known: set[str] = field(init=False, repr=False, default_factory=set)

    def __post_init__(self) -> None:
        """Stem each phrase once."""
        for group in self.groups:
            for phrase in filter(None, map(stems, group.words)):
                beginning = self._phrases.setdefault(phrase[0], {})
                beginning.setdefault(phrase, []).append(group.name)
                self._known.update(phrase)

    @property
    def phrases(self) -> tuple[str, ...]:
        """Every word and phrase of every group, as it is written."""
        return tuple(phrase for group in self.groups for phrase in group.words)

    def knows(self, stemmed: str) -> bool:
        """Whether some phrase has a word with this stem."""
        return stemmed in self._known

    def concepts_in(self, stemmed: tuple[str, ...]) -> Iterator[str]:
        """Yield a mark for each phrase of a group that stands in the stems.

        The mark begins with ``=``, which no word does, so that marks and stems share an index.
        """
        for mark, _ in self.concepts_at(stemmed):
            yield mark

    def concepts_at(self, stemmed: tuple[str, ...]) -> Iterator[tuple[str, range]]:
        """Yield each mark with the positions of the stems that it was read from."""
        for start, first in enumerate(stemmed):
            for phrase, names in self._phrases.get(first, {}).items():
                end = start + len(phrase)
                if stemmed[start:end] == phrase:
                    for name in names:
                        yield f"={name}", range(start, end)

    def words_of(self, marks: Iterable[str]) -> frozenset[str]:
        """Return the stems of every phrase in the groups that the marks name."""
        names = {mark.removeprefix("=") for mark in marks}
        return frozenset(
            stemmed
            for group in self.groups
            if group.name in names
            for phrase in group.words
            for stemmed in stems(phrase)
        )


def read_synonyms(path: Path) -> Synonyms:
    """Read the reviewed table (TOML: ``reviewed``, ``review_due`` and ``[[group]]`` rows)."""
    with path.open("rb") as file:
        table = tomllib.load(file)
    groups = tuple(
        SynonymGroup(row["name"], tuple(row["words"]), row["because"]) for row in table["group"]
    )
    return Synonyms(groups, table["reviewed"], table["review_due"])
