"""Covariates of areas as columns of a model, each on a scale of its own standard deviation."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.numerics.inputs import FloatArray


def standardised(covariates: npt.ArrayLike | None, n: int) -> tuple[FloatArray, FloatArray]:
    """Return a column of ones and the standardised covariates, and the units of the latter.

    Raises
    ------
    InvalidInput
        Covariates that are no numbers, are missing or infinite, or do not fit ``n`` areas.
    CannotTell
        A covariate that does not vary, or some that say the same.
    """
    if covariates is None:
        return np.ones((n, 1)), np.empty(0)
    try:
        table = np.array(covariates, dtype=np.float64)
    except (TypeError, ValueError):
        raise InvalidInput("The covariates must be numbers.") from None
    if table.ndim == 1:
        table = table[:, None]
    if table.ndim != 2 or len(table) != n:
        raise InvalidInput("The covariates must have one row for each area.")
    if not np.isfinite(table).all():
        raise InvalidInput("The covariates hold missing or infinite numbers.")
    unit = table.std(axis=0)
    centred = table - table.mean(axis=0)
    if (unit <= 1e-12 * np.maximum(np.abs(table).max(axis=0), 1e-300)).any():
        raise CannotTell("A covariate is the same in all areas.")
    design = np.column_stack([np.ones(n), centred / unit])
    if np.linalg.cond(design) > 1e6:
        raise CannotTell("Some covariates say the same, so their effects cannot be told apart.")
    return design, unit
