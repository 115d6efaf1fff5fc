"""'Did you mean': the nearest known words to those that nothing has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from nhpf_web.search.rules.words import stem, words

# Below this likeness a suggestion is a guess about another subject (tried on names of forces).
_LIKE_ENOUGH = 0.72
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query with its unknown words replaced by the nearest known ones."""

    query: str


def suggest(
    query: str, *, vocabulary: Mapping[str, int], knows: Callable[[str], bool]
) -> Suggestion | None:
    """Return a corrected query, or None where every word is known or nothing is near."""
    corrected, changed = [], False
    for word in words(query):
        nearest = None if knows(stem(word)) or len(word) < _SHORTEST else _nearest(word, vocabulary)
        corrected.append(nearest or word)
        changed = changed or nearest is not None
    return Suggestion(" ".join(corrected)) if changed else None


def _nearest(word: str, vocabulary: Mapping[str, int]) -> str | None:
    asked = _trigrams(word)
    candidates = (
        known
        for known in vocabulary
        if abs(len(known) - len(word)) <= 2 and len(known) >= _SHORTEST and asked & _trigrams(known)
    )
    rated = ((SequenceMatcher(None, word, known).ratio(), known) for known in candidates)
    near = [(ratio, vocabulary[known], known) for ratio, known in rated if ratio >= _LIKE_ENOUGH]
    return max(near)[2] if near else None


def _trigrams(word: str) -> frozenset[str]:
    padded = f"  {word} "
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))
