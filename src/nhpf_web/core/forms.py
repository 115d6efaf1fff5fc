"""Forms in GOV.UK's pattern: ``{{ form }}`` renders every field with its hint and its error."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class PageFormRenderer(TemplatesSetting):
    """Renders forms and fields from the core app's templates."""

    form_template_name = "core/form.html"
    field_template_name = "core/field.html"
