"""Count codes in a dense block where it fits the processor's cache; add up, move and split cells.

A cell's key is one number of mixed radix: the codes of its axes, the first axis the slowest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

LARGEST_BLOCK = 1 << 23
"""Cells of a block, of 8 bytes each; where more are possible, keys are sorted instead."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A column that is counted by: its codes from ``low`` upwards, ``size`` of them."""

    name: str
    low: int
    size: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Cells that hold an event: ascending keys and counts, both int64 and of one length."""

    keys: np.ndarray
    counts: np.ndarray


def count(batches: Iterable[Sequence[np.ndarray]], axes: Sequence[Axis]) -> Counted:
    """Count events.

    Parameters
    ----------
    batches : iterable of sequences of numpy.ndarray
        Codes of some events, whole numbers, one array an axis.
    axes : sequence of Axis
    """
    cells = prod(axis.size for axis in axes)
    if cells > LARGEST_BLOCK:
        found = (np.unique(_keys(codes, axes, np.int64), return_counts=True) for codes in batches)
        return summed([Counted(keys, counts) for keys, counts in found])
    block = np.zeros(cells, dtype=np.int64)
    for codes in batches:
        # Keys of half the width pass through memory in half the time.
        block += np.bincount(_keys(codes, axes, np.int32), minlength=cells)
    keys = np.flatnonzero(block != 0)  # of flags: three times as fast as of numbers
    return Counted(keys, block[keys])


def _keys(
    codes: Sequence[np.ndarray], axes: Sequence[Axis], kind: type[np.int32] | type[np.int64]
) -> np.ndarray:
    keys = np.zeros(len(codes[0]), dtype=kind)
    for values, axis in zip(codes, axes, strict=True):
        keys *= axis.size
        keys += values.astype(kind, copy=False)
        keys -= axis.low
    return keys


def summed(parts: Sequence[Counted]) -> Counted:
    """Add up cells that share a key."""
    none = np.zeros(0, dtype=np.int64)
    keys = np.concatenate([none, *(part.keys for part in parts)])
    counts = np.concatenate([none, *(part.counts for part in parts)])
    if not keys.size:
        return Counted(keys, counts)
    low = keys.min()
    if keys.max() - low < LARGEST_BLOCK:
        # The sums pass through floats, which hold whole numbers to 2 ** 53.
        block = np.bincount(keys - low, weights=counts).astype(np.int64)
        found = np.flatnonzero(block)
        return Counted(found + low, block[found])
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    return Counted(keys[starts], np.add.reduceat(counts, starts))


def moved(cells: Counted, to: np.ndarray, *, cells_a_place: int) -> Counted:
    """Give the cells' first axis, the place, other codes, and add up what falls together."""
    place = cells.keys // cells_a_place
    keys = to[place] * cells_a_place + (cells.keys - place * cells_a_place)
    return summed([Counted(keys, cells.counts)])


def split(cells: Counted, axes: Sequence[Axis]) -> list[np.ndarray]:
    """Return the codes of each axis as int32, those of the first without its ``low``."""
    keys, codes = cells.keys, []
    if keys.size and keys[-1] < 2**31:
        keys = keys.astype(np.int32)  # divides in a fraction of the time
    for axis in reversed(axes[1:]):
        upper = keys // axis.size
        codes.append((keys - upper * axis.size).astype(np.int32, copy=False))
        keys = upper
    return [keys.astype(np.int32, copy=False), *reversed(codes)]
