"""An inverted index in memory with BM25F scores.

Robertson and Zaragoza (2009), The Probabilistic Relevance Framework: BM25 and Beyond: each field's
term frequency is divided by its length norm, weighted, summed, and saturated once. The arithmetic
is on whole arrays, so that tens of thousands of documents are ranked in milliseconds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

import numpy as np
from numpy.typing import NDArray

from nhpf_web.search.rules.analysis import GAP, Analysed, Analyser
from nhpf_web.search.rules.asking import ask
from nhpf_web.search.rules.documents import FIELD_WEIGHTS, Document
from nhpf_web.search.rules.spelling import Speller
from nhpf_web.search.rules.synonyms import Synonyms
from nhpf_web.search.rules.words import words

Scores = NDArray[np.float64]
Chosen = Mapping[str, Sequence[str]]
_SATURATION = 1.2
_LENGTH_NORM = 0.6
# Where a word belongs to a group of synonyms the group carries the score and the word that was
# typed only tips it: else a rare word in passing ("stab wound") beats the entry about the subject.
_WORD_OF_A_GROUP = 0.25
_TITLE_IS_THE_QUERY = 1.5
# Sums in another order differ in the last digits; what is equal but for those is a tie.
_DIGITS = 9
KIND = "kind"


@dataclass(frozen=True, slots=True)
class Hit:
    """A document with its score."""

    document: Document
    score: float


@dataclass(frozen=True)
class Found(Sequence[Hit]):
    """The documents that answer, best first, and how many each value of each facet would leave.

    A facet's counts regard what is chosen in the others only: inside one a second choice adds.
    """

    documents: tuple[Document, ...]
    numbers: NDArray[np.intp]
    scores: Scores
    counts: Mapping[str, Mapping[str, int]]

    def __len__(self) -> int:
        """Return how many documents answer."""
        return len(self.numbers)

    @overload
    def __getitem__(self, place: int) -> Hit: ...
    @overload
    def __getitem__(self, place: slice) -> list[Hit]: ...
    def __getitem__(self, place: int | slice) -> Hit | list[Hit]:
        """Return one hit, or those of a page."""
        if isinstance(place, slice):
            return [self._hit(int(number)) for number in self.numbers[place]]
        return self._hit(int(self.numbers[place]))

    def _hit(self, number: int) -> Hit:
        return Hit(self.documents[number], float(self.scores[number]))


class Index:
    """Documents ready to be searched; made anew when any of them changes."""

    def __init__(self, documents: Iterable[Document], analyser: Analyser | None = None) -> None:
        """Number and weigh every term of every document.

        Parameters
        ----------
        documents : iterable of Document
            In any order: what equals in score is ordered by title and key.
        analyser : Analyser, optional
            Shared with the index that this one replaces, so that only new documents are read.
        """
        analyser = analyser or Analyser()
        unique = sorted(set(documents), key=lambda one: (one.title, one.key))
        self.documents = tuple(unique)
        self._analyser = analyser
        read = analyser.read(self.documents)
        self._lay_out(read)
        self._titles: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, one in enumerate(read):
            self._titles[one.title].append(number)
        self._vocabulary = Counter(word for one in read for word in one.words)
        self._priors = np.array([one.prior for one in self.documents])
        self._tagged = _tagged(self.documents)

    def _lay_out(self, read: list[Analysed]) -> None:
        """Lay the terms out twice: in the order of the words, and by term with their weights."""
        count = len(read)
        none = np.zeros(0, dtype=np.int32)
        self._words = np.concatenate([none, *(one.terms[: one.stem_count] for one in read)])
        self._word_ends = np.cumsum([one.stem_count for one in read], dtype=np.int64)
        terms = np.concatenate([none, *(one.terms for one in read)])
        fields = np.concatenate([none.astype(np.uint8), *(one.fields for one in read)])
        owners = np.repeat(np.arange(count), [one.terms.size for one in read])
        is_term = terms != GAP
        cells = (owners * len(FIELD_WEIGHTS) + fields)[is_term]
        # One number for a term in a document, so that sorting brings its places together.
        keys = (terms.astype(np.int64) * max(count, 1) + owners)[is_term]
        keys, places = np.unique(keys, return_inverse=True)
        weights = _weights(cells, count).reshape(-1)[cells]
        self._weights = np.bincount(places, weights).astype(np.float64)
        self._owners = (keys % max(count, 1)).astype(np.int32)
        term_numbers = np.arange(len(self._analyser.terms) + 1)
        self._starts = np.searchsorted(keys // max(count, 1), term_numbers)

    @property
    def synonyms(self) -> Synonyms:
        """The table of synonyms that the index was made with."""
        return self._analyser.synonyms

    @cached_property
    def speller(self) -> Speller:
        """The nearest words, of documents and of synonyms, to one that nobody knows."""
        meant = dict.fromkeys(words(" ".join(self.synonyms.phrases)), 1)
        return Speller({**meant, **self._vocabulary}, knows=self.knows)

    def knows(self, stemmed: str) -> bool:
        """Whether any document, or any group of synonyms, has a word with this stem."""
        return self._posting(stemmed)[0].size > 0 or self.synonyms.knows(stemmed)

    def search(self, query: str, *, chosen: Chosen | None = None) -> Found:
        """Return the documents that answer a query, best first.

        Parameters
        ----------
        query : str
            Words; those in quotation marks must stand together.
        chosen : mapping, optional
            Values by facet: one value of each facet must be a document's. Without words all
            documents with the values are found.
        """
        asked, chosen = ask(query), chosen or {}
        scores = self._scores(asked.stems) if asked.stems else self._priors * bool(chosen)
        matched = scores > 0
        for phrase in asked.phrases:
            matched &= self._has_phrase(phrase)
        allowed = {facet: self._any_of(facet, values) for facet, values in chosen.items()}
        counts = {facet: self._counts(facet, matched, allowed) for facet in self._tagged}
        for mask in allowed.values():
            matched = matched & mask
        numbers = np.flatnonzero(matched)
        # Documents are in the order of their titles, which a stable sort keeps among equals.
        order = np.argsort(-scores[numbers].round(_DIGITS), kind="stable")
        return Found(self.documents, numbers[order], scores, counts)

    def with_key(self, key: str) -> Document | None:
        """Return the document with this key."""
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> dict[str, Document]:
        return {document.key: document for document in self.documents}

    def _scores(self, asked: tuple[str, ...]) -> Scores:
        """Score by BM25F; a document that answers more of the words stands higher."""
        scores = np.zeros(len(self.documents))
        answered = np.zeros((len(asked), len(self.documents)), dtype=bool)
        marks = _marks_with_positions(asked, self.synonyms)
        grouped = set().union(*marks.values())
        wanted = [
            (stemmed, _WORD_OF_A_GROUP if place in grouped else 1.0, {place})
            for place, stemmed in enumerate(asked)
        ]
        for term, weight, places in [*wanted, *((mark, 1.0, at) for mark, at in marks.items())]:
            owners, frequency = self._posting(term)
            rarity = np.log(1 + (len(self.documents) - owners.size + 0.5) / (owners.size + 0.5))
            scores[owners] += weight * rarity * frequency / (_SATURATION + frequency)
            for place in places:
                answered[place, owners] = True
        scores *= answered.mean(axis=0) ** 2 * self._priors
        scores[self._titles.get(asked, [])] *= _TITLE_IS_THE_QUERY
        return scores

    def _posting(self, term: str) -> tuple[NDArray[np.int32], Scores]:
        """Return the documents that have a term, with its weighted frequency in each."""
        number = self._analyser.number(term)
        # A shared analyser may know terms of an index that is newer than this one.
        if number is None or number + 1 >= self._starts.size:
            return self._owners[:0], self._weights[:0]
        place = slice(self._starts[number], self._starts[number + 1])
        return self._owners[place], self._weights[place]

    def _has_phrase(self, phrase: tuple[str, ...]) -> NDArray[np.bool_]:
        has = np.zeros(len(self.documents), dtype=bool)
        numbers = [self._analyser.number(stemmed) for stemmed in phrase]
        last = self._words.size - len(numbers) + 1
        if last <= 0 or None in numbers:
            return has
        stands = np.ones(last, dtype=bool)
        for place, number in enumerate(numbers):
            stands &= self._words[place : place + last] == number
        has[np.searchsorted(self._word_ends, np.flatnonzero(stands), side="right")] = True
        return has

    def _any_of(self, facet: str, values: Sequence[str]) -> NDArray[np.bool_]:
        known = self._tagged.get(facet, {})
        masks = [known[value] for value in values if value in known]
        return np.logical_or.reduce(masks) if masks else np.zeros(len(self.documents), dtype=bool)

    def _counts(
        self, facet: str, matched: NDArray[np.bool_], allowed: Mapping[str, NDArray[np.bool_]]
    ) -> dict[str, int]:
        others = [mask for name, mask in allowed.items() if name != facet]
        left = np.logical_and.reduce([matched, *others])
        return {
            value: int(np.count_nonzero(left & mask)) for value, mask in self._tagged[facet].items()
        }


def _marks_with_positions(asked: tuple[str, ...], synonyms: Synonyms) -> dict[str, set[int]]:
    """Return each group that the query speaks of, with the query words that it answers."""
    marks: dict[str, set[int]] = defaultdict(set)
    for mark, positions in synonyms.concepts_at(asked):
        marks[mark].update(positions)
    return marks


def _weights(cells: NDArray[np.int64], count: int) -> Scores:
    """Return by document and field what one word there counts for."""
    fields = len(FIELD_WEIGHTS)
    lengths = np.bincount(cells, minlength=count * fields).reshape(count, fields)
    means = np.maximum(lengths.mean(axis=0), 1.0) if count else np.ones(fields)
    return np.array(FIELD_WEIGHTS) / (1 - _LENGTH_NORM + _LENGTH_NORM * lengths / means)


def _tagged(documents: Sequence[Document]) -> dict[str, dict[str, NDArray[np.bool_]]]:
    """Return by facet and value which documents have it."""
    numbers: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, document in enumerate(documents):
        for tag in ((KIND, document.kind), *document.tags):
            numbers[tag].append(number)
    tagged: dict[str, dict[str, NDArray[np.bool_]]] = defaultdict(dict)
    for (facet, value), found in numbers.items():
        mask = np.zeros(len(documents), dtype=bool)
        mask[found] = True
        tagged[facet][value] = mask
    return dict(tagged)
