"""Addresses of problems."""

from django.urls import path

from nhpf_web.plans import views

app_name = "plans"
urlpatterns = [
    path("problems/", views.problems, name="problems"),
    path("problems/new/", views.start, name="start"),
    path("problems/<int:problem_id>/", views.problem, name="problem"),
    path("problems/<int:problem_id>/<slug:act_slug>/", views.act, name="act"),
]
