"""Rates, proportions, standardised rates, comparison of two periods, and funnel limits.

Each interval says how far the figure could have moved by chance alone if events came
independently. Formulas, assumptions and worked examples: ``docs/methods/rates.md``.
"""

from nhpf.methods.rates.estimates import (
    PoissonMethod,
    Proportion,
    Rate,
    proportion,
    rate,
    standardised,
)
from nhpf.methods.rates.funnels import Funnel, funnel
from nhpf.methods.rates.periods import Comparison, compare

__all__ = [
    "Comparison",
    "Funnel",
    "PoissonMethod",
    "Proportion",
    "Rate",
    "compare",
    "funnel",
    "proportion",
    "rate",
    "standardised",
]
