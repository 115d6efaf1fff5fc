"""Forms of the research register: asking, calling, proposing, deciding, and what came out."""

from __future__ import annotations

from typing import Any

from django import forms

from nhpf.records.importing.screening import personal_value
from nhpf_web.core.forms import date_field
from nhpf_web.organisations.queries import Account
from nhpf_web.what_works.forms.writing import ForOrganisation
from nhpf_web.what_works.models import Output, Question, Registered
from nhpf_web.what_works.queries import research as queries
from nhpf_web.what_works.rules import KIND_NAMES
from nhpf_web.what_works.rules.research.calls import CALL_KINDS
from nhpf_web.what_works.rules.research.outputs import OUTPUT_KINDS, OutputState
from nhpf_web.what_works.rules.research.questions import WANTED, QuestionState
from nhpf_web.what_works.rules.research.trials import TRIAL_DESIGNS

NOT_SAID = ("", "Not said")
# A citation names its authors.
NAMES_AUTHORS = frozenset({"citation", "address"})
SUBJECT_LABELS = {
    "area": "Area of focus",
    "subtype": "Kind of homicide",
    "level": "Prevention level",
}


def text(label: str, hint: str = "", *, rows: int = 4, missing: str = "") -> forms.CharField:
    """Return a field of several lines; without ``missing`` it may stay empty."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=5000,
        required=bool(missing),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )


def line(label: str, hint: str = "", *, longest: int = 200, missing: str = "") -> forms.CharField:
    """Return a field of one line; without ``missing`` it may stay empty."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=longest,
        required=bool(missing),
        error_messages={"required": missing},
    )


def one_of(
    label: str, offered: Any, hint: str = "", *, missing: str = "", is_open: bool = False
) -> forms.ChoiceField:
    """Return radios, or with ``is_open`` a select that may stay unsaid."""
    choices = [(str(value), words) for value, words in offered.items()]
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=[NOT_SAID, *choices] if is_open else choices,
        required=bool(missing),
        widget=forms.Select if is_open else forms.RadioSelect,
        error_messages={"required": missing},
    )


def several(label: str, offered: Any, hint: str = "") -> forms.ModelMultipleChoiceField:
    """Return checkboxes of records, by their titles."""
    return forms.ModelMultipleChoiceField(
        label=label,
        queryset=offered,
        required=False,
        help_text=hint,
        widget=forms.CheckboxSelectMultiple,
    )


class NamesNobody(forms.Form):
    """A form whose words point to no person."""

    def clean(self) -> dict[str, Any]:
        """Refuse, at the field, words that point to a person."""
        cleaned = super().clean() or {}
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and name not in NAMES_AUTHORS:
                cleaned[name] = value.replace("\r\n", "\n").strip()
                if found := personal_value(value):
                    self.add_error(name, f"The text seems to hold {found}. Describe roles instead.")
        return cleaned


class OnSubject(NamesNobody):
    """A form with an area of focus, a sub-type and a prevention level; each may stay open."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in queries.subjects().items():
            self.fields[name] = one_of(f"{SUBJECT_LABELS[name]} (optional)", offered, is_open=True)


class Wording(OnSubject):
    """The words of a question."""

    title = line(
        "The question",
        "One sentence that ends in a question mark. For example: Do street workers in hospitals"
        " prevent later knife injuries?",
        missing="Enter the question.",
    )
    why = text(
        "Why does it matter for homicide?",
        "What would be done differently if it were known.",
        missing="Say why it matters for homicide.",
    )
    wanted = text(
        "What would answer it?",
        "A trial, a count, an evaluation, a synthesis of what exists: whatever you would believe.",
        missing="Say what would answer it.",
    )


class AskQuestion(Wording, ForOrganisation):
    """A question, for one of one's own organisations."""


class Confirm(forms.Form):
    """Nothing to fill in: the button says it."""


class Reason(NamesNobody):
    """The reasons for a decision, or for a stop."""

    reason = text("What are the reasons?", "Do not name people.", missing="Give the reasons.")

    def __init__(self, *args: Any, label: str = "", hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label or self.fields["reason"].label
        self.fields["reason"].help_text = hint or self.fields["reason"].help_text


class Merge(Reason):
    """Into which question another is merged."""

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Question.objects.filter(state__in=(*WANTED, QuestionState.ANSWERED))
        self.fields["into"] = forms.ModelChoiceField(
            label="Into which question?",
            queryset=others.exclude(pk=question.pk),
            empty_label="Choose",
            error_messages={"required": "Choose a question."},
        )
        self.order_fields(["into", "reason"])


class Answer(Reason):
    """What answers a question."""

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "What is the answer?"
        self.fields["reason"].help_text = "In plain words, with how sure it is. “No effect” counts."
        listed = Output.objects.filter(state=OutputState.LISTED)
        near = listed.filter(questions=question) | listed.filter(proposal__questions=question)
        outputs = several("Which outputs answer it?", near.distinct())
        outputs.required = True
        outputs.error_messages["required"] = "Choose the outputs that answer it."
        outputs.help_text = "Listed outputs about this question, or of a study about it."
        self.fields["outputs"] = outputs
        self.order_fields(["outputs", "reason"])


class CallForm(OnSubject):
    """A call, and for a trial its arithmetic."""

    kind = one_of("What do you call for?", CALL_KINDS, missing="Choose what you call for.")
    title = line("Title", missing="Enter a title.")
    summary = text("What is asked for?", "Needed before it opens.", rows=5)
    offered = text(
        "What do you offer?",
        "Data, access and funding, in words. Never data about people: aggregate tables, releases,"
        " or what an agreement between organisations covers.",
    )
    closes = date_field("Closing date", required=False)
    outcome = line(
        "For a trial: what is counted?",
        "In the plural, for example: homicides; hospital admissions for knife injury.",
    )
    baseline = forms.FloatField(
        label="How many of them does one place have in a year now?",
        required=False, min_value=0.001, max_value=1_000_000,
    )  # fmt: skip
    fall = forms.IntegerField(
        label="Which fall is hoped for, per cent?", required=False, min_value=1, max_value=99
    )
    units = forms.IntegerField(
        label="How many places could take part?", required=False, min_value=1, max_value=500
    )
    years = forms.FloatField(
        label="How many years are there on each side of the start?",
        help_text="In a stepped wedge: the length of each step.",
        required=False, min_value=0.05, max_value=50,
    )  # fmt: skip
    design = one_of("How would it compare?", TRIAL_DESIGNS)
    dispersion = forms.FloatField(
        label="How far do counts vary beyond chance? (optional)",
        help_text="Variance of the counts over their mean. 1 is pure chance; more where events come"
        " in clusters.",
        required=False, min_value=1, max_value=100,
    )  # fmt: skip

    def __init__(self, *args: Any, about: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        questions = queries.questions_wanted() | (about or Question.objects.none())
        self.fields["questions"] = several("Which questions is it about?", questions.distinct())
        self.fields["practices"] = forms.MultipleChoiceField(
            label="Which practices is it about?", required=False,
            choices=queries.practices_offered(), widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
        self.order_fields(["kind", "title", "questions", "practices", "summary", "offered",
                           "closes", "area", "subtype", "level"])  # fmt: skip


class Extend(Reason):
    """A later closing date."""

    closes = date_field("The new closing date")


class OutputWording(OnSubject):
    """What came out of research."""

    kind = one_of("What is it?", OUTPUT_KINDS, missing="Choose what it is.")
    title = line("Title", missing="Enter a title.")
    citation = text(
        "Citation", "Authors, year, title, where it was published.", rows=2,
        missing="Enter the citation.",
    )  # fmt: skip
    address = forms.URLField(
        label="Address (optional)",
        required=False,
        max_length=300,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
        error_messages={"invalid": "Enter an address, such as https://doi.org/10.1000/1."},
    )
    found = text(
        "What did it find?",
        "Numbers with their intervals. That nothing was found is as welcome.",
        missing="Say what it found.",
    )

    def __init__(self, *args: Any, user: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visible = queries.proposals_visible_to(user)
        self.fields["proposal"] = forms.ModelChoiceField(
            label="Of which of your studies? (optional)", required=False,
            queryset=visible.filter(state__in=("under way", "reported", "stopped")),
            empty_label="None in this register",
        )  # fmt: skip
        questions = queries.questions_visible_to(user).exclude(
            state__in=(QuestionState.DECLINED, QuestionState.MERGED)
        )
        self.fields["questions"] = several("Which questions does it bear on?", questions)
        for kind, offered in queries.entries_offered().items():
            self.fields[kind] = forms.MultipleChoiceField(
                label=f"Which {KIND_NAMES[kind][1].lower()} does it bear on?", required=False,
                choices=offered, widget=forms.CheckboxSelectMultiple,
                help_text="It is shown on their pages.",
                initial=[one for one, _ in offered if one in self.initial.get("entries", ())],
            )  # fmt: skip
        self.fields["practices"] = forms.MultipleChoiceField(
            label="Which practices does it bear on?", required=False,
            choices=queries.practices_offered(), widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Put the entries of every kind together."""
        cleaned = super().clean()
        kinds = queries.entries_offered()
        return cleaned | {"entries": [one for kind in kinds for one in cleaned.pop(kind, ())]}


class AddOutput(OutputWording, ForOrganisation):
    """An output, for one of one's own organisations."""


def initial_of(record: Registered, names: Any) -> dict[str, Any]:
    """Return what a form shows of a record that is there already."""
    return {name: getattr(record, name) for name in names if hasattr(record, name)}
