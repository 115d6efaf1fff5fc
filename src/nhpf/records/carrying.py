"""Carry counts by small area of 2011 to the boundaries of 2021, and lose none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nhpf.errors import InvalidInput, UnknownArea
from nhpf.records.release import Release


@dataclass(frozen=True, slots=True)
class Carried:
    """Counts by small area of 2021.

    Attributes
    ----------
    areas : array of str, shape (m,)
        Codes of 2021, in order; only areas that a count could be carried to.
    counts : array of int64, shape (m, k)
        Each column adds up to what it added up to in the areas of 2011.
    divided : int
        How many areas of 2011 were divided; their counts are estimates.
    method : str
    caveats : tuple of str
    """

    areas: NDArray[np.str_]
    counts: NDArray[np.int64]
    divided: int
    method: str
    caveats: tuple[str, ...]


METHOD = "shares of residents of 2021, whole numbers by largest remainder"


def carry_to_2021(areas: ArrayLike, counts: ArrayLike, release: Release) -> Carried:
    """Carry whole counts by lower layer super output area of 2011 to the areas of 2021.

    An area that stayed or was merged passes its counts on whole. A divided one gives each part its
    share of residents, rounded down; the events that are left go, one each, to the parts with the
    largest remainder, the lower code first where remainders are equal (Hamilton's method). So each
    column keeps its total, and equal input gives equal output.

    Parameters
    ----------
    areas : array-like of str, shape (n,)
        Codes of 2011, each once.
    counts : array-like of int, shape (n,) or (n, k)
        A column for each category and year. A withheld count cannot be carried.
    release : Release
        Whose table ``lsoa_2011_to_2021`` gives the shares.

    Raises
    ------
    InvalidInput
        If the shapes differ, an area stands twice, or a count is no whole number of zero or more.
    UnknownArea
        If the look-up knows no such area of 2011.
    """
    codes, table = _checked(areas, counts)
    pairs = release.query("lsoa_2011_to_2021")
    old, new = pairs["lsoa_2011"].astype(str), pairs["lsoa_2021"].astype(str)
    first = np.searchsorted(old, codes, "left")
    last = np.searchsorted(old, codes, "right")
    if unknown := int((first == last).sum()):
        raise UnknownArea(
            f"{unknown:,} of {len(codes):,} areas are no small areas of 2011.",
            next_step="Carry only codes of lower layer super output areas of 2011.",
        )
    targets, at = np.unique(new, return_inverse=True)
    carried = np.zeros((len(targets), table.shape[1]), np.int64)
    reached = np.zeros(len(targets), bool)
    whole = last - first == 1
    np.add.at(carried, at[first[whole]], table[whole])
    reached[at[first[whole]]] = True
    for row in np.flatnonzero(~whole):
        parts = slice(first[row], last[row])
        carried[at[parts]] += divided(table[row], pairs["share"][parts])
        reached[at[parts]] = True
    split = int((~whole).sum())
    caveat = f"{split:,} of {len(codes):,} areas of 2011 were divided: their parts are estimates."
    return Carried(targets[reached], carried[reached], split, METHOD, (caveat,) if split else ())


def _checked(areas: ArrayLike, counts: ArrayLike) -> tuple[NDArray[np.str_], NDArray[np.int64]]:
    codes, table = np.asarray(areas, str), np.asarray(counts, float)
    table = table[:, None] if table.ndim == 1 else table
    if codes.ndim != 1 or table.ndim != 2 or len(codes) != len(table):
        raise InvalidInput("There must be one row of counts for each area.")
    if len(np.unique(codes)) != len(codes):
        raise InvalidInput("An area stands twice among those to carry.")
    if not (np.isfinite(table) & (table >= 0) & (table == np.floor(table))).all():
        raise InvalidInput("A count to carry is no whole number of zero or more.")
    return codes, table.astype(np.int64)


def divided(counts: NDArray[np.int64], shares: NDArray[np.float64]) -> NDArray[np.int64]:
    """Divide whole counts by shares that add up to one, by largest remainder.

    Parameters
    ----------
    counts : array of int, shape (k,)
    shares : array of float, shape (parts,)

    Returns
    -------
    array of int, shape (parts, k)
        Each column adds up to its count.
    """
    exact = shares[:, None] * counts
    parts = np.floor(exact).astype(np.int64)
    order = np.argsort(parts - exact, axis=0, kind="stable")
    rank = np.argsort(order, axis=0, kind="stable")
    parts += rank < counts - parts.sum(axis=0)
    return parts
