"""The data set: releases of open tables, questions to them, and where each figure comes from."""

from nhpf.records.areas import Area, areas, areas_called, find_area
from nhpf.records.consistency import Checked, check
from nhpf.records.release import Release, TableSource, open_release, releases, use

__all__ = [
    "Area",
    "Checked",
    "Release",
    "TableSource",
    "areas",
    "areas_called",
    "check",
    "find_area",
    "open_release",
    "releases",
    "use",
]
