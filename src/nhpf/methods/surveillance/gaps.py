"""Days between rare events: a chart that does not wait for counts that never come."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell
from nhpf.methods.surveillance.alarms import BoolArray
from nhpf.numerics import inputs
from nhpf.numerics.estimates import in_words
from nhpf.numerics.inputs import FloatArray

FEWEST_GAPS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class GapChart:
    """Gaps between events against the limits of an unchanged risk.

    Attributes
    ----------
    gap : ndarray, shape (m,)
        Days between events, added up over ``together`` gaps.
    centre, low, high : float
        Mean gap, and limits outside which a gap of an unchanged risk lies with chance alpha.
    shorter, longer : ndarray of bool, shape (m,)
        Events closer together, or farther apart, than the limits.
    together : int
        How many gaps make one point.
    method : str
    caveats : tuple of str
    """

    gap: FloatArray
    centre: float
    low: float
    high: float
    shorter: BoolArray
    longer: BoolArray
    together: int
    method: str
    caveats: tuple[str, ...]

    def __str__(self) -> str:
        """Return the limits and how many gaps lie outside them."""
        limits = f"{in_words(self.low)} to {in_words(self.high)} days"
        head = (
            f"{self.gap.size:,} gaps of {in_words(self.centre)} days on average; limits {limits}: "
            f"{int(self.shorter.sum())} shorter, {int(self.longer.sum())} longer ({self.method})"
        )
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])


def g_chart(
    days_between: npt.ArrayLike,
    *,
    baseline: int | None = None,
    together: int = 1,
    alpha: float = 0.0027,
) -> GapChart:
    """Chart the days between rare events (Benneyan 2001).

    With one risk on every day the days between events are geometric, and the sum of several gaps
    negative binomial; limits are its exact quantiles. The risk is estimated without bias from
    the baseline. The cost grows with the number of gaps.

    Parameters
    ----------
    days_between : array_like, shape (n,)
        Whole days without an event between one event and the next, oldest first.
    baseline : int, optional
        How many of the first gaps estimate the risk; all of them if left out.
    together : int
        How many gaps are added up for one point, from the first on; those left over are not
        charted. One gap can hardly ever be too short: use 4 or more to see events come closer.
    alpha : float
        Share of points outside either limit, half on each side at most, if the risk is unchanged.

    Raises
    ------
    InvalidInput
        Negative or fractional days, NaN, an option that means nothing.
    CannotTell
        Fewer than ten gaps in the baseline, too few for one point, or no day without an event.
    """
    gaps = inputs.event_array(days_between, name="days between events")
    taken = gaps.size if baseline is None else baseline
    taken = inputs.whole(taken, name="number of gaps in the baseline", most=gaps.size)
    together = inputs.whole(together, name="number of gaps together")
    inputs.share(alpha, name="alpha")
    if taken < FEWEST_GAPS or gaps.size < together:
        raise CannotTell(f"Limits need at least {FEWEST_GAPS} gaps and one point to chart.")
    first = gaps[:taken]
    if first.sum() == 0:
        raise CannotTell("There is no day without an event: chart counts instead.")
    risk = (first.size - 1) / (first.size - 1 + float(first.sum()))
    points = gaps[: gaps.size // together * together].reshape(-1, together).sum(axis=1)
    low, high = _limits(together, risk, alpha)
    return GapChart(
        gap=points,
        centre=float(first.mean() * together),
        low=low,
        high=high,
        shorter=points < low,
        longer=points > high,
        together=together,
        method=f"g-chart, {together} gaps a point, alpha {alpha:g}",
        caveats=_caveats(low, first.size),
    )


def _limits(together: int, risk: float, alpha: float) -> tuple[float, float]:
    """Return the least and the largest sum that leave at most alpha / 2 below and above."""
    from scipy.special import betaincc

    # Chance of more than x days: 1 - I(risk; together, x + 1), falling in x.
    most = 1
    while betaincc(together, most + 1, risk) > alpha / 2:
        most *= 2
    days = np.arange(most + 1)
    above = betaincc(together, days + 1, risk)
    high = float(days[above <= alpha / 2][0])
    low = float(days[1 - above > alpha / 2][0])
    return low, high


def _caveats(low: float, taken: int) -> tuple[str, ...]:
    caveats = []
    if low == 0:
        caveats.append(
            "The lower limit is zero: events coming closer cannot show. Add up more gaps a point."
        )
    if taken < 25:
        caveats.append(f"The limits rest on {taken} gaps and are rough.")
    return tuple(caveats)
