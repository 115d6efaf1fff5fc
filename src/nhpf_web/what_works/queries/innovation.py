"""Practices on their way from an idea to what is done everywhere: who does them, since when."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from nhpf_web.organisations.rules import Kind
from nhpf_web.what_works.models import Adoption, Practice, Replication, StudyProposal, Tag, Version
from nhpf_web.what_works.queries.practices import published
from nhpf_web.what_works.rules.innovation import WATCHED_FINDINGS, Known, Stage, stage_of
from nhpf_web.what_works.rules.research.proposals import ProposalState

# A study that was stopped, and one that nobody accepted, tests nothing.
TESTING = (ProposalState.ACCEPTED, ProposalState.UNDER_WAY, ProposalState.REPORTED)
GOOD = ("promising", "worked")


@dataclass(frozen=True, slots=True)
class Use:
    """One organisation that does a practice, whether it is a force, and since when."""

    organisation: int
    is_force: bool
    since: date


@dataclass(frozen=True, slots=True)
class Spread:
    """A published practice with who does it, its owner first, and its areas of focus."""

    key: int
    number: int
    permanent_id: str
    title: str
    finding: str
    owner: int
    uses: tuple[Use, ...]
    repeats: int
    studies: int
    areas: frozenset[str]

    def also(self, uses: Collection[Use]) -> Spread:
        """Return it with further organisations that are said to do it."""
        return replace(self, uses=(*self.uses, *uses))

    def since(self) -> dict[int, date]:
        """Return each force that does it with the first day on which that is known."""
        found: dict[int, date] = {}
        for one in self.uses:
            if one.is_force:
                known = found.get(one.organisation, one.since)
                found[one.organisation] = min(known, one.since)
        return found

    @property
    def known(self) -> Known:
        """What the rule of its stage asks."""
        return Known(
            finding=self.finding,
            forces=len(self.since()),
            others=len({one.organisation for one in self.uses} - {self.owner}),
            repeats=self.repeats,
            studies=self.studies,
        )


def stage_shown(version: Version) -> Stage:
    """Return where the practice of an assessed version stands."""
    held = Version.objects.filter(pk=version.pk)
    (spread,) = _spreads(held)
    return stage_of(
        replace(spread.known, stopped_because=str(version.answers.get("lessons") or ""))
    )


def _unsettled() -> QuerySet[Version]:
    """Return what readers find and nobody independent has tested, without what failed."""
    return published().filter(finding__in=WATCHED_FINDINGS)


def watched(*, numbers: Collection[int] = (), titles: Collection[str] = ()) -> QuerySet[Version]:
    """Return the published practices that the radar shows.

    Shown are those that another organisation took up or a study is about, and those named by their
    number or title elsewhere, such as in the activity register.
    """
    practice = OuterRef("practice")
    return _unsettled().filter(
        Exists(Adoption.objects.filter(practice=practice))
        | Exists(Replication.objects.filter(practice=practice))
        | Exists(StudyProposal.objects.filter(_testing(), call__practices=practice))
        | Q(practice__number__in=numbers)
        | Q(title__in=titles)
    )


def count_unsettled() -> int:
    """Return how many published practices nobody independent has tested."""
    return _unsettled().count()


def in_order(versions: QuerySet[Version], *, areas: Mapping[str, int]) -> list[int]:
    """Return the keys of versions by area of focus, in the order given, and then by title."""
    first: dict[int, int] = {}
    tagged = Tag.objects.filter(version__in=_keys(versions), vocabulary="area")
    for pk, area in tagged.values_list("version", "value"):
        place = areas.get(area, len(areas))
        first[pk] = min(place, first.get(pk, place))
    rows = versions.order_by().values_list("pk", "title")
    return [
        pk
        for *_, pk in sorted(
            (first.get(pk, len(areas)), title.casefold(), pk) for pk, title in rows
        )
    ]


def _keys(versions: QuerySet[Version]) -> QuerySet[Any, Any]:
    return versions.order_by().values("pk")


def spreads(keys: Sequence[int]) -> list[Spread]:
    """Return versions with who does them, in the order of the keys."""
    found = {one.key: one for one in _spreads(Version.objects.filter(pk__in=keys))}
    return [found[key] for key in keys if key in found]


def _testing() -> Q:
    return Q(state__in=[str(one) for one in TESTING])


def _spreads(versions: QuerySet[Version]) -> list[Spread]:
    """Return versions with their uses; a handful of queries, however many versions there are."""
    rows = list(
        versions.order_by().values_list(
            "pk", "practice", "practice__number", "practice__permanent_id", "title", "finding",
            "practice__organisation", "practice__organisation__kind", "published_at",
        )
    )  # fmt: skip
    within = versions.order_by().values("practice")
    uses, repeats = _uses(within)
    studies = dict(
        Practice.objects.filter(pk__in=within)
        .filter(calls__proposals__state__in=[str(one) for one in TESTING])
        .values_list("pk")
        .annotate(Count("calls__proposals", distinct=True))
    )
    areas: dict[int, set[str]] = {}
    for pk, area in Tag.objects.filter(version__in=_keys(versions), vocabulary="area").values_list(
        "version", "value"
    ):
        areas.setdefault(pk, set()).add(area)
    return [
        Spread(
            pk, number, permanent_id, title, finding, owner,
            (*_own(owner, kind, published_at), *uses.get(practice, ())),
            len(repeats.get(practice, set()) - {owner}),
            studies.get(practice, 0),
            frozenset(areas.get(pk, ())),
        )
        for pk, practice, number, permanent_id, title, finding, owner, kind, published_at in rows
    ]  # fmt: skip


def subtypes_of(numbers: Collection[int]) -> dict[int, list[str]]:
    """Return by a practice's number the sub-types that its published version aims at, in order."""
    found: dict[int, list[str]] = {}
    held = published().order_by().filter(practice__number__in=numbers).values("pk")
    tagged = Tag.objects.filter(version__in=held, vocabulary="subtype").order_by("value")
    for number, subtype in tagged.values_list("version__practice__number", "value"):
        found.setdefault(number, []).append(subtype)
    return found


def _own(owner: int, kind: str, published_at: object) -> tuple[Use, ...]:
    # A version that is not published yet is not in use as far as readers know.
    day = getattr(published_at, "date", None)
    return (Use(owner, kind == Kind.FORCE, day()),) if day else ()


def _uses(within: QuerySet[Any, Any]) -> tuple[dict[int, list[Use]], dict[int, set[int]]]:
    """Return who else does each practice, and who repeated it and found that it may work."""
    uses: dict[int, list[Use]] = {}
    repeats: dict[int, set[int]] = {}
    taken = Adoption.objects.filter(practice__in=within).values_list(
        "practice", "organisation", "organisation__kind", "adopted_at"
    )
    for practice, organisation, kind, at in taken:
        uses.setdefault(practice, []).append(Use(organisation, kind == Kind.FORCE, at.date()))
    repeated = Replication.objects.filter(practice__in=within).values_list(
        "practice", "organisation", "organisation__kind", "logged_at", "finding"
    )
    for practice, organisation, kind, at, finding in repeated:
        uses.setdefault(practice, []).append(Use(organisation, kind == Kind.FORCE, at.date()))
        if finding.startswith(GOOD):
            repeats.setdefault(practice, set()).add(organisation)
    return uses, repeats
