"""What can be assessed."""

from __future__ import annotations

from enum import StrEnum


class Subject(StrEnum):
    """What can be assessed."""

    EDITION = "edition"
    PROFILE = "profile"
    ENTRY = "entry"
    INDICATOR = "indicator"
    METHOD = "method"
    PAGE = "page"
    PRACTICE = "practice"
    PLAN = "plan"


SUBJECT_NAMES = {
    Subject.EDITION: "An edition of the framework",
    Subject.PROFILE: "A part of every profile",
    Subject.ENTRY: "An entry of the framework",
    Subject.INDICATOR: "An indicator",
    Subject.METHOD: "A statistical method",
    Subject.PAGE: "A page",
    Subject.PRACTICE: "A version of a practice",
    Subject.PLAN: "A plan",
}
# A version of a practice is written before it is assessed and never after: what it says cannot
# change under a signature, so lists of practices need not compare it.
FIXED = frozenset({Subject.PRACTICE})
# The subject was not there when it was looked for.
ABSENT = "absent"


def has_changed(signed_for: str, now: str) -> bool:
    """Whether a subject is another than the one that was signed for.

    Parameters
    ----------
    signed_for, now : str
        Digests of its content, or ``ABSENT``. Where none was kept, nothing can be compared.
    """
    return bool(signed_for) and signed_for != now
