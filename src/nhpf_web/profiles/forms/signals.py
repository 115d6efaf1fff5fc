"""Forms: what was found about a signal, and signals by e-mail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from nhpf_web.core.forms import offer_own
from nhpf_web.profiles.rules.signals import LONGEST_FINDING, LOOK_WORDS, Look


class SayFound(forms.Form):
    """What an organisation found about a signal."""

    organisation: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, label="For which organisation?"
    )
    look = forms.ChoiceField(
        label="What is it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is."},
    )
    found = forms.CharField(
        label="What was looked at, and what was found?",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST_FINDING,
        help_text="Only your organisation reads it. Name no person, living or dead.",
        error_messages={"required": "Say what was looked at and what was found."},
    )
    problem = forms.CharField(
        label="Which problem was it handed to?",
        max_length=200,
        required=False,
        help_text="Only where it is real.",
    )

    def __init__(
        self, *args: Any, organisations: Any, looks: Iterable[Look], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_own(self.fields["organisation"], organisations)
        choices = self.fields["look"]
        assert isinstance(choices, forms.ChoiceField)
        choices.choices = [(each.value, LOOK_WORDS[each]) for each in looks]

    def clean_look(self) -> Look:
        """Return the act that was chosen."""
        return Look(self.cleaned_data["look"])


class ChooseDigest(forms.Form):
    """Whether an organisation gets the signals of its area by e-mail."""

    organisation: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, label="For which organisation?"
    )
    wanted = forms.BooleanField(
        label="Send us the signals of our area by e-mail, once a month", required=False
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_own(self.fields["organisation"], organisations)
