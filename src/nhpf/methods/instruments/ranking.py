"""Where cases stand among others, compiled: one pass over two sorted lists."""

from __future__ import annotations

import numba

from nhpf.numerics.inputs import FloatArray

compiled = numba.njit(cache=True, nogil=True)


def _placements(
    cases: FloatArray,
    case_weights: FloatArray,
    others: FloatArray,
    other_weights: FloatArray,
    weighted: bool,
) -> tuple[float, float, float]:
    """Return the mean placement, and its variance over cases and over others.

    Both lists are sorted. Equal scores are taken together; each counts half.
    """
    i, j, below_cases, below_others = 0, 0, 0.0, 0.0
    total, squares_of_cases, squares_of_others = 0.0, 0.0, 0.0
    while i < cases.size or j < others.size:
        if j == others.size or (i < cases.size and cases[i] <= others[j]):
            value = cases[i]
        else:
            value = others[j]
        here_cases, here_others = 0.0, 0.0
        while i < cases.size and cases[i] == value:
            here_cases += case_weights[i] if weighted else 1.0
            i += 1
        while j < others.size and others[j] == value:
            here_others += other_weights[j] if weighted else 1.0
            j += 1
        place = below_others + here_others / 2
        total += here_cases * place
        squares_of_cases += here_cases * place * place
        place = below_cases + here_cases / 2
        squares_of_others += here_others * place * place
        below_cases += here_cases
        below_others += here_others
    area = total / below_cases / below_others
    beaten = 1 - area
    of_cases = squares_of_cases / below_cases / below_others**2 - area**2
    of_others = squares_of_others / below_others / below_cases**2 - beaten**2
    return area, max(of_cases, 0.0), max(of_others, 0.0)


placements = compiled(_placements)
