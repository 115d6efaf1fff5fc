"""The facts of the cover: what the document is about, who answers for it, and when it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhpf.profile.commission import TO_BE_NAMED
from nhpf.profile.reference import newest_extract, review_in_words
from nhpf.reports.tree import Paragraph, Section
from nhpf.reports.words import spoken_date

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope

SECTION = "cover"
MACHINE = "drafted by rule from the release and edition named in this document, unchecked by anyone"
DRAFT = "draft for the analyst who answers for it"


def section(scope: Scope, *, title: str, marking: str, period: str) -> Section:
    """Return the facts of the cover, one a line."""
    given = scope.commission
    lines = (
        ("Title", title),
        ("Area", f"{scope.area.name} ({scope.area.code})"),
        ("Period", period),
        ("Newest data extracted", spoken_date(newest_extract(scope).isoformat())),
        ("Author", given.author or MACHINE),
        ("Owner", given.owner or TO_BE_NAMED),
        ("Marking", marking),
        ("Version", given.version or DRAFT),
        ("Review date", review_in_words(scope)),
    )
    return Section(
        SECTION,
        "About this document",
        tuple(Paragraph(f"{name}: {text}.") for name, text in lines),
    )
