"""The register of equality impact assessments and everything under it."""

from django.urls import path

from nhpf_web.equality.views import reading, registers, signing, writing

app_name = "equality"
urlpatterns = [
    path("", registers.register, name="register"),
    path("register.<str:ending>", registers.register_file, name="register_file"),
    path("mitigations/", registers.mitigations, name="mitigations"),
    path("mitigations.<str:ending>", registers.mitigations_file, name="mitigations_file"),
    path("without/", reading.without, name="without"),
    path("start/", writing.start, name="start"),
    path("<slug:reference>/", reading.assessment, name="assessment"),
    path("<slug:reference>/check/", writing.check, name="check"),
    path("<slug:reference>/change/<slug:slug>/", writing.change, name="change"),
    path("<slug:reference>/figures/refresh/", writing.refresh_figures, name="refresh_figures"),
    path("<slug:reference>/figures/<int:figure>/", writing.change_figure, name="change_figure"),
    path("<slug:reference>/mitigations/add/", writing.add_mitigation, name="add_mitigation"),
    path(
        "<slug:reference>/mitigations/<int:mitigation_id>/remove/",
        writing.remove_mitigation,
        name="remove_mitigation",
    ),
    path(
        "<slug:reference>/mitigations/<int:mitigation_id>/<slug:slug>/",
        signing.progress,
        name="progress",
    ),
    path("<slug:reference>/sign/", signing.sign, name="sign"),
    path("<slug:reference>/reopen/", signing.reopen, name="reopen"),
]
