"""Reads of the current release: places, profiles and who may see the restricted ones."""

from nhpf_web.profiles.queries.for_my_area import (
    Uses,
    candidates,
    own_place_code,
    partners_of,
    pointed_in,
)
from nhpf_web.profiles.queries.maps import map_of_forces
from nhpf_web.profiles.queries.nation import NationalCount, national_count
from nhpf_web.profiles.queries.places import (
    Meant,
    Place,
    address_of_area,
    nation,
    nearest,
    place_with_code,
    places,
    places_called,
    release,
)
from nhpf_web.profiles.queries.readers import organisations_reading
from nhpf_web.profiles.queries.reports import (
    FIGURE_FILES,
    Audience,
    Built,
    built,
    documents,
    endings_of,
)
from nhpf_web.profiles.queries.tables import (
    area_names,
    open_tables,
    organisations_reading_table,
    quality,
    release_with_id,
    restricted_tables,
)

__all__ = [
    "FIGURE_FILES",
    "Audience",
    "Built",
    "Meant",
    "NationalCount",
    "Place",
    "Uses",
    "address_of_area",
    "area_names",
    "built",
    "candidates",
    "documents",
    "endings_of",
    "map_of_forces",
    "nation",
    "national_count",
    "nearest",
    "open_tables",
    "organisations_reading",
    "organisations_reading_table",
    "own_place_code",
    "partners_of",
    "place_with_code",
    "places",
    "places_called",
    "pointed_in",
    "quality",
    "release",
    "release_with_id",
    "restricted_tables",
]
