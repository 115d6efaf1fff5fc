"""Forms about practices."""

from nhpf_web.what_works.forms.acting import FORMS, ChooseAssessors, Rate, Reply
from nhpf_web.what_works.forms.using import DEEDS, Tell
from nhpf_web.what_works.forms.writing import AddFile, Begin, ImportFile, StepForm

__all__ = [
    "DEEDS",
    "FORMS",
    "AddFile",
    "Begin",
    "ChooseAssessors",
    "ImportFile",
    "Rate",
    "Reply",
    "StepForm",
    "Tell",
]
