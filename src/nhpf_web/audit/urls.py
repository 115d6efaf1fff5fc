"""The auditor's page."""

from django.urls import path

from nhpf_web.audit import views

app_name = "audit"
urlpatterns = [path("", views.log, name="log")]
