"""Fields that several forms of the cycle have."""

from __future__ import annotations

from django import forms


def entered(label: str, *, rows: int = 0, required: bool = True, hint: str = "") -> forms.CharField:
    """Return a field of words: one line, or an area of so many rows."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    message = {"required": f"Enter: {label.lower()}."}
    return forms.CharField(
        label=label, widget=widget, required=required, help_text=hint, error_messages=message
    )
