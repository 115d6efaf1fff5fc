"""Why a document was found: which of its words answer which that were asked."""

from __future__ import annotations

from dataclasses import dataclass

from nhpf_web.search.rules.asking import Asked
from nhpf_web.search.rules.documents import Document
from nhpf_web.search.rules.synonyms import Synonyms
from nhpf_web.search.rules.words import written_stems

FIELD_WORDS = ("title", "other names", "summary", "text")


@dataclass(frozen=True, slots=True)
class Reason:
    """A field of the document has this; ``asked`` is what it stands for where the words differ."""

    field: str
    written: str
    asked: str = ""


@dataclass(frozen=True, slots=True)
class _Text:
    field: str
    written: tuple[str, ...]
    stems: tuple[str, ...]


def reasons(document: Document, asked: Asked, synonyms: Synonyms) -> tuple[Reason, ...]:
    """Return for each word of a query where the document answers it, or a word of its meaning.

    Words that belong together are answered together: "domestic homicide review", not its parts.
    """
    texts = [_read(name, text) for name, text in zip(FIELD_WORDS, document.fields, strict=True)]
    typed = tuple(written for written, _ in written_stems(asked.text))
    found: dict[int, Reason] = {}
    spans = sorted(synonyms.concepts_at(asked.stems), key=lambda span: -len(span[1]))
    for mark, places in spans:
        if found.keys().isdisjoint(places):
            phrase = slice(places.start, places.stop)
            reason = _meaning(texts, mark, typed[phrase], asked.stems[phrase], synonyms)
            if reason:
                found |= dict.fromkeys(places, reason)
    for place, stemmed in enumerate(asked.stems):
        reason = None if place in found else _word(texts, stemmed)
        if reason:
            found[place] = reason
    return tuple(dict.fromkeys(found[place] for place in sorted(found)))


def _read(field: str, text: str) -> _Text:
    pairs = list(written_stems(text))
    return _Text(field, tuple(word for word, _ in pairs), tuple(stemmed for _, stemmed in pairs))


def _meaning(
    texts: list[_Text],
    mark: str,
    typed: tuple[str, ...],
    wanted: tuple[str, ...],
    synonyms: Synonyms,
) -> Reason | None:
    """Return the first field that speaks of the group, in the words asked if it has them."""
    for text in texts:
        spans = [places for name, places in synonyms.concepts_at(text.stems) if name == mark]
        if not spans:
            continue
        same = [one for one in spans if text.stems[one.start : one.stop] == wanted]
        chosen = (same or spans)[0]
        written = " ".join(text.written[chosen.start : chosen.stop])
        return Reason(text.field, written, "" if same else " ".join(typed))
    return None


def _word(texts: list[_Text], stemmed: str) -> Reason | None:
    holding = next((text for text in texts if stemmed in text.stems), None)
    if holding is None:
        return None
    return Reason(holding.field, holding.written[holding.stems.index(stemmed)])
