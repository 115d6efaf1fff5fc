"""Saved views: an organisation's own, shared as a link, logged, and gone when deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError
from django.test import Client

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.audit.models import Entry
from nhpf_web.organisations.models import Organisation, User
from nhpf_web.organisations.rules import Role
from nhpf_web.search import actions, queries
from nhpf_web.search.models import SavedView

if TYPE_CHECKING:
    from tests.web.conftest import Person

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
QUERY = "q=knife&kind=intervention&prevention=secondary"


@pytest.fixture
def ann(person: Person) -> User:
    return person("ann", Role.ANALYST)


@pytest.fixture
def eve(person: Person, other_force: Organisation) -> User:
    return person("eve", *Role, at=other_force)


@pytest.fixture
def view(ann: User) -> SavedView:
    return actions.save_view(organisation="north", name="Knives, secondary", query=QUERY, by=ann)


def logged(subject: str) -> list[tuple[str, str, str]]:
    held = Entry.objects.filter(subject=subject).order_by("pk")
    return list(held.values_list("verb", "who", "organisation"))


def test_a_search_is_saved_from_its_page_and_followed_by_a_colleague(
    ann: User, person: Person, as_user: As
) -> None:
    browser = as_user(ann)
    page = browser.get(f"/search/?{QUERY}&page=1&odd=1")
    assert "/search/views/save/?q=knife&amp;kind=intervention&amp;prevention=secondary" in page.text
    form = browser.get(f"/search/views/save/?{QUERY}")
    assert "“knife”, only Interventions; Secondary: where risk is raised" in form.text
    answer = browser.post(
        f"/search/views/save/?{QUERY}", {"name": "Knives, secondary", "organisation": "north"}
    )
    assert answer.headers["Location"] == "/search/views/"
    view = SavedView.objects.get()
    assert (view.query, view.saved_by, view.organisation.slug) == (QUERY, ann, "north")
    assert logged(f"saved-view:{view.reference}") == [("collection", "ann", "north")]

    colleague = as_user(person("bob", Role.READER))
    assert "Knives, secondary" in colleague.get("/search/views/").text
    followed = colleague.get(f"/search/views/{view.reference}/", follow=True)
    assert followed.redirect_chain == [(f"/search/?{QUERY}", 302)]
    assert followed.context["count"] > 0


def test_others_do_not_find_it(view: SavedView, eve: User, as_user: As) -> None:
    stranger, nobody = as_user(eve), Client()
    addresses = [f"/search/views/{view.reference}/", f"/search/views/{view.reference}/delete/"]
    for address in addresses:
        assert stranger.get(address).status_code == 404
        assert stranger.post(address).status_code in {404, 405}
        assert nobody.get(address).headers["Location"].startswith("/accounts/login/")
    assert "Knives, secondary" not in stranger.get("/search/views/").text
    assert list(queries.visible_to(eve)) == []
    assert SavedView.objects.filter(pk=view.pk).exists()


def test_nobody_saves_for_another_organisation(ann: User, eve: User, as_user: As) -> None:
    with pytest.raises(NotPermitted):
        actions.save_view(organisation="north", name="x", query=QUERY, by=eve)
    answer = as_user(eve).post(
        f"/search/views/save/?{QUERY}", {"name": "x", "organisation": ann.memberships.get().pk}
    )
    assert answer.status_code == 200
    as_user(eve).post(f"/search/views/save/?{QUERY}", {"name": "x", "organisation": "north"})
    assert SavedView.objects.count() == 0


def test_whoever_saved_it_or_an_administrator_deletes_it(
    view: SavedView, person: Person, as_user: As
) -> None:
    colleague = person("bob", *(role for role in Role if role != Role.ADMINISTRATOR))
    assert as_user(colleague).post(f"/search/views/{view.reference}/delete/").status_code == 403
    with pytest.raises(NotPermitted):
        actions.delete_view(view, by=colleague)
    chief = as_user(person("cat", Role.ADMINISTRATOR))
    assert (
        "Delete “Knives, secondary”?" in chief.get(f"/search/views/{view.reference}/delete/").text
    )
    assert SavedView.objects.exists()
    chief.post(f"/search/views/{view.reference}/delete/")
    assert not SavedView.objects.exists()
    assert logged(f"saved-view:{view.reference}")[-1] == ("erasure", "cat", "north")


def test_who_left_the_organisation_deletes_nothing(view: SavedView, ann: User) -> None:
    ann.memberships.all().delete()
    with pytest.raises(NotPermitted):
        actions.delete_view(view, by=ann)


def test_a_name_is_used_once_and_nothing_is_not_saved(
    view: SavedView, ann: User, as_user: As
) -> None:
    answer = as_user(ann).post(
        "/search/views/save/?q=gun", {"name": view.name, "organisation": "north"}
    )
    assert "has a view with the name" in answer.text
    for query in ("", "q=" + "x" * 3000):
        with pytest.raises(InvalidInput):
            actions.save_view(organisation="north", name="y", query=query, by=ann)
    assert as_user(ann).get("/search/views/save/").headers["Location"] == "/search/"
    with pytest.raises(IntegrityError):
        SavedView.objects.create(
            reference="view-2", organisation=view.organisation, name=view.name, query="q=a",
            saved_by=ann,
        )  # fmt: skip


def test_nobody_is_offered_to_save(client: Client) -> None:
    assert "Save this view" not in client.get(f"/search/?{QUERY}").text
