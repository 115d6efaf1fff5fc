"""Proposals for the framework, and other workstreams that it links."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from nhpf_web.cycle.rules.proposals import KINDS, Stage


class Proposal(models.Model):
    """One proposal, with its evidence of impact on homicide and what was decided."""

    slug = models.SlugField(max_length=100, unique=True)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="proposals"
    )
    kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    title = models.CharField(max_length=120)
    what = models.TextField(blank=True)
    impact = models.TextField(blank=True)
    source = models.TextField(blank=True)
    harm = models.TextField(blank=True)
    stage = models.CharField(
        max_length=10,
        default=Stage.DRAFT.value,
        choices=[(stage.value, stage.value) for stage in Stage],
    )
    proposed_on = models.DateField(null=True, blank=True)
    reasons = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals_decided",
    )
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("author")),
                name="proposal_decided_by_another",
            ),
        )

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class LinkedWork(models.Model):
    """Another workstream that readers of the framework should find."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT)
    title = models.CharField(max_length=120)
    owner = models.CharField(max_length=120)
    address = models.URLField(max_length=300, unique=True)
    what = models.TextField()

    class Meta:
        ordering = ("title",)
        verbose_name_plural = "linked work"

    def __str__(self) -> str:
        """Return the title."""
        return self.title
