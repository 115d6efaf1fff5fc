"""'Did you mean': the nearest known words to those that nothing has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nhpf_web.search.rules.words import replace_words, stem, words

# Below this likeness a suggestion is a guess about another subject (tried on names of forces).
_LIKE_ENOUGH = 0.65
_LIKE_AT_ALL = 0.45
# Short words have too many neighbours: "cafe" is no misspelling of "care".
_SHORTEST_ASKED = 5
_SHORTEST_KNOWN = 4
_LONG = 8
# Distances are dear to compute: only the words with most pieces in common are measured.
_MEASURED = 60


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query with its unknown words replaced by the nearest known ones.

    ``is_sure`` is whether each replacement is one slip away (two in a long word).
    """

    query: str
    is_sure: bool


class Speller:
    """Finds the nearest of known words."""

    def __init__(self, vocabulary: Mapping[str, int], *, knows: Callable[[str], bool]) -> None:
        """Take words with how many documents have them, and whether a stem is known at all."""
        self._vocabulary = vocabulary
        self._knows = knows
        self._pieces: dict[str, list[str]] = defaultdict(list)
        for word in vocabulary:
            if len(word) >= _SHORTEST_KNOWN:
                for piece in _trigrams(word):
                    self._pieces[piece].append(word)

    def suggest(self, query: str) -> Suggestion | None:
        """Return a corrected query, or None where every word is known or nothing is near."""
        nearest = {word: self._replacement(word) for word in self._unknown(query)}
        changed = {word: found for word, found in nearest.items() if found}
        if not changed:
            return None
        corrected = replace_words(query, lambda word: changed.get(word, word))
        slips = (
            distance(word, known) <= 1 + (len(word) >= _LONG) for word, known in changed.items()
        )
        return Suggestion(corrected, all(slips))

    def near(self, query: str, *, most: int = 5) -> tuple[str, ...]:
        """Return the known words nearest to the unknown ones of a query, the nearest first."""
        found = (near for word in self._unknown(query) for near in self._rated(word, _LIKE_AT_ALL))
        ordered = sorted(found, key=lambda near: (-near[0], near[1]))
        return tuple(dict.fromkeys(known for _, known in ordered))[:most]

    def _unknown(self, query: str) -> list[str]:
        unknown = (word for word in words(query) if not self._knows(stem(word)))
        return list(dict.fromkeys(unknown))

    def _replacement(self, word: str) -> str | None:
        return next((known for _, known in self._rated(word, _LIKE_ENOUGH)), None)

    def _rated(self, word: str, least: float) -> list[tuple[float, str]]:
        """Return known words with their likeness to this one, the most alike first."""
        if len(word) < _SHORTEST_ASKED:
            return []
        pieces = _trigrams(word)
        shared = Counter(known for piece in pieces for known in self._pieces.get(piece, ()))
        near = (
            (2 * count / (len(known) + len(word) + 2), known) for known, count in shared.items()
        )
        closest = sorted(near, key=lambda found: (-found[0], found[1]))[:_MEASURED]
        rated = [(likeness(word, known), known) for _, known in closest]
        return sorted(
            (found for found in rated if found[0] >= least),
            key=lambda found: (-found[0], -self._vocabulary[found[1]], found[1]),
        )


def likeness(one: str, other: str) -> float:
    """Return the share of the longer word that need not change, from 0 to 1."""
    return 1 - distance(one, other) / max(len(one), len(other))


def distance(one: str, other: str) -> int:
    """Return how many letters must be added, dropped, changed or swapped with their neighbour.

    Optimal string alignment: the restricted distance of Damerau (1964).
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one):
        older, before, row = before, row, [i + 1]
        for j, wanted in enumerate(other):
            best = min(before[j + 1] + 1, row[j] + 1, before[j] + (letter != wanted))
            if i and j and letter == other[j - 1] and one[i - 1] == wanted:
                best = min(best, older[j - 1] + 1)
            row.append(best)
    return row[-1]


def _trigrams(word: str) -> frozenset[str]:
    padded = f"  {word} "
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))
