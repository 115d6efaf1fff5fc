"""An inverted index in memory with BM25F scores.

Robertson and Zaragoza (2009), The Probabilistic Relevance Framework: BM25 and Beyond: each field's
term frequency is divided by its length norm, weighted, summed, and saturated once.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from nhpf_web.search.rules.synonyms import Synonyms
from nhpf_web.search.rules.words import stems, words

_SATURATION = 1.2
_LENGTH_NORM = 0.6
_FIELD_WEIGHTS = {"title": 5.0, "also_known_as": 3.0, "summary": 2.0, "body": 1.0}
# Where a word belongs to a group of synonyms the group carries the score and the word that was
# typed only tips it: else a rare word in passing ("stab wound") beats the entry about the subject.
_WORD_OF_A_GROUP = 0.25
_TITLE_IS_THE_QUERY = 1.5


@dataclass(frozen=True, slots=True)
class Document:
    """Something that can be found: an entry, a place, an indicator, a source, a figure.

    ``prior`` multiplies its score: what readers mostly want stands above what mentions it.
    """

    key: str
    kind: str
    title: str
    address: str
    summary: str = ""
    also_known_as: tuple[str, ...] = ()
    body: str = ""
    prior: float = 1.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A document with its score."""

    document: Document
    score: float


@dataclass(frozen=True)
class Index:
    """Documents ready to be searched; made once for an edition and a release."""

    documents: tuple[Document, ...]
    synonyms: Synonyms = field(default_factory=Synonyms)
    _postings: dict[str, dict[int, float]] = field(init=False, repr=False, default_factory=dict)
    _vocabulary: Counter[str] = field(init=False, repr=False, default_factory=Counter)

    def __post_init__(self) -> None:
        """Count every term of every field."""
        fields = [_terms_of_fields(document, self.synonyms) for document in self.documents]
        means = _mean_lengths(fields)
        postings: dict[str, dict[int, float]] = defaultdict(dict)
        for number, terms in enumerate(fields):
            for term, frequency in _weighted(terms, means).items():
                postings[term][number] = frequency
        self._postings.update(postings)
        for document in self.documents:
            self._vocabulary.update(set(_readable_words(document)))

    @property
    def vocabulary(self) -> Mapping[str, int]:
        """Words as written in titles, other names and summaries, with how many documents."""
        return self._vocabulary

    def knows(self, stemmed: str) -> bool:
        """Whether any document has a word with this stem."""
        return stemmed in self._postings

    def search(self, query: str, *, kinds: Iterable[str] = ()) -> tuple[Hit, ...]:
        """Return the documents that answer a query, best first; ``kinds`` keeps only those."""
        wanted = frozenset(kinds)
        asked = stems(query)
        scores = self._scores(asked)
        hits = (
            Hit(document, score * document.prior * _title_bonus(document, asked))
            for number, score in scores.items()
            if (document := self.documents[number]) and (not wanted or document.kind in wanted)
        )
        return tuple(
            sorted(hits, key=lambda hit: (-hit.score, hit.document.title, hit.document.key))
        )

    def _scores(self, asked: tuple[str, ...]) -> dict[int, float]:
        """Score by BM25F; a document that answers more of the words stands higher."""
        scores: dict[int, float] = defaultdict(float)
        answered: dict[int, set[int]] = defaultdict(set)
        marks = _marks_with_positions(asked, self.synonyms)
        grouped = set().union(*marks.values())
        for position, stemmed in enumerate(asked):
            weight = _WORD_OF_A_GROUP if position in grouped else 1.0
            self._add(stemmed, weight, {position}, scores, answered)
        for mark, positions in marks.items():
            self._add(mark, 1.0, positions, scores, answered)
        words_asked = max(len(asked), 1)
        return {
            number: score * (len(answered[number]) / words_asked) ** 2
            for number, score in scores.items()
        }

    def _add(
        self,
        term: str,
        weight: float,
        positions: set[int],
        scores: dict[int, float],
        answered: dict[int, set[int]],
    ) -> None:
        found = self._postings.get(term, {})
        rarity = math.log(1 + (len(self.documents) - len(found) + 0.5) / (len(found) + 0.5))
        for number, frequency in found.items():
            scores[number] += weight * rarity * frequency / (_SATURATION + frequency)
            answered[number] |= positions


def _marks_with_positions(asked: tuple[str, ...], synonyms: Synonyms) -> dict[str, set[int]]:
    """Return each group that the query speaks of, with the query words that it answers."""
    marks: dict[str, set[int]] = defaultdict(set)
    for mark, positions in synonyms.concepts_at(asked):
        marks[mark].update(positions)
    return marks


def _terms_of_fields(document: Document, synonyms: Synonyms) -> dict[str, list[str]]:
    texts = {
        "title": document.title,
        "also_known_as": " ".join(document.also_known_as),
        "summary": document.summary,
        "body": document.body,
    }
    terms = {}
    for name, text in texts.items():
        stemmed = stems(text)
        terms[name] = [*stemmed, *synonyms.concepts_in(stemmed)]
    return terms


def _mean_lengths(fields: list[dict[str, list[str]]]) -> dict[str, float]:
    count = max(len(fields), 1)
    return {
        name: max(sum(len(terms[name]) for terms in fields) / count, 1.0) for name in _FIELD_WEIGHTS
    }


def _weighted(terms: dict[str, list[str]], means: dict[str, float]) -> dict[str, float]:
    frequencies: dict[str, float] = defaultdict(float)
    for name, weight in _FIELD_WEIGHTS.items():
        norm = 1 - _LENGTH_NORM + _LENGTH_NORM * len(terms[name]) / means[name]
        for term, count in Counter(terms[name]).items():
            frequencies[term] += weight * count / norm
    return frequencies


def _readable_words(document: Document) -> Iterable[str]:
    return words(" ".join((document.title, *document.also_known_as, document.summary)))


def _best_first(hit: Hit) -> tuple[float, str, str]:
    return (-hit.score, hit.document.title, hit.document.key)


def _title_bonus(document: Document, asked: tuple[str, ...]) -> float:
    return _TITLE_IS_THE_QUERY if stems(document.title) == asked else 1.0
