"""Forms of a proposal for a study: page by page, its data request, changes of its protocol."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from nhpf_web.core.forms import date_field
from nhpf_web.core.rules import FormPage
from nhpf_web.what_works.forms.research import (
    SUBJECT_LABELS,
    NamesNobody,
    OnSubject,
    Reason,
    line,
    one_of,
    several,
    text,
)
from nhpf_web.what_works.forms.writing import ForOrganisation
from nhpf_web.what_works.models import Question, StudyProposal
from nhpf_web.what_works.queries import research as queries
from nhpf_web.what_works.rules.research.checking import faults
from nhpf_web.what_works.rules.research.proposals import (
    DATA_WORDS,
    DESIGNS,
    ETHICS_WORDS,
    PROTOCOL,
)

# No answer is required here, so that a page can be left half done.
FIELDS: Mapping[str, Callable[[], forms.Field]] = {
    "title": lambda: line("Title", missing="Enter a title."),
    "summary": lambda: text(
        "What is studied?", "What is studied, where, with whom, in plain words."
    ),
    "design": lambda: one_of("Design", DESIGNS, is_open=True),
    "outcome": lambda: text(
        PROTOCOL["outcome"], "The one outcome that decides whether it worked.", rows=2
    ),
    "measures": lambda: text(
        PROTOCOL["measures"], "From which records or instruments, when, and by whom."
    ),
    "analysis": lambda: text(
        PROTOCOL["analysis"], "The comparison, the model, and what is done about missing data."
    ),
    "power": lambda: text(
        PROTOCOL["power"], "The smallest effect that the study could see, and what it could not."
    ),
    "ethics": lambda: one_of("Where does the ethics review stand?", ETHICS_WORDS),
    "ethics_reason": lambda: text("If none is needed: why?", rows=2),
    "ethics_body": lambda: line(
        "Which body reviews it?", "A committee, not a person.", longest=120
    ),
    "ethics_reference": lambda: line("Reference of its decision", longest=60),
    "ethics_on": lambda: date_field("Day of its decision", required=False),
    "data": lambda: one_of("What data do you ask for?", DATA_WORDS),
    "data_what": lambda: text(
        "Which data?", "Name tables, releases or data sets, and for which places and years."
    ),
    "data_purpose": lambda: text(
        "For what purpose?", "Which part of the study needs them.", rows=2
    ),
    "data_basis": lambda: text(
        "Lawful basis", "For example: public task; nothing about a person leaves.", rows=2
    ),
    "data_control": lambda: text(
        "How is disclosure controlled?",
        "Who checks small numbers before anything is published, and how.", rows=2,
    ),
    "data_agreement": lambda: line("Reference of the sharing agreement", longest=120),
    "starts": lambda: date_field("When does it start?", required=False),
    "reports": lambda: date_field("When does it report?", required=False),
    "questions": lambda: several("Which questions is it about?", Question.objects.none()),
}  # fmt: skip


class BeginProposal(ForOrganisation, NamesNobody):
    """A title, and for which organisation."""

    title = line("Title of the study", missing="Enter a title.")


class ProposalPage(OnSubject):
    """One page of a proposal's form."""

    def __init__(self, *args: Any, page: FormPage, proposal: StudyProposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        subjects = {name: self.fields.pop(name) for name in SUBJECT_LABELS}
        for name in page.fields:
            self.fields[name] = subjects[name] if name in subjects else FIELDS[name]()
        if "questions" in self.fields:
            questions = queries.questions_wanted() | Question.objects.filter(proposals=proposal)
            chosen = self.fields["questions"]
            assert isinstance(chosen, forms.ModelMultipleChoiceField)
            chosen.queryset = questions.distinct()

    def clean(self) -> dict[str, Any]:
        """Refuse, at the field, what contradicts itself."""
        cleaned = super().clean()
        for name, words in faults(cleaned).items():
            if name in self.fields and name not in self.errors:
                self.add_error(name, words)
        return cleaned


class DecideData(NamesNobody):
    """Whether the data may be had."""

    is_granted = forms.TypedChoiceField(
        label="May they have these data?",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether they may have these data."},
    )
    reasons = text(
        "Reasons",
        "Granting hands nothing over: tables leave through disclosure control.",
        missing="Give the reasons.",
    )


class Amend(Reason):
    """A change of the registered protocol."""

    field = one_of("Which part changes?", PROTOCOL, missing="Choose which part changes.")
    now = text("What stands now?", "The whole of this part.", missing="Enter what stands now.")
    field_order = ("field", "now", "reason")
