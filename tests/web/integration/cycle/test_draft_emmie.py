"""An editor writes EMMIE, what harms and cost rest on, and why an outcome is not read across."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from nhpf.framework import Entry, load_edition, read_entry, record_text
from nhpf.framework.entries import EMMIE_PARTS
from nhpf_web.cycle.actions import drafts
from nhpf_web.cycle.models import Record
from nhpf_web.cycle.queries.drafts import draft_edition, faults_of, held_by, latest
from nhpf_web.organisations.models import Organisation, User

Browser = Callable[[User], Client]
HOME = "/how-we-are-doing/draft/iv-hsp/"


@pytest.fixture
def page(owner: Organisation, editor: User, as_user: Browser) -> Client:
    drafts.load_draft(load_edition("2026"))
    return as_user(editor)


def now() -> Entry:
    held = held_by(latest(Record.objects.get(identity="iv-hsp")))
    assert isinstance(held, Entry)
    assert held.evidence is not None
    return held


def form_of(entry: Entry) -> dict[str, str]:
    assert entry.evidence is not None
    return {
        f"{field}_{part.part}": value
        for part in entry.evidence.emmie
        for field, value in (
            ("known", part.known), ("quality", str(part.quality)), ("of", ", ".join(part.sources)),
        )
    }  # fmt: skip


def test_the_form_shows_what_stands_and_saves_what_is_typed(page: Client) -> None:
    before = now()
    shown = unescape(page.get(f"{HOME}emmie/").text)
    assert before.evidence is not None
    for part in before.evidence.emmie:
        assert part.known in shown
    typed = form_of(before) | {
        "known_economics": "An hour of patrol costs less than the harm.", "quality_economics": "2",
        "of_economics": "S_HSP2019 S_COPHSP",
    }  # fmt: skip
    assert page.post(f"{HOME}emmie/", typed).status_code == 302
    after = now()
    assert after.evidence is not None
    assert tuple(part.part for part in after.evidence.emmie) == EMMIE_PARTS
    economics = after.evidence.emmie[-1]
    assert (economics.quality, economics.sources) == (2, ("S_HSP2019", "S_COPHSP"))
    assert after.evidence.emmie[:-1] == before.evidence.emmie[:-1]
    assert after.evidence.outcomes == before.evidence.outcomes
    assert read_entry(record_text(after), kind="intervention", where="x") == after
    assert [fault for fault in faults_of(draft_edition()) if fault.id == "iv-hsp"] == []


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"known_economics": "It pays."}, "a quality above 0 and a source"),
        ({"quality_effect": "0"}, "a quality above 0 and a source"),
        ({"of_effect": ""}, "a quality above 0 and a source"),
        ({"of_effect": "S_RUMOUR"}, "No source has the id S_RUMOUR"),
        ({"quality_effect": "9"}, "Select a valid choice"),
    ],
)
def test_half_a_part_is_refused_and_nothing_is_lost(
    page: Client, typed: dict[str, str], why: str
) -> None:
    before = now()
    answer = page.post(f"{HOME}emmie/", form_of(before) | typed)
    assert answer.status_code == 200
    assert why in unescape(answer.text)
    assert "There is a problem" in answer.text
    assert now() == before


def test_a_preview_shows_the_parts_and_saves_nothing(page: Client) -> None:
    before = now()
    typed = form_of(before) | {"known_mechanism": "Presence is seen.", "preview": "1"}
    shown = page.post(f"{HOME}emmie/", typed).text
    assert "Preview: not saved yet" in shown
    assert "Mechanism: Presence is seen." in shown
    assert now() == before


def test_only_interventions_have_the_page(page: Client) -> None:
    assert page.get("/how-we-are-doing/draft/ar-knife/emmie/").status_code == 404
    assert "emmie/" not in page.get("/how-we-are-doing/draft/ar-knife/").text
    assert f'href="{HOME}emmie/"' in page.get(HOME).text


def test_harms_and_cost_name_their_sources(page: Client) -> None:
    held = now().evidence
    assert held is not None
    typed = {
        "strength": held.strength, "harms": "Trust fell in 3 of 9 places.", "cost": "£900 a place.",
        "caveat": held.caveat, "ratings": "", "harms_sources": "S_HSP2019",
        "cost_sources": "S_COPHSP, S_BW2022",
    }  # fmt: skip
    unknown = page.post(f"{HOME}evidence/", typed | {"cost_sources": "S_NONE"})
    assert "No source has the id S_NONE" in unescape(unknown.text)
    assert page.post(f"{HOME}evidence/", typed).status_code == 302
    after = now().evidence
    assert after is not None
    assert after.harms_sources == ("S_HSP2019",)
    assert after.cost_sources == ("S_COPHSP", "S_BW2022")
    assert after.emmie == held.emmie


def test_a_cost_without_its_source_keeps_an_edition_from_being_frozen(page: Client) -> None:
    held = now().evidence
    assert held is not None
    typed = {"strength": held.strength, "harms": held.harms, "cost": "£900 a place.", "ratings": ""}
    assert page.post(f"{HOME}evidence/", typed).status_code == 302
    found = [fault.what for fault in faults_of(draft_edition()) if fault.id == "iv-hsp"]
    assert found == ["No fact, outcome or rating of it holds the figure 900 of 'evidence.cost'."]


def test_an_outcome_says_why_it_is_not_read_across(page: Client) -> None:
    held = now().evidence
    assert held is not None
    first = held.outcomes[0]
    typed = {
        "outcome": first.outcome, "finding": first.finding, "direction": first.direction,
        "strength": first.strength, "measure": first.measure, "estimate": "-8.1", "studies": "53",
        "source": first.source, "no_crosswalk": "It is an average of two kinds.",
    }  # fmt: skip
    assert page.post(f"{HOME}outcomes/0/", typed).status_code == 302
    after = now().evidence
    assert after is not None
    assert after.outcomes[0].no_crosswalk == "It is an average of two kinds."
