"""Kernel density: a smooth surface of events for each unit of area."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nhpf.errors import CannotTell, InvalidInput
from nhpf.numerics import inputs
from nhpf.numerics.inputs import FloatArray

# Points are gathered on a grid with at least this many steps to the bandwidth; the widening of
# the kernel that this costs stays well below one per cent of its peak.
STEPS_PER_BANDWIDTH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Density:
    """A surface of events for each unit of area.

    Attributes
    ----------
    values : ndarray, shape (rows, columns)
        Events for each unit of area at the centre of each cell, from the lowest y upwards.
    x, y : ndarray, shape (columns,), (rows,)
        Centres of the cells.
    events, outside : int
        Points inside the bounds, and points left out because they lie outside.
    bandwidth : float
        Standard deviation of the Gaussian kernel, in the unit of x and y.
    """

    values: FloatArray
    x: FloatArray
    y: FloatArray
    events: int
    outside: int
    bandwidth: float
    method: str
    caveats: tuple[str, ...]

    def __str__(self) -> str:
        """Return the size of the surface and what went into it."""
        rows, columns = self.values.shape
        head = (
            f"{self.events:,} events on {rows} by {columns} cells, bandwidth {self.bandwidth:g} "
            f"({self.method})"
        )
        return "\n".join([head, *(f"  Note: {caveat}" for caveat in self.caveats)])


def density(
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    *,
    bandwidth: float,
    shape: tuple[int, int],
    bounds: tuple[float, float, float, float],
    edge: bool = True,
) -> Density:
    """Return a Gaussian kernel density over a grid, within 1% of the direct sum over all points.

    Cost grows with the number of points plus rows times columns times (rows + columns).

    Parameters
    ----------
    x, y : array_like, shape (n,)
        Coordinates of events, such as metres of the British National Grid.
    bandwidth : float
        Standard deviation of the kernel, no less than the side of a cell.
    shape : (int, int)
        Rows and columns of the grid.
    bounds : (float, float, float, float)
        Lowest x, lowest y, highest x, highest y. Points outside are left out.
    edge : bool
        Divide by the part of the kernel inside the bounds, lest the surface sink towards them.

    Raises
    ------
    InvalidInput
        Unlike lengths, NaN, empty bounds, or cells wider than the bandwidth.
    CannotTell
        No point inside the bounds.
    """
    across, up = (
        inputs.finite_array(x, name="x coordinates"),
        inputs.finite_array(y, name="y coordinates"),
    )
    inputs.same_length(x=across, y=up)
    width = inputs.positive(bandwidth, name="bandwidth")
    columns = _Axis.of(across, bounds[0], bounds[2], shape[1], width)
    rows = _Axis.of(up, bounds[1], bounds[3], shape[0], width)
    inside = columns.inside & rows.inside
    if not inside.any():
        raise CannotTell("No event lies inside the bounds.")
    gathered = _gathered(columns, rows, inside)
    values = rows.kernel() @ gathered @ columns.kernel().T
    if edge:
        values /= np.outer(rows.mass(), columns.mass())
    outside = int(inside.size - inside.sum())
    return Density(
        values=values,
        x=columns.centres,
        y=rows.centres,
        events=int(inside.sum()),
        outside=outside,
        bandwidth=width,
        method=f"Gaussian kernel{', corrected at the edge' if edge else ''}",
        caveats=_caveats(outside),
    )


def _caveats(outside: int) -> tuple[str, ...]:
    smooth = "A smooth surface looks certain: it has no interval, and its bandwidth was chosen."
    left_out = (f"{outside:,} events lie outside the bounds and are left out.",) if outside else ()
    return (smooth, *left_out)


@dataclass(frozen=True, slots=True)
class _Axis:
    """One axis of the grid: where its cells lie, and where the points fall among finer steps."""

    low: float
    high: float
    centres: FloatArray
    steps: FloatArray
    position: FloatArray
    inside: npt.NDArray[np.bool_]
    bandwidth: float

    @classmethod
    def of(cls, points: FloatArray, low: float, high: float, cells: int, width: float) -> _Axis:
        if not (math.isfinite(low) and math.isfinite(high) and low < high):
            raise InvalidInput("The bounds must run from a lower to a higher number.")
        if cells < 1 or int(cells) != cells:
            raise InvalidInput("The grid must have at least one row and one column.")
        cell = (high - low) / cells
        if cell > width * (1 + 1e-9):
            raise InvalidInput(
                "The cells of the grid are wider than the bandwidth.",
                next_step="Use more cells or a wider bandwidth.",
            )
        count = cells * math.ceil(STEPS_PER_BANDWIDTH * cell / width)
        steps = np.linspace(low, high, count + 1)
        return cls(
            low=low,
            high=high,
            centres=low + cell * (np.arange(cells, dtype=np.float64) + 0.5),
            steps=steps,
            position=(points - low) * (count / (high - low)),
            inside=(points >= low) & (points <= high),
            bandwidth=width,
        )

    def kernel(self) -> FloatArray:
        """Return the kernel between each centre and each step, shape (cells, steps)."""
        # Sharing a point among steps spreads it by a sixth of a squared step on average; a kernel
        # that is narrower by as much makes up for it.
        step = self.steps[1] - self.steps[0]
        width = math.sqrt(self.bandwidth**2 - step**2 / 6)
        score = (self.centres[:, None] - self.steps) / width
        return np.asarray(np.exp(-0.5 * score**2) / (width * math.sqrt(2 * math.pi)))

    def mass(self) -> FloatArray:
        """Return the part of the kernel around each centre that lies inside the bounds."""
        from scipy.special import ndtr

        above, below = ((edge - self.centres) / self.bandwidth for edge in (self.high, self.low))
        return np.asarray(ndtr(above) - ndtr(below))


def _gathered(columns: _Axis, rows: _Axis, inside: npt.NDArray[np.bool_]) -> FloatArray:
    """Share each point among the four steps around it in proportion to nearness."""
    height, width = rows.steps.size, columns.steps.size
    across, up = columns.position, rows.position
    if not inside.all():
        across, up = across[inside], up[inside]
    left = np.minimum(across.astype(np.int64), width - 2)
    below = np.minimum(up.astype(np.int64), height - 2)
    across, up = across - left, up - below
    corner = below * width + left

    def added_up(part: FloatArray | None) -> FloatArray:
        sums = np.bincount(corner, part, minlength=height * width)
        return np.asarray(sums, dtype=np.float64).reshape(height, width)

    # The four parts (1-a)(1-b), a(1-b), (1-a)b and ab follow from the sums of 1, a, b and ab.
    points, to_right, upwards, to_both = (added_up(p) for p in (None, across, up, across * up))
    total = np.maximum(points - to_right - upwards + to_both, 0)
    total[:, 1:] += np.maximum(to_right - to_both, 0)[:, :-1]
    total[1:] += np.maximum(upwards - to_both, 0)[:-1]
    total[1:, 1:] += to_both[:-1, :-1]
    return total
