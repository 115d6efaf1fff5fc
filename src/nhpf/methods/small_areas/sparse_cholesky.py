"""Cholesky of a sparse matrix, and the diagonal of its inverse, compiled.

The pattern is worked out once for a map and used for every matrix on it. Rows of the factor come
from sparse triangular solves (Davis 2006); entries of the inverse, on the factor's pattern alone,
from Takahashi's recursion (1973). For a map of n areas both cost about n to the power 1.5.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numba
import numpy as np
import numpy.typing as npt

from nhpf.numerics.inputs import FloatArray, IntArray

if TYPE_CHECKING:
    from scipy.sparse import csc_array

compiled = numba.njit(cache=True, nogil=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Where the factor of a symmetric matrix has entries, after an ordering that keeps them few.

    Attributes
    ----------
    order : ndarray, shape (n,)
        Area at each place of the ordering.
    starts, rows : ndarray
        Columns of the upper triangle of the ordered matrix, as in compressed columns.
    source : ndarray
        Position, among the matrix's own entries, of each of those.
    diagonal : ndarray, shape (n,)
        Position of each diagonal entry in ``rows``.
    parent : ndarray, shape (n,)
        The elimination tree.
    branches : ndarray, shape (n,)
        Its nodes, each branch followed to its end.
    factor_starts : ndarray, shape (n + 1,)
        Columns of the factor.
    room : int
        Numbers that are held at once while the inverse is worked out.
    """

    order: IntArray
    starts: IntArray
    rows: IntArray
    source: IntArray
    diagonal: IntArray
    parent: IntArray
    branches: IntArray
    factor_starts: IntArray
    room: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """The factor of one matrix on a pattern."""

    pattern: Pattern
    rows: IntArray
    values: FloatArray

    @property
    def log_determinant(self) -> float:
        """Logarithm of the determinant of the matrix."""
        return float(2 * np.log(self.values[self.pattern.factor_starts[:-1]]).sum())

    def solve(self, right: FloatArray) -> FloatArray:
        """Return the solution for each column of ``right``."""
        found = np.ascontiguousarray(right[self.pattern.order].T)
        _solve(self.pattern.factor_starts, self.rows, self.values, found)
        answer = np.empty_like(right)
        answer[self.pattern.order] = found.T
        return answer

    def inverse_diagonal(self) -> FloatArray:
        """Return the diagonal of the inverse."""
        pattern = self.pattern
        inside = _inverse_diagonal(
            pattern.factor_starts, self.rows, self.values, pattern.parent, pattern.branches,
            pattern.room,
        )  # fmt: skip
        answer = np.empty_like(inside)
        answer[pattern.order] = inside
        return answer


def pattern_of(matrix: csc_array) -> Pattern:
    """Return the pattern for a symmetric matrix with a full diagonal, its indices sorted."""
    from scipy.sparse import csc_array
    from scipy.sparse.linalg import splu

    n = matrix.shape[0]
    dominant = csc_array(matrix, copy=True)
    dominant.data = np.where(_on_diagonal(matrix), float(n), -1.0)
    order = splu(
        dominant, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0,
        options={"SymmetricMode": True},
    ).perm_c  # fmt: skip
    place = np.asarray(order, dtype=np.int64)
    columns = np.repeat(np.arange(n), np.diff(matrix.indptr))
    i, j = place[matrix.indices], place[columns]
    upper = np.flatnonzero(i <= j)
    upper = upper[np.lexsort((i[upper], j[upper]))]
    rows = i[upper].astype(np.int64)
    starts = np.searchsorted(j[upper], np.arange(n + 1)).astype(np.int64)
    parent = _elimination_tree(starts, rows)
    counts = _column_counts(starts, rows, parent)
    factor_starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    branches = _preorder(parent)
    return Pattern(
        order=np.argsort(place).astype(np.int64),
        starts=starts,
        rows=rows,
        source=upper.astype(np.int64),
        diagonal=(starts[1:] - 1).astype(np.int64),
        parent=parent,
        branches=branches,
        factor_starts=factor_starts,
        room=_room_for_fronts(branches, parent, factor_starts),
    )


def factorise(pattern: Pattern, entries: FloatArray, added: FloatArray) -> Factor:
    """Return the factor of a matrix with these entries and ``added`` on its diagonal.

    Parameters
    ----------
    entries : ndarray
        In the order of the matrix that the pattern was made from.
    added : ndarray, shape (n,)
    """
    values = entries[pattern.source]
    values[pattern.diagonal] += added[pattern.order]
    rows, factor = _factorise(
        pattern.starts, pattern.rows, values, pattern.parent, pattern.factor_starts
    )
    return Factor(pattern=pattern, rows=rows, values=factor)


def _on_diagonal(matrix: csc_array) -> npt.NDArray[np.bool_]:
    columns = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    return np.asarray(matrix.indices == columns)


@compiled
def _elimination_tree(starts: IntArray, rows: IntArray) -> IntArray:
    n = starts.size - 1
    parent, ancestor = np.full(n, -1), np.full(n, -1)
    for k in range(n):
        for p in range(starts[k], starts[k + 1]):
            i = rows[p]
            while i != -1 and i < k:
                above = ancestor[i]
                ancestor[i] = k
                if above == -1:
                    parent[i] = k
                i = above
    return parent


@compiled
def _reach(
    k: int,
    starts: IntArray,
    rows: IntArray,
    parent: IntArray,
    seen: IntArray,
    stack: IntArray,
) -> int:
    """Put the columns that row k of the factor has entries in at the end of the stack."""
    n = parent.size
    top = n
    seen[k] = k
    for p in range(starts[k], starts[k + 1]):
        i, depth = rows[p], 0
        while seen[i] != k:
            stack[depth] = i
            depth += 1
            seen[i] = k
            i = parent[i]
        while depth > 0:
            depth -= 1
            top -= 1
            stack[top] = stack[depth]
    return top


@compiled
def _column_counts(starts: IntArray, rows: IntArray, parent: IntArray) -> IntArray:
    n = parent.size
    counts, seen, stack = np.ones(n, np.int64), np.full(n, -1), np.empty(n, np.int64)
    for k in range(n):
        for at in range(_reach(k, starts, rows, parent, seen, stack), n):
            counts[stack[at]] += 1
    return counts


@compiled
def _factorise(
    starts: IntArray,
    rows: IntArray,
    values: FloatArray,
    parent: IntArray,
    factor_starts: IntArray,
) -> tuple[IntArray, FloatArray]:
    n = parent.size
    factor_rows = np.empty(factor_starts[n], np.int64)
    factor = np.empty(factor_starts[n])
    ends = factor_starts[:n].copy()
    x, seen, stack = np.zeros(n), np.full(n, -1), np.empty(n, np.int64)
    for k in range(n):
        top = _reach(k, starts, rows, parent, seen, stack)
        for p in range(starts[k], starts[k + 1]):
            x[rows[p]] = values[p]
        pivot = x[k]
        x[k] = 0.0
        for at in range(top, n):
            i = stack[at]
            entry = x[i] / factor[factor_starts[i]]
            x[i] = 0.0
            for p in range(factor_starts[i] + 1, ends[i]):
                x[factor_rows[p]] -= factor[p] * entry
            pivot -= entry * entry
            factor_rows[ends[i]] = k
            factor[ends[i]] = entry
            ends[i] += 1
        factor_rows[ends[k]] = k
        factor[ends[k]] = math.sqrt(pivot)
        ends[k] += 1
    return factor_rows, factor


@compiled
def _solve(starts: IntArray, rows: IntArray, values: FloatArray, right: FloatArray) -> None:
    n = starts.size - 1
    for c in range(right.shape[0]):
        x = right[c]
        for j in range(n):
            x[j] /= values[starts[j]]
            for p in range(starts[j] + 1, starts[j + 1]):
                x[rows[p]] -= values[p] * x[j]
        for j in range(n - 1, -1, -1):
            for p in range(starts[j] + 1, starts[j + 1]):
                x[j] -= values[p] * x[rows[p]]
            x[j] /= values[starts[j]]


@compiled
def _preorder(parent: IntArray) -> IntArray:
    """Return the nodes of the elimination tree, each branch followed to its end."""
    n = parent.size
    first, following = np.full(n, -1), np.full(n, -1)
    stack, order = np.empty(n, np.int64), np.empty(n, np.int64)
    depth, found = 0, 0
    for j in range(n):
        if parent[j] == -1:
            stack[depth] = j
            depth += 1
        else:
            following[j] = first[parent[j]]
            first[parent[j]] = j
    while depth > 0:
        depth -= 1
        j = stack[depth]
        order[found] = j
        found += 1
        child = first[j]
        while child != -1:
            stack[depth] = child
            depth += 1
            child = following[child]
    return order


@compiled
def _room_for_fronts(order: IntArray, parent: IntArray, starts: IntArray) -> int:
    most, offset = 1, np.zeros(parent.size, np.int64)
    for j in order:
        size = starts[j + 1] - starts[j]
        if parent[j] != -1:
            before = starts[parent[j] + 1] - starts[parent[j]]
            offset[j] = offset[parent[j]]
            if size != before + 1:
                offset[j] += before * (before + 1) // 2
        most = max(most, offset[j] + size * (size + 1) // 2)
    return most


@numba.njit(cache=True, nogil=True, fastmath=True)
def _times(front: FloatArray, column: FloatArray, product: FloatArray, size: int) -> None:
    """Multiply a symmetric matrix, its lower triangle packed by rows, with a column."""
    at = 0
    for r in range(size):
        total, own = 0.0, column[r]
        for c in range(r):
            total += front[at + c] * column[c]
            product[c] += front[at + c] * own
        product[r] = total + front[at + r] * own
        at += r + 1


@compiled
def _inverse_diagonal(
    starts: IntArray,
    rows: IntArray,
    values: FloatArray,
    parent: IntArray,
    order: IntArray,
    room: int,
) -> FloatArray:
    """Return the diagonal of the inverse, front by front down the elimination tree.

    The front of a node holds the inverse on its own column's rows, the last row first, so that a
    child with one row more only adds to its end and any other child picks out of it.
    """
    n = parent.size
    fronts, offset = np.empty(room), np.zeros(n, np.int64)
    column, product = np.empty(n), np.empty(n)
    place, inverse = np.empty(n, np.int64), np.empty(n)
    for j in order:
        size, last, above = starts[j + 1] - starts[j] - 1, starts[j + 1] - 1, parent[j]
        pivot = values[starts[j]]
        if above != -1:
            before = starts[above + 1] - starts[above]
            offset[j] = offset[above]
            if size != before:
                parents = fronts[offset[above] :]
                offset[j] += before * (before + 1) // 2
                own = fronts[offset[j] :]
                at, upper = 0, starts[above + 1] - 1
                for r in range(size):
                    while rows[upper - at] != rows[last - r]:
                        at += 1
                    place[r] = at
                    base, to = at * (at + 1) // 2, r * (r + 1) // 2
                    for c in range(r + 1):
                        own[to + c] = parents[base + place[c]]
        for r in range(size):
            column[r] = -values[last - r] / pivot
        front = fronts[offset[j] :]
        _times(front, column, product, size)
        to = size * (size + 1) // 2
        own_variance = 1 / (pivot * pivot)
        for r in range(size):
            front[to + r] = product[r]
            own_variance += column[r] * product[r]
        front[to + size] = own_variance
        inverse[j] = own_variance
    return inverse
