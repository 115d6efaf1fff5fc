"""The assessments that an edition of the framework brings as files."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from nhpf import framework
from nhpf.errors import EditionFault, NotPermitted
from nhpf_web.audit.actions import record
from nhpf_web.audit.rules import Verb
from nhpf_web.equality.actions.figures import take_figures
from nhpf_web.equality.actions.signing import reopen, sign
from nhpf_web.equality.models import Assessment, Effect, Mitigation
from nhpf_web.equality.queries import standing
from nhpf_web.equality.rules import Standing, Status, Subject
from nhpf_web.organisations.actions import add_desk, demonstration_account, framework_owner
from nhpf_web.organisations.rules import Role

LOADER = "load_edition"


@transaction.atomic
def load_assessments(edition: framework.Edition) -> tuple[str, ...]:
    """Bring an edition's assessments in as drafts; one that is here already is left as it is.

    Returns
    -------
    tuple of str
        The references that were new.
    """
    owner = framework_owner()
    held = set(Assessment.objects.values_list("reference", flat=True))
    new = [one for one in edition.assessments.values() if one.id not in held]
    for one in new:
        _bring_in(one, organisation_id=owner.pk)
        record(
            Verb.COLLECTION, f"assessment:{one.id}", who=LOADER, organisation=owner.slug,
            reason=f"Edition {edition.name}",
        )  # fmt: skip
    return tuple(one.id for one in new)


def _bring_in(one: framework.Assessment, *, organisation_id: int) -> None:
    kind, _, identity = one.about.partition("-")
    if kind not in set(Subject) or not identity:
        raise EditionFault(
            "An assessment is about something that this service does not know.",
            where=f"{one.id}: {one.about}",
            next_step=f"Begin with one of {', '.join(Subject)} and a hyphen.",
        )
    desk = add_desk(one.author)
    assessment = Assessment.objects.create(
        reference=one.id,
        organisation_id=organisation_id,
        subject_kind=kind,
        subject_id=identity,
        title=one.title,
        owner=one.owner,
        focus=one.focus,
        decided=one.decided,
        affected=one.affected,
        evidence=one.evidence,
        gaps=one.gaps,
        engagement=one.engagement,
        eliminate_discrimination=one.aims.eliminate_discrimination,
        advance_equality=one.aims.advance_equality,
        foster_good_relations=one.aims.foster_good_relations,
        race_action_plan=one.race_action_plan,
        inclusion_strategy=one.inclusion_strategy,
        cumulative=one.cumulative,
        alternatives=one.alternatives,
        monitoring=one.monitoring,
        outcome=one.outcome,
        outcome_reason=one.outcome_reason,
        standing=one.standing,
        review_due=one.review_due,
        author=desk,
    )
    assessment.writers.add(desk)
    take_figures(assessment)
    _bring_in_answers(one, assessment)


def _bring_in_answers(one: framework.Assessment, assessment: Assessment) -> None:
    Effect.objects.bulk_create(
        Effect(
            assessment=assessment,
            characteristic=impact.characteristic,
            effect=impact.effect,
            rationale=impact.rationale,
        )
        for impact in (*one.impacts, *one.further)
    )
    Mitigation.objects.bulk_create(
        Mitigation(
            assessment=assessment,
            action=mitigation.action,
            owner=mitigation.owner,
            due=mitigation.due,
        )
        for mitigation in one.mitigations
    )


@transaction.atomic
def sign_for_demonstration(references: tuple[str, ...]) -> tuple[str, ...]:
    """Let the demonstration's equality lead sign what an edition brought.

    What was signed for demonstration before, and lapsed because the files changed, is signed again.

    Returns
    -------
    tuple of str
        The references signed: none where there is no demonstration.

    Raises
    ------
    NotPermitted
        In production, where only a person's own signature counts.
    """
    if settings.NHPF_IS_PRODUCTION:
        raise NotPermitted("In production an assessment is signed by a person.")
    lead = demonstration_account(Role.EQUALITY_LEAD)
    if lead is None:
        return ()
    drafts = list(Assessment.objects.filter(reference__in=references, status=Status.DRAFT))
    for held in Assessment.objects.filter(
        signed_by__is_demonstration=True, organisation=framework_owner()
    ):
        if standing(held) == Standing.CHANGED:
            reopen(held, by=lead, reason="For demonstration only: what it assesses has changed.")
            drafts.append(held)
    for assessment in drafts:
        sign(assessment, by=lead, reason="For demonstration only.")
    return tuple(assessment.reference for assessment in drafts)
