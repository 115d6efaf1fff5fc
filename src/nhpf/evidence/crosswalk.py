"""Our rating in the words of other libraries of evidence: our own reading across, not theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, cast

from nhpf.errors import CannotTell
from nhpf.framework import Outcome

Category: TypeAlias = Literal["helps", "null", "harmful", "inconclusive", "screened out"]
CATEGORIES: tuple[Category, ...] = ("helps", "null", "harmful", "inconclusive", "screened out")
Strength: TypeAlias = Literal["none", "limited", "moderate", "strong"]

OURS = "Our own reading across. None of these bodies has given this rating."

_EMMIE = {"strong": "strong", "moderate": "moderate", "limited": "low", "none": "no information"}
_YEF = {"strong": "4 to 5", "moderate": "3", "limited": "1 to 2", "none": "none"}
_BLUEPRINTS = {
    "strong": "Model, Model Plus",
    "moderate": "Promising",
    "limited": "limited experimental",
    "none": "no credible evaluation",
}
_CRIME_SOLUTIONS = {
    "helps": "promising",
    "null": "ineffective",
    "harmful": "negative effects",
    "inconclusive": "inconclusive",
    "screened out": "screened out",
}
_NOT_CERTIFIED = {
    "null": "ineffective",
    "harmful": "harmful",
    "inconclusive": "no credible evaluation",
    "screened out": "no credible evaluation",
}
_NO_BAND = {
    "null": "no effect",
    "harmful": "harmful",
    "inconclusive": "insufficient evidence",
    "screened out": "insufficient evidence",
}
_ONE_WAY: dict[str, Category] = {"favourable": "helps", "unfavourable": "harmful"}
# Fall in per cent from which each band of the Youth Endowment Fund holds.
_BANDS = ((30, "high"), (10, "moderate"), (2, "low"))


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """A finding in other libraries' words.

    Attributes
    ----------
    emmie : str
        Quality of the effect, College of Policing.
    yef_evidence, yef_impact : str
        Youth Endowment Fund: evidence from 1 to 5, and the band of the impact.
    crime_solutions : str
        National Institute of Justice, with its icon for one study or several.
    blueprints : str
    note : str
    """

    emmie: str
    yef_evidence: str
    yef_impact: str
    crime_solutions: str
    blueprints: str
    note: str = OURS


def crosswalk(
    category: Category, strength: Strength, *, studies: int, fall: float | None = None
) -> Crosswalk:
    """Return a finding in the words of other libraries.

    Parameters
    ----------
    category : str
        One of ``CATEGORIES``.
    strength : str
        One of the strengths of the framework.
    studies : int
    fall : float, optional
        By what share the outcome falls, 0.3 for 30 per cent; None where the measure cannot say.
    """
    rated = _CRIME_SOLUTIONS[category]
    if category == "helps" and strength in ("moderate", "strong"):
        rated = "effective"
    if category in ("helps", "null", "harmful"):
        rated += ", multiple studies" if studies > 1 else ", one study"
    return Crosswalk(
        emmie=_EMMIE[strength],
        yef_evidence=_YEF[strength],
        yef_impact=_NO_BAND.get(category) or _band(fall),
        crime_solutions=rated,
        blueprints=_NOT_CERTIFIED.get(category) or _BLUEPRINTS[strength],
    )


def crosswalk_of(outcome: Outcome) -> Crosswalk:
    """Return what an entry of the framework holds of one outcome, in the words of other libraries.

    Raises
    ------
    CannotTell
        Where the evidence does not bear it, with the reason.

    Notes
    -----
    A finding that cannot be told from chance is inconclusive where its evidence is limited. Where
    the evidence is moderate or strong it is not put into other words at all: it may leave open
    help, harm and no effect, and other libraries have one word for that and for proof of none.
    """
    if outcome.no_crosswalk:
        raise CannotTell(outcome.no_crosswalk)
    if not outcome.strength:
        raise CannotTell("How far it can be relied on is not stated.")
    if outcome.direction == "mixed":
        raise CannotTell("It points both ways, and the scales have one word for an outcome.")
    strength = cast("Strength", outcome.strength)
    if strength == "none" or outcome.direction not in _ONE_WAY or _may_be_none(outcome):
        if strength in ("moderate", "strong"):
            raise CannotTell(
                "It cannot be told from chance, which is not the same as no effect;"
                " other libraries have one word for both."
            )
        return crosswalk("inconclusive", strength, studies=outcome.studies or 0)
    if outcome.studies is None:
        raise CannotTell("The source does not say on how many studies it rests.")
    category = _ONE_WAY[outcome.direction]
    return crosswalk(category, strength, studies=outcome.studies, fall=_fall(outcome))


def _may_be_none(outcome: Outcome) -> bool:
    """Say whether the interval, where there is one, holds no effect."""
    if outcome.low is None or outcome.high is None:
        return False
    return outcome.low <= (1.0 if "ratio" in outcome.measure else 0.0) <= outcome.high


def _fall(outcome: Outcome) -> float | None:
    if outcome.estimate is None or outcome.direction != "favourable":
        return None
    if outcome.measure == "relative change, %":
        return -outcome.estimate / 100
    return 1 - outcome.estimate if outcome.measure.startswith("incidence rate ratio") else None


def _band(fall: float | None) -> str:
    if fall is None:
        return "not converted: the measure does not say by how much the outcome falls"
    percentage = round(100 * fall)
    return next((name for least, name in _BANDS if percentage >= least), "no effect")
