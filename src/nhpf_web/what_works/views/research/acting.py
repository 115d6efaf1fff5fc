"""The moves of the register by page: each act of a table is one address with one form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from nhpf_web.core.views import signed_in
from nhpf_web.organisations.queries import Account
from nhpf_web.what_works.actions.research import calls, outputs, proposals, questions
from nhpf_web.what_works.forms.proposals import Amend, DecideData, ProposalPage
from nhpf_web.what_works.forms.research import (
    Answer,
    Confirm,
    Extend,
    Merge,
    OutputWording,
    Reason,
    Wording,
    initial_of,
)
from nhpf_web.what_works.queries import research as queries
from nhpf_web.what_works.rules.research.calls import CallAct
from nhpf_web.what_works.rules.research.checking import page_of
from nhpf_web.what_works.rules.research.outputs import OutputAct
from nhpf_web.what_works.rules.research.proposals import ProposalAct
from nhpf_web.what_works.rules.research.questions import QuestionAct
from nhpf_web.what_works.views.asking import account, sent
from nhpf_web.what_works.views.research.finding import asked, attempt, find, trail_to
from nhpf_web.what_works.views.research.writing import change_call, practices_chosen

Makes = Callable[[Any, Any, Account], Form]
Does = Callable[[Any, Account, Mapping[str, Any]], object]


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says before an act, on its button and after it."""

    heading: str
    why: str
    button: str
    done: str
    makes: Makes
    does: Does


def _confirm(data: Any, _record: Any, _by: Account) -> Form:
    return Confirm(data)


def _reason(label: str, hint: str = "") -> Makes:
    return lambda data, _record, _by: Reason(data, label=label, hint=hint)


def _with(action: Callable[..., object]) -> Does:
    return lambda record, by, given: action(record, by=by, **given)


def _wording(data: Any, record: Any, _by: Account) -> Form:
    names = (*Wording.base_fields, *queries.subjects())
    return Wording(data, initial=initial_of(record, names))


def _ethics(data: Any, record: Any, _by: Account) -> Form:
    page = page_of("ethics")
    assert page is not None
    return ProposalPage(data, page=page, proposal=record, initial=initial_of(record, page.fields))


def _output(data: Any, record: Any, by: Account) -> Form:
    names = (*OutputWording.base_fields, *queries.subjects(), "proposal")
    initial = initial_of(record, names) | {
        "questions": record.questions.all(),
        "practices": [one.pk for one in record.practices.all()],
        "entries": list(record.bearings.values_list("entry", flat=True)),
    }
    return OutputWording(data, user=by, initial=initial)


def _change_output(record: Any, by: Account, given: Mapping[str, Any]) -> None:
    outputs.change(record, {**given, "practices": practices_chosen(given["practices"])}, by=by)


_PRIORITY = "Why is it a priority?"
_READ = "Everybody reads the reasons. Do not name people."

PAGES: Mapping[str, Mapping[str, Page]] = {
    "questions": {
        QuestionAct.CHANGE: Page(
            "Change the question", "Nobody has decided on it yet.", "Save", "Saved.", _wording,
            lambda record, by, given: questions.change(record, given, by=by),
        ),
        QuestionAct.ACCEPT: Page(
            "Accept the question", "Calls and proposals may be about it from now on.",
            "Accept it", "The question is accepted.", _reason(_PRIORITY, _READ),
            _with(questions.accept),
        ),
        QuestionAct.DECLINE: Page(
            "Decline the question", "It stays in the register with your reasons.",
            "Decline it", "The question is declined.", _reason("", _READ),
            _with(questions.decline),
        ),
        QuestionAct.MERGE: Page(
            "Merge it into another question", "Its address leads to the other from now on.",
            "Merge it", "The question is merged.",
            lambda data, record, _by: Merge(data, question=record), _with(questions.merge),
        ),
        QuestionAct.ANSWER: Page(
            "Record the answer", "Say which outputs answer it, and how sure the answer is.",
            "Record it", "The answer is recorded.",
            lambda data, record, _by: Answer(data, question=record), _with(questions.answer),
        ),
        QuestionAct.REOPEN: Page(
            "Open the question again", "The answer that stood stays in the list of its outputs.",
            "Open it again", "The question is open again.",
            _reason("Why does the answer no longer do?", _READ), _with(questions.reopen),
        ),
    },
    "calls": {
        CallAct.OPEN: Page(
            "Open the call", "Everybody can read it, and research organisations can answer it.",
            "Open it", "The call is open.", _confirm, _with(calls.open_call),
        ),
        CallAct.EXTEND: Page(
            "Move the closing date", "Only to a later day.", "Move it", "The date is moved.",
            lambda data, _record, _by: Extend(data), _with(calls.extend),
        ),
        CallAct.CLOSE: Page(
            "Close the call", "No further proposal can answer it.", "Close it",
            "The call is closed.", _confirm, _with(calls.close),
        ),
        CallAct.AWARD: Page(
            "Award the call", "Every proposal for it is decided, and one was accepted.",
            "Award it", "The call is awarded.", _reason("", _READ), _with(calls.award),
        ),
        CallAct.END: Page(
            "End the call without a study", "Its questions are open to proposals again.",
            "End it", "The call has ended.", _reason("", _READ), _with(calls.end),
        ),
    },
    "proposals": {
        ProposalAct.SUBMIT: Page(
            "Submit the proposal",
            "An editor of the framework decides; where it asks for data, a data steward or an"
            " editor decides on those.",
            "Submit it", "The proposal is submitted.", _confirm, _with(proposals.submit),
        ),
        ProposalAct.DECIDE_DATA: Page(
            "Decide on the data",
            "No row about a person is handed over here. What can be granted is aggregate, through"
            " disclosure control, or rests on an agreement between organisations.",
            "Record the decision", "The decision on the data is recorded.",
            lambda data, _record, _by: DecideData(data), _with(proposals.decide_data),
        ),
        ProposalAct.RETURN: Page(
            "Return it with questions", "Its organisation changes it and submits it again.",
            "Return it", "It is returned.", _reason("What must be answered or changed?"),
            _with(proposals.send_back),
        ),
        ProposalAct.DECLINE: Page(
            "Decline the proposal", "Its organisation reads your reasons.", "Decline it",
            "The proposal is declined.", _reason(""), _with(proposals.decline),
        ),
        ProposalAct.ACCEPT: Page(
            "Accept and register the study",
            "Its protocol stands from now on, and everybody reads it. Later changes are shown with"
            " their date.",
            "Accept it", "The study is registered.", _reason("", _READ), _with(proposals.accept),
        ),
        ProposalAct.AMEND: Page(
            "Change the protocol",
            "What was accepted stays on the page; your change stands beside it with its date.",
            "Record the change", "The change is recorded.",
            lambda data, _record, _by: Amend(data, label="Why does it change?"),
            _with(proposals.amend),
        ),
        ProposalAct.STATE_ETHICS: Page(
            "State the ethics review", "A study begins when it is done.", "Record it",
            "Recorded.", _ethics,
            lambda record, by, given: proposals.state_ethics(record, given, by=by),
        ),
        ProposalAct.BEGIN: Page(
            "Begin the study", "Its questions are under study from now on.", "Begin it",
            "The study is under way.", _confirm, _with(proposals.start),
        ),
        ProposalAct.REPORT: Page(
            "Record that it has reported",
            "Add its output first: a null result is as welcome as any.", "Record it",
            "The study has reported.", _confirm, _with(proposals.report),
        ),
        ProposalAct.STOP: Page(
            "Stop the study", "It stays listed, with your reason.", "Stop it",
            "The study is stopped.", _reason("Why does it stop?", _READ), _with(proposals.stop),
        ),
    },
    "outputs": {
        OutputAct.CHANGE: Page(
            "Change the output", "It is not listed yet.", "Save", "Saved.", _output,
            _change_output,
        ),
        OutputAct.LIST: Page(
            "List the output", "It stands on the pages of what it bears on from now on.",
            "List it", "The output is listed.", _reason("What did you check?", _READ),
            _with(outputs.list_output),
        ),
        OutputAct.DECLINE: Page(
            "Decline the output", "Its organisation reads your reasons.", "Decline it",
            "The output is declined.", _reason(""), _with(outputs.decline),
        ),
        OutputAct.RETRACT: Page(
            "Retract the output", "It stays in the register with the reason.", "Retract it",
            "The output is retracted.", _reason("Why is it retracted?", _READ),
            _with(outputs.retract),
        ),
    },
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def act(request: HttpRequest, kind: str, reference: str, act_slug: str) -> HttpResponse:
    """Ask what an act needs to know, and do it."""
    record, by = find(request, kind, reference), account(request)
    chosen = act_slug.replace("-", " ")
    is_change_of_call = (kind, chosen) == ("calls", CallAct.CHANGE)
    if chosen not in PAGES[kind] and not is_change_of_call:
        raise Http404
    if chosen not in queries.acts_of(by, record):
        raise PermissionDenied
    if is_change_of_call:
        return change_call(request, record)
    page = PAGES[kind][chosen]
    form = page.makes(sent(request), record, by)
    if attempt(form, lambda: page.does(record, by, form.cleaned_data)):
        messages.success(request, page.done)
        return redirect(record.path)
    return asked(
        request, form, heading=page.heading, why=page.why, button=page.button,
        caption=record.title, trail=trail_to(record),
    )  # fmt: skip
