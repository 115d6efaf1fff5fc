"""Evidence: effects from study tables, pooled by outcome, rated by stated rules.

>>> from pathlib import Path
>>> from nhpf.evidence import pool, read_study_table
>>> print(pool(read_study_table(Path("studies.csv"), measure="OR")))  # doctest: +SKIP
"""

from nhpf.evidence.certainty import Appraisal, Certainty, Step, certainty
from nhpf.evidence.changes import Change, change
from nhpf.evidence.crosswalk import CATEGORIES, Crosswalk, crosswalk, crosswalk_of
from nhpf.evidence.emmie import Emmie, Part, effect_in_words, emmie_of
from nhpf.evidence.measures import MEASURES, Measure, measure_called
from nhpf.evidence.plots import (
    ForestPoint,
    FunnelPlot,
    FunnelPoint,
    forest,
    forest_of_single,
    funnel,
)
from nhpf.evidence.pooled import NotPooled, PooledOutcome
from nhpf.evidence.pooling import METHODS, pool, pool_outcomes
from nhpf.evidence.ratings import OutcomeRating, rate
from nhpf.evidence.studies import Counts, Effect, Study, effect_of_counts, effect_of_means
from nhpf.evidence.study_tables import SourceFile, StudyTable, read_study_table, with_new
from nhpf.evidence.synthesis import STATUSES, ListedStudy, Synthesis

__all__ = [
    "CATEGORIES",
    "MEASURES",
    "METHODS",
    "STATUSES",
    "Appraisal",
    "Certainty",
    "Change",
    "Counts",
    "Crosswalk",
    "Effect",
    "Emmie",
    "ForestPoint",
    "FunnelPlot",
    "FunnelPoint",
    "ListedStudy",
    "Measure",
    "NotPooled",
    "OutcomeRating",
    "Part",
    "PooledOutcome",
    "SourceFile",
    "Step",
    "Study",
    "StudyTable",
    "Synthesis",
    "certainty",
    "change",
    "crosswalk",
    "crosswalk_of",
    "effect_in_words",
    "effect_of_counts",
    "effect_of_means",
    "emmie_of",
    "forest",
    "forest_of_single",
    "funnel",
    "measure_called",
    "pool",
    "pool_outcomes",
    "rate",
    "read_study_table",
    "with_new",
]
