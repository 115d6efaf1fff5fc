"""``nhpf evidence``: pool the studies of a table, and see what a new study changes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nhpf.cli.tables import print_rows
from nhpf.errors import CannotTell, InvalidInput

if TYPE_CHECKING:
    from nhpf.evidence import Change, ForestPoint, NotPooled, PooledOutcome, StudyTable

evidence = typer.Typer(
    help="What works: effects of studies, pooled by outcome.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class Method(StrEnum):
    """How studies are pooled."""

    REML = "REML"
    DL = "DL"
    PM = "PM"
    EE = "EE"
    MH = "MH"


class Measured(StrEnum):
    """What the effect is measured in."""

    OR = "OR"
    RR = "RR"
    RD = "RD"
    SMD = "SMD"


Table = Annotated[Path, typer.Argument(metavar="FILE.csv", help="A study table.")]
How = Annotated[
    Method,
    typer.Option(
        "--method",
        help="Random effects (REML, DL, PM), equal effects (EE), Mantel-Haenszel for counts (MH).",
    ),
]
HartungKnapp = Annotated[
    bool,
    typer.Option("--hartung-knapp", help="Interval that allows for few studies."),
]
What = Annotated[
    Measured | None,
    typer.Option(
        "--measure",
        help="Odds ratio, risk ratio, risk difference, standardised mean difference.",
    ),
]
Add = Annotated[
    Path | None,
    typer.Option("--add", metavar="NEW.csv", help="New studies; shows what they change."),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column", metavar="NAME=HEADER", help="The file's own header for a column; repeatable."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]

# The lane of a forest plot, in characters.
LANE = 23


@evidence.callback()
def _group() -> None:
    """Keep ``pool`` a command of its own, so that more can stand beside it."""


@evidence.command()
def pool(
    file: Table,
    method: How = Method.REML,
    hartung_knapp: HartungKnapp = False,
    measure: What = None,
    add: Add = None,
    column: Columns = None,
    as_json: Json = False,
) -> None:
    """Pool the studies of a CSV by outcome, with the interval and what a new place may see.

    It has a column study and either effect with variance or se (ratios as logarithms), or
    events_treatment, n_treatment, events_control, n_control, or mean, sd and n of both groups.
    """
    from nhpf.evidence import change, pool_outcomes, read_study_table, with_new

    given: dict[str, Any] = {"measure": measure and measure.value, "columns": _named(column or [])}
    how: dict[str, Any] = {"method": method.value, "hartung_knapp": hartung_knapp}
    table = read_study_table(file, **given)
    before: dict[str, PooledOutcome] = {}
    if add is not None:
        before = _before(table, how)
        table = with_new(table, read_study_table(add, **given))
    found = pool_outcomes(table, **how)
    changes = {
        each.outcome: change(before[each.outcome], each)
        for each in _only_pooled(found)
        if each.outcome in before and before[each.outcome].studies != each.studies
    }
    if as_json:
        _print_json(found, changes)
        return
    for each in found:
        _print(each, changes.get(each.outcome))


def _named(pairs: Sequence[str]) -> dict[str, str]:
    named = dict(pair.partition("=")[::2] for pair in pairs)
    if not all(named.values()):
        raise InvalidInput(
            "A column is named by NAME=HEADER.", next_step="For example --column effect=yi."
        )
    return named


def _before(table: StudyTable, how: dict[str, Any]) -> dict[str, PooledOutcome]:
    """Return what was pooled before; one study alone is nothing to compare with."""
    from nhpf.evidence import pool_outcomes

    try:
        found = pool_outcomes(table, **how)
    except CannotTell:
        return {}
    return {each.outcome: each for each in _only_pooled(found)}


def _only_pooled(found: Iterable[PooledOutcome | NotPooled]) -> list[PooledOutcome]:
    from nhpf.evidence import PooledOutcome

    return [each for each in found if isinstance(each, PooledOutcome)]


def _print(found: PooledOutcome | NotPooled, change: Change | None) -> None:
    from nhpf.evidence import NotPooled, forest, forest_of_single
    from nhpf.evidence.pooling import PERHAPS_NOT_LOGARITHMS

    title = found.outcome or "All studies"
    if isinstance(found, NotPooled):
        points = forest_of_single(found.studies, found.measure)
        print_rows(_forest_rows(points, found, None), title=title, as_json=False)
        typer.echo(f"Not pooled: {found.why}\n")
        return
    if PERHAPS_NOT_LOGARITHMS in found.caveats:
        typer.echo(f"Note: {PERHAPS_NOT_LOGARITHMS}")
    print_rows(_forest_rows(forest(found), found, found), title=title, as_json=False)
    typer.echo(str(found))
    if change is not None:
        typer.echo("\nWhat the new studies changed")
        for sentence in change.sentences():
            typer.echo(f"  {sentence}")
    typer.echo("")


def _forest_rows(
    points: Sequence[ForestPoint], found: PooledOutcome | NotPooled, pooled: PooledOutcome | None
) -> list[dict[str, str]]:
    from nhpf.numerics.estimates import in_words, percent

    effects = [point.effect for point in points] + ([pooled.surest] if pooled else [])
    names = [point.name for point in points] + (["Pooled"] if pooled else [])
    weights = [point.weight for point in points] + ([1.0] if pooled else [])
    known = [each for each in effects if each is not None]
    to_scale = found.measure.pooled
    ends = [to_scale(each.estimate) for each in known] + [0.0]
    if pooled:
        ends += [to_scale(pooled.surest.low), to_scale(pooled.surest.high)]
    rows = []
    for name, effect, weight in zip(names, effects, weights, strict=True):
        shown, lane = "says nothing about a ratio", ""
        if effect is not None:
            shown = f"{in_words(effect.estimate)} ({in_words(effect.low)} to "
            shown += f"{in_words(effect.high)})"
            places = [to_scale(each) for each in (effect.low, effect.estimate, effect.high)]
            lane = _lane(*places, ends=ends, mark="#" if name == "Pooled" else "o")
        rows.append(
            {
                "study": name,
                "effect (95% interval)": shown,
                "weight": "" if weight is None else percent(round(weight, 3)),
                "| is no effect": lane,
            }
        )
    return rows


def _lane(low: float, middle: float, high: float, *, ends: Sequence[float], mark: str) -> str:
    """Draw an interval over the span of all estimates; an arrow where it runs beyond."""
    margin = 0.1 * (max(ends) - min(ends)) or 1.0
    start, width = min(ends) - margin, max(ends) - min(ends) + 2 * margin

    def at(value: float) -> int:
        return round((value - start) / width * (LANE - 1)) if math.isfinite(value) else LANE

    first, last = max(0, at(low)), min(LANE - 1, at(high))
    lane = ["-" if first <= place <= last else " " for place in range(LANE)]
    lane[at(0.0)] = "|"
    if low < start:
        lane[0] = "<"
    if high > start + width:
        lane[-1] = ">"
    lane[at(middle)] = mark
    return "".join(lane)


def _print_json(found: Sequence[PooledOutcome | NotPooled], changes: dict[str, Change]) -> None:
    import json
    from dataclasses import asdict

    from nhpf.evidence import NotPooled, forest, forest_of_single, funnel

    outcomes = []
    for each in found:
        held = asdict(each)
        del held["studies"]
        held["measure"] = each.measure.code or each.measure.name
        if isinstance(each, NotPooled):
            points = forest_of_single(each.studies, each.measure)
        else:
            points = forest(each)
            del held["weights"]
            held["told_from_chance"] = each.told_from_chance
            held["uk_studies"] = each.uk_studies
            held["funnel"] = asdict(funnel(each))
            held["change"] = _change(changes.get(each.outcome))
        held["forest"] = [asdict(point) for point in points]
        outcomes.append(held)
    plain = _without_infinities({"outcomes": outcomes})
    typer.echo(json.dumps(plain, indent=2, ensure_ascii=False, allow_nan=False))


def _change(change: Change | None) -> dict[str, Any] | None:
    if change is None:
        return None
    before = change.before
    return {
        "before": {
            "estimate": before.estimate,
            "low": before.low,
            "high": before.high,
            "i2": before.i2,
            "tau2": before.tau2,
            "studies": len(before.studies),
            "told_from_chance": before.told_from_chance,
        },
        "added": list(change.added),
        "conclusion_changed": change.conclusion_changed,
        "sentences": list(change.sentences()),
    }


def _without_infinities(value: Any) -> Any:
    """Return plain values in which a number that JSON does not know is null."""
    if isinstance(value, dict):
        return {key: _without_infinities(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_without_infinities(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
