"""Did harm move next door, or did the good spread? The weighted displacement quotient."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.numerics import Estimate, inputs, intervals
from nhpf.numerics.inputs import FloatArray

PARTS = ("target", "buffer", "control")
BUFFER_CHOICE = "The quotient depends on how the buffer was drawn; displacement may reach farther."
OTHER_HARM = "Displacement to other times, methods or kinds of harm is not seen."


@dataclass(frozen=True, slots=True, kw_only=True)
class Displacement(Estimate):
    """The weighted displacement quotient.

    Above 0 the buffer gained too (above 1, more than the target); below 0 harm moved to the buffer
    (below -1, more of it than the target was spared).

    Attributes
    ----------
    target_change, buffer_change : float
        Change of target and buffer, each over the control, as a share of the control's count.
    reading : str
        What the interval allows to say.
    """

    target_change: float
    buffer_change: float
    reading: str

    def __str__(self) -> str:
        """Return the reading, the quotient, its interval and the caveats."""
        return "\n".join([self.reading, Estimate.__str__(self)])


def displacement(
    before: npt.ArrayLike, after: npt.ArrayLike, *, level: float = 0.95
) -> Displacement:
    """Return the weighted displacement quotient of Bowers and Johnson (2003) with an interval.

    (B1/C1 - B0/C0) / (A1/C1 - A0/C0), with A the target, B the buffer around it and C the control.
    The counts are taken as Poisson; the interval is Fieller's (1954), which stays right where the
    fall of the target is uncertain.

    Parameters
    ----------
    before, after : array_like, shape (3,)
        Whole numbers of events in target, buffer and control, over equal times.
    level : float
        Confidence level.

    Raises
    ------
    InvalidInput
        Not three counts, or counts that are negative, broken or missing.
    CannotTell
        No event in the control, or no fall of the target that can be told from chance: then
        nothing has left that could be anywhere else.
    """
    first, second = _three(before, "before"), _three(after, "after")
    inputs.share(level, name="confidence level")
    if first[2] == 0 or second[2] == 0:
        raise CannotTell(
            "The control has no event, so nothing can be weighed against it.",
            next_step="Choose a larger control area or a longer time.",
        )
    change = second[:2] / second[2] - first[:2] / first[2]
    spread = _covariance(first) + _covariance(second)
    z = intervals.normal_quantile(level)
    if change[0] + z * math.sqrt(spread[0, 0]) >= 0:
        raise CannotTell(
            "No fall of the target against the control can be told from chance, so nothing has "
            "left it that could be displaced.",
            next_step="Compare target and buffer together with the control over a longer time.",
        )
    quotient = float(change[1] / change[0])
    low, high = _fieller(change, spread, z)
    return Displacement(
        estimate=quotient,
        low=low,
        high=high,
        level=level,
        method="weighted displacement quotient, Fieller's limits for Poisson counts",
        caveats=(BUFFER_CHOICE, OTHER_HARM),
        target_change=float(change[0]),
        buffer_change=float(change[1]),
        reading=_reading(low, high),
    )


def _three(values: npt.ArrayLike, when: str) -> FloatArray:
    counts = inputs.event_array(values, name=f"counts {when}")
    if counts.size != 3:
        raise InvalidInput(f"The counts {when} must be three: target, buffer, control.")
    return counts


def _covariance(counts: FloatArray) -> FloatArray:
    """Return the covariance of the shares target/control and buffer/control, by delta method."""
    control = counts[2]
    shares = counts[:2] / control
    # A half keeps an empty target from claiming to have no variance.
    own = np.diag(np.maximum(counts[:2], 0.5) / control**2)
    return np.asarray(own + np.outer(shares, shares) / control)


def _fieller(change: FloatArray, spread: FloatArray, z: float) -> tuple[float, float]:
    a = change[0] ** 2 - z * z * spread[0, 0]
    b = change[0] * change[1] - z * z * spread[0, 1]
    c = change[1] ** 2 - z * z * spread[1, 1]
    root = math.sqrt(max(b * b - a * c, 0.0))
    return float((b - root) / a), float((b + root) / a)


def _reading(low: float, high: float) -> str:
    if low > 0:
        return "The buffer gained as well: the good spread."
    if high < -1:
        return "More harm came to the buffer than the target was spared."
    if high < 0:
        return "Some harm moved to the buffer."
    return "Whether harm moved to the buffer or the good spread cannot be told from chance."
