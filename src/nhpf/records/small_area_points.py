"""Where each small area lies and how much ground it has: points and areas, made from outlines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nhpf.records.engine import connect, quoted, reader
from nhpf.records.outlines import to_page

if TYPE_CHECKING:
    import numpy as np

BOUNDARIES = "data/uk_geography/boundaries_lsoa21.parquet"
POINTS = "small_area_points_lsoa21.parquet"


def make_small_area_points(boundaries: Path, *, out: Path) -> Path:
    """Write a point inside each small area, and its hectares, from generalised boundaries.

    Parameters
    ----------
    boundaries : Path
        Parquet with ``lsoa21_code`` and ``geometry`` in degrees.
    out : Path
        The folder that the table goes into.
    """
    target = out / POINTS
    with connect() as con:
        rows = con.execute(
            f"select trim(lsoa21_code), geometry from {reader(boundaries)} order by 1"
        ).fetchall()
        points = _points([shape for _, shape in rows])
        con.execute(
            "create table points as select unnest($1) as lsoa21_code, unnest($2)::integer as"
            " easting, unnest($3)::integer as northing, unnest($4) as hectares",
            [[code for code, _ in rows], *points.T.tolist()],
        )
        con.execute(
            f"copy (from points order by lsoa21_code) to {quoted(target)}"
            " (format parquet, compression zstd)"
        )
    return target


def _points(shapes: list[bytes]) -> np.ndarray:
    """Return easting, northing and hectares of each shape, the first two in whole metres."""
    import numpy as np
    import shapely

    on_grid = shapely.transform(shapely.from_wkb(np.array(shapes, dtype=object)), to_page)
    inside = shapely.point_on_surface(on_grid)
    return np.column_stack(
        [
            np.rint(shapely.get_x(inside)),
            np.rint(-shapely.get_y(inside)),
            np.round(shapely.area(on_grid) / 10_000, 2),
        ]
    )
