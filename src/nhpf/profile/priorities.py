"""What the nation's figures make a priority: each area of focus with the figure that led to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nhpf.methods import rates
from nhpf.profile import national_shares, pointing
from nhpf.profile.cases import cases_of
from nhpf.profile.cases.held import SUBTYPE
from nhpf.profile.cases.subtypes import FIGURE, named
from nhpf.profile.pointing import ONE_IN, Reason
from nhpf.profile.screen import AREAS
from nhpf.profile.wording import share_in_words

if TYPE_CHECKING:
    from nhpf.profile.scope import Scope


def reasons(scope: Scope) -> tuple[Reason, ...]:
    """Return the reasons from shares, from deaths after domestic abuse, and from sub-types."""
    return (
        *pointing.of_nation(national_shares.national_shares(scope)),
        *_related(scope),
        *_subtypes(scope),
    )


def _related(scope: Scope) -> Iterator[Reason]:
    """Yield what suicides after abuse add: they are in no count of homicides."""
    figure = national_shares.related_deaths_figure(scope)
    yield Reason("ar-safeguarding", f"{figure.title}.", figure.id)


def _subtypes(scope: Scope) -> Iterator[Reason]:
    """Yield the areas of focus of each sub-type that is at least one in twenty of all victims."""
    cases = cases_of(scope)
    if cases is None:
        return
    shown = cases.shown(SUBTYPE)
    whole = int(sum(each.value or 0 for each in shown.values()))
    for subtype, areas in AREAS.items():
        count = int(shown[subtype].value or 0)
        share = rates.proportion(count, whole) if count else None
        if share and share.low >= 1 / ONE_IN:
            said = share_in_words(count, whole, share.low, share.high)
            yield from (Reason(area, f"{named(subtype)}: {said}.", FIGURE) for area in areas)
