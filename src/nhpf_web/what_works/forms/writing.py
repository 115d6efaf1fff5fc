"""Beginning a practice, each step of its form, its files, and a file of many practices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nhpf_web.what_works.queries import options
from nhpf_web.what_works.rules import (
    FIELDS,
    LARGEST,
    MOST,
    WHOLE,
    Answer,
    Answers,
    Field,
    Kind,
    Step,
    fault,
)

TITLE = FIELDS["title"]


def hint(field: Field) -> SafeString:
    """Return a field's help and its example."""
    if not field.example:
        return format_html("{}", field.hint)
    return format_html(
        '{} <span class="nhpf-example">For example: {}</span>', field.hint, field.example
    )


def _choices(field: Field, answer: Answer) -> list[tuple[str, str]]:
    """Return what a question offers: of findings those that say both, and what an import said."""
    offered = options()[field.options]
    whole = {finding.code for finding in WHOLE}
    is_finding = field.options == "finding"
    return [
        (value, words)
        for value, words in offered.items()
        if not is_finding or value in whole or value == answer
    ]


def _control(field: Field, answer: Answer) -> forms.Field:
    """Return a field of a form; none is required here, so that a step can be left half done."""
    label = field.label if field.is_needed else f"{field.label} (optional)"
    common: dict[str, Any] = {"label": label, "help_text": hint(field), "required": False}
    choices = _choices(field, answer) if field.options else []
    match field.kind:
        case Kind.ONE:
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
        case Kind.SEVERAL:
            return forms.MultipleChoiceField(
                choices=choices, widget=forms.CheckboxSelectMultiple, **common
            )
        case Kind.TEXT:
            rows = 12 if field.longest > 3000 else 5
            return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), **common)
    return forms.CharField(**common)


class StepForm(forms.Form):
    """One step of a practice's form."""

    def __init__(self, data: Any = None, *, step: Step, answers: Answers) -> None:
        super().__init__(data, initial=dict(answers))
        self.step = step
        for field in step.fields:
            self.fields[field.name] = _control(field, answers.get(field.name, ""))
        if "title" in self.fields:
            self.fields["title"].required = True
            self.fields["title"].error_messages["required"] = "Enter a title."

    def clean(self) -> dict[str, Any]:
        """Refuse what the rules refuse, at the field."""
        cleaned = super().clean() or {}
        for field in self.step.fields:
            answer = as_answer(cleaned.get(field.name, ""))
            if words := fault(field, answer, options=options()):
                self.add_error(field.name, words)
        return cleaned

    def answers(self) -> dict[str, Answer]:
        """Return the answers as they are kept."""
        return {name: as_answer(value) for name, value in self.cleaned_data.items()}


def as_answer(value: Any) -> Answer:
    """Return a cleaned value as an answer: text with plain line ends, or a list."""
    return list(value) if isinstance(value, list) else str(value).replace("\r\n", "\n").strip()


class ForOrganisation(forms.Form):
    """A form that is filled in for one of one's own organisations."""

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = forms.ModelChoiceField(
            queryset=organisations,
            to_field_name="slug",
            empty_label=None,
            initial=organisations.first(),
            widget=forms.RadioSelect,
            label="For which organisation?",
            error_messages={"required": "Choose an organisation."},
        )
        self.order_fields(["organisation"])


class Begin(ForOrganisation):
    """A title, from which the permanent id is made."""

    title = forms.CharField(
        label=TITLE.label,
        max_length=TITLE.longest,
        help_text=hint(TITLE),
        error_messages={"required": "Enter a title."},
    )

    def clean_title(self) -> str:
        """Refuse a title that points to a person."""
        title = str(self.cleaned_data["title"])
        if words := fault(TITLE, title, options={}):
            raise forms.ValidationError(words)
        return title


def _check_size(file: Any) -> Any:
    """Refuse a file by its size before it is read."""
    if file.size > LARGEST:
        raise forms.ValidationError(f"A file has at most {LARGEST // 1024**2} MB.")
    return file


class AddFile(forms.Form):
    """One file."""

    file = forms.FileField(
        label="File",
        help_text=f"PDF, DOCX, XLSX, CSV or PNG, at most 10 MB; at most {MOST} files. Leave out"
        " everything that points to a person. Nobody can open it before the practice is published.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )

    def clean_file(self) -> Any:
        """Refuse a file by its size."""
        return _check_size(self.cleaned_data["file"])


class ImportFile(ForOrganisation):
    """A file of practices."""

    file = forms.FileField(
        label="File of practices",
        help_text="CSV or JSON as this service writes it. Each practice becomes a draft of yours.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )

    def clean_file(self) -> Any:
        """Refuse a file by its size."""
        return _check_size(self.cleaned_data["file"])
