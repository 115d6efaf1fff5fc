"""Did it work? Designs that compare with what would have happened without the measure.

Formulas, assumptions and worked examples: ``docs/methods/evaluation.md``.
"""

from nhpf.methods.evaluation.detecting import Design, Detectable, Power, detectable, power
from nhpf.methods.evaluation.differences import (
    DifferenceInDifferences,
    EventStudy,
    difference_in_differences,
    event_study,
)
from nhpf.methods.evaluation.displaced import Displacement, displacement
from nhpf.methods.evaluation.interrupted import InterruptedSeries, interrupted_series
from nhpf.methods.evaluation.ratios import Ratio
from nhpf.methods.evaluation.staggered import Staggered, staggered
from nhpf.methods.evaluation.stepped import SteppedWedge, stepped_wedge
from nhpf.methods.evaluation.synthetic import SyntheticControl, synthetic_control

__all__ = [
    "Design",
    "Detectable",
    "DifferenceInDifferences",
    "Displacement",
    "EventStudy",
    "InterruptedSeries",
    "Power",
    "Ratio",
    "Staggered",
    "SteppedWedge",
    "SyntheticControl",
    "detectable",
    "difference_in_differences",
    "displacement",
    "event_study",
    "interrupted_series",
    "power",
    "staggered",
    "stepped_wedge",
    "synthetic_control",
]
