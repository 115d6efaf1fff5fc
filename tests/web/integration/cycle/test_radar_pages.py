"""The radar: who is counted, since when, at what stage; and the demonstration that fills it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from tests.web.integration.cycle.conftest import practice, told

from nhpf.errors import NotPermitted
from nhpf_web.cycle.actions.demonstration import make_demonstration_cycle
from nhpf_web.cycle.models import Activity, Cycle, Phase, Return
from nhpf_web.cycle.queries import radar as queries
from nhpf_web.cycle.queries.radar import Blip
from nhpf_web.organisations.models import Organisation, User
from nhpf_web.organisations.rules import Role
from nhpf_web.what_works.models import Adoption, Replication, Version
from nhpf_web.what_works.rules.innovation import Innovation

Person = Callable[..., User]
Browser = Callable[[User], Client]
RADAR = "/how-we-are-doing/radar/"


def adopt(version: Version, organisation: Organisation, by: User, *, days_ago: int = 0) -> None:
    held = Adoption.objects.create(
        practice=version.practice, organisation=organisation, version_number=1, plan="x",
        adopted_by=by,
    )  # fmt: skip
    at = timezone.now() - timedelta(days=days_ago)
    Adoption.objects.filter(pk=held.pk).update(adopted_at=at)


def shown() -> list[Blip]:
    return list(queries.every_blip(queries.mentions()))


def test_nothing_on_the_radar_says_so_and_how_it_fills(client: Client, db: None) -> None:
    assert "Nothing is on the radar" in client.get(RADAR).text
    assert client.get("/how-we-are-doing/radar.csv").status_code == 200


def test_what_stayed_at_home_is_counted_and_not_listed(
    client: Client, force: Organisation, writer: User
) -> None:
    practice(1, force, writer)
    page = client.get(RADAR).text
    assert "Practice 1" not in page
    assert "1 more practice is published and not independently tested" in page


def test_forces_are_counted_by_when_they_took_it_up(
    client: Client, force: Organisation, other_force: Organisation, writer: User
) -> None:
    version = practice(1, force, writer, finding="new-untested")
    adopt(version, other_force, writer, days_ago=500)
    (blip,) = shown()
    # Its owner is known to do it since it was published: today.
    assert (blip.forces, blip.recent, blip.before) == (2, 1, 1)
    assert blip.stage.stage == Innovation.IN_TEST
    page = client.get(RADAR).text
    assert "Practice 1" in page
    assert "In test: 1 practice, in at most 2 forces." in page
    assert "South Police" not in page
    assert "North Police" not in page


def test_an_organisation_that_adopts_and_repeats_counts_once(
    force: Organisation, other_force: Organisation, writer: User
) -> None:
    version = practice(1, force, writer)
    adopt(version, other_force, writer, days_ago=500)
    Replication.objects.create(
        practice=version.practice, organisation=other_force, version_number=1, period="2026",
        adapted="x", dose="x", happened="x", finding="worked-local", logged_by=writer,
    )  # fmt: skip
    (blip,) = shown()
    assert (blip.forces, blip.before) == (2, 1)
    assert blip.practice.repeats == 1


@pytest.mark.parametrize("finding", ["worked-independent", "failed-local"])
def test_what_is_tested_or_stopped_is_off_the_radar(
    force: Organisation, other_force: Organisation, writer: User, finding: str
) -> None:
    adopt(practice(1, force, writer, finding=finding), other_force, writer)
    assert shown() == []


def test_drafts_and_what_is_not_signed_are_nobodys_blips(
    force: Organisation, other_force: Organisation, writer: User
) -> None:
    adopt(practice(1, force, writer, state="draft"), other_force, writer)
    adopt(practice(2, force, writer, is_signed=False), other_force, writer)
    assert shown() == []


@pytest.mark.parametrize("said", [{"title": "Practice 1"}, {"what": "We follow pr-1 at night."}])
def test_the_activity_register_counts_who_names_a_practice_and_moves_no_stage(
    cycle: Cycle, editor: User, force: Organisation, other_force: Organisation, writer: User,
    person: Person, said: dict[str, Any],
) -> None:  # fmt: skip
    practice(1, force, writer, finding="new-untested")
    there = person("sam", Role.CONTRIBUTOR, at=other_force)
    told(cycle, other_force, editor, there, since=2020, **said)
    (blip,) = shown()
    assert (blip.forces, blip.recent, blip.before, blip.mentions) == (2, 1, 1, 1)
    assert blip.stage.stage == Innovation.IDEA
    Return.objects.update(state="open")
    assert shown() == []


def test_rows_stand_by_area_of_focus_then_title_whatever_their_spread(
    force: Organisation, other_force: Organisation, writer: User
) -> None:
    for number, area in ((1, "ar-gun"), (2, "ar-knife"), (3, "ar-gun"), (4, "")):
        tags = (("area", area),) if area else ()
        adopt(practice(number, force, writer, tags=tags), other_force, writer)
    assert [one.practice.number for one in shown()] == [2, 1, 3, 4]


def test_it_says_whether_its_aim_grows_and_what_a_trial_would_see(
    client: Client, force: Organisation, other_force: Organisation, writer: User
) -> None:
    tags = (("area", "ar-safeguarding"), ("subtype", "1"), ("subtype", "5"))
    adopt(practice(1, force, writer, tags=tags), other_force, writer)
    (blip,) = shown()
    assert [one.direction for one in blip.aims] == [
        "cannot be told from chance", "cannot be told from chance", "not held",
    ]  # fmt: skip
    homicides, other = blip.sights
    assert homicides.outcome == "Domestic homicides"
    assert not homicides.is_enough
    assert other.is_enough
    page = client.get(RADAR).text
    assert "14% lower (95% interval 29% lower to 3.2% higher)" in page
    assert "<strong>No.</strong> Domestic homicides" in page
    assert f"<strong>Yes.</strong> {other.outcome}" in page


def test_the_next_step_is_a_call_for_those_who_open_them_and_a_question_for_others(
    client: Client, force: Organisation, other_force: Organisation, writer: User, editor: User,
    as_user: Browser,
) -> None:  # fmt: skip
    adopt(practice(1, force, writer), other_force, writer)
    call = "/what-works/research/calls/open/?about=pr-1"
    assert call in as_user(editor).get(RADAR).text
    theirs = as_user(writer).get(RADAR).text
    assert call not in theirs
    assert "/what-works/research/questions/ask/?about=pr-1" in theirs


def test_the_file_has_a_row_for_each_outcome_and_no_formula(
    client: Client, force: Organisation, other_force: Organisation, writer: User
) -> None:
    version = practice(1, force, writer)
    Version.objects.filter(pk=version.pk).update(title="=1+1")
    adopt(version, other_force, writer)
    text = client.get("/how-we-are-doing/radar.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert [one["practice"] for one in rows] == ["pr-1", "pr-1"]
    assert rows[0]["title"] == "'=1+1"
    assert (rows[0]["forces"], rows[0]["forces_last_12_months"]) == ("2", "2")


def test_a_practices_page_says_where_it_stands_and_why_it_was_stopped(
    client: Client, force: Organisation, other_force: Organisation, writer: User
) -> None:
    adopt(practice(1, force, writer, finding="new-untested"), other_force, writer)
    practice(2, force, writer, finding="failed-local")
    page = client.get("/what-works/pr-1/").text
    assert "In test: it is here." in page
    assert "comes next. It needs: results" in page
    stopped = client.get("/what-works/pr-2/").text
    assert "Why: It needs two workers." in stopped
    assert "it is here" not in stopped


def test_a_draft_has_no_stage(force: Organisation, writer: User, as_user: Browser) -> None:
    practice(1, force, writer, state="draft", finding="")
    assert "From idea to scaled" not in as_user(writer).get("/what-works/pr-1/").text


def test_the_demonstration_cycle_is_under_way_made_once_and_marked(
    client: Client, db: None
) -> None:
    for command in ("demonstration", "example_practices", "example_cycle"):
        call_command(command, stdout=StringIO())
    cycle = Cycle.objects.get()
    assert "made up" in cycle.name
    assert cycle.phases.get(number=1).state == "under way"
    assert sorted(cycle.returns.values_list("state", flat=True)) == ["open", "sent", "sent"]
    assert Activity.objects.count() == 3
    assert all("made up" in one.what for one in Activity.objects.all())
    assert make_demonstration_cycle() == ""
    assert (Cycle.objects.count(), Phase.objects.count()) == (1, 5)
    (blip,) = shown()
    assert (blip.forces, blip.mentions) == (2, 1)
    for page in (RADAR, "/how-we-are-doing/gap-map/"):
        assert "Demonstration:" in client.get(page).text


def test_production_has_no_demonstration_cycle(settings: Any, db: None) -> None:
    settings.NHPF_IS_PRODUCTION = True
    with pytest.raises(NotPermitted):
        make_demonstration_cycle()
    with pytest.raises(CommandError, match="refused"):
        call_command("example_cycle")


def test_a_cycle_that_is_there_is_left_alone(cycle: Cycle) -> None:
    call_command("demonstration", stdout=StringIO())
    assert make_demonstration_cycle() == ""
    assert list(Cycle.objects.all()) == [cycle]
