"""Profiles of every place, built once for all tests that look at them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from nhpf.framework import Edition
from nhpf.profile import build
from nhpf.records import Release, find_area, open_release
from nhpf.records.importing import import_files
from nhpf.records.synthetic_cases import places_of, synthesise_cases
from nhpf.reports.tree import Report

Profile = Callable[..., Report]


@pytest.fixture(scope="session")
def raised() -> frozenset[tuple[str, str]]:
    """The forces in which the made-up nation has three times as many of one sub-type."""
    forces = ("E23000003", "E23000012", "E23000020", "E23000028", "E23000036")
    return frozenset((force, "5 male non-domestic 25 and over public space") for force in forces)


@pytest.fixture(scope="session")
def full(raised: frozenset[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release with made-up cases of the whole nation, for what open data cannot fill."""
    root = tmp_path_factory.mktemp("full")
    made = synthesise_cases(
        tmp_path_factory.mktemp("made-up"),
        places_of(),
        rng=2,
        raised={force: {subtype: 3.0} for force, subtype in raised},
    )
    for source, (path, _) in made.files.items():
        import_files(source, [path], root=root)
    return open_release(root=root)


@pytest.fixture(scope="session")
def profile(release: Release, edition: Edition) -> Profile:
    """Return a function from an area's code or name, and an audience, to its profile."""

    @cache
    def built(area: str, audience: str = "public") -> Report:
        found = find_area(area, release)
        return build(found, release=release, edition=edition, audience=audience)  # type: ignore[arg-type]

    return built
