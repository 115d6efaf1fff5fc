"""The way of a practice, from its first word to another force's replication, by direct call."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from nhpf.errors import InvalidInput, NotPermitted, PersonalData
from nhpf_web.audit.models import Entry
from nhpf_web.equality import actions as equality
from nhpf_web.equality import queries as assessments
from nhpf_web.equality.rules import parts_of
from nhpf_web.organisations.actions import appoint, open_organisation
from nhpf_web.organisations.rules import OWNER_SLUG, Kind, Role
from nhpf_web.what_works import actions, queries
from nhpf_web.what_works.models import Practice, Version
from nhpf_web.what_works.rules import STEPS, Act, State, step

if TYPE_CHECKING:
    from tests.web.integration.what_works.conftest import Person, Stage


def test_a_practice_comes_to_readers_and_is_repeated(stage: Stage) -> None:
    stage.to(State.EQUALITY_SIGNED)
    assert not queries.visible_to(AnonymousUser()).exists()
    actions.publish(stage.version, by=stage.editor)
    (found,) = queries.tagged("area", "ar-knife")
    assert found.practice.permanent_id == "pr-1-walks-between-schools-and-station"
    assert queries.visible_to(AnonymousUser()).get() == found
    practice = found.practice
    actions.adopt(practice, organisation="south", plan="On two routes", by=stage.adopter)
    told = {"period": "2026", "adapted": "One route", "dose": "Daily", "happened": "No change"}
    actions.log_replication(
        practice, organisation="south", told=told, finding="failed-local", by=stage.adopter
    )
    assert practice.adoptions.get().organisation.slug == "south"
    assert practice.replications.get().happened == "No change"
    said = [entry.reason for entry in Entry.objects.filter(subject__startswith="practice:")]
    for what in ("Submitted", "Rated", "Adopted", "Replication logged"):
        assert what in said


def test_every_act_is_in_the_log_with_the_practices_organisation(stage: Stage) -> None:
    before = Entry.objects.count()
    stage.to(State.PUBLISHED)
    new = Entry.objects.order_by("pk")[before:]
    reasons = [entry.reason for entry in new if entry.subject.startswith("practice:")]
    assert [reason.split(" ")[0] for reason in reasons] == [
        "Submitted", "Asked", "Rated", "Rated", "Accepted", "Equality", "Published",
    ]  # fmt: skip
    assessing = {entry.reason.split(" ")[0] for entry in new if entry.organisation == OWNER_SLUG}
    assert assessing == {"Asked", "Rated"}, "the owner's log does not say who assesses"
    assert {entry.organisation for entry in new} == {"north", OWNER_SLUG}


def test_two_that_agree_settle_it_and_a_third_decides_where_they_differ(stage: Stage) -> None:
    held = stage.to(State.THIRD_ASSESSOR)
    assert held.finding == ""
    stage.rate(stage.third, "new-untested")
    held = stage.fresh()
    assert (held.state, held.finding, held.is_fit) == ("consensus", "new-untested", True)


def test_nobody_sees_a_rating_before_all_are_in(stage: Stage) -> None:
    held = stage.to(State.IN_ASSESSMENT)
    stage.rate(stage.first)
    everybody = (stage.second, stage.editor, stage.writer, stage.lead, AnonymousUser())
    assert [queries.ratings_visible_to(who, held).count() for who in everybody] == [0] * 5
    assert queries.ratings_visible_to(stage.first, held).count() == 1
    assert queries.progress(held) == (2, 1)
    stage.rate(stage.second, "new-untested")
    held = stage.fresh()
    actions.assign(held, [stage.third], by=stage.editor)
    for who in (stage.third, stage.editor, stage.writer):
        assert not queries.ratings_visible_to(who, held).exists()
    assert queries.ratings_visible_to(stage.second, held).count() == 1
    stage.rate(stage.third)
    held = stage.fresh()
    for who in (stage.third, stage.editor, stage.writer, stage.first):
        assert queries.ratings_visible_to(who, held).count() == 3
    for who in (stage.adopter, AnonymousUser()):
        assert not queries.ratings_visible_to(who, held).exists()


def test_an_assessor_with_an_interest_is_not_asked_and_cannot_rate(stage: Stage) -> None:
    held = stage.to(State.SUBMITTED)
    appoint("una", held.practice.organisation, Role.READER)
    with pytest.raises(NotPermitted, match="another organisation"):
        actions.assign(held, [stage.first, stage.second], by=stage.editor)
    actions.assign(held, [stage.second, stage.third], by=stage.editor)
    appoint("duo", held.practice.organisation, Role.READER)
    with pytest.raises(NotPermitted):
        stage.rate(stage.second)
    with pytest.raises(NotPermitted, match="no interest"):
        actions.rate(
            held, by=stage.third, finding="new-untested", is_fit=True, reasons="x",
            has_no_interest=False,
        )  # fmt: skip


def test_a_person_is_asked_and_answers_once(stage: Stage) -> None:
    held = stage.to(State.SUBMITTED)
    for chosen in ([stage.first], [stage.first, stage.first], [stage.first, stage.adopter]):
        with pytest.raises((InvalidInput, NotPermitted)):
            actions.assign(held, chosen, by=stage.editor)
    actions.assign(held, [stage.first, stage.second], by=stage.editor)
    stage.rate(stage.first)
    with pytest.raises(NotPermitted):
        stage.rate(stage.first, "new-untested")
    actions.decline(held, by=stage.second, reason="I know the team")
    with pytest.raises(NotPermitted):
        actions.assign(held, [stage.second], by=stage.editor)
    actions.assign(held, [stage.third], by=stage.editor)
    stage.rate(stage.third)
    assert stage.fresh().state == State.CONSENSUS


def test_a_dispute_that_is_upheld_changes_the_assessment(stage: Stage) -> None:
    held = stage.to(State.DISPUTE)
    objection = held.objections.get()
    assert objection.reply_due == timezone.localdate() + timedelta(days=28)
    with pytest.raises(InvalidInput):
        actions.reply_to(held, Act.ANSWER, by=stage.editor, reply="Yes", is_upheld=True)
    actions.reply_to(
        held, Act.ANSWER, by=stage.editor, reply="Yes", is_upheld=True,
        finding="worked-local", is_fit=True,
    )  # fmt: skip
    held = stage.fresh()
    assert (held.state, held.finding) == ("dispute answered", "worked-local")


def test_an_appeal_is_decided_by_another_editor(stage: Stage) -> None:
    held = stage.to(State.APPEAL)
    with pytest.raises(NotPermitted, match="Another editor"):
        actions.reply_to(held, Act.DECIDE, by=stage.other_editor, reply="No", is_upheld=False)
    actions.reply_to(held, Act.DECIDE, by=stage.editor, reply="No", is_upheld=False)
    assert stage.fresh().state == State.ASSESSED


def test_what_is_not_fit_to_repeat_is_not_published(stage: Stage) -> None:
    held = stage.to(State.IN_ASSESSMENT)
    for who in (stage.first, stage.second):
        stage.rate(who, is_fit=False)
    actions.accept(held, by=stage.writer)
    stage.sign()
    with pytest.raises(NotPermitted, match="not described well enough"):
        actions.confirm_equality(held, by=stage.writer)
    new = actions.renew(held, by=stage.writer)
    assert (new.number, new.state, new.answers) == (2, "draft", held.answers)
    assert stage.fresh().state == State.SUPERSEDED


def test_nothing_is_published_without_a_signed_assessment_of_this_version(stage: Stage) -> None:
    held = stage.to(State.ASSESSED)
    with pytest.raises(NotPermitted, match="No equality impact assessment"):
        actions.confirm_equality(held, by=stage.writer)
    reference = actions.begin_equality(held, by=stage.writer, is_screen=False)
    with pytest.raises(NotPermitted, match="No equality impact assessment"):
        actions.confirm_equality(held, by=stage.writer)
    assert assessments.visible_to(stage.writer).get(reference=reference).subject_id == held.label


def test_an_assessment_that_is_opened_again_stops_and_hides(stage: Stage) -> None:
    held = stage.to(State.EQUALITY_SIGNED)
    signed = assessments.assessment_of(f"practice-{held.label}")
    assert signed is not None
    equality.reopen(signed, by=stage.writer, reason="New data")
    with pytest.raises(NotPermitted, match="No equality impact assessment"):
        actions.publish(held, by=stage.editor)
    equality.sign(signed, by=stage.signer)
    actions.publish(held, by=stage.editor)
    assert queries.published().count() == 1
    equality.reopen(signed, by=stage.writer, reason="New data")
    assert not queries.published().exists()
    assert not queries.visible_to(AnonymousUser()).exists()


def test_another_organisations_signature_does_not_count(stage: Stage, person: Person) -> None:
    held = stage.to(State.ASSESSED)
    south = stage.adopter.memberships.get().organisation
    lead = person("eq-south", Role.EQUALITY_LEAD, at=south)
    foreign = equality.draft(
        organisation="south", title="Not ours", kind="practice", identity=held.label,
        by=stage.adopter, is_screen=True,
    )  # fmt: skip
    due = timezone.localdate() + timedelta(days=9)
    for part in parts_of(is_screen=True):
        values = dict.fromkeys(part.fields, "Said") | {"outcome": "no change", "review_due": due}
        equality.change_part(foreign, part, values, by=stage.adopter)
    equality.sign(foreign, by=lead)
    with pytest.raises(NotPermitted, match="No equality impact assessment"):
        actions.confirm_equality(held, by=stage.writer)


def test_an_assessor_who_no_longer_assesses_does_not_rate(stage: Stage) -> None:
    stage.to(State.IN_ASSESSMENT)
    stage.first.memberships.all().delete()
    with pytest.raises(NotPermitted):
        stage.rate(stage.first)


def test_a_signed_screen_is_enough_and_says_what_it_is(stage: Stage) -> None:
    held = stage.to(State.ASSESSED)
    stage.sign(is_screen=True)
    actions.confirm_equality(held, by=stage.writer)
    actions.publish(held, by=stage.editor)
    assert queries.published().count() == 1


def test_a_new_version_replaces_the_old_one_when_it_is_published(stage: Stage) -> None:
    old = stage.to(State.PUBLISHED)
    new = actions.renew(old, by=stage.writer)
    assert queries.published().get() == old
    with pytest.raises(InvalidInput, match="Another version"):
        actions.renew(old, by=stage.writer)
    stage.version = new
    stage.to(State.PUBLISHED)
    assert queries.published().get() == new
    old.refresh_from_db()
    assert (old.state, old.published_at is None) == ("superseded", False)
    assert queries.visible_to(AnonymousUser()).filter(pk=old.pk).exists(), "it may be cited"
    assert new.label == "pr-1-walks-between-schools-and-station-v2"


def test_the_permanent_id_does_not_follow_the_title(stage: Stage) -> None:
    summary = step("summary")
    assert summary is not None
    answers = {field.name: stage.version.answers.get(field.name, "") for field in summary.fields}
    actions.save_step(stage.version, summary, {**answers, "title": "Renamed"}, by=stage.writer)
    held = stage.fresh()
    assert (held.title, held.practice.permanent_id) == (
        "Renamed", "pr-1-walks-between-schools-and-station",
    )  # fmt: skip


def test_an_overdue_review_sinks_and_its_owners_are_asked(stage: Stage) -> None:
    held = stage.to(State.REVIEW_DUE)
    other = actions.begin(organisation="north", title="Another", by=stage.writer)
    Version.objects.filter(pk=other.pk).update(
        state=State.PUBLISHED, published_at=timezone.now() - timedelta(days=900), is_fit=True,
        published_by=stage.editor, published_under="x", finding="new-untested",
        review_due=timezone.localdate() + timedelta(days=9),
    )  # fmt: skip
    shown = Version.objects.filter(pk__in=(held.pk, other.pk)).values_list("label", flat=True)
    stage.version = other
    stage.sign()
    assert [one.label for one in queries.published()] == [other.label, held.label], shown
    assert queries.work_of(stage.writer).to_review == [held]
    actions.review(held, by=stage.writer)
    assert queries.work_of(stage.writer).to_review == []
    held.refresh_from_db()
    assert held.standing == State.PUBLISHED


def test_questions_and_comments_are_answered_by_a_date(stage: Stage) -> None:
    practice = stage.to(State.PUBLISHED).practice
    voice = open_organisation("families", name="Families", kind=Kind.COMMUNITY)
    fay = appoint("fay", voice, Role.PARTNER)
    actions.ask(practice, organisation="south", text="How many?", by=stage.adopter)
    with pytest.raises(NotPermitted, match="communities"):
        actions.comment(practice, organisation="south", text="Good", by=stage.adopter)
    actions.comment(practice, organisation="families", text="Ask us first", by=fay)
    question, said = practice.remarks.all()
    today = timezone.localdate()
    assert (question.answer_due - today).days == 14
    assert (said.answer_due - today).days == 28
    assert len(queries.work_of(stage.lead).to_answer) == 2
    with pytest.raises(NotPermitted):
        actions.answer(said, text="We will", by=stage.adopter)
    actions.answer(said, text="We will", by=stage.writer)
    with pytest.raises(InvalidInput, match="before"):
        actions.answer(said, text="Again", by=stage.writer)
    with pytest.raises(PersonalData):
        actions.ask(practice, organisation="south", text="Is Jane Smith there?", by=stage.adopter)


def test_others_adopt_and_repeat_and_the_owner_does_not(stage: Stage) -> None:
    practice = stage.to(State.PUBLISHED).practice
    told = dict.fromkeys(("period", "adapted", "dose", "happened"), "Said")
    with pytest.raises(NotPermitted, match="own organisation"):
        actions.adopt(practice, organisation="north", plan="x", by=stage.lead)
    with pytest.raises(NotPermitted, match="own organisation"):
        actions.log_replication(
            practice, organisation="north", told=told, finding="worked-local", by=stage.lead
        )
    with pytest.raises(NotPermitted):
        actions.adopt(practice, organisation="north", plan="x", by=stage.adopter)
    actions.adopt(practice, organisation="south", plan="x", by=stage.adopter)
    with pytest.raises(InvalidInput, match="already"):
        actions.adopt(practice, organisation="south", plan="x", by=stage.adopter)
    with pytest.raises(InvalidInput):
        actions.log_replication(
            practice, organisation="south", told=told, finding="worked", by=stage.adopter
        )
    actions.follow(practice, by=stage.adopter)
    actions.follow(practice, by=stage.adopter)
    assert len(queries.work_of(stage.adopter).followed) == 1
    actions.unfollow(practice, by=stage.adopter)
    assert queries.work_of(stage.adopter).followed == []


@pytest.mark.parametrize(
    "deed",
    [
        lambda p, who: actions.adopt(p, organisation="south", plan="x", by=who),
        lambda p, who: actions.ask(p, organisation="south", text="x", by=who),
        lambda p, who: actions.follow(p, by=who),
    ],
)
def test_nothing_is_done_with_what_is_not_published(stage: Stage, deed: object) -> None:
    assert callable(deed)
    with pytest.raises(NotPermitted, match="not published"):
        deed(stage.version.practice, stage.adopter)


def test_the_database_refuses_a_publication_without_its_record(stage: Stage) -> None:
    held = stage.to(State.EQUALITY_SIGNED)
    for missing in ({}, {"published_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Version.objects.filter(pk=held.pk).update(state=State.PUBLISHED, **missing)
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.create(practice=held.practice, number=2, label="x", title="Second draft")


def test_an_incomplete_draft_is_not_submitted(stage: Stage) -> None:
    new = actions.begin(organisation="north", title="Short", by=stage.writer)
    with pytest.raises(InvalidInput, match="Not answered yet: Summary; Purpose"):
        actions.submit(new, by=stage.writer)


def test_a_step_that_cannot_be_kept_changes_nothing(stage: Stage) -> None:
    before, problem = stage.fresh().answers, STEPS[1]
    for value in ("Seen by PC Jones", "Call 01273 475432", "x" * 3001):
        with pytest.raises(InvalidInput):
            actions.save_step(stage.version, problem, {"problem": value}, by=stage.writer)
    assert stage.fresh().answers == before


@pytest.mark.django_db
def test_production_has_no_example_practices(settings: Any) -> None:
    call_command("demonstration", stdout=StringIO())
    settings.NHPF_IS_PRODUCTION = True
    with pytest.raises(CommandError, match="NHPF_ENV is production"):
        call_command("example_practices")
    assert not Practice.objects.exists()


@pytest.mark.django_db
def test_the_example_practices_claim_nothing_and_are_made_once() -> None:
    call_command("demonstration", stdout=StringIO())
    assert len(actions.make_demonstration_practices()) == 3
    assert actions.make_demonstration_practices() == ()
    (version,) = queries.published()
    assert version.practice.organisation.is_demonstration
    assert "made up" in version.practice.organisation.name
    assert version.finding == "new-untested"
    told = [one for one in version.answers.values() if isinstance(one, str) and len(one) > 40]
    assert all("made up" in one or "Example" in one for one in told)
    assert Practice.objects.count() == 3
