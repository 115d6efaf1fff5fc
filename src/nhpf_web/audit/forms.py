"""The filter above the log."""

from __future__ import annotations

from django import forms

from nhpf_web.audit.rules import Verb


class LogFilter(forms.Form):
    """Which entries to show."""

    verb = forms.ChoiceField(
        required=False,
        choices=[("", "All six"), *((verb.value, verb.value.capitalize()) for verb in Verb)],
    )
    who = forms.CharField(required=False, max_length=150, label="Person")
    subject = forms.CharField(required=False, max_length=200, label="Record")
