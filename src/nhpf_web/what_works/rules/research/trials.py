"""What the trial of a call could see before anybody begins it, and what it could not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from nhpf.errors import CannotTell

if TYPE_CHECKING:
    from nhpf.methods.evaluation.detecting import Design

TRIAL_DESIGNS = {
    "before and after": "Before and after in the same places",
    "comparison": "As many places again for comparison, before and after",
    "stepped wedge": "Places that start one after another",
}


@dataclass(frozen=True, slots=True)
class Prospects:
    """What a design could see, what it could not, how that was reckoned and what it leaves out.

    Attributes
    ----------
    could, could_not : str
        A sentence each, in the words of the call.
    years : float or None
        Years on each side of the start, or of each step, that the hoped-for fall takes to be seen.
    method : str
    caveats : tuple of str
    """

    could: str
    could_not: str
    years: float | None
    method: str
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a caller says of a trial.

    Attributes
    ----------
    outcome : str
        What is counted, in the plural.
    baseline : float
        Events expected in one place in one year without the measure.
    fall : int
        The fall that is hoped for, per cent.
    units : int
        Places with the measure.
    years : float
        Years on each side of the start, or of each step of a wedge, that can be had.
    design : str
        One of `TRIAL_DESIGNS`.
    dispersion : float
        Variance of the counts over their mean: 1 for Poisson.
    """

    outcome: str
    baseline: float
    fall: int
    units: int
    years: float
    design: str = "before and after"
    dispersion: float = 1.0


def prospects(plan: Plan) -> Prospects:
    """Return what a trial could see and what it could not, with 80% power and 5% false alarms.

    The arithmetic is that of `nhpf.methods.evaluation.detectable`.

    Raises
    ------
    InvalidInput
        Where the baseline, the fall, the places or the years are out of range.
    """
    from nhpf.methods.evaluation import detectable
    from nhpf.numerics.estimates import in_words

    design = cast("Design", plan.design)
    needed = detectable(
        plan.baseline, change=-plan.fall / 100, units=plan.units, dispersion=plan.dispersion,
        design=design,
    )  # fmt: skip
    part = _part(plan)
    could = (
        f"With {plan.units} {'places' if plan.units > 1 else 'place'} and"
        f" {plan.baseline:g} {plan.outcome} a year in each, a fall of {plan.fall}% could be seen"
        f" in {in_words(needed.periods)} years on {part}, by four studies in five."
    )
    return Prospects(could, _could_not(plan), needed.periods, needed.method, needed.caveats)


def _part(plan: Plan) -> str:
    return "each step" if plan.design == "stepped wedge" else "each side of the start"


def _could_not(plan: Plan) -> str:
    """Return what the years that can be had would leave unseen."""
    from nhpf.methods.evaluation import detectable
    from nhpf.numerics.estimates import percent

    said = f"With {plan.years:g} {'years' if plan.years != 1 else 'year'} on {_part(plan)}"
    try:
        held = detectable(
            plan.baseline, periods=plan.years, units=plan.units, dispersion=plan.dispersion,
            design=cast("Design", plan.design),
        )  # fmt: skip
    except CannotTell:
        return f"{said} it could not see even a fall to nothing: ask for a less rare outcome."
    smallest = abs(held.change)
    missed = f"{said} it could not see a fall smaller than {percent(smallest)}: that would most"
    missed += " likely pass for chance."
    if plan.fall / 100 < smallest:
        missed += f" So the fall of {plan.fall}% that is hoped for would most likely be missed."
    return missed
