"""Facets with counts, pages of results, reasons, nearest words, and entries side by side."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from nhpf_web.search import queries
from nhpf_web.what_works.queries import edition, tags

pytestmark = pytest.mark.django_db


def groups(client: Client, **asked: Any) -> dict[str, dict[str, int]]:
    answer = client.get("/search/", asked)
    return {
        group.name: {option.value: option.count for option in group.options}
        for group in answer.context["groups"]
    }


def test_six_facets_count_what_is_tagged(client: Client) -> None:
    found = groups(client, kind=["area", "toolkit", "intervention"])
    assert set(found) == {"kind", "theme", "area", "prevention", "strength", "partner"}
    kinds = ("area", "toolkit", "intervention")
    held = [one for one in edition().entries.values() if one.kind in kinds]
    for name in ("theme", "area", "prevention", "strength", "partner"):
        for value, count in found[name].items():
            assert count == sum(value in tags(one.id)[name] for one in held), (name, value)


@pytest.mark.parametrize("name", ["theme", "area", "prevention", "strength", "partner"])
def test_each_count_is_what_ticking_it_leaves(client: Client, name: str) -> None:
    for value, count in groups(client, q="violence")[name].items():
        answer = client.get("/search/", {"q": "violence", name: value})
        assert answer.context["count"] == count, value


def test_ticks_add_inside_a_facet_and_narrow_across(client: Client) -> None:
    strengths = groups(client, q="violence")["strength"]
    both = client.get("/search/", {"q": "violence", "strength": ["strong", "moderate"]})
    assert strengths["strong"] < both.context["count"]
    assert both.context["count"] <= strengths["strong"] + strengths["moderate"]
    narrowed = client.get(
        "/search/",
        {"q": "violence", "strength": ["strong", "moderate"], "kind": "intervention"},
    )
    assert 0 < narrowed.context["count"] < both.context["count"]
    assert {one["kind"] for one in narrowed.context["found"]} == {"Intervention"}


def test_filters_alone_find_what_has_them(client: Client) -> None:
    answer = client.get("/search/", {"strength": "strong", "kind": "intervention"})
    strong = [
        one
        for one in edition().of_kind("intervention")
        if one.evidence and one.evidence.strength == "strong"
    ]
    assert answer.context["count"] == len(strong) > 0


def test_what_no_facet_knows_is_as_if_it_were_not_there(client: Client) -> None:
    whole = client.get("/search/", {"q": "knife"}).context["count"]
    odd = client.get("/search/", {"q": "knife", "kind": "secret", "theme": "'; drop"})
    assert odd.context["count"] == whole


def test_next_page_keeps_words_and_ticks(client: Client) -> None:
    page = client.get("/search/", {"q": "violence", "partner": "police"})
    links = Links(page.text)
    (onward,) = [address for address in links.found if "page=2" in address]
    following = client.get(f"/search/{onward}")
    assert following.context["asked"] == "violence"
    assert following.context["chosen"].values == {"partner": ("police",)}


class Links(HTMLParser):
    """The addresses that a page leads to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.append(dict(attrs).get("href") or "")


def test_each_result_says_why_it_is_there(client: Client) -> None:
    page = client.get("/search/", {"q": "stabbing"})
    assert "Found by its title: “Knife”, which here means “stabbing” too" in page.text
    assert all(one["reasons"] for one in page.context["found"])


def test_a_correction_can_be_refused(client: Client) -> None:
    page = client.get("/search/", {"q": "stabing", "kind": "area"})
    assert page.context["answered"] == "stabbing"
    (refusal,) = [address for address in Links(page.text).found if "exact=1" in address]
    exact = client.get(refusal)
    assert exact.context["answered"] == "stabing"
    assert exact.context["count"] == 0


def test_nothing_found_names_the_nearest_words(client: Client) -> None:
    page = client.get("/search/", {"q": "strangullationzz"})
    assert "strangulation" in page.context["near"]
    assert "The nearest words that it knows" in page.text
    for word in page.context["near"]:
        assert client.get("/search/", {"q": word}).context["count"] > 0


IDS = ["ar-knife", "tk-hot-spot", "iv-hsp", "iv-stop", "iv-cctv"]


def test_entries_stand_side_by_side_in_the_same_rows(client: Client) -> None:
    page = client.get("/search/compare/", {"id": IDS[:4]})
    assert [column["key"] for column in page.context["columns"]] == IDS[:4]
    headings = [heading for heading, _ in page.context["rows"]]
    assert {"Strength of evidence", "Prevention level", "Partners", "What it is"} <= set(headings)
    assert all(len(cells) == 4 for _, cells in page.context["rows"])
    assert page.text.count('scope="col"') == 4
    assert "Not stated" in page.text


def test_a_fifth_is_left_out_and_named(client: Client) -> None:
    page = client.get("/search/compare/", {"id": [*IDS, IDS[0]]})
    assert len(page.context["columns"]) == 4
    assert page.context["left_out"] == ["CCTV"]
    assert "Left out: CCTV." in page.text


@pytest.mark.parametrize(
    "ids", [[], ["ar-knife"], ["nothing"], ["E23000032", "/about/"], ["<script>", "ar-knife"]]
)
def test_fewer_than_two_say_what_to_do(client: Client, ids: list[str]) -> None:
    page = client.get("/search/compare/", {"id": ids})
    assert page.status_code == 200
    assert "Tick two to four entries" in page.text
    assert "<script>" not in page.text


def test_only_what_can_be_compared_offers_it(client: Client) -> None:
    found = client.get("/search/", {"q": "knife"}).context["found"]
    offered = {one["kind"] for one in found if one["can_compare"]}
    assert "Area of focus" in offered
    assert not offered & {"Source", "Indicator", "Place", "Page"}


def test_every_entry_can_be_compared(client: Client) -> None:
    for one in queries.index().documents:
        if one.kind in queries.comparable_kinds():
            rows = queries.rows_of(one)
            assert rows["In short"]
            assert rows["To be reviewed by"]
