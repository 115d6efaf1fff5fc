"""The settings that an installation chooses, read from the environment and checked once.

A missing or malformed setting raises a sentence that names it and never repeats its value,
because the value may be a secret.

``NHPF_ENV`` development (default) or production; ``NHPF_SECRET_KEY`` and ``NHPF_ALLOWED_HOSTS``
needed in production; ``NHPF_DATA`` the data folder; ``NHPF_DATABASE_URL`` PostgreSQL or SQLite,
by default SQLite in the data folder; ``NHPF_EDITION`` the edition that pages show, by default the
one that is shipped; ``NHPF_EMAIL_URL`` and ``NHPF_EMAIL_FROM`` how e-mail leaves, by default not at
all in production and to the terminal in development.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from nhpf.framework import edition_names
from nhpf.framework.reading import CURRENT_EDITION

Mode = Literal["development", "production"]
CHECKOUT = Path(__file__).resolve().parents[3]
SHORTEST_SECRET = 50
DEVELOPMENT_SECRET = "for development only: production refuses to start without its own"
DEVELOPMENT_HOSTS = ("localhost", "127.0.0.1", "[::1]", "testserver")
EDITION = re.compile(r"[A-Za-z0-9_-]+")
EMAIL_SENDER = re.compile(r"[^@\s]+@[A-Za-z0-9.-]+")
HOST = re.compile(r"\.?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\]")


@dataclass(frozen=True, slots=True)
class Email:
    """How notices leave by e-mail; ``backend`` is the name of one of Django's own."""

    backend: Literal["dummy", "console", "filebased", "smtp"]
    sender: str = ""
    folder: str = ""
    host: str = ""
    port: int = 587
    user: str = ""
    password: str = ""
    is_tls_from_the_start: bool = False


@dataclass(frozen=True, slots=True)
class Environment:
    """What the environment says, after checking.

    Attributes
    ----------
    mode : {"development", "production"}
    secret_key : str
        Signs sessions and forms.
    allowed_hosts : tuple of str
        The host names that the service answers to.
    data : Path
        The folder of releases and, with SQLite, of the database.
    database : dict
        Django's description of the one database.
    edition : str
        The edition of the framework that pages show: shipped, or frozen in the data folder.
    email : Email
        The way of outgoing e-mail.
    """

    mode: Mode
    secret_key: str
    allowed_hosts: tuple[str, ...]
    data: Path
    database: dict[str, Any]
    edition: str
    email: Email

    @property
    def is_production(self) -> bool:
        """Whether real people rely on this installation."""
        return self.mode == "production"

    @property
    def address(self) -> str:
        """Where the service is reached, for links in messages: its first host name."""
        host = self.allowed_hosts[0].removeprefix(".")
        return f"https://{host}" if self.is_production else "http://127.0.0.1:8000"


def read_environment(variables: Mapping[str, str] = os.environ) -> Environment:
    """Return the checked settings.

    Raises
    ------
    ImproperlyConfigured
        In a sentence that names the setting that is missing or malformed.
    """
    mode = _mode(variables)
    data = _data(variables)
    return Environment(
        mode=mode,
        secret_key=_secret_key(variables, mode),
        allowed_hosts=_allowed_hosts(variables, mode),
        data=data,
        database=_database(variables, data),
        edition=_edition(variables, data),
        email=_email(variables, mode),
    )


def _mode(variables: Mapping[str, str]) -> Mode:
    match variables.get("NHPF_ENV", "development"):
        case "development":
            return "development"
        case "production":
            return "production"
    raise ImproperlyConfigured("NHPF_ENV must be development or production.")


def _secret_key(variables: Mapping[str, str], mode: Mode) -> str:
    key = variables.get("NHPF_SECRET_KEY", "")
    if not key and mode == "development":
        return DEVELOPMENT_SECRET
    if not key:
        raise ImproperlyConfigured(
            "NHPF_SECRET_KEY is missing. Set it to a random text of 50 characters or more."
        )
    if len(key) < SHORTEST_SECRET or key == DEVELOPMENT_SECRET:
        raise ImproperlyConfigured(
            "NHPF_SECRET_KEY is too short or well known."
            " Set it to a random text of 50 characters or more."
        )
    return key


def _allowed_hosts(variables: Mapping[str, str], mode: Mode) -> tuple[str, ...]:
    text = variables.get("NHPF_ALLOWED_HOSTS", "")
    if not text and mode == "development":
        return DEVELOPMENT_HOSTS
    if not text:
        raise ImproperlyConfigured(
            "NHPF_ALLOWED_HOSTS is missing."
            " Set it to the host names of this service, with commas between them."
        )
    hosts = tuple(host.strip() for host in text.split(","))
    if not all(HOST.fullmatch(host) for host in hosts):
        raise ImproperlyConfigured(
            "NHPF_ALLOWED_HOSTS must be host names with commas between them,"
            " without https:// and without a star."
        )
    return hosts


def _data(variables: Mapping[str, str]) -> Path:
    text = variables.get("NHPF_DATA", "")
    folder = Path(text).expanduser() if text else _default_data(variables)
    if not folder.is_absolute():
        raise ImproperlyConfigured("NHPF_DATA must be a folder's full path.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise ImproperlyConfigured(
            "NHPF_DATA must be a folder that this user may write in, or may make."
        ) from None
    return folder


def _edition(variables: Mapping[str, str], data: Path) -> str:
    name = variables.get("NHPF_EDITION") or CURRENT_EDITION
    is_frozen = EDITION.fullmatch(name) and (data / "editions" / name / "edition.toml").is_file()
    if name not in edition_names() and not is_frozen:
        raise ImproperlyConfigured(
            "NHPF_EDITION must name an edition that is shipped or was frozen in the data folder."
        )
    return name


def _default_data(variables: Mapping[str, str]) -> Path:
    """Return ``var`` in a checkout, else the user's own data folder."""
    if (CHECKOUT / "pyproject.toml").exists():
        return CHECKOUT / "var"
    return Path(variables.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "nhpf"


def _database(variables: Mapping[str, str], data: Path) -> dict[str, Any]:
    address = variables.get("NHPF_DATABASE_URL", "")
    if not address:
        return _sqlite(data / "nhpf.sqlite3")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise _malformed_database() from None
    match parts.scheme:
        case "sqlite" if parts.path.startswith("/") and not parts.netloc:
            return _sqlite(Path(unquote(parts.path)))
        case "postgres" | "postgresql" if parts.hostname and len(parts.path) > 1:
            return {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": unquote(parts.path[1:]),
                "USER": unquote(parts.username or ""),
                "PASSWORD": unquote(parts.password or ""),
                "HOST": parts.hostname,
                "PORT": str(port or ""),
                "CONN_MAX_AGE": 60,
                "CONN_HEALTH_CHECKS": True,
            }
    raise _malformed_database()


def _malformed_database() -> ImproperlyConfigured:
    return ImproperlyConfigured(
        "NHPF_DATABASE_URL must look like postgresql://user:password@host:port/name"
        " or sqlite:///folder/file."
    )


def _sqlite(path: Path) -> dict[str, Any]:
    # Write-ahead logging lets readers and one writer work at once; IMMEDIATE makes a writer
    # wait its turn at the start of a transaction instead of failing in the middle of it.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def _email(variables: Mapping[str, str], mode: Mode) -> Email:
    address, sender = variables.get("NHPF_EMAIL_URL", ""), variables.get("NHPF_EMAIL_FROM", "")
    if not address:
        return Email("dummy" if mode == "production" else "console", "nhpf@localhost")
    if not EMAIL_SENDER.fullmatch(sender):
        raise ImproperlyConfigured(
            "NHPF_EMAIL_FROM must be the e-mail address that notices come from."
        )
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise _malformed_email() from None
    match parts.scheme:
        case "file" if parts.path.startswith("/") and not parts.netloc:
            return Email("filebased", sender, folder=unquote(parts.path))
        case "smtp" | "smtps" if parts.hostname and parts.path in {"", "/"}:
            is_tls_from_the_start = parts.scheme == "smtps"
            return Email(
                "smtp",
                sender,
                host=parts.hostname,
                port=port or (465 if is_tls_from_the_start else 587),
                user=unquote(parts.username or ""),
                password=unquote(parts.password or ""),
                is_tls_from_the_start=is_tls_from_the_start,
            )
    raise _malformed_email()


def _malformed_email() -> ImproperlyConfigured:
    return ImproperlyConfigured(
        "NHPF_EMAIL_URL must look like smtp://user:password@host:port, smtps://host or"
        " file:///folder."
    )
