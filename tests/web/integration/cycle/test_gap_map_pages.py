"""The gap map and its cells: what counts, what does not, and where each gap leads."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from tests.web.integration.cycle.conftest import TAGS, practice, told

from nhpf_web.cycle.actions import returns as answering
from nhpf_web.cycle.models import Cycle
from nhpf_web.cycle.queries import gaps as queries
from nhpf_web.cycle.queries.gaps import Chosen
from nhpf_web.cycle.rules.gaps import LEVELS, Against, Fill
from nhpf_web.cycle.views.gaps import _address
from nhpf_web.organisations.models import Organisation, User
from nhpf_web.organisations.rules import Role
from nhpf_web.what_works.models import Adoption, Tag
from nhpf_web.what_works.queries import edition

Person = Callable[..., User]
Browser = Callable[[User], Client]
MAP = "/how-we-are-doing/gap-map/"


def cell(level: str, row: str = "ar-knife", **chosen: str) -> Any:
    asked = Chosen(**chosen)
    shown = queries.area_map(asked) if row.startswith("ar-") else queries.subtype_map(asked)
    held = next(one for one in shown if one.id == row)
    return next(one for one in held.cells if one.level == level)


def test_an_empty_installation_has_every_row_and_says_that_nobody_was_asked(
    client: Client, db: None
) -> None:
    page = client.get(MAP).text
    for one in edition().of_kind("area"):
        assert f'href="/what-works/{one.id}/"' in page
    assert "Male non-domestic under 25 public space" in page
    assert "nobody was asked" in page
    assert "262 (95% interval 231 to 296), year ending March 2024" in page
    assert "Demonstration:" not in page


def test_only_what_is_published_and_signed_counts(force: Organisation, writer: User) -> None:
    practice(1, force, writer)
    assert cell("primary").practices == 1
    practice(2, force, writer, state="draft")
    practice(3, force, writer, state="withdrawn")
    practice(4, force, writer, is_signed=False)
    assert cell("primary").practices == 1
    assert cell("secondary").practices == 0


def test_nobodys_draft_is_counted_or_shown_to_another(
    force: Organisation, other_force: Organisation, writer: User, person: Person, as_user: Browser
) -> None:
    practice(1, force, writer, state="draft")
    for user in (writer, person("sam", Role.CONTRIBUTOR, at=other_force)):
        page = as_user(user).get(f"{MAP}ar-knife/primary/").text
        assert "Practice 1" not in page
        assert "Published practices: 0" in page


def test_a_practice_counts_once_in_each_cell_that_it_names(
    force: Organisation, other_force: Organisation, writer: User
) -> None:
    both = (*TAGS, ("prevention", "tertiary"), ("area", "ar-youth"))
    version = practice(1, force, writer, tags=both)
    Adoption.objects.create(
        practice=version.practice, organisation=other_force, version_number=1, plan="x",
        adopted_by=writer,
    )  # fmt: skip
    for row in ("ar-knife", "ar-youth"):
        counts = [cell(level, row).practices for level in LEVELS]
        assert counts == [1, 0, 1]
    assert cell("primary", "subtype-3").practices == 1
    assert cell("primary", "subtype-3").forces == 2
    assert cell("primary", "subtype-4").forces == 0


@pytest.mark.django_db
def test_interventions_are_those_linked_to_the_area_by_strength() -> None:
    held = edition()
    near = [one for one in held.related("ar-knife", "intervention") if "tertiary" in one.prevention]
    found = cell("tertiary")
    assert found.interventions == len(near)
    strong = [one for one in near if one.evidence and one.evidence.strength == "strong"]
    assert cell("tertiary", strength="strong").strengths == {"strong": len(strong)}


def test_the_register_of_the_current_cycle_alone_counts_and_only_when_sent(
    cycle: Cycle, editor: User, force: Organisation, writer: User
) -> None:
    answering.ask(cycle, [force], due=timezone.localdate(), by=editor)
    answer = cycle.returns.get(organisation=force)
    answering.describe(answer, title="Weekend patrols", by=writer)
    assert cell("tertiary").forces == 0
    answer.activities.all().delete()
    told(cycle, force, editor, writer)
    assert cell("tertiary").forces == 1
    Cycle.objects.create(
        slug="later", name="Later", started=cycle.started + timedelta(days=800),
        organisation=cycle.organisation,
    )  # fmt: skip
    assert cell("tertiary").forces == 0


def test_counts_are_everybodys_and_names_are_for_those_who_take_part(
    client: Client, cycle: Cycle, editor: User, force: Organisation, writer: User, as_user: Browser
) -> None:
    told(cycle, force, editor, writer)
    there = f"{MAP}ar-knife/tertiary/"
    assert "Active: 1 force, 0 others" in client.get(there).text
    assert "Weekend patrols" not in client.get(there).text
    assert "Weekend patrols" in as_user(writer).get(there).text


def test_activity_is_set_against_the_profile_in_words(
    client: Client, cycle: Cycle, editor: User, force: Organisation, writer: User
) -> None:
    told(cycle, force, editor, writer)
    held = {one.row.id: one.against for one in queries.against_profile(
        queries.area_map(Chosen()), answered=1)}  # fmt: skip
    assert held["ar-knife"] == Against.ACTED_ON
    assert held["ar-safeguarding"] == Against.LITTLE
    assert held["ar-gun"] == Against.NO_FIGURE
    page = client.get(MAP).text
    assert page.index("Much burden, little activity") < page.index("No national figure")


def test_filters_narrow_and_nonsense_is_as_if_it_were_not_there(client: Client, db: None) -> None:
    page = client.get(f"{MAP}?level=primary&theme=theme-domestic-abuse&strength=strong").text
    assert page.count('scope="col"') == 2 * 2
    assert "/gap-map/ar-knife/" not in page
    assert "/gap-map/ar-safeguarding/primary/" in page
    assert "secondary/" not in page
    assert client.get(f"{MAP}?level=x&theme=y&strength=z").text.count('scope="col"') == 2 * 4


def test_the_files_hold_every_cell(client: Client, force: Organisation, writer: User) -> None:
    practice(1, force, writer)
    text = client.get("/how-we-are-doing/gap-map.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert len(rows) == (12 + 7) * 3
    knife = next(one for one in rows if (one["row"], one["level"]) == ("ar-knife", "primary"))
    assert (knife["practices"], knife["burden"]) == ("1", "262")
    assert next(one for one in rows if one["row"] == "subtype-5")["burden"] == ""
    held = json.loads(client.get("/how-we-are-doing/gap-map.json?level=primary").content)
    assert len(held["cells"]) == 12 + 7
    assert held["cannot_bear"]
    assert next(one for one in held["cells"] if one["row"] == "subtype-5")["burden"] is None


@pytest.mark.parametrize("row_id", ["ar-knife", "subtype-3"])
def test_each_gap_leads_to_a_form_that_knows_what_it_is_about(
    cycle: Cycle, person: Person, as_user: Browser, force: Organisation, row_id: str
) -> None:
    row = queries.row(row_id)
    assert row is not None
    ann = as_user(person("ann", Role.CONTRIBUTOR, Role.LEAD, Role.ANALYST))
    for fill in Fill:
        there = _address(fill, row, "primary", cycle)
        assert ann.get(there).status_code == 200, there
    asked = parse_qs(urlsplit(_address(Fill.ASK, row, "primary", cycle)).query)
    assert asked["level"] == ["primary"]
    begin = _address(Fill.DESCRIBE, row, "primary", cycle)
    ann.post(begin, {"organisation": force.slug, "title": "A new practice"})
    tags = set(Tag.objects.values_list("vocabulary", "value"))
    expected = ("area", "ar-knife") if row.is_area else ("subtype", "3")
    assert tags == {expected, ("prevention", "primary")}
    proposed = ann.get(_address(Fill.PROPOSE, replace(row, title="Knives"), "primary", cycle)).text
    assert "Primary prevention: Knives" in proposed


def test_what_is_no_cell_is_not_found(client: Client, db: None) -> None:
    for there in ("ar-nothing/primary/", "ar-knife/nothing/", "subtype-9/primary/"):
        assert client.get(f"{MAP}{there}").status_code == 404
    assert client.get(f"{MAP}subtype-5/primary/").status_code == 200


def test_home_leads_to_both_pages(client: Client, db: None) -> None:
    home = client.get("/how-we-are-doing/").text
    assert MAP in home
    assert "/how-we-are-doing/radar/" in home
