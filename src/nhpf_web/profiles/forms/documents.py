"""Who is given a restricted document, and what for."""

from __future__ import annotations

from django import forms

from nhpf_web.audit.rules import LONGEST_REASON


class GiveDocument(forms.Form):
    """The distribution of one copy; it is printed on the cover and written to the log."""

    recipients = forms.CharField(
        label="Who is given it?",
        help_text="Name or role, and organisation. For example, Head of Crime, Kent Police",
        max_length=LONGEST_REASON,
        error_messages={"required": "Say who is given the document."},
    )
    purpose = forms.CharField(
        label="What for?",
        help_text="For example, to agree the problem-solving plan",
        max_length=LONGEST_REASON,
        error_messages={"required": "Say what the document is given for."},
    )
