"""Weights of at least zero that sum to 1 and bring a mixture of donors closest to a target.

An active-set method after Lawson and Hanson (1974): donors enter one at a time, the one that
lowers the loss fastest first, and leave when the best mixture would give them less than nothing.
It ends at the minimum itself, not near it.
"""

from __future__ import annotations

import numpy as np

from nhpf.errors import CannotTell
from nhpf.numerics.inputs import FloatArray

# A donor enters only if it lowers the loss by more than rounding could.
SMALLEST_GAIN = 1e-12
MOST_ROUNDS_FOR_EACH_DONOR = 30


def simplex_weights(target: FloatArray, donors: FloatArray) -> FloatArray:
    """Return the weights that minimise the squared distance of ``donors @ weights`` to ``target``.

    Parameters
    ----------
    target : ndarray, shape (n,)
    donors : ndarray, shape (n, k)
    """
    centred = donors - target[:, None]  # weights sum to 1, so the target moves into the donors
    return weights_of_gram(centred.T @ centred)


def weights_of_gram(gram: FloatArray) -> FloatArray:
    """Return the weights on the simplex that minimise ``weights @ gram @ weights``."""
    k = len(gram)
    scale = float(np.trace(gram)) / k
    weights = np.zeros(k)
    if scale == 0:
        weights[:] = 1 / k
        return weights
    active = [int(np.argmin(np.diag(gram)))]
    weights[active] = 1.0
    for _ in range(MOST_ROUNDS_FOR_EACH_DONOR * k):
        pull = gram @ weights
        gain = weights @ pull - pull
        gain[active] = -np.inf
        entering = int(np.argmax(gain))
        if gain[entering] <= SMALLEST_GAIN * scale:
            return weights
        active.append(entering)
        active = _settled(gram, weights, active, scale)
    raise CannotTell("No mixture of the other areas could be settled.")


def _settled(gram: FloatArray, weights: FloatArray, active: list[int], scale: float) -> list[int]:
    """Move the weights to the best mixture of active donors, dropping those that fall to zero."""
    while True:
        wanted = _best_mixture(gram[np.ix_(active, active)], scale)
        now = weights[active]
        if (wanted > 0).all():
            weights[active] = wanted
            return active
        falling = wanted <= 0
        room = now[falling] / np.maximum(now[falling] - wanted[falling], 1e-300)
        now = now + float(room.min()) * (wanted - now)
        leaving = np.flatnonzero(falling)[int(np.argmin(room))]
        now[leaving] = 0.0
        weights[active] = np.maximum(now, 0.0)
        active = [donor for place, donor in enumerate(active) if place != leaving]
        weights[active] /= weights[active].sum()


def _best_mixture(gram: FloatArray, scale: float) -> FloatArray:
    # The hair on the diagonal parts donors that are copies of each other.
    raw = np.linalg.solve(gram + np.eye(len(gram)) * (1e-13 * scale), np.ones(len(gram)))
    return np.asarray(raw / raw.sum())
