"""A cycle under way, so that a newcomer sees the register, the radar and the gap map at work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from nhpf.errors import NotPermitted
from nhpf_web.cycle.actions import phases, returns
from nhpf_web.cycle.models import Cycle, Return
from nhpf_web.cycle.queries.phases import default_due
from nhpf_web.cycle.rules.phases import Move
from nhpf_web.cycle.rules.returns import STEPS
from nhpf_web.organisations.actions import demonstration_account
from nhpf_web.organisations.queries import Account, organisations_where
from nhpf_web.organisations.rules import Right, Role
from nhpf_web.what_works.queries import published

NAME = "Demonstration cycle (made up)"
BEGAN = timedelta(days=60)
MADE_UP = "Example, made up: nobody does this. A real entry says what is done, for whom, how often."
COMMON: Mapping[str, Any] = {
    "what": MADE_UP,
    "toolkits": [],
    "place": "A made-up town",
    "scale": "district",
    "since": 2025,
    "partners": "",
    "evaluated": "no",
    "contact_desk": "Example desk (made up)",
}
PATROLS = {
    "title": "Example: patrols where violence repeats",
    "areas": ["ar-knife"],
    "toolkits": ["tk-hot-spot"],
    "level": "tertiary",
}
HOSPITAL = {
    "title": "Example: help in the emergency department",
    "areas": ["ar-knife", "ar-youth"],
    "toolkits": ["tk-ae-navigators"],
    "level": "secondary",
}
THREATS = {
    "title": "Example: a desk for threats to life",
    "areas": ["ar-threat-to-life"],
    "level": "tertiary",
}
# By the label of the contributor who answers; the return of the one without stays open.
ANSWERS: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    "": (),
    "example": (PATROLS,),
    "second": (HOSPITAL, THREATS),
}


@transaction.atomic
def make_demonstration_cycle() -> str:
    """Open a cycle in its first phase, with returns asked for and some of them sent.

    Returns
    -------
    str
        The cycle's name in addresses; empty where there is a cycle already, or no accounts.

    Raises
    ------
    NotPermitted
        In production.
    """
    if settings.NHPF_IS_PRODUCTION:
        raise NotPermitted("A demonstration cycle is refused where NHPF_ENV is production.")
    editor = demonstration_account(Role.EDITOR)
    if editor is None or Cycle.objects.exists():
        return ""
    cycle = phases.open_cycle(name=NAME, started=timezone.localdate() - BEGAN, by=editor)
    phases.move(cycle.phases.get(number=1), Move.BEGIN, by=editor)
    for label, activities in ANSWERS.items():
        writer = demonstration_account(Role.CONTRIBUTOR, label=label)
        if writer is not None:
            own = organisations_where(writer, Right.ANSWER_RETURN)
            returns.ask(cycle, own, due=default_due(cycle), by=editor)
            _answer(cycle.returns.get(organisation__in=own), activities, by=writer)
    return cycle.slug


def _answer(answer: Return, activities: Iterable[Mapping[str, Any]], *, by: Account) -> None:
    """Write and send one organisation's return, where it has something to say."""
    for own in activities:
        said = {**COMMON, **own}
        if own is HOSPITAL:
            said["what"] = f"{MADE_UP} {_followed()}".strip()
        held = returns.describe(answer, title=said["title"], by=by)
        for step in STEPS:
            returns.write(held, step, {name: said[name] for name in step.fields}, by=by)
    if answer.activities.exists():
        returns.send(answer, is_nothing=False, by=by)


def _followed() -> str:
    """Name an example practice, so that the radar has something to show."""
    example = published().filter(practice__organisation__is_demonstration=True).first()
    return f"It follows practice {example.practice.permanent_id}." if example else ""
