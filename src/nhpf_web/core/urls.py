"""Addresses of the home page and the pages about the service."""

from django.urls import path

from nhpf_web.core import views
from nhpf_web.core.rules import TO_COME

app_name = "core"
urlpatterns = [
    path("", views.home, name="home"),
    *(path(f"{slug}/", views.section, {"slug": slug}, name=slug) for slug in TO_COME),
    path("health/", views.health, name="health"),
]
