"""Evidence rows as readers see them: one shared axis for each measure, and the same in a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from nhpf.framework import Entry, Evidence, Outcome, Source
from nhpf.reports.charts import draw
from nhpf.reports.charts.specs import DotWhiskers, Point
from nhpf.reports.words import in_words, number
from nhpf_web.what_works.queries.emmie import EmmieShown, emmie_shown
from nhpf_web.what_works.queries.entries import edition, interventions_for, neighbours
from nhpf_web.what_works.rules import STRENGTH_WORDS

PERCENT = "relative change, %"


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """What studies found for one outcome of one intervention."""

    intervention: Entry
    outcome: Outcome
    source: Source
    effect: str


@dataclass(frozen=True, slots=True)
class EvidenceChart:
    """The rows of one measure on one axis."""

    title: str
    reading: str
    svg: str


@dataclass(frozen=True, slots=True)
class EvidenceShown:
    """All that a page shows of the evidence under an entry."""

    rows: tuple[EvidenceRow, ...]
    charts: tuple[EvidenceChart, ...]
    interventions: tuple[Entry, ...]
    several: bool
    emmie: EmmieShown | None


@cache
def evidence_shown(entry_id: str) -> EvidenceShown | None:
    """Return the evidence of an intervention, or of those that an entry leads to."""
    held = edition().entry(entry_id)
    if held.kind not in ("area", "toolkit", "intervention"):
        return None
    is_one = held.kind == "intervention"
    # An area of focus shows what was chosen for it; its toolkits show theirs.
    direct = neighbours(entry_id).get("intervention", ())
    interventions = (held,) if is_one else direct or interventions_for(entry_id)
    known = tuple(one for one in interventions if one.evidence)
    if not known:
        return None
    rows = tuple(row for one in known for row in _rows(one))
    charts = tuple(_charts(rows, entry_id=entry_id, title=held.title, several=not is_one))
    emmie = emmie_shown(held, edition()) if is_one else None
    return EvidenceShown(rows, charts, known, several=not is_one, emmie=emmie)


def _rows(intervention: Entry) -> Iterator[EvidenceRow]:
    evidence: Evidence | None = intervention.evidence
    for outcome in evidence.outcomes if evidence else ():
        source = edition().sources[outcome.source]
        yield EvidenceRow(intervention, outcome, source, effect_of(outcome))


def effect_of(outcome: Outcome) -> str:
    """Return an effect with its interval as its source gives it."""
    if outcome.estimate is None:
        return "In words only"
    is_percent = outcome.measure == PERCENT
    sign, measure = ("%", "") if is_percent else ("", f", {outcome.measure}")
    written = _percentage if is_percent else number
    text = f"{written(outcome.estimate)}{sign}"
    if outcome.low is None or outcome.high is None:
        return f"{text}{measure} (no interval in the source)"
    return f"{text} ({written(outcome.low)}{sign} to {written(outcome.high)}{sign}){measure}"


def _percentage(value: float) -> str:
    return number(value, 0 if value.is_integer() else 1)


def _charts(
    rows: tuple[EvidenceRow, ...], *, entry_id: str, title: str, several: bool
) -> Iterator[EvidenceChart]:
    drawn = [row for row in rows if row.outcome.estimate is not None]
    for count, measure in enumerate(dict.fromkeys(row.outcome.measure for row in drawn)):
        shown = [row for row in drawn if row.outcome.measure == measure]
        if several and len(shown) == 1:
            # An axis of its own for one dot says no more than the table.
            continue
        is_ratio = "ratio" in measure
        # A unit that begins with the sign marks its values as percentages.
        unit = "% change" if measure == PERCENT else measure
        chart = DotWhiskers(
            tuple(_point(row, several=several) for row in shown),
            unit=unit,
            reference=1.0 if is_ratio else 0.0,
            log=is_ratio,
        )
        heading = f"{title}: effects measured as {measure}"
        reading = _reading(shown, is_ratio=is_ratio)
        name = f"evidence-{entry_id}-{count}"
        svg = draw(chart, id=name, title=heading, description=reading)
        yield EvidenceChart(heading, reading, svg)


def _point(row: EvidenceRow, *, several: bool) -> Point:
    outcome = row.outcome
    label = f"{row.intervention.title}: {outcome.outcome}" if several else outcome.outcome
    strength = STRENGTH_WORDS.get(outcome.strength, "")
    return Point(
        f"{label} ({strength.lower()})" if strength else label,
        outcome.estimate,
        outcome.low,
        outcome.high,
        emphasis=True,
    )


def _reading(rows: list[EvidenceRow], *, is_ratio: bool) -> str:
    line = 1.0 if is_ratio else 0.0
    bounded = [row.outcome for row in rows if row.outcome.low is not None]
    without = len(rows) - len(bounded)
    if not bounded:
        return (
            "The sources give no interval for these estimates,"
            " so the chart cannot say which of them could be chance."
        )
    clear = sum(_is_clear(outcome, line) for outcome in bounded)
    if clear == len(bounded):
        words = "Each estimate with an interval can be told from chance."
    elif clear == 0:
        words = "None of the estimates with an interval can be told from chance."
    else:
        words = (
            f"{in_words(clear).capitalize()} of {in_words(len(bounded))} estimates with an interval"
        )
        words += " can be told from chance."
    more = f" For {in_words(without)} the source gives no interval." if without else ""
    return words + more


def _is_clear(outcome: Outcome, line: float) -> bool:
    if outcome.low is None or outcome.high is None:
        return False
    return outcome.high < line or outcome.low > line
