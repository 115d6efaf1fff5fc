"""The search's rules: stems, synonyms, order, corrections, excerpts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import nhpf_web.search.rules as rules
from nhpf_web.search.rules import (
    Analyser,
    Document,
    Index,
    ask,
    excerpt,
    read_synonyms,
    reasons,
)
from nhpf_web.search.rules.spelling import distance
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
    return Index(DOCUMENTS, Analyser(SYNONYMS))


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
    assert keys(index, "crime", chosen={"kind": ["toolkit"]}) == []


def test_nothing_asked_finds_nothing(index: Index) -> None:
    assert keys(index, "the") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"hot spot"', ["tk-hot"]),
        ("“hot spots”", ["tk-hot"]),
        ('"spot hot"', []),
        ('"policing patrol"', []),  # ends the title and begins the summary: no phrase
        ('"county" crime', ["iv-lines"]),
        ('hot spot"', ["tk-hot"]),
    ],
)
def test_what_is_in_quotation_marks_stands_together(
    index: Index, query: str, found: list[str]
) -> None:
    assert keys(index, query) == found


def test_a_phrase_means_its_own_words_alone(index: Index) -> None:
    assert keys(index, '"hotspot"') == []
    assert keys(index, '"knife"') == ["ar-knife"]


def test_accents_are_folded_in_documents_as_in_queries() -> None:
    index = Index([Document("a", "page", "Café culture", "/a")], Analyser(SYNONYMS))
    assert keys(index, "cafe") == keys(index, "CAFÉ") == ["a"]


def test_an_index_of_nothing_finds_nothing() -> None:
    assert keys(Index([], Analyser(SYNONYMS)), '"hot spot" knife') == []


TAGGED = (
    Document("a", "area", "Violence one", "/a", tags=(("level", "low"), ("partner", "x"))),
    Document("b", "area", "Violence two", "/b", tags=(("level", "high"), ("partner", "x"))),
    Document("c", "toolkit", "Violence three", "/c", tags=(("level", "high"),)),
    Document("d", "toolkit", "Peace", "/d", tags=(("level", "high"),)),
)


def test_facets_add_inside_and_narrow_across_and_count_what_the_others_leave() -> None:
    index = Index(TAGGED)
    found = index.search("violence", chosen={"level": ["high"], "kind": ["area", "toolkit"]})
    assert {hit.document.key for hit in found} == {"b", "c"}
    assert found.counts["level"] == {"low": 1, "high": 2}
    assert found.counts["kind"] == {"area": 1, "toolkit": 1}
    assert found.counts["partner"] == {"x": 1}


def test_filters_without_words_find_all_that_has_them() -> None:
    assert keys(Index(TAGGED), "", chosen={"level": ["high"]}) == ["d", "c", "b"]
    assert keys(Index(TAGGED), "", chosen={"level": ["nowhere"]}) == []


def test_a_new_document_is_found_and_one_taken_out_is_not() -> None:
    analyser = Analyser(SYNONYMS)
    before = Index(DOCUMENTS, analyser)
    new = Document("pr-1", "practice", "Barbers against machetes", "/pr-1")
    after = Index((*DOCUMENTS[1:], new), analyser)
    fresh = Index((*DOCUMENTS[1:], new), Analyser(SYNONYMS))
    assert keys(after, "barbers") == ["pr-1"]
    assert keys(after, "knife")[0] == "pr-1"
    assert "ar-knife" not in keys(after, "knife crime")
    assert not after.knows(stem("carrying"))
    # The index that others still use, and the terms it never had, stay as they were.
    assert keys(before, "barbers") == []
    for query in ("crime", "stab", "machete"):
        assert [(hit.document.key, round(hit.score, 9)) for hit in after.search(query)] == [
            (hit.document.key, round(hit.score, 9)) for hit in fresh.search(query)
        ]


def said(document: Document, query: str) -> list[tuple[str, str, str]]:
    found = reasons(document, ask(query), SYNONYMS)
    return [(one.field, one.written, one.asked) for one in found]


def test_a_result_says_by_which_words_it_was_found() -> None:
    assert said(DOCUMENTS[3], "patrolling hot spots") == [
        ("summary", "Patrol", ""),
        ("title", "Hot spot", ""),
    ]
    assert said(DOCUMENTS[0], "stabbing") == [("title", "Knife", "stabbing")]
    assert said(DOCUMENTS[4], "Kentish") == []


def test_words_that_belong_together_are_answered_together() -> None:
    review = Document("tk", "toolkit", "Reviews", "/r", body="A DARDR looks back.")
    assert said(review, "domestic homicide review") == [
        ("text", "DARDR", "domestic homicide review")
    ]


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [("knfie", "knife", 1), ("kent", "kent", 0), ("ab", "", 2), ("resume", "rescue", 2)],
)
def test_a_swap_is_one_slip(one: str, other: str, steps: int) -> None:
    assert distance(one, other) == distance(other, one) == steps


def test_only_a_slip_is_corrected_without_asking(index: Index) -> None:
    sure, unsure = index.speller.suggest("firaerms"), index.speller.suggest("pollicceng")
    assert sure is not None
    assert sure.is_sure
    assert unsure is None or not unsure.is_sure


def test_a_correction_keeps_quotation_marks(index: Index) -> None:
    suggestion = index.speller.suggest('"hot spot polcing"')
    assert suggestion is not None
    assert suggestion.query == '"hot spot policing"'


def test_the_nearest_words_are_known_ones(index: Index) -> None:
    assert index.speller.near("violents")[0] == "violence"
    assert index.speller.near("knife") == ()


def test_order_does_not_depend_on_the_order_of_documents() -> None:
    backwards = Index(DOCUMENTS[::-1], Analyser(SYNONYMS))
    assert keys(backwards, "crime") == keys(Index(DOCUMENTS, Analyser(SYNONYMS)), "crime")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("knfie crime", "knife crime"), ("kentt", "kent"), ("polcing", "policing")],
)
def test_misspellings_are_corrected(index: Index, typed: str, meant: str) -> None:
    found = index.speller.suggest(typed)
    assert found is not None
    assert found.query == meant


@pytest.mark.parametrize("typed", ["knife", "zzzzzz", "patrolling"])
def test_known_words_and_nonsense_are_left_alone(index: Index, typed: str) -> None:
    assert index.speller.suggest(typed) is None


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
