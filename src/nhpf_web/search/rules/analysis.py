"""Documents read into numbers, each once: a changed index reads only the documents that are new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from sys import intern

import numpy as np
from numpy.typing import NDArray

from nhpf_web.search.rules.documents import Document
from nhpf_web.search.rules.synonyms import Synonyms
from nhpf_web.search.rules.words import stems, words

Numbers = NDArray[np.int32]
#: Stands between two fields, so that no phrase reaches from one into the next.
GAP = -1


@dataclass(frozen=True, slots=True)
class Analysed:
    """A document as numbers of terms, in the order of its words, each with its field.

    ``terms`` has stems with a gap after each field, then the marks of synonyms; ``stem_count`` says
    how many come before the marks.
    """

    terms: Numbers
    fields: NDArray[np.uint8]
    stem_count: int
    title: tuple[str, ...]
    words: tuple[str, ...]


@dataclass
class Analyser:
    """Numbers every stem and every mark, and keeps what it read of the documents of the index."""

    synonyms: Synonyms = field(default_factory=Synonyms)
    terms: dict[str, int] = field(default_factory=dict)
    _kept: dict[Document, Analysed] = field(default_factory=dict)

    def read(self, documents: Iterable[Document]) -> list[Analysed]:
        """Return each document as numbers; those that were read before are not read again."""
        kept = {
            document: self._kept.get(document) or self._analysed(document) for document in documents
        }
        self._kept = kept
        return list(kept.values())

    def number(self, term: str) -> int | None:
        """Return the number of a term, or None where no document has had it."""
        return self.terms.get(term)

    def _analysed(self, document: Document) -> Analysed:
        stemmed = [stems(text) for text in document.fields]
        plain: list[int] = []
        fields: list[int] = []
        marks: list[int] = []
        mark_fields: list[int] = []
        for number, found in enumerate(stemmed):
            plain += [*self._numbers(found), GAP]
            fields += [number] * (len(found) + 1)
            meant = self._numbers(self.synonyms.concepts_in(found))
            marks += meant
            mark_fields += [number] * len(meant)
        return Analysed(
            np.array(plain + marks, dtype=np.int32),
            np.array(fields + mark_fields, dtype=np.uint8),
            len(plain),
            stemmed[0],
            tuple({intern(word) for text in document.fields for word in words(text)}),
        )

    def _numbers(self, terms: Iterable[str]) -> list[int]:
        return [self.terms.setdefault(term, len(self.terms)) for term in terms]
