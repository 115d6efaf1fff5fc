"""Pages of home, places, profiles, figures, data and the service itself."""

from nhpf_web.profiles.views.home import home
from nhpf_web.profiles.views.outputs import document, figure, figure_file, json, profile
from nhpf_web.profiles.views.places import find, indicators, places
from nhpf_web.profiles.views.service import about, accessibility, data

__all__ = [
    "about",
    "accessibility",
    "data",
    "document",
    "figure",
    "figure_file",
    "find",
    "home",
    "indicators",
    "json",
    "places",
    "profile",
]
