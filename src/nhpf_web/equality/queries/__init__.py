"""Reading assessments, what they are worth today, and the registers."""

from nhpf_web.equality.models import Assessment
from nhpf_web.equality.queries.figures import figures_about, figures_to_show
from nhpf_web.equality.queries.mitigations import (
    mitigation_row,
    mitigations,
    mitigations_visible_to,
    overdue_for,
    state_of,
)
from nhpf_web.equality.queries.reading import about, has_worse_effect, missing_parts, visible_to
from nhpf_web.equality.queries.register import (
    Row,
    Without,
    lapsed_for,
    organisations_in_register,
    register,
    without,
)
from nhpf_web.equality.queries.standing import (
    assessment_covering,
    assessment_of,
    is_changed,
    is_published,
    published_references,
    signed_for_demonstration,
    standing,
    standing_for,
)
from nhpf_web.equality.queries.subjects import Thing, digest_of, find_thing, offer

# The name by which other apps speak of one; the model stays this app’s own.
EqualityAssessment = Assessment

__all__ = [
    "EqualityAssessment",
    "Row",
    "Thing",
    "Without",
    "about",
    "assessment_covering",
    "assessment_of",
    "digest_of",
    "figures_about",
    "figures_to_show",
    "find_thing",
    "has_worse_effect",
    "is_changed",
    "is_published",
    "lapsed_for",
    "missing_parts",
    "mitigation_row",
    "mitigations",
    "mitigations_visible_to",
    "offer",
    "organisations_in_register",
    "overdue_for",
    "published_references",
    "register",
    "signed_for_demonstration",
    "standing",
    "standing_for",
    "state_of",
    "visible_to",
    "without",
]
