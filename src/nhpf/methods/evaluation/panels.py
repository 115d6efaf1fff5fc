"""Rows of areas over time, with and without a measure: checks, and the fit that designs share."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.numerics import inputs, log_linear
from nhpf.numerics.inputs import FloatArray, IntArray

# Fewer units than this on either side, and errors by unit promise more than they hold.
FEWEST_UNITS = 5

NOT_MEASURED = (
    "Without units to compare, how much the counts vary beyond Poisson cannot be seen: "
    "the interval may be too narrow."
)
FEW_UNITS = (
    f"With fewer than {FEWEST_UNITS} units on one side, errors rest on the scatter of all rows "
    "and not on how units differ."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Rows of a comparison, checked; ``group`` numbers units, or the two sides without units."""

    counts: FloatArray
    treated: npt.NDArray[np.bool_]
    period: FloatArray
    offset: FloatArray
    group: IntArray
    by_unit: bool

    @property
    def after(self) -> npt.NDArray[np.bool_]:
        """Rows since the start."""
        return self.period >= 0

    def kept(self, rows: npt.NDArray[np.bool_]) -> Panel:
        """Return some of the rows, groups numbered anew."""
        return Panel(
            counts=self.counts[rows],
            treated=self.treated[rows],
            period=self.period[rows],
            offset=self.offset[rows],
            group=np.unique(self.group[rows], return_inverse=True)[1].astype(np.int64),
            by_unit=self.by_unit,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """Log ratios with their covariance, degrees of freedom, and how they came about."""

    log_ratios: FloatArray
    covariance: FloatArray
    df: float
    errors: str
    caveats: tuple[str, ...]


def panel(
    counts: npt.ArrayLike,
    treated: npt.ArrayLike,
    period: npt.ArrayLike,
    *,
    exposure: npt.ArrayLike | None,
    unit: npt.ArrayLike | None,
) -> Panel:
    """Return checked rows, without units and periods that have no event in any row."""
    y = inputs.event_array(counts, name="counts")
    side = inputs.finite_array(treated, name="treated flags")
    time = inputs.finite_array(period, name="periods")
    size = np.ones(y.size) if exposure is None else inputs.positive_array(exposure, name="exposure")
    inputs.same_length(counts=y, treated=side, period=time, exposure=size)
    if not np.isin(side, (0, 1)).all():
        raise InvalidInput("Each treated flag must be 0 or 1.")
    group = side.astype(np.int64) if unit is None else numbered(unit, y.size, name="unit")
    if np.unique(group[side == 1]).size + np.unique(group[side == 0]).size > group.max() + 1:
        raise InvalidInput(
            "A unit is flagged as treated in some rows only.",
            next_step="Flag all rows of a unit alike; the period says when the measure began.",
        )
    rows = Panel(
        counts=y, treated=side == 1, period=time, offset=np.log(size), group=group,
        by_unit=unit is not None,
    )  # fmt: skip
    _check_four_parts(rows)
    _, moment = np.unique(time, return_inverse=True)
    alive = np.bincount(group, y)[group] > 0
    return rows.kept(alive & (np.bincount(moment, y)[moment] > 0))


def numbered(labels: npt.ArrayLike, rows: int, *, name: str) -> IntArray:
    """Return labels as numbers from 0; they may be names or numbers."""
    array = np.asarray(labels)
    if array.shape != (rows,):
        raise InvalidInput(f"There must be one {name} for each row.")
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        raise InvalidInput(f"A {name} is missing.")
    return np.unique(array, return_inverse=True)[1].astype(np.int64)


def _check_four_parts(rows: Panel) -> None:
    for treated in (True, False):
        for after in (True, False):
            part = (rows.treated == treated) & (rows.after == after)
            where = f"{'treated' if treated else 'comparison'}, {'after' if after else 'before'}"
            if not part.any():
                raise CannotTell("One of the four parts has no row.", where=where)
            if rows.counts[part].sum() == 0:
                raise CannotTell(
                    "One of the four parts has no event, so a ratio has no limit.",
                    where=where,
                    next_step="Pool periods or areas until each part has events.",
                )


def effects(rows: Panel, columns: FloatArray) -> Effects:
    """Fit the columns beside effects of units (or sides) and of periods."""
    moments = np.unique(rows.period)
    dummies = (rows.period[:, None] == moments[1:]).astype(float)
    fitted = log_linear.fit(
        rows.counts, np.column_stack([columns, dummies]), rows.offset, units=rows.group
    )
    wanted = columns.shape[1]
    covariance, df, errors, caveats = _errors(rows, fitted)
    return Effects(
        log_ratios=fitted.coefficients[:wanted],
        covariance=covariance[:wanted, :wanted],
        df=df,
        errors=errors,
        caveats=caveats,
    )


def _errors(rows: Panel, fitted: log_linear.Fit) -> tuple[FloatArray, float, str, tuple[str, ...]]:
    units = int(rows.group.max()) + 1
    treated = np.unique(rows.group[rows.treated]).size
    if rows.by_unit and min(treated, units - treated) >= FEWEST_UNITS:
        scores = np.zeros((units, fitted.scores.shape[1]))
        np.add.at(scores, rows.group, fitted.scores)
        robust = fitted.robust(scores.T @ scores) * units / (units - 1)
        return robust, float(units - 1), "errors robust by unit", ()
    few = (FEW_UNITS,) if rows.by_unit else ()
    if fitted.df < 1:
        return fitted.covariance, math.inf, "Poisson errors", (*few, NOT_MEASURED)
    wider = fitted.covariance * max(1.0, fitted.dispersion)
    return wider, float(fitted.df), "over-dispersed Poisson errors", few
