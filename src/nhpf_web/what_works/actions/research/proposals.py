"""Proposals for studies: written, decided, registered, changed openly, reported or stopped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.audit.rules import Verb
from nhpf_web.core.rules import FormPage
from nhpf_web.organisations.queries import Account, check_may
from nhpf_web.organisations.rules import OWNER_SLUG, Right
from nhpf_web.what_works.actions.research.questions import serve
from nhpf_web.what_works.actions.research.registering import (
    check_nobody,
    decided,
    held_still,
    log,
    move_of,
    own_organisation,
    registered,
    subject,
    tell,
    words,
)
from nhpf_web.what_works.models import Call, ProtocolChange, Question, StudyProposal
from nhpf_web.what_works.rules.research.calls import CallState
from nhpf_web.what_works.rules.research.checking import (
    check_can_accept,
    check_can_begin,
    check_can_submit,
    ethics_faults,
    faults,
)
from nhpf_web.what_works.rules.research.outputs import OutputState
from nhpf_web.what_works.rules.research.proposals import (
    DESIGNS,
    PROPOSALS,
    PROTOCOL,
    Data,
    DataState,
    Ethics,
    ProposalAct,
    ProposalState,
)
from nhpf_web.what_works.rules.research.questions import WANTED, QuestionAct

ETHICS = ("ethics", "ethics_reason", "ethics_body", "ethics_reference", "ethics_on")
CHOICES: Mapping[str, Any] = {"ethics": set(Ethics), "data": set(Data), "design": set(DESIGNS)}


@transaction.atomic
def begin(
    *,
    organisation: str,
    title: str,
    call: Call | None = None,
    questions: Any = (),
    by: Account,
) -> StudyProposal:
    """Begin a proposal as a draft of an organisation: for an open call, or of one's own.

    Raises
    ------
    NotPermitted
        Where no role of the person allows it, the call is not open, or the organisation is the
        framework's owner, on whose proposals nobody could decide.
    """
    check_may(by, Right.DO_RESEARCH, organisation=organisation)
    if organisation == OWNER_SLUG:
        raise NotPermitted(
            "The framework’s owner decides on proposals, so it makes none.",
            next_step="Open a call instead.",
        )
    _check_open(Call.objects.get(pk=call.pk) if call else None)
    home = own_organisation(organisation, by=by)
    copied = {"area": call.area, "subtype": call.subtype, "level": call.level} if call else {}
    held = registered(
        StudyProposal, home, {**subject({"title": title, **copied}), "call": call}, by=by
    )
    _about(held, questions or (call.questions.all() if call else ()))
    log(held, Verb.COLLECTION, by=by)
    return held


def _check_open(call: Call | None) -> None:
    if call is not None and call.standing != CallState.OPEN:
        raise NotPermitted("This call is not open.", next_step="Propose a study of your own.")


def _about(held: StudyProposal, questions: Any) -> None:
    named = Question.objects.filter(pk__in=[one.pk for one in questions])
    if named.exclude(state__in=WANTED).exclude(pk__in=held.questions.values("pk")).exists():
        raise InvalidInput("A study is about questions that were accepted.")
    held.questions.set(questions)


@transaction.atomic
def save_page(
    proposal: StudyProposal, page: FormPage, values: Mapping[str, Any], *, by: Account
) -> None:
    """Save one page of a draft or a returned proposal; it may be half done.

    Raises
    ------
    InvalidInput, PersonalData
        Where an answer is not one of those offered, contradicts another, or points to a person.
    """
    held = _moved(proposal, ProposalAct.CHANGE, by=by)
    given = {name: values.get(name) for name in page.fields}
    if page.slug == "study":
        _about(held, given.pop("questions") or ())
        given |= subject(given)
    _set(held, given)
    if held.data == Data.NONE:
        held.data_state = DataState.NONE
    if wrong := faults({name: getattr(held, name) for name in page.fields if name != "questions"}):
        raise InvalidInput(next(iter(wrong.values())))
    held.save()
    log(held, Verb.ALTERATION, by=by, reason=page.title)


def _set(held: StudyProposal, given: Mapping[str, Any]) -> None:
    for name, value in given.items():
        if isinstance(value, str):
            check_nobody(value)
            value = value.replace("\r\n", "\n").strip()
        if name in CHOICES and value and value not in CHOICES[name]:
            raise InvalidInput(f"There is no such {name}.")
        is_date = name in ("starts", "reports", "ethics_on")
        setattr(held, name, value if is_date else value or "")


@transaction.atomic
def submit(proposal: StudyProposal, *, by: Account) -> None:
    """Hand a proposal in; a request for data waits for a decision of its own.

    Raises
    ------
    InvalidInput
        Where something is not said.
    NotPermitted
        Where its call has closed since.
    """
    held = _moved(proposal, ProposalAct.SUBMIT, by=by)
    if held.submitted_on is None:
        _check_open(held.call)
    is_about = held.questions.exists() or held.call is not None
    check_can_submit(vars(held), is_about_something=is_about)
    held.data_state = DataState.NONE if held.data == Data.NONE else DataState.WAITING
    held.data_reasons, held.data_decided_by, held.data_decided_on = "", None, None
    held.submitted_on = timezone.localdate()
    held.save()
    log(held, Verb.DISCLOSURE, by=by, reason="Submitted")


@transaction.atomic
def decide_data(proposal: StudyProposal, *, is_granted: bool, reasons: str, by: Account) -> None:
    """Grant or refuse what data a proposal asks for, with the reasons.

    Granting hands nothing over: tables leave through disclosure control, releases by their own
    rules, and what an agreement shares is shared outside this service.

    Raises
    ------
    InvalidInput
        Where it asks for none, or was decided before.
    """
    held = _moved(proposal, ProposalAct.DECIDE_DATA, by=by)
    if held.data_state != DataState.WAITING:
        raise InvalidInput("No request for data waits for a decision.")
    held.data_state = DataState.GRANTED if is_granted else DataState.REFUSED
    held.data_reasons = words(reasons, what="the reasons")
    held.data_decided_by, held.data_decided_on = by, timezone.localdate()
    held.save()
    tell(held, by=by)
    log(held, Verb.ALTERATION, by=by, reason=f"Data: {held.data_state}")


@transaction.atomic
def send_back(proposal: StudyProposal, *, reason: str, by: Account) -> None:
    """Return a proposal to its organisation with questions."""
    _decide(proposal, ProposalAct.RETURN, reason=reason, by=by)


@transaction.atomic
def decline(proposal: StudyProposal, *, reason: str, by: Account) -> None:
    """Decline a proposal with the reasons, which its organisation reads."""
    _decide(proposal, ProposalAct.DECLINE, reason=reason, by=by)


@transaction.atomic
def accept(proposal: StudyProposal, *, reason: str, by: Account) -> None:
    """Register a study: its protocol stands from now on, and everybody reads it.

    Raises
    ------
    NotPermitted
        Where its data are not decided or refused, or its ethics review failed.
    """
    _decide(proposal, ProposalAct.ACCEPT, reason=reason, by=by)


def _decide(proposal: StudyProposal, act: ProposalAct, *, reason: str, by: Account) -> None:
    held = _moved(proposal, act, by=by)
    if act == ProposalAct.ACCEPT:
        check_can_accept(ethics=held.ethics, data_state=held.data_state)
        held.registered_on = timezone.localdate()
    decided(held, words(reason, what="the reasons"), by=by)
    held.save()
    log(held, Verb.ALTERATION, by=by, reason=f"Decided: {act}")


@transaction.atomic
def amend(proposal: StudyProposal, *, field: str, now: str, reason: str, by: Account) -> None:
    """Record a change of a registered protocol: what was accepted stays and stands beside it.

    Raises
    ------
    InvalidInput
        Where the protocol has no such part, or it stands so already.
    """
    held = _moved(proposal, ProposalAct.AMEND, by=by)
    if field not in PROTOCOL:
        raise InvalidInput("The protocol has no such part.")
    newest = held.changes.filter(field=field).last()
    was = newest.now if newest else getattr(held, field)
    said = words(now, what="what stands now")
    if field == "design":
        was = DESIGNS.get(was, was)
    if said == was:
        raise InvalidInput("It stands so already.")
    ProtocolChange.objects.create(
        proposal=held, field=field, was=was, now=said, by=by, on=timezone.localdate(),
        reason=words(reason, what="why it changes"),
    )  # fmt: skip
    held.save()
    log(held, Verb.ALTERATION, by=by, reason=f"Protocol changed: {PROTOCOL[field]}")


@transaction.atomic
def state_ethics(proposal: StudyProposal, values: Mapping[str, Any], *, by: Account) -> None:
    """State where the ethics review of a registered study stands now."""
    held = _moved(proposal, ProposalAct.STATE_ETHICS, by=by)
    _set(held, {name: values.get(name) for name in ETHICS})
    if wrong := ethics_faults(vars(held)):
        raise InvalidInput(next(iter(wrong.values())))
    held.save()
    log(held, Verb.ALTERATION, by=by, reason=f"Ethics: {held.ethics}")


@transaction.atomic
def start(proposal: StudyProposal, *, by: Account) -> None:
    """Begin a registered study; its questions are under study."""
    held = _moved(proposal, ProposalAct.BEGIN, by=by)
    check_can_begin(ethics=held.ethics)
    held.begun_on = timezone.localdate()
    held.save()
    for question in held.questions.all():
        serve(question, QuestionAct.STUDY, by=by)
    log(held, Verb.ALTERATION, by=by, reason="Begun")


@transaction.atomic
def report(proposal: StudyProposal, *, by: Account) -> None:
    """Record that a study has reported: an output of it is in the register.

    Raises
    ------
    InvalidInput
        Where none is.
    """
    held = _moved(proposal, ProposalAct.REPORT, by=by)
    counted = (OutputState.OFFERED, OutputState.LISTED)
    if not held.outputs.filter(state__in=counted).exists():
        raise InvalidInput(
            "No output of it is in the register yet.",
            next_step="Add the output; a null result is as welcome as any.",
        )
    held.ended_on = timezone.localdate()
    held.save()
    log(held, Verb.ALTERATION, by=by, reason="Reported")


@transaction.atomic
def stop(proposal: StudyProposal, *, reason: str, by: Account) -> None:
    """Stop a study; it stays listed with the reason, and its questions are open again."""
    held = _moved(proposal, ProposalAct.STOP, by=by)
    held.reason, held.ended_on = words(reason, what="why it stops"), timezone.localdate()
    held.save()
    for question in held.questions.all():
        if not _is_studied_elsewhere(question):
            serve(question, QuestionAct.LAPSE, by=by)
    log(held, Verb.ALTERATION, by=by, reason="Stopped")


def _is_studied_elsewhere(question: Question) -> bool:
    counted = (ProposalState.UNDER_WAY, ProposalState.REPORTED)
    return question.proposals.filter(state__in=counted).exists()


def _moved(proposal: StudyProposal, act: ProposalAct, *, by: Account) -> StudyProposal:
    held = held_still(proposal)
    held.state = move_of(held, PROPOSALS, ProposalState(held.state), act, by=by).to
    return held
