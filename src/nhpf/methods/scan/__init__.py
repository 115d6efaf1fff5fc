"""Where, and when, cases gather more than chance would have them: Kulldorff's scan statistics.

Formulas, assumptions and worked examples: ``docs/methods/scan.md``.
"""

from nhpf.methods.scan.powers import power
from nhpf.methods.scan.results import Cluster, Power, Scan
from nhpf.methods.scan.space_time import space_time
from nhpf.methods.scan.spatial import spatial

__all__ = ["Cluster", "Power", "Scan", "power", "space_time", "spatial"]
