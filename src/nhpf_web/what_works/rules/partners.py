"""The sectors of partners, so that a filter offers a dozen boxes and not one for each body.

Which body stands in which sector is our reading; an entry keeps its own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

SECTORS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "police": (
        "Police",
        (
            "police",
            "Metropolitan Police",
            "importing forces",
            "chief officers",
            "staff associations",
            "National Police Chiefs' Council",
            "National Black Police Association",
            "National County Lines Coordination Centre",
            "College of Policing",
        ),
    ),
    "commissioners": (
        "Police and crime commissioners",
        ("police and crime commissioner", "Association of Police and Crime Commissioners"),
    ),
    "local-government": (
        "Local government",
        (
            "local authority",
            "licensing authority",
            "trading standards",
            "social care",
            "equality leads",
        ),
    ),
    "health": (
        "Health",
        (
            "health",
            "public health",
            "NHS",
            "NHS trust",
            "integrated care board",
            "integrated care board or Welsh health board",
            "local health board",
            "treatment services",
            "Office for Health Improvement and Disparities",
        ),
    ),
    "education": ("Education", ("education", "schools")),
    "justice": (
        "Courts, prisons and probation",
        (
            "courts",
            "family courts",
            "coroner",
            "Crown Prosecution Service",
            "prisons",
            "probation",
            "HM Prison and Probation Service",
        ),
    ),
    "youth-justice": ("Youth justice", ("youth justice", "youth offending team")),
    "housing": ("Housing", ("housing", "housing providers")),
    "voluntary": (
        "Voluntary and community organisations",
        (
            "voluntary sector",
            "community",
            "community groups",
            "specialist domestic abuse services",
            "independent domestic violence advisers",
            "Rescue and Response",
        ),
    ),
    "partnerships": (
        "Partnerships",
        ("violence reduction unit", "community safety partnership", "MARAC"),
    ),
    "business": ("Business and transport", ("business", "transport operators")),
    "fire": ("Fire and rescue", ("fire and rescue",)),
    "government": (
        "National government and agencies",
        (
            "HM Government",
            "Home Office",
            "Ministry of Justice",
            "National Crime Agency",
            "Border Force",
        ),
    ),
    "research": (
        "Research bodies",
        (
            "universities",
            "University College London",
            "Economic and Social Research Council",
            "Youth Endowment Fund",
        ),
    ),
    "oversight": (
        "Oversight",
        (
            "HMICFRS",
            "Domestic Abuse Commissioner",
            "independent scrutiny and oversight board",
        ),
    ),
}
_SECTOR_OF = {partner: sector for sector, (_, partners) in SECTORS.items() for partner in partners}


def sector_of(partner: str) -> str | None:
    """Return the sector of a partner, or None where the table does not have it."""
    return _SECTOR_OF.get(partner)


def sectors_of(partners: Iterable[str]) -> frozenset[str]:
    """Return the sectors that some partners belong to."""
    return frozenset(sector for one in partners if (sector := sector_of(one)))
