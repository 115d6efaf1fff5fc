"""What prevention is worth: present values by the Green Book, and appraisal with uncertainty.

Formulas, assumptions and worked examples: ``docs/methods/economics.md``.
"""

from nhpf.methods.economics.appraisals import Appraisal, Uncertain, appraise
from nhpf.methods.economics.discounting import PresentValue, discount_factors, present_value

__all__ = [
    "Appraisal",
    "PresentValue",
    "Uncertain",
    "appraise",
    "discount_factors",
    "present_value",
]
