"""Settings from the environment: a wrong one stops the start with a sentence that names it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from nhpf_web.config.environment import DEVELOPMENT_SECRET, read_environment

ROOT = Path(__file__).parents[4]
LONG = "k" * 60


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    """The least that a production installation sets."""
    return {
        "NHPF_ENV": "production",
        "NHPF_SECRET_KEY": LONG,
        "NHPF_ALLOWED_HOSTS": "nhpf.example,www.nhpf.example",
        "NHPF_DATA": str(tmp_path),
    }


def test_development_needs_nothing_but_a_folder(tmp_path: Path) -> None:
    held = read_environment({"NHPF_DATA": str(tmp_path / "new")})
    assert held.mode == "development"
    assert held.data.is_dir()
    assert held.database["NAME"] == tmp_path / "new" / "nhpf.sqlite3"
    assert set(held.allowed_hosts) <= {"localhost", "127.0.0.1", "[::1]", "testserver"}


def test_production_reads_what_it_is_given(production: dict[str, str]) -> None:
    production["NHPF_DATABASE_URL"] = "postgresql://an%40n:p%2Fw@db.example:5433/nhpf"
    held = read_environment(production)
    assert held.is_production
    assert held.allowed_hosts == ("nhpf.example", "www.nhpf.example")
    assert held.database["ENGINE"].endswith("postgresql")
    assert {held.database[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")} == {
        "an@n", "p/w", "db.example", "5433", "nhpf"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NHPF_ENV", "staging"),
        ("NHPF_SECRET_KEY", ""),
        ("NHPF_SECRET_KEY", "s3cret"),
        ("NHPF_SECRET_KEY", DEVELOPMENT_SECRET),
        ("NHPF_ALLOWED_HOSTS", ""),
        ("NHPF_ALLOWED_HOSTS", "*"),
        ("NHPF_ALLOWED_HOSTS", "https://nhpf.example"),
        ("NHPF_DATA", "relative/folder"),
        ("NHPF_DATA", "/dev/null/folder"),
        ("NHPF_DATABASE_URL", "mysql://db.example/nhpf"),
        ("NHPF_DATABASE_URL", "postgresql://db.example"),
        ("NHPF_DATABASE_URL", "postgresql://db.example:port/nhpf"),
        ("NHPF_DATABASE_URL", "sqlite://relative.sqlite3"),
        ("NHPF_EMAIL_URL", "https://mail.example"),
        ("NHPF_EMAIL_URL", "smtp://:25"),
        ("NHPF_EMAIL_URL", "smtp://mail.example:port"),
        ("NHPF_EMAIL_URL", "file://relative/folder"),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_is_not(
    production: dict[str, str], name: str, value: str
) -> None:
    production["NHPF_EMAIL_FROM"] = "nhpf@police.example"
    production[name] = value
    with pytest.raises(ImproperlyConfigured) as fault:
        read_environment(production)
    assert name in str(fault.value)
    assert not value or value not in str(fault.value)


@pytest.mark.parametrize("sender", ["", "no address", "a@b c", "@police.example"])
def test_e_mail_comes_from_an_address(production: dict[str, str], sender: str) -> None:
    production |= {"NHPF_EMAIL_URL": "smtp://mail.example", "NHPF_EMAIL_FROM": sender}
    with pytest.raises(ImproperlyConfigured, match="NHPF_EMAIL_FROM"):
        read_environment(production)


def test_e_mail_leaves_only_where_it_is_asked_for(production: dict[str, str]) -> None:
    assert read_environment(production).email.backend == "dummy"
    production["NHPF_EMAIL_FROM"] = "nhpf@police.example"
    production["NHPF_EMAIL_URL"] = "smtp://an%40n:p%2Fw@mail.example"
    held = read_environment(production).email
    assert (held.backend, held.host, held.port) == ("smtp", "mail.example", 587)
    assert (held.user, held.password, held.is_tls_from_the_start) == ("an@n", "p/w", False)
    production["NHPF_EMAIL_URL"] = "smtps://mail.example"
    held = read_environment(production).email
    assert (held.port, held.is_tls_from_the_start) == (465, True)
    production["NHPF_EMAIL_URL"] = "file:///var/spool/nhpf"
    assert read_environment(production).email.folder == "/var/spool/nhpf"


def test_links_in_messages_begin_with_the_first_host_name(production: dict[str, str]) -> None:
    assert read_environment(production).address == "https://nhpf.example"


@pytest.mark.parametrize("start", [["manage.py", "check"], ["-c", "import nhpf_web.config.wsgi"]])
def test_a_wrong_setting_stops_the_start(start: list[str], tmp_path: Path) -> None:
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "src"),
        "NHPF_ENV": "production",
        "NHPF_DATA": str(tmp_path),
    }
    ended = subprocess.run(
        [sys.executable, *start], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert ended.returncode != 0
    assert "NHPF_SECRET_KEY is missing." in ended.stderr.splitlines()[-1]
    if "manage.py" in start:
        assert "Traceback" not in ended.stderr


def test_the_edition_is_shipped_or_was_frozen_here(tmp_path: Path) -> None:
    given = {"NHPF_DATA": str(tmp_path)}
    assert read_environment(given).edition == "2026"
    assert read_environment(given | {"NHPF_EDITION": "2026"}).edition == "2026"
    for wrong in ("1926", "../2026", "2028"):
        with pytest.raises(ImproperlyConfigured, match="NHPF_EDITION"):
            read_environment(given | {"NHPF_EDITION": wrong})
    (tmp_path / "editions" / "2028").mkdir(parents=True)
    (tmp_path / "editions" / "2028" / "edition.toml").touch()
    assert read_environment(given | {"NHPF_EDITION": "2028"}).edition == "2028"
