"""What can be done with a problem, and what it lacks before a plan can be made for it."""

from nhpf_web.plans.rules.problems import (
    ACT_WORDS,
    ASKED,
    STATUSES,
    ProblemAct,
    Status,
    check_can_close,
    lacking,
    next_status,
)

__all__ = [
    "ACT_WORDS",
    "ASKED",
    "STATUSES",
    "ProblemAct",
    "Status",
    "check_can_close",
    "lacking",
    "next_status",
]
