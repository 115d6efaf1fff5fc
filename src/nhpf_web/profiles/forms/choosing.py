"""Forms: what a reader chooses to see of a place. They come in the address; nothing is kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

YEARS = ((1, "The latest year"), (3, "Three years, pooled"), (5, "Five years, pooled"))


class Explore(forms.Form):
    """An indicator, a period and what it is set beside."""

    indicator = forms.ChoiceField(
        label="What is counted?",
        error_messages={"invalid_choice": "The release does not hold this for the place."},
    )
    years = forms.TypedChoiceField(
        label="Over which period?",
        choices=YEARS,
        coerce=int,
        error_messages={"invalid_choice": "Choose one, three or five years."},
    )
    against = forms.ChoiceField(
        label="Beside what?",
        error_messages={"invalid_choice": "Choose one of the comparisons."},
    )

    def __init__(
        self,
        data: Any,
        *,
        indicators: Iterable[tuple[str, str]],
        comparisons: Iterable[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        _offer(self.fields["indicator"], indicators)
        _offer(self.fields["against"], comparisons)


class MapByYear(forms.Form):
    """An indicator and a year."""

    indicator = forms.ChoiceField(
        label="What is mapped?",
        error_messages={"invalid_choice": "This is not mapped by year."},
    )
    year = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"invalid": "Choose one of the years."}
    )

    def __init__(self, data: Any, *, indicators: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        _offer(self.fields["indicator"], indicators)


class ChooseSubtype(forms.Form):
    """One of the homicide sub-types."""

    subtype = forms.ChoiceField(
        label="Which sub-type?",
        error_messages={"invalid_choice": "Choose one of the sub-types."},
    )

    def __init__(self, data: Any, *, subtypes: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        _offer(self.fields["subtype"], subtypes)


class ChooseCovariates(forms.Form):
    """By what areas are alike."""

    by = forms.MultipleChoiceField(
        label="Alike in what?",
        help_text="Tick what areas cannot easily change. Another choice gives other areas.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick at least one.",
            "invalid_choice": "%(value)s is not one of the covariates.",
        },
    )

    def __init__(self, data: Any, *, covariates: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        _offer(self.fields["by"], covariates)


def _offer(field: forms.Field, choices: Iterable[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
