"""In which of the framework's sectors of partners an organisation of each kind stands."""

from __future__ import annotations

from collections.abc import Mapping

from nhpf_web.organisations.rules import Kind

SECTOR_OF_KIND: Mapping[str, str] = {
    Kind.FORCE: "police",
    Kind.COLLEGE: "police",
    Kind.NPCC_PORTFOLIO: "police",
    Kind.VRU: "partnerships",
    Kind.LOCAL_AUTHORITY: "local-government",
    Kind.HEALTH: "health",
    Kind.PCC: "commissioners",
    Kind.INSPECTORATE: "oversight",
    Kind.COMMUNITY: "voluntary",
    Kind.FAMILIES: "voluntary",
    Kind.ACADEMIA: "research",
    Kind.GOVERNMENT: "government",
    Kind.PROBATION: "justice",
    Kind.EDUCATION: "education",
    Kind.FIRE: "fire",
}
