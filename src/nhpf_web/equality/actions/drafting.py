"""Writing an assessment; whoever writes any of it may not sign it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from nhpf.errors import NotPermitted
from nhpf_web.audit.rules import Verb
from nhpf_web.core.rules import FormPage
from nhpf_web.equality.actions.figures import take_figures
from nhpf_web.equality.actions.holding import locked, log, open_for
from nhpf_web.equality.models import Assessment, Mitigation
from nhpf_web.equality.queries import missing_parts
from nhpf_web.equality.rules import (
    GROUPS,
    NEEDS,
    Act,
    Progress,
    check_is_whole,
    check_owner,
    next_status,
)
from nhpf_web.organisations.actions import notify
from nhpf_web.organisations.queries import Account, check_may, people_who_may, visible_to
from nhpf_web.organisations.rules import LONGEST_NOTICE, NoticeKind

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
    check_may(by, NEEDS[Act.CHANGE], organisation=organisation)
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
    if not is_screen:
        take_figures(assessment)
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
    """Set the fields of one part of a draft.

    Raises
    ------
    InvalidInput
        Where a person is named as its owner.
    """
    held = open_for(assessment, by=by)
    check_owner(str(values.get("owner", "")))
    for name in part.fields:
        setattr(held, name, values[name])
    held.save(update_fields=list(part.fields))
    log(Verb.ALTERATION, held, by=by, reason=part.title)


@transaction.atomic
def change_effects(
    assessment: Assessment, effects: Mapping[str, tuple[str, str]], *, by: Account
) -> None:
    """Set effect and reason for each group of a draft; those left empty are taken out."""
    held = open_for(assessment, by=by)
    held.effects.all().delete()
    for characteristic in GROUPS:
        effect, rationale = effects.get(characteristic, ("", ""))
        if effect and rationale:
            held.effects.create(characteristic=characteristic, effect=effect, rationale=rationale)
    log(Verb.ALTERATION, held, by=by, reason="Effect on each protected characteristic")


@transaction.atomic
def add_mitigation(
    assessment: Assessment, *, action: str, owner: str, due: date, by: Account
) -> None:
    """Say what will be done about an effect, by whom and by when.

    Raises
    ------
    InvalidInput
        Where a person is named as its owner.
    """
    check_owner(owner)
    held = open_for(assessment, by=by)
    held.mitigations.create(action=action, owner=owner, due=due)
    log(Verb.ALTERATION, held, by=by, reason="A mitigation was added")


@transaction.atomic
def remove_mitigation(mitigation: Mitigation, *, by: Account) -> None:
    """Take a mitigation out of a draft.

    Raises
    ------
    NotPermitted
        Where something was recorded of it: that stays on record.
    """
    held = open_for(mitigation.assessment, by=by)
    if mitigation.progress != Progress.OPEN:
        raise NotPermitted("What was recorded of a mitigation stays on record.")
    mitigation.delete()
    log(Verb.ALTERATION, held, by=by, reason="A mitigation was removed")


@transaction.atomic
def ask_for_signature(assessment: Assessment, *, by: Account) -> int:
    """Tell those who may sign a complete draft that it waits for them.

    Returns
    -------
    int
        How many were told.

    Raises
    ------
    InvalidInput
        Where a part is missing.
    """
    held = locked(assessment)
    check_may(by, NEEDS[Act.ASK], organisation=held.organisation.slug)
    next_status(held.status, Act.ASK)
    check_is_whole(missing_parts(held))
    wrote = [held.author_id, *held.writers.values_list("pk", flat=True)]
    able = people_who_may(NEEDS[Act.SIGN], organisation=held.organisation.slug)
    told = notify(
        able.exclude(pk__in=wrote),
        NoticeKind.TO_SIGN,
        f"An equality impact assessment waits for your signature: {held.title}"[:LONGEST_NOTICE],
        address=f"/equality/{held.reference}/",
        but=by,
    )
    log(Verb.ALTERATION, held, by=by, reason="Asked for a signature")
    return told
