"""Signing in: closed accounts, demonstration accounts, guessing."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from nhpf_web.organisations.models import Membership, User
from nhpf_web.organisations.rules import Role

Person = Callable[..., User]
LOGIN = "/accounts/login/"
PASSWORD = "correct horse battery"


@pytest.fixture
def ann(person: Person) -> User:
    user = person("ann", Role.READER)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, name: str, password: str = PASSWORD) -> Any:
    return client.post(LOGIN, {"login": name, "password": password})


def test_name_and_password_sign_in(ann: User, client: Client) -> None:
    assert sign_in(client, "ann").status_code == 302
    page = client.get("/organisations/")
    assert "North Police" in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_a_wrong_password_is_said_without_saying_which_part(ann: User, client: Client) -> None:
    wrong_password = sign_in(client, "ann", "wrong").text
    wrong_name = sign_in(client, "nobody", "wrong").text
    assert "There is a problem" in wrong_password
    assert wrong_name.count("error") == wrong_password.count("error")


def test_guessing_locks_the_name(ann: User, client: Client) -> None:
    for _ in range(5):
        last = sign_in(client, "ann", "wrong")
    assert last.status_code == 429
    assert "Too many wrong passwords" in last.text
    assert sign_in(client, "ann").status_code == 429, "the right password is locked too"


def test_nobody_opens_an_account_for_themselves(client: Client, db: None) -> None:
    assert "opened by administrators" in client.get("/accounts/signup/").text
    answer = client.post("/accounts/signup/", {"username": "x", "password1": PASSWORD})
    assert answer.status_code == 405
    assert not User.objects.filter(username="x").exists()


def test_a_closed_account_ends_at_once(ann: User, client: Client) -> None:
    sign_in(client, "ann")
    User.objects.filter(pk=ann.pk).update(is_active=False)
    assert client.get("/organisations/").status_code == 302


def test_signing_out_ends_the_session(ann: User, client: Client) -> None:
    sign_in(client, "ann")
    client.post("/accounts/logout/")
    assert client.get("/organisations/").status_code == 302


def test_a_desk_cannot_be_signed_in_as(client: Client, db: None) -> None:
    from nhpf_web.organisations.actions import add_desk

    desk = add_desk("Equality desk")
    assert not desk.has_usable_password()
    assert sign_in(client, desk.username, "").status_code == 200


def demonstrate(**options: Any) -> str:
    said = StringIO()
    call_command("demonstration", stdout=said, **options)
    return said.getvalue()


def test_the_demonstration_has_every_role_and_prints_its_password(client: Client, db: None) -> None:
    said = demonstrate()
    assert set(Membership.objects.values_list("role", flat=True)) == set(Role)
    assert User.objects.filter(is_demonstration=False).count() == 0
    password = said.split("Password for all of them: ")[1].strip()
    assert sign_in(client, "demo-analyst", password).status_code == 302


def test_a_second_demonstration_keeps_the_password_unless_asked(client: Client, db: None) -> None:
    password = demonstrate().split("Password for all of them: ")[1].strip()
    assert ".venv/bin/python manage.py demonstration --renew" in demonstrate()
    renewed = demonstrate(renew=True).split("Password for all of them: ")[1].strip()
    assert renewed != password
    assert sign_in(client, "demo-reader", password).status_code == 200
    assert sign_in(client, "demo-reader", renewed).status_code == 302


def test_production_refuses_to_make_a_demonstration(db: None, settings: Any) -> None:
    settings.NHPF_IS_PRODUCTION = True
    with pytest.raises(CommandError, match="NHPF_ENV is production"):
        demonstrate()
    assert not User.objects.exists()


def test_production_refuses_a_demonstration_account_that_is_there(
    client: Client, db: None, settings: Any
) -> None:
    password = demonstrate().split("Password for all of them: ")[1].strip()
    sign_in(client, "demo-analyst", password)
    assert client.get("/organisations/").status_code == 200
    settings.NHPF_IS_PRODUCTION = True
    assert client.get("/organisations/").status_code == 302, "an open session ends too"
    assert sign_in(Client(), "demo-analyst", password).status_code == 200


def test_the_command_line_opens_an_organisation(client: Client, db: None) -> None:
    said = StringIO()
    call_command("open_organisation", "east", "East Police", "force", "ada", stdout=said)
    link = said.getvalue().split()[-1]
    assert "Set your password" in client.get(link, follow=True).text
    again = StringIO()
    call_command("password_link", "ADA", stdout=again)
    assert "password/reset/key" in again.getvalue()
    with pytest.raises(CommandError):
        call_command("password_link", "nobody")
