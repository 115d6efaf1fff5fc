"""Addresses of the framework: entries by permanent id, kinds by name, sources by id."""

from django.urls import path, register_converter

from nhpf_web.what_works import views
from nhpf_web.what_works.rules import KIND_PATHS


class KindConverter:
    """The plural of a kind of entry, as addresses write it."""

    regex = "|".join(KIND_PATHS.values())

    def to_python(self, value: str) -> str:
        """Return the kind."""
        return next(kind for kind, written in KIND_PATHS.items() if written == value)

    def to_url(self, value: str) -> str:
        """Return the kind's plural."""
        return KIND_PATHS[value]


register_converter(KindConverter, "kind")

app_name = "what_works"
urlpatterns = [
    path("", views.framework, name="framework"),
    path("sources/", views.sources, name="sources"),
    path("sources/<str:source_id>/", views.source, name="source"),
    path("<kind:kind>/", views.kind, name="kind"),
    path("<str:name>/", views.entry, name="entry"),
]
