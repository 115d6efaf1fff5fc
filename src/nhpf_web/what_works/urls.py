"""Addresses of the framework and of practices: by permanent id, kinds by name, sources by id."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from nhpf_web.what_works.rules import KIND_PATHS
from nhpf_web.what_works.views import acting, framework, practices, using, writing


class KindConverter:
    """The plural of a kind of entry, as addresses write it."""

    regex = "|".join(KIND_PATHS.values())

    def to_python(self, value: str) -> str:
        """Return the kind."""
        return next(kind for kind, written in KIND_PATHS.items() if written == value)

    def to_url(self, value: str) -> str:
        """Return the kind's plural."""
        return KIND_PATHS[value]


class PracticeConverter(StringConverter):
    """A practice's permanent id; its number alone leads to it."""

    regex = "pr-[0-9]+(?:-[a-z0-9-]+)?"


class EndingConverter(StringConverter):
    """How an export's name ends."""

    regex = "csv|json"


register_converter(KindConverter, "kind")
register_converter(PracticeConverter, "practice")
register_converter(EndingConverter, "export")

app_name = "what_works"
urlpatterns = [
    path("", framework.framework, name="framework"),
    path("sources/", framework.sources, name="sources"),
    path("sources/<str:source_id>/", framework.source, name="source"),
    path("practices/", practices.practices, name="practices"),
    path("practices/mine/", practices.mine, name="mine"),
    path("practices/begin/", writing.begin, name="begin"),
    path("practices/import/", writing.bring_in, name="bring_in"),
    path("practices/practices.<export:ending>", practices.export, name="export"),
    path("<practice:practice>/", practices.practice, name="practice"),
    path("<practice:practice>/versions/<int:number>/", practices.version, name="version"),
    path(
        "<practice:practice>/versions/<int:number>/files/<int:file_id>/",
        practices.download,
        name="download",
    ),
    path("<practice:practice>/write/", writing.write, name="write"),
    path("<practice:practice>/write/<slug:step_slug>/", writing.write_step, name="write_step"),
    path("<practice:practice>/check/", writing.check, name="check"),
    path("<practice:practice>/preview/", writing.preview, name="preview"),
    path("<practice:practice>/files/add/", writing.add_file, name="add_file"),
    path(
        "<practice:practice>/files/<int:file_id>/remove/", writing.remove_file, name="remove_file"
    ),
    path("<practice:practice>/do/<slug:act_slug>/", acting.act, name="act"),
    path("<practice:practice>/equality/", acting.begin_equality, name="begin_equality"),
    path("<practice:practice>/use/<slug:deed>/", using.use, name="use"),
    path("<practice:practice>/follow/", using.follow, name="follow"),
    path("<practice:practice>/answer/<int:remark_id>/", using.answer, name="answer"),
    path("<kind:kind>/", framework.kind, name="kind"),
    path("<str:name>/", framework.entry, name="entry"),
]
