"""Did it work? Designs that compare with what would have happened without the measure.

Formulas, assumptions and worked examples: ``docs/methods/evaluation.md``.
"""
