"""From candidate pairs to links: each event in one pair at most, and nothing else joined.

Links never chain. Two hospital attendances are never put together because one police event is near
to both: that would follow a person, and here nobody is followed.
"""

from __future__ import annotations

import numpy as np

LINKED = 0.5
"""A pair is linked where a match is likelier than not."""


def one_to_one(
    police: np.ndarray, hospital: np.ndarray, probability: np.ndarray, *, least: float = LINKED
) -> np.ndarray:
    """Choose links greedily, the likeliest pair first, each event once.

    Parameters
    ----------
    police, hospital : ndarray, shape (pairs,)
        What names each event on its side.
    probability : ndarray, shape (pairs,)
    least : float
        Pairs below it are not linked.

    Returns
    -------
    ndarray of bool, shape (pairs,)
    """
    linked = np.zeros(probability.size, bool)
    taken_police, taken_hospital = set(), set()
    for pair in np.argsort(-np.round(probability, 9), kind="stable"):
        if probability[pair] < least:
            break
        if police[pair] in taken_police or hospital[pair] in taken_hospital:
            continue
        linked[pair] = True
        taken_police.add(police[pair])
        taken_hospital.add(hospital[pair])
    return linked


def decided(
    police: np.ndarray, hospital: np.ndarray, probability: np.ndarray, decisions: np.ndarray
) -> np.ndarray:
    """Return probabilities after clerical review: 1 for a match, 0 for none and for its rivals.

    Parameters
    ----------
    decisions : ndarray of int, shape (pairs,)
        1 a match, -1 no match, 0 undecided.
    """
    settled = probability.copy()
    matched = decisions == 1
    rivals = np.isin(police, police[matched]) | np.isin(hospital, hospital[matched])
    settled[rivals | (decisions == -1)] = 0
    settled[matched] = 1
    return settled
