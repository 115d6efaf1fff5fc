"""Who is told of what happens to a practice: each act, its people, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from nhpf.errors import NotPermitted
from nhpf_web.organisations import queries as organisations
from nhpf_web.organisations.actions import open_organisation
from nhpf_web.organisations.models import Notice, User
from nhpf_web.organisations.rules import Kind, NoticeKind, Role
from nhpf_web.what_works import actions
from nhpf_web.what_works.models import Remark, Version
from nhpf_web.what_works.rules import Act, State

if TYPE_CHECKING:
    from tests.web.integration.what_works.conftest import Person, Stage


def told(user: User, kind: NoticeKind) -> list[str]:
    """Return what a person was told of one kind, without the practice's title."""
    held = organisations.notices_of(user).filter(kind=kind).order_by("pk")
    return [one.text.split("”: ")[-1] for one in held]


def everybody(kind: NoticeKind) -> set[str]:
    """Return the names of all who were told something of a kind."""
    return set(Notice.objects.filter(kind=kind).values_list("user__username", flat=True))


def test_editors_hear_of_a_submission_and_of_a_signed_assessment(stage: Stage) -> None:
    stage.to(State.EQUALITY_SIGNED)
    assert everybody(NoticeKind.TO_DO) == {"edd", "eve"}
    assert told(stage.editor, NoticeKind.TO_DO) == [
        "it is submitted. Choose two assessors.",
        "its equality assessment is signed. It waits for publication.",
    ]


def test_an_editor_of_the_practices_own_force_hears_nothing(stage: Stage, person: Person) -> None:
    person("eve", Role.READER)
    stage.to(State.SUBMITTED)
    assert everybody(NoticeKind.TO_DO) == {"edd"}


def test_assessors_are_asked_and_the_owner_learns_no_name(stage: Stage) -> None:
    stage.to(State.CONSENSUS)
    assert everybody(NoticeKind.TO_ASSESS) == {"una", "duo"}
    assert everybody(NoticeKind.ASSESSED) == {"ann", "leo"}
    names = ("una", "duo", "ann", "edd")
    assert not any(name in one.text.split() for one in Notice.objects.all() for name in names)
    for one in organisations.notices_of(stage.first):
        assert "/versions/1/" in one.address


def test_the_owner_hears_that_the_dispute_is_answered(stage: Stage) -> None:
    stage.to(State.ANSWERED)
    assert everybody(NoticeKind.DECIDED) == {"ann", "leo"}
    assert "its owner’s dispute waits for a reply." in told(stage.editor, NoticeKind.TO_DO)


def test_who_follows_hears_of_adoption_replication_and_withdrawal(stage: Stage) -> None:
    practice = stage.to(State.PUBLISHED).practice
    actions.follow(practice, by=stage.third)
    actions.adopt(practice, organisation="south", plan="Here", by=stage.adopter)
    words = {"period": "2026", "adapted": "No", "dose": "Daily", "happened": "Less"}
    actions.log_replication(
        practice, organisation="south", told=words, finding="failed-local", by=stage.adopter
    )
    actions.withdraw(stage.version, by=stage.writer, reason="It is not safe")
    said = ["South Police adopts it.", "South Police logged a replication.", "it was withdrawn."]
    assert told(stage.third, NoticeKind.FOLLOWED) == said
    assert everybody(NoticeKind.FOLLOWED) == {"tri", "ann", "leo"}, "not whoever acted"


def test_who_follows_hears_of_a_new_version(stage: Stage) -> None:
    practice = stage.to(State.PUBLISHED).practice
    actions.follow(practice, by=stage.third)
    stage.version = actions.renew(stage.version, by=stage.writer)
    stage.to(State.PUBLISHED)
    assert told(stage.third, NoticeKind.FOLLOWED) == ["version 2 is published."]
    assert told(stage.lead, NoticeKind.PUBLISHED) == [
        "version 1 is published.", "version 2 is published.",
    ]  # fmt: skip


def test_a_question_goes_to_the_desk_and_its_answer_to_who_asked(stage: Stage) -> None:
    practice = stage.to(State.PUBLISHED).practice
    actions.ask(practice, organisation="south", text="How many staff?", by=stage.adopter)
    assert everybody(NoticeKind.QUESTION) == {"ann", "leo"}
    actions.answer(Remark.objects.get(), text="Two", by=stage.writer)
    assert everybody(NoticeKind.ANSWER) == {"ada"}
    (answer,) = organisations.notices_of(stage.adopter)
    assert answer.address == f"/what-works/{practice.permanent_id}/#questions"
    assert "How many" not in answer.text, "a notice holds no word of the question"


def test_a_refused_act_tells_nobody(stage: Stage) -> None:
    stage.to(State.CONSENSUS)
    before = Notice.objects.count()
    with pytest.raises(NotPermitted):
        actions.object_to(stage.version, Act.APPEAL, by=stage.writer, reason="Too soon")
    assert Notice.objects.count() == before


@pytest.mark.parametrize("kind", [Kind.COMMUNITY, Kind.FAMILIES])
def test_communities_and_families_comment_by_page_and_are_answered(
    stage: Stage, person: Person, as_user: Callable[[User], Client], client: Client, kind: Kind
) -> None:
    practice = stage.to(State.PUBLISHED).practice
    here = f"/what-works/{practice.permanent_id}/"
    voice = open_organisation("voice", name="Voice", kind=kind)
    fay = as_user(person("fay", Role.PARTNER, at=voice))
    assert f'href="{here}use/comment/"' in fay.get(here).text
    sent = {"organisation": "voice", "text": "Tell families before the press."}
    assert fay.post(f"{here}use/comment/", sent).status_code == 302
    assert told(stage.writer, NoticeKind.QUESTION)[0].startswith("Voice commented.")
    (question,) = organisations.notices_of(stage.writer).filter(kind=NoticeKind.QUESTION)
    writer = as_user(stage.writer)
    assert "Tell families before the press." in writer.get(question.address).text
    assert writer.post(question.address, {"text": "We will."}).status_code == 302
    page = client.get(here).text
    assert "Tell families before the press." in page
    assert "We will." in page
    assert everybody(NoticeKind.ANSWER) == {"fay"}


def test_nobody_else_comments(stage: Stage, as_user: Callable[[User], Client]) -> None:
    practice = stage.to(State.PUBLISHED).practice
    address = f"/what-works/{practice.permanent_id}/use/comment/"
    ada = as_user(stage.adopter)
    assert address not in ada.get(f"/what-works/{practice.permanent_id}/").text
    assert ada.post(address, {"organisation": "south", "text": "X"}).status_code == 403


def test_what_is_due_is_told_to_its_owners_once(stage: Stage) -> None:
    practice = stage.to(State.PUBLISHED).practice
    actions.ask(practice, organisation="south", text="How many?", by=stage.adopter)
    assert actions.tell_what_is_due() == 0
    yesterday = timezone.localdate() - timedelta(days=1)
    Version.objects.filter(pk=stage.version.pk).update(review_due=yesterday)
    Remark.objects.update(answer_due=yesterday)
    for _ in range(2):
        assert actions.tell_what_is_due() == 2
        Notice.objects.update(read_at=timezone.now())
    assert everybody(NoticeKind.REVIEW_DUE) == {"ann", "leo"}
    assert everybody(NoticeKind.REPLY_DUE) == {"ann", "leo"}
    assert len(told(stage.lead, NoticeKind.REVIEW_DUE)) == 1
    assert len(told(stage.lead, NoticeKind.REPLY_DUE)) == 1


def test_the_command_says_what_it_did(stage: Stage) -> None:
    stage.to(State.REVIEW_DUE)
    said = StringIO()
    call_command("send_notices", stdout=said)
    assert said.getvalue() == "Overdue reviews and answers: 1.\nMessages sent: 0.\n"
