"""An assessment from its first word to its signature, and what that publishes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.audit.models import Entry
from nhpf_web.equality import actions, queries
from nhpf_web.equality.models import Assessment
from nhpf_web.equality.rules import CHARACTERISTICS, PARTS, Status
from nhpf_web.organisations.models import Organisation, User
from nhpf_web.organisations.rules import Role

Person = Callable[..., User]
Browser = Callable[[User], Client]
SAID = {"outcome": "adjust", "review_due": date(2090, 1, 1)}


@pytest.fixture
def author(person: Person) -> User:
    return person("ann", Role.EDITOR)


@pytest.fixture
def lead(person: Person) -> User:
    return person("lee", Role.EQUALITY_LEAD)


@pytest.fixture
def draft(author: User) -> Assessment:
    return actions.draft(
        organisation="north", title="Knife profile", kind="profile", identity="knife", by=author
    )


@pytest.fixture
def complete(draft: Assessment, author: User) -> Assessment:
    for part in PARTS:
        values = {name: SAID.get(name, "Said") for name in part.fields}
        actions.change_part(draft, part, values, by=author)
    answers = dict.fromkeys(CHARACTERISTICS, ("neutral", "Because")) | {"race": ("-", "Because")}
    actions.change_effects(draft, answers, by=author)
    actions.add_mitigation(draft, action="Ask", owner="Desk", due=date(2080, 1, 1), by=author)
    return Assessment.objects.get(pk=draft.pk)


def test_a_signature_by_another_publishes(complete: Assessment, lead: User) -> None:
    assert not queries.is_published("profile-knife")
    actions.sign(complete, by=lead, reason="Read")
    assert queries.is_published("profile-knife")
    assert queries.published_references() == {"eia-knife-profile"}
    entry = Entry.objects.first()
    assert entry is not None
    assert (entry.who, entry.subject) == ("lee", "assessment:eia-knife-profile")
    assert entry.reason == "Signed. Read"


def test_the_author_cannot_sign_even_as_equality_lead(
    complete: Assessment, author: User, person: Person
) -> None:
    person("ann", Role.EQUALITY_LEAD)
    with pytest.raises(NotPermitted, match="You wrote some"):
        actions.sign(complete, by=author)
    assert not queries.is_published("profile-knife")


def test_whoever_changed_a_word_cannot_sign(complete: Assessment, lead: User) -> None:
    actions.change_part(complete, PARTS[1], {"affected": "Others"}, by=lead)
    with pytest.raises(NotPermitted, match="You wrote some"):
        actions.sign(complete, by=lead)


def test_the_database_refuses_the_author_as_signer(complete: Assessment, author: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.filter(pk=complete.pk).update(
            status=Status.SIGNED, signed_by=author, signed_at=timezone.now()
        )


def test_the_database_refuses_half_a_signature(complete: Assessment, lead: User) -> None:
    for half in ({"status": Status.SIGNED}, {"signed_by": lead}, {"signed_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Assessment.objects.filter(pk=complete.pk).update(**half)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.EQUALITY_LEAD])
def test_no_other_role_signs(complete: Assessment, person: Person, role: Role) -> None:
    with pytest.raises(NotPermitted):
        actions.sign(complete, by=person("ben", role))


def test_an_equality_lead_of_another_organisation_does_not_sign(
    complete: Assessment, person: Person, other_force: Organisation
) -> None:
    with pytest.raises(NotPermitted):
        actions.sign(complete, by=person("eve", Role.EQUALITY_LEAD, at=other_force))


def test_what_is_not_complete_is_not_signed(draft: Assessment, lead: User) -> None:
    with pytest.raises(InvalidInput, match="Not complete"):
        actions.sign(draft, by=lead)


def test_a_worse_effect_needs_a_mitigation(complete: Assessment, author: User) -> None:
    mitigation = complete.mitigations.get()
    actions.remove_mitigation(mitigation, by=author)
    assert queries.missing_parts(complete) == ("Mitigations",)


def test_reopening_takes_out_of_publication(complete: Assessment, author: User, lead: User) -> None:
    actions.sign(complete, by=lead)
    with pytest.raises(NotPermitted):
        actions.change_part(complete, PARTS[1], {"affected": "Others"}, by=author)
    with pytest.raises(InvalidInput):
        actions.reopen(complete, by=author, reason=" ")
    actions.reopen(complete, by=author, reason="New data")
    assert not queries.is_published("profile-knife")
    actions.change_part(complete, PARTS[1], {"affected": "Others"}, by=author)


def test_an_overdue_review_takes_out_of_publication(complete: Assessment, lead: User) -> None:
    actions.sign(complete, by=lead)
    yesterday = timezone.localdate() - timedelta(days=1)
    Assessment.objects.filter(pk=complete.pk).update(review_due=yesterday)
    assert not queries.is_published("profile-knife")
    assert "review date has passed" in Client().get("/equality/eia-knife-profile/").text


def test_a_reference_is_given_once(author: User, draft: Assessment) -> None:
    again = actions.draft(
        organisation="north", title="Knife profile", kind="profile", identity="knife", by=author
    )
    assert (draft.reference, again.reference) == ("eia-knife-profile", "eia-knife-profile-2")


def test_a_draft_is_its_organisations_own(
    draft: Assessment, author: User, person: Person, other_force: Organisation, as_user: Browser
) -> None:
    eve = person("eve", Role.EQUALITY_LEAD, Role.EDITOR, at=other_force)
    assert draft in queries.visible_to(author)
    assert draft not in queries.visible_to(eve)
    assert draft not in queries.visible_to(AnonymousUser())
    for step in ("", "sign/", "reopen/", "change/people/", "mitigations/add/"):
        assert as_user(eve).get(f"/equality/{draft.reference}/{step}").status_code == 404


def test_a_signed_assessment_is_everybodys_to_read(complete: Assessment, lead: User) -> None:
    actions.sign(complete, by=lead)
    page = Client().get("/equality/eia-knife-profile/")
    assert "Signed by lee" in page.text
    assert "Reopen" not in page.text
    assert "eia-knife-profile" in Client().get("/equality/").text


def post(client: Client, address: str, **values: Any) -> str:
    return client.post(f"/equality/{address}", values, follow=True).text


def test_the_pages_lead_from_the_first_word_to_the_signature(
    author: User, lead: User, as_user: Browser
) -> None:
    writer, reader = as_user(author), as_user(lead)
    start = {"title": "Alcohol", "organisation": "north", "subject_kind": "page"}
    assert "There is a problem" in post(writer, "start/", **start)
    assert "This is a draft" in post(writer, "start/", **start, subject_id="alcohol")
    signing = {"is_read": "on", "reason": ""}
    assert "Not complete: What is being decided" in post(reader, "eia-alcohol/sign/", **signing)
    for part in PARTS:
        values = dict.fromkeys(part.fields, "Said")
        values |= {"outcome": "no change", "review_due": "1 1 2090"}
        effects = {f"effect_{number}": "neutral" for number in range(9)}
        reasons = {f"rationale_{number}": "Because" for number in range(9)}
        saved = post(writer, f"eia-alcohol/change/{part.slug}/", **values, **effects, **reasons)
        assert f"Saved: {part.title}" in saved
    page = post(writer, "eia-alcohol/mitigations/add/", action="Ask", owner="Desk", due="1/2/2027")
    assert "Desk answers for it, by 1 February 2027." in page
    assert "Before it can be signed" not in page
    assert "Confirm that you have read it" in post(reader, "eia-alcohol/sign/", reason="")
    assert "is signed and published" in post(reader, "eia-alcohol/sign/", **signing)
    assert queries.is_published("page-alcohol")
    assert "is a draft again" in post(writer, "eia-alcohol/reopen/", reason="New data")


def test_a_wrong_date_is_said_with_what_was_typed_kept(
    draft: Assessment, author: User, as_user: Browser
) -> None:
    asked = {"outcome": "adjust", "outcome_reason": "Said", "standing": "", "review_due": "soon"}
    page = post(as_user(author), f"{draft.reference}/change/outcome/", **asked)
    assert "Enter a real date, such as 27 3 2027." in page
    assert 'value="soon"' in page


def test_an_effect_without_a_reason_is_asked_for(
    draft: Assessment, author: User, as_user: Browser
) -> None:
    page = post(as_user(author), f"{draft.reference}/change/effects/", effect_5="-")
    assert "Say why, for race." in page
    assert not draft.effects.exists()


def test_an_organisation_of_others_cannot_be_drafted_for(
    author: User, other_force: Organisation, as_user: Browser
) -> None:
    start = {"title": "A", "organisation": "south", "subject_kind": "page", "subject_id": "a"}
    assert "There is a problem" in post(as_user(author), "start/", **start)
    assert not Assessment.objects.exists()
