"""The app's name."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Organisations, people and roles."""

    name = "nhpf_web.organisations"
