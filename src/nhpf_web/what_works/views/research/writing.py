"""Asking a question, beginning a call or a proposal, writing it, adding an output."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from nhpf_web.core.views import signed_in
from nhpf_web.organisations.queries import organisations_where
from nhpf_web.organisations.rules import Right
from nhpf_web.what_works.actions.research import calls, outputs, proposals, questions
from nhpf_web.what_works.forms.proposals import BeginProposal, ProposalPage
from nhpf_web.what_works.forms.research import AddOutput, AskQuestion, CallForm, initial_of
from nhpf_web.what_works.models import Call, StudyProposal
from nhpf_web.what_works.queries import research as queries
from nhpf_web.what_works.rules.research.checking import NEEDED, PAGES, faults, missing, page_of
from nhpf_web.what_works.rules.research.proposals import PROPOSALS, ProposalAct, ProposalState
from nhpf_web.what_works.views.asking import account, sent, visitor
from nhpf_web.what_works.views.research.finding import (
    REGISTER,
    asked,
    attempt,
    find,
    trail_to,
)

either = require_http_methods(["GET", "HEAD", "POST"])
GIVEN = ("title", "why", "wanted", "summary", "offered", "outcome", "baseline", "fall", "units",
         "years", "design", "kind")  # fmt: skip


def _organisations(request: HttpRequest, right: Right) -> QuerySet[Any]:
    """Return where a user may do this; one who may nowhere is stopped."""
    own = organisations_where(visitor(request), right)
    if not own.exists():
        raise PermissionDenied
    return own


def _given(request: HttpRequest) -> dict[str, Any]:
    """Return what a link to a form fills in."""
    held = {name: request.GET[name] for name in GIVEN if name in request.GET}
    return {**held, **queries.subject_of(request.GET)}


def _with_organisation(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    given = dict(cleaned)
    return {"organisation": given.pop("organisation").slug, "values": given}


@either
@signed_in
def ask(request: HttpRequest) -> HttpResponse:
    """Ask a question; a link says what it is raised from and fills the form in."""
    own = _organisations(request, Right.ASK_RESEARCH)
    origin = queries.origin_of(request.GET, visitor(request))
    form = AskQuestion(sent(request), organisations=own, initial=_given(request))
    made = []

    def act() -> None:
        made.append(
            questions.ask(
                **_with_organisation(form.cleaned_data), origin=origin, by=account(request)
            )
        )

    if attempt(form, act):
        messages.success(request, "The question is asked. An editor decides on it.")
        return redirect(made[0].path)
    raised = f"It is raised from: {origin['raised_label']}. " if origin["raised_label"] else ""
    why = "An editor decides whether it is a priority and says why. No person is named: your"
    why += " organisation stands with it."
    return asked(
        request, form, heading="Ask a research question", why=raised + why, button="Ask it",
        trail=REGISTER,
    )  # fmt: skip


def _call_values(form: CallForm) -> dict[str, Any]:
    given = dict(form.cleaned_data)
    return {**given, "practices": practices_chosen(given["practices"])}


def practices_chosen(keys: list[str]) -> list[Any]:
    """Return the practices that a form chose."""
    return queries.practices_offered_with(keys)


@either
@signed_in
def begin_call(request: HttpRequest) -> HttpResponse:
    """Begin a call; a link names its questions, its practices and its figures."""
    if not queries.decides_on_research(visitor(request)):
        raise PermissionDenied
    wanted = queries.questions_wanted()
    found = [queries.with_reference(wanted, one) for one in request.GET.getlist("question")]
    initial = _given(request) | {
        "questions": [one for one in found if one],
        "practices": [one.pk for one in queries.practices_with(request.GET.getlist("about"))],
    }
    form = CallForm(sent(request), initial=initial)
    made = []
    if attempt(form, lambda: made.append(calls.begin(_call_values(form), by=account(request)))):
        return redirect(made[0].path)
    why = "It is a draft until it is opened. For a trial the page then says what it could see,"
    why += " and what it could not."
    return asked(
        request, form, heading="Begin a call", why=why, button="Save the draft", trail=REGISTER
    )


def change_call(request: HttpRequest, held: Call) -> HttpResponse:
    """Change a draft."""
    initial = initial_of(held, CallForm.base_fields) | {
        "questions": held.questions.all(),
        "practices": [one.pk for one in held.practices.all()],
        **{name: getattr(held, name) for name in queries.subjects()},
    }
    form = CallForm(sent(request), initial=initial, about=held.questions.all())
    if attempt(form, lambda: calls.change(held, _call_values(form), by=account(request))):
        messages.success(request, "Saved.")
        return redirect(held.path)
    return asked(
        request, form, heading="Change the call", button="Save", trail=trail_to(held),
        why="It stays a draft until it is opened.",
    )  # fmt: skip


@either
@signed_in
def begin_proposal(request: HttpRequest) -> HttpResponse:
    """Begin a proposal, for a call or of one's own."""
    own = _organisations(request, Right.DO_RESEARCH)
    user = account(request)
    call = queries.with_reference(queries.calls_visible_to(user), request.GET.get("call", ""))
    wanted = queries.questions_wanted()
    about = [queries.with_reference(wanted, one) for one in request.GET.getlist("question")]
    form = BeginProposal(sent(request), organisations=own, initial=_given(request))
    made = []

    def act() -> None:
        made.append(
            proposals.begin(
                organisation=form.cleaned_data["organisation"].slug,
                title=form.cleaned_data["title"],
                call=call,
                questions=[one for one in about if one],
                by=user,
            )
        )

    if attempt(form, act):
        return redirect(f"{made[0].path}write/")
    about_what = f"It answers the call “{call.title}”. " if call else ""
    return asked(
        request, form, heading="Propose a study", button="Begin", trail=REGISTER,
        why=about_what + "Only your organisation sees a draft. Each page is saved as you leave it.",
    )  # fmt: skip


def _writable(request: HttpRequest, reference: str) -> StudyProposal:
    held: StudyProposal = find(request, "proposals", reference)
    if ProposalAct.CHANGE not in queries.acts_of(visitor(request), held):
        raise PermissionDenied
    return held


@require_safe
@signed_in
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the pages of a proposal's form and what is left."""
    held = _writable(request, reference)
    pages = [(page, _left(held, page.fields)) for page in PAGES]
    context = {
        "record": held,
        "pages": pages,
        "is_whole": not any(left for _, left in pages),
        "can_submit": PROPOSALS.leads(ProposalState(held.state), ProposalAct.SUBMIT),
        "trail": trail_to(held),
    }
    return render(request, "what_works/research/write.html", context)


def _left(held: StudyProposal, names: tuple[str, ...]) -> list[str]:
    values = {name: getattr(held, name) for name in names if name != "questions"}
    needed = {name: NEEDED[name] for name in names if name in NEEDED}
    left = [*missing(values, needed), *faults(values).values()]
    if "questions" in names and not (held.questions.exists() or held.call):
        left.append("the question that it is about")
    return left


@either
@signed_in
def write_page(request: HttpRequest, reference: str, page_slug: str) -> HttpResponse:
    """Ask one page of a proposal."""
    held, page = _writable(request, reference), page_of(page_slug)
    if page is None:
        raise Http404
    initial = {name: getattr(held, name) for name in page.fields if name != "questions"}
    if "questions" in page.fields:
        initial["questions"] = held.questions.all()
    form = ProposalPage(sent(request), page=page, proposal=held, initial=initial)
    by = account(request)
    if attempt(form, lambda: proposals.save_page(held, page, form.cleaned_data, by=by)):
        messages.success(request, f"Saved: {page.title}.")
        return redirect("what_works:write_proposal", reference)
    return asked(
        request, form, heading=page.title, why=page.why, button="Save", caption=held.title,
        trail=[*trail_to(held), ("Write", f"{held.path}write/")],
    )  # fmt: skip


@either
@signed_in
def add_output(request: HttpRequest) -> HttpResponse:
    """Put an output into the register; a link names its study, questions and entries."""
    own = _organisations(request, Right.ADD_STUDY)
    user = account(request)
    study = queries.with_reference(
        queries.proposals_visible_to(user), request.GET.get("proposal", "")
    )
    asked_about = request.GET.getlist("question")
    found = [queries.with_reference(queries.questions_visible_to(user), q) for q in asked_about]
    about = request.GET.getlist("about")
    initial = _given(request) | {
        "proposal": study,
        "questions": [q for q in found if q] or (study.questions.all() if study else []),
        "entries": about,
        "practices": [one.pk for one in queries.practices_with(about)],
    }
    if study:
        initial |= {name: getattr(study, name) for name in queries.subjects()}
    form = AddOutput(sent(request), organisations=own, user=user, initial=initial)
    made = []

    def act() -> None:
        given = _with_organisation(form.cleaned_data)
        given["values"]["practices"] = practices_chosen(given["values"]["practices"])
        made.append(outputs.offer(**given, by=user))

    if attempt(form, act):
        messages.success(request, "It is in. An editor checks what it bears on and lists it.")
        return redirect(made[0].path)
    return asked(
        request, form, heading="Add an output", button="Add it", trail=REGISTER,
        why="A publication, a dataset, a report or a null result, published by anybody.",
    )  # fmt: skip
