"""Outlines that a page draws as they are: complete, in grid metres, holes kept."""

from __future__ import annotations

import re

import shapely

from nhpf.records import Release, areas
from nhpf.records.outlines import path


def test_every_area_has_an_outline(release: Release) -> None:
    for kind in ("force", "local_authority"):
        drawn = release.query("outlines", kind=kind)["code"].tolist()
        assert drawn == sorted(area.code for area in areas(release, kind))
    wards = release.query(
        "wards_offences_in_period", category="RAPE", first="2010-04-01", last="2026-02-01"
    )
    assert release.query("outlines", kind="ward")["code"].tolist() == wards["code"].tolist()


def test_london_lies_where_the_national_grid_has_it(release: Release) -> None:
    """Westminster lies about 530 km east and 180 km north of the grid's origin; y goes down."""
    found = release.query("outlines_within", force="E23000001")
    at = found["name"].tolist().index("Westminster")
    assert 520_000 < found["label_x"][at] < 535_000
    assert -190_000 < found["label_y"][at] < -170_000
    assert (found["left_x"] < found["right_x"]).all()
    assert (found["top_y"] < found["bottom_y"]).all()
    assert found["name"].size == 32


def test_paths_are_closed_and_not_empty(release: Release) -> None:
    for kind in ("ward", "local_authority", "force"):
        for drawn in release.query("outlines", kind=kind)["path"]:
            assert re.fullmatch(r"(M-?\d+ -?\d+l[-\d ]+z)+", drawn)


def test_a_hole_is_a_second_ring() -> None:
    square = shapely.box(0, 0, 100, 100) - shapely.box(40, 40, 60, 60)
    assert path(square).count("M") == 2
    assert path(shapely.box(0, 0, 10, 20)).startswith("M")
    assert path(shapely.box(0, 0, 0.1, 0.1)) == ""
