"""What the data cannot say: each limit by name, with the number that makes it one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.profile.judging import chance_in_words, years_to_see
from nhpf.reports.tree import Paragraph, Section
from nhpf.reports.words import number

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope

TYPICAL_FORCE = 14
"""590 homicides in the year ending March 2023 over 43 forces."""


def rarity(place: str, per_year: float) -> str:
    """Say how long it would take to see a fall by homicide counts alone."""
    if per_year <= 0:
        return f"{place} has too few homicides for any fall to be seen."
    years = years_to_see(per_year)
    said = (
        f"about {number(round(years))} years"
        if years >= 2
        else (f"about {number(round(12 * years))} months")
    )
    return (
        f"Homicide is rare. With about {number(per_year, 0 if per_year >= 10 else 1)} a year in "
        f"{place}, a true fall of a fifth would take {said} of counts, before and again after, to "
        f"be seen; for a typical force, with {TYPICAL_FORCE} a year, about "
        f"{number(round(years_to_see(TYPICAL_FORCE)))} years. {chance_in_words(per_year)}"
    )


SHARED = (
    "The figures count what was recorded. They do not say why a death happened, whether it could "
    "have been prevented, or whether anything that was done has worked.",
    "Several figures are read here together: one in twenty intervals leaves out the truth by "
    "chance alone.",
)


def section(scope: Scope, *limits: str, faults: tuple[str, ...] = ()) -> Section:
    """Return the limits of this profile's data.

    Parameters
    ----------
    scope : Scope
    *limits : str
        What is particular to the area.
    faults : tuple of str
        Ids of known faults of the data that bear on it.
    """
    lines = (*limits, *scope.known_faults(*faults), *SHARED)
    return Section("limits", "What the data cannot say", tuple(map(Paragraph, lines)))
