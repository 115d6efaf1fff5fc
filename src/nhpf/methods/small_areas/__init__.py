"""Small areas: relative risks that lean on their neighbours and on the whole.

Formulas, assumptions and worked examples: ``docs/methods/small-areas.md``.
"""

from nhpf.methods.small_areas.relative_risks import SmallAreas, bym2

__all__ = ["SmallAreas", "bym2"]
