"""The figures about differences between groups that the library holds for an assessment."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from nhpf.errors import NhpfError
from nhpf_web.equality.models import Assessment, Figure
from nhpf_web.equality.queries.standing import published_references
from nhpf_web.equality.rules import Subject

if TYPE_CHECKING:
    from nhpf.profile.differences import Difference


def figures_about(kind: str, identity: str) -> tuple[Difference, ...]:
    """Return the figures that concern a subject: a part of a profile its own, all others every one.

    Empty where the installation has no release.
    """
    from nhpf.records import open_release

    try:
        held = _differences(open_release().id)
    except NhpfError:
        return ()
    parts = {one.part for one in held}
    if kind == Subject.PROFILE and identity in parts:
        return tuple(one for one in held if one.part == identity)
    return held


@lru_cache(maxsize=2)
def _differences(release_id: str) -> tuple[Difference, ...]:
    # Brings the numerical packages, which most pages do without.
    from nhpf.framework import load_edition
    from nhpf.profile.differences import differences_between_groups
    from nhpf.records import open_release

    return differences_between_groups(open_release(release_id), load_edition())


def figures_to_show(assessment: Assessment, *, is_own: bool) -> list[Figure]:
    """Return an assessment's figures: all to its writers, to others those that are published.

    A figure that waits for another assessment is published once that one stands.
    """
    held = list(assessment.figures.all())
    if is_own:
        return held
    signed = published_references()
    return [one for one in held if not one.waits_for or one.waits_for in signed]
