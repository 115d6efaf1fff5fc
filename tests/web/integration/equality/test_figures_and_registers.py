"""Figures taken into an assessment, what became of mitigations, and both registers."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from nhpf.errors import InvalidInput, NotPermitted
from nhpf_web.audit.models import Entry
from nhpf_web.equality import actions, queries
from nhpf_web.equality.models import Assessment, Figure, Mitigation
from nhpf_web.equality.queries import figures
from nhpf_web.equality.rules import PARTS, Deed, Progress
from nhpf_web.organisations.models import Notice, Organisation, User
from nhpf_web.organisations.rules import Role

Whole = Callable[..., Assessment]
Person = Callable[..., User]
Browser = Callable[[User], Client]
LATE = timezone.localdate() - timedelta(days=1)


@pytest.fixture
def lead(person: Person) -> User:
    return person("sig", Role.EQUALITY_LEAD)


@pytest.fixture
def writer(person: Person) -> User:
    return person("wil", Role.EDITOR)


def later(monkeypatch: pytest.MonkeyPatch, **changes: str) -> None:
    """Have the library hold another release, in which the first figure is another."""
    first, *rest = figures.figures_about("method", "rate")
    held = (replace(first, **changes), *(replace(one, release="later") for one in rest))
    monkeypatch.setattr(figures, "_differences", lambda _release: held)


def test_an_assessment_begins_with_the_figures_that_concern_it(whole: Whole) -> None:
    everything = whole("method", "rate", "All").figures
    assert set(everything.values_list("key", flat=True)) == {
        "ethnicity-rate", "national-ethnicity", "age-sex", "unsolved-within-method",
        "stop-search-E23000001", "stop-search-K04000001",
    }  # fmt: skip
    own = whole("profile", "age-sex", "Own").figures
    assert list(own.values_list("key", flat=True)) == ["age-sex"]
    for one in everything.all():
        assert all((one.place, one.what, one.value, one.period, one.source, one.cannot_say))
        assert one.release
        assert "95% interval" in one.value or one.key == "national-ethnicity"


def test_a_screen_takes_none(writer: User) -> None:
    held = actions.draft(
        organisation="north", title="A", kind="page", identity="a", by=writer, is_screen=True
    )
    assert not held.figures.exists()


def test_a_look_at_a_later_release_says_what_changed_and_keeps_the_authors_words(
    whole: Whole, writer: User, monkeypatch: pytest.MonkeyPatch, as_user: Browser
) -> None:
    held = whole("method", "rate")
    first, second = held.figures.all()[:2]
    actions.change_figure(first, words="It matters here.", left_out="", by=writer)
    actions.change_figure(second, words="", left_out="Not of this place.", by=writer)
    assert actions.refresh_figures(held, by=writer) == (0, 0)
    later(monkeypatch, value="Black: 41 per million.", release="later")
    assert actions.refresh_figures(held, by=writer) == (1, 0)
    again = Figure.objects.get(pk=first.pk)
    assert (again.value, again.release) == ("Black: 41 per million.", "later")
    assert again.before.startswith(first.value[:20])
    assert first.release in again.before
    assert again.words == "It matters here."
    assert Figure.objects.get(pk=second.pk).left_out == "Not of this place."
    page = as_user(writer).get(f"/equality/{held.reference}/").text
    assert "Changed at the last look" in page
    assert "Not of this place." in page


def test_figures_are_not_changed_under_a_signature(signed: Whole, writer: User) -> None:
    held = signed("method", "rate")
    with pytest.raises(NotPermitted):
        actions.refresh_figures(held, by=writer)
    with pytest.raises(NotPermitted):
        actions.change_figure(held.figures.all()[0], words="x", left_out="", by=writer)


def test_who_changes_a_figures_words_does_not_sign(whole: Whole, lead: User) -> None:
    held = whole("method", "rate")
    actions.change_figure(held.figures.all()[0], words="x", left_out="", by=lead)
    with pytest.raises(NotPermitted, match="You wrote some"):
        actions.sign(held, by=lead)


def test_a_figure_that_waits_for_another_assessment_is_not_shown_to_readers(
    signed: Whole, writer: User, as_user: Browser
) -> None:
    address = f"/equality/{signed('method', 'rate', 'Of rates').reference}/"
    assert "Homicide victims per million" in as_user(writer).get(address).text
    page = Client().get(address).text
    assert "Homicide victims per million" not in page
    assert "Stop and search by ethnic group" in page
    own = signed("profile", "ethnicity", "Profile ethnicity")
    Assessment.objects.filter(pk=own.pk).update(reference="eia-profile-ethnicity")
    assert "Homicide victims per million" in Client().get(address).text


def test_progress_is_recorded_after_the_signature_and_the_signature_stands(
    signed: Whole, writer: User, lead: User
) -> None:
    held = signed("method", "rate")
    mitigation = held.mitigations.get()
    actions.record_progress(mitigation, Deed.FINISH, said="Asked them.", by=writer)
    done = Mitigation.objects.get(pk=mitigation.pk)
    assert (done.progress, done.said, done.settled_on) == (
        "done", "Asked them.", timezone.localdate(),
    )  # fmt: skip
    assert queries.is_published("method-rate")
    logged = Entry.objects.first()
    assert logged is not None
    assert "finish. Asked them." in logged.reason
    page = Client().get(f"/equality/{held.reference}/").text
    assert "Asked them." in page
    assert "Record it as done" not in page
    # Who recorded progress wrote none of the assessment.
    actions.reopen(held, by=writer, reason="x")
    actions.record_progress(done, Deed.RESUME, said="Once more.", by=lead)
    actions.sign(held, by=lead)


def test_what_was_recorded_is_not_removed_from_a_draft(whole: Whole, writer: User) -> None:
    held = whole("method", "rate")
    mitigation = held.mitigations.get()
    actions.record_progress(mitigation, Deed.FINISH, said="Done", by=writer)
    with pytest.raises(NotPermitted, match="stays on record"):
        actions.remove_mitigation(Mitigation.objects.get(pk=mitigation.pk), by=writer)


def test_the_only_mitigation_of_a_signed_worse_effect_is_not_dropped(
    signed: Whole, lead: User
) -> None:
    held = signed("method", "rate")
    with pytest.raises(NotPermitted, match="only mitigation"):
        actions.record_progress(held.mitigations.get(), Deed.DROP, said="No", by=lead)
    assert held.mitigations.get().progress == Progress.OPEN


def test_one_that_was_dropped_does_not_make_a_draft_whole(whole: Whole, lead: User) -> None:
    held = whole("method", "rate")
    actions.record_progress(held.mitigations.get(), Deed.DROP, said="No", by=lead)
    assert queries.missing_parts(held) == ("Mitigations",)


def test_the_database_refuses_a_settled_mitigation_without_words(whole: Whole) -> None:
    held = whole("method", "rate").mitigations
    for wrong in ({"progress": "done"}, {"settled_on": LATE}):
        with pytest.raises(IntegrityError), transaction.atomic():
            held.update(**wrong)


def test_no_person_owns(whole: Whole, writer: User, as_user: Browser) -> None:
    held = whole("method", "rate")
    due = date(2080, 1, 1)
    with pytest.raises(InvalidInput, match="This holds"):
        actions.add_mitigation(held, action="Ask", owner="PC John Smith", due=due, by=writer)
    page = as_user(writer).post(
        f"/equality/{held.reference}/mitigations/add/",
        {"action": "Ask", "owner": "John Smith", "due": "1 1 2080"},
    )
    assert "This holds a name" in page.text
    page = as_user(writer).post(
        f"/equality/{held.reference}/change/decision/", {"title": "A", "owner": "John Smith"}
    )
    assert "This holds a name" in page.text


def test_the_register_of_mitigations_is_filtered_and_given_as_files(
    signed: Whole, whole: Whole, lead: User
) -> None:
    held = signed("method", "rate", "Rates")
    whole("method", "scan", "Unseen draft")
    late = held.mitigations.create(action="=Late", owner="Data desk", due=LATE)
    done = held.mitigations.create(action="Done one", owner="Desk", due=LATE)
    actions.record_progress(done, Deed.FINISH, said="Did it", by=lead)
    nobody = AnonymousUser()
    for state, expected in (
        ("overdue", [late.pk]), ("done", [done.pk]), ("dropped", []), ("open", ["Ask"]),
    ):  # fmt: skip
        found = list(queries.mitigations(nobody, {"state": state}))
        assert [one.pk if expected != ["Ask"] else one.action for one in found] == expected
    assert [one.pk for one in queries.mitigations(nobody, {"q": "data late"})] == [late.pk]
    page = Client().get("/equality/mitigations/?state=overdue").text
    assert "1 mitigation matches." in page
    assert "Unseen draft" not in Client().get("/equality/mitigations/").text
    file = Client().get("/equality/mitigations.csv?state=overdue")
    rows = list(csv.DictReader(StringIO(file.text)))
    assert [(row["action"], row["state"], row["owner"]) for row in rows] == [
        ("'=Late", "overdue", "Data desk")
    ]
    plain = json.loads(Client().get("/equality/mitigations.json").text)
    assert {row["state"] for row in plain} == {"open", "overdue", "done"}
    assert Client().get("/equality/mitigations.exe").status_code == 404


def test_overdue_mitigations_stand_on_their_own_organisations_work_page(
    signed: Whole, person: Person, other_force: Organisation, as_user: Browser
) -> None:
    held = signed("method", "rate", "Rates")
    held.mitigations.create(action="Late one", owner="Data desk", due=LATE)
    Assessment.objects.filter(pk=held.pk).update(review_due=LATE)
    own = as_user(person("con", Role.CONTRIBUTOR)).get("/what-works/practices/mine/").text
    assert "Mitigations past their date" in own
    assert "Late one" in own
    assert "Its review date has passed." in own
    other = person("eve", Role.CONTRIBUTOR, at=other_force)
    assert "Late one" not in as_user(other).get("/what-works/practices/mine/").text


def test_the_register_is_filtered_by_everything(
    signed: Whole, whole: Whole, writer: User, as_user: Browser
) -> None:
    rates = signed("method", "rate", "Rates of events")
    late = signed("indicator", "homicide-rate", "Homicide indicator")
    Assessment.objects.filter(pk=late.pk).update(review_due=LATE)
    draft = whole("method", "scan", "Scan of places")
    for asked, expected in (
        ({"q": "events rates"}, [rates]),
        ({"kind": "indicator"}, [late]),
        ({"state": "draft"}, [draft]),
        ({"state": "signed"}, [rates]),
        ({"state": "review due"}, [late]),
        ({"group": "race", "kind": "method"}, [rates, draft]),
        ({"group": "age"}, []),
        ({"organisation": "north", "state": "draft"}, [draft]),
        ({"organisation": "south"}, []),
    ):
        found = [row.assessment for row in queries.register(writer, asked)]
        assert found == expected, asked
    public = Client().get("/equality/").text
    assert "2 assessments." in public
    assert "Scan of places" not in public
    page = as_user(writer).get("/equality/?state=draft").text
    assert "1 assessment matches." in page
    assert "Rates of events" not in page
    # What cannot be asked for counts as not asked.
    assert "2 assessments." in Client().get("/equality/?state=nonsense").text


def test_the_register_is_given_as_files(signed: Whole) -> None:
    held = signed("method", "rate", "Rates of events")
    answer = Client().get("/equality/register.csv?kind=method")
    assert "attachment" in answer["Content-Disposition"]
    (row,) = csv.DictReader(StringIO(answer.text))
    assert (row["reference"], row["state"], row["worse"]) == (held.reference, "signed", "race")
    (plain,) = json.loads(Client().get("/equality/register.json").text)
    assert (plain["subject"], plain["screen"], plain["signed_by"]) == ("rate", False, "sig")
    assert json.loads(Client().get("/equality/register.json?kind=page").text) == []
    assert Client().get("/equality/register.csv?kind=page").text.count("\r\n") == 1


def test_what_has_none_yet_is_listed_until_it_has_one(
    signed: Whole, writer: User, as_user: Browser
) -> None:
    before = Client().get("/equality/without/").text
    assert "Rate of a rare event" in before
    assert "Begin one" not in before
    signed("edition", "2026", "Whole edition")
    signed("method", "rate")
    page = as_user(writer).get("/equality/without/").text
    assert "Rate of a rare event" not in page
    assert "Covered by" in page
    assert "start/?subject_kind=method&amp;subject_id=" in page
    start = as_user(writer).get("/equality/start/?subject_kind=method&subject_id=scan&title=S").text
    assert 'value="scan"' in start


def test_a_subject_that_is_not_there_is_said(writer: User, as_user: Browser) -> None:
    page = as_user(writer).post(
        "/equality/start/",
        {"title": "A", "organisation": "north", "subject_kind": "method", "subject_id": "no"},
    )
    assert "There is no statistical method with the name no." in page.text
    assert not Assessment.objects.exists()


def test_asking_tells_those_who_may_sign_and_nobody_who_wrote(
    whole: Whole, lead: User, person: Person, as_user: Browser, writer: User
) -> None:
    person("wil", Role.EQUALITY_LEAD)
    held = whole("method", "rate", "Rates")
    page = as_user(writer).get(f"/equality/{held.reference}/check/")
    assert "Ask for a signature" in page.text
    assert actions.ask_for_signature(held, by=writer) == 1
    (told,) = Notice.objects.all()
    assert (told.user, told.kind) == (lead, "to sign")
    actions.change_part(held, PARTS[1], {"affected": ""}, by=writer)
    answer = as_user(writer).post(f"/equality/{held.reference}/check/")
    assert "Not complete: Who is affected" in answer.text
    assert "There is a problem" in answer.text


def test_each_part_leads_on_to_the_next_and_the_last_to_the_check(
    whole: Whole, writer: User, as_user: Browser
) -> None:
    held = whole("method", "rate", "Rates")
    own = f"/equality/{held.reference}/"
    browser = as_user(writer)
    answer = browser.post(f"{own}change/people/", {"affected": "All", "and_on": "1"})
    assert answer["Location"] == f"{own}change/evidence/"
    last = {"outcome": "adjust", "outcome_reason": "x", "review_due": "1 1 2090", "and_on": "1"}
    assert browser.post(f"{own}change/outcome/", last)["Location"] == f"{own}check/"
    assert browser.post(f"{own}change/people/", {"affected": "All"})["Location"] == own


def test_a_reason_without_an_effect_is_not_lost(
    whole: Whole, writer: User, as_user: Browser
) -> None:
    held = whole("method", "rate", "Rates")
    page = as_user(writer).post(
        f"/equality/{held.reference}/change/effects/", {"rationale_9": "Poor areas."}
    )
    assert "Choose the effect, for socio-economic disadvantage." in page.text
    assert "Poor areas." in page.text


def test_an_assessment_of_the_first_form_stands_and_says_what_it_lacks(signed: Whole) -> None:
    held = signed("method", "rate")
    Assessment.objects.filter(pk=held.pk).update(race_action_plan="", monitoring="", owner="")
    assert queries.is_published("method-rate")
    page = Client().get(f"/equality/{held.reference}/").text
    assert "signed before the two national plans" in page
    assert "Not answered yet" in page
