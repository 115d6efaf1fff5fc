"""Writing an assessment; whoever writes any of it may not sign it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from nhpf_web.audit.actions import record
from nhpf_web.audit.rules import Verb
from nhpf_web.core.rules import FormPage
from nhpf_web.equality.models import Assessment, Mitigation
from nhpf_web.equality.rules import CHARACTERISTICS, Act, next_status
from nhpf_web.organisations.queries import Account, check_may, visible_to
from nhpf_web.organisations.rules import Right

LONGEST_REFERENCE = 80


@transaction.atomic
def draft(
    *,
    organisation: str,
    title: str,
    kind: str,
    identity: str,
    by: Account,
    is_screen: bool = False,
) -> Assessment:
    """Begin an assessment in the organisation of this slug.

    Raises
    ------
    NotPermitted
        Where no role of the person allows it.
    """
    check_may(by, Right.DRAFT_ASSESSMENT, organisation=organisation)
    assessment = Assessment(
        reference=_free_reference(title),
        organisation=visible_to(by).get(slug=organisation),
        subject_kind=kind,
        subject_id=identity,
        title=title,
        is_screen=is_screen,
        author=by,
    )
    assessment.save()
    assessment.writers.add(by)
    log(Verb.COLLECTION, assessment, by=by)
    return assessment


def _free_reference(title: str) -> str:
    stem = f"eia-{slugify(title)}"[:LONGEST_REFERENCE]
    taken = set(
        Assessment.objects.filter(reference__startswith=stem).values_list("reference", flat=True)
    )
    numbered = (stem if count == 1 else f"{stem}-{count}" for count in range(1, len(taken) + 2))
    return next(reference for reference in numbered if reference not in taken)


@transaction.atomic
def change_part(
    assessment: Assessment, part: FormPage, values: Mapping[str, Any], *, by: Account
) -> None:
    """Set the fields of one part of a draft."""
    held = _open_for(assessment, by=by)
    for name in part.fields:
        setattr(held, name, values[name])
    held.save(update_fields=list(part.fields))
    log(Verb.ALTERATION, held, by=by, reason=part.title)


@transaction.atomic
def change_effects(
    assessment: Assessment, effects: Mapping[str, tuple[str, str]], *, by: Account
) -> None:
    """Set effect and reason for each characteristic of a draft; those left empty are taken out."""
    held = _open_for(assessment, by=by)
    held.effects.all().delete()
    for characteristic in CHARACTERISTICS:
        effect, rationale = effects.get(characteristic, ("", ""))
        if effect and rationale:
            held.effects.create(characteristic=characteristic, effect=effect, rationale=rationale)
    log(Verb.ALTERATION, held, by=by, reason="Effect on each protected characteristic")


@transaction.atomic
def add_mitigation(
    assessment: Assessment, *, action: str, owner: str, due: date, by: Account
) -> None:
    """Say what will be done about an effect, by whom and by when."""
    held = _open_for(assessment, by=by)
    held.mitigations.create(action=action, owner=owner, due=due)
    log(Verb.ALTERATION, held, by=by, reason="A mitigation was added")


@transaction.atomic
def remove_mitigation(mitigation: Mitigation, *, by: Account) -> None:
    """Take a mitigation out of a draft."""
    held = _open_for(mitigation.assessment, by=by)
    mitigation.delete()
    log(Verb.ALTERATION, held, by=by, reason="A mitigation was removed")


def _open_for(assessment: Assessment, *, by: Account) -> Assessment:
    """Return a draft held still until the transaction ends, with this person among its writers."""
    held = locked(assessment)
    check_may(by, Right.DRAFT_ASSESSMENT, organisation=held.organisation.slug)
    next_status(held.status, Act.CHANGE)
    held.writers.add(by)
    return held


def locked(assessment: Assessment) -> Assessment:
    """Return the assessment as it stands now; nobody else changes it until the transaction ends."""
    return Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)


def log(verb: Verb, assessment: Assessment, *, by: Account, reason: str = "") -> None:
    """Add to the log what somebody did to an assessment."""
    record(
        verb,
        f"assessment:{assessment.reference}",
        who=by.username,
        organisation=assessment.organisation.slug,
        reason=reason,
    )
