"""A release with made-up cases of the whole nation, for pages of restricted documents."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from nhpf.records.importing import import_files
from nhpf.records.synthetic_cases import places_of, synthesise_cases
from nhpf_web.organisations.actions import open_organisation
from nhpf_web.organisations.models import Organisation
from nhpf_web.organisations.rules import Kind
from nhpf_web.profiles.queries import reports

ESSEX = "E23000028"
PLACES = import_module("nhpf_web.profiles.queries.places")
RAISED = "5 male non-domestic 25 and over public space"


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose release holds made-up cases, with one sub-type raised in Essex."""
    root = tmp_path_factory.mktemp("made-up")
    made = synthesise_cases(
        tmp_path_factory.mktemp("cases"), places_of(), rng=2, raised={ESSEX: {RAISED: 3.0}}
    )
    path, _ = made.files["homicide_cases"]
    import_files("homicide_cases", [path], root=root)
    return root


@pytest.fixture
def screened(made_up: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The pages read that release."""
    monkeypatch.setenv("NHPF_DATA", str(made_up))
    caches = (
        PLACES._current, PLACES.opened, PLACES._places, reports._versions, reports._rendered,
    )  # fmt: skip
    for each in caches:
        each.cache_clear()
    yield
    for each in caches:
        each.cache_clear()


@pytest.fixture
def essex(db: None) -> Organisation:
    """The force whose area is Essex."""
    return open_organisation("essex", name="Essex Police", kind=Kind.FORCE, area_code=ESSEX)
