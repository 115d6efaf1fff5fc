"""Forms of proposals and of linked workstreams."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from nhpf_web.core.forms import offer_own
from nhpf_web.cycle.models import LinkedWork, Proposal
from nhpf_web.cycle.rules.proposals import ASKED, KINDS

HINTS = {
    "what": "What would be done differently in a force or by a partner.",
    "impact": "Deaths or serious violence, over which years, in which studies or figures, and how"
    " sure that is.",
    "source": "An address, or a full reference that somebody else can find.",
    "harm": "Groups that could be worse off, and what would show it.",
}


class StartProposal(forms.ModelForm):
    """What is proposed, and by which organisation."""

    class Meta:
        model = Proposal
        fields = ("title", "kind", "organisation")
        labels: ClassVar = {"title": ASKED["title"], "kind": "What kind is it?"}
        widgets: ClassVar = {"kind": forms.RadioSelect}

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_own(self.fields["organisation"], organisations)
        kinds = self.fields["kind"]
        assert isinstance(kinds, forms.ChoiceField)
        kinds.choices = list(KINDS.items())


class ChangeProposal(forms.ModelForm):
    """The answers of a proposal."""

    class Meta:
        model = Proposal
        fields = tuple(ASKED)
        labels: ClassVar = ASKED
        help_texts: ClassVar = HINTS
        widgets: ClassVar = {
            name: forms.Textarea(attrs={"rows": 5}) for name in ASKED if name != "title"
        }


class Decide(forms.Form):
    """The reasons for a decision."""

    reasons = forms.CharField(
        label="What are the reasons?",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Published with the decision.",
        error_messages={"required": "Give the reasons for the decision."},
    )


class LinkWork(forms.ModelForm):
    """Another workstream: its title, its owner and its address."""

    address = forms.URLField(
        label="Address",
        max_length=300,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )

    class Meta:
        model = LinkedWork
        fields = ("title", "owner", "address", "what")
        labels: ClassVar = {
            "owner": "Which organisation answers for it?",
            "what": "What is it for?",
        }
        widgets: ClassVar = {
            "what": forms.Textarea(attrs={"rows": 4}),
        }
