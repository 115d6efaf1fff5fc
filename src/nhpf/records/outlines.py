"""Turn boundaries into outlines that a page can draw as they are: SVG paths in grid metres."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from nhpf.errors import DamagedData

if TYPE_CHECKING:
    import duckdb
    import numpy as np


@dataclass(frozen=True, slots=True)
class Layer:
    """One kind of area: its source, the column of its codes, and how far lines may be moved."""

    kind: str
    source: str
    code: str
    metres: float


# A ward is drawn some 100 pixels wide on a map of London, a force on a map of two nations.
LAYERS = (
    Layer("ward", "ward_outlines", "ward22_code", 20),
    Layer("local_authority", "local_authority_outlines", "ltla24_code", 100),
    Layer("force", "police_force_outlines", "pfa20_code", 250),
)

Outline = tuple[str, str, str, int, int, int, int, int, int]


def add_outlines(con: duckdb.DuckDBPyConnection) -> None:
    """Make the table ``outline_shapes`` from the boundary sources that are open.

    Raises
    ------
    DamagedData
        If a shape cannot be read.
    """
    con.execute(
        "create table outline_shapes (kind varchar, code varchar, path varchar, left_x integer,"
        " top_y integer, right_x integer, bottom_y integer, label_x integer, label_y integer)"
    )
    for layer in LAYERS:
        rows = con.execute(
            f"select trim({layer.code}), geometry from {layer.source}"
            f" where {layer.code}[1] in ('E', 'W') order by 1"
        ).fetchall()
        columns = list(zip(*_outlines(layer, rows), strict=True))
        con.execute(
            "insert into outline_shapes select " + ", ".join(f"unnest(${n + 1})" for n in range(9)),
            [list(column) for column in columns],
        )


def _outlines(layer: Layer, rows: list[tuple[str, bytes]]) -> list[Outline]:
    import numpy as np
    import shapely

    try:
        shapes = shapely.from_wkb(np.array([shape for _, shape in rows], dtype=object))
    except shapely.errors.GEOSException:
        raise DamagedData("A shape cannot be read.", where=layer.source) from None
    # Neighbours keep the line they share, so no gaps open between them.
    drawn = shapely.coverage_simplify(shapely.transform(shapes, to_page), layer.metres)
    return [
        (layer.kind, code, path(shape), *_box(shape))
        for (code, _), shape in zip(rows, drawn, strict=True)
    ]


@cache
def _grid() -> Any:
    from pyproj import Transformer

    return Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)


def to_page(points: np.ndarray) -> np.ndarray:
    """Turn longitude and latitude into metres of the British National Grid, y growing downwards."""
    import numpy as np

    east, north = _grid().transform(points[:, 0], points[:, 1])
    return np.column_stack((east, -np.asarray(north)))


def path(shape: Any) -> str:
    """Return a polygon or several as one SVG path in whole metres, each ring relative to its start.

    Parameters
    ----------
    shape : shapely.Polygon or shapely.MultiPolygon

    Returns
    -------
    str
        Such as ``M530000 -180000l20 0 0 20z``; to be filled with the even-odd rule, for holes.
    """
    import shapely

    rings = (
        ring
        for polygon in shapely.get_parts(shape)
        for ring in (polygon.exterior, *polygon.interiors)
    )
    return "".join(_ring(shapely.get_coordinates(ring)) for ring in rings)


def _ring(points: np.ndarray) -> str:
    import numpy as np

    whole = np.rint(points[:-1]).astype(int)
    steps = np.diff(whole, axis=0)
    moved = steps[steps.any(axis=1)]
    if len(moved) < 2:
        return ""
    start = f"M{whole[0, 0]} {whole[0, 1]}l"
    return start + " ".join(f"{x} {y}" for x, y in moved) + "z"


def _box(shape: Any) -> tuple[int, int, int, int, int, int]:
    left, top, right, bottom = (round(value) for value in shape.bounds)
    inside = shape.representative_point()
    return left, top, right, bottom, round(inside.x), round(inside.y)
