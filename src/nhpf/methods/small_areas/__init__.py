"""Small areas: relative risks that lean on neighbours, and a plain regression beside them.

Formulas, assumptions and worked examples: ``docs/methods/small-areas.md`` and
``docs/methods/regression-of-counts.md``.
"""

from nhpf.methods.small_areas.regression import CountRegression, count_regression
from nhpf.methods.small_areas.relative_risks import SmallAreas, bym2

__all__ = ["CountRegression", "SmallAreas", "bym2", "count_regression"]
