"""The app's name."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The frame of every page."""

    name = "nhpf_web.core"
