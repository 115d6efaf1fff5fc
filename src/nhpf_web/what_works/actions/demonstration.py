"""Example practices, so that a newcomer sees each page: they claim nothing and say so."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from nhpf.errors import NotPermitted
from nhpf_web.equality import actions as equality
from nhpf_web.equality import queries as assessments
from nhpf_web.equality.rules import CHARACTERISTICS, PARTS
from nhpf_web.organisations.actions import demonstration_account
from nhpf_web.organisations.queries import Account
from nhpf_web.organisations.rules import Role
from nhpf_web.what_works.actions.assessing import accept, assign, rate
from nhpf_web.what_works.actions.drafting import begin, save_step, submit
from nhpf_web.what_works.actions.publishing import begin_equality, confirm_equality, publish
from nhpf_web.what_works.models import Practice, Version
from nhpf_web.what_works.rules import STEPS, Answer, Field, Kind

ORGANISATION = "example-constabulary"
MADE_UP = "Example, made up: nothing here was done or found."
CHOSEN: dict[str, Answer] = {
    "purpose": "prevention",
    "prevention": ["secondary"],
    "themes": ["theme-serious-violence"],
    "areas": ["ar-knife", "ar-youth"],
    "toolkits": ["tk-ae-navigators"],
    "interventions": [],
    "subtypes": ["3"],
    "recognition": [],
    "finding": "new-untested",
    "desk": "Example Desk",
    "mailbox": "practice.desk@example.org",
}


@transaction.atomic
def make_demonstration_practices() -> tuple[str, ...]:
    """Make three example practices: one published, one with its assessors, one a draft.

    Returns
    -------
    tuple of str
        The permanent ids that were made: none where there are some already, or no accounts.

    Raises
    ------
    NotPermitted
        In production.
    """
    if settings.NHPF_IS_PRODUCTION:
        raise NotPermitted("Example practices are refused where NHPF_ENV is production.")
    writer = demonstration_account(Role.CONTRIBUTOR, label="example")
    if writer is None or Practice.objects.filter(organisation__slug=ORGANISATION).exists():
        return ()
    whole = _written("Example: what a published practice looks like", by=writer)
    waiting = _written("Example: a practice that waits for its assessors", by=writer)
    draft = begin(organisation=ORGANISATION, title="Example: an unfinished draft", by=writer)
    for version in (whole, waiting):
        submit(version, by=writer)
        assign(version, _assessors(), by=_account(Role.EDITOR))
    _publish(whole, writer=writer)
    return tuple(one.practice.permanent_id for one in (whole, waiting, draft))


def _account(role: Role, label: str = "") -> Account:
    held = demonstration_account(role, label=label)
    assert held is not None, "the demonstration makes all its accounts at once"
    return held


def _assessors() -> list[Account]:
    return [_account(Role.ASSESSOR), _account(Role.ASSESSOR, "second")]


def _written(title: str, *, by: Account) -> Version:
    version = begin(organisation=ORGANISATION, title=title, by=by)
    for step in STEPS:
        values = {field.name: _answer(field, title=title) for field in step.fields}
        save_step(version, step, values, by=by)
    return version


def _answer(field: Field, *, title: str) -> Answer:
    """Return what an example says: what a real entry would say here, never a made-up result."""
    if field.name == "title":
        return title
    if field.kind in (Kind.ONE, Kind.SEVERAL) or field.name in CHOSEN:
        return CHOSEN[field.name]
    return f"{MADE_UP} A real entry says here: {field.hint or field.label}"


def _publish(version: Version, *, writer: Account) -> None:
    for assessor in _assessors():
        rate(
            version, by=assessor, finding="new-untested", is_fit=True, has_no_interest=True,
            reasons=MADE_UP,
        )  # fmt: skip
    accept(version, by=writer)
    reference = begin_equality(version, by=writer, is_screen=False)
    _sign(reference, writer=writer)
    confirm_equality(version, by=writer)
    publish(version, by=_account(Role.EDITOR))


def _sign(reference: str, *, writer: Account) -> None:
    assessment = assessments.visible_to(writer).get(reference=reference)
    said: dict[str, object] = {
        "title": assessment.title,
        "outcome": "no change",
        "review_due": timezone.localdate() + timedelta(days=365),
    }
    for part in PARTS:
        values = {name: said.get(name, MADE_UP) for name in part.fields}
        equality.change_part(assessment, part, values, by=writer)
    effects = dict.fromkeys(CHARACTERISTICS, ("neutral", MADE_UP))
    equality.change_effects(assessment, effects, by=writer)
    equality.sign(assessment, by=_account(Role.EQUALITY_LEAD, "example"), reason="Example.")
