"""Pages of home, places, profiles, figures, data and the service itself."""

from nhpf_web.profiles.views.choosing import (
    explore,
    explore_file,
    map_by_year,
    map_file,
    multiples_file,
    similar,
    similar_file,
)
from nhpf_web.profiles.views.documents import document, documents
from nhpf_web.profiles.views.for_my_area import for_my_area, for_my_area_file, own
from nhpf_web.profiles.views.home import home
from nhpf_web.profiles.views.looking import digest, look
from nhpf_web.profiles.views.outputs import figure, figure_file, profile
from nhpf_web.profiles.views.places import find, indicators, places
from nhpf_web.profiles.views.quality import quality, quality_file, revisions, revisions_file
from nhpf_web.profiles.views.releases import release, releases, table, table_file
from nhpf_web.profiles.views.service import about, accessibility, data
from nhpf_web.profiles.views.signals import backtest, feed, signal, signals, signals_of
from nhpf_web.profiles.views.subtypes import subtype_file, subtypes

__all__ = [
    "about",
    "accessibility",
    "backtest",
    "data",
    "digest",
    "document",
    "documents",
    "explore",
    "explore_file",
    "feed",
    "figure",
    "figure_file",
    "find",
    "for_my_area",
    "for_my_area_file",
    "home",
    "indicators",
    "look",
    "map_by_year",
    "map_file",
    "multiples_file",
    "own",
    "places",
    "profile",
    "quality",
    "quality_file",
    "release",
    "releases",
    "revisions",
    "revisions_file",
    "signal",
    "signals",
    "signals_of",
    "similar",
    "similar_file",
    "subtype_file",
    "subtypes",
    "table",
    "table_file",
]
