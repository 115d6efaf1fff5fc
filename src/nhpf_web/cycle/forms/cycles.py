"""Forms of the cycle's phases."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from nhpf_web.audit.rules import LONGEST_REASON
from nhpf_web.core.forms import date_field
from nhpf_web.cycle.models import Cycle
from nhpf_web.cycle.rules.phases import PHASES, Move
from nhpf_web.organisations.queries import taking_part

ROOM_FOR_OURS = 40


class OpenCycle(forms.Form):
    """Name and start of a cycle."""

    name = forms.CharField(
        label="Name",
        max_length=40,
        help_text="For example, Cycle 2027 to 2028",
        error_messages={"required": "Enter a name."},
    )
    started = date_field("Start")


class PlanPhases(forms.Form):
    """Owner and end of each phase."""

    def __init__(self, *args: Any, cycle: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = {one.number: one for one in cycle.phases.all()}
        for phase in PHASES:
            number = phase.number
            self.fields[f"owner_{number}"] = forms.ModelChoiceField(
                label=f"Phase {number}, {phase.title}: who answers for it",
                queryset=taking_part(),
                initial=held[number].owner_id,
                empty_label=None,
            )
            self.fields[f"due_{number}"] = date_field(
                f"Phase {number}: by when", initial=held[number].due
            )

    def owners(self) -> dict[int, int]:
        """Return the owner of each phase."""
        return {one.number: self.cleaned_data[f"owner_{one.number}"].pk for one in PHASES}

    def dues(self) -> dict[int, date]:
        """Return the end of each phase."""
        return {one.number: self.cleaned_data[f"due_{one.number}"] for one in PHASES}


class MovePhase(forms.Form):
    """The mover's reason, which only reopening asks for."""

    reason = forms.CharField(
        label="Why?",
        required=False,
        max_length=LONGEST_REASON - ROOM_FOR_OURS,
        help_text="Goes into the log.",
    )

    def __init__(self, *args: Any, what: Move, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if what is not Move.REOPEN:
            self.fields["reason"].label = "Comment (optional)"


class ConfirmGate(forms.Form):
    """What meets a gate."""

    said = forms.CharField(
        label="What is there, and where can it be read?",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Published on the cycle’s page.",
        error_messages={"required": "Say what is there, and where it can be read."},
    )
