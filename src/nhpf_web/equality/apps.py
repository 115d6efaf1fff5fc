"""The app's name."""

from django.apps import AppConfig


class EqualityConfig(AppConfig):
    """Equality impact assessments."""

    name = "nhpf_web.equality"
