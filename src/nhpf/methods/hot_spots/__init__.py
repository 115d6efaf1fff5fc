"""How far harm gathers in places, and how much of what comes later the busiest places hold.

Formulas, assumptions and worked examples: ``docs/methods``.
"""

from nhpf.methods.hot_spots.capturing import Capture, CaptureAt, capture
from nhpf.methods.hot_spots.concentrating import BusiestShare, Concentration, concentration
from nhpf.methods.hot_spots.densities import Density, density
from nhpf.methods.hot_spots.lasting import Stability, stability
from nhpf.methods.hot_spots.local import LocalStatistic, getis_ord, local_moran
from nhpf.methods.hot_spots.overall import Moran, moran

__all__ = [
    "BusiestShare",
    "Capture",
    "CaptureAt",
    "Concentration",
    "Density",
    "LocalStatistic",
    "Moran",
    "Stability",
    "capture",
    "concentration",
    "density",
    "getis_ord",
    "local_moran",
    "moran",
    "stability",
]
