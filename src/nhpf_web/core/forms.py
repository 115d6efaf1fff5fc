"""Forms in GOV.UK's pattern: ``{{ form }}`` renders every field with its hint and its error."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

DATE_FORMS = ["%d %m %Y", "%d/%m/%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"]


class PageFormRenderer(TemplatesSetting):
    """Renders forms and fields from the core app's templates."""

    form_template_name = "core/form.html"
    field_template_name = "core/field.html"


class DateParts(forms.DateInput):
    """A date typed as day, month and year in one field, as people write it."""

    def __init__(self) -> None:
        super().__init__(format="%d %m %Y", attrs={"inputmode": "numeric", "autocomplete": "off"})


def date_field(
    label: str, *, hint: str = "For example, 27 3 2027", missing: str = "", **kwargs: Any
) -> forms.DateField:
    """Return a date typed as people write it; ``missing`` is said where there is none."""
    return forms.DateField(
        label=label,
        help_text=hint,
        widget=DateParts(),
        input_formats=DATE_FORMS,
        error_messages={
            "required": missing or f"Enter a date: {label.lower()}.",
            "invalid": "Enter a real date, such as 27 3 2027.",
        },
        **kwargs,
    )


def offer_own(field: forms.Field, organisations: Any) -> None:
    """Offer one's own organisations only: another's slug is refused like a typing error."""
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = organisations
    field.to_field_name = "slug"
    field.empty_label = None
