"""Checks of counts over time: months that are missing or incomplete, stubs, gaps of a category.

The rule is the same throughout. What is usual is the median of the twelve months on either side. A
month is too low where it holds less than a share of that, and where a Poisson count of that share
would be as low once in a thousand: so small counts, which vary much by chance, are never flagged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nhpf.records.quality.flags import KEPT, Flag, HowBad
from nhpf.records.quality.subjects import Subject, series

if TYPE_CHECKING:
    import duckdb

NEIGHBOURS = 12
LOW = 0.8
HALF = 0.5
STUB = 0.2
CHANCE = 0.001
LEAST_MONTHS = 6
# No month of a category that never has so many can be told from one that is zero by chance.
LEAST_USUAL = 8
# A small area that has so many a month on average is never without any for long.
USUALLY_REPORTS = 5
AREAS_ABSENT = 0.05
MANY_ABSENT = 0.2
# Recorded crime fell in truth while the restrictions of the pandemic lasted.
PANDEMIC = ("2020-03", "2021-04")

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def usual(counts: npt.ArrayLike) -> Floats:
    """Return for each month the median of the twelve on either side, itself left out.

    Parameters
    ----------
    counts : array_like, shape (months,)
        Consecutive months; a month without rows is zero.
    """
    around = _windows(counts)
    around[:, NEIGHBOURS] = np.nan
    return _medians(around)


def usual_on_both_sides(counts: npt.ArrayLike) -> Floats:
    """Return the lower of the medians of the twelve months before and of the twelve after.

    A category that begins or ends has nothing on one side, and so nothing that is usual.
    """
    around = _windows(counts)
    return np.minimum(_medians(around[:, :NEIGHBOURS]), _medians(around[:, NEIGHBOURS + 1 :]))


def _windows(counts: npt.ArrayLike) -> Floats:
    padded = np.pad(np.asarray(counts, dtype=float), NEIGHBOURS, constant_values=np.nan)
    return np.lib.stride_tricks.sliding_window_view(padded, 2 * NEIGHBOURS + 1).copy()


def _medians(rows: Floats) -> Floats:
    """Return the median of what is known in each row, zero where nothing is."""
    known = np.isfinite(rows).sum(axis=1)
    ordered = np.sort(rows, axis=1)  # what is not known comes last
    each = np.arange(len(rows))
    middle = (
        ordered[each, np.maximum(known - 1, 0) // 2] + ordered[each, known // 2 % rows.shape[1]]
    )
    return np.where(known > 0, middle / 2, 0.0)


def too_low(
    counts: npt.ArrayLike, normal: npt.ArrayLike, *, share: float = LOW, chance: float = CHANCE
) -> Bools:
    """Return which months hold too little, by the rule above; none of a short series.

    Parameters
    ----------
    counts, normal : array_like, shape (months,)
        What each month holds, and what is usual.
    share : float
        The share of what is usual that a month must fall below.
    chance : float
        The chance of a Poisson count as low, with that share as its mean.
    """
    from scipy.special import pdtr

    held, mean = np.asarray(counts, dtype=float), share * np.asarray(normal, dtype=float)
    if held.size < LEAST_MONTHS:
        return np.zeros(held.shape, dtype=bool)
    return np.asarray((held < mean) & (pdtr(held, mean) < chance))


def too_many_absent(
    absent: npt.ArrayLike, expected: npt.ArrayLike, areas: float, *, chance: float = CHANCE
) -> Bools:
    """Return which months lack more areas than chance explains, and more than one in twenty.

    Parameters
    ----------
    absent : array_like, shape (months,)
        Areas with nothing in the month.
    expected : array_like, shape (months,)
        How many a Poisson count in each area would leave without any.
    areas : float
        How many areas usually report.
    """
    from scipy.special import pdtrc

    seen, mean = np.asarray(absent, dtype=float), np.asarray(expected, dtype=float)
    beyond = seen - mean > AREAS_ABSENT * areas
    return np.asarray(beyond & (pdtrc(np.maximum(seen - 1, 0), mean) < chance))


@dataclass(frozen=True, slots=True)
class Month:
    """What one area has in one month of one layer.

    ``areas`` are the small areas in it that usually report, ``absent`` those of them with nothing,
    ``expected`` how many of them chance would leave so.
    """

    layer: str
    area: str
    month: int
    count: int
    rows: int
    absent: int
    expected: float
    areas: int

    @property
    def period(self) -> str:
        """The month as 2024-09."""
        return _name(self.month)


# Months from the first to the last that the layer has anywhere, for each area with a count.
BY_AREA = """
with counted as materialized ({series}),
held as (
    select layer, area, place, 12 * year(period) + month(period) - 1 - 12 * 1970 as month,
        sum(count) as count, count(*) as rows
    from counted where place is not null and period is not null group by all
),
months as (
    select layer, unnest(range(min(month)::bigint, max(month)::bigint + 1)) as month
    from held group by layer
),
means as (
    select layer, area, place, sum(count) / max(n) as mean
    from held join (select layer, count(*) as n from months group by layer) using (layer)
    group by all having sum(count) > 0
),
areas as (
    select layer, area, count(*) filter (mean >= {least}) as areas, sum(mean) as mean
    from means group by all
),
totals as (
    select layer, area, month, any_value(areas) as areas, any_value(areas.mean) as mean,
        coalesce(sum(count), 0) as count, coalesce(sum(rows), 0) as rows,
        count(distinct place) filter (count > 0 and means.mean >= {least}) as present
    from areas join months using (layer) left join held using (layer, area, month)
    left join means using (layer, area, place)
    group by layer, area, month
)
select layer, area, month, any_value(totals.count)::bigint, any_value(rows)::bigint,
    any_value(areas - present),
    coalesce(sum(exp(-means.mean * totals.count / totals.mean)) filter (means.mean >= {least}), 0),
    any_value(areas)
from totals join means using (layer, area)
group by layer, area, month order by layer, area, month
"""


def by_area(con: duckdb.DuckDBPyConnection, subject: Subject) -> list[Month]:
    """Return the months of each area of a subject, in order; none of a yearly one."""
    found = con.execute(BY_AREA.format(series=series(subject), least=USUALLY_REPORTS)).fetchall()
    held = [Month(*row) for row in found]
    years = {each.month % 12 for each in held if each.rows}
    return held if len(years) > 1 else []


def holes(con: duckdb.DuckDBPyConnection, subject: Subject) -> Iterator[Flag]:
    """Flag missing, low and stub months, and categories missing in complete months.

    Of a shipped file only stubs: its table is checked for the rest.
    """
    if not subject.count:
        return
    months = by_area(con, subject)
    stubs = dict(_stubs(subject, months))
    yield from stubs.values()
    if subject.kind == "file" or not months:
        return
    flagged = set()
    for (_, area), run in groupby(months, key=attrgetter("layer", "area")):
        for month, flag in _of_area(subject, [each for each in run if each.month not in stubs]):
            flagged.add((area, month))
            yield flag
    yield from _categories(con, subject, flagged | {("", month) for month in stubs})


def _of_area(subject: Subject, held: list[Month]) -> Iterator[tuple[int, Flag]]:
    if len(held) < LEAST_MONTHS:
        return
    counts = [each.count for each in held]
    lacking = too_many_absent(
        [each.absent for each in held], [each.expected for each in held], held[0].areas
    )
    if held[0].areas < 2:
        lacking[:] = False
    normal = usual(counts)
    low, half = too_low(counts, normal), too_low(counts, normal, share=HALF)
    for at in np.flatnonzero(low | lacking):
        check = "low month" if low[at] else "areas missing"
        how_bad, what = _judged(held[at], normal[at], is_half=half[at], lacks=lacking[at])
        yield (
            held[at].month,
            Flag(
                check,
                subject.concerns,
                what,
                how_bad,
                area=held[at].area,
                period=held[at].period,
                category=held[at].layer,
                rows=held[at].rows,
                done=KEPT if how_bad == "unfit" else "Kept as it came.",
            ),
        )


def _judged(each: Month, mean: float, *, is_half: bool, lacks: bool) -> tuple[HowBad, str]:
    """Return how bad a low month is, and what is low in it."""
    said = f"{each.count:,} where about {_about(mean)} is usual"
    if lacks:
        is_unfit = is_half or each.absent > MANY_ABSENT * each.areas
        what = f"{said}; {each.absent:,} of {each.areas:,} small areas have nothing."
        return ("unfit" if is_unfit else "caution"), what
    if PANDEMIC[0] <= each.period <= PANDEMIC[1] and each.count > STUB * mean:
        return "note", f"{said}. Recorded crime fell under the restrictions of the pandemic."
    return ("unfit" if is_half else "caution"), f"{said}."


def _stubs(subject: Subject, months: list[Month]) -> Iterator[tuple[int, Flag]]:
    """Yield the first and the last month of the whole table where they are stubs."""
    totals: dict[int, list[Month]] = {}
    for each in months:
        totals.setdefault(each.month, []).append(each)
    ordered = sorted(totals)
    counts = [sum(each.count for each in totals[month]) for month in ordered]
    if len(ordered) < LEAST_MONTHS:
        return
    normal = usual(counts)
    low = too_low(counts, normal, share=STUB)
    for place in (0, len(ordered) - 1):
        if low[place]:
            held = totals[ordered[place]]
            yield (
                ordered[place],
                Flag(
                    "stub month",
                    subject.concerns,
                    f"{counts[place]:,} where about {_about(normal[place])} is usual.",
                    "unfit",
                    period=held[0].period,
                    rows=sum(each.rows for each in held),
                    done=subject.done or KEPT,
                ),
            )


BY_CATEGORY = """
select layer, area, category, 12 * year(period) + month(period) - 1 - 12 * 1970 as month,
    sum(count)::bigint as count
from ({series}) where place is not null and period is not null
group by all having sum(count) > 0 order by all
"""


def _categories(
    con: duckdb.DuckDBPyConnection, subject: Subject, known: set[tuple[str, int]]
) -> Iterator[Flag]:
    """Yield the categories that have no count in a month which is otherwise complete."""
    found = con.execute(BY_CATEGORY.format(series=series(subject))).fetchall()
    for (layer, area, category), run in groupby(found, key=lambda row: row[:3]):
        held = {month: count for *_, month, count in run}
        months = np.arange(min(held), max(held) + 1)
        counts = np.array([held.get(month, 0) for month in months.tolist()])
        if counts.all() or counts.max() < LEAST_USUAL:
            continue
        normal = usual_on_both_sides(counts)
        for at in np.flatnonzero(too_low(counts, normal) & (counts == 0)):
            month = int(months[at])
            if not {(area, month), ("", month)} & known:
                yield Flag(
                    "category missing",
                    subject.concerns,
                    f"None where about {_about(normal[at])} is usual.",
                    "caution",
                    area=area,
                    period=_name(month),
                    category=", ".join(filter(None, (category, layer))),
                    done="Kept as it came.",
                )


def _name(month: int) -> str:
    """Return a month, counted from January 1970, as 2024-09."""
    return str(np.datetime64(month, "M"))


def _about(value: float) -> str:
    """Return a count to two figures, as it is said with about before it."""
    if value < 1:
        return f"{value:.1f}"
    digits = max(0, int(np.floor(np.log10(value))) - 1)
    return f"{round(value, -digits):,.0f}"
