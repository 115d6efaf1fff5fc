"""Scoping returns, and the activities that they describe."""

from __future__ import annotations

from django.db import models

from nhpf_web.cycle.models.cycles import Cycle
from nhpf_web.cycle.rules.returns import EVALUATED, SCALES, Answer


class Return(models.Model):
    """What one organisation is asked in one cycle."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="returns")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT)
    due = models.DateField()
    state = models.CharField(
        max_length=5,
        default=Answer.OPEN.value,
        choices=[(state.value, state.value) for state in Answer],
    )
    is_nothing = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("organisation__name",)
        constraints = (
            models.UniqueConstraint(fields=["cycle", "organisation"], name="return_once_a_cycle"),
        )

    def __str__(self) -> str:
        """Return who is asked."""
        return str(self.organisation)


class Activity(models.Model):
    """One thing that an organisation does against homicide."""

    answer = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="activities")
    title = models.CharField(max_length=120)
    what = models.TextField(blank=True)
    areas = models.JSONField(default=list, blank=True)
    toolkits = models.JSONField(default=list, blank=True)
    level = models.CharField(max_length=10, blank=True)
    place = models.CharField(max_length=120, blank=True)
    scale = models.CharField(max_length=10, blank=True, choices=list(SCALES.items()))
    since = models.PositiveSmallIntegerField(null=True, blank=True)
    partners = models.CharField(max_length=300, blank=True)
    evaluated = models.CharField(max_length=10, blank=True, choices=list(EVALUATED.items()))
    contact_desk = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "activities"

    def __str__(self) -> str:
        """Return the title."""
        return self.title
