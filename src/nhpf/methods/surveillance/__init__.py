"""Series watched over time: which counts are unusually high, and when a level changed.

Formulas, assumptions and worked examples: ``docs/methods/surveillance.md``.
"""

from nhpf.methods.surveillance.alarms import Alarms, within_budget
from nhpf.methods.surveillance.changes import ChangePoints, change_points
from nhpf.methods.surveillance.control_charts import cusum, ears
from nhpf.methods.surveillance.gaps import GapChart, g_chart
from nhpf.methods.surveillance.seasonal import FarringtonAlarms, farrington

__all__ = [
    "Alarms",
    "ChangePoints",
    "FarringtonAlarms",
    "GapChart",
    "change_points",
    "cusum",
    "ears",
    "farrington",
    "g_chart",
    "within_budget",
]
