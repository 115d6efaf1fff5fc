"""What others do with a published practice: adopt, repeat, follow, ask and comment."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from nhpf_web.what_works.models.practices import Practice
from nhpf_web.what_works.rules import BY_CODE


class Adoption(models.Model):
    """An organisation does this too."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="adoptions")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT)
    version_number = models.PositiveIntegerField()
    plan = models.TextField("what you will do and where")
    adopted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    adopted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("adopted_at",)
        constraints = (
            models.UniqueConstraint(fields=["practice", "organisation"], name="adoption_once"),
        )

    def __str__(self) -> str:
        """Return who adopts what."""
        return f"{self.organisation}: {self.practice}"


class Replication(models.Model):
    """Who tried it, how they changed it and what happened."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="replications")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT)
    version_number = models.PositiveIntegerField()
    period = models.CharField("when", max_length=100)
    adapted = models.TextField("how it was adapted")
    dose = models.TextField("dose")
    happened = models.TextField("what happened")
    finding = models.CharField(max_length=30)
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    logged_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("logged_at",)

    def __str__(self) -> str:
        """Return who repeated what."""
        return f"{self.organisation}: {self.practice}"

    @property
    def finding_words(self) -> str:
        """What they found, in words."""
        return BY_CODE[self.finding].words


class Follow(models.Model):
    """A person wants to see what becomes of a practice."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="follows")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="practices_followed"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["practice", "user"], name="follow_once_a_person"),
        )

    def __str__(self) -> str:
        """Return who follows what."""
        return f"{self.user}: {self.practice}"


class Remark(models.Model):
    """A question about a practice, or a community's comment on it; an answer is owed by a date."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="remarks")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="remarks_made"
    )
    is_comment = models.BooleanField(default=False)
    text = models.TextField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="remarks_made"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    answer_due = models.DateField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="remarks_answered",
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("made_at", "pk")

    def __str__(self) -> str:
        """Return the text."""
        return self.text
