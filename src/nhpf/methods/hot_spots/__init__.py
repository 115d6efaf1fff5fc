"""How far harm gathers in places, and how much of what comes later the busiest places hold.

Formulas, assumptions and worked examples: ``docs/methods``.
"""

from nhpf.methods.hot_spots.capturing import Capture, CaptureAt, capture
from nhpf.methods.hot_spots.concentrating import BusiestShare, Concentration, concentration

__all__ = [
    "BusiestShare",
    "Capture",
    "CaptureAt",
    "Concentration",
    "capture",
    "concentration",
]
