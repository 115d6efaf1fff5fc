"""What assessors said of a version, and what its owner said against it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from nhpf_web.what_works.models.practices import Version
from nhpf_web.what_works.rules import BY_CODE


class Rating(models.Model):
    """One assessor asked, and that assessor's answer."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="ratings")
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ratings"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    due = models.DateField()
    finding = models.CharField(max_length=30, blank=True)
    is_fit = models.BooleanField(null=True, blank=True)
    reasons = models.TextField(blank=True)
    has_no_interest = models.BooleanField(default=False)
    rated_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["version", "assessor"], name="rating_once_a_person"),
            models.CheckConstraint(
                condition=Q(rated_at__isnull=True)
                | Q(has_no_interest=True, is_fit__isnull=False, declined_at__isnull=True)
                & ~Q(finding="")
                & ~Q(reasons=""),
                name="rating_whole_and_without_interest",
            ),
        )

    def __str__(self) -> str:
        """Return whose rating of what it is."""
        return f"{self.version} by {self.assessor}"

    @property
    def finding_words(self) -> str:
        """What was found, in words."""
        return BY_CODE[self.finding].words if self.finding else ""


class Objection(models.Model):
    """A dispute, or the appeal that follows it, and the reply that is owed by a date."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="objections")
    is_appeal = models.BooleanField(default=False)
    reason = models.TextField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="objections_made"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    reply_due = models.DateField()
    reply = models.TextField(blank=True)
    is_upheld = models.BooleanField(null=True, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="objections_answered",
    )
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["version", "is_appeal"], name="objection_once"),
        )

    def __str__(self) -> str:
        """Return what it is and of which version."""
        return f"{'Appeal' if self.is_appeal else 'Dispute'} about {self.version}"
