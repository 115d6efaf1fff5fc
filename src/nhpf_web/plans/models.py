"""Problems that organisations work on."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from nhpf_web.plans.rules import Status

LONGEST_TEXT = 4000


class Problem(models.Model):
    """A problem of one organisation: where, why, what it rests on, who owns it.

    ``figures`` are ids of the screen's figures in ``release``; ``areas`` are ids of the framework.
    The owner is a role, never a person.
    """

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT)
    title = models.CharField(max_length=160)
    place = models.CharField(max_length=9)
    subtype = models.CharField(max_length=1, blank=True)
    areas = models.JSONField(default=list)
    reason = models.TextField(max_length=LONGEST_TEXT, blank=True)
    figures = models.JSONField(default=list)
    release = models.CharField(max_length=64)
    owner_role = models.CharField(max_length=120, blank=True)
    precursor = models.CharField(max_length=60, blank=True)
    status = models.CharField(
        max_length=6,
        default=Status.OPEN.value,
        choices=[(each.value, each.value) for each in Status],
    )
    outcome = models.TextField(max_length=LONGEST_TEXT, blank=True)
    taken_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="problems_taken_up"
    )
    taken_up_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-taken_up_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=[each.value for each in Status]),
                name="problem_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.OPEN.value, closed_on__isnull=True)
                | (Q(status=Status.CLOSED.value, closed_on__isnull=False) & ~Q(outcome="")),
                name="problem_closed_with_outcome",
            ),
        )

    def __str__(self) -> str:
        """Return the title."""
        return self.title
