"""One form for each part of an assessment."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.forms import modelform_factory

from nhpf_web.audit.rules import LONGEST_REASON
from nhpf_web.core.forms import date_field, offer_own
from nhpf_web.core.rules import FormPage
from nhpf_web.equality.models import Assessment, Effect, Mitigation
from nhpf_web.equality.rules import CHARACTERISTICS, EFFECTS, SUBJECT_NAMES, Subject

HINTS = {
    "focus": "What the decision reaches and what it does not.",
    "affected": "Groups of people, never a person.",
    "gaps": "Which groups the data cannot show, and who could.",
    "engagement": "Who was asked, when, and what they said.",
    "alternatives": "What else was considered, and why it was not chosen.",
    "standing": "For example: an editorial draft that awaits a force’s own assessment.",
    "review_due": "For example, 27 3 2027",
    "due": "For example, 27 3 2027",
}


def _date(label: str, *, hint: str) -> forms.DateField:
    return date_field(label, hint=hint, missing=f"Enter {label.lower()}.")


class StartAssessment(forms.ModelForm):
    """What is assessed, and for which organisation."""

    class Meta:
        model = Assessment
        fields = ("title", "organisation", "subject_kind", "subject_id", "is_screen")
        help_texts: ClassVar = {
            "title": "As a reader would look for it.",
            "subject_id": "As it stands in addresses, such as 2026 or ar-knife.",
        }
        widgets: ClassVar = {"subject_kind": forms.RadioSelect}

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_own(self.fields["organisation"], organisations)
        kinds = self.fields["subject_kind"]
        assert isinstance(kinds, forms.ChoiceField)
        kinds.choices = [(kind.value, SUBJECT_NAMES[kind]) for kind in Subject]


def part_form(part: FormPage) -> type[forms.ModelForm]:
    """Return the form of one part."""
    form = modelform_factory(Assessment, fields=list(part.fields), help_texts=HINTS)
    if "review_due" in part.fields:
        form.base_fields["review_due"] = _date("Review date", hint=HINTS["review_due"])
    for field in form.base_fields.values():
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 6
    return form


class Effects(forms.Form):
    """Effect and reason for each of the nine characteristics."""

    def __init__(self, *args: Any, effects: list[Effect], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = {effect.characteristic: effect for effect in effects}
        for number, name in enumerate(CHARACTERISTICS):
            known = held.get(name)
            self.fields[f"effect_{number}"] = forms.ChoiceField(
                label=f"{name.capitalize()}: effect",
                required=False,
                choices=[("", "Not answered yet"), *EFFECTS.items()],
                initial=known.effect if known else "",
            )
            self.fields[f"rationale_{number}"] = forms.CharField(
                label=f"{name.capitalize()}: reason",
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
                initial=known.rationale if known else "",
            )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where an effect is chosen."""
        cleaned = super().clean() or {}
        for number, name in enumerate(CHARACTERISTICS):
            if cleaned.get(f"effect_{number}") and not cleaned.get(f"rationale_{number}"):
                self.add_error(f"rationale_{number}", f"Say why, for {name}.")
        return cleaned

    def answers(self) -> dict[str, tuple[str, str]]:
        """Return effect and reason by characteristic."""
        return {
            name: (
                self.cleaned_data[f"effect_{number}"],
                self.cleaned_data[f"rationale_{number}"],
            )
            for number, name in enumerate(CHARACTERISTICS)
        }


class AddMitigation(forms.ModelForm):
    """What will be done about an effect."""

    due = _date("By when", hint=HINTS["due"])

    class Meta:
        model = Mitigation
        fields = ("action", "owner", "due")
        widgets: ClassVar = {"action": forms.Textarea(attrs={"rows": 4})}
        help_texts: ClassVar = {"owner": "A role or a team, not a person’s name."}


class Sign(forms.Form):
    """The signer's own words."""

    is_read = forms.BooleanField(
        label="I have read all of it and did not write any of it",
        error_messages={"required": "Confirm that you have read it and did not write it."},
    )
    reason = forms.CharField(
        label="Comment",
        required=False,
        max_length=LONGEST_REASON - 10,
        help_text="Goes into the log.",
    )


class Reopen(forms.Form):
    """Why it is opened again."""

    reason = forms.CharField(
        label="Why is it opened again?",
        max_length=LONGEST_REASON - 10,
        help_text="Goes into the log.",
        error_messages={"required": "Say why it is opened again."},
    )
