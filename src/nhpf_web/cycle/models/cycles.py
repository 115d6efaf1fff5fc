"""Cycles, their phases, and what was said to meet a gate."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from nhpf_web.cycle.rules.phases import PHASES, State


class Cycle(models.Model):
    """One turn of the five phases."""

    slug = models.SlugField(max_length=40, unique=True)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT)
    name = models.CharField(max_length=100, unique=True)
    started = models.DateField("start")

    class Meta:
        ordering = ("-started", "-id")

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Phase(models.Model):
    """One phase of one cycle: who answers for it, by when, and where it stands."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="phases")
    number = models.PositiveSmallIntegerField()
    owner = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="phases_owned"
    )
    state = models.CharField(
        max_length=10,
        default=State.PLANNED.value,
        choices=[(state.value, state.value) for state in State],
    )
    due = models.DateField()
    begun_on = models.DateField(null=True, blank=True)
    finished_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["cycle", "number"], name="phase_once_a_cycle"),
            models.CheckConstraint(
                condition=models.Q(number__range=(1, len(PHASES))), name="phase_of_the_strategy"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[str(state) for state in State]),
                name="phase_state_known",
            ),
        )

    def __str__(self) -> str:
        """Return the cycle and the number."""
        return f"{self.cycle}, phase {self.number}"


class Confirmation(models.Model):
    """What somebody said to meet a gate, and where it can be read."""

    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="confirmations")
    gate = models.SlugField(max_length=40)
    said = models.TextField("what is there, and where it can be read")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    on = models.DateField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["phase", "gate"], name="gate_confirmed_once"),
        )

    def __str__(self) -> str:
        """Return the gate."""
        return self.gate
