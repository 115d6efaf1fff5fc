"""The map that leads to the profiles of the forces."""

from __future__ import annotations

from functools import lru_cache

from nhpf.reports.charts import draw
from nhpf.reports.charts.specs import Map, MapArea
from nhpf_web.profiles.queries.places import address_of_area, opened, place_with_code, release


def map_of_forces() -> str:
    """Return the forces' outlines as SVG, each a link to its profile."""
    return _map_of_forces(release().id)


@lru_cache(maxsize=2)
def _map_of_forces(release_id: str) -> str:
    found = opened(release_id).query("outlines", kind="force")
    left, top = int(found["left_x"].min()), int(found["top_y"].min())
    width, height = int(found["right_x"].max()) - left, int(found["bottom_y"].max()) - top
    areas = tuple(
        MapArea(place.code, place.name, path, value=0, shown="", link=place.code)
        for code, path in zip(found["code"], found["path"], strict=True)
        if (place := place_with_code(str(code)))
    )
    chart = Map(areas, (left, top, width, height), unit="", classes=(), neutral=True)
    return draw(
        chart,
        id="forces-map",
        title="Police force areas of England and Wales",
        description="Each area is a link to its profile; the list has the same links.",
        area_url=address_of_area,
    )
