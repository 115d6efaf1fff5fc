"""The sentence of a text that answers the query, with the words that were found marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nhpf_web.search.rules.words import stem, words

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n\n+")
_WORD_OR_REST = re.compile(r"\w+|\W+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, found or not."""

    text: str
    found: bool


def excerpt(text: str, *, wanted: frozenset[str], longest: int = 220) -> tuple[Piece, ...]:
    """Return the sentence with most of the wanted stems, in pieces, cut at a word."""
    sentences = [" ".join(part.split()) for part in _SENTENCE_END.split(text) if part.strip()]
    if not sentences:
        return ()
    best = max(sentences, key=lambda sentence: _found_in(sentence, wanted))
    return tuple(_pieces(_cut(best, longest), wanted))


def _found_in(sentence: str, wanted: frozenset[str]) -> int:
    return len(wanted & {stem(word) for word in words(sentence)})


def _cut(sentence: str, longest: int) -> str:
    if len(sentence) <= longest:
        return sentence
    return sentence[:longest].rsplit(" ", 1)[0] + " …"


def _pieces(sentence: str, wanted: frozenset[str]) -> Iterator[Piece]:
    text, found = "", False
    for part in _WORD_OR_REST.findall(sentence):
        is_found = any(stem(word) in wanted for word in words(part))
        if is_found != found and text:
            yield Piece(text, found)
            text = ""
        text, found = text + part, is_found
    if text:
        yield Piece(text, found)
