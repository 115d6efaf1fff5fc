"""Forms: what a problem is, and what became of it."""

from __future__ import annotations

from typing import Any

from django import forms

from nhpf_web.core.forms import offer_own
from nhpf_web.plans.models import LONGEST_TEXT, Problem
from nhpf_web.plans.queries import precursors
from nhpf_web.plans.rules import ASKED
from nhpf_web.what_works.queries import edition


class SayProblem(forms.Form):
    """What is said of a problem; what is left open is asked again before a plan is made."""

    title = forms.CharField(
        label=ASKED["title"],
        max_length=160,
        error_messages={"required": "Say what the problem is."},
    )
    reason = forms.CharField(
        label=ASKED["reason"],
        widget=forms.Textarea(attrs={"rows": 7}),
        max_length=LONGEST_TEXT,
        required=False,
        help_text="What the figures say, then what the local check found. Name no person, living"
        " or dead.",
    )
    areas = forms.MultipleChoiceField(
        label=ASKED["areas"], widget=forms.CheckboxSelectMultiple, required=False
    )
    owner_role = forms.CharField(
        label=ASKED["owner_role"],
        max_length=120,
        required=False,
        help_text="A role, not a person. For example, Head of public protection",
    )
    precursor = forms.ChoiceField(
        label=ASKED["precursor"],
        required=False,
        help_text="Homicide is too rare to show by itself whether a plan works.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas, precursor = self.fields["areas"], self.fields["precursor"]
        assert isinstance(areas, forms.ChoiceField)
        assert isinstance(precursor, forms.ChoiceField)
        areas.choices = [(one.id, one.title) for one in edition().of_kind("area")]
        precursor.choices = [("", "Not chosen yet"), *precursors().items()]


class TakeUp(SayProblem):
    """A problem's first words, and whose it is."""

    organisation: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, label="For which organisation?"
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_own(self.fields["organisation"], organisations)


class CloseProblem(forms.ModelForm):
    """What became of a problem."""

    outcome = forms.CharField(
        label="What became of it?",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST_TEXT,
        help_text="What was done, what changed, and how you know; or why it is no problem.",
        error_messages={"required": "Say what became of it."},
    )

    class Meta:
        model = Problem
        fields = ("outcome",)
