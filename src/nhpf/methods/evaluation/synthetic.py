"""One area against a mixture of others that ran with it before the measure."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.methods.evaluation.simplex import simplex_weights
from nhpf.numerics import Estimate, inputs
from nhpf.numerics.estimates import in_words, percent
from nhpf.numerics.inputs import FloatArray, IntArray

NO_OTHER_CHANGE = "Nothing else may have changed in this area, or in its donors, since the start."
CLEAN_DONORS = "Donors must not have had the measure, nor felt it from next door."


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticControl(Estimate):
    """The mean gap, for each period since the start, between an area and its mixture of donors.

    Limits are those constant effects that would not make the area stand out among the placebos.

    Attributes
    ----------
    p : float
        Share of areas (the treated one among them) whose gap stands out as far, each against its
        own fit before the start. NaN without placebos.
    weights : ndarray, shape (units,)
        Share of each area in the mixture; zero for the treated one.
    synthetic, gap : ndarray, shape (periods,)
        The mixture, and the area less the mixture.
    loss : float
        Mean squared gap before the start: no weights that sum to 1 give less.
    standing_out : ndarray, shape (units,)
        Mean gap since the start over the root of the loss, without its sign, for each area.
    placebo_gaps : ndarray, shape (units, periods)
        The gap of each area had it been the treated one; the treated one's own in its row.
    """

    p: float
    weights: FloatArray
    synthetic: FloatArray
    gap: FloatArray
    loss: float
    standing_out: FloatArray
    placebo_gaps: FloatArray

    @property
    def told_from_chance(self) -> bool:
        """Whether the interval leaves out a gap of zero."""
        return not self.low <= 0 <= self.high

    def __str__(self) -> str:
        """Return the gap, its limits and what the placebos say."""
        verdict = "can" if self.told_from_chance else "cannot"
        head = (
            f"A mean gap of {in_words(self.estimate)} for each period, which {verdict} be told "
            f"from chance."
        )
        return "\n".join([head, Estimate.__str__(self)])


def synthetic_control(
    outcomes: npt.ArrayLike,
    treated: int,
    start: int,
    *,
    placebos: bool = True,
    level: float = 0.95,
) -> SyntheticControl:
    """Return the gap between a treated area and the mixture of others closest to it before.

    Weights are at least zero, sum to 1 and minimise the squared gap before the start (Abadie,
    Diamond and Hainmueller 2010, matched on the outcome itself in every period), found exactly.
    Each other area is then treated in play, against the others without the treated one; limits
    invert that comparison (Firpo and Possebom 2018). Cost: units squared x periods for each area,
    so with placebos it grows as the cube of the units.

    Parameters
    ----------
    outcomes : array_like, shape (units, periods)
        Rates in one unit, each row an area; counts only if areas are of like size.
    treated : int
        Row of the area with the measure, from 0.
    start : int
        Column of the first period with the measure, from 0.
    placebos : bool
        Without them there is a gap but no way to tell it from chance.
    level : float
        Confidence level; limits are infinite with fewer than 19 donors at 95%.

    Raises
    ------
    InvalidInput
        Missing numbers, a row or a start outside the table.
    CannotTell
        Fewer than three donors, fewer than two periods before, or a fit before the start so
        perfect that nothing can stand out from it.
    """
    table = _checked(outcomes)
    inputs.share(level, name="confidence level")
    row, first = _checked_place(table, treated, start)
    donors = np.delete(np.arange(len(table)), row)
    weights = np.zeros(len(table))
    weights[donors] = _mixture(table, row, donors, first)
    gap = table[row] - weights @ table
    gaps = _placebo_gaps(table, donors if placebos else donors[:0], first)
    gaps[row] = gap
    standing = _standing_out(gaps, row, first, float(np.abs(table).max()))
    effect = float(gap[first:].mean())
    p, reach = _against_placebos(standing, row, level)
    width = reach * math.sqrt(float(np.mean(gap[:first] ** 2))) if math.isfinite(reach) else reach
    return SyntheticControl(
        estimate=effect, low=effect - width, high=effect + width, level=level,
        method=f"synthetic control of {donors.size} donors, placebos in space",
        caveats=_caveats(table[row, :first], gap[:first], donors.size, level, placebos=placebos),
        p=p, weights=weights, synthetic=weights @ table, gap=gap,
        loss=float(np.mean(gap[:first] ** 2)), standing_out=standing, placebo_gaps=gaps,
    )  # fmt: skip


def _checked(outcomes: npt.ArrayLike) -> FloatArray:
    table = inputs.numbers(outcomes, name="outcomes")
    if table.ndim != 2:
        raise InvalidInput("The outcomes must have one row for each area, one column a period.")
    if not np.isfinite(table).all():
        raise InvalidInput("The outcomes hold missing or infinite numbers.")
    return table


def _checked_place(table: FloatArray, treated: int, start: int) -> tuple[int, int]:
    units, periods = table.shape
    row = inputs.whole(treated, name="treated area's row", least=0, most=units - 1)
    first = inputs.whole(start, name="position of the start", most=periods - 1)
    if units < 4:
        raise CannotTell("A mixture and its placebos need at least three donors.")
    if first < 2:
        raise CannotTell("There must be at least two periods before the start.")
    return row, first


def _mixture(table: FloatArray, unit: int, donors: IntArray, first: int) -> FloatArray:
    return simplex_weights(table[unit, :first], table[donors, :first].T)


def _placebo_gaps(table: FloatArray, donors: IntArray, first: int) -> FloatArray:
    gaps = np.full(table.shape, np.nan)
    for other in donors.tolist():
        rest = donors[donors != other]
        gaps[other] = table[other] - _mixture(table, other, rest, first) @ table[rest]
    return gaps


def _standing_out(gaps: FloatArray, row: int, first: int, scale: float) -> FloatArray:
    before = np.sqrt(np.mean(gaps[:, :first] ** 2, axis=1))
    since = np.abs(gaps[:, first:].mean(axis=1))
    perfect = before <= 1e-9 * scale
    if perfect[row]:
        raise CannotTell(
            "The mixture fits this area perfectly before the start, so nothing can stand out.",
            next_step="Give more periods before the start, or fewer donors.",
        )
    # Two donors without any event fit each other perfectly; they stand out only if they part.
    parted = np.where(since > 1e-9 * scale, np.inf, 0.0)
    return np.where(perfect, parted, since / np.where(perfect, 1.0, before))


def _against_placebos(standing: FloatArray, row: int, level: float) -> tuple[float, float]:
    """Return the p-value, and how far out a gap may stand before it is told from chance."""
    others = np.delete(standing, row)
    if np.isnan(others).any():
        return math.nan, math.inf
    areas = standing.size
    p = (1 + int(np.sum(others >= standing[row]))) / areas
    allowed = math.floor((1 - level) * areas + 1e-9)
    return p, math.inf if allowed == 0 else float(np.sort(others)[-allowed])


def _caveats(
    before: FloatArray, gap: FloatArray, donors: int, level: float, *, placebos: bool
) -> tuple[str, ...]:
    said = [NO_OTHER_CHANGE, CLEAN_DONORS]
    if not placebos:
        said.append("No placebo was run, so the gap cannot be told from chance.")
    elif donors + 1 < 1 / (1 - level) - 1e-9:
        said.append(
            f"With {donors} donors no gap can be told from chance at {percent(level)}, "
            "however large it is."
        )
    if donors >= before.size:
        said.append(
            "There are as many donors as periods before the start: the fit may be too good."
        )
    if np.mean(gap**2) > before.var():
        said.append(
            "The mixture follows this area before the start no better than a flat line would."
        )
    return tuple(said)
