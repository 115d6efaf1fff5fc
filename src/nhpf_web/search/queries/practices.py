"""Published practices as documents, and what they are compared by."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from time import monotonic

from django.db.models import Count, F, Max, Q, Sum
from django.utils import timezone

from nhpf_web.search.models import Change
from nhpf_web.search.rules import OVERDUE_PRIOR, Document
from nhpf_web.what_works import queries as what_works
from nhpf_web.what_works.rules import BY_CODE, FIELDS, Answers, Kind

# The facets that entries have too, with the question that answers each.
FACETS = {"theme": "themes", "area": "areas", "prevention": "prevention"}
CHOSEN = {"Themes": "theme", "Areas of focus": "area", "Prevention level": "prevention"}
TOLD = {
    "In short": ("summary",),
    "Partners": ("partners",),
    "What studies found": ("results", "evidence"),
    "Cost": ("cost",),
    "What it is": ("response",),
    "When it helps": ("problem", "suits"),
    "How it is done": ("mechanism", "dose"),
    "Who is needed": ("staffing",),
    "What can go wrong": ("lessons",),
}
PRIOR = 1.0
SUMMARY = "summary"
A_MINUTE = 60


@dataclass(frozen=True, slots=True)
class _Seen:
    marks: Hashable
    at: float
    stamp: Hashable


_seen: list[_Seen] = []


def version() -> Hashable:
    """Return what changes when a practice is published, mended, withdrawn or falls due.

    The practices are looked at when something was marked as changed, when the day is another, and
    once a minute: what was written past Django's models bears no mark.
    """
    marked = Change.objects.aggregate(count=Count("pk"), sum=Sum("mark"))
    marks = timezone.localdate(), *marked.values()
    seen, now = next(iter(_seen), None), monotonic()
    if seen is None or seen.marks != marks or now - seen.at > A_MINUTE:
        seen = _Seen(marks, now, (marks[0], *published_now()))
        _seen[:] = [seen]
    return seen.stamp


def published_now() -> tuple[object, ...]:
    """Return what tells one set of published practices from another.

    The sums tell sets of the same size apart: one practice may leave as another comes.
    """
    held = what_works.published().order_by()
    counted = held.aggregate(
        count=Count("pk"),
        ids=Sum("pk"),
        squares=Sum(F("pk") * F("pk")),
        latest=Max("saved_at"),
        waiting=Count("pk", filter=Q(has_waiting=True)),
    )
    return tuple(counted.values())


def practices() -> Iterator[Document]:
    """Yield the version of each practice that everybody reads."""
    for held in what_works.published():
        stale = what_works.staleness(held)
        yield Document(
            held.practice.permanent_id,
            "practice",
            held.title,
            f"/what-works/{held.practice.permanent_id}/",
            str(held.answers.get(SUMMARY, "")),
            (held.practice.permanent_id, held.practice.organisation.name),
            "\n\n".join(_body(held.answers)),
            tuple(_tags(held.answers)),
            OVERDUE_PRIOR if stale else PRIOR,
            stale,
        )


def _body(answers: Answers) -> Iterator[str]:
    for name, answer in answers.items():
        if isinstance(answer, str) and FIELDS[name].kind == Kind.TEXT and name != SUMMARY:
            yield answer


def _tags(answers: Answers) -> Iterator[tuple[str, str]]:
    for facet, name in FACETS.items():
        for value in answers.get(name, ()):
            yield facet, value


def rows(key: str) -> Mapping[str, str]:
    """Return what a practice is compared by, under the headings that entries have."""
    practice = what_works.practice_with(key)
    held = what_works.published().filter(practice=practice).first() if practice else None
    if held is None:
        return {}
    told = {
        heading: "\n\n".join(str(held.answers[name]) for name in names if held.answers.get(name))
        for heading, names in TOLD.items()
    }
    due = held.review_due
    return {
        "In short": told.pop("In short"),
        **{heading: ", ".join(_words(facet, held.answers)) for heading, facet in CHOSEN.items()},
        "Strength of evidence": BY_CODE[held.finding].words,
        **told,
        "To be reviewed by": f"{due:%-d %B %Y}" if due else "",
    }


def _words(facet: str, answers: Answers) -> Iterator[str]:
    labels = what_works.options()[facet]
    return (labels[value] for value in answers.get(FACETS[facet], ()) if value in labels)
