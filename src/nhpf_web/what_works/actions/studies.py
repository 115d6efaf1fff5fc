"""Opening a synthesis, putting studies forward, deciding on them: each is pooled at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from nhpf import evidence
from nhpf.errors import InvalidInput, NotPermitted, PersonalData
from nhpf.records.importing.screening import personal_value
from nhpf_web.audit.actions import record
from nhpf_web.audit.rules import Verb
from nhpf_web.core.rules import led_to
from nhpf_web.organisations import queries as organisations
from nhpf_web.organisations.actions import notify
from nhpf_web.organisations.queries import Account, check_may
from nhpf_web.organisations.rules import HOLDERS, OWNER_SLUG, NoticeKind, Right
from nhpf_web.what_works.actions.moving import said
from nhpf_web.what_works.models import Decision, LiveSynthesis, Study
from nhpf_web.what_works.queries.entries import edition
from nhpf_web.what_works.queries.studies import check_decides, deciding_for
from nhpf_web.what_works.queries.syntheses import facts_of, rating_of, synthesis_of, told
from nhpf_web.what_works.rules.studies import (
    BIAS_WORDS,
    DESIGN_WORDS,
    STUDY_MOVES,
    StudyAct,
    StudyState,
    SynthesisStanding,
)

LONGEST_REASON = 170
LONGEST_SOURCE = 1_000
LONGEST_SLUG = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What is said of studies beside their numbers.

    Attributes
    ----------
    design, risk_of_bias : str
        In the words of an appraisal.
    source, address : str
        The publication, and where it can be read; a synthetic study has no address.
    interests : collection of Organisation
        Whose evaluation it was, or who gains from its result.
    """

    design: str
    risk_of_bias: str
    source: str
    address: str
    interests: Collection[Any] = ()


@transaction.atomic
def open_synthesis(
    *, intervention: str, outcome: str, source: str, address: str, by: Account, **chosen: Any
) -> LiveSynthesis:
    """Open a synthesis of one outcome of an intervention, with its method chosen beforehand.

    Parameters
    ----------
    intervention : str
        Permanent id.
    outcome, source, address : str
    by : Account
        An editor of the framework's owner.
    **chosen
        The other fields of the synthesis.

    Raises
    ------
    NotPermitted
        Where the person does not write the framework.
    InvalidInput
        Where no intervention has the id, or the choices contradict each other.
    """
    check_may(by, Right.KEEP_FRAMEWORK, organisation=OWNER_SLUG)
    held = edition().entries.get(intervention)
    if held is None or held.kind != "intervention":
        raise InvalidInput("No intervention of the edition has this id.")
    live = LiveSynthesis(
        permanent_id=_new_id(f"{held.slug} {outcome}"),
        intervention=intervention,
        outcome=said(outcome, what="the outcome"),
        source=_cited(source),
        address=address,
        opened_by=by,
        **chosen,
    )
    _check_address(address, is_synthetic=live.is_synthetic)
    _check_method(live)
    live.save()
    rating_of(live)
    _log(live, Verb.COLLECTION, by=by, organisation=OWNER_SLUG, reason="Opened")
    return live


def _new_id(words: str) -> str:
    number = (LiveSynthesis.objects.aggregate(highest=Max("pk"))["highest"] or 0) + 1
    return f"sy-{number}-{slugify(words)[:LONGEST_SLUG].rstrip('-')}"


def _check_method(live: LiveSynthesis) -> None:
    if live.standing not in list(SynthesisStanding):
        raise InvalidInput("Say whether it is transcribed from a review or synthetic.")
    if live.method not in evidence.METHODS:
        raise InvalidInput("Choose a method of synthesis.")
    if live.hartung_knapp and live.method in ("MH", "EE"):
        raise InvalidInput("The Hartung-Knapp interval belongs to random effects.")


@transaction.atomic
def put_forward(
    live: LiveSynthesis,
    studies: Sequence[evidence.Study],
    described: Described,
    *,
    organisation: str,
    by: Account,
) -> tuple[Study, ...]:
    """Put studies forward for one's own organisation: all of them, or none.

    Raises
    ------
    NotPermitted
        Where no role of the person allows it.
    InvalidInput
        Where nothing is cited, a study is listed already, or the synthesis could not bear it.
    PersonalData
        Where the words point to a person.
    """
    check_may(by, Right.ADD_STUDY, organisation=organisation)
    held = LiveSynthesis.objects.select_for_update().get(pk=live.pk)
    _check_described(described, is_synthetic=held.is_synthetic)
    check_can_bear(held, studies)
    body = organisations.visible_to(by).get(slug=organisation)
    new = tuple(
        Study.objects.create(
            synthesis=held,
            name=one.study,
            year=one.year,
            country=one.country,
            cluster=one.cluster,
            given=dict(one.given),
            moderators=dict(one.moderators),
            design=described.design,
            risk_of_bias=described.risk_of_bias,
            source=_cited(described.source),
            address=described.address,
            organisation=body,
            put_forward_by=by,
            put_forward_as=_role(by, Right.ADD_STUDY, organisation),
        )
        for one in studies
    )
    for study in new:
        study.interests.set(described.interests)
    many = f"Put forward {len(new)} {'study' if len(new) == 1 else 'studies'}"
    _log(held, Verb.COLLECTION, by=by, organisation=organisation, reason=many)
    return new


def check_can_bear(live: LiveSynthesis, studies: Sequence[evidence.Study]) -> None:
    """Refuse studies that are listed already, or that the synthesis's method could not take."""
    waiting = live.studies.filter(state=StudyState.PUT_FORWARD)
    states = {one.pk: StudyState.ON_HOLD for one in waiting}
    synthesis_of(live, states=states, also=studies)
    rating_of(live, also=studies)


def _check_described(described: Described, *, is_synthetic: bool) -> None:
    if described.design not in DESIGN_WORDS or described.risk_of_bias not in BIAS_WORDS:
        raise InvalidInput("Say how the study was designed, and its risk of bias.")
    _check_address(described.address, is_synthetic=is_synthetic)


def _check_address(address: str, *, is_synthetic: bool) -> None:
    if not address and is_synthetic:
        return
    if not address.startswith(("https://", "http://")):
        raise InvalidInput("Give the address at which the publication can be read.")


def _cited(text: str) -> str:
    """Return a citation: authors may be named in it, and nothing else that a person has."""
    words = text.strip()
    if not words or len(words) > LONGEST_SOURCE:
        raise InvalidInput(f"Cite the publication, in at most {LONGEST_SOURCE} characters.")
    found = personal_value(words)
    if found and not found.startswith("a name"):
        raise PersonalData(f"The citation seems to hold {found}.")
    return words


@transaction.atomic
def decide(
    studies: Sequence[Study], act: StudyAct, *, by: Account, reason: str, has_no_interest: bool
) -> Decision:
    """Do one act to studies of one synthesis, and keep what it changed.

    Raises
    ------
    NotPermitted
        Where the person may not decide on one of them, or its state does not allow the act.
    InvalidInput
        Where there is no study or no reason, or the synthesis could not bear the outcome.
    PersonalData
        Where the reason points to a person.
    """
    held, live = _held_still(studies)
    _check_free(held, by, has_no_interest=has_no_interest)
    states = {
        one.pk: led_to(STUDY_MOVES, StudyState(one.state), act, thing="A study") for one in held
    }
    why = said(reason, what="why")
    if len(why) > LONGEST_REASON:
        raise InvalidInput(f"A reason has at most {LONGEST_REASON} characters.")
    before, after = rating_of(live), rating_of(live, states=states)
    for study in held:
        study.state, study.reason = states[study.pk], why
        study.save(update_fields=["state", "reason"])
    body = deciding_for(by).order_by("slug").first()
    assert body is not None, "who decides does so for a body"
    decision = Decision.objects.create(
        synthesis=live,
        act=act,
        reason=why,
        before=facts_of(before),
        after=facts_of(after),
        changed=list(told(before, after)),
        decided_by=by,
        decided_for=body,
        decided_as=_role(by, Right.DECIDE_STUDY, body.slug),
    )
    decision.studies.set(held)
    _tell(live, held, act, by=by)
    for study in held:
        _log(
            live,
            Verb.ALTERATION,
            by=by,
            organisation=body.slug,
            study=study,
            reason=f"{act}: {why}",
        )
    return decision


def _held_still(studies: Sequence[Study]) -> tuple[list[Study], LiveSynthesis]:
    if not studies:
        raise InvalidInput("Choose at least one study.")
    of = {one.synthesis_id for one in studies}
    if len(of) > 1:
        raise InvalidInput("The studies are of more than one synthesis.")
    live = LiveSynthesis.objects.select_for_update().get(pk=of.pop())
    return list(Study.objects.filter(pk__in=[one.pk for one in studies])), live


def _check_free(studies: Sequence[Study], by: Account, *, has_no_interest: bool) -> None:
    for study in studies:
        check_decides(by, study)
    if not has_no_interest:
        raise NotPermitted(
            "Only somebody with no interest in a study decides on it.",
            next_step="Leave it to somebody else.",
        )


def _tell(live: LiveSynthesis, studies: Sequence[Study], act: StudyAct, *, by: Account) -> None:
    notify(
        {one.put_forward_by for one in studies},
        NoticeKind.DECIDED,
        f"A study that you put forward: {STATE_TOLD[act]} (“{live.outcome}”).",
        address=f"/what-works/evidence/{live.permanent_id}/",
        but=by,
    )


STATE_TOLD = {
    StudyAct.APPROVE: "approved",
    StudyAct.SCREEN_OUT: "screened out",
    StudyAct.HOLD: "put on hold",
    StudyAct.REOPEN: "open again",
}


def _role(by: Account, right: Right, organisation: str) -> str:
    return min(organisations.roles_of(by, organisation) & HOLDERS[right])


def _log(
    live: LiveSynthesis,
    verb: Verb,
    *,
    by: Account,
    organisation: str,
    reason: str,
    study: Study | None = None,
) -> None:
    subject = f"synthesis:{live.permanent_id}" + (f"/{study.pk}" if study else "")
    record(verb, subject, who=by.username, organisation=organisation, reason=reason[:200])
