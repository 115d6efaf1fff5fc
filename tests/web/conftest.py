"""The database that the tests run on, people to run them as, and a site that really serves."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from nhpf_web.organisations.actions import appoint, open_organisation
from nhpf_web.organisations.models import Organisation, User
from nhpf_web.organisations.rules import Kind, Role

ROOT = Path(__file__).parents[2]
PATIENCE = 60


@pytest.fixture(scope="session", autouse=True)
def database_asked_for() -> None:
    """NHPF_TEST_DATABASE=postgres asks for the server of NHPF_DATABASE_URL; else SQLite."""
    asked = os.environ.get("NHPF_TEST_DATABASE", "sqlite")
    vendor = {"sqlite": "sqlite", "postgres": "postgresql"}[asked]
    assert connection.vendor == vendor, (
        f"These tests were to run on {vendor} and would run on {connection.vendor}:"
        " set NHPF_TEST_DATABASE and NHPF_DATABASE_URL together, or neither."
    )


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Hash passwords quickly: slowness is the point elsewhere, not here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def force(db: None) -> Organisation:
    """A force."""
    return open_organisation("north", name="North Police", kind=Kind.FORCE)


@pytest.fixture
def other_force(db: None) -> Organisation:
    """Another force, which has no business with the first."""
    return open_organisation("south", name="South Police", kind=Kind.FORCE)


Person = Callable[..., User]


@pytest.fixture
def person(force: Organisation) -> Person:
    """Make people: ``person("ann", Role.ANALYST)`` in the force, or ``at=`` another."""

    def make(name: str, *roles: Role, at: Organisation = force) -> User:
        user, _ = User.objects.get_or_create(username=name)
        for role in roles:
            appoint(name, at, role)
        return user

    return make


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    """Return a browser in which somebody has signed in."""

    def browser(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="nhpf_web.organisations.actions.signing_in.SignIn")
        return client

    return browser


@dataclass(frozen=True, slots=True)
class Site:
    """A site that serves: its address, its data folder and the demonstration's password."""

    address: str
    data: Path
    password: str


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Set an installation up as ``make run`` does, and serve it with gunicorn."""
    data = tmp_path_factory.mktemp("site")
    env = os.environ | {"NHPF_DATA": str(data), "NHPF_DATABASE_URL": "", "PYTHONPATH": "src"}
    said = subprocess.run(
        [sys.executable, "manage.py", "set_up"],
        cwd=ROOT, env=env, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    password = said.split("Password for all of them: ")[1].split()[0]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--bind", address,
         "--config", "python:nhpf_web.config.gunicorn", "nhpf_web.config.wsgi"],
        cwd=ROOT, env=env,
    )  # fmt: skip
    try:
        _wait_for(f"http://{address}/health/")
        yield Site(f"http://{address}", data, password)
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def _wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
