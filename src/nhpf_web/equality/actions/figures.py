"""The figures of an assessment: taken from the library, looked at again, kept or left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from nhpf_web.audit.rules import Verb
from nhpf_web.equality.actions.holding import log, open_for
from nhpf_web.equality.models import Assessment, Figure
from nhpf_web.equality.queries.figures import figures_about
from nhpf_web.organisations.queries import Account

if TYPE_CHECKING:
    from nhpf.profile.differences import Difference

# What of a figure a new release may change.
TAKEN = ("place", "what", "value", "period", "source", "method", "cannot_say", "release")


def take_figures(assessment: Assessment) -> int:
    """Take the figures that concern the subject into an assessment that has not got them.

    Returns
    -------
    int
        How many are new.
    """
    held = set(assessment.figures.values_list("key", flat=True))
    found = figures_about(assessment.subject_kind, assessment.subject_id)
    new = [one for one in found if one.key not in held]
    Figure.objects.bulk_create(
        Figure(assessment=assessment, key=one.key, waits_for=one.assessment, **_taken(one))
        for one in new
    )
    return len(new)


def _taken(one: Difference) -> dict[str, str]:
    return {name: getattr(one, name) for name in TAKEN}


@transaction.atomic
def refresh_figures(assessment: Assessment, *, by: Account) -> tuple[int, int]:
    """Look at the figures of a draft again, in the release that is current now.

    Each that differs keeps what it said before; what the author wrote beside it, or left out,
    stays so.

    Returns
    -------
    changed, new : int
    """
    held = open_for(assessment, by=by)
    found = {one.key: one for one in figures_about(held.subject_kind, held.subject_id)}
    changed = 0
    for figure in held.figures.filter(key__in=found):
        changed += _brought_up(figure, found[figure.key])
    new = take_figures(held)
    reason = f"Figures looked at again: {changed} changed, {new} new"
    log(Verb.ALTERATION, held, by=by, reason=reason)
    return changed, new


def _brought_up(figure: Figure, now: Difference) -> bool:
    """Bring one figure up to date; say whether the figure itself or its period is another."""
    was = (figure.value, figure.period)
    is_changed = was != (now.value, now.period)
    if is_changed:
        figure.before = f"{figure.value} ({figure.period}; release {figure.release})"
    for name, value in _taken(now).items():
        setattr(figure, name, value)
    figure.save()
    return is_changed


@transaction.atomic
def change_figure(figure: Figure, *, words: str, left_out: str, by: Account) -> None:
    """Say what a figure means here, or why it is left out; the figure itself is not rewritten."""
    held = open_for(figure.assessment, by=by)
    figure.words, figure.left_out = words.strip(), left_out.strip()
    figure.save(update_fields=["words", "left_out"])
    what = "left out" if figure.left_out else "kept"
    log(Verb.ALTERATION, held, by=by, reason=f"Figure {figure.key}: {what}")
