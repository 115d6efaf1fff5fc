"""The app's name."""

from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    """Home, problem profiles, their figures, and the data behind them."""

    name = "nhpf_web.profiles"
