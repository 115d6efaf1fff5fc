"""How areas are written in addresses; what could help where a profile points, in which order."""

from nhpf_web.profiles.rules.addresses import code_in, is_open, is_postcode, place, table_address
from nhpf_web.profiles.rules.documents import NEEDS
from nhpf_web.profiles.rules.for_my_area import (
    EVIDENCE,
    ORDERS,
    Candidate,
    Link,
    Pointed,
    Reason,
    Row,
    bearing_of,
    evidence_of,
    evidence_of_practice,
    rows,
    sort,
)
from nhpf_web.profiles.rules.sectors import SECTOR_OF_KIND

__all__ = [
    "EVIDENCE",
    "NEEDS",
    "ORDERS",
    "SECTOR_OF_KIND",
    "Candidate",
    "Link",
    "Pointed",
    "Reason",
    "Row",
    "bearing_of",
    "code_in",
    "evidence_of",
    "evidence_of_practice",
    "is_open",
    "is_postcode",
    "place",
    "rows",
    "sort",
    "table_address",
]
