"""How the detectors did: on the past, on series in which nothing changed, and on seeded rises.

Beside each stands the plain peer: a control chart that alarms above the mean and two standard
deviations of the same baseline.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from nhpf.numerics.permutation import Rng, generator
from nhpf.signals import budget
from nhpf.signals.detectors import BASELINE, SEEN_WITHIN
from nhpf.signals.series import PERIODS_IN_A_YEAR, Series
from nhpf.signals.simulating import risen, unchanged
from nhpf.signals.watch import Watch
from nhpf.signals.watching import FALSE_ALARMS_OF_A_FORCE, MOST_BELOW, watch_series

RISES = (1.2, 1.5, 2.0, 3.0)
YEARS = 12
"""Length of the seeded series of homicide, of which two years are baseline at least."""
YEARS_OF_OTHERS = 7
YEARS_BELOW = 15
Z = 1.96


@dataclass(frozen=True, slots=True)
class Measured:
    """A mean with its Monte Carlo error; None where nothing was counted."""

    value: float | None
    error: float | None

    @property
    def high(self) -> float:
        """The upper end of the 95% Monte Carlo interval."""
        if self.value is None or self.error is None:
            return math.inf
        return self.value + Z * self.error


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Alarms in the release's own series: real rises and false alarms together."""

    group: str
    series: int
    area_years: float
    alarms_per_area_year: float
    two_sigma_per_area_year: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calm:
    """False alarms where nothing changed, for each area and year and indicator."""

    group: str
    area_years: float
    false_alarms: Measured
    two_sigma: Measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How often, and how soon, a seeded rise was found while it lasted.

    ``shown`` is also told from chance among all series judged in its month; ``delay`` is in
    periods, over the rises found, the period in which it begins counted as 1.
    """

    group: str
    rise: float
    periods: int
    alarmed: Measured
    shown: Measured
    delay: Measured
    two_sigma: Measured
    two_sigma_delay: Measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Signals in a month for the organisation that answers for all series."""

    months: int
    mean: Measured
    most: int
    two_sigma_mean: Measured
    two_sigma_most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """All of it; ``homicide`` is false alarms of homicide in a force and year, all areas."""

    past: tuple[Past, ...]
    past_load: Load
    calm: tuple[Calm, ...]
    homicide: Measured
    homicide_two_sigma: Measured
    calm_load: Load
    found: tuple[Found, ...]
    runs: int
    release: str
    caveats: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return asdict(self)

    def tables(self) -> list[tuple[str, list[dict[str, str]]]]:
        """Return the tables that a reader is shown, each with its title."""
        from nhpf.signals.backtest_tables import tables_of

        return tables_of(self.as_json())


def backtest(held: Sequence[Series], *, runs: int = 200, rng: Rng) -> Backtest:
    """Run the detectors over the past and over seeded series.

    Parameters
    ----------
    held : sequence of Series
        What is watched in the release; seeded series have its levels, seasons and scatter.
    runs : int
        Seeded series of a force's homicide; of all series together a twentieth as many.
    rng : Generator or int
    """
    chance = generator(rng)
    watches = watch_series(held).watches
    calm, homicide, peer, found = _homicide(held, runs, chance)
    others = [each for each in held if not each.is_homicide]
    more, load, power = _others(others, max(2, runs // 20), chance)
    return Backtest(
        past=_past(watches),
        past_load=_load([_decided(watches)]),
        calm=(*calm, *more),
        homicide=homicide,
        homicide_two_sigma=peer,
        calm_load=load,
        found=(*found, *power),
        runs=runs,
        release=next((source.release for each in held for source in each.sources), ""),
        caveats=(
            "Seeded series are quiet by construction: real ones also drift and change recording, "
            "so that alarms in the past are more than false alarms.",
            "A seeded rise is a step that lasts; a single bad month is found less often.",
        ),
    )


def group_of(series: Series) -> str:
    """Return which group of series a row of the tables is about."""
    what = "Homicide" if series.is_homicide else "Other harm"
    where = "local authority" if series.area.kind == "local_authority" else series.area.kind
    return f"{what}, {where}, by {series.step}"


def two_sigma(watch: Watch) -> np.ndarray:
    """Return where a plain control chart of the same baseline alarms, on the periods judged."""
    counts, back = watch.series.counts.astype(float), BASELINE[watch.series.step]
    alarms = []
    for position in watch.position:
        past = counts[max(0, position - back) : position]
        alarms.append(counts[position] > past.mean() + 2 * past.std(ddof=1))
    return np.array(alarms)


def _by_group(watches: Iterable[Watch]) -> dict[str, list[Watch]]:
    found: dict[str, list[Watch]] = {}
    for each in watches:
        found.setdefault(group_of(each.series), []).append(each)
    return dict(sorted(found.items()))


def _years(watches: Sequence[Watch]) -> float:
    return sum(len(each.position) / PERIODS_IN_A_YEAR[each.series.step] for each in watches)


def _past(watches: Sequence[Watch]) -> tuple[Past, ...]:
    return tuple(
        Past(
            group=group,
            series=len(held),
            area_years=_years(held),
            alarms_per_area_year=sum(int(each.alarm.sum()) for each in held) / _years(held),
            two_sigma_per_area_year=sum(int(two_sigma(each).sum()) for each in held) / _years(held),
        )
        for group, held in _by_group(watches).items()
    )


def _rate(counts: Sequence[float], years: float) -> Measured:
    """Return events a year with the error of independent series."""
    values = np.asarray(counts, dtype=float)
    if not values.size or not years:
        return Measured(None, None)
    if values.size < 2:
        return Measured(float(values.sum() / years), None)
    error = float(values.std(ddof=1)) * math.sqrt(values.size) / years
    return Measured(float(values.sum() / years), error)


def _share(hits: Sequence[bool]) -> Measured:
    """Return a share; its error allows for none and all (Agresti and Coull)."""
    if not len(hits):
        return Measured(None, None)
    share, count = float(np.mean(hits)), len(hits)
    near = (sum(hits) + 2) / (count + 4)
    return Measured(share, math.sqrt(near * (1 - near) / (count + 4)))


def _mean(values: Sequence[float]) -> Measured:
    if len(values) < 2:
        return Measured(None, None)
    return Measured(float(np.mean(values)), float(np.std(values, ddof=1) / math.sqrt(len(values))))


def _calm(watches: Sequence[Watch]) -> tuple[Calm, ...]:
    return tuple(
        Calm(
            group=group,
            area_years=_years(held),
            false_alarms=_rate([int(each.alarm.sum()) for each in held], _years(held)),
            two_sigma=_rate([int(two_sigma(each).sum()) for each in held], _years(held)),
        )
        for group, held in _by_group(watches).items()
    )


def _homicide(
    held: Sequence[Series], runs: int, rng: np.random.Generator
) -> tuple[tuple[Calm, ...], Measured, Measured, list[Found]]:
    forces = [each for each in held if each.is_homicide and each.step == "month"]
    below = [each for each in held if each.is_homicide and each.step == "year"]
    calm: list[Calm] = []
    found: list[Found] = []
    for like, years, times in ((forces, YEARS, runs), (below, YEARS_BELOW, max(2, runs // 20))):
        quiet = [unchanged(like, years=years, rng=rng) for _ in range(times)]
        calm += _calm([w for each in quiet for w in watch_series(each).watches])
        found += _seeded(quiet, like, rng, shown=None)
    rates = [(each.false_alarms, each.two_sigma) for each in calm]
    weights = [MOST_BELOW if "local" in each.group else 1 for each in calm]
    ours = _added([one for one, _ in rates], weights)
    return tuple(calm), ours, _added([peer for _, peer in rates], weights), found


def _added(rates: Sequence[Measured], weights: Sequence[int]) -> Measured:
    if not rates or any(each.value is None for each in rates):
        return Measured(None, None)
    pairs = list(zip(weights, rates, strict=True))
    value = sum(weight * (each.value or 0) for weight, each in pairs)
    return Measured(
        value, math.sqrt(sum((weight * (each.error or 0)) ** 2 for weight, each in pairs))
    )


Shown = Callable[[int, Watch], np.ndarray]
"""For a run and the watch of a risen series: which of its last periods are told from chance."""


def _seeded(
    quiet: Sequence[Sequence[Series]],
    like: Sequence[Series],
    rng: np.random.Generator,
    *,
    shown: Shown | None,
) -> list[Found]:
    """Seed each rise into the last periods of every quiet series, one at a time."""
    found = []
    for rise in RISES:
        rows: dict[str, list[tuple[float, float, float]]] = {}
        for run, series in enumerate(quiet):
            pairs = zip(series, like, strict=True)
            changed = [
                risen(one, old, ratio=rise, last=SEEN_WITHIN[one.step], rng=rng)
                for one, old in pairs
            ]
            for watch in watch_series(changed).watches:
                row = _row(watch, None if shown is None else shown(run, watch))
                rows.setdefault(group_of(watch.series), []).append(row)
        found += [_found(group, rise, held, like) for group, held in sorted(rows.items())]
    return found


def _row(watch: Watch, told: np.ndarray | None) -> tuple[float, float, float]:
    """Return when the rise was first found, found and told from chance, found by the peer."""
    last = SEEN_WITHIN[watch.series.step]
    alarm = watch.alarm[-last:]
    shown = alarm if told is None else alarm & told
    return _first(alarm), _first(shown), _first(two_sigma(watch)[-last:])


def _first(alarm: np.ndarray) -> float:
    """Return in which period the first alarm came, from 1; infinity if none."""
    return float(np.argmax(alarm) + 1) if alarm.any() else math.inf


def _found(
    group: str, rise: float, rows: Sequence[tuple[float, float, float]], like: Sequence[Series]
) -> Found:
    ours, shown, peer = (np.array(column) for column in zip(*rows, strict=True))
    step = next(each.step for each in like if group_of(each) == group)
    return Found(
        group=group,
        rise=rise,
        periods=SEEN_WITHIN[step],
        alarmed=_share(np.isfinite(ours).tolist()),
        shown=_share(np.isfinite(shown).tolist()),
        delay=_mean(ours[np.isfinite(ours)].tolist()),
        two_sigma=_share(np.isfinite(peer).tolist()),
        two_sigma_delay=_mean(peer[np.isfinite(peer)].tolist()),
    )


def _others(
    held: Sequence[Series], runs: int, rng: np.random.Generator
) -> tuple[tuple[Calm, ...], Load, list[Found]]:
    quiet = [unchanged(held, years=YEARS_OF_OTHERS, rng=rng) for _ in range(runs)]
    watched = [watch_series(each).watches for each in quiet]
    load = _load([_decided(each) for each in watched])

    def told(run: int, watch: Watch) -> np.ndarray:
        last = SEEN_WITHIN["month"]
        quiet_p = [each.p[-last:] for each in watched[run] if each.key != watch.key]
        p = np.column_stack([watch.p[-last:], *quiet_p])
        return np.array([budget.adjusted(row)[0] <= budget.FALSE_DISCOVERIES for row in p])

    found = _seeded(quiet, held, rng, shown=told) if held else []
    return _calm([each for one in watched for each in one]), load, found


def _decided(watches: Sequence[Watch]) -> list[tuple[int, int]]:
    """Return, for each month, the signals that one organisation is shown, and the peer's."""
    from nhpf.records import Area
    from nhpf.signals.bulletins import months
    from nhpf.signals.watching import Watched

    everywhere = Area("", "all areas", "nation", "")
    decided = months(everywhere, Watched(watches=tuple(watches), unwatched=()))
    peer: dict[Any, int] = {}
    for watch in watches:
        for position, alarm in zip(watch.position, two_sigma(watch), strict=True):
            month = watch.series.month(int(position))
            peer[month] = peer.get(month, 0) + int(alarm)
    return [
        (sum(one.decision.shown for one in each.outcomes), peer[each.month]) for each in decided
    ]


def _load(runs: Sequence[Sequence[tuple[int, int]]]) -> Load:
    months = [pair for each in runs for pair in each]
    ours, peer = [one for one, _ in months], [other for _, other in months]
    return Load(
        months=len(months),
        mean=_mean(ours),
        most=max(ours, default=0),
        two_sigma_mean=_mean(peer),
        two_sigma_most=max(peer, default=0),
    )


def holds(found: Backtest) -> bool:
    """Whether homicide stays within its false alarms, and no month had more than the budget."""
    most = max(found.calm_load.most, found.past_load.most)
    return found.homicide.high <= FALSE_ALARMS_OF_A_FORCE and most <= budget.MOST_A_MONTH
