"""The app of the cycle and the editions."""

from django.apps import AppConfig


class CycleConfig(AppConfig):
    """The cycle and the editions."""

    name = "nhpf_web.cycle"

    def ready(self) -> None:
        """Offer editions and entries to be assessed."""
        from nhpf_web.cycle.queries.subjects import offer_all

        offer_all()
