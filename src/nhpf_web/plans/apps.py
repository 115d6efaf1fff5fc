"""The app of problems and, later, plans and their evaluations."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Problems that organisations work on."""

    name = "nhpf_web.plans"
