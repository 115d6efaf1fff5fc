"""Example research, so that a newcomer sees each page: it claims nothing and says so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from nhpf.errors import NotPermitted
from nhpf_web.organisations.actions import demonstration_account
from nhpf_web.organisations.queries import Account
from nhpf_web.organisations.rules import Role
from nhpf_web.what_works.actions.research import calls, outputs, proposals, questions
from nhpf_web.what_works.models import Call, Question, StudyProposal
from nhpf_web.what_works.queries import research as queries
from nhpf_web.what_works.rules.research.checking import PAGES

# Made-up bodies, so that no real one seems to have asked.
UNIVERSITY, FORCE = "university", "second-constabulary"
MADE_UP = "Example, made up: nobody asked, studied or found this."
SUBJECT = {"area": "ar-knife", "subtype": "3", "level": "secondary"}


@transaction.atomic
def make_demonstration_research() -> tuple[str, ...]:
    """Make example questions, an open call for a trial, studies and outputs.

    Returns
    -------
    tuple of str
        The references that were made: none where there are some already, or no accounts.

    Raises
    ------
    NotPermitted
        In production.
    """
    if settings.NHPF_IS_PRODUCTION:
        raise NotPermitted("Example research is refused where NHPF_ENV is production.")
    researcher = demonstration_account(Role.RESEARCHER)
    if researcher is None or Question.objects.exists():
        return ()
    editor = _account(Role.EDITOR)
    asked = [_question(title) for title in ("is only asked", "is called", "is under study")]
    for question in asked[1:]:
        questions.accept(question, reason=MADE_UP, by=editor)
    call = _call(asked[1], by=editor)
    draft = proposals.begin(
        organisation=UNIVERSITY, title="Example: a draft that answers a call", call=call,
        by=researcher,
    )  # fmt: skip
    under_way = _study("Example: a study under way", asked[2], by=researcher)
    stopped = _study("Example: a study that stopped", asked[2], by=researcher)
    proposals.stop(stopped, reason=f"{MADE_UP} Too few places took part.", by=researcher)
    proposals.amend(
        under_way, field="outcome", now=f"{MADE_UP} Admissions within a year instead.",
        reason=MADE_UP, by=researcher,
    )  # fmt: skip
    output = outputs.offer(
        organisation=UNIVERSITY, values=_found(under_way, asked[2]), by=researcher
    )
    outputs.list_output(output, reason=MADE_UP, by=editor)
    made = (*asked, call, draft, under_way, stopped, output)
    return tuple(one.reference for one in made)


def _account(role: Role, label: str = "") -> Account:
    held = demonstration_account(role, label=label)
    assert held is not None, "the demonstration makes all its accounts at once"
    return held


def _question(what: str) -> Question:
    asker = _account(Role.LEAD, "second")
    values = {
        **SUBJECT,
        "title": f"Example: a question that {what}",
        "why": f"{MADE_UP} A real one says here what would be done differently if it were known.",
        "wanted": f"{MADE_UP} A real one says here what its force would believe.",
    }
    origin = queries.origin_of({"about": "ar-knife"}, asker)
    return questions.ask(organisation=FORCE, values=values, origin=origin, by=asker)


def _call(question: Question, *, by: Account) -> Call:
    values: dict[str, Any] = {
        **SUBJECT,
        "kind": "trial",
        "title": "Example: a call for a trial",
        "summary": f"{MADE_UP} A real one says here what is to be tried, and where.",
        "offered": f"{MADE_UP} A real one says here which aggregate data and funding there are.",
        "closes": timezone.localdate() + timedelta(days=90),
        "questions": [question],
        "outcome": "hospital admissions",
        "baseline": 60.0,
        "fall": 20,
        "units": 8,
        "years": 1.0,
        "design": "comparison",
    }
    held = calls.begin(values, by=by)
    calls.open_call(held, by=by)
    held.refresh_from_db()
    return held


def _study(title: str, question: Question, *, by: Account) -> StudyProposal:
    """Return a study of a question that was registered and begun."""
    held = proposals.begin(organisation=UNIVERSITY, title=title, questions=[question], by=by)
    today = timezone.localdate()
    values: dict[str, Any] = {
        **dict.fromkeys(("summary", "outcome", "measures", "analysis", "power"), MADE_UP),
        **dict.fromkeys(("data_what", "data_purpose", "data_basis", "data_control"), MADE_UP),
        **SUBJECT,
        "title": title,
        "questions": [question],
        "design": "interrupted",
        "ethics": "not needed",
        "ethics_reason": MADE_UP,
        "data": "aggregate",
        "starts": today,
        "reports": today + timedelta(days=700),
    }
    for page in PAGES:
        proposals.save_page(held, page, {name: values.get(name) for name in page.fields}, by=by)
    proposals.submit(held, by=by)
    proposals.decide_data(held, is_granted=True, reasons=MADE_UP, by=_account(Role.DATA_STEWARD))
    proposals.accept(held, reason=MADE_UP, by=_account(Role.EDITOR))
    proposals.start(held, by=by)
    held.refresh_from_db()
    return held


def _found(study: StudyProposal, question: Question) -> dict[str, Any]:
    return {
        **SUBJECT,
        "kind": "report",
        "title": "Example: a report of a study",
        "citation": "Example, made up. No such report was published.",
        "found": f"{MADE_UP} A real one says here what was found, with its interval.",
        "proposal": study,
        "questions": [question],
        "entries": ["ar-knife", "iv-hsp"],
    }
