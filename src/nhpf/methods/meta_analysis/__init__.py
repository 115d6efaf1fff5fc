"""Synthesis of studies: one effect from many, how far they differ, and what a new place may see.

Effects are on an additive scale (logarithms of ratios) with their sampling variances. Formulas,
assumptions and worked examples: ``docs/methods/meta-analysis.md``.
"""

from nhpf.methods.meta_analysis.clusters import Robust, robust
from nhpf.methods.meta_analysis.influences import Influence, influence
from nhpf.methods.meta_analysis.levels import ThreeLevel, three_level
from nhpf.methods.meta_analysis.many import PooledMany, pool_many
from nhpf.methods.meta_analysis.pooling import Pooled, pool
from nhpf.methods.meta_analysis.regression import Coefficient, MetaRegression, regress
from nhpf.methods.meta_analysis.small_studies import Egger, TrimAndFill, egger, trim_and_fill
from nhpf.methods.meta_analysis.studies import METHOD_NAMES, Method
from nhpf.methods.meta_analysis.tables import MantelHaenszel, Measure, mantel_haenszel

__all__ = [
    "METHOD_NAMES",
    "Coefficient",
    "Egger",
    "Influence",
    "MantelHaenszel",
    "Measure",
    "MetaRegression",
    "Method",
    "Pooled",
    "PooledMany",
    "Robust",
    "ThreeLevel",
    "TrimAndFill",
    "egger",
    "influence",
    "mantel_haenszel",
    "pool",
    "pool_many",
    "regress",
    "robust",
    "three_level",
    "trim_and_fill",
]
