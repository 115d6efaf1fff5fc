"""What the scans accept, and what must stand wherever their results stand."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.numerics import inputs
from nhpf.numerics.inputs import FloatArray

# Counts of replications are held in 16 bits.
MOST_EXPECTED = 50_000

CHOSEN = (
    "A cluster was chosen for being the highest: its relative risk is too high, and its edge is "
    "that of a circle, not of what lies behind it."
)
INDEPENDENT = "Events are taken as independent: several victims of one event look like a cluster."
UNADJUSTED = "Only population is allowed for: age, sex, poverty or visitors may explain a cluster."
FRACTIONS = "Cases hold fractions; replications are of whole cases."


def points(xy: npt.ArrayLike, *, areas: int) -> FloatArray:
    """Return a point for each area, shape (areas, 2)."""
    array = inputs.numbers(xy, name="coordinates")
    if array.ndim != 2 or array.shape != (areas, 2):
        raise InvalidInput("The coordinates must be one pair, x and y, for each area.")
    if not np.isfinite(array).all():
        raise InvalidInput("The coordinates hold missing or infinite numbers.")
    return array


def table(values: npt.ArrayLike, *, name: str) -> FloatArray:
    """Return a table of areas by periods with finite numbers, none below zero."""
    array = inputs.numbers(values, name=name)
    if array.ndim != 2 or array.size == 0:
        raise InvalidInput(f"The {name} must be a table with a row for each area.")
    if not np.isfinite(array).all() or (array < 0).any():
        raise InvalidInput(f"The {name} must be finite and not negative.")
    return array


def share_of_population(share: float) -> None:
    """Refuse a largest share outside 0 to one half."""
    if not 0 < inputs.number(share, name="largest share") <= 0.5:
        raise InvalidInput(
            "The largest share must lie above 0 and be at most one half.",
            next_step="A circle with more than half is better read as too few cases outside it.",
        )


def enough(cases: FloatArray, total: float) -> None:
    """Refuse a map on which no cluster can be told from chance."""
    if len(cases) < 2:
        raise CannotTell("A scan compares areas: it needs at least two.")
    if total < 2:
        raise CannotTell("A scan needs at least two cases.")


def rare(expected: FloatArray) -> None:
    """Refuse counts so high that chance is not the question."""
    if expected.max() > MOST_EXPECTED:
        raise InvalidInput(
            f"An area expects more than {MOST_EXPECTED:,} cases: the scan is for rare events.",
            next_step="Compare rates by funnel limits with over-dispersion instead.",
        )


def summed(table: FloatArray) -> FloatArray:
    """Return sums over time from before the first period on, shape (n, periods + 1)."""
    return np.pad(np.cumsum(table, axis=1), ((0, 0), (1, 0)))


def caveats(cases: FloatArray, adjusted: bool) -> tuple[str, ...]:
    """Return the sentences that stand beside any scan."""
    notes = [CHOSEN, INDEPENDENT]
    if not adjusted:
        notes.append(UNADJUSTED)
    if (cases != np.floor(cases)).any():
        notes.append(FRACTIONS)
    return tuple(notes)
