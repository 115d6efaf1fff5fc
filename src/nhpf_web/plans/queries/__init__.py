"""Reads of problems, by those who may work on them."""

from nhpf_web.plans.queries.problems import (
    Start,
    acts_for,
    answers_of,
    areas_of,
    lacks,
    precursors,
    start_from,
    visible_to,
)

__all__ = [
    "Start",
    "acts_for",
    "answers_of",
    "areas_of",
    "lacks",
    "precursors",
    "start_from",
    "visible_to",
]
