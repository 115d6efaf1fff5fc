"""Profiles of every place, built once for all tests that look at them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from nhpf.framework import Edition
from nhpf.profile import build
from nhpf.records import Release, find_area
from nhpf.reports.tree import Report

Profile = Callable[..., Report]


@pytest.fixture(scope="session")
def profile(release: Release, edition: Edition) -> Profile:
    """Return a function from an area's code or name, and an audience, to its profile."""

    @cache
    def built(area: str, audience: str = "public") -> Report:
        found = find_area(area, release)
        return build(found, release=release, edition=edition, audience=audience)  # type: ignore[arg-type]

    return built
