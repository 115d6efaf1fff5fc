"""Opening a synthesis, judging its studies together, and keeping what each act changed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from nhpf import evidence
from nhpf.errors import InvalidInput, PersonalData
from nhpf.evidence import OutcomeRating
from nhpf.records.importing.screening import personal_value
from nhpf_web.audit.actions import record
from nhpf_web.audit.rules import Verb
from nhpf_web.organisations import queries as organisations
from nhpf_web.organisations.queries import Account, check_may
from nhpf_web.organisations.rules import HOLDERS, OWNER_SLUG, Right
from nhpf_web.what_works.actions.moving import said
from nhpf_web.what_works.models import Decision, LiveSynthesis, Study
from nhpf_web.what_works.queries.entries import edition
from nhpf_web.what_works.queries.syntheses import facts_of, rating_of, told
from nhpf_web.what_works.rules.studies import APPRAISE, JUDGED, SynthesisStanding

LONGEST_REASON = 170
LONGEST_SOURCE = 1_000
LONGEST_SLUG = 70


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
    PersonalData
        Where the words point to a person.
    """
    check_may(by, Right.KEEP_FRAMEWORK, organisation=OWNER_SLUG)
    held = edition().entries.get(intervention)
    if held is None or held.kind != "intervention":
        raise InvalidInput("No intervention of the edition has this id.")
    live = LiveSynthesis(
        permanent_id=_new_id(f"{held.slug} {outcome}"),
        intervention=intervention,
        outcome=said(outcome, what="the outcome"),
        source=cited(source),
        address=address,
        opened_by=by,
        **chosen,
    )
    check_address(address, is_synthetic=live.is_synthetic)
    _check_method(live)
    _check_judged(live)
    live.save()
    # What contradicts itself is refused here, and the transaction undone.
    rating_of(live)
    log_synthesis(live, Verb.COLLECTION, by=by, organisation=OWNER_SLUG, reason="Opened")
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


def _check_judged(live: LiveSynthesis) -> None:
    for words in (live.bias_reason, live.harms, live.cost):
        if found := personal_value(words):
            raise PersonalData(f"The text seems to hold {found}.")


@transaction.atomic
def appraise(live: LiveSynthesis, *, by: Account, reason: str, **judged: str) -> Decision:
    """Judge the studies of a synthesis together anew, with the reason.

    Parameters
    ----------
    live : LiveSynthesis
    by : Account
        An editor of the framework's owner.
    reason : str
    **judged
        The fields of ``JUDGED``.

    Raises
    ------
    NotPermitted
        Where the person does not write the framework.
    InvalidInput
        Where a judgement is not one of the words, or lacks its reason.
    PersonalData
        Where the words point to a person.
    """
    check_may(by, Right.KEEP_FRAMEWORK, organisation=OWNER_SLUG)
    held = LiveSynthesis.objects.select_for_update().get(pk=live.pk)
    why, before = why_of(reason), rating_of(held)
    for name in JUDGED:
        setattr(held, name, judged[name])
    _check_judged(held)
    after = rating_of(held)
    held.save(update_fields=JUDGED)
    body = organisations.visible_to(by).get(slug=OWNER_SLUG)
    role = role_of(by, Right.KEEP_FRAMEWORK, OWNER_SLUG)
    log_synthesis(held, Verb.ALTERATION, by=by, organisation=OWNER_SLUG, reason=f"Judged: {why}")
    return keep(held, APPRAISE, (before, after), reason=why, by=by, body=body, role=role)


def keep(
    live: LiveSynthesis,
    act: str,
    ratings: tuple[OutcomeRating, OutcomeRating],
    *,
    reason: str,
    by: Account,
    body: Any,
    role: str,
) -> Decision:
    """Keep an act with the finding before and after it, as both are told today."""
    before, after = ratings
    return Decision.objects.create(
        synthesis=live,
        act=act,
        reason=reason,
        before=facts_of(before),
        after=facts_of(after),
        changed=list(told(before, after)),
        decided_by=by,
        decided_for=body,
        decided_as=role,
    )


def why_of(reason: str) -> str:
    """Return the reason of an act, which everybody reads.

    Raises
    ------
    InvalidInput
        Where there is none, or it is too long.
    PersonalData
        Where it points to a person.
    """
    why = said(reason, what="why")
    if len(why) > LONGEST_REASON:
        raise InvalidInput(f"A reason has at most {LONGEST_REASON} characters.")
    return why


def cited(text: str) -> str:
    """Return a citation: authors may be named in it, and nothing else that a person has.

    Raises
    ------
    InvalidInput
        Where nothing is cited, or too much.
    PersonalData
        Where it holds more of a person than a name.
    """
    words = text.strip()
    if not words or len(words) > LONGEST_SOURCE:
        raise InvalidInput(f"Cite the publication, in at most {LONGEST_SOURCE} characters.")
    found = personal_value(words)
    if found and not found.startswith("a name"):
        raise PersonalData(f"The citation seems to hold {found}.")
    return words


def check_address(address: str, *, is_synthetic: bool) -> None:
    """Refuse a publication that does not open; what is synthetic has none."""
    if not address and is_synthetic:
        return
    if not address.startswith(("https://", "http://")):
        raise InvalidInput("Give the address at which the publication can be read.")


def role_of(by: Account, right: Right, organisation: str) -> str:
    """Return the role in which somebody acts."""
    return min(organisations.roles_of(by, organisation) & HOLDERS[right])


def log_synthesis(
    live: LiveSynthesis,
    verb: Verb,
    *,
    by: Account,
    organisation: str,
    reason: str,
    study: Study | None = None,
) -> None:
    """Add to the log what somebody did to a synthesis or to one of its studies."""
    subject = f"synthesis:{live.permanent_id}" + (f"/{study.pk}" if study else "")
    record(verb, subject, who=by.username, organisation=organisation, reason=reason[:200])
