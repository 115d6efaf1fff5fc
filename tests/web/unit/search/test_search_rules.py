"""The search's rules: stems, synonyms, order, corrections, excerpts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import nhpf_web.search.rules as rules
from nhpf_web.search.rules import Document, Index, excerpt, read_synonyms, suggest
from nhpf_web.search.rules.words import stem, stems, words

SYNONYMS = read_synonyms(Path(rules.__file__).with_name("synonyms.toml"))
DOCUMENTS = (
    Document("ar-knife", "area", "Knife crime", "/1", "Carrying or using a blade."),
    Document("ar-gun", "area", "Gun crime", "/2", "Firearms in crime."),
    Document("iv-lines", "intervention", "County lines", "/3", body="Fewer stab wounds were seen."),
    Document("tk-hot", "toolkit", "Hot spot policing", "/4", "Patrol where violence gathers."),
    Document("E23000032", "place", "Kent Police", "/5", also_known_as=("Kent",)),
)


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(DOCUMENTS, SYNONYMS)


def keys(index: Index, query: str, **settings: object) -> list[str]:
    return [hit.document.key for hit in index.search(query, **settings)]  # type: ignore[arg-type]


def test_words_fold_accents_case_and_apostrophes() -> None:
    assert words("Café’s A&E, night-time") == ("cafes", "a&e", "night", "time")


@pytest.mark.parametrize(
    ("one", "other"), [("patrol", "patrolling"), ("perpetrator", "perpetrators")]
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_stop_words_carry_nothing() -> None:
    assert stems("what is the of") == ()


@pytest.mark.parametrize("query", ["stabbing", "stabbings", "knives", "bladed article"])
def test_synonyms_find_knife_crime_first(index: Index, query: str) -> None:
    assert keys(index, query)[0] == "ar-knife"


def test_a_word_in_passing_does_not_beat_the_entry_about_it(index: Index) -> None:
    assert keys(index, "stabbing") == ["ar-knife", "iv-lines"]


def test_one_word_finds_two_written_apart(index: Index) -> None:
    assert keys(index, "hotspots")[0] == "tk-hot"


def test_answering_more_words_stands_higher(index: Index) -> None:
    assert keys(index, "gun crime")[:2] == ["ar-gun", "ar-knife"]


def test_kinds_narrow(index: Index) -> None:
    assert keys(index, "crime", kinds=["toolkit"]) == []


def test_nothing_asked_finds_nothing(index: Index) -> None:
    assert keys(index, "the") == []


def test_order_does_not_depend_on_the_order_of_documents() -> None:
    backwards = Index(DOCUMENTS[::-1], SYNONYMS)
    assert keys(backwards, "crime") == keys(Index(DOCUMENTS, SYNONYMS), "crime")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("knfie crime", "knife crime"), ("kentt", "kent"), ("polcing", "policing")],
)
def test_misspellings_are_corrected(index: Index, typed: str, meant: str) -> None:
    found = suggest(typed, vocabulary=index.vocabulary, knows=index.knows)
    assert found is not None
    assert found.query == meant


@pytest.mark.parametrize("typed", ["knife", "zzzzzz", "patrolling"])
def test_known_words_and_nonsense_are_left_alone(index: Index, typed: str) -> None:
    assert suggest(typed, vocabulary=index.vocabulary, knows=index.knows) is None


def test_the_excerpt_is_the_sentence_that_answers() -> None:
    pieces = excerpt("It began in 2010. Stabbings fell. It ended.", wanted=frozenset({"stab"}))
    assert [(piece.text, piece.found) for piece in pieces] == [
        ("Stabbings", True),
        (" fell.", False),
    ]


def test_long_sentences_are_cut_at_a_word() -> None:
    pieces = excerpt("word " * 100, wanted=frozenset(), longest=22)
    assert "".join(piece.text for piece in pieces) == "word word word word …"


def test_every_group_of_synonyms_says_why_and_the_table_is_in_review() -> None:
    assert all(group.because and len(group.words) > 1 for group in SYNONYMS.groups)
    assert SYNONYMS.reviewed is not None
    assert SYNONYMS.review_due is not None
    assert SYNONYMS.reviewed <= date(2026, 11, 23) < SYNONYMS.review_due


def test_group_names_are_unique() -> None:
    names = [group.name for group in SYNONYMS.groups]
    assert len(names) == len(set(names))
