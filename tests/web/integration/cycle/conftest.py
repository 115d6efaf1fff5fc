"""The framework's owner with its people, and a cycle."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from nhpf_web.cycle.actions.phases import open_cycle
from nhpf_web.cycle.models import Cycle
from nhpf_web.organisations.actions import framework_owner
from nhpf_web.organisations.models import Organisation, User
from nhpf_web.organisations.rules import Role

Person = Callable[..., User]


@pytest.fixture(autouse=True)
def data_of_the_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep frozen editions of a test to itself."""
    monkeypatch.setenv("NHPF_DATA", str(tmp_path))


@pytest.fixture
def owner(db: None) -> Organisation:
    """The organisation that answers for the framework."""
    return framework_owner()


@pytest.fixture
def editor(owner: Organisation, person: Person) -> User:
    """An editor of the framework."""
    return person("edith", Role.EDITOR, at=owner)


@pytest.fixture
def cycle(editor: User) -> Cycle:
    """A cycle that began at the start of 2026."""
    return open_cycle(name="Cycle 2026", started=date(2026, 1, 1), by=editor)
