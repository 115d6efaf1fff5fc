"""Series watched over time: which counts are unusually high, and when a level changed.

Formulas, assumptions and worked examples: ``docs/methods/surveillance.md``.
"""

from nhpf.methods.surveillance.alarms import Alarms, within_budget
from nhpf.methods.surveillance.changes import ChangePoints, change_points
from nhpf.methods.surveillance.control_charts import cusum, ears
from nhpf.methods.surveillance.count_sums import CountSums, RunLength, count_cusum, run_length
from nhpf.methods.surveillance.gaps import GapChart, g_chart
from nhpf.methods.surveillance.seasonal import FarringtonAlarms, farrington

__all__ = [
    "Alarms",
    "ChangePoints",
    "CountSums",
    "FarringtonAlarms",
    "GapChart",
    "RunLength",
    "change_points",
    "count_cusum",
    "cusum",
    "ears",
    "farrington",
    "g_chart",
    "run_length",
    "within_budget",
]
