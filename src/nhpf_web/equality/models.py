"""Assessments, the effect on each characteristic, and mitigations."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from nhpf_web.equality.rules import (
    CHARACTERISTICS,
    EFFECTS,
    OUTCOMES,
    SUBJECT_NAMES,
    Status,
    Subject,
)


class Assessment(models.Model):
    """One equality impact assessment of one subject."""

    reference = models.SlugField(max_length=100, unique=True)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT)
    subject_kind = models.CharField(
        "what is assessed",
        max_length=20,
        choices=[(kind.value, SUBJECT_NAMES[kind]) for kind in Subject],
    )
    subject_id = models.SlugField("its name in addresses", max_length=100)
    title = models.CharField(max_length=200)
    is_screen = models.BooleanField(
        "this is a screen: it says why equality is not relevant", default=False
    )
    focus = models.TextField("scope", blank=True)
    decided = models.TextField("what is being decided", blank=True)
    affected = models.TextField("who is affected", blank=True)
    evidence = models.TextField("evidence and data used", blank=True)
    gaps = models.TextField("gaps in the data", blank=True)
    engagement = models.TextField("engagement and consultation", blank=True)
    eliminate_discrimination = models.TextField(
        "eliminate discrimination, harassment and victimisation", blank=True
    )
    advance_equality = models.TextField("advance equality of opportunity", blank=True)
    foster_good_relations = models.TextField("foster good relations", blank=True)
    cumulative = models.TextField("effects together", blank=True)
    alternatives = models.TextField("alternatives considered", blank=True)
    outcome = models.CharField(max_length=30, blank=True, choices=list(OUTCOMES.items()))
    outcome_reason = models.TextField("reason for the outcome", blank=True)
    standing = models.TextField("what this record is", blank=True)
    review_due = models.DateField("review date", null=True, blank=True)
    status = models.CharField(
        max_length=10,
        default=Status.DRAFT.value,
        choices=[(held.value, held.value) for held in Status],
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assessments_authored"
    )
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="assessments_written")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assessments_signed",
    )
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("title",)
        indexes = (models.Index(fields=["subject_kind", "subject_id"], name="assessment_subject"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("author")),
                name="assessment_signed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(
                    status=str(Status.DRAFT), signed_by__isnull=True, signed_at__isnull=True
                )
                | Q(
                    status=str(Status.SIGNED),
                    signed_by__isnull=False,
                    signed_at__isnull=False,
                    review_due__isnull=False,
                ),
                name="assessment_signed_wholly_or_not",
            ),
        )

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class Effect(models.Model):
    """What the subject does for people who share one characteristic, and why."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="effects")
    characteristic = models.CharField(
        max_length=40, choices=[(name, name.capitalize()) for name in CHARACTERISTICS]
    )
    effect = models.CharField(max_length=10, choices=list(EFFECTS.items()))
    rationale = models.TextField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["assessment", "characteristic"], name="effect_once_a_characteristic"
            ),
            models.CheckConstraint(
                condition=Q(characteristic__in=CHARACTERISTICS), name="effect_characteristic_known"
            ),
        )

    def __str__(self) -> str:
        """Return the characteristic and the effect."""
        return f"{self.characteristic}: {self.effect}"


class Mitigation(models.Model):
    """What will be done about an effect, who answers for it and by when."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="mitigations")
    action = models.TextField("what will be done")
    owner = models.CharField("who answers for it", max_length=200)
    due = models.DateField("by when")

    class Meta:
        ordering = ("due", "id")

    def __str__(self) -> str:
        """Return what will be done."""
        return self.action
