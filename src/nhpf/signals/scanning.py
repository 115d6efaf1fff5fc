"""Wards of London scanned for clusters that are alive now: harm other than homicide alone.

Homicide is never looked at below the local authority (the Places rule).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from nhpf.disclosure import Audience, Disclosed, disclose, policy_for
from nhpf.indicators import METROPOLITAN, load_indicators
from nhpf.methods.scan import space_time
from nhpf.numerics.permutation import Rng, generator
from nhpf.reports.dates import period as span_of
from nhpf.signals import budget

if TYPE_CHECKING:
    from nhpf.indicators import Indicator
    from nhpf.methods.scan import Scan
    from nhpf.records import Release

MONTHS_COMPARED = 24
LONGEST = 3
LARGEST_SHARE = 0.05
RARE = 60
"""Months in which chance alone may show one such cluster, at least."""
SCATTER = (
    "Offences scatter more than independent events do, and one case recorded many times is a "
    "cluster by itself: look at how many incidents there were."
)
LEAST_CASES = 1000
"""Indicators with fewer offences in all wards are not scanned: most wards would be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveCluster:
    """Neighbouring wards with more offences of late than all of London's course explains.

    Attributes
    ----------
    id : str
        Permanent: made of the indicator, the last month and the central ward.
    wards, boroughs : tuple of str
        Names of the wards and codes of their boroughs, in the order of codes; never of size.
    period : str
    observed : Disclosed
    expected, ratio : float
        The window was chosen for being high, so that the ratio is too high.
    p, p_adjusted, recurrence : float
        By simulation; adjusted for the indicators scanned; chance alone shows one such in so
        many months.
    """

    id: str
    indicator: str
    title: str
    wards: tuple[str, ...]
    boroughs: tuple[str, ...]
    month: date
    period: str
    observed: Disclosed
    expected: float
    ratio: float
    p: float
    p_adjusted: float
    recurrence: float
    method: str
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """The clusters shown, those held back for want of room, and which indicators were scanned."""

    shown: tuple[LiveCluster, ...]
    held_back: tuple[LiveCluster, ...]
    scanned: tuple[str, ...]


def scan_wards(
    release: Release,
    *,
    room: int = budget.MOST_A_MONTH,
    audience: Audience = "public",
    permutations: int = 999,
    rng: Rng,
) -> Scanned:
    """Look for live clusters of each precursor among London's wards.

    Space-time permutation: each ward's and each month's total is kept, so that neither a busy
    ward nor a busy month is a cluster; only a ward that is busier now than its own past is.

    Parameters
    ----------
    room : int
        What the month's signals left of the organisation's budget.
    audience : {"public", "restricted"}
    permutations : int
    rng : Generator or int
    """
    chance = generator(rng)
    places = release.query("wards_places")
    xy = np.column_stack([places["x"], places["y"]]).astype(float)
    chosen = [each for each in load_indicators().values() if _is_scanned(each)]
    found = []
    for indicator in chosen:
        first, cases = _cases(release, indicator, len(xy))
        if cases.sum() < LEAST_CASES:
            continue
        scan = space_time(
            cases, None, xy, prospective=True, model="permutation", max_share=LARGEST_SHARE,
            max_periods=LONGEST, permutations=permutations, most=1, rng=chance,
        )  # fmt: skip
        found.append((indicator, first, scan))
    adjusted = budget.adjusted([_p(scan) for _, _, scan in found])
    clusters = tuple(
        _cluster(indicator, first, scan, float(p), places, audience)
        for (indicator, first, scan), p in zip(found, adjusted, strict=True)
        if p <= budget.FALSE_DISCOVERIES and (scan.clusters[0].recurrence or 0) >= RARE
    )
    kept = {each.id for each in sorted(clusters, key=lambda each: each.p)[: max(0, room)]}
    return Scanned(
        shown=tuple(each for each in clusters if each.id in kept),
        held_back=tuple(each for each in clusters if each.id not in kept),
        scanned=tuple(indicator.id for indicator, _, _ in found),
    )


def _is_scanned(indicator: Indicator) -> bool:
    counted = indicator.counted.london
    return indicator.precursor and bool(counted) and "HOMICIDE" not in counted


def _cases(release: Release, indicator: Indicator, wards: int) -> tuple[date, np.ndarray]:
    """Return the first month compared and the offences by ward and month."""
    london = release.query("london_offences_by_month", category=indicator.counted.london[0])
    months = london["month"][-MONTHS_COMPARED:].astype("datetime64[M]")
    rows = release.query(
        "wards_offences_by_month",
        categories=list(indicator.counted.london),
        first=months[0].astype(date),
    )
    cases = np.zeros((wards, len(months)))
    at = (rows["month"].astype("datetime64[M]") - months[0]).astype(int)
    held = at < len(months)
    np.add.at(cases, (rows["ward"][held], at[held]), rows["offences"][held])
    return months[0].astype(date), cases


def _p(scan: Scan) -> float:
    return scan.clusters[0].p if scan.clusters else 1.0


def _cluster(
    indicator: Indicator,
    first: date,
    scan: Scan,
    p_adjusted: float,
    places: dict[str, np.ndarray],
    audience: Audience,
) -> LiveCluster:
    best = scan.clusters[0]
    months = [_later(first, each or 0) for each in (best.start, best.end)]
    members = np.sort(best.members)
    centre = places["code"][best.members[0]]
    return LiveCluster(
        id=f"{METROPOLITAN}-{indicator.id}-{months[1]:%Y-%m}-scan-{centre}".lower(),
        indicator=indicator.id,
        title=indicator.title,
        wards=tuple(places["name"][members].tolist()),
        boroughs=tuple(sorted(set(places["borough_code"][members].tolist()))),
        month=months[1],
        period=span_of(*months),
        observed=disclose(int(best.cases), policy=policy_for("recorded_crime", audience=audience)),
        expected=best.expected,
        ratio=best.cases / best.expected,
        p=best.p,
        p_adjusted=p_adjusted,
        recurrence=best.recurrence or np.inf,
        method=scan.method,
        caveats=(SCATTER, *scan.caveats, indicator.cannot_say),
    )


def _later(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)
