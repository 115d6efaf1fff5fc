"""Practices as rows of a file."""

from __future__ import annotations

from collections.abc import Iterable

from nhpf_web.what_works.models import Version
from nhpf_web.what_works.rules import Row, row_of


def rows_of(versions: Iterable[Version]) -> list[Row]:
    """Return versions as rows, in the order given."""
    return [row_of(_about(version), version.answers) for version in versions]


def _about(version: Version) -> dict[str, str]:
    published, due = version.published_at, version.review_due
    return {
        "permanent_id": version.practice.permanent_id,
        "version": str(version.number),
        "organisation": version.practice.organisation.name,
        "state": version.standing,
        "published": published.date().isoformat() if published else "",
        "review_due": due.isoformat() if due else "",
    }
