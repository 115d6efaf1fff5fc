"""What the whole service does at every address: headers, error pages, health, the database."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.utils import ConnectionHandler
from django.test import Client, RequestFactory
from pytest_django.plugin import DjangoDbBlocker

from nhpf_web.config.environment import read_environment
from nhpf_web.core import views

STRICT = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'",
    "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
    "object-src 'none'",
}  # fmt: skip


@pytest.mark.parametrize("address", ["/what-we-do/", "/accounts/login/", "/equality/", "/nowhere/"])
def test_every_page_has_the_strict_headers(client: Client, address: str, db: None) -> None:
    headers = client.get(address).headers
    policy = {part.strip() for part in headers["Content-Security-Policy"].split(";")}
    assert policy == STRICT
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_health_answers_and_asks_the_database(
    client: Client, db: None, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        answer = client.get("/health/")
    assert answer.json()["status"] == "ok"
    assert "no-store" in answer.headers["Cache-Control"]


def test_an_unknown_address_is_a_page_of_the_service(client: Client, db: None) -> None:
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "Page not found" in answer.text
    assert "OFFICIAL" in answer.text


def test_a_form_without_its_token_is_refused_in_our_words(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x"})
    assert answer.status_code == 403
    assert "This form has been open too long" in answer.text


def test_an_unknown_host_is_a_bad_request(db: None) -> None:
    assert (
        Client(raise_request_exception=False)
        .get("/what-we-do/", headers={"host": "elsewhere.example"})
        .status_code
        == 400
    )


def test_our_own_fault_needs_no_database() -> None:
    """The test has no database: a query would raise."""
    answer = views.server_error(RequestFactory().get("/what-works/"))
    assert answer.status_code == 500
    assert b"problem with the service" in answer.content
    assert b"Sign in" not in answer.content


def test_the_database_file_lets_readers_and_a_writer_work_at_once(
    tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    connections = ConnectionHandler(
        {"default": read_environment({"NHPF_DATA": str(tmp_path)}).database}
    )
    connection = connections["default"]
    try:
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone() == ("wal",)
        assert connection.transaction_mode == "IMMEDIATE"
    finally:
        connection.close()


def test_no_migration_is_missing(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
