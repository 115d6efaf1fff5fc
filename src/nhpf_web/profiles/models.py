"""What organisations found about signals, who wants them by e-mail, and kept backtests."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from nhpf_web.profiles.rules.signals import LONGEST_FINDING, Finding


class LookedAt(models.Model):
    """What one organisation found about one signal; only its own people read it."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT)
    signal = models.CharField(max_length=120)
    sentence = models.CharField(max_length=300)
    release = models.CharField(max_length=64)
    finding = models.CharField(
        max_length=30,
        default=Finding.NEW.value,
        choices=[(each.value, each.value) for each in Finding],
    )
    found = models.TextField(max_length=LONGEST_FINDING)
    problem = models.CharField(max_length=200, blank=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signals_looked_at"
    )
    role = models.CharField(max_length=60)
    looked_on = models.DateField()

    class Meta:
        ordering = ("-looked_on", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "signal"], name="signal_looked_at_once_by_organisation"
            ),
            models.CheckConstraint(
                condition=Q(finding__in=[each.value for each in Finding]),
                name="signal_finding_known",
            ),
            models.CheckConstraint(
                condition=~Q(finding=Finding.REAL.value) | ~Q(problem=""),
                name="signal_real_has_problem",
            ),
        )

    def __str__(self) -> str:
        """Return which signal and what was found."""
        return f"{self.signal}: {self.finding}"


class SignalDigest(models.Model):
    """An organisation that asked for its area's signals by e-mail, and the last month sent."""

    organisation = models.OneToOneField("organisations.Organisation", on_delete=models.PROTECT)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    asked_on = models.DateField()
    sent_month = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("organisation__name",)

    def __str__(self) -> str:
        """Return the organisation's name."""
        return str(self.organisation)


class KeptBacktest(models.Model):
    """How the detectors did on one release, as a backtest found it."""

    release = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)
    runs = models.PositiveIntegerField()
    seed = models.PositiveIntegerField()
    result = models.JSONField()

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        """Return the release and when."""
        return f"{self.release}, {self.made_at:%Y-%m-%d}"
