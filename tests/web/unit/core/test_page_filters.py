"""Markdown without scripts, and form controls with their classes."""

from __future__ import annotations

import pytest
from django import forms

from nhpf_web.core.templatetags.pages import markdown


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        '<p style="color:red">a</p>',
        "![a](https://elsewhere.example/a.png)",
    ],
)
def test_markdown_lets_nothing_run_and_nothing_in_from_outside(text: str) -> None:
    html = markdown(text)
    for forbidden in ("<script", "<img", 'href="javascript', "<p style", "onerror=alert(1)>"):
        assert forbidden not in html


def test_markdown_has_the_classes_of_the_pages() -> None:
    html = markdown("One\n\n- two\n\n[three](https://example.org/)")
    assert '<p class="govuk-body">One</p>' in html
    assert '<ul class="govuk-list govuk-list--bullet">' in html
    assert '<a class="govuk-link" href="https://example.org/"' in html


class Sample(forms.Form):
    """One field of each kind."""

    name = forms.CharField(help_text="As on the door.", error_messages={"required": "Say who."})
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="I am sure")


def test_a_wrong_field_says_so_at_the_field_and_to_screen_readers() -> None:
    html = Sample({"kind": "a"}).render()
    assert "govuk-form-group--error" in html
    assert 'id="id_name_error"' in html
    assert "Say who." in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert "govuk-input--error" in html
    assert html.count("govuk-radios__item") == 2
    assert "<legend" in html
    assert 'style="' not in html
