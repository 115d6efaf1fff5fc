"""Reading returns and the activity register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from nhpf_web.core.rules import FormPage
from nhpf_web.cycle.models import Activity, Cycle, Return
from nhpf_web.cycle.rules.returns import STEPS, Answer, unanswered
from nhpf_web.organisations import queries as organisations
from nhpf_web.organisations.queries import Visitor
from nhpf_web.organisations.rules import Right
from nhpf_web.what_works.queries import edition

COLUMNS = (
    "organisation", "title", "what", "areas", "toolkits", "level", "place", "scale", "since",
    "partners", "evaluated", "contact_desk",
)  # fmt: skip
LEVELS = {
    "primary": "Primary: everybody",
    "secondary": "Secondary: where risk is raised",
    "tertiary": "Tertiary: stopping what recurs",
}


def returns_visible_to(_user: Visitor, cycle: Cycle) -> QuerySet[Return]:
    """Return who was asked in a cycle and whether they answered; not what they write."""
    return Return.objects.filter(cycle=cycle).select_related("organisation", "cycle")


def not_asked(cycle: Cycle) -> QuerySet[Any]:
    """Return the organisations that a cycle has not asked yet."""
    return organisations.taking_part().exclude(return__cycle=cycle)


def writable_by(user: Visitor) -> QuerySet[Return]:
    """Return the returns that a user writes: those of organisations where a role allows it."""
    own = organisations.organisations_where(user, Right.ANSWER_RETURN)
    return Return.objects.filter(organisation__in=own).select_related("organisation", "cycle")


def visible_to(user: Visitor) -> QuerySet[Activity]:
    """Return the activities of sent returns and, to an organisation's people, its own."""
    own = Q(answer__organisation__in=organisations.visible_to(user))
    return Activity.objects.filter(Q(answer__state=Answer.SENT) | own).select_related(
        "answer__organisation", "answer__cycle"
    )


def register(*, area: str = "", level: str = "") -> list[Activity]:
    """Return the activities of all sent returns, narrowed by area of focus and level."""
    sent = Activity.objects.filter(answer__state=Answer.SENT).select_related("answer__organisation")
    found = sent.filter(level=level) if level else sent
    # By name of activity: a list by organisation would read as a table of who does most.
    held = sorted(found, key=lambda one: one.title.casefold())
    return [one for one in held if not area or area in one.areas]


def missing_of(activity: Activity) -> tuple[FormPage, ...]:
    """Return the steps that an activity still misses."""
    return unanswered({name: getattr(activity, name) for step in STEPS for name in step.fields})


def choices(kind: str) -> list[tuple[str, str]]:
    """Return the entries of one kind as choices of a form: permanent id and title."""
    return [(one.id, one.title) for one in edition().of_kind(kind)]


def titles(ids: Iterable[str]) -> list[str]:
    """Return the titles of entries; an id that leads nowhere stays as it is."""
    held = edition()
    found = (held.entries.get(held.resolve(id)) for id in ids)
    return [one.title if one else id for one, id in zip(found, ids, strict=True)]


def answers_of(activity: Activity) -> list[tuple[FormPage, list[tuple[str, str]]]]:
    """Return each step with its questions and answers in words."""
    said = {
        "areas": ", ".join(titles(activity.areas)),
        "toolkits": ", ".join(titles(activity.toolkits)),
        "level": LEVELS.get(activity.level, ""),
        "scale": activity.get_scale_display(),
        "evaluated": activity.get_evaluated_display(),
    }
    return [
        (step, [(LABELS[name], said.get(name, getattr(activity, name))) for name in step.fields])
        for step in STEPS
    ]


LABELS: Mapping[str, str] = {
    "title": "Title",
    "what": "What you do",
    "areas": "Areas of focus",
    "toolkits": "Toolkits",
    "level": "Prevention level",
    "place": "Where",
    "scale": "Scale",
    "since": "Since",
    "partners": "Partners",
    "evaluated": "Evaluated",
    "contact_desk": "Contact desk",
}


def rows(activities: Iterable[Activity]) -> Iterator[list[Any]]:
    """Yield the register as rows of a table, the headings first; lists joined with spaces."""
    yield list(COLUMNS)
    for one in activities:
        held = {"organisation": str(one.answer.organisation), **vars(one)}
        yield [
            " ".join(held[name]) if isinstance(held[name], list) else harmless(held[name])
            for name in COLUMNS
        ]


def harmless(value: Any) -> Any:
    """Keep a spreadsheet from taking words for a formula."""
    risky = isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{value}" if risky else ("" if value is None else value)


def coverage() -> list[tuple[str, str, int]]:
    """Return each area of focus, in the strategy's order, with how many activities name it."""
    held = register()
    return [
        (one.id, one.title, sum(one.id in activity.areas for activity in held))
        for one in edition().of_kind("area")
    ]
