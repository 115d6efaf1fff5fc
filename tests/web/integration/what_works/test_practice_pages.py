"""Writing, reading and using a practice by page; nothing that was typed is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.integration.what_works.conftest import whole

from nhpf_web.equality.models import Assessment
from nhpf_web.organisations.actions import appoint, open_organisation
from nhpf_web.organisations.models import Organisation, User
from nhpf_web.organisations.rules import Kind, Role
from nhpf_web.what_works import actions, queries
from nhpf_web.what_works.models import Attachment, Practice, Version
from nhpf_web.what_works.rules import STEPS, State

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.integration.what_works.conftest import Stage

Browser = Callable[[User], Client]
HERE = "/what-works/pr-1-walks-between-schools-and-station/"
CSV = b"month,count\nMay,30\n"


def file(content: bytes = CSV, name: str = "Our counts.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def text_of(answer: Any) -> str:
    return b"".join(answer).decode() if answer.streaming else answer.text


@pytest.fixture
def writer(stage: Stage, as_user: Browser) -> Client:
    return as_user(stage.writer)


def test_the_form_leads_from_the_title_to_submission(
    person: Callable[..., User], force: Organisation, as_user: Browser
) -> None:
    ann = as_user(person("ann", Role.CONTRIBUTOR))
    begin = {"organisation": force.slug, "title": "Walks between schools and station"}
    page = ann.post("/what-works/practices/begin/", begin, follow=True)
    assert page.redirect_chain[-1][0] == f"{HERE}write/"
    assert "15 steps still need an answer" in page.text
    answers = whole()
    for number, step in enumerate(STEPS, 1):
        asked = ann.get(f"{HERE}write/{step.slug}/")
        assert f"Step {number} of {len(STEPS)}" in asked.text
        values = {field.name: answers[field.name] for field in step.fields}
        page = ann.post(f"{HERE}write/{step.slug}/", values, follow=True)
        assert f"Saved: {step.title}." in page.text
    assert "Everything that must be answered is answered" in page.text
    assert Version.objects.get().answers == {k: v for k, v in answers.items() if v}
    assert "This is a preview" in ann.get(f"{HERE}preview/").text
    assert "Still to answer" not in ann.get(f"{HERE}check/").text
    assert "An editor now asks two assessors" in ann.post(f"{HERE}check/", follow=True).text
    assert ann.get(f"{HERE}write/").status_code == 403


def test_a_half_written_step_is_kept_and_resumed(writer: Client, stage: Stage) -> None:
    page = writer.post(f"{HERE}write/delivery/", {"dose": "Weekly", "stop": "1"}, follow=True)
    assert page.redirect_chain[-1][0] == f"{HERE}write/"
    assert "Begun" in page.text
    assert "Weekly" in writer.get(f"{HERE}write/delivery/").text
    checked = writer.post(f"{HERE}check/")
    assert "Not answered yet: Staffing; Cost; Partners" in checked.text
    assert stage.fresh().state == State.DRAFT
    assert HERE in writer.get("/what-works/practices/mine/").text


def test_a_colleague_goes_on_with_a_draft_and_a_stranger_does_not_find_it(
    stage: Stage, as_user: Browser, client: Client
) -> None:
    assert as_user(stage.lead).get(f"{HERE}write/problem/").status_code == 200
    for who in (stage.adopter, stage.editor, stage.first):
        for rest in ("", "write/", "write/problem/", "check/", "preview/", "versions/1/"):
            assert as_user(who).get(HERE + rest).status_code == 404, (who, rest)
    assert client.get(HERE).status_code == 404
    assert client.get("/what-works/pr-1/").status_code == 404
    assert as_user(stage.writer).get("/what-works/pr-1-other-words/")["Location"] == HERE


def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(writer: Client) -> None:
    typed = {"desk": "Sgt Taylor", "mailbox": "jane.smith@north.example"}
    page = writer.post(f"{HERE}write/contact/", typed)
    assert page.text.count("Leave out everything that points to a person") == 4
    for words in typed.values():
        assert f'value="{words}"' in page.text
    assert "<title>Error: " in page.text


def test_a_session_that_ended_loses_nothing_that_was_typed(
    stage: Stage, client: Client, as_user: Browser
) -> None:
    typed = {"problem": "Long & careful\nwords", "on": "1"}
    kept = client.post(f"{HERE}write/problem/", typed)
    assert kept.status_code == 403
    assert "You have been signed out" in kept.text
    assert "Long &amp; careful\nwords</textarea>" in kept.text
    assert "Long & careful" not in str(stage.fresh().answers)
    as_user(stage.writer).post(f"{HERE}write/problem/", typed)
    assert stage.fresh().answers["problem"] == "Long & careful\nwords"


def test_an_old_forms_words_are_offered_again_but_another_sites_are_not(stage: Stage) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(stage.writer, backend="nhpf_web.organisations.actions.signing_in.SignIn")
    typed = {"problem": "Careful words", "password": "secret words"}
    ours = browser.post(f"{HERE}write/problem/", typed, headers={"Origin": "http://testserver"})
    assert ours.status_code == 403
    assert "Careful words</textarea>" in ours.text
    assert "secret words" not in ours.text
    for origin in ({}, {"Origin": "https://elsewhere.example"}):
        theirs = browser.post(f"{HERE}write/problem/", typed, headers=origin)
        assert theirs.status_code == 403
        assert "Careful words" not in theirs.text


def test_a_file_stays_in_quarantine_until_publication(
    writer: Client, stage: Stage, as_user: Browser, uploads: Path
) -> None:
    page = writer.post(f"{HERE}files/add/", {"file": file()}, follow=True)
    assert "Our-counts.csv" in page.text
    held = Attachment.objects.get()
    address = f"{HERE}versions/1/files/{held.pk}/"
    (stored,) = uploads.iterdir()
    assert stored.read_bytes() == CSV
    assert "counts" not in stored.name
    assert (stored.stat().st_mode & 0o777) == 0o600
    assert writer.get(address).status_code == 404
    stage.to(State.EQUALITY_SIGNED)
    for who in (stage.writer, stage.editor, stage.first, stage.adopter):
        assert as_user(who).get(address).status_code == 404
    actions.publish(stage.version, by=stage.editor)
    given = Client().get(address)
    assert text_of(given).encode() == CSV
    assert given["Content-Disposition"] == 'attachment; filename="OFFICIAL-Our-counts.csv"'
    assert given["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in given["Content-Security-Policy"]
    actions.withdraw(stage.version, by=stage.writer, reason="Wrong file")
    assert Client().get(address).status_code == 404


def test_a_file_of_another_kind_is_refused_with_its_reason(writer: Client, stage: Stage) -> None:
    for name, content, said in (
        ("a.exe", b"MZ", "none of PDF"),
        ("a.pdf", b"<html>", "not that of a PDF file"),
        ("a.csv", b"name,x\nA,1\n", "seems to hold a name"),
    ):
        page = writer.post(f"{HERE}files/add/", {"file": file(content, name)})
        assert said in page.text
    assert "Choose a file." in writer.post(f"{HERE}files/add/", {}).text
    assert not stage.version.attachments.exists()


def test_files_are_few_and_can_be_taken_out(
    writer: Client, stage: Stage, uploads: Path, django_capture_on_commit_callbacks: Any
) -> None:
    for number in range(5):
        writer.post(f"{HERE}files/add/", {"file": file(CSV + b"x,%d\n" % number)})
    assert "at most 5 files" in writer.post(f"{HERE}files/add/", {"file": file()}).text
    held = stage.version.attachments.first()
    assert held is not None
    with django_capture_on_commit_callbacks(execute=True):
        writer.post(f"{HERE}files/{held.pk}/remove/")
    assert stage.version.attachments.count() == len(list(uploads.iterdir())) == 4


def test_the_page_says_everything_and_links_to_the_framework(stage: Stage, client: Client) -> None:
    stage.to(State.PUBLISHED)
    page = client.get(HERE).text
    for name, said in whole().items():
        if isinstance(said, str) and name not in ("purpose", "finding"):
            assert said in page, name
    for words in (
        "Promising, evaluated locally", "Walks between schools and station",
        "/what-works/ar-knife/",
        "version 1", "pr-1-walks-between-schools-and-station", "Secondary: where risk is raised",
        "Men and boys under 25", "Identified by HMICFRS", "Promising; evaluated locally",
    ):  # fmt: skip
        assert words in page, words
    for name in ("una", "duo", "ann", "edd"):
        assert f">{name}<" not in page
        assert f" {name} " not in page
    assert HERE in client.get("/what-works/ar-knife/").text
    assert HERE not in client.get("/what-works/ar-alcohol/").text
    assert HERE in client.get("/what-works/practices/?area=ar-knife").text
    assert "None matches" in client.get("/what-works/practices/?area=ar-alcohol").text


def test_an_empty_list_says_why(client: Client, db: None) -> None:
    assert "None is published yet" in client.get("/what-works/practices/").text


def test_a_withdrawn_practice_keeps_its_address_and_says_why(stage: Stage, client: Client) -> None:
    held = stage.to(State.PUBLISHED)
    actions.withdraw(held, by=stage.writer, reason="The area changed")
    page = client.get(HERE)
    assert page.status_code == 200
    assert "The area changed" in page.text
    assert "Said about problem" not in page.text
    assert client.get(f"{HERE}versions/1/").status_code == 404


def test_a_stale_practice_says_so(stage: Stage, client: Client) -> None:
    stage.to(State.REVIEW_DUE)
    assert "It may no longer hold" in client.get(HERE).text
    assert "Review overdue" in client.get("/what-works/practices/").text


def test_the_equality_assessment_is_begun_from_the_practice_and_shown(
    stage: Stage, writer: Client, as_user: Browser
) -> None:
    stage.to(State.ASSESSED)
    assert (
        "No equality impact assessment"
        in writer.post(f"{HERE}do/confirm-the-equality-assessment/").text
    )
    page = writer.post(f"{HERE}equality/", {"screen": "1"}, follow=True)
    assert "This is a screen" in page.text
    held = Assessment.objects.get()
    assert (held.subject_kind, held.is_screen) == ("practice", True)
    assert held.subject_id == "pr-1-walks-between-schools-and-station-v1"
    assert as_user(stage.adopter).post(f"{HERE}equality/").status_code == 404
    assert as_user(stage.editor).get(HERE).status_code == 200


def test_another_force_adopts_logs_asks_and_is_answered_by_page(
    stage: Stage, writer: Client, as_user: Browser
) -> None:
    stage.to(State.PUBLISHED)
    ada = as_user(stage.adopter)
    told = {"organisation": "south", "plan": "Two routes"}
    assert "adopts this practice" in ada.post(f"{HERE}use/adopt/", told, follow=True).text
    assert "already" in ada.post(f"{HERE}use/adopt/", told).text
    log = {
        "organisation": "south", "period": "2026", "adapted": "One route", "dose": "Daily",
        "happened": "It made no difference", "finding": "failed-local",
    }  # fmt: skip
    assert (
        "Choose what describes it best."
        in ada.post(f"{HERE}use/replicate/", {**log, "finding": ""}).text
    )
    page = ada.post(f"{HERE}use/replicate/", log, follow=True).text
    assert "Did not work, evaluated locally" in page
    assert "It made no difference" in page
    ada.post(f"{HERE}use/ask/", {"organisation": "south", "text": "Which days?"})
    ada.post(f"{HERE}follow/")
    assert HERE in ada.get("/what-works/practices/mine/").text
    asked = writer.get("/what-works/practices/mine/").text
    assert "Which days?" in asked
    remark = Practice.objects.get().remarks.get()
    assert ada.get(f"{HERE}answer/{remark.pk}/").status_code == 403
    writer.post(f"{HERE}answer/{remark.pk}/", {"text": "On school days"})
    assert "On school days" in Client().get(HERE).text
    assert ada.get(f"{HERE}use/comment/").status_code == 403
    voice = open_organisation("families", name="Families", kind=Kind.COMMUNITY)
    fay = as_user(appoint("fay", voice, Role.PARTNER))
    said = {"organisation": "families", "text": "Ask us before you begin"}
    assert "Ask us before you begin" in fay.post(f"{HERE}use/comment/", said, follow=True).text
    assert fay.get(f"{HERE}use/adopt/").status_code == 403
    assert writer.get(f"{HERE}use/adopt/").status_code == 403


def test_exports_come_in_again_without_loss(stage: Stage, writer: Client, client: Client) -> None:
    stage.to(State.PUBLISHED)
    for ending in ("csv", "json"):
        given = client.get(f"/what-works/practices/practices.{ending}")
        assert f"OFFICIAL-practices.{ending}" in given["Content-Disposition"]
        clash = writer.post(
            "/what-works/practices/import/",
            {"organisation": "north", "file": file(given.content, f"x.{ending}")},
        )
        assert "practice 1 of the file" in clash.text
        elsewhere = given.text.replace("pr-1-", "pr-9-" if ending == "csv" else "pr-8-")
        back = writer.post(
            "/what-works/practices/import/",
            {"organisation": "north", "file": file(elsewhere.encode(), f"x.{ending}")},
            follow=True,
        )
        assert "1 practice came in as drafts" in back.text
    first, *others = Version.objects.order_by("practice__number")
    assert [one.answers for one in others] == [first.answers] * 2
    assert [one.state for one in others] == ["draft"] * 2
    assert queries.rows_of([others[0]])[0]["permanent_id"] == (
        "pr-8-walks-between-schools-and-station"
    )


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"label_2023": "Didn't work"}, ("didn’t work", "")),
        ({"stage": "evaluated locally"}, ("", "evaluated locally")),
    ],
)
def test_an_entry_of_2023_keeps_its_own_word(
    writer: Client, said: dict[str, str], shown: tuple[str, str]
) -> None:
    text = ",".join(("title", *said)) + "\r\n" + ",".join(("Old entry", *said.values()))
    asked = {"organisation": "north", "file": file(text.encode(), "old.csv")}
    came = writer.post("/what-works/practices/import/", asked, follow=True)
    assert "1 practice came in" in came.text
    held = Version.objects.get(title="Old entry")
    here = f"/what-works/{held.practice.permanent_id}/write/results/"
    finding = str(held.answers["finding"])
    assert f'value="{finding}"' in writer.get(here).text
    writer.post(here, {"finding": finding, "results": "Said"})
    held.refresh_from_db()
    row = queries.rows_of([held])[0]
    assert (row["label_2023"], row["stage"], row["results"]) == (*shown, "Said")


def test_every_link_of_a_practices_pages_leads_somewhere(
    stage: Stage, writer: Client, client: Client, as_user: Browser
) -> None:
    stage.to(State.PUBLISHED)
    voice = open_organisation("families", name="Families", kind=Kind.COMMUNITY)
    visits = [
        (client, HERE), (client, "/what-works/practices/"), (writer, HERE),
        (as_user(stage.adopter), HERE), (writer, "/what-works/practices/mine/"),
        (as_user(appoint("fay", voice, Role.PARTNER)), HERE),
    ]  # fmt: skip
    dead = []
    for browser, page in visits:
        for address in set(re.findall(r'href="(/[^"#]*)', browser.get(page).text)):
            if address.startswith("/static/"):
                continue
            if browser.get(unescape(address)).status_code not in (200, 302):
                dead.append(f"{address} on {page}")
    assert dead == []


def test_an_export_of_ones_own_has_drafts_and_nobody_elses(
    stage: Stage, writer: Client, as_user: Browser, client: Client
) -> None:
    own = "/what-works/practices/practices.json?mine=1"
    assert "Said about problem" in writer.get(own).text
    for other in (as_user(stage.adopter), as_user(stage.editor), client):
        assert other.get(own).json()["practices"] == []


def test_a_file_with_one_wrong_row_brings_nothing_in(writer: Client) -> None:
    rows = [{"title": "Good"}, {"title": "Bad", "problem": "Seen by PC Jones"}]
    content = json.dumps({"format": "nhpf-practices/1", "practices": rows}).encode()
    page = writer.post(
        "/what-works/practices/import/", {"organisation": "north", "file": file(content, "x.json")}
    )
    assert "practice 2 of the file" in page.text
    assert "Nothing was kept." in page.text
    assert "Jones" not in page.text
    assert Practice.objects.count() == 1


def test_nobody_describes_for_another_organisation(stage: Stage, as_user: Browser) -> None:
    ada = as_user(stage.adopter)
    page = ada.post("/what-works/practices/begin/", {"organisation": "north", "title": "Mine"})
    assert "There is a problem" in page.text
    assert as_user(stage.signer).get("/what-works/practices/begin/").status_code == 403
    assert Practice.objects.count() == 1


def test_readers_see_the_work_of_nobody(client: Client, db: None) -> None:
    for address in ("mine/", "begin/", "import/"):
        answer = client.get(f"/what-works/practices/{address}")
        assert answer["Location"].startswith("/accounts/login/")
