"""The app's name, and what tells it that published content may have changed."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class SearchConfig(AppConfig):
    """One search over all."""

    name = "nhpf_web.search"

    def ready(self) -> None:
        """Have writes of what is published marked; models of other apps are named, not imported."""
        from nhpf_web.search import actions

        for signal in (post_save, post_delete):
            signal.connect(actions.mark_version, sender="what_works.Version")
            signal.connect(actions.mark_assessment, sender="equality.Assessment")
            for name in ("LiveSynthesis", "Question", "Call", "StudyProposal", "Output"):
                signal.connect(actions.mark_written, sender=f"what_works.{name}")
