"""What a method accepts: each check returns clean arrays or says in plain words what is wrong."""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from nhpf.errors import InvalidInput

FloatArray: TypeAlias = npt.NDArray[np.float64]
IntArray: TypeAlias = npt.NDArray[np.int64]


def numbers(values: npt.ArrayLike, *, name: str) -> FloatArray:
    """Return an array of any shape, of numbers that may be missing or infinite."""
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise InvalidInput(f"The {name} must be numbers, in rows of one length.") from None


def finite_array(values: npt.ArrayLike, *, name: str) -> FloatArray:
    """Return a one-dimensional array of finite numbers, at least one.

    Raises
    ------
    InvalidInput
        The values are no numbers, are empty, have two dimensions, or hold NaN or infinity.
    """
    array = numbers(values, name=name)
    if array.ndim != 1 or array.size == 0:
        raise InvalidInput(f"The {name} must be a list of at least one number.")
    if not np.isfinite(array).all():
        raise InvalidInput(
            f"The {name} hold missing or infinite numbers.",
            next_step="Leave those areas out, or say what they stand for.",
        )
    return array


def count_array(values: npt.ArrayLike, *, name: str) -> FloatArray:
    """Return an array of finite numbers, none below zero."""
    array = finite_array(values, name=name)
    if (array < 0).any():
        raise InvalidInput(f"The {name} cannot be negative.")
    return array


def event_array(values: npt.ArrayLike, *, name: str) -> FloatArray:
    """Return an array of whole numbers of events, none below zero."""
    array = count_array(values, name=name)
    if (array != np.floor(array)).any():
        raise InvalidInput(
            f"The {name} must be whole numbers of events.",
            next_step="Give the events themselves, not an average or a weighted score.",
        )
    return array


def positive_array(values: npt.ArrayLike, *, name: str) -> FloatArray:
    """Return an array of finite numbers above zero."""
    array = finite_array(values, name=name)
    if (array <= 0).any():
        raise InvalidInput(f"The {name} must be above zero.")
    return array


def same_length(**arrays: FloatArray) -> None:
    """Refuse arrays that do not speak of the same areas."""
    if len({array.size for array in arrays.values()}) > 1:
        sizes = ", ".join(
            f"{name.replace('_', ' ')} {array.size}" for name, array in arrays.items()
        )
        raise InvalidInput(f"The lists must have the same length ({sizes}).")


def number(value: float, *, name: str) -> float:
    """Return one finite number."""
    try:
        found = float(value)
    except (TypeError, ValueError):
        raise InvalidInput(f"The {name} must be a number.") from None
    if not math.isfinite(found):
        raise InvalidInput(f"The {name} must be a finite number.")
    return found


def whole(value: float, *, name: str, least: int = 1, most: int | None = None) -> int:
    """Return a whole number from ``least`` on, up to ``most`` where there is such a bound."""
    found = number(value, name=name)
    if found != math.floor(found) or found < least or (most is not None and found > most):
        bounds = f"{least:,} or above" if most is None else f"from {least:,} to {most:,}"
        raise InvalidInput(f"The {name} must be a whole number, {bounds}.")
    return int(found)


def events(value: float, *, name: str) -> float:
    """Return a whole number of events, zero or above."""
    found = number(value, name=name)
    if found < 0:
        raise InvalidInput(f"The {name} cannot be negative.")
    return float(event_array([found], name=name)[0])


def positive(value: float, *, name: str) -> float:
    """Return a finite number above zero."""
    found = number(value, name=name)
    if found <= 0:
        raise InvalidInput(f"The {name} must be above zero.")
    return found


def share(value: float, *, name: str) -> float:
    """Return a number strictly between 0 and 1, such as a confidence level."""
    found = number(value, name=name)
    if not 0 < found < 1:
        raise InvalidInput(f"The {name} must lie between 0 and 1.")
    return found
