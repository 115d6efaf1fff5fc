"""An edition's assessments arrive as drafts; only the demonstration signs them by itself."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from nhpf.framework import load_edition
from nhpf_web.equality.models import Assessment
from nhpf_web.equality.queries import is_published, missing_parts, published_references
from nhpf_web.equality.rules import Status


def run(command: str, **options: Any) -> str:
    said = StringIO()
    call_command(command, stdout=said, **options)
    return said.getvalue()


def test_they_arrive_whole_and_unsigned(db: None) -> None:
    brought = load_edition().assessments
    assert f"{len(brought)} new" in run("load_edition")
    assert {held.reference for held in Assessment.objects.all()} == set(brought)
    assert set(Assessment.objects.values_list("status", flat=True)) == {Status.DRAFT}
    assert [missing_parts(held) for held in Assessment.objects.all()] == [()] * len(brought)
    assert not is_published("edition-2026")


def test_every_answer_comes_over(db: None) -> None:
    run("load_edition")
    for one in load_edition().assessments.values():
        held = Assessment.objects.get(reference=one.id)
        assert f"{held.subject_kind}-{held.subject_id}" == one.about
        assert str(held.author) == one.author
        assert (held.decided, held.gaps, held.outcome) == (one.decided, one.gaps, one.outcome)
        effects = [(held.characteristic, held.effect) for held in held.effects.all()]
        asked = (*one.impacts, *one.further)
        assert effects == [(held.characteristic, held.effect) for held in asked]
        assert (held.race_action_plan, held.owner) == (one.race_action_plan, one.owner)
        assert (held.inclusion_strategy, held.monitoring) == (
            one.inclusion_strategy, one.monitoring,
        )  # fmt: skip
        assert held.mitigations.count() == len(one.mitigations)


def test_one_that_is_here_is_left_as_it_is(db: None) -> None:
    run("load_edition")
    Assessment.objects.filter(reference="eia-edition-2026").update(focus="Changed here")
    assert "0 new" in run("load_edition")
    assert Assessment.objects.get(reference="eia-edition-2026").focus == "Changed here"


def test_the_demonstration_signs_and_the_page_says_so(client: Client, db: None) -> None:
    run("demonstration")
    run("load_edition", sign_for_demonstration=True)
    assert is_published("edition-2026")
    assert published_references() == set(load_edition().assessments)
    page = client.get("/equality/eia-edition-2026/").text
    assert "Signed for demonstration only: no real person has signed" in page
    register = client.get("/equality/").text
    assert register.count("Signed for demonstration only.") == len(load_edition().assessments)
    entry = client.get("/what-works/ar-knife/").text
    assert "signed for demonstration only" in entry
    assert "Signed by" not in page + register
    assert f"signed {timezone.localdate():%-d %B %Y}" not in entry


def test_without_a_demonstration_nothing_is_signed(db: None) -> None:
    assert "0 signed" in run("load_edition", sign_for_demonstration=True)
    assert published_references() == frozenset()


def test_production_refuses_to_sign_by_itself(db: None, settings: Any) -> None:
    settings.NHPF_IS_PRODUCTION = True
    with pytest.raises(CommandError, match="signed by a person"):
        run("load_edition", sign_for_demonstration=True)


def test_an_unknown_edition_is_said(db: None) -> None:
    with pytest.raises(CommandError, match="1999"):
        run("load_edition", name="1999")
