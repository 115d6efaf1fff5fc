"""A nation with so few cases that every sub-type is withheld has a profile all the same."""

from __future__ import annotations

from dataclasses import replace

from nhpf.framework import Edition
from nhpf.profile.cases import Cases, cases_of
from nhpf.profile.cases.held import Counted
from nhpf.profile.cases.subtypes import figure, within
from nhpf.profile.scope import Scope
from nhpf.records import Release, find_area


def few(cases: Cases) -> Cases:
    """Return the same cases with at most one victim of each category in the whole nation."""
    counted = cases.counted
    counts = {key: dict.fromkeys(list(held)[:1], 1) for key, held in counted.counts.items()}
    return replace(cases, counted=Counted(counted.years, counts, counted.yearly))


def test_figures_of_which_all_is_withheld_say_so(full: Release, edition: Edition) -> None:
    scope = Scope(find_area("K04000001", full), full, edition, "public")
    cases = cases_of(scope)
    assert cases is not None
    shown = figure(scope, few(cases))
    assert shown.title == "Sub-types in England and Wales"
    assert shown.reading == "Every count is withheld."
    assert all(row[1].is_withheld for row in shown.table.rows)  # type: ignore[union-attr]
    assert within(scope, cases).title.startswith("Sharp instruments")
