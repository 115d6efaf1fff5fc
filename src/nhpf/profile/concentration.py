"""London: how far the order of wards by other harm holds later homicide. It predicts none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from nhpf.methods import hot_spots
from nhpf.profile.wording import percent
from nhpf.reports.charts.specs import Curve, Curves
from nhpf.reports.tree import Cell, Column, Figure, Inset, Interval, Judgement, Table
from nhpf.reports.words import number, period

if TYPE_CHECKING:
    import numpy.typing as npt

    from nhpf.methods.hot_spots import Capture, CaptureAt
    from nhpf.profile.scope import Scope

CAPTURE = "capture"
TOP = (0.1, 0.2)
ALONG = tuple(at / 100 for at in (2, 5, 10, 15, 20, 30, 40, 50, 60, 70, 80, 90))
VIOLENCE = "Violence with injury"
HOMICIDE = "HOMICIDE"
KNIFE = "Knife crime with injury"


@dataclass(frozen=True, slots=True)
class Score:
    """What wards were ordered by, when, and when the homicides fell that are looked for."""

    words: str
    category: str
    first: date
    last: date
    first_after: date
    last_after: date
    note: str = ""

    @property
    def before(self) -> str:
        """The period of the score."""
        return period(self.first, self.last)

    @property
    def after(self) -> str:
        """The period of the homicides."""
        return period(self.first_after, self.last_after)


def _months(first: str, last: str) -> tuple[date, date]:
    return date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{last}-01")


WINDOWS = (
    (_months("2016-01", "2017-12"), _months("2018-01", "2019-12")),
    (_months("2018-01", "2019-12"), _months("2020-01", "2021-12")),
    (_months("2020-01", "2021-12"), _months("2022-01", "2023-12")),
    (_months("2022-01", "2023-12"), _months("2024-01", "2026-02")),
)
LATEST = WINDOWS[-1]
SCORES = (
    *(Score(VIOLENCE, "VIOLENCE WITH INJURY", *before, *after) for before, after in WINDOWS),
    Score("Personal robbery", "ROBBERY OF PERSONAL PROPERTY", *LATEST[0], *LATEST[1]),
    Score(
        "Possession of weapons",
        "POSSESSION OF WEAPONS",
        *LATEST[0],
        *LATEST[1],
        note="counts what the police look for",
    ),
    Score("Homicide itself", HOMICIDE, *LATEST[0], *LATEST[1]),
    Score(KNIFE, "", *_months("2022-03", "2024-02"), *_months("2024-03", "2026-02")),
)


@dataclass(frozen=True, slots=True)
class Captured:
    """A score and what the wards that stood highest by it held later."""

    score: Score
    at: Capture
    along: Capture | None

    @property
    def tenth(self) -> CaptureAt:
        """What the highest tenth held."""
        return self.at.at[0]


class WardYears:
    """Offences by ward and calendar year of the categories that wards are ordered by."""

    categories = tuple(dict.fromkeys(score.category for score in SCORES if score.category))
    first_year = WINDOWS[0][0][0].year

    def __init__(self, scope: Scope) -> None:
        found = scope.release.query(
            "wards_offences_by_year", categories=list(self.categories), first_year=self.first_year
        )
        wards = scope.release.manifest["tables"]["ward"]["rows"]
        years = int(found["year"].max()) - self.first_year + 1
        self.counts = np.zeros((len(self.categories), years, wards), dtype=np.int64)
        at = (found["category"], found["year"] - self.first_year, found["ward"])
        self.counts[at] = found["offences"]

    def between(self, category: str, first: date, last: date) -> npt.NDArray[np.int64]:
        """Return offences by ward from the year of one month to the year of another."""
        years = slice(first.year - self.first_year, last.year - self.first_year + 1)
        return np.asarray(self.counts[self.categories.index(category), years].sum(axis=0))


def _knife(scope: Scope, score: Score) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return knife crime with injury by ward, whose series begins in a March, and homicides."""
    before = scope.release.query(
        "wards_knife_crime_in_period",
        subtype="Knife Crime with Injury",
        first=score.first,
        last=score.last,
    )
    after = scope.release.query(
        "wards_offences_in_period",
        category=HOMICIDE,
        first=score.first_after,
        last=score.last_after,
    )
    return before["offences"], after["offences"]


def captured(scope: Scope) -> tuple[Captured, ...]:
    """Measure every score; ties at the edge are averaged over their orders."""
    held = WardYears(scope)
    found = []
    for score in SCORES:
        if score.category:
            before = held.between(score.category, score.first, score.last)
            after = held.between(HOMICIDE, score.first_after, score.last_after)
        else:
            before, after = _knife(scope, score)
        drawn = score.words == KNIFE or (score.words, score.first) == (VIOLENCE, LATEST[0][0])
        along = hot_spots.capture(before, after, shares=ALONG) if drawn else None
        found.append(Captured(score, hot_spots.capture(before, after, shares=TOP), along))
    return tuple(found)


def caution(found: tuple[Captured, ...]) -> Inset:
    """Return the sentence under which the figure stands."""
    times = [each.tenth.pai for each in found if each.score.words == VIOLENCE]
    return Inset(
        "Putting wards in the order of their recorded violence captures about twice the share of "
        f"later homicides that chance would ({number(min(times), 1)} to {number(max(times), 1)} "
        "times in four periods). It predicts no homicide: most fall in other wards, and no ward "
        "can be told that one will happen there. No ward is listed here by homicide."
    )


def judgement(found: tuple[Captured, ...]) -> Judgement:
    """Judge what ward order is worth."""
    latest = next(each for each in reversed(found) if each.score.words == VIOLENCE).tenth
    return Judgement(
        "concentration",
        "Ward order by recorded violence captures about twice the homicides that chance would, "
        "and predicts none.",
        "high",
        f"The tenth of wards with most violence with injury held {percent(latest.estimate)} of "
        f"later homicides (95% interval {percent(latest.low)} to {percent(latest.high)}), where "
        "chance gives 10%; the finding repeats in four separate periods.",
        (CAPTURE,),
    )


def figure(scope: Scope, found: tuple[Captured, ...]) -> Figure:
    """Show the share of later homicides in the wards that stood highest before."""
    spread = [each.tenth.estimate for each in found]
    return Figure(
        id=CAPTURE,
        title=f"The highest tenth of wards held {percent(min(spread))} to {percent(max(spread))} "
        "of later homicides, whatever they were ordered by",
        subtitle="Share of later homicides in the wards that stood highest in the two years "
        "before, 679 wards, Metropolitan Police, series: Metropolitan Police open data",
        reading=" ".join(_said(each) for each in found if each.along),
        chart=Curves(
            tuple(_curve(each) for each in found if each.along),
            x_unit="share of wards, highest first",
            y_unit="share of later homicides",
        ),
        table=_table(found),
        provenance=scope.provenance(
            "london_ward_offences",
            "london_knife_crime_count",
            period=f"{WINDOWS[0][0][0].year} to {LATEST[1][1].year}",
        ),
        caveats=(
            *found[0].at.caveats,
            *scope.known_faults(
                "homicides_without_ward", "knife_crime_without_ward", "wards_without_homicide"
            ),
        ),
        method=f"Capture, {found[0].at.method}; 68 of 679 wards are a tenth. Each order of tied "
        "wards gives another share: the tie range is the lowest and the highest of them. Homicide "
        "and weapons stand beside the others to show what police-generated and rare counts add.",
    )


def _said(each: Captured) -> str:
    tenth = each.tenth
    return (
        f"By {each.score.words.lower()} in {each.score.before}, the highest tenth held "
        f"{percent(tenth.estimate)} of the homicides of {each.score.after} (95% interval "
        f"{percent(tenth.low)} to {percent(tenth.high)}; by the order of tied wards "
        f"{100 * tenth.tie_low:.1f}% to {100 * tenth.tie_high:.1f}%)."
    )


def _curve(each: Captured) -> Curve:
    assert each.along is not None
    points = tuple((at.share, at.estimate) for at in each.along.at)
    band = tuple((at.share, at.low, at.high) for at in each.along.at)
    return Curve(
        each.score.words,
        ((0.0, 0.0), *points, (1.0, 1.0)),
        band=((0.0, 0.0, 0.0), *band, (1.0, 1.0, 1.0)),
        emphasis=each.score.words == VIOLENCE,
    )


def _table(found: tuple[Captured, ...]) -> Table:
    return Table(
        "Share of later homicides in the tenth and the fifth of wards that stood highest before",
        (
            Column("score", "Wards ordered by"),
            Column("before", "Counted in"),
            Column("after", "Homicides of"),
            Column("homicides", "Homicides", "count"),
            Column("tenth", "In the highest tenth", "share"),
            Column("ties", "Tie range"),
            Column("times", "Times chance", "ratio"),
            Column("fifth", "In the highest fifth", "share"),
            Column("note", "To be read with"),
        ),
        tuple(_row(each) for each in found),
    )


def _row(each: Captured) -> tuple[Cell, ...]:
    tenth, fifth = each.at.at
    return (
        each.score.words,
        each.score.before,
        each.score.after,
        int(each.at.events),
        Interval(tenth.estimate, tenth.low, tenth.high, method="Wilson"),
        f"{100 * tenth.tie_low:.1f}% to {100 * tenth.tie_high:.1f}%",
        Interval(tenth.pai, tenth.pai_low, tenth.pai_high, method="Wilson"),
        Interval(fifth.estimate, fifth.low, fifth.high, method="Wilson"),
        each.score.note,
    )
