"""The form that saves a view."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from nhpf_web.organisations.queries import Visitor, visible_to


class SaveView(forms.Form):
    """The view's name and whose it is."""

    name = forms.CharField(
        label="Name",
        max_length=100,
        help_text="As your colleagues would look for it; never a person’s name.",
        error_messages={"required": "Enter a name."},
    )

    def __init__(self, *args: Any, user: Visitor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations: QuerySet[Any] = visible_to(user)
        # One's own only: another's slug is refused like a typing error.
        self.fields["organisation"] = forms.ModelChoiceField(
            organisations,
            label="Organisation",
            help_text="Its people see the view.",
            to_field_name="slug",
            empty_label=None,
        )
