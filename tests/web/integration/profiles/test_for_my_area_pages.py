"""What could help an area, as a page and a file: for everybody, and for who has signed in."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from nhpf_web.organisations.actions import open_organisation
from nhpf_web.organisations.models import Organisation, User
from nhpf_web.organisations.rules import Kind, Role
from nhpf_web.profiles import queries
from nhpf_web.what_works import actions as what_works
from nhpf_web.what_works.queries import practice_with, published

pytestmark = pytest.mark.django_db
LONDON = "/what-happens/E23000001-metropolitan-police/"
PAGE = f"{LONDON}for-my-area/"
FILE = f"{LONDON}for-my-area.csv"
TITLE = "Patrols where and when"


@pytest.fixture
def met(db: None) -> Organisation:
    """The force whose area is London."""
    return open_organisation("met", name="Met", kind=Kind.FORCE, area_code="E23000001")


@pytest.fixture
def examples(db: None) -> str:
    """The demonstration's published practices; return the permanent id of the first."""
    call_command("demonstration", stdout=StringIO())
    call_command("load_edition", sign_for_demonstration=True, stdout=StringIO())
    call_command("example_practices", stdout=StringIO())
    return published()[0].practice.permanent_id


def rows_of(client: Client, query: str = "") -> list[dict[str, str]]:
    """Return the list as its file has it."""
    lines = client.get(FILE + query).content.decode("utf-8-sig").splitlines()
    headings = [number for number, line in enumerate(lines) if line.startswith("id,")]
    start = headings[0] if headings else len(lines)
    return list(csv.DictReader(io.StringIO("\n".join(lines[start:]))))


def test_the_profile_leads_to_what_could_help_and_back(client: Client) -> None:
    assert f'href="{PAGE}"' in client.get(LONDON).text
    page = client.get(PAGE).text
    assert f'href="{LONDON}#ar-knife"' in page
    assert "The profile points to Knife crime. Of London&#x27;s homicide victims" in page
    assert f'href="{LONDON}figures/method-by-period/"' in page
    assert client.get(f"{LONDON}figures/method-by-period/").status_code == 200


def test_every_figure_behind_a_reason_opens(client: Client) -> None:
    place = queries.place_with_code("E23000001")
    assert place
    links = {link for one in queries.pointed_in(queries.built(place)) for link in one.links}
    assert len(links) >= 3
    for link in links:
        assert client.get(link.address).status_code == 200


def test_the_rule_of_the_order_is_on_the_page_and_the_reader_may_change_it(
    client: Client, examples: str
) -> None:
    assert "First what serves most of the areas of focus" in client.get(PAGE).text
    page = client.get(PAGE + "?order=evidence").text
    assert "First by the strength of evidence" in page
    first = [row["evidence"] for row in rows_of(client, "?order=evidence")]
    assert first[0] == "Strong evidence that it helps"
    assert first[-1] == "Evidence of harm"
    assert "First what serves most" in client.get(PAGE + "?order=none").text


def test_harm_is_shown_last_with_its_warning(client: Client, examples: str) -> None:
    last = rows_of(client)[-1]
    assert (last["id"], last["warning"]) == ("iv-scared", "Studies found that it does harm.")
    page = client.get(PAGE + "?evidence=against").text
    assert "Scared Straight" in page
    assert "Studies found that it does harm." in page


@pytest.mark.parametrize(
    ("query", "column", "value"),
    [
        ("?prevention=primary", "prevention", "primary"),
        ("?partner=health", "partners", "Health"),
        ("?area=ar-gun", "areas_of_focus", "Gun crime"),
        ("?kind=intervention", "kind", "intervention"),
    ],
)
def test_filters_keep_only_what_they_say(
    client: Client, query: str, column: str, value: str
) -> None:
    everything, kept = rows_of(client), rows_of(client, query)
    assert 0 < len(kept) <= len(everything)
    assert all(value in row[column].split("; ") for row in kept)
    assert len(kept) == sum(value in row[column].split("; ") for row in everything)


def test_nothing_that_matches_says_so_and_leads_on(client: Client) -> None:
    page = client.get(PAGE + "?area=ar-gun&partner=research").text
    assert "Nothing here matches what is ticked" in page
    assert rows_of(client, "?area=ar-gun&partner=research") == []


def test_partners_are_those_that_take_part_until_the_reader_says_otherwise(
    client: Client, met: Organisation
) -> None:
    open_organisation("trust", name="A trust", kind=Kind.HEALTH, area_code="E23000001")
    (row,) = [row for row in rows_of(client) if row["id"] == "iv-navigators"]
    assert "You work with partners that it needs: health." in row["why"]
    (row,) = [row for row in rows_of(client, "?told=1") if row["id"] == "iv-navigators"]
    assert "You work with" not in row["why"]
    (row,) = [
        row for row in rows_of(client, "?told=1&with=youth-justice") if row["id"] == "iv-navigators"
    ]
    assert "You work with partners that it needs: youth justice." in row["why"]


def test_a_code_leads_to_the_one_address_and_no_place_is_not_found(client: Client) -> None:
    answer = client.get("/what-happens/E23000001/for-my-area/?order=level")
    assert (answer.status_code, answer["Location"]) == (301, f"{PAGE}?order=level")
    assert client.get("/what-happens/E23999999-none/for-my-area/").status_code == 404
    assert client.get("/what-happens/nowhere/for-my-area.csv").status_code == 404


@pytest.mark.parametrize("kind", ["nation", "force", "local_authority"])
def test_every_kind_of_place_has_one(client: Client, kind: str) -> None:
    place = next(one for one in queries.places() if one.kind == kind)
    page = client.get(f"{place.address}for-my-area/").text
    assert "What could help here" in page


def test_ones_own_area_is_one_step_away(
    client: Client,
    met: Organisation,
    person: Callable[..., User],
    as_user: Callable[[User], Client],
) -> None:
    assert client.get("/what-happens/for-my-area/")["Location"] == "/what-happens/"
    browser = as_user(person("leo", Role.LEAD, at=met))
    assert browser.get("/what-happens/for-my-area/")["Location"] == PAGE
    page = browser.get("/organisations/").text
    assert 'href="/what-happens/E23000001/for-my-area/"' in page


def test_a_lead_finds_a_new_practice_from_the_profile_and_adopts_it(
    client: Client,
    met: Organisation,
    examples: str,
    person: Callable[..., User],
    as_user: Callable[[User], Client],
) -> None:
    leo = person("leo", Role.LEAD, at=met)
    browser = as_user(leo)
    assert f'href="{PAGE}"' in browser.get(LONDON).text
    page = browser.get(PAGE + "?kind=practice").text
    assert f'href="/what-works/{examples}/"' in page
    assert "Made-up practice" in page
    assert "Met does not yet record that it does this." in page
    adopt = f"/what-works/{examples}/use/adopt/"
    assert f'href="{adopt}"' in page
    sent = {"organisation": met.slug, "plan": "On two routes"}
    assert browser.post(adopt, sent).status_code == 302
    page = browser.get(PAGE + "?kind=practice").text
    assert f"Met adopts it since {timezone.localdate():%-d %B %Y}." in page
    assert f'href="{adopt}"' not in page
    browser.post(f"/what-works/{examples}/follow/")
    assert "You follow it" in browser.get(PAGE + "?kind=practice").text


def test_nobody_else_learns_what_an_organisation_does_from_this_page(
    client: Client,
    met: Organisation,
    other_force: Organisation,
    examples: str,
    person: Callable[..., User],
    as_user: Callable[[User], Client],
) -> None:
    leo = person("leo", Role.LEAD, at=met)
    practice = practice_with(examples)
    assert practice
    what_works.adopt(practice, organisation="met", plan="Here", by=leo)
    public = client.get(PAGE + "?kind=practice").text
    assert "adopts it" not in public
    assert "Record that we adopt it" not in public
    eve = as_user(person("eve", Role.READER, at=other_force)).get(PAGE + "?kind=practice").text
    assert "Met adopts" not in eve
    assert "South Police does not yet record that it does this." in eve
    assert "Record that we adopt it" not in eve, "only a lead records it"


def test_a_practice_past_its_review_sinks_and_says_so(client: Client, examples: str) -> None:
    version = published()[0]
    before = [row["id"] for row in rows_of(client, "?kind=practice")]
    type(version).objects.filter(pk=version.pk).update(
        review_due=timezone.localdate() - timedelta(days=1)
    )
    rows = rows_of(client)
    late = next(row for row in rows if row["id"] == version.practice.permanent_id)
    assert late["id"] in before
    assert late["stale"]
    after = rows[rows.index(late) + 1 :]
    assert all(row["stale"] or row["evidence"].startswith(
        ("Evidence of", "A practice that did not work")) for row in after)  # fmt: skip
    assert "Its review is overdue" in client.get(PAGE + "?kind=practice").text
