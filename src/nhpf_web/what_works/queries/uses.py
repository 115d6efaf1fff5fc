"""What a person's own organisations do with practices, and what that person may do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nhpf_web.organisations import queries as organisations
from nhpf_web.organisations.queries import Visitor
from nhpf_web.organisations.rules import Right
from nhpf_web.what_works.models import Adoption, Follow, Replication, Version


@dataclass(frozen=True, slots=True)
class OwnUse:
    """One practice as a person's own organisations stand to it: a sentence for each of them."""

    says: tuple[str, ...]
    can_adopt: bool
    is_followed: bool


def own_uses(user: Visitor, versions: Sequence[Version]) -> Mapping[str, OwnUse]:
    """Return by permanent id how a user's own organisations stand to published practices.

    It says nothing of other organisations, and nothing to whoever has not signed in.
    """
    if not isinstance(user, organisations.Account):
        return {}
    homes = {one.pk: one.name for one in organisations.visible_to(user)}
    adopted = {
        (one.practice_id, one.organisation_id): f"adopts it since {one.adopted_at:%-d %B %Y}"
        for one in Adoption.objects.filter(organisation__in=homes)
    }
    tried = {
        (one.practice_id, one.organisation_id): f"tried it: {one.finding_words}"
        for one in Replication.objects.filter(organisation__in=homes)
    }
    leads = organisations.organisations_where(user, Right.ADOPT_PRACTICE)
    leading = set(leads.values_list("pk", flat=True))
    followed = set(Follow.objects.filter(user=user).values_list("practice", flat=True))

    def use(version: Version) -> OwnUse:
        practice, owner = version.practice_id, version.practice.organisation_id
        says = tuple(
            f"{name} {_stands((practice, home), adopted, tried, is_own=home == owner)}."
            for home, name in homes.items()
        )
        free = {home for home in leading if (practice, home) not in adopted}
        return OwnUse(says, bool(free - {owner}), practice in followed)

    return {version.practice.permanent_id: use(version) for version in versions if homes}


def _stands(
    key: tuple[int, int],
    adopted: Mapping[tuple[int, int], str],
    tried: Mapping[tuple[int, int], str],
    *,
    is_own: bool,
) -> str:
    if is_own:
        return "described it"
    recorded = [held[key] for held in (adopted, tried) if key in held]
    return " and ".join(recorded) or "does not yet record that it does this"
