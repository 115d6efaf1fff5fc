"""Addresses of the home page and the pages about the service."""

from django.urls import path

from nhpf_web.core import views

app_name = "core"
urlpatterns = [
    path("", views.home, name="home"),
    path("health/", views.health, name="health"),
]
