"""Every indicator in every area, watched by the detector that its counts allow."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhpf.errors import CannotTell
from nhpf.signals import detectors
from nhpf.signals.series import PERIODS_IN_A_YEAR, Series, Unwatched, watchable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhpf.records import Area, Release
    from nhpf.signals.watch import Detector, Watch

MANY, FEW = 5.0, 0.5
"""Events a period from which on Farrington's method serves, and below which gaps are charted."""
FALSE_ALARMS_OF_A_FORCE = 1.0
"""False alarms a year that homicide may raise in one force: its own series and those below it."""
SHARE_OF_THE_FORCE = 0.5
"""The force's own series may use so much of it; local authorities share the rest equally."""
MOST_BELOW = 32
"""No force has more local authorities: each has this share, however many are looked at."""
NEVER = "No event in any period: nothing to compare with."


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """All that was watched, and what was not and why."""

    watches: tuple[Watch, ...]
    unwatched: tuple[Unwatched, ...]


def watch(areas: Iterable[Area], *, release: Release) -> Watched:
    """Watch every indicator in some areas.

    Parameters
    ----------
    areas : iterable of Area
        Forces, local authorities, or the nation.
    release : Release
    """
    held, unwatched = watchable(areas, release=release)
    found = watch_series(held)
    return Watched(watches=found.watches, unwatched=(*unwatched, *found.unwatched))


def watch_series(held: Sequence[Series]) -> Watched:
    """Watch series that are already read, in the order given."""
    batches: dict[int, list[int]] = defaultdict(list)
    found: dict[int, Watch] = {}
    unwatched: list[Unwatched] = []
    for at, series in enumerate(held):
        detector, because = choose(series)
        if detector == "farrington":
            batches[len(series.counts)].append(at)
            continue
        try:
            found[at] = _watch_one(series, detector, because)
        except CannotTell as error:
            unwatched.append(_not(series, error))
    for places in batches.values():
        found |= _watch_batch(held, places)
    return Watched(watches=tuple(found[at] for at in sorted(found)), unwatched=tuple(unwatched))


def choose(series: Series) -> tuple[Detector, str]:
    """Return the detector that the counts of a series allow, and why.

    Homicide is always watched by the Poisson CUSUM, whose false alarms are known exactly. The
    level is that of all but the latest year, so that a rise does not change the detector.
    """
    past = series.counts[: -PERIODS_IN_A_YEAR[series.step]]
    mean = float((past if past.size else series.counts).mean())
    level = f"{mean:.3g} events a {series.step} on average"
    if series.is_homicide:
        return "cusum", f"Homicide: the false alarms of a Poisson CUSUM are exact ({level})."
    if mean < FEW:
        return "g-chart", f"{level}: too rare for counts, so the gaps between events are charted."
    long_enough = detectors.years_back(len(series.counts)) >= detectors.FEWEST_YEARS_BACK
    if mean >= MANY and series.step == "month" and long_enough:
        return "farrington", f"{level}: enough to compare with the same time of earlier years."
    short = "" if mean < MANY else "; the series is too short to know its seasons"
    return "cusum", f"{level}: small excesses are added up{short}."


def homicide_budget(series: Series) -> float:
    """Return the chance of a false alarm in a period that a homicide series may have.

    Over all homicide series of one force it adds up to at most one false alarm a year.
    """
    below = series.area.kind == "local_authority"
    share = (1 - SHARE_OF_THE_FORCE) / MOST_BELOW if below else SHARE_OF_THE_FORCE
    return FALSE_ALARMS_OF_A_FORCE * share / PERIODS_IN_A_YEAR[series.step]


def _watch_one(series: Series, detector: Detector, because: str) -> Watch:
    if not series.counts.any():
        raise CannotTell(NEVER)
    if detector == "g-chart":
        return detectors.by_gaps(series, because=because)
    allowed = homicide_budget(series) if series.is_homicide else detectors.ALPHA
    return detectors.by_cusum(series, false_alarms=allowed, because=because)


def _watch_batch(held: Sequence[Series], places: Sequence[int]) -> dict[int, Watch]:
    chosen = [held[at] for at in places]
    because = [choose(each)[1] for each in chosen]
    return dict(zip(places, detectors.by_farrington(chosen, because=because), strict=True))


def _not(series: Series, error: CannotTell) -> Unwatched:
    return Unwatched(indicator=series.indicator.id, area=series.area.code, reason=error.what)
