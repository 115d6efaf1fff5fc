"""The app's name."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """One search over all."""

    name = "nhpf_web.search"
