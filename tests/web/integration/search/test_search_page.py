"""The search over the real edition, places, indicators and pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from nhpf_web.search import queries
from nhpf_web.what_works.queries import edition

pytestmark = pytest.mark.django_db


def found(client: Client, query: str, **more: str | int) -> list[str]:
    answer = client.get("/search/", {"q": query, **more})
    return [one["address"] for one in answer.context["found"]]


def facet_of(answer: Any, name: str) -> dict[str, int]:
    (group,) = [one for one in answer.context["groups"] if one.name == name]
    return {option.value: option.count for option in group.options}


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("stabbing", "/what-works/ar-knife/"),
        ("knives", "/what-works/ar-knife/"),
        ("bladed article", "/what-works/ar-knife/"),
        ("shooting", "/what-works/ar-gun/"),
        ("hotspots", "/what-works/tk-hot-spot/"),
        ("hot spot policing", "/what-works/tk-hot-spot/"),
        ("DARDR", "/what-works/tk-homicide-reviews/"),
        ("domestic homicide review", "/what-works/tk-homicide-reviews/"),
        ("VRU", "/what-works/tk-vru/"),
        ("county lines", "/what-works/ar-county-lines/"),
        ("Kent", "/what-happens/E23000032-kent/"),
        ("E23000001", "/what-happens/E23000001-metropolitan-police/"),
        ("Met police", "/what-happens/E23000001-metropolitan-police/"),
        ("Hackney", "/what-happens/E09000012-hackney/"),
        ("ar-alcohol", "/what-works/ar-alcohol/"),
        ("accessibility", "/accessibility/"),
    ],
)
def test_readers_words_find_the_subject_first(client: Client, query: str, first: str) -> None:
    assert found(client, query)[0] == first


def test_every_entry_is_found_by_its_title_among_the_first(client: Client) -> None:
    missed = [
        entry.id
        for entry in edition().entries.values()
        if f"/what-works/{entry.id}/" not in found(client, entry.title)[:5]
    ]
    assert missed == []


def test_a_misspelling_is_answered_and_said(client: Client) -> None:
    answer = client.get("/search/", {"q": "stabing"})
    assert answer.context["answered"] == "stabbing"
    assert answer.context["found"][0]["address"] == "/what-works/ar-knife/"


def test_kinds_narrow_and_their_counts_stay(client: Client) -> None:
    whole = client.get("/search/", {"q": "knife"})
    narrowed = client.get("/search/", {"q": "knife", "kind": "toolkit"})
    counts = facet_of(whole, "kind")
    assert narrowed.context["count"] == counts["toolkit"]
    assert {one["kind"] for one in narrowed.context["found"]} == {"Toolkit"}
    assert facet_of(narrowed, "kind") == counts


def test_indicators_and_sources_are_found(client: Client) -> None:
    kinds = {hit.document.kind for hit in queries.index().search("homicide rate")}
    assert {"indicator", "source"} <= kinds


def test_nothing_found_says_what_to_do_next(client: Client) -> None:
    answer = client.get("/search/", {"q": "zzzzqqqq"})
    assert answer.context["count"] == 0
    assert "check the spelling" in answer.text


@pytest.mark.parametrize("query", ["", "   ", "<script>alert(1)</script>", "x" * 5000, "the of"])
def test_odd_queries_do_no_harm(client: Client, query: str) -> None:
    answer = client.get("/search/", {"q": query})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_pages_follow_on(client: Client) -> None:
    first, second = found(client, "violence"), found(client, "violence", page=2)
    assert len(first) == 20
    assert second
    assert not set(first) & set(second)


def test_every_result_opens(client: Client) -> None:
    for one in found(client, "knife"):
        assert client.get(one.split("#")[0]).status_code == 200
