"""``nhpf detectable``: what a study of a rare harm could see before it starts."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nhpf.errors import InvalidInput

if TYPE_CHECKING:
    from nhpf.methods.evaluation import Detectable, Power


class Design(StrEnum):
    """How the study would compare."""

    before_and_after = "before and after"
    comparison = "comparison"
    stepped_wedge = "stepped wedge"


Baseline = Annotated[
    float, typer.Option("--baseline", help="Events expected in one area in one year.")
]
Change = Annotated[
    float | None, typer.Option("--change", help="The change to be seen; -0.2 is a fall of 20%.")
]
Units = Annotated[int, typer.Option("--units", help="Areas with the measure.")]
Years = Annotated[
    float | None, typer.Option("--years", help="Years on each side, or of each step of a wedge.")
]
Dispersion = Annotated[
    float,
    typer.Option("--dispersion", help="Variance of the counts over their mean; 1 is Poisson."),
]
Compared = Annotated[Design, typer.Option("--design", help="How the study would compare.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]

# The same seed each time: the same question has the same answer.
SEED = 1


def detectable(
    baseline: Baseline,
    change: Change = None,
    units: Units = 1,
    years: Years = None,
    dispersion: Dispersion = 1.0,
    design: Compared = Design.before_and_after,
    as_json: Json = False,
) -> None:
    """Print the years that a change takes to be seen, or the smallest change seen in some years.

    With both a change and years, also how likely a study of that length is to see it.
    """
    from nhpf.methods.evaluation import detectable, power

    if change is None and years is None:
        raise InvalidInput(
            "Nothing was asked.", next_step="Give --change, such as -0.2, or --years, or both."
        )
    given: dict[str, Any] = {"units": units, "dispersion": dispersion, "design": design.value}
    plan = detectable(
        baseline, change=change, periods=None if change is not None else years, **given
    )
    chance = None
    if change is not None and years is not None:
        chance = power(baseline, change=change, periods=years, rng=SEED, **given)
    if as_json:
        _print_json(plan, chance)
    else:
        _print(plan, chance, years)


def _print_json(plan: Detectable, chance: Power | None) -> None:
    import json
    from dataclasses import asdict

    held = {"unit": "years", "needed": asdict(plan)}
    if chance is not None:
        held["seen"] = asdict(chance)
    typer.echo(json.dumps(held, indent=2, ensure_ascii=False))


def _print(plan: Detectable, chance: Power | None, years: float | None) -> None:
    from nhpf.numerics.estimates import in_words, percent

    typer.echo(plan.sentence_in("years"))
    if chance is not None and years is not None:
        part = "each step" if plan.design == "stepped wedge" else "each side"
        typer.echo(
            f"With {in_words(years)} years on {part} {percent(chance.estimate)} of such studies "
            f"would see it ({percent(chance.low)} to {percent(chance.high)}; {chance.method})."
        )
    typer.echo(f"{percent(plan.power)} power, {percent(plan.alpha)} false alarms; {plan.method}")
    for caveat in plan.caveats:
        typer.echo(f"  Note: {caveat}")
