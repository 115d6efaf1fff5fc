"""The app's name, and the subjects of assessments that the library holds."""

from django.apps import AppConfig


class EqualityConfig(AppConfig):
    """Equality impact assessments."""

    name = "nhpf_web.equality"

    def ready(self) -> None:
        """Say how the library's subjects are found; other apps say it for their own."""
        from nhpf_web.equality.queries.library_subjects import offer_all

        offer_all()
