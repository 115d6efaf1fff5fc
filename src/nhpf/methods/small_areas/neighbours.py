"""The spatial part of the model: how strongly areas are tied to their neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nhpf.errors import CannotTell, InvalidInput
from nhpf.methods.small_areas.sparse_cholesky import Pattern, factorise, pattern_of
from nhpf.numerics import graphs
from nhpf.numerics.inputs import FloatArray, IntArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """Precision of the spatial effects, scaled so that a typical area's variance is 1.

    Attributes
    ----------
    entries : ndarray
        Of the precision matrix, in the order of the pattern's matrix.
    rows, columns : ndarray
        Where they stand.
    pattern : Pattern
    sums : ndarray, shape (n, pieces)
        One column for each connected piece of the map, 1 on its areas: effects sum to zero there.
        Islands alone have none; their spatial effect is one of their own with variance 1.
    scales : ndarray, shape (pieces,)
        Geometric mean of the variances before scaling.
    islands : int
    """

    entries: FloatArray
    rows: IntArray
    columns: IntArray
    pattern: Pattern
    sums: FloatArray
    scales: FloatArray
    islands: int

    def times(self, values: FloatArray) -> FloatArray:
        """Return the precision matrix times the values."""
        products = self.entries * values[self.columns]
        return np.bincount(self.rows, products, values.size).astype(np.float64)


def structure_of(graph: csr_array) -> Structure:
    """Return the scaled precision of Besag's (1974) effects on a graph (Riebler and others 2016).

    Pieces of the map are scaled one by one (Freni-Sterrantino and others 2018).

    Raises
    ------
    InvalidInput
        An area that is a neighbour of one that is not its neighbour.
    CannotTell
        No area has a neighbour.
    """
    from scipy.sparse import csc_array, diags_array
    from scipy.sparse.csgraph import connected_components

    tied = graphs.without_self(graph)
    tied.data[:] = 1.0
    if abs(tied - tied.T).nnz:
        raise InvalidInput("The graph must be symmetric: neighbours are neighbours of each other.")
    if tied.nnz == 0:
        raise CannotTell("No area has a neighbour, so nothing can be learnt from neighbours.")
    matrix = csc_array(diags_array(np.asarray(tied.sum(axis=0)).ravel() + 0.5) - tied)
    matrix.sort_indices()
    columns = np.repeat(np.arange(tied.shape[0]), np.diff(matrix.indptr))
    rows = matrix.indices.astype(np.int64)
    matrix.data[rows == columns] -= 0.5  # the half kept the diagonal of islands from vanishing
    pattern = pattern_of(matrix)
    piece = connected_components(tied, directed=False)[1]
    sizes = np.bincount(piece)
    large = np.flatnonzero(sizes > 1)
    sums = (piece[:, None] == large).astype(float)
    scales = _scales(pattern, matrix.data, sums, sizes[piece] == 1)
    strength = sums @ scales
    matrix.data *= strength[columns]
    matrix.data[(rows == columns) & (sizes[piece] == 1)[columns]] = 1.0
    return Structure(
        entries=matrix.data,
        rows=rows,
        columns=columns.astype(np.int64),
        pattern=pattern,
        sums=sums,
        scales=scales,
        islands=int(np.sum(sizes == 1)),
    )


def _scales(
    pattern: Pattern,
    entries: FloatArray,
    sums: FloatArray,
    island: np.ndarray[tuple[int], np.dtype[np.bool_]],
) -> FloatArray:
    """Return the geometric mean of variances of each piece, its effects summing to zero."""
    # One area of each piece is pinned, which makes the matrix regular; centring takes the pin out.
    pins = island.astype(float)
    pins[np.argmax(sums, axis=0)] = 1.0
    factor = factorise(pattern, entries, pins)
    along = factor.solve(sums)
    sizes = sums.sum(axis=0)
    own = factor.inverse_diagonal()
    whole = np.sum(sums * along, axis=0)
    scales = np.empty(sizes.size)
    for c, size in enumerate(sizes):
        inside = sums[:, c] == 1
        variance = own[inside] - 2 * along[inside, c] / size + whole[c] / size**2
        scales[c] = float(np.exp(np.mean(np.log(variance))))
    return scales
