"""The design of an interrupted series: trend, step, bend, and waves for the season."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nhpf.numerics import inputs
from nhpf.numerics.inputs import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Segments:
    """Columns of the model of a series.

    Attributes
    ----------
    terms : tuple of str
        Names of the columns.
    columns : ndarray, shape (n, p)
    without : ndarray, shape (n, p)
        The same with no measure: step and bend are zero.
    first : int
        Position of the first period with the measure.
    """

    terms: tuple[str, ...]
    columns: FloatArray
    without: FloatArray
    first: int


def segments(n: int, *, first: int, bend: bool, season: int | None, harmonics: int) -> Segments:
    """Return the columns for ``n`` periods; the trend counts them from 1."""
    time = np.arange(1.0, n + 1)
    since = np.arange(n) - first
    parts = {"constant": np.ones(n), "trend": time, "level": (since >= 0).astype(float)}
    if bend:
        parts["slope"] = np.maximum(since, 0).astype(float)
    parts |= _waves(time, season, harmonics)
    columns = np.column_stack(list(parts.values()))
    without = columns.copy()
    without[:, [i for i, term in enumerate(parts) if term in ("level", "slope")]] = 0
    return Segments(terms=tuple(parts), columns=columns, without=without, first=first)


def _waves(time: FloatArray, season: int | None, harmonics: int) -> dict[str, FloatArray]:
    if season is None:
        return {}
    length = inputs.whole(season, name="season in periods", least=2)
    wanted = inputs.whole(harmonics, name="number of harmonics")
    waves = {}
    for k in range(1, min(wanted, length // 2) + 1):
        angle = 2 * np.pi * k * time / season
        if 2 * k != season:  # with two periods to a wave its sine is zero throughout
            waves[f"sine {k}"] = np.sin(angle)
        waves[f"cosine {k}"] = np.cos(angle)
    return waves
