"""Pages of home, places, profiles, figures, data and the service itself."""

from nhpf_web.profiles.views.for_my_area import for_my_area, for_my_area_file, own
from nhpf_web.profiles.views.home import home
from nhpf_web.profiles.views.outputs import document, figure, figure_file, json, profile
from nhpf_web.profiles.views.places import find, indicators, places
from nhpf_web.profiles.views.quality import quality, quality_file, revisions, revisions_file
from nhpf_web.profiles.views.releases import release, releases, table, table_file
from nhpf_web.profiles.views.service import about, accessibility, data

__all__ = [
    "about",
    "accessibility",
    "data",
    "document",
    "figure",
    "figure_file",
    "find",
    "for_my_area",
    "for_my_area_file",
    "home",
    "indicators",
    "json",
    "own",
    "places",
    "profile",
    "quality",
    "quality_file",
    "release",
    "releases",
    "revisions",
    "revisions_file",
    "table",
    "table_file",
]
