"""Putting a study forward, a table of studies, deciding, and opening a synthesis."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from nhpf import evidence
from nhpf.errors import NhpfError
from nhpf.evidence.rows import FORMS as GIVEN
from nhpf.evidence.rows import Form, study_of
from nhpf_web.organisations import queries as organisations
from nhpf_web.what_works.forms.writing import ForOrganisation
from nhpf_web.what_works.models import LiveSynthesis
from nhpf_web.what_works.queries import options
from nhpf_web.what_works.rules import LARGEST
from nhpf_web.what_works.rules.studies import (
    BIAS_WORDS,
    COST_WORDS,
    DESIGN_WORDS,
    GOOD_WORDS,
    MEASURE_WORDS,
    METHOD_WORDS,
    StudyAct,
    SynthesisStanding,
)

LONGEST_REASON = 150
COLUMN = re.compile(r"column (\w+)$")
GIVEN_WORDS = {
    "effect": "effect and variance",
    "se": "effect and standard error",
    "counts": "events in both groups",
    "means": "means of both groups",
}
WAYS = dict(zip(GIVEN_WORDS, GIVEN, strict=True))
NUMBER_WORDS = {
    "effect": "Effect",
    "variance": "Variance of the effect",
    "se": "Standard error of the effect",
    "events_treatment": "Events in the treated group",
    "n_treatment": "Size of the treated group",
    "events_control": "Events in the comparison group",
    "n_control": "Size of the comparison group",
    "mean_treatment": "Mean of the treated group",
    "sd_treatment": "Standard deviation of the treated group",
    "mean_control": "Mean of the comparison group",
    "sd_control": "Standard deviation of the comparison group",
}


def ways_of(live: LiveSynthesis) -> dict[str, str]:
    """Return in which ways a study can give its effect to a synthesis, with their words."""
    able = {name for name, form in WAYS.items() if live.measure in form.measures}
    if live.method == "MH":
        able &= {"counts"}
    return {name: words for name, words in GIVEN_WORDS.items() if name in able}


def _text(
    label: str, hint: str = "", *, missing: str = "", rows: int = 0, **kwargs: Any
) -> forms.CharField:
    """Return a text; one without ``missing`` may be left out and says so."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label if missing else f"{label} (optional)",
        help_text=hint,
        required=bool(missing),
        widget=widget,
        error_messages={"required": missing},
        **kwargs,
    )


def _choice(label: str, words: dict[str, str], *, missing: str, **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=list(words.items()),
        widget=forms.RadioSelect,
        error_messages={"required": missing},
        **kwargs,
    )


class AboutStudies(ForOrganisation):
    """What is said of studies beside their numbers."""

    def __init__(self, *args: Any, live: LiveSynthesis, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.live = live
        self.fields["design"] = _choice(
            "How was it designed?", dict(DESIGN_WORDS), missing="Say how it was designed."
        )
        self.fields["risk_of_bias"] = _choice(
            "Risk of bias", dict(BIAS_WORDS), missing="Say what is known of its risk of bias."
        )
        self.fields["source"] = _text(
            "Citation",
            "Authors, year, title and publisher, as you would cite it.",
            missing="Cite the publication.",
            rows=3,
            max_length=1_000,
        )
        self.fields["address"] = forms.URLField(
            label="Address" + " (optional: the synthesis is synthetic)" * live.is_synthetic,
            help_text="Where the publication can be read, for example https://doi.org/…",
            required=not live.is_synthetic,
            max_length=300,
            assume_scheme="https",
            error_messages={
                "required": "Enter the address at which it can be read.",
                "invalid": "Enter a whole address, such as https://doi.org/10.1000/1",
            },
        )
        self.fields["interests"] = forms.ModelMultipleChoiceField(
            label="Who ran the evaluation, or gains from its result? (optional)",
            help_text="People of these organisations cannot decide on it. Tick your own if it is"
            " one of them.",
            queryset=organisations.taking_part(),
            to_field_name="slug",
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )


class PutForward(AboutStudies):
    """One study with its numbers in one of the ways that the synthesis can take."""

    def __init__(self, *args: Any, way: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.way: Form = WAYS[way]
        self.fields["study"] = _text(
            "Study", "Its authors and year: Smith and others (2024)", missing="Name the study."
        )
        self.fields["year"] = _text("Year of publication")
        self.fields["country"] = _text("Country")
        self.fields["cluster"] = _text(
            "Shared with other studies",
            "Where it shares people, a team or a trial with another study listed here, one name"
            " for all of them.",
        )
        for column in self.way.columns:
            label = NUMBER_WORDS[column]
            self.fields[column] = _text(
                label, self._number_hint(column), missing=f"Enter: {label.lower()}."
            )
        self.order_fields(
            ["organisation", "study", "year", "country", *self.way.columns, "design",
             "risk_of_bias", "source", "address", "cluster", "interests"]
        )  # fmt: skip

    def _number_hint(self, column: str) -> str:
        if column == "effect" and self.live.measure in ("OR", "RR"):
            return "The natural logarithm of the ratio, so that no effect is 0"
        return ""

    def clean(self) -> dict[str, Any]:
        """Read the study as a row of a study table; what is wrong is said at its field."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        columns = ("study", "year", "country", "cluster", *self.way.columns)
        cells = {name: str(cleaned.get(name, "")).strip() for name in columns}
        try:
            cleaned["row"] = study_of(
                cells, self.way, evidence.measure_called(self.live.measure), file="form", row=1
            )
        except NhpfError as fault:
            self._say(fault)
        return cleaned

    def _say(self, fault: NhpfError) -> None:
        found = COLUMN.search(fault.where)
        name = found.group(1) if found and found.group(1) in self.fields else None
        label = str(self.fields[name].label) if name else "The study"
        words = fault.what.replace("A cell", f"“{label.removesuffix(' (optional)')}”", 1)
        self.add_error(name, f"{words} {fault.next_step}".strip())


class StudyTableFile(AboutStudies):
    """A study table: each of its rows is put forward."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = forms.FileField(
            label="Study table",
            help_text="CSV with a column study and the effect: effect with variance or se (a ratio"
            " as its logarithm); or events_treatment, n_treatment, events_control and n_control; or"
            " means, standard deviations and sizes. year, country and cluster may be added.",
            error_messages={"required": "Choose a file.", "empty": "The file is empty."},
        )
        self.fields["columns"] = _text(
            "Your file’s own names of these columns",
            "Where they differ, one in each line: effect=yi. One column may serve twice.",
            rows=3,
        )
        self.order_fields(["organisation", "file", "columns"])

    def clean_columns(self) -> dict[str, str]:
        """Return the file's own names by ours."""
        pairs = [line.partition("=") for line in self.cleaned_data["columns"].splitlines() if line]
        if not all(ours.strip() and theirs.strip() for ours, _, theirs in pairs):
            raise forms.ValidationError("Write one column in each line, such as effect=yi.")
        return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}

    def clean_file(self) -> Any:
        """Refuse a file by its size before it is read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(f"A file has at most {LARGEST // 1024**2} MB.")
        return file


def _reason() -> forms.CharField:
    return forms.CharField(
        label="Reason",
        max_length=LONGEST_REASON,
        help_text="One sentence. Everybody who reads the synthesis reads it. Do not name people.",
        error_messages={"required": "Say why."},
    )


class Decide(forms.Form):
    """Why, and that nothing is gained by it."""

    reason = _reason()
    has_no_interest = forms.BooleanField(
        label="I have no interest in this study: I did not put it forward, had no part in the"
        " evaluation and gain nothing from its result",
        error_messages={"required": "Confirm that you have no interest, or leave it to others."},
    )


class DecideTogether(Decide):
    """One act for several studies."""

    def __init__(self, *args: Any, studies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["studies"] = forms.ModelMultipleChoiceField(
            label="Which studies?",
            queryset=studies,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Choose at least one study."},
        )
        acts = {act.value: act.capitalize() for act in StudyAct if act != StudyAct.REOPEN}
        self.fields["act"] = _choice("What do you decide?", acts, missing="Choose what you decide.")
        self.order_fields(["studies", "act"])


class Appraisal(forms.Form):
    """What is judged of the studies together, and what else a reader has to know."""

    design = _choice(
        "Design of the studies that carry most of the weight", dict(DESIGN_WORDS),
        missing="Say how they were designed.",
    )  # fmt: skip
    risk_of_bias = _choice(
        "Risk of bias of the studies together", dict(BIAS_WORDS),
        missing="Say what is known of the risk of bias.",
    )  # fmt: skip
    bias_reason = _text("Why", "Needed where somebody has assessed it.", rows=3)
    harms = _text("Harms", "What is known of them.", rows=3)
    cost = _text("Cost", "What it costs, and where from.", rows=3)
    cost_band = _choice("Cost, in a word", dict(COST_WORDS), missing="", required=False, initial="")


class Appraise(Appraisal):
    """The judgement anew, with its reason."""

    reason = _reason()


class OpenSynthesis(Appraisal):
    """A synthesis with its method, which is chosen before a study is seen."""

    outcome = _text(
        "Outcome", "For example: violent crime at treated places", missing="Enter the outcome.",
        max_length=150,
    )  # fmt: skip
    measure = _choice("Measure", dict(MEASURE_WORDS), missing="", required=False, initial="")
    good = _choice("Which direction is better?", dict(GOOD_WORDS), missing="Say which is better.")
    method = _choice(
        "Method", dict(METHOD_WORDS), missing="Choose a method.", initial="REML",
        help_text="It belongs to the synthesis and is not chosen again when a study arrives.",
    )  # fmt: skip
    hartung_knapp = forms.BooleanField(
        label="Hartung-Knapp interval, which allows for few studies (random effects only)",
        required=False,
    )
    worthwhile = forms.FloatField(
        label="Smallest difference worth having, on the pooled scale (optional)",
        help_text="A logarithm for ratios. Left out, a tenth for ratios and standardised"
        " differences; for other measures nothing is then called null.",
        required=False,
        min_value=0.000001,
    )
    standing = _choice(
        "Where do the figures come from?",
        {one.value: one.capitalize() for one in SynthesisStanding},
        missing="Say where the figures come from.",
    )
    source = _text(
        "Citation", "The review or register that the studies come from.",
        missing="Cite the review.", rows=3, max_length=1_000,
    )  # fmt: skip
    address = forms.URLField(
        label="Address",
        help_text="Where the review can be read. May be left out for a synthetic one.",
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={"invalid": "Enter a whole address, such as https://doi.org/10.1000/1"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["intervention"] = forms.ChoiceField(
            label="Intervention", choices=list(options()["intervention"].items())
        )
        ahead = [name for name in self.fields if name not in Appraisal.base_fields]
        self.order_fields(["intervention", *ahead])
