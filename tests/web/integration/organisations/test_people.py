"""Adding and removing people: the right, the change and the log together."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.audit.models import Entry
from nhpf_web.organisations import queries
from nhpf_web.organisations.actions import add_membership, appoint, invite, remove_membership
from nhpf_web.organisations.models import Membership, Organisation, User
from nhpf_web.organisations.rules import Role

Person = Callable[..., User]
Browser = Callable[[User], Client]


def test_an_administrator_adds_a_role_and_the_log_has_it(
    person: Person, force: Organisation
) -> None:
    ann, ben = person("ann", Role.ADMINISTRATOR), person("ben")
    add_membership(ben, force, Role.ANALYST, by=ann, reason="New in post")
    assert queries.roles_of(ben, "north") == {Role.ANALYST}
    entry = Entry.objects.first()
    assert entry is not None
    assert (entry.verb, entry.who, entry.organisation) == ("collection", "ann", "north")
    assert (entry.subject, entry.reason) == ("membership:ben:analyst", "New in post")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_no_other_role_adds_people(person: Person, force: Organisation, role: Role) -> None:
    before = Entry.objects.count()
    with pytest.raises(NotPermitted):
        add_membership(person("ben"), force, Role.READER, by=person("ann", role))
    assert not queries.roles_of(User.objects.get(username="ben"), "north")
    assert Entry.objects.count() == before + 1, "only ann's own appointment is in the log"


def test_an_administrator_elsewhere_adds_nobody_here(
    person: Person, force: Organisation, other_force: Organisation
) -> None:
    eve = person("eve", Role.ADMINISTRATOR, at=other_force)
    with pytest.raises(NotPermitted):
        add_membership(eve, force, Role.READER, by=eve)


def test_a_refused_change_leaves_neither_account_nor_entry(
    person: Person, force: Organisation
) -> None:
    reader = person("ann", Role.READER)
    before = Entry.objects.count()
    with pytest.raises(NotPermitted):
        invite("new", force, Role.READER, by=reader, full_name="N Ew", reason="")
    assert not User.objects.filter(username="new").exists()
    assert Entry.objects.count() == before


def test_a_change_whose_entry_is_refused_is_undone(person: Person, force: Organisation) -> None:
    ann, ben = person("ann", Role.ADMINISTRATOR), person("ben")
    with pytest.raises(InvalidInput):
        add_membership(ben, force, Role.ANALYST, by=ann, reason="x" * 201)
    assert not queries.roles_of(ben, "north")


def test_a_role_twice_is_said(person: Person, force: Organisation) -> None:
    ann = person("ann", Role.ADMINISTRATOR)
    with pytest.raises(InvalidInput, match="already"):
        add_membership(ann, force, Role.ADMINISTRATOR, by=ann)


def test_the_last_administrator_cannot_be_removed(person: Person, force: Organisation) -> None:
    ann = person("ann", Role.ADMINISTRATOR)
    own = Membership.objects.get(user=ann)
    with pytest.raises(NotPermitted, match="last"):
        remove_membership(own, by=ann)
    ben = person("ben", Role.ADMINISTRATOR)
    remove_membership(own, by=ben)
    assert queries.roles_of(ann, "north") == frozenset()


def test_a_name_differs_by_more_than_its_case(person: Person) -> None:
    person("ann")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="ANN")


def test_the_database_knows_the_roles(person: Person, force: Organisation) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=person("ann"), organisation=force, role="king")


def test_a_name_with_a_colon_is_no_persons_name(force: Organisation) -> None:
    with pytest.raises(ValidationError):
        appoint("desk:editors", force, Role.READER)


def test_a_person_sees_own_organisations_only(
    person: Person, force: Organisation, other_force: Organisation
) -> None:
    ann = person("ann", Role.READER, Role.ANALYST)
    person("eve", Role.READER, at=other_force)
    assert list(queries.visible_to(ann)) == [force]
    assert {held.user.username for held in queries.memberships_visible_to(ann)} == {"ann"}


def test_an_administrator_sees_the_people_of_that_organisation(
    person: Person, force: Organisation, other_force: Organisation
) -> None:
    ann = person("ann", Role.ADMINISTRATOR)
    appoint("ann", other_force, Role.READER)
    person("ben", Role.READER)
    person("eve", Role.READER, at=other_force)
    seen = {held.user.username for held in queries.memberships_visible_to(ann)}
    assert seen == {"ann", "ben"}


def test_the_form_opens_an_account_and_shows_its_link_once(
    person: Person, as_user: Browser
) -> None:
    client = as_user(person("ann", Role.ADMINISTRATOR))
    asked = {"username": "new", "full_name": "Nia Ew", "role": "reader", "reason": ""}
    page = client.post("/organisations/north/add/", asked)
    assert "Nia Ew has an account" in page.text
    link = page.context["link"]
    opened = Client()
    form = opened.get(link, follow=True)
    passwords = {"password1": "correct horse battery", "password2": "correct horse battery"}
    opened.post(form.redirect_chain[-1][0], passwords)
    assert User.objects.get(username="new").check_password("correct horse battery")
    assert "no longer works" in Client().get(link, follow=True).text


def test_no_link_is_shown_for_an_account_that_exists(
    person: Person, other_force: Organisation, as_user: Browser
) -> None:
    """Else an administrator could take over an account of another organisation."""
    appoint("eve", other_force, Role.READER)
    client = as_user(person("ann", Role.ADMINISTRATOR))
    asked = {"username": "eve", "full_name": "", "role": "reader", "reason": ""}
    page = client.post("/organisations/north/add/", asked, follow=True)
    assert "eve now has this role in North Police" in page.text
    assert "password/reset/key" not in page.text


def test_removing_asks_first(person: Person, as_user: Browser) -> None:
    client = as_user(person("ann", Role.ADMINISTRATOR))
    held = Membership.objects.get(user=person("ben", Role.READER))
    address = f"/organisations/north/remove/{held.pk}/"
    assert "Remove ben as reader?" in client.get(address).text
    assert Membership.objects.filter(pk=held.pk).exists()
    client.post(address, {"reason": "Left"})
    assert not Membership.objects.filter(pk=held.pk).exists()
