"""What studies found for one outcome, and what other libraries say: rows of an entry's evidence."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from typing import Any

from django import forms

from nhpf.framework import Edition, Entry, Evidence, Outcome, Rating
from nhpf.framework.entries import DIRECTIONS, STRENGTHS
from nhpf_web.cycle.forms.fields import entered

_RATED = re.compile(r"^(.*?\S)\s*:\s*(.*\S)\s*\[([A-Za-z0-9_-]+)\]$")


def rating_lines(evidence: Evidence) -> str:
    """Return ratings as a form shows them, one a line."""
    return "\n".join(f"{one.scheme}: {one.rating} [{one.source}]" for one in evidence.ratings)


def ratings_of(text: str, edition: Edition) -> tuple[Rating, ...]:
    """Return the ratings that somebody typed, one a line.

    Raises
    ------
    ValidationError
        Where a line names no library, no rating or no source that the draft holds.
    """
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        match = _RATED.match(line)
        if match is None:
            raise forms.ValidationError(f"Write “Library: rating [S_SOURCE]”, not: {line[:80]}")
        if match[3] not in edition.sources:
            raise forms.ValidationError(f"No source has the id {match[3]}. Add it first.")
        found.append(Rating(*match.groups()))
    return tuple(found)


def sources_of(text: str, edition: Edition) -> tuple[str, ...]:
    """Return the ids of sources that somebody typed with commas or spaces between.

    Raises
    ------
    ValidationError
        Where the draft holds no source of that id.
    """
    ids = tuple(dict.fromkeys(re.split(r"[\s,;]+", text.strip()))) if text.strip() else ()
    for one in ids:
        if one not in edition.sources:
            raise forms.ValidationError(f"No source has the id {one}. Add it first.")
    return ids


def _figure(label: str, *, whole: bool = False) -> forms.Field:
    kind = forms.IntegerField if whole else forms.FloatField
    widget = forms.TextInput(attrs={"inputmode": "numeric" if whole else "decimal"})
    return kind(label=f"{label} (optional)", required=False, widget=widget)


class OutcomeForm(forms.Form):
    """One outcome of an intervention."""

    outcome = entered("Outcome")
    finding = entered("What was found, in words", rows=3)
    direction = forms.ChoiceField(
        label="Which way does it point?",
        choices=[(one, one.capitalize()) for one in DIRECTIONS],
        widget=forms.RadioSelect,
    )
    strength = forms.ChoiceField(
        label="How far can it be relied on?",
        choices=[("", "Not stated"), *((one, one.capitalize()) for one in STRENGTHS)],
        required=False,
    )
    measure = entered("Measure", required=False, hint="For example, odds ratio")
    estimate = _figure("Estimate")
    low = _figure("Lower end of its interval")
    high = _figure("Upper end of its interval")
    studies = _figure("Number of studies", whole=True)
    uk_studies = _figure("Of them in the United Kingdom", whole=True)
    source = entered("Source’s id", hint="For example, S_ONS2024")
    no_crosswalk = entered(
        "Why is it not put into the words of other libraries? (optional)",
        required=False,
        hint="For example, that there was no comparison group",
    )
    is_removed = forms.BooleanField(label="Remove this outcome", required=False)

    def __init__(self, *args: Any, entry: Entry, edition: Edition, row: int, **kwargs: Any) -> None:
        self.entry, self.edition, self.row = entry, edition, row
        self.evidence = entry.evidence or Evidence("none")
        self.is_new = row == len(self.evidence.outcomes)
        held = {} if self.is_new else asdict(self.evidence.outcomes[row])
        super().__init__(*args, **{"initial": held, **kwargs})
        if self.is_new:
            del self.fields["is_removed"]

    def clean_source(self) -> str:
        """Refuse a source that the draft does not hold."""
        source = str(self.cleaned_data["source"])
        if source not in self.edition.sources:
            raise forms.ValidationError(f"No source has the id {source}. Add it first.")
        return source

    def clean(self) -> dict[str, Any]:
        """Refuse an interval that does not hold its estimate."""
        said = super().clean() or {}
        low, estimate, high = (said.get(name) for name in ("low", "estimate", "high"))
        ends = [one for one in (low, estimate, high) if one is not None]
        if ends != sorted(ends):
            self.add_error("estimate", "The estimate lies between the ends of its interval.")
        return said

    def changed(self) -> Entry:
        """Return the entry with what was typed."""
        said = dict(self.cleaned_data)
        is_removed = said.pop("is_removed", False)
        rows = list(self.evidence.outcomes)
        rows[self.row : self.row + 1] = [] if is_removed else [Outcome(**said)]
        return replace(self.entry, evidence=replace(self.evidence, outcomes=tuple(rows)))
