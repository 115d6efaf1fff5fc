"""Every link of the pages that a new reader opens leads somewhere: to a page, a file, a place.

Read with the demonstration's signatures, so that comparisons of groups are among the figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from io import StringIO
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from django.core.management import call_command
from django.test import Client

from nhpf.framework import load_edition
from nhpf.reports import figures
from nhpf_web.profiles import queries
from nhpf_web.what_works.rules import KIND_PATHS

LONDON, KENT, HACKNEY = "E23000001", "E23000032", "E09000012"
ANSWERS = {200, 301, 302}

pytestmark = pytest.mark.django_db


class Links(HTMLParser):
    """What a page links to, in its text and in its drawings, and what can be linked to in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.to: set[str] = set()
        self.ids: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.ids.add(held.get("id") or "")
        target = held.get("href", held.get("xlink:href"))
        if tag in ("a", "area") and target is not None:
            self.to.add(target)


@pytest.fixture
def signed(db: None) -> None:
    for command, options in (
        ("demonstration", {}),
        ("load_edition", {"sign_for_demonstration": True}),
    ):
        call_command(command, stdout=StringIO(), **options)


def pages_of(code: str) -> Iterator[str]:
    place = queries.place_with_code(code)
    assert place is not None
    yield place.address
    shown = figures(queries.built(place).report)
    assert shown
    yield from (f"{place.address}figures/{one.id}/" for one in shown)


def framework_pages() -> Iterator[str]:
    yield "/what-works/"
    yield from (f"/what-works/{path}/" for path in ("sources", *KIND_PATHS.values()))
    yield from (f"/what-works/{entry}/" for entry in load_edition().entries)
    yield from (f"/what-works/sources/{source}/" for source in load_edition().sources)


def internal(page: str, links: Links) -> Iterator[tuple[str, str]]:
    """Yield the address and the place in it of each link that stays on the service."""
    for target in links.to:
        address, fragment = urldefrag(urljoin(page, target))
        if address.startswith("/") and not address.startswith("//"):
            yield address, unquote(fragment)


def dead_links(client: Client, pages: list[str]) -> dict[str, str]:
    """Return each link that leads nowhere, with a page that has it."""
    read: dict[str, Links] = {}
    # test_no_person_rows_served opens every profile: here it is enough that the address is one's.
    others = {place.address for place in queries.places()}.difference(pages)

    @cache
    def status(address: str) -> int:
        if address in others:
            return 200
        answer = client.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            read[address] = Links(answer.text)
        return answer.status_code

    dead = {}
    for page in pages:
        assert status(page) == 200, page
        for address, fragment in internal(page, read[page]):
            is_there = status(address) in ANSWERS
            if is_there and fragment and address in read:
                is_there = fragment in read[address].ids
            if not is_there:
                dead[f"{address}#{fragment}"] = page
    return dead


def test_every_link_of_home_and_of_the_lists_leads_somewhere(client: Client) -> None:
    pages = ["/", "/what-happens/", "/what-happens/indicators/", "/data/", "/about/", "/equality/"]
    pages += ["/data/quality/", "/data/revisions/", "/data/releases/"]
    assert dead_links(client, pages) == {}


@pytest.mark.parametrize("code", [LONDON, KENT, HACKNEY])
@pytest.mark.usefixtures("signed")
def test_every_link_of_a_profile_and_its_figures_leads_somewhere(client: Client, code: str) -> None:
    assert dead_links(client, list(pages_of(code))) == {}


@pytest.mark.usefixtures("signed")
def test_every_link_of_the_framework_leads_somewhere(client: Client) -> None:
    pages = list(framework_pages())
    assert len(pages) > 100
    assert dead_links(client, pages) == {}
