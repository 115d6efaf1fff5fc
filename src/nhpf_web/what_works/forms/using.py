"""Adopting, logging a replication, asking, commenting and answering."""

from __future__ import annotations

from django import forms

from nhpf_web.what_works.forms.writing import ForOrganisation
from nhpf_web.what_works.rules import WHOLE


def _text(label: str, hint: str, *, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": "Enter this."},
    )


class Adopt(ForOrganisation):
    """What an organisation means to do."""

    plan = _text("What will you do, and where?", "So that others can ask you how it goes.")


class Replicate(ForOrganisation):
    """What happened when another organisation tried it."""

    period = forms.CharField(
        label="When",
        max_length=100,
        help_text="For example: April 2026 to March 2027",
        error_messages={"required": "Enter when it was tried."},
    )
    adapted = _text("How did you adapt it?", "What you did otherwise, and why.")
    dose = _text("Dose", "How much, how often, for how long.", rows=2)
    happened = _text("What happened?", "What failed is as welcome as what worked.")
    finding = forms.ChoiceField(
        label="Which describes it best?",
        choices=[(finding.code, finding.words) for finding in WHOLE],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what describes it best."},
    )


class Ask(ForOrganisation):
    """A question or a comment."""

    text = _text("Your words", "Everybody who reads the practice reads them, with your"
                 " organisation and without your name. Do not name people.")  # fmt: skip


class Tell(forms.Form):
    """The answer to a question or a comment."""

    text = _text("Your answer", "Everybody who reads the practice reads it. Do not name people.")


DEEDS: dict[str, type[ForOrganisation]] = {
    "adopt": Adopt,
    "replicate": Replicate,
    "ask": Ask,
    "comment": Ask,
}
"""What can be done with a published practice, by the word in its address."""
