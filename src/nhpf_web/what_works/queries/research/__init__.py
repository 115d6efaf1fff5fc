"""Reads of the research register."""

from nhpf_web.what_works.queries.research.origins import (
    entries_offered,
    origin_of,
    practices_offered,
    practices_offered_with,
    practices_with,
    subject_of,
    subjects,
    titles_of,
)
from nhpf_web.what_works.queries.research.parts import acts_of, has_interest, parts_of
from nhpf_web.what_works.queries.research.reading import (
    calls_open,
    calls_visible_to,
    decides_on_research,
    outputs_about,
    outputs_visible_to,
    proposals_visible_to,
    questions_about,
    questions_visible_to,
    questions_wanted,
    with_reference,
)
from nhpf_web.what_works.queries.research.register import register_size, rows_visible_to
from nhpf_web.what_works.queries.research.work import ResearchWork, research_work_of, studies_of

__all__ = [
    "ResearchWork",
    "acts_of",
    "calls_open",
    "calls_visible_to",
    "decides_on_research",
    "entries_offered",
    "has_interest",
    "origin_of",
    "outputs_about",
    "outputs_visible_to",
    "parts_of",
    "practices_offered",
    "practices_offered_with",
    "practices_with",
    "proposals_visible_to",
    "questions_about",
    "questions_visible_to",
    "questions_wanted",
    "register_size",
    "research_work_of",
    "rows_visible_to",
    "studies_of",
    "subject_of",
    "subjects",
    "titles_of",
    "with_reference",
]
