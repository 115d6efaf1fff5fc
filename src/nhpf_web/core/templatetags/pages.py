"""Tags and filters that every template may use without loading them."""

from __future__ import annotations

import functools

import nh3
from django import forms, template
from django.forms import BoundField
from django.forms.widgets import Input
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

register = template.Library()
CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "govuk-textarea"),
    # Django makes the group of ticks a kind of the group of radios: it comes first.
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),
    (forms.RadioSelect, "govuk-radios__input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Select, "govuk-select"),
    (Input, "govuk-input"),
)
TAGS = {
    "p", "ul", "ol", "li", "strong", "em", "a", "h3", "h4", "blockquote", "br", "code",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
GROUPED = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@functools.cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


@register.filter
def markdown(text: str) -> SafeString:
    """Return Markdown as HTML that holds no script, no style and no outside picture."""
    clean = nh3.clean(
        _markdown().render(text),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    # Safe, because it was cleaned just above.
    return mark_safe(_with_classes(clean))


def _with_classes(html: str) -> str:
    for tag, classes in (
        ("p", "govuk-body"),
        ("ul", "govuk-list govuk-list--bullet"),
        ("ol", "govuk-list govuk-list--number"),
        ("h3", "govuk-heading-m"),
        ("h4", "govuk-heading-s"),
        ("table", "govuk-table"),
    ):
        html = html.replace(f"<{tag}>", f'<{tag} class="{classes}">')
    return html.replace("<a ", '<a class="govuk-link" ')


@register.filter
def control(field: BoundField) -> SafeString:
    """Return a field's control with GOV.UK's classes and, where it is wrong, its error state."""
    name = next((name for kind, name in CLASSES if isinstance(field.field.widget, kind)), "")
    # A file control and a hidden one keep the browser's own look.
    error = f" {name}--error" if field.errors and name and not is_grouped(field) else ""
    return field.as_widget(attrs={"class": f"{name}{error}"} if name else {})


@register.filter
def is_grouped(field: BoundField) -> bool:
    """Whether the field is a group of radios or checkboxes, which needs a fieldset."""
    return isinstance(field.field.widget, GROUPED)


@register.filter
def is_tick(field: BoundField) -> bool:
    """Whether the field is one checkbox, whose label follows it."""
    return isinstance(field.field.widget, forms.CheckboxInput)
