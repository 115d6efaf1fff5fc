"""A living synthesis, its studies, and each decision with what it changed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from nhpf_web.what_works.rules.studies import (
    APPRAISE,
    STUDY_STATE_WORDS,
    StudyAct,
    StudyState,
    SynthesisStanding,
)


class LiveSynthesis(models.Model):
    """What is known of one outcome of an intervention, pooled again at each decision."""

    permanent_id = models.SlugField(max_length=100, unique=True)
    intervention = models.SlugField(max_length=100, help_text="The intervention's permanent id.")
    outcome = models.CharField(max_length=150)
    measure = models.CharField(max_length=3, blank=True)
    good = models.CharField(max_length=6)
    method = models.CharField(max_length=4)
    hartung_knapp = models.BooleanField(default=False)
    worthwhile = models.FloatField(null=True, blank=True)
    source = models.TextField()
    address = models.URLField(max_length=300, blank=True)
    standing = models.CharField(
        max_length=30, choices=[(one.value, one.value) for one in SynthesisStanding]
    )
    design = models.CharField(max_length=20)
    risk_of_bias = models.CharField(max_length=12)
    bias_reason = models.TextField(blank=True)
    harms = models.TextField(blank=True)
    cost = models.TextField(blank=True)
    cost_band = models.CharField(max_length=6, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="syntheses_opened"
    )
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("intervention", "outcome", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(standing__in=[str(one) for one in SynthesisStanding]),
                name="synthesis_standing_known",
            ),
            models.CheckConstraint(
                condition=Q(standing=str(SynthesisStanding.SYNTHETIC)) | ~Q(address=""),
                name="synthesis_transcribed_has_address",
            ),
        )

    def __str__(self) -> str:
        """Return the outcome."""
        return self.outcome

    @property
    def is_synthetic(self) -> bool:
        """Whether its figures were made up for the demonstration."""
        return self.standing == SynthesisStanding.SYNTHETIC


class Study(models.Model):
    """One effect of one study, as it was put forward, and what was decided about it."""

    synthesis = models.ForeignKey(LiveSynthesis, on_delete=models.PROTECT, related_name="studies")
    name = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    country = models.CharField(max_length=200, blank=True)
    cluster = models.CharField(max_length=200, blank=True)
    design = models.CharField(max_length=20)
    risk_of_bias = models.CharField(max_length=12)
    given: models.JSONField[dict[str, float], dict[str, float]] = models.JSONField(
        help_text="The numbers of the study table by column."
    )
    moderators: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(
        default=dict, blank=True
    )
    source = models.TextField()
    address = models.URLField(max_length=300, blank=True)
    state = models.CharField(
        max_length=12,
        default=StudyState.PUT_FORWARD.value,
        choices=[(one.value, one.value) for one in StudyState],
    )
    reason = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="studies_put_forward"
    )
    interests = models.ManyToManyField(
        "organisations.Organisation", blank=True, related_name="studies_with_interest"
    )
    put_forward_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="studies_put_forward"
    )
    put_forward_as = models.CharField(max_length=30)
    put_forward_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[str(one) for one in StudyState]), name="study_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=str(StudyState.PUT_FORWARD)) | ~Q(reason=""),
                name="study_decided_with_reason",
            ),
        )

    def __str__(self) -> str:
        """Return the study with its year, once."""
        known = self.year is None or str(self.year) in self.name
        return self.name if known else f"{self.name}, {self.year}"

    @property
    def state_words(self) -> str:
        """What was decided, as people are told."""
        return STUDY_STATE_WORDS[StudyState(self.state)]


class Decision(models.Model):
    """One act on studies, or a judgement of all of them, and the finding before and after it."""

    synthesis = models.ForeignKey(LiveSynthesis, on_delete=models.PROTECT, related_name="decisions")
    studies = models.ManyToManyField(Study, related_name="decisions")
    act = models.CharField(max_length=12)
    reason = models.CharField(max_length=200)
    before: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    after: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    changed: models.JSONField[list[str], list[str]] = models.JSONField(
        help_text="What changed, in sentences, as it was told on that day."
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="studies_decided"
    )
    decided_for = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="studies_decided"
    )
    decided_as = models.CharField(max_length=30)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(act__in=[*(str(one) for one in StudyAct), APPRAISE]),
                name="decision_act_known",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="decision_has_reason"),
        )

    def __str__(self) -> str:
        """Return the act and the synthesis."""
        return f"{self.act}: {self.synthesis}"
