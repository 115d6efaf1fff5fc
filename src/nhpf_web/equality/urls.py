"""The register of equality impact assessments and everything under it."""

from django.urls import path

from nhpf_web.equality.views import reading, signing, writing

app_name = "equality"
urlpatterns = [
    path("", reading.register, name="register"),
    path("start/", writing.start, name="start"),
    path("<slug:reference>/", reading.assessment, name="assessment"),
    path("<slug:reference>/change/<slug:slug>/", writing.change, name="change"),
    path("<slug:reference>/mitigations/add/", writing.add_mitigation, name="add_mitigation"),
    path(
        "<slug:reference>/mitigations/<int:mitigation_id>/remove/",
        writing.remove_mitigation,
        name="remove_mitigation",
    ),
    path("<slug:reference>/sign/", signing.sign, name="sign"),
    path("<slug:reference>/reopen/", signing.reopen, name="reopen"),
]
