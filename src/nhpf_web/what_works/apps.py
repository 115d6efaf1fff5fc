"""The app's name."""

from django.apps import AppConfig


class WhatWorksConfig(AppConfig):
    """The framework: entries, their evidence and their sources."""

    name = "nhpf_web.what_works"

    def ready(self) -> None:
        """Offer versions of practices to be assessed."""
        from nhpf_web.what_works.queries.subjects import offer_all

        offer_all()
