"""Practices, how they are assessed and what becomes of them."""

from nhpf_web.what_works.models.assessing import Objection, Rating
from nhpf_web.what_works.models.practices import Attachment, Practice, Tag, Version
from nhpf_web.what_works.models.research import (
    Bearing,
    Call,
    Output,
    ProtocolChange,
    Question,
    Registered,
    StudyProposal,
)
from nhpf_web.what_works.models.studies import Decision, LiveSynthesis, Study
from nhpf_web.what_works.models.using import Adoption, Follow, Remark, Replication

__all__ = [
    "Adoption",
    "Attachment",
    "Bearing",
    "Call",
    "Decision",
    "Follow",
    "LiveSynthesis",
    "Objection",
    "Output",
    "Practice",
    "ProtocolChange",
    "Question",
    "Rating",
    "Registered",
    "Remark",
    "Replication",
    "Study",
    "StudyProposal",
    "Tag",
    "Version",
]
