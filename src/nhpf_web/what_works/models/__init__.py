"""Practices, how they are assessed and what becomes of them."""

from nhpf_web.what_works.models.assessing import Objection, Rating
from nhpf_web.what_works.models.practices import Attachment, Practice, Tag, Version
from nhpf_web.what_works.models.using import Adoption, Follow, Remark, Replication

__all__ = [
    "Adoption",
    "Attachment",
    "Follow",
    "Objection",
    "Practice",
    "Rating",
    "Remark",
    "Replication",
    "Tag",
    "Version",
]
