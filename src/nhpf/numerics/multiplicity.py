"""Many tests at once: how many of those called unusual would be false alarms."""

from __future__ import annotations

import numpy as np

from nhpf.numerics.inputs import FloatArray


def false_discovery(p: FloatArray) -> FloatArray:
    """Return p-values adjusted by Benjamini and Hochberg (1995); NaN stays NaN and counts not.

    Calling those below 5% unusual keeps the expected share of false alarms among them at 5%.
    """
    adjusted = np.full(p.size, np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    if tested.size == 0:
        return adjusted
    order = tested[np.argsort(p[tested])]
    scaled = p[order] * tested.size / np.arange(1, tested.size + 1)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1)
    return adjusted
