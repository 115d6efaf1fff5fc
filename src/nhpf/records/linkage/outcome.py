"""What may leave of a linkage: counts and an estimate, through the gate of disclosure."""

from __future__ import annotations

from typing import Any

from nhpf.disclosure import Audience, Disclosed, disclose, policy_for, protect
from nhpf.methods.capture_recapture import CaptureRecapture
from nhpf.records.linkage.clerical import MARKING
from nhpf.records.linkage.linking import Linkage

DERIVED = "withheld because it could be worked back to a withheld count"


def outcome(linkage: Linkage, *, audience: Audience = "public") -> dict[str, Any]:
    """Return the counts of each partner, of both and of neither, as an audience may see them.

    Both sides pass under the policy of health records, the stricter of the two. The estimate is
    made from the counts, so that it is withheld wherever one of them is.

    Returns
    -------
    dict
        Ready for JSON; each figure is a value, a flag and a reason.

    Raises
    ------
    CannotTell
        If the overlap is too small for an estimate.
    """
    policy = policy_for("health", audience=audience)
    police, hospital, links = linkage.police.rows, linkage.hospital.rows, linkage.links
    cells = {"both": links, "police_only": police - links, "hospital_only": hospital - links}
    shown = protect(
        cells, policy=policy, totals=[("both", "police_only"), ("both", "hospital_only")]
    )
    shown["police"] = disclose(police, policy=policy)
    shown["hospital"] = disclose(hospital, policy=policy)
    hidden = any(each.is_withheld for each in shown.values())
    found = linkage.estimate()
    figures = _estimates(linkage, found)
    return {
        "marking": MARKING,
        "synthetic": linkage.synthetic,
        "agreement": linkage.agreement or None,
        "sources": [linkage.police.origin, linkage.hospital.origin],
        "audience": audience,
        "policy": f"{policy.name}, {policy.audience}: {policy.because}",
        "counts": {name: each.as_json() for name, each in shown.items()},
        "estimates": {name: _derived(value, hidden).as_json() for name, value in figures.items()},
        "decided_by_people": linkage.decisions,
        "method": f"Splink (Fellegi and Sunter) on DuckDB, one to one; {found.method}",
        "level": found.level,
        "caveats": list(found.caveats),
        "review_sheet": linkage.sheet.name if linkage.sheet else None,
        "review_sheet_deleted_after": linkage.expires.isoformat() if linkage.expires else None,
    }


def _derived(value: float, hidden: bool) -> Disclosed:
    return Disclosed(None, DERIVED) if hidden else Disclosed(value)


def _estimates(linkage: Linkage, found: CaptureRecapture) -> dict[str, float]:
    neither = (
        _known_to_neither(linkage, total, unseen)
        for total, unseen in (
            (found.estimate, found.unseen),
            (found.low, found.unseen_low),
            (found.high, found.unseen_high),
        )
    )
    names = ("known_to_neither", "known_to_neither_low", "known_to_neither_high")
    figures = {
        "all_events": found.estimate,
        "all_events_low": found.low,
        "all_events_high": found.high,
        **dict(zip(names, neither, strict=True)),
        "matches_expected": found.both,
        "false_links_expected": linkage.expected_false,
        "missed_matches_expected": linkage.expected_missed,
        "links_by_chance": linkage.chance_links,
    }
    return {name: round(value, 1) for name, value in figures.items()}


def _known_to_neither(linkage: Linkage, total: float, unseen: float) -> float:
    """Take off the events that are known but could not be compared, for want of a time or place.

    The estimate is of all events, from those that could be compared; of the rest, as many are in
    the other list as chance would have it.
    """
    for read in (linkage.police, linkage.hospital):
        unseen *= max(total - read.rows, 0) / (total - read.comparable)
    return unseen
