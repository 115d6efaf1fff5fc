"""The data set: releases of open tables, questions to them, and where each figure comes from."""

from nhpf.records.areas import Area, areas, find_area
from nhpf.records.release import Release, TableSource, open_release, releases, use

__all__ = [
    "Area",
    "Release",
    "TableSource",
    "areas",
    "find_area",
    "open_release",
    "releases",
    "use",
]
