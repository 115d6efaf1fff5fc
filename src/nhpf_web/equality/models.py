"""Assessments, the effect on each group, the figures they rest on, and mitigations."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from nhpf_web.equality.rules import (
    EFFECTS,
    GROUPS,
    OUTCOMES,
    STATE_WORDS,
    SUBJECT_NAMES,
    Progress,
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
    owner = models.CharField("who answers for this assessment", max_length=200, blank=True)
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
    race_action_plan = models.TextField("the Race Action Plan", blank=True)
    inclusion_strategy = models.TextField("the Diversity and Inclusion Strategy", blank=True)
    cumulative = models.TextField("effects together", blank=True)
    alternatives = models.TextField("alternatives considered", blank=True)
    monitoring = models.TextField("how the effects are watched", blank=True)
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
    signed_for = models.CharField(
        max_length=64,
        blank=True,
        help_text="The digest of the subject when it was last signed for; blank before that.",
    )

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
    """What the subject does for people of one group, and why."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="effects")
    characteristic = models.CharField(
        max_length=40, choices=[(name, name[0].upper() + name[1:]) for name in GROUPS]
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
                condition=Q(characteristic__in=GROUPS), name="effect_characteristic_known"
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
    progress = models.CharField(
        max_length=10,
        default=Progress.OPEN.value,
        choices=[(held.value, STATE_WORDS[held]) for held in Progress],
    )
    said = models.TextField("what was done, or why it was dropped", blank=True)
    settled_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("due", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(progress=str(Progress.OPEN), settled_on__isnull=True)
                | (~Q(progress=str(Progress.OPEN)) & Q(settled_on__isnull=False) & ~Q(said="")),
                name="mitigation_settled_with_words",
            ),
        )

    def __str__(self) -> str:
        """Return what will be done."""
        return self.action


class Figure(models.Model):
    """A figure that the library holds, as it stood when it was taken into an assessment."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="figures")
    key = models.CharField(max_length=120)
    place = models.CharField(max_length=100)
    what = models.CharField(max_length=250)
    value = models.TextField("the figure with its interval")
    period = models.CharField(max_length=200)
    source = models.CharField(max_length=400)
    method = models.CharField(max_length=400, blank=True)
    cannot_say = models.TextField("what it cannot say")
    waits_for = models.CharField(
        max_length=100,
        blank=True,
        help_text="The assessment without whose signature the figure itself is not published.",
    )
    release = models.CharField(max_length=64)
    words = models.TextField(
        "what it means here",
        blank=True,
        help_text="In your own words, beside the figure. The figure itself stays as it was taken.",
    )
    left_out = models.CharField(
        "why it is left out", max_length=250, blank=True, help_text="Blank while it is kept."
    )
    before = models.TextField("as it stood before the last look", blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["assessment", "key"], name="figure_once_an_assessment"),
        )

    def __str__(self) -> str:
        """Return what it is of."""
        return self.what
