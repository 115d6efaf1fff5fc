"""The way of a practice, from its first word to another force's replication, by direct call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from nhpf_web.audit.models import Entry
from nhpf_web.what_works import actions, queries
from nhpf_web.what_works.rules import State
if TYPE_CHECKING:
    from tests.web.integration.what_works.conftest import Stage


def test_a_practice_comes_to_readers_and_is_repeated(stage: Stage) -> None:
    stage.to(State.EQUALITY_SIGNED)
    assert not queries.visible_to(AnonymousUser()).exists()
    actions.publish(stage.version, by=stage.editor)
    (found,) = queries.tagged("area", "ar-knife")
    assert found.practice.permanent_id == "pr-1-walks-between-schools-and-station"
    assert queries.visible_to(AnonymousUser()).get() == found
    practice = found.practice
    actions.adopt(practice, organisation="south", plan="On two routes", by=stage.adopter)
    told = {"period": "2026", "adapted": "One route", "dose": "Daily", "happened": "No change"}
    actions.log_replication(
        practice, organisation="south", told=told, finding="failed-local", by=stage.adopter
    )
    assert practice.adoptions.get().organisation.slug == "south"
    assert practice.replications.get().happened == "No change"
    said = [entry.reason for entry in Entry.objects.filter(subject__startswith="practice:")]
    for what in ("Submitted", "Rated", "Adopted", "Replication logged"):
        assert what in said
