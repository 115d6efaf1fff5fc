"""Published practices as documents, and what they are compared by."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping

from django.db.models import Count, F, Max, Sum
from django.utils import timezone

from nhpf_web.search.rules import Document
from nhpf_web.what_works import queries as what_works
from nhpf_web.what_works.rules import BY_CODE, FIELDS, Answers, Kind, State

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
# An entry whose review is overdue sinks; it is found all the same, and says so.
OVERDUE_PRIOR = 0.5
SUMMARY = "summary"


def version() -> Hashable:
    """Return what changes when a practice is published, mended, withdrawn or falls due.

    The sums tell sets of the same size apart: one practice may leave as another comes.
    """
    held = what_works.published().order_by()
    counted = held.aggregate(
        count=Count("pk"), ids=Sum("pk"), squares=Sum(F("pk") * F("pk")), latest=Max("saved_at")
    )
    return timezone.localdate(), *counted.values()


def practices() -> Iterator[Document]:
    """Yield the version of each practice that everybody reads."""
    for held in what_works.published():
        is_overdue = held.standing == State.REVIEW_DUE
        yield Document(
            held.practice.permanent_id,
            "practice",
            held.title,
            f"/what-works/{held.practice.permanent_id}/",
            str(held.answers.get(SUMMARY, "")),
            (held.practice.permanent_id, held.practice.organisation.name),
            "\n\n".join(_body(held.answers)),
            tuple(_tags(held.answers)),
            OVERDUE_PRIOR if is_overdue else PRIOR,
            "Its review is overdue" if is_overdue else "",
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
