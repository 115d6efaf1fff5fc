"""Adding and removing people."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator

from nhpf_web.audit.rules import LONGEST_REASON
from nhpf_web.organisations.rules import ROLE_MEANINGS, Role


def _reason() -> forms.CharField:
    return forms.CharField(
        label="Reason",
        required=False,
        max_length=LONGEST_REASON,
        help_text="Goes into the log. At most 200 characters. Do not name other people.",
    )


class SignInForm(LoginForm):
    """Name and password, without placeholders, which vanish when they are needed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Username"
        self.fields["login"].error_messages["required"] = "Enter your username."
        self.fields["password"].error_messages["required"] = "Enter your password."
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class AddPerson(forms.Form):
    """Who gets which role."""

    username = forms.CharField(
        label="Username",
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        help_text="A person without an account gets one, and you get a link to pass on.",
        error_messages={"required": "Enter this person’s username."},
    )
    full_name = forms.CharField(
        label="Full name", required=False, max_length=200, help_text="Only for a new account."
    )
    role = forms.ChoiceField(
        label="Role",
        choices=[(role.value, f"{role.capitalize()}: {ROLE_MEANINGS[role]}") for role in Role],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role."},
    )
    reason = _reason()


class RemoveRole(forms.Form):
    """Why a role is taken away."""

    reason = _reason()


class EmailNotices(forms.Form):
    """Where notices go by e-mail."""

    address = forms.EmailField(
        label="Your work e-mail address",
        required=False,
        max_length=254,
        help_text="Leave it empty to get no e-mail.",
        error_messages={"invalid": "Enter an e-mail address, such as name@force.police.uk."},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
