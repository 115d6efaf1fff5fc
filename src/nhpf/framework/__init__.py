"""The strategy's words: themes, areas of focus, toolkits, interventions and what they rest on."""

from nhpf.framework.assessments import Aims, Assessment, Impact, Mitigation
from nhpf.framework.checking import Fault, check_edition
from nhpf.framework.edition import Edition
from nhpf.framework.entries import Entry, Evidence, Fact, Outcome, Rating, Source
from nhpf.framework.reading import edition_names, load_edition, read_edition

__all__ = [
    "Aims",
    "Assessment",
    "Edition",
    "Entry",
    "Evidence",
    "Fact",
    "Fault",
    "Impact",
    "Mitigation",
    "Outcome",
    "Rating",
    "Source",
    "check_edition",
    "edition_names",
    "load_edition",
    "read_edition",
]
