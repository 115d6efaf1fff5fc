"""The subjects that the library holds: method cards, indicators, comparisons in profiles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict

from nhpf_web.equality.queries.subjects import Thing, digest_of, offer
from nhpf_web.equality.rules import Subject

# What shows a method right is tested, not assessed: more tests do not change what it does.
NOT_ASSESSED = "checks"


def methods() -> Iterator[Thing]:
    """Yield every method with a card; a method has no page of its own yet."""
    from nhpf.methods.cards import load_cards

    for card in load_cards():
        content = asdict(card)
        del content[NOT_ASSESSED]
        yield Thing(card.id, card.title, digest=digest_of(content))


def indicators() -> Iterator[Thing]:
    """Yield every indicator, by the definition that a reviewer signed off."""
    from nhpf.indicators import load_indicators

    for one in load_indicators().values():
        address = f"/what-happens/indicators/#{one.id}"
        yield Thing(one.id, one.title, address, digest_of(asdict(one)))


def comparisons() -> Iterator[Thing]:
    """Yield the parts of a profile that compare groups, by what stands beside the figures."""
    from nhpf.framework import load_edition
    from nhpf.profile.differences import comparisons_of_groups

    for part, beside in comparisons_of_groups(load_edition()).items():
        title = f"Profiles: {part.replace('-', ' ')}"
        yield Thing(part, title, "/what-happens/", digest_of([asdict(one) for one in beside]))


def _find_in(every: Callable[[], Iterator[Thing]]) -> Callable[[str], Thing | None]:
    def find(identity: str) -> Thing | None:
        return next((one for one in every() if one.identity == identity), None)

    return find


def offer_all() -> None:
    """Offer the three kinds."""
    for kind, every in (
        (Subject.METHOD, methods),
        (Subject.INDICATOR, indicators),
        (Subject.PROFILE, comparisons),
    ):
        offer(kind, _find_in(every), every)
