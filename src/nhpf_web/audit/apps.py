"""The app's name."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The append-only log."""

    name = "nhpf_web.audit"
