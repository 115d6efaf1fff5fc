"""Changes to assessments: each checks the right, changes and logs in one transaction."""

from nhpf_web.equality.actions.drafting import (
    add_mitigation,
    ask_for_signature,
    change_effects,
    change_part,
    draft,
    remove_mitigation,
)
from nhpf_web.equality.actions.editions import load_assessments, sign_for_demonstration
from nhpf_web.equality.actions.figures import change_figure, refresh_figures, take_figures
from nhpf_web.equality.actions.mitigations import record_progress
from nhpf_web.equality.actions.signing import reopen, sign

__all__ = [
    "add_mitigation",
    "ask_for_signature",
    "change_effects",
    "change_figure",
    "change_part",
    "draft",
    "load_assessments",
    "record_progress",
    "refresh_figures",
    "remove_mitigation",
    "reopen",
    "sign",
    "sign_for_demonstration",
    "take_figures",
]
