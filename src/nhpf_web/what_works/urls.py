"""Addresses of the framework and of practices: by permanent id, kinds by name, sources by id."""

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from nhpf_web.what_works.rules import KIND_PATHS
from nhpf_web.what_works.views import (
    acting,
    framework,
    practices,
    studies,
    syntheses,
    using,
    writing,
)
from nhpf_web.what_works.views.research import acting as acting_research
from nhpf_web.what_works.views.research import reading as research
from nhpf_web.what_works.views.research import writing as asking_research


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


class RegisterConverter(StringConverter):
    """A part of the research register."""

    regex = "questions|calls|proposals|outputs"


class EndingConverter(StringConverter):
    """How an export's name ends."""

    regex = "csv|json"


register_converter(KindConverter, "kind")
register_converter(PracticeConverter, "practice")
register_converter(EndingConverter, "export")
register_converter(RegisterConverter, "register")

RESEARCH = [
    path("", research.register, name="research"),
    path("register.<export:ending>", research.export, name="export_research"),
    path("mine/", research.mine, name="my_research"),
    path("questions/ask/", asking_research.ask, name="ask_question"),
    path("calls/open/", asking_research.begin_call, name="begin_call"),
    path("proposals/begin/", asking_research.begin_proposal, name="begin_proposal"),
    path("outputs/add/", asking_research.add_output, name="add_output"),
    path("questions/<slug:reference>/", research.question, name="question"),
    path("calls/<slug:reference>/", research.call, name="call"),
    path("proposals/<slug:reference>/", research.proposal, name="proposal"),
    path("proposals/<slug:reference>/write/", asking_research.write, name="write_proposal"),
    path(
        "proposals/<slug:reference>/write/<slug:page_slug>/",
        asking_research.write_page,
        name="write_proposal_page",
    ),
    path("outputs/<slug:reference>/", research.output, name="output"),
    path(
        "<register:kind>/<slug:reference>/do/<slug:act_slug>/",
        acting_research.act,
        name="act_on_research",
    ),
]

app_name = "what_works"
urlpatterns = [
    path("", framework.framework, name="framework"),
    path("research/", include(RESEARCH)),
    path("sources/", framework.sources, name="sources"),
    path("sources/<str:source_id>/", framework.source, name="source"),
    path("practices/", practices.practices, name="practices"),
    path("practices/mine/", practices.mine, name="mine"),
    path("practices/begin/", writing.begin, name="begin"),
    path("practices/import/", writing.bring_in, name="bring_in"),
    path("practices/practices.<export:ending>", practices.export, name="export"),
    path("evidence/", syntheses.ratings, name="ratings"),
    path("evidence/ratings.csv", syntheses.ratings_file, name="ratings_file"),
    path("evidence/begin/", syntheses.begin, name="begin_synthesis"),
    path("evidence/<slug:synthesis>/", syntheses.synthesis, name="synthesis"),
    path("evidence/<slug:synthesis>/study-table.csv", syntheses.study_table, name="study_table"),
    path("evidence/<slug:synthesis>/studies.csv", syntheses.listed, name="listed_studies"),
    path("evidence/<slug:synthesis>/put-forward/", studies.put_forward, name="put_forward"),
    path("evidence/<slug:synthesis>/import/", studies.bring_in, name="bring_studies_in"),
    path("evidence/<slug:synthesis>/appraise/", syntheses.appraise, name="appraise"),
    path("evidence/<slug:synthesis>/decide/", studies.decide_together, name="decide_together"),
    path("evidence/<slug:synthesis>/studies/<int:study_id>/", studies.study, name="study"),
    path(
        "evidence/<slug:synthesis>/studies/<int:study_id>/do/<slug:act_slug>/",
        studies.decide,
        name="decide",
    ),
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
