"""What to check before a signal is believed: what most often looks like a rise and is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nhpf.records.revisions import Break, breaks_of
from nhpf.reports.numerals import number
from nhpf.signals.signal import Check

if TYPE_CHECKING:
    from nhpf.signals.watch import Watch

MONTHS_BACK = 24
"""A break in the series matters so long: the years compared lie on its other side."""


def check_list(watch: Watch, at: int, *, may_show: bool) -> tuple[Check, ...]:
    """Return what to check for one signal, each with what the release knows of it.

    Parameters
    ----------
    watch : Watch
    at : int
        Which of the periods judged.
    may_show : bool
        Whether counts of single months may be shown to the audience.
    """
    series = watch.series
    checks = [_recording(watch, at), _revision(watch), _one_incident(watch), _duplicates()]
    if series.step == "month":
        checks.append(_season(watch, at, may_show=may_show))
    checks += [
        Check(
            "event",
            "Were more people there than usual?",
            "A festival, a match, a school term, new housing or a closed prison changes how many "
            "people are there. The release holds residents only.",
        ),
        _neighbours(watch),
    ]
    if series.indicator.police_generated:
        checks.append(
            Check(
                "activity",
                "Did the police look more?",
                "This indicator counts what the police look for: an operation raises it without "
                "any more harm.",
            )
        )
    return tuple(checks)


def _recording(watch: Watch, at: int) -> Check:
    known = "; ".join(f"{each.title} ({each.since})" for each in breaks_near(watch, at))
    return Check(
        "recording",
        "Did recording change: a system, a category, a counting rule?",
        known or f"No break of the series is known within {MONTHS_BACK} months.",
    )


def breaks_near(watch: Watch, at: int) -> tuple[Break, ...]:
    """Return the known breaks in the months before a period that was judged."""
    month = watch.series.month(int(watch.position[at]))
    tables = {table for source in watch.series.sources for table in source.tables}
    found = {each.id: each for table in sorted(tables) for each in breaks_of(table) if each.since}
    last = month.year * 12 + month.month

    def age(each: Break) -> int:
        year, number = each.since.split("-")
        return last - (int(year) * 12 + int(number))

    return tuple(each for each in found.values() if 0 <= age(each) < MONTHS_BACK)


def _revision(watch: Watch) -> Check:
    vintages = "; ".join(dict.fromkeys(source.vintage for source in watch.series.sources))
    return Check(
        "revision",
        "Has the count been restated since?",
        f"Vintage of the files: {vintages or 'not stated'}.",
    )


def _one_incident(watch: Watch) -> Check:
    known = "The series counts victims or offences, not incidents."
    if watch.detector == "g-chart":
        known = "Several events in one period were counted as one."
    return Check("incident", "Was it one incident with several victims?", known)


def _duplicates() -> Check:
    return Check(
        "duplicates",
        "Is an event in it twice, or in the wrong month?",
        "The month is that of recording: a batch recorded late looks like a rise.",
    )


def _season(watch: Watch, at: int, *, may_show: bool) -> Check:
    series, position = watch.series, int(watch.position[at])
    same = np.arange(position % 12, position, 12)[-5:]
    months = "; ".join(f"{series.label(int(n))}: {number(int(series.counts[n]))}" for n in same)
    known = f"The same month of earlier years: {months}." if may_show and same.size else ""
    held = watch.detector == "farrington"
    allowed = "The detector compares with the same time of earlier years."
    return Check(
        "season",
        "Is this time of year always high?",
        f"{allowed if held else 'The detector knows no season.'} {known}".strip(),
    )


def _neighbours(watch: Watch) -> Check:
    below = watch.series.area.kind == "local_authority"
    return Check(
        "neighbours",
        "Is it higher next door too, or in the force as a whole?",
        "A rise in the whole force is looked at there."
        if below
        else "The local authorities of the force are watched one by one.",
    )
