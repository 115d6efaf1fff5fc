"""Versions of practices as subjects of equality assessments: what each says now."""

from __future__ import annotations

from collections.abc import Iterator

from nhpf_web.equality.queries import Thing, digest_of, offer
from nhpf_web.equality.rules import Subject
from nhpf_web.what_works.models import Version
from nhpf_web.what_works.rules import State


def version_now(label: str) -> Thing | None:
    """Return a version of a practice by its label."""
    held = Version.objects.select_related("practice").filter(label=label).first()
    return _thing(held) if held else None


def _thing(version: Version) -> Thing:
    address = f"/what-works/{version.practice.permanent_id}/versions/{version.number}/"
    title = f"{version.title}, version {version.number}"
    return Thing(version.label, title, address, digest_of(version.answers))


def _published() -> Iterator[Thing]:
    """Yield what was published; that others are being written is not everybody's to know."""
    for one in Version.objects.select_related("practice").filter(state=State.PUBLISHED):
        yield _thing(one)


def offer_all() -> None:
    """Offer the kind."""
    offer(Subject.PRACTICE, version_now, _published)
