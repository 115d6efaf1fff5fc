"""Putting studies forward and deciding on them: the synthesis is pooled again at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from nhpf import evidence
from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.audit.rules import Verb
from nhpf_web.core.rules import led_to
from nhpf_web.organisations import queries as organisations
from nhpf_web.organisations.actions import notify
from nhpf_web.organisations.queries import Account, check_may
from nhpf_web.organisations.rules import OWNER_SLUG, NoticeKind, Right
from nhpf_web.what_works.actions.syntheses import (
    check_address,
    cited,
    keep,
    log_synthesis,
    role_of,
    why_of,
)
from nhpf_web.what_works.models import Decision, LiveSynthesis, Study
from nhpf_web.what_works.queries.studies import check_decides, deciding_for
from nhpf_web.what_works.queries.syntheses import rating_of, synthesis_of
from nhpf_web.what_works.rules.studies import (
    BIAS_WORDS,
    DESIGN_WORDS,
    STUDY_MOVES,
    StudyAct,
    StudyState,
)


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
            source=cited(described.source),
            address=described.address,
            organisation=body,
            put_forward_by=by,
            put_forward_as=role_of(by, Right.ADD_STUDY, organisation),
        )
        for one in studies
    )
    for study in new:
        study.interests.set(described.interests)
    many = f"Put forward {len(new)} {'study' if len(new) == 1 else 'studies'}"
    log_synthesis(held, Verb.COLLECTION, by=by, organisation=organisation, reason=many)
    _ask(held, described.interests, by=by)
    return new


def _ask(live: LiveSynthesis, interests: Collection[Any], *, by: Account) -> None:
    """Tell the owner's deciders without an interest that studies wait."""
    deciders = organisations.people_who_may(Right.DECIDE_STUDY, organisation=OWNER_SLUG)
    notify(
        deciders.exclude(memberships__organisation__in=interests),
        NoticeKind.TO_DO,
        f"Studies wait for a decision: “{live.outcome}”.",
        address=f"/what-works/evidence/{live.permanent_id}/",
        but=by,
    )


def check_can_bear(live: LiveSynthesis, studies: Sequence[evidence.Study]) -> None:
    """Refuse studies that are listed already, or that the synthesis's method could not take."""
    waiting = live.studies.filter(state=StudyState.PUT_FORWARD)
    states = {one.pk: StudyState.ON_HOLD for one in waiting}
    synthesis_of(live, states=states, also=studies)
    rating_of(live, also=studies)


def _check_described(described: Described, *, is_synthetic: bool) -> None:
    if described.design not in DESIGN_WORDS or described.risk_of_bias not in BIAS_WORDS:
        raise InvalidInput("Say how the study was designed, and its risk of bias.")
    check_address(described.address, is_synthetic=is_synthetic)


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
    why = why_of(reason)
    before, after = rating_of(live), rating_of(live, states=states)
    for study in held:
        study.state, study.reason = states[study.pk], why
        study.save(update_fields=["state", "reason"])
    body = deciding_for(by).order_by("slug").first()
    assert body is not None, "who decides does so for a body"
    role = role_of(by, Right.DECIDE_STUDY, body.slug)
    decision = keep(live, act, (before, after), reason=why, by=by, body=body, role=role)
    decision.studies.set(held)
    _tell(live, held, act, by=by)
    for study in held:
        log_synthesis(
            live, Verb.ALTERATION, by=by, organisation=body.slug, reason=f"{act}: {why}",
            study=study,
        )  # fmt: skip
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
