"""Every fact, figure, finding, rating, harm and cost on an entry's page has a source that opens.

Opening is what can be asked without the network: the source's own page answers, says what it is,
who published it and when, and shows a whole https address, or says why there is none.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.test import Client

from nhpf.framework import Entry, load_edition
from nhpf_web.what_works.queries.emmie import emmie_shown

pytestmark = pytest.mark.django_db
EDITION = load_edition()
ENTRIES = sorted(EDITION.entries)


def said(entry: Entry) -> list[tuple[str, tuple[str, ...]]]:
    """Return all that an entry presents as found, each with the ids of its sources."""
    found: list[tuple[str, tuple[str, ...]]] = [(fact.text, (fact.source,)) for fact in entry.facts]
    evidence = entry.evidence
    if evidence is None:
        return found
    found += [(row.finding, (row.source,)) for row in evidence.outcomes]
    found += [(row.rating, (row.source,)) for row in evidence.ratings]
    found += [(part.known, part.sources) for part in evidence.emmie if part.known]
    if evidence.harms_sources:
        found.append((evidence.harms, evidence.harms_sources))
    if evidence.cost_sources:
        found.append((evidence.cost, evidence.cost_sources))
    return found


@cache
def opened(source_id: str) -> str:
    answer = Client().get(f"/what-works/sources/{source_id}/")
    assert answer.status_code == 200, source_id
    return unescape(answer.text)


def linked(page: str) -> set[str]:
    return set(re.findall(r'href="/what-works/sources/([A-Za-z0-9_]+)/"', page))


@pytest.mark.parametrize("entry_id", ENTRIES)
def test_all_that_an_entry_presents_as_found_stands_on_its_page_with_its_source(
    client: Client, entry_id: str
) -> None:
    entry = EDITION.entry(entry_id)
    page = unescape(client.get(f"/what-works/{entry_id}/").text)
    assert said(entry)
    for words, sources in said(entry):
        assert words in page
        assert sources
        assert set(sources) <= linked(page), words


@pytest.mark.parametrize("entry_id", ENTRIES)
def test_every_source_that_a_page_names_opens(client: Client, entry_id: str) -> None:
    named = linked(client.get(f"/what-works/{entry_id}/").text)
    assert named
    assert named <= set(EDITION.sources)
    for source_id in named:
        opened(source_id)


@pytest.mark.parametrize("source_id", sorted(EDITION.sources))
def test_a_source_says_what_it_is_and_where_it_is(source_id: str) -> None:
    source, page = EDITION.sources[source_id], opened(source_id)
    assert source.title in page
    assert source.publisher in page
    assert source.publisher
    assert source.year == "undated" or re.fullmatch(r"(19|20)\d\d(-\d\d(\d\d)?)?", source.year)
    if not source.url:
        assert source.note.startswith("No address: ")
        assert source.note in page
        return
    address = urlsplit(source.url)
    assert address.scheme == "https"
    assert re.fullmatch(r"[\w-]+(\.[\w-]+)+", address.netloc)
    assert "example" not in address.netloc.split(".")
    assert f'href="{source.url}"' in page


def test_a_source_page_tells_all_that_rests_on_it() -> None:
    for entry in EDITION.entries.values():
        for words, sources in said(entry):
            for source in sources:
                assert words in opened(source), (entry.id, source)


@pytest.mark.parametrize("entry_id", [one.id for one in EDITION.of_kind("intervention")])
def test_an_intervention_shows_emmie_and_other_libraries_words(
    client: Client, entry_id: str
) -> None:
    shown = emmie_shown(EDITION.entry(entry_id), EDITION)
    assert shown is not None
    page = unescape(client.get(f"/what-works/{entry_id}/").text)
    assert [row.name for row in shown.rows] == [
        "effect", "mechanism", "moderators", "implementation", "economics",
    ]  # fmt: skip
    assert page.count("Not known from the sources read.") == sum(
        not row.known for row in shown.rows
    )
    for row in shown.rows:
        assert row.question in page
        assert not row.known or f"How good that is:</strong> {row.quality}" in page
    evidence = EDITION.entry(entry_id).evidence
    assert evidence is not None
    assert len(shown.told) + len(shown.untold) == len(evidence.outcomes)
    assert not shown.across or shown.ours in page
    for across in shown.untold:
        assert across.why_not in page
    for across in shown.told:
        assert across.words is not None
        assert across.words.crime_solutions.capitalize() in page


def test_only_interventions_have_emmie(client: Client) -> None:
    assert emmie_shown(EDITION.entry("ar-knife"), EDITION) is None
    assert 'id="emmie"' not in client.get("/what-works/ar-knife/").text
