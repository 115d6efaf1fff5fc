"""One form for each act on a version."""

from __future__ import annotations

from typing import Any

from django import forms

from nhpf_web.organisations.queries import organisations_of
from nhpf_web.what_works.models import Version
from nhpf_web.what_works.queries import possible_assessors
from nhpf_web.what_works.rules import WHOLE, Act

LONGEST_REASON = 150
FIT = [("yes", "Yes"), ("no", "No")]


class OnVersion(forms.Form):
    """A form about one version."""

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version


class Confirm(OnVersion):
    """Nothing to fill in: the button says it."""


class Reason(OnVersion):
    """Why, in a sentence that goes into the log."""

    reason = forms.CharField(
        label="Why?",
        max_length=LONGEST_REASON,
        help_text="One sentence. It goes into the log. Do not name people.",
        error_messages={"required": "Say why."},
    )


class Object(OnVersion):
    """What is wrong with an assessment."""

    reason = forms.CharField(
        label="What is wrong with the assessment?",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Say which finding you expect instead, and on what evidence.",
        error_messages={"required": "Say what is wrong with it."},
    )


def _finding(label: str, *, required: bool) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=required,
        choices=[(finding.code, finding.words) for finding in WHOLE],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the evidence bears."},
    )


def _fit(*, required: bool) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label="Is it described well enough to repeat?",
        required=required,
        choices=FIT,
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is described well enough to repeat."},
    )


class Rate(OnVersion):
    """What one assessor finds."""

    finding = _finding("What does the evidence bear?", required=True)
    is_fit = _fit(required=True)
    reasons = forms.CharField(
        label="Reasons",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="What your answers rest on, and what would change them. The owner reads this"
        " without your name.",
        error_messages={"required": "Say what your answers rest on."},
    )
    has_no_interest = forms.BooleanField(
        label="I have no interest in this practice: I do not belong to its organisation, had no"
        " part in it and gain nothing from it",
        error_messages={"required": "Confirm that you have no interest, or decline to assess."},
    )


class Reply(OnVersion):
    """The answer to a dispute or an appeal."""

    is_upheld = forms.TypedChoiceField(
        label="Is the assessment changed?",
        choices=FIT,
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the assessment is changed."},
    )
    finding = _finding("If it is changed: what does the evidence bear?", required=False)
    is_fit = _fit(required=False)
    reply = forms.CharField(
        label="Reasons",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Say why."},
    )


class AssessorsField(forms.ModelMultipleChoiceField):
    """People to ask, each with the organisations that they belong to."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the person's name and organisations: an interest may lie there."""
        return f"{obj}, {', '.join(organisations_of(obj))}"


class ChooseAssessors(OnVersion):
    """Who is asked to assess."""

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, version=version, **kwargs)
        self.fields["assessors"] = AssessorsField(
            label="Assessors",
            queryset=possible_assessors(version),
            to_field_name="username",
            widget=forms.CheckboxSelectMultiple,
            help_text="Two people of other organisations, or one in place of somebody who declined"
            " or as the third. Nobody of the practice’s own organisation is in this list.",
            error_messages={"required": "Choose assessors."},
        )


FORMS: dict[Act, type[OnVersion]] = {
    Act.SEND_BACK: Reason,
    Act.ASSIGN: ChooseAssessors,
    Act.DECLINE: Reason,
    Act.RATE: Rate,
    Act.ACCEPT: Confirm,
    Act.DISPUTE: Object,
    Act.ANSWER: Reply,
    Act.APPEAL: Object,
    Act.DECIDE: Reply,
    Act.CONFIRM_EQUALITY: Confirm,
    Act.PUBLISH: Confirm,
    Act.REVIEW: Confirm,
    Act.RENEW: Confirm,
    Act.WITHDRAW: Reason,
}
