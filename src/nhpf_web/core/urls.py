"""Addresses of the sections to come and of the answer to monitors."""

from django.urls import path

from nhpf_web.core import views
from nhpf_web.core.rules import TO_COME

app_name = "core"
urlpatterns = [
    *(path(f"{slug}/", views.section, {"slug": slug}, name=slug) for slug in TO_COME),
    path("health/", views.health, name="health"),
]
