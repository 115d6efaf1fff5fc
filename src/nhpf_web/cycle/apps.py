"""The app of the cycle and the editions."""

from django.apps import AppConfig


class CycleConfig(AppConfig):
    """The cycle and the editions."""

    name = "nhpf_web.cycle"
