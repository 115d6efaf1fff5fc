"""The app's name."""

from django.apps import AppConfig


class WhatWorksConfig(AppConfig):
    """The framework: entries, their evidence and their sources."""

    name = "nhpf_web.what_works"
