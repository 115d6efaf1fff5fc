"""How well a screening or risk instrument does: ranking, calibration, use, and for whom.

Formulas, assumptions and worked examples: ``docs/methods/instruments.md``.
"""

from nhpf.methods.instruments.calibrating import Band, Calibration, calibration
from nhpf.methods.instruments.decisions import (
    DecisionCurve,
    PredictiveValues,
    decision_curve,
    predictive_values,
)
from nhpf.methods.instruments.discrimination import Auc, auc
from nhpf.methods.instruments.groups import Fairness, GroupResult, fairness

__all__ = [
    "Auc",
    "Band",
    "Calibration",
    "DecisionCurve",
    "Fairness",
    "GroupResult",
    "PredictiveValues",
    "auc",
    "calibration",
    "decision_curve",
    "fairness",
    "predictive_values",
]
