"""Reading the register: the list, its files, each record, one's own work."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nhpf_web.core.views import signed_in
from nhpf_web.organisations.queries import organisations_where
from nhpf_web.organisations.rules import Right
from nhpf_web.what_works.models import Call, Question, StudyProposal
from nhpf_web.what_works.queries import research as queries
from nhpf_web.what_works.rules import Chosen, Group, answers, chips, choose, group_of
from nhpf_web.what_works.rules.research.checking import missing
from nhpf_web.what_works.rules.research.proposals import DESIGNS, PROTOCOL
from nhpf_web.what_works.rules.research.register import (
    KINDS,
    RegisterRow,
    register_as_csv,
    register_as_json,
)
from nhpf_web.what_works.rules.research.trials import TRIAL_DESIGNS, Plan, Prospects, prospects
from nhpf_web.what_works.views.asking import account, visitor
from nhpf_web.what_works.views.research.finding import REGISTER, Record, find

ON_A_PAGE = 25
HEADINGS = {
    "kind": "Kind",
    "state": "State",
    "area": "Area of focus",
    "prevention": "Prevention level",
    "subtype": "Kind of homicide",
}
RIGHTS = {
    "can_ask": Right.ASK_RESEARCH,
    "can_call": Right.CALL_FOR_RESEARCH,
    "can_propose": Right.DO_RESEARCH,
    "can_add": Right.ADD_STUDY,
}
# Written on pages of their own, which the page of the record links to.
ON_OWN_PAGES = {"proposals": {"change"}}


def _labels(rows: list[RegisterRow]) -> dict[str, dict[str, str]]:
    subjects = queries.subjects()
    states = sorted({row.state for row in rows})
    return {
        "kind": KINDS,
        "state": {state: state.capitalize() for state in states},
        "area": dict(subjects["area"]),
        "prevention": dict(subjects["level"]),
        "subtype": dict(subjects["subtype"]),
    }


def _sifted(request: HttpRequest, rows: list[RegisterRow]) -> tuple[Chosen, list[RegisterRow]]:
    chosen = choose(dict(request.GET.lists()), known=_labels(rows))
    return chosen, [row for row in rows if answers(row.tags, chosen)]


def _rights(request: HttpRequest) -> dict[str, bool]:
    user = visitor(request)
    held = {name: organisations_where(user, right).exists() for name, right in RIGHTS.items()}
    return held | {"can_call": queries.decides_on_research(user)}


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """List what a visitor may see, narrowed by the filters in the address."""
    rows = queries.rows_visible_to(visitor(request))
    labels = _labels(rows)
    chosen, matched = _sifted(request, rows)
    context = {
        "chosen": chosen,
        "groups": _groups(labels, rows, chosen),
        "chips": chips(chosen, labels),
        "page": Paginator(matched, ON_A_PAGE).get_page(request.GET.get("page")),
        "matched": len(matched),
        "total": len(rows),
        "open_calls": queries.calls_open(visitor(request)),
        "trail": REGISTER[:1],
        **_rights(request),
    }
    return render(request, "what_works/research/register.html", context)


def _groups(
    labels: dict[str, dict[str, str]], rows: list[RegisterRow], chosen: Chosen
) -> list[Group]:
    tagged = [row.tags for row in rows]
    return [
        group_of(name, heading=HEADINGS[name], labels=values, tagged=tagged, chosen=chosen)
        for name, values in labels.items()
    ]


@require_safe
def export(request: HttpRequest, ending: str) -> HttpResponse:
    """Hand out what the visitor may see, narrowed as the list is."""
    _, rows = _sifted(request, queries.rows_visible_to(visitor(request)))
    is_csv = ending == "csv"
    text = register_as_csv(rows) if is_csv else register_as_json(rows)
    return HttpResponse(
        text,
        content_type=f"{'text/csv' if is_csv else 'application/json'}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="OFFICIAL-research.{ending}"'},
    )


def _shown(request: HttpRequest, held: Record, kind: str) -> dict[str, Any]:
    """Return what the page of every record shows."""
    acts = [str(act) for act in queries.acts_of(visitor(request), held)]
    subjects = queries.subjects()
    return {
        "record": held,
        "kind": kind,
        "acts": [
            (act, act.replace(" ", "-")) for act in acts if act not in ON_OWN_PAGES.get(kind, ())
        ],
        "act_names": acts,
        "can_write": kind == "proposals" and "change" in acts,
        "subjects": [
            (heading, subjects[name][value])
            for name, heading in (
                ("area", "Area of focus"),
                ("subtype", "Kind of homicide"),
                ("level", "Prevention level"),
            )
            if (value := getattr(held, name)) in subjects[name]
        ],
        "is_example": held.organisation.is_demonstration,
        "permanent_address": request.build_absolute_uri(held.path),
        "trail": REGISTER,
        **_rights(request),
    }


@require_safe
def question(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a question, what was decided, who studies it, what answers it."""
    held: Question = find(request, "questions", reference)
    user = visitor(request)
    context = {
        "calls": queries.calls_visible_to(user).filter(questions=held),
        "studies": queries.studies_of(held),
        "outputs": queries.outputs_visible_to(user).filter(questions=held, state="listed"),
        "answers": queries.outputs_visible_to(user).filter(answers=held),
        "is_wanted": queries.questions_wanted().filter(pk=held.pk).exists(),
        "merged_address": held.merged_into.path if held.merged_into else "",
        **_shown(request, held, "questions"),
    }
    return render(request, "what_works/research/question.html", context)


@require_safe
def call(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a call, what it offers, and what its trial could and could not see."""
    held: Call = find(request, "calls", reference)
    user = visitor(request)
    context = {
        "questions": queries.questions_visible_to(user).filter(calls=held),
        "practices": _practices_of(held),
        "prospects": prospects_of(held),
        "design": TRIAL_DESIGNS.get(held.design, ""),
        "proposals": queries.proposals_visible_to(user).filter(call=held),
        "is_open": held.standing == "open",
        **_shown(request, held, "calls"),
    }
    return render(request, "what_works/research/call.html", context)


def _practices_of(held: Any) -> list[tuple[str, str]]:
    shown = dict(queries.practices_offered())
    return [
        (f"/what-works/{one.permanent_id}/", shown[one.pk])
        for one in held.practices.all()
        if one.pk in shown
    ]


def prospects_of(held: Call) -> Prospects | None:
    """Return what the trial of a call could see, where its figures are all there."""
    names = Plan.__dataclass_fields__
    figures = {name: getattr(held, name) for name in names}
    return None if missing(figures, dict.fromkeys(names, "")) else prospects(Plan(**figures))


@require_safe
def proposal(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a proposal: its protocol as registered, each change of it, ethics, data, outputs."""
    held: StudyProposal = find(request, "proposals", reference)
    user = visitor(request)
    context = {
        "protocol": [
            (label, DESIGNS.get(getattr(held, name), getattr(held, name)))
            for name, label in PROTOCOL.items()
        ],
        "changes": held.changes.all(),
        "questions": queries.questions_visible_to(user).filter(proposals=held),
        "outputs": queries.outputs_visible_to(user).filter(proposal=held),
        **_shown(request, held, "proposals"),
    }
    return render(request, "what_works/research/proposal.html", context)


@require_safe
def output(request: HttpRequest, reference: str) -> HttpResponse:
    """Show an output and what it bears on."""
    held = find(request, "outputs", reference)
    user = visitor(request)
    context = {
        "questions": queries.questions_visible_to(user).filter(outputs=held),
        "entries": queries.titles_of(held.bearings.values_list("entry", flat=True)),
        "practices": _practices_of(held),
        "study": queries.proposals_visible_to(user).filter(outputs=held).first(),
        **_shown(request, held, "outputs"),
    }
    return render(request, "what_works/research/output.html", context)


@require_safe
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Show what waits for this person in research, and what their organisations have in it."""
    context = {
        "work": queries.research_work_of(account(request)),
        "trail": REGISTER,
        **_rights(request),
    }
    return render(request, "what_works/research/mine.html", context)
