"""Neighbour graphs as SciPy sparse matrices: row i holds the weights of the neighbours of i."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nhpf.errors import InvalidInput
from nhpf.numerics.inputs import FloatArray, finite_array, positive, same_length

if TYPE_CHECKING:
    from scipy.sparse import csr_array
    from scipy.spatial import cKDTree


def from_neighbours(neighbours: Sequence[Sequence[int]]) -> csr_array:
    """Return the graph of lists of neighbours, each with weight 1.

    Parameters
    ----------
    neighbours : sequence of sequences of int
        For each area the positions of its neighbours, from 0; an island has an empty list.

    Raises
    ------
    InvalidInput
        A position outside the list, or an area among its own neighbours.
    """
    from scipy.sparse import csr_array

    n = len(neighbours)
    sizes = np.fromiter((len(each) for each in neighbours), np.int64, n)
    columns = np.fromiter((j for each in neighbours for j in each), np.int64, int(sizes.sum()))
    rows = np.repeat(np.arange(n), sizes)
    if columns.size and (columns.min() < 0 or columns.max() >= n):
        raise InvalidInput("A neighbour lies outside the list of areas.")
    if (rows == columns).any():
        raise InvalidInput("An area is listed among its own neighbours.")
    return csr_array((np.ones(columns.size), (rows, columns)), shape=(n, n))


def nearest(x: npt.ArrayLike, y: npt.ArrayLike, *, neighbours: int) -> csr_array:
    """Return the graph of each point's nearest others; ties go to the first.

    Raises
    ------
    InvalidInput
        Lists of unlike length, or fewer points than neighbours asked for.
    """
    from scipy.sparse import csr_array

    tree, n = _tree(x, y)
    if not 0 < neighbours < n:
        raise InvalidInput("Each point needs at least one and at most all other points.")
    _, found = tree.query(tree.data, k=neighbours + 1)
    others = found != np.arange(n)[:, None]
    # Where more points than neighbours share one spot, a point may not be among its own nearest.
    others[others.all(axis=1), -1] = False
    rows = np.repeat(np.arange(n), neighbours)
    return csr_array((np.ones(rows.size), (rows, found[others])), shape=(n, n))


def within(x: npt.ArrayLike, y: npt.ArrayLike, *, distance: float) -> csr_array:
    """Return the graph of points no farther apart than a distance, in the unit of x and y."""
    from scipy.sparse import csr_array

    tree, n = _tree(x, y)
    pairs = tree.query_pairs(positive(distance, name="distance"), output_type="ndarray")
    ends = np.concatenate([pairs, pairs[:, ::-1]])
    return csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(n, n))


def checked(graph: csr_array, *, areas: int) -> csr_array:
    """Return a graph in canonical form: square, with finite weights above zero only.

    Raises
    ------
    InvalidInput
        The graph is not sparse, not of this many areas, or holds a negative or missing weight.
    """
    from scipy.sparse import csr_array, issparse

    if not issparse(graph):
        raise InvalidInput("The graph of neighbours must be a sparse matrix.")
    if graph.shape != (areas, areas):
        raise InvalidInput("The graph must have one row and one column for each area.")
    clean = csr_array(graph, dtype=np.float64, copy=True)
    if not np.isfinite(clean.data).all() or (clean.data < 0).any():
        raise InvalidInput("The weights of neighbours must be finite and not negative.")
    clean.sum_duplicates()
    clean.eliminate_zeros()
    return clean


def without_self(graph: csr_array) -> csr_array:
    """Return the graph with no area its own neighbour."""
    from scipy.sparse import csr_array

    rows = row_of_each(graph)
    other = rows != graph.indices
    return csr_array((graph.data[other], (rows[other], graph.indices[other])), shape=graph.shape)


def row_standardised(graph: csr_array) -> csr_array:
    """Return the graph with weights that sum to 1 in each row; islands keep an empty row."""
    from scipy.sparse import csr_array

    totals = np.asarray(graph.sum(axis=1)).ravel()
    data = graph.data / totals[row_of_each(graph)]
    return csr_array((data, graph.indices, graph.indptr), shape=graph.shape)


def degrees(graph: csr_array) -> npt.NDArray[np.int64]:
    """Return how many neighbours each area has."""
    return np.asarray(np.diff(graph.indptr), dtype=np.int64)


def row_of_each(graph: csr_array) -> npt.NDArray[np.int64]:
    """Return the row of each stored weight."""
    return np.repeat(np.arange(graph.shape[0], dtype=np.int64), degrees(graph))


def _tree(x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[cKDTree, int]:
    from scipy.spatial import cKDTree

    points = _points(x, y)
    return cKDTree(points), len(points)


def _points(x: npt.ArrayLike, y: npt.ArrayLike) -> FloatArray:
    across, up = finite_array(x, name="x coordinates"), finite_array(y, name="y coordinates")
    same_length(x=across, y=up)
    return np.column_stack([across, up])
