"""A version of a practice is published under an assessment of that very version."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nhpf.errors import NotPermitted
from nhpf_web.equality import queries as equality
from nhpf_web.what_works import actions
from nhpf_web.what_works.models import Version
from nhpf_web.what_works.rules import State

if TYPE_CHECKING:
    from tests.web.integration.what_works.conftest import Stage


def test_other_answers_than_those_signed_for_are_not_published(stage: Stage) -> None:
    held = stage.to(State.EQUALITY_SIGNED)
    about = f"practice-{held.label}"
    assert equality.is_published(about)
    # Nothing in the service changes a version so late; the gate does not rely on that alone.
    Version.objects.filter(pk=held.pk).update(answers=held.answers | {"title": "Another"})
    assert not equality.is_published(about)
    with pytest.raises(NotPermitted, match="No equality impact assessment"):
        actions.publish(stage.fresh(), by=stage.editor)
    Version.objects.filter(pk=held.pk).update(answers=held.answers)
    actions.publish(stage.fresh(), by=stage.editor)


def test_the_assessment_of_one_version_is_not_that_of_the_next(stage: Stage) -> None:
    first = stage.to(State.PUBLISHED)
    following = actions.renew(stage.version, by=stage.writer)
    assert equality.is_published(f"practice-{first.label}")
    assert not equality.is_published(f"practice-{following.label}")
    assert equality.assessment_of(f"practice-{following.label}", organisation="north") is None


def test_a_published_version_that_lost_its_assessment_has_none_yet(stage: Stage) -> None:
    held = stage.to(State.PUBLISHED)
    listed = {str(kind): things for kind, _, things in equality.without()}
    assert held.label not in [one.thing.identity for one in listed["practice"]]
    Version.objects.filter(pk=held.pk).update(answers=held.answers | {"title": "Another"})
    listed = {str(kind): things for kind, _, things in equality.without()}
    assert [one.thing.identity for one in listed["practice"]] == [held.label]
