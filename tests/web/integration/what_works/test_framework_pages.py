"""The framework's pages: every entry, both directions of links, filters, sources, addresses."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from nhpf.framework import load_edition
from nhpf_web.what_works import queries
from nhpf_web.what_works.rules import KIND_PATHS, sector_of

pytestmark = pytest.mark.django_db
EDITION = load_edition()


def entries_on(page: str) -> set[str]:
    """Return the ids of the entries in the boxes of the framework's page."""
    return set(re.findall(r'class="nhpf-box" href="/what-works/([a-z0-9-]+)/"', page))


@pytest.mark.parametrize("entry_id", sorted(EDITION.entries))
def test_every_entry_has_its_page(client: Client, entry_id: str) -> None:
    answer = client.get(f"/what-works/{entry_id}/")
    entry = EDITION.entry(entry_id)
    assert answer.status_code == 200
    assert answer.context["entry"] is entry
    for fact in entry.facts:
        assert f'href="/what-works/sources/{fact.source}/"' in answer.text
    for linked in entry.links:
        assert f'href="/what-works/{linked}/"' in answer.text


@pytest.mark.parametrize(
    ("entry_id", "from_the_other_side"),
    [("iv-hsp", "tk-hot-spot"), ("ar-knife", "tk-hot-spot"), ("theme-drugs", "ar-county-lines")],
)
def test_a_link_declared_once_shows_on_both_pages(
    client: Client, entry_id: str, from_the_other_side: str
) -> None:
    assert (
        f'href="/what-works/{from_the_other_side}/"' in client.get(f"/what-works/{entry_id}/").text
    )
    assert (
        f'href="/what-works/{entry_id}/"' in client.get(f"/what-works/{from_the_other_side}/").text
    )


def test_a_name_for_readers_leads_to_the_permanent_address(client: Client) -> None:
    answer = client.get("/what-works/knife-crime/")
    assert (answer.status_code, answer["Location"]) == (301, "/what-works/ar-knife/")


def test_a_name_of_several_entries_leads_to_the_search(client: Client) -> None:
    answer = client.get("/what-works/domestic-abuse/")
    assert (answer.status_code, answer["Location"]) == (302, "/search/?q=domestic+abuse")


@pytest.mark.parametrize("address", ["/what-works/no-such/", "/what-works/sources/S_NONE/"])
def test_what_does_not_exist_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(("kind", "path"), KIND_PATHS.items())
def test_every_kind_lists_its_entries(client: Client, kind: str, path: str) -> None:
    page = client.get(f"/what-works/{path}/").text
    assert EDITION.of_kind(kind)
    for entry in EDITION.of_kind(kind):
        assert f'href="/what-works/{entry.id}/"' in page


@pytest.mark.parametrize("source_id", sorted(EDITION.sources))
def test_every_source_opens_and_names_what_rests_on_it(client: Client, source_id: str) -> None:
    page = client.get(f"/what-works/sources/{source_id}/").text
    for entry in queries.citing(source_id):
        assert f'href="/what-works/{entry.id}/"' in page


def test_the_three_levels_show_all_entries_without_a_filter(client: Client) -> None:
    shown = entries_on(client.get("/what-works/").text)
    kinds = ("area", "toolkit", "intervention")
    assert shown == {one.id for kind in kinds for one in EDITION.of_kind(kind)}


def test_filters_are_or_inside_and_and_between(client: Client) -> None:
    one = entries_on(client.get("/what-works/?theme=theme-drugs").text)
    other = entries_on(client.get("/what-works/?theme=theme-vulnerability").text)
    both = client.get("/what-works/?theme=theme-drugs&theme=theme-vulnerability").text
    assert entries_on(both) == one | other
    strong = entries_on(client.get("/what-works/?strength=strong").text)
    narrowed = client.get("/what-works/?theme=theme-drugs&strength=strong").text
    assert entries_on(narrowed) == one & strong
    assert 0 < len(one & strong) < len(one)


def test_the_address_keeps_the_choice_and_clears_it(client: Client) -> None:
    page = client.get("/what-works/?theme=theme-drugs&strength=strong&colour=red").text
    assert 'value="theme-drugs" id="theme-2" checked' in page
    assert 'href="/what-works/?strength=strong"' in page
    assert 'href="/what-works/?theme=theme-drugs"' in page
    assert 'href="/what-works/"' in page


def test_counts_beside_boxes_are_what_a_tick_gives(client: Client) -> None:
    groups = client.get("/what-works/").context["groups"]
    for group in groups:
        for option in group.options:
            page = client.get("/what-works/", {group.name: option.value}).text
            assert len(entries_on(page)) == option.count, option


def test_every_partner_has_a_sector() -> None:
    kinds = queries.FILTERED_KINDS
    partners = {one for kind in kinds for entry in EDITION.of_kind(kind) for one in entry.partners}
    assert {partner for partner in partners if sector_of(partner) is None} == set()


def test_harm_never_reads_as_help(client: Client) -> None:
    page = client.get("/what-works/iv-scared/").text
    assert "Strong evidence of harm" in page
    assert "nhpf-strength--harms" in page


def test_evidence_with_intervals_is_drawn_and_in_the_table(client: Client) -> None:
    drawn = [
        one.id
        for one in EDITION.of_kind("intervention")
        if one.evidence and any(row.low is not None for row in one.evidence.outcomes)
    ]
    page = client.get(f"/what-works/{drawn[0]}/").text
    assert "nhpf-chart__wide" in page
    assert "What studies found" in page


def test_an_entry_says_that_no_assessment_is_published(client: Client) -> None:
    assert "Not published" in client.get("/what-works/ar-knife/").text


def test_an_unchanged_page_is_not_sent_again(client: Client) -> None:
    first = client.get("/what-works/ar-knife/")
    again = client.get("/what-works/ar-knife/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_pages_travel_compressed(client: Client) -> None:
    answer = client.get("/what-works/", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
