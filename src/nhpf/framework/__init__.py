"""The strategy's words: themes, areas of focus, toolkits, interventions and what they rest on."""

from nhpf.framework.assessments import Aims, Assessment, Impact, Mitigation
from nhpf.framework.checking import Fault, check_edition
from nhpf.framework.comparing import Change, Comparison, compare_editions
from nhpf.framework.edition import Edition
from nhpf.framework.entries import (
    EmmiePart,
    Entry,
    Evidence,
    Fact,
    Outcome,
    Rating,
    Rename,
    Source,
)
from nhpf.framework.reading import (
    edition_names,
    load_edition,
    read_assessment,
    read_edition,
    read_entry,
    read_source,
)
from nhpf.framework.writing import edition_files, record_text, write_edition

__all__ = [
    "Aims",
    "Assessment",
    "Change",
    "Comparison",
    "Edition",
    "EmmiePart",
    "Entry",
    "Evidence",
    "Fact",
    "Fault",
    "Impact",
    "Mitigation",
    "Outcome",
    "Rating",
    "Rename",
    "Source",
    "check_edition",
    "compare_editions",
    "edition_files",
    "edition_names",
    "load_edition",
    "read_assessment",
    "read_edition",
    "read_entry",
    "read_source",
    "record_text",
    "write_edition",
]
