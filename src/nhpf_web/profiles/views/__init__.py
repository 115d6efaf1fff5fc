"""Pages of home, places, profiles, figures, data and the service itself."""

from nhpf_web.profiles.views.documents import document
from nhpf_web.profiles.views.for_my_area import for_my_area, for_my_area_file, own
from nhpf_web.profiles.views.home import home
from nhpf_web.profiles.views.looking import digest, look
from nhpf_web.profiles.views.outputs import figure, figure_file, profile
from nhpf_web.profiles.views.places import find, indicators, places
from nhpf_web.profiles.views.quality import quality, quality_file, revisions, revisions_file
from nhpf_web.profiles.views.releases import release, releases, table, table_file
from nhpf_web.profiles.views.service import about, accessibility, data
from nhpf_web.profiles.views.signals import backtest, feed, signal, signals, signals_of

__all__ = [
    "about",
    "accessibility",
    "backtest",
    "data",
    "digest",
    "document",
    "feed",
    "figure",
    "figure_file",
    "find",
    "for_my_area",
    "for_my_area_file",
    "home",
    "indicators",
    "look",
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
    "table",
    "table_file",
]
