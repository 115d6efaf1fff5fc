"""Where each part of a problem profile begins in a report."""

from __future__ import annotations

from nhpf.profile.local_parts import PARTS
from nhpf.reports.tree import Report


def positions(report: Report) -> list[int]:
    """Return where each part begins; every part must be somewhere."""
    ids = [section.id for section in report.sections]
    found = []
    for part in PARTS:
        wanted = {*part.filled_by, part.instead} - {""}
        at = [index for index, id in enumerate(ids) if id in wanted]
        assert at, (report.area_name, part.name)
        found.append(at[0])
    return found
