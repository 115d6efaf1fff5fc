"""The framework's words, its filters and the sectors of its partners; decided without Django."""

from nhpf_web.what_works.rules.filters import Chosen, Group, Option, answers, choose, group_of
from nhpf_web.what_works.rules.partners import SECTORS, sector_of, sectors_of
from nhpf_web.what_works.rules.words import (
    KIND_GLOSSES,
    KIND_NAMES,
    KIND_PATHS,
    LEVEL_WORDS,
    PART_HEADINGS,
    STRENGTH_WORDS,
)

__all__ = [
    "KIND_GLOSSES",
    "KIND_NAMES",
    "KIND_PATHS",
    "LEVEL_WORDS",
    "PART_HEADINGS",
    "SECTORS",
    "STRENGTH_WORDS",
    "Chosen",
    "Group",
    "Option",
    "answers",
    "choose",
    "group_of",
    "sector_of",
    "sectors_of",
]
