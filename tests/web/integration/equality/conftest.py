"""An assessment of North Police, whole and ready to be signed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from nhpf_web.equality import actions
from nhpf_web.equality.models import Assessment
from nhpf_web.equality.rules import CHARACTERISTICS, PARTS
from nhpf_web.organisations.models import User
from nhpf_web.organisations.rules import Role

Person = Callable[..., User]
Whole = Callable[..., Assessment]
SAID: dict[str, Any] = {"outcome": "adjust", "review_due": date(2090, 1, 1)}


@pytest.fixture
def whole(person: Person) -> Whole:
    """Make a whole assessment: ``whole("method", "rate")``, written by an editor."""
    writer = person("wil", Role.EDITOR)

    def make(kind: str, identity: str, title: str = "Of it") -> Assessment:
        held = actions.draft(
            organisation="north", title=title, kind=kind, identity=identity, by=writer
        )
        for part in PARTS:
            values = {name: SAID.get(name, "Said") for name in part.fields}
            actions.change_part(held, part, values | {"title": title}, by=writer)
        answers = dict.fromkeys(CHARACTERISTICS, ("neutral", "Because"))
        actions.change_effects(held, answers | {"race": ("-", "Because")}, by=writer)
        actions.add_mitigation(held, action="Ask", owner="Desk", due=date(2080, 1, 1), by=writer)
        return Assessment.objects.get(pk=held.pk)

    return make


@pytest.fixture
def signed(whole: Whole, person: Person) -> Whole:
    """Make a whole assessment and have another sign it."""
    signer = person("sig", Role.EQUALITY_LEAD)

    def make(kind: str, identity: str, title: str = "Of it") -> Assessment:
        held = whole(kind, identity, title)
        actions.sign(held, by=signer)
        return Assessment.objects.get(pk=held.pk)

    return make
