"""A study as a synthesis takes it: its effect, where it was done, what it shares with others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nhpf.errors import CannotTell
from nhpf.methods import effect_sizes

UNITED_KINGDOM = (
    "uk", "u.k.", "gb", "gbr", "united kingdom", "great britain", "britain", "england", "wales",
    "scotland", "northern ireland", "england and wales", "england & wales",
)  # fmt: skip

_OF_COUNTS = {
    "OR": effect_sizes.log_odds_ratio,
    "RR": effect_sizes.log_risk_ratio,
    "RD": effect_sizes.risk_difference,
}


@dataclass(frozen=True, slots=True)
class Counts:
    """Events and people of a study's two groups."""

    events_treatment: float
    n_treatment: float
    events_control: float
    n_control: float

    @property
    def cells(self) -> tuple[float, float, float, float]:
        """Return them in the order that the methods take."""
        return self.events_treatment, self.n_treatment, self.events_control, self.n_control


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect on the scale that is pooled, with its sampling variance.

    Attributes
    ----------
    value, variance : float
    half_added : bool
        Half an event was added to each cell, because one was zero.
    """

    value: float
    variance: float
    half_added: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """One effect of one study for one outcome.

    Attributes
    ----------
    study : str
        The author and year of a publication, never the name of a victim or a suspect.
    effect : Effect or None
        None where a table says nothing about a ratio: nobody, or everybody, has the event.
    outcome, country, cluster : str
        Empty where not stated. Studies of one cluster share people, a team or a trial.
    year : int or None
    counts : Counts or None
        Given where the study reports counts.
    moderators : mapping of str to str
    given : mapping of str to float
        The numbers that the effect was computed from, by the column of the study table.
    row : int
        The row of its file, 1 being the first under the header; 0 where it came from none.
    """

    study: str
    effect: Effect | None
    outcome: str = ""
    country: str = ""
    year: int | None = None
    cluster: str = ""
    counts: Counts | None = None
    moderators: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, float] = field(default_factory=dict)
    row: int = 0

    @property
    def name(self) -> str:
        """The study and its year, once."""
        known = self.year is None or str(self.year) in self.study
        return self.study if known else f"{self.study}, {self.year}"

    @property
    def identity(self) -> tuple[str, str]:
        """What may stand once only: the study and the outcome, whatever their capitals."""
        return " ".join(self.name.casefold().split()), " ".join(self.outcome.casefold().split())

    @property
    def is_uk(self) -> bool:
        """Whether it was done in the United Kingdom or a nation of it."""
        return self.country.casefold().strip() in UNITED_KINGDOM


def effect_of_counts(counts: Counts, measure: str) -> Effect | None:
    """Return the effect of a two-by-two table; None where it says nothing about a ratio."""
    try:
        found = _OF_COUNTS[measure](*([each] for each in counts.cells))
    except CannotTell:
        return None
    return Effect(float(found.effects[0]), float(found.variances[0]), bool(found.half_added[0]))


def effect_of_means(
    mean_treatment: float,
    sd_treatment: float,
    n_treatment: float,
    mean_control: float,
    sd_control: float,
    n_control: float,
) -> Effect:
    """Return the standardised mean difference (Hedges' g) of two groups."""
    found = effect_sizes.standardised_mean_difference(
        [mean_treatment], [sd_treatment], [n_treatment], [mean_control], [sd_control], [n_control]
    )
    return Effect(float(found.effects[0]), float(found.variances[0]))
