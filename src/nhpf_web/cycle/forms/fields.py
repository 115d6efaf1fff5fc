"""Fields that several forms of the cycle have."""

from __future__ import annotations

from typing import Any

from django import forms

from nhpf_web.equality.forms import DATE_FORMS, DateParts


def date_field(
    label: str, *, hint: str = "For example, 27 3 2027", **kwargs: Any
) -> forms.DateField:
    """Return a date typed as people write it."""
    return forms.DateField(
        label=label,
        help_text=hint,
        widget=DateParts(),
        input_formats=DATE_FORMS,
        error_messages={
            "required": f"Enter a date: {label.lower()}.",
            "invalid": "Enter a real date, such as 27 3 2027.",
        },
        **kwargs,
    )


def entered(label: str, *, rows: int = 0, required: bool = True, hint: str = "") -> forms.CharField:
    """Return a field of words: one line, or an area of so many rows."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    message = {"required": f"Enter: {label.lower()}."}
    return forms.CharField(
        label=label, widget=widget, required=required, help_text=hint, error_messages=message
    )
