"""How good the tables of a release are: checks with stated rules, and what each of them found."""

from nhpf.records.quality.assessing import Quality, assess, concerning
from nhpf.records.quality.flags import MEANINGS, RULES, FieldCompleteness, Flag

__all__ = [
    "MEANINGS",
    "RULES",
    "FieldCompleteness",
    "Flag",
    "Quality",
    "assess",
    "concerning",
]
