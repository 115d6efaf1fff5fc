"""One form for each part of an assessment, and the filters of the registers."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms import modelform_factory

from nhpf.errors import InvalidInput
from nhpf_web.audit.rules import LONGEST_REASON
from nhpf_web.core.forms import date_field, offer_own
from nhpf_web.core.rules import FormPage
from nhpf_web.equality.models import Assessment, Effect, Figure, Mitigation
from nhpf_web.equality.queries.subjects import find_thing, offers
from nhpf_web.equality.rules import (
    CHARACTERISTICS,
    DEED_WORDS,
    EFFECTS,
    GROUPS,
    STANDING_WORDS,
    STATE_WORDS,
    SUBJECT_NAMES,
    Deed,
    Subject,
    check_owner,
)
from nhpf_web.equality.rules.mitigations import LONGEST_SAID

HINTS = {
    "owner": "A role, a desk or a team, not a person’s name.",
    "focus": "What the decision reaches and what it does not.",
    "affected": "Groups of people, never a person.",
    "gaps": "Which groups the data cannot show, and who could.",
    "engagement": "Who was asked, when, and what they said.",
    "race_action_plan": "It asks to explain a disparity by race or to reform what causes it.",
    "inclusion_strategy": "It covers our organisation, our communities and our partners.",
    "alternatives": "What else was considered, and why it was not chosen.",
    "monitoring": "Which figures or reports, how often, and who looks at them.",
    "standing": "For example: an editorial draft that awaits a force’s own assessment.",
    "review_due": "For example, 27 3 2027",
    "due": "For example, 27 3 2027",
}


def _date(label: str, *, hint: str) -> forms.DateField:
    return date_field(label, hint=hint, missing=f"Enter {label.lower()}.")


def _check_owner(value: str) -> None:
    try:
        check_owner(value)
    except InvalidInput as refusal:
        raise ValidationError(str(refusal)) from None


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
        known = {*offers(), Subject.PAGE}
        kinds.choices = [(kind.value, SUBJECT_NAMES[kind]) for kind in Subject if kind in known]

    def clean(self) -> dict[str, Any]:
        """Ask again where nothing of this kind has this name."""
        cleaned = super().clean() or {}
        kind, identity = cleaned.get("subject_kind"), cleaned.get("subject_id")
        if kind and identity and kind != Subject.PAGE and find_thing(kind, identity) is None:
            what = SUBJECT_NAMES[Subject(kind)].partition(" ")[2]
            self.add_error("subject_id", f"There is no {what} with the name {identity}.")
        return cleaned


def part_form(part: FormPage) -> type[forms.ModelForm]:
    """Return the form of one part."""
    form = modelform_factory(Assessment, fields=list(part.fields), help_texts=HINTS)
    if "review_due" in part.fields:
        form.base_fields["review_due"] = _date("Review date", hint=HINTS["review_due"])
    if "owner" in part.fields:
        form.base_fields["owner"].validators.append(_check_owner)
    for field in form.base_fields.values():
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 6
    return form


def _called(name: str) -> str:
    return name[0].upper() + name[1:]


class Effects(forms.Form):
    """Effect and reason for each of the nine characteristics, and for the further groups."""

    def __init__(self, *args: Any, effects: list[Effect], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = {effect.characteristic: effect for effect in effects}
        for number, name in enumerate(GROUPS):
            known = held.get(name)
            by_choice = "" if name in CHARACTERISTICS else " (not in the Act; may be left)"
            self.fields[f"effect_{number}"] = forms.ChoiceField(
                label=f"{_called(name)}: effect{by_choice}",
                required=False,
                choices=[("", "Not answered yet"), *EFFECTS.items()],
                initial=known.effect if known else "",
            )
            self.fields[f"rationale_{number}"] = forms.CharField(
                label=f"{_called(name)}: reason",
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
                initial=known.rationale if known else "",
            )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where an effect is chosen, and for an effect where a reason is given."""
        cleaned = super().clean() or {}
        for number, name in enumerate(GROUPS):
            effect, reason = cleaned.get(f"effect_{number}"), cleaned.get(f"rationale_{number}")
            if effect and not reason:
                self.add_error(f"rationale_{number}", f"Say why, for {name}.")
            if reason and not effect:
                self.add_error(f"effect_{number}", f"Choose the effect, for {name}.")
        return cleaned

    def answers(self) -> dict[str, tuple[str, str]]:
        """Return effect and reason by group."""
        return {
            name: (
                self.cleaned_data[f"effect_{number}"],
                self.cleaned_data[f"rationale_{number}"],
            )
            for number, name in enumerate(GROUPS)
        }


class ChangeFigure(forms.ModelForm):
    """What a figure means here, or why it is left out."""

    class Meta:
        model = Figure
        fields = ("words", "left_out")
        widgets: ClassVar = {"words": forms.Textarea(attrs={"rows": 5})}
        help_texts: ClassVar = {
            "left_out": "Leave empty to keep it. Readers see that it was left out, and why.",
        }


class AddMitigation(forms.ModelForm):
    """What will be done about an effect."""

    due = _date("By when", hint=HINTS["due"])

    class Meta:
        model = Mitigation
        fields = ("action", "owner", "due")
        widgets: ClassVar = {"action": forms.Textarea(attrs={"rows": 4})}
        help_texts: ClassVar = {"owner": HINTS["owner"]}

    def clean_owner(self) -> str:
        """Refuse a person’s name."""
        owner = str(self.cleaned_data["owner"])
        _check_owner(owner)
        return owner


class RecordProgress(forms.Form):
    """What became of a mitigation."""

    said = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST_SAID,
        help_text="In a sentence or two, without a person’s name.",
    )

    def __init__(self, *args: Any, deed: Deed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        question = DEED_WORDS[deed][1]
        self.fields["said"].label = question
        self.fields["said"].error_messages["required"] = f"Answer: {question.lower()}"


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


ANY = ("", "Any")


class Filter(forms.Form):
    """What of a list is asked for."""

    def asked(self) -> dict[str, str]:
        """Return what was asked for; what cannot be asked for counts as not asked."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class RegisterFilter(Filter):
    """What of the register is shown; anything not asked for is shown."""

    q = forms.CharField(label="Words in the title", required=False, max_length=100)
    kind = forms.ChoiceField(label="What is assessed", required=False)
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[ANY, *((one.value, words) for one, words in STANDING_WORDS.items())],
    )
    group = forms.ChoiceField(
        label="Better or worse for",
        required=False,
        choices=[ANY, *((name, _called(name)) for name in GROUPS)],
    )
    organisation = forms.ChoiceField(label="Organisation", required=False)

    def __init__(self, *args: Any, organisations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ANY, *((kind.value, words) for kind, words in SUBJECT_NAMES.items()),
        ]  # fmt: skip
        self.fields["organisation"].choices = [ANY, *organisations]  # type: ignore[attr-defined]


class MitigationFilter(Filter):
    """Which mitigations are shown."""

    q = forms.CharField(label="Words in it or in its owner", required=False, max_length=100)
    state = forms.ChoiceField(label="State", required=False, choices=[ANY, *STATE_WORDS.items()])
    organisation = forms.ChoiceField(label="Organisation", required=False)

    def __init__(self, *args: Any, organisations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [ANY, *organisations]  # type: ignore[attr-defined]
