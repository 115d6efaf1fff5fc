"""The forms of a scoping return: one for each step."""

from __future__ import annotations

from typing import Any

from django import forms

from nhpf_web.core.forms import date_field
from nhpf_web.core.rules import FormPage
from nhpf_web.cycle.models import Activity
from nhpf_web.cycle.queries.returns import LEVELS, choices
from nhpf_web.cycle.rules.returns import EVALUATED, OPTIONAL, SCALES, personal_in
from nhpf_web.organisations.queries import taking_part

FIRST_YEAR, LAST_YEAR = 1950, 2100


def _fields() -> dict[str, forms.Field]:
    return {
        "title": forms.CharField(
            label="What is it called?",
            max_length=120,
            help_text="For example, Weekend patrols at three bus stations",
        ),
        "what": forms.CharField(
            label="What is done?",
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 5}),
            help_text="Two or three sentences: what, for whom, how often. No names, no cases.",
        ),
        "areas": forms.MultipleChoiceField(
            label="Which areas of focus?",
            choices=choices("area"),
            widget=forms.CheckboxSelectMultiple,
        ),
        "toolkits": forms.MultipleChoiceField(
            label="Which toolkits, if any?",
            choices=choices("toolkit"),
            widget=forms.CheckboxSelectMultiple,
        ),
        "level": forms.ChoiceField(
            label="Whom is it for?", choices=list(LEVELS.items()), widget=forms.RadioSelect
        ),
        "place": forms.CharField(
            label="Where?", max_length=120, help_text="A district, a town or the whole area"
        ),
        "scale": forms.ChoiceField(
            label="At what scale?", choices=list(SCALES.items()), widget=forms.RadioSelect
        ),
        "since": forms.IntegerField(
            label="Since which year? (optional)",
            min_value=FIRST_YEAR,
            max_value=LAST_YEAR,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        ),
        "partners": forms.CharField(
            label="With which partners? (optional)",
            max_length=300,
            help_text="For example, the council, the ambulance service",
        ),
        "evaluated": forms.ChoiceField(
            label="Has it been evaluated?",
            choices=list(EVALUATED.items()),
            widget=forms.RadioSelect,
        ),
        "contact_desk": forms.CharField(
            label="Which desk can others ask?",
            max_length=200,
            help_text="For example, Violence reduction desk, 101. Never a person’s name.",
        ),
    }


class StepForm(forms.Form):
    """The questions of one step; what is there already stands in it."""

    def __init__(
        self, *args: Any, step: FormPage, activity: Activity | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        made = _fields()
        for name in step.fields:
            field = made[name]
            field.required = name not in OPTIONAL
            field.error_messages["required"] = f"Answer: {field.label}"
            field.initial = getattr(activity, name) if activity else None
            self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        """Refuse what points to one person, at the field."""
        cleaned = super().clean() or {}
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and (found := personal_in(name, value)):
                self.add_error(name, f"This holds {found}. Name a desk or a role instead.")
        return cleaned


class SendReturn(forms.Form):
    """Whether there is anything to report."""

    is_nothing = forms.BooleanField(label="We do nothing of this kind, and say so", required=False)


class AskOrganisations(forms.Form):
    """Whom to ask, and by when."""

    organisations: Any = forms.ModelMultipleChoiceField(
        label="Whom do you ask?",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one organisation."},
    )
    due = date_field("By when")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["organisations"]
        assert isinstance(chosen, forms.ModelMultipleChoiceField)
        chosen.queryset = taking_part()
