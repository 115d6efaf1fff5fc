"""The register by page: asking from a link, writing, deciding, files, what stands for ever."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from tests.web.integration.what_works.research.conftest import (
    APPROVED,
    DATA,
    FOUND,
    STUDY,
    TRIAL,
    WORDS,
    fresh,
    registered,
)

from nhpf.errors import InvalidInput, NotPermitted, PersonalData
from nhpf_web.audit.models import Entry
from nhpf_web.organisations.actions import appoint, framework_owner, make_demonstration
from nhpf_web.organisations.models import Notice
from nhpf_web.organisations.rules import Role
from nhpf_web.what_works.actions.research import calls, outputs, proposals, questions
from nhpf_web.what_works.actions.research.demonstration import make_demonstration_research
from nhpf_web.what_works.models import Call, Output, Question, StudyProposal
from nhpf_web.what_works.queries import research as queries
from nhpf_web.what_works.rules.research.calls import CallState
from nhpf_web.what_works.rules.research.checking import PAGES
from nhpf_web.what_works.rules.research.proposals import ProposalState
from nhpf_web.what_works.rules.research.questions import QuestionState

if TYPE_CHECKING:
    from django.test import Client
    from tests.web.integration.what_works.research.conftest import Stage

Browse = Callable[[Any], "Client"]
ROOT = "/what-works/research/"


def test_an_empty_register_says_how_it_fills(client: Client, db: None) -> None:
    shown = client.get(ROOT).content.decode()
    assert "Nothing is in the register yet" in shown
    assert "Sign in" in shown


def test_a_link_fills_the_question_in_and_says_what_it_is_raised_from(
    research: Stage, as_user: Browse
) -> None:
    browser = as_user(research.analyst)
    address = f"{ROOT}questions/ask/?about=ar-knife&from=gap&level=secondary&why=Because+of+gaps"
    shown = browser.get(address).content.decode()
    assert "Because of gaps" in shown
    assert "It is raised from: Knife crime" in shown
    assert '<option value="ar-knife" selected>' in shown
    assert '<option value="secondary" selected>' in shown
    sent = browser.post(address, {**WORDS, "organisation": "north"})
    held = Question.objects.get()
    assert sent["Location"] == held.path
    assert (held.raised_from, held.raised_id) == ("gap", "ar-knife")
    assert held.raised_address == "/what-works/ar-knife/"
    page = browser.get(held.path).content.decode()
    assert "A gap in the framework" in page
    assert "North Police" in page
    assert ">ann<" not in page


@pytest.mark.parametrize(
    ("asked", "raised"),
    [
        ({"about": "iv-hsp"}, ("entry", "iv-hsp", "/what-works/iv-hsp/")),
        ({"about": "no-such"}, ("free", "", "")),
        ({"from": "radar", "address": "/x/", "label": "A row"}, ("radar", "", "/x/")),
        ({"from": "elsewhere", "address": "https://x.example/", "label": "A"}, ("free", "", "")),
        ({"address": "//x.example/", "label": "A"}, ("free", "", "")),
        ({"address": "/\\x.example/", "label": "A"}, ("free", "", "")),
        ({"address": "/" + "x" * 300, "label": "A"}, ("free", "", "")),
    ],
)
def test_an_origin_is_an_entry_a_practice_or_a_page_of_this_service(
    research: Stage, asked: dict[str, str], raised: tuple[str, str, str]
) -> None:
    held = queries.origin_of(asked, research.analyst)
    assert (held["raised_from"], held["raised_id"], held["raised_address"]) == raised


def test_a_question_that_names_a_person_is_refused_at_its_field(
    research: Stage, as_user: Browse
) -> None:
    given = {**WORDS, "organisation": "north", "why": "Ask Sgt Taylor on 020 7946 0991"}
    shown = as_user(research.analyst).post(f"{ROOT}questions/ask/", given).content.decode()
    assert "The text seems to hold" in shown
    with pytest.raises(PersonalData):
        questions.ask(organisation="north", values=given, by=research.analyst)
    assert not Question.objects.exists()


def test_who_may_not_ask_call_propose_or_add_is_stopped(research: Stage, as_user: Browse) -> None:
    browser = as_user(research.reader)
    for rest in ("questions/ask/", "calls/open/", "proposals/begin/", "outputs/add/"):
        assert browser.get(f"{ROOT}{rest}").status_code == 403
        assert browser.post(f"{ROOT}{rest}", {}).status_code == 403
    assert as_user(research.analyst).post(
        f"{ROOT}questions/ask/", {**WORDS, "organisation": "south"}
    ).status_code == 200, "another organisation is no choice"  # fmt: skip
    assert not Question.objects.exists()


def test_a_call_for_a_trial_says_what_it_could_not_see(research: Stage, as_user: Browse) -> None:
    held = research.to_call(CallState.OPEN)
    shown = as_user(research.reader).get(held.path).content.decode()
    assert "With 8 places and 12 admissions a year in each, a fall of 20% could be seen" in shown
    assert "it could not see a fall smaller than 26.7%" in shown
    assert "Only chance is counted" in shown


def test_a_link_fills_a_call_in(research: Stage, as_user: Browse) -> None:
    question = research.accepted()
    browser = as_user(research.editor)
    address = f"{ROOT}calls/open/?question={question.reference}&kind=trial&baseline=12&fall=20"
    shown = browser.get(f"{address}&units=8&years=2&outcome=admissions").content.decode()
    assert f'value="{question.pk}"' in shown
    assert 'name="baseline" value="12"' in shown
    closes = timezone.localdate() + timedelta(days=9)
    given = {**TRIAL, "questions": [question.pk], "closes": closes.strftime("%d %m %Y")}
    sent = browser.post(address, given)
    held = Call.objects.get()
    assert sent["Location"] == held.path
    assert list(held.questions.all()) == [question]
    change = f"{held.path}do/change/"
    assert browser.get(change).status_code == 200
    assert browser.post(change, {**given, "title": "Another title"}).status_code == 302
    assert fresh(held).title == "Another title"
    wrong = browser.post(change, {**given, "design": "stepped wedge", "units": 1})
    assert "A stepped wedge needs two units or more" in wrong.content.decode()


def test_a_calls_questions_are_called_and_open_again_when_it_ends(research: Stage) -> None:
    held = research.to_call(CallState.CLOSED)
    question = held.questions.get()
    assert question.state == QuestionState.CALLED
    calls.end(held, reason="Nobody came", by=research.editor)
    assert fresh(question).state == QuestionState.ACCEPTED


def test_a_closing_date_moves_to_a_later_day_only(research: Stage) -> None:
    held = research.to_call(CallState.OPEN)
    assert held.closes is not None
    with pytest.raises(InvalidInput, match="later"):
        calls.extend(held, closes=held.closes, reason="x", by=research.editor)
    past = timezone.localdate() - timedelta(days=1)
    with pytest.raises(InvalidInput, match="passed"):
        calls.extend(held, closes=past, reason="x", by=research.editor)


def test_a_proposal_is_written_page_by_page_and_may_be_left_half_done(
    research: Stage, as_user: Browse
) -> None:
    question = research.accepted()
    browser = as_user(research.researcher)
    begun = browser.post(
        f"{ROOT}proposals/begin/?question={question.reference}",
        {"organisation": "study", "title": "A stepped trial"},
    )
    held = StudyProposal.objects.get()
    assert begun["Location"] == f"{held.path}write/"
    assert list(held.questions.all()) == [question]
    assert "To do: the design" in browser.get(f"{held.path}write/").content.decode()
    assert "Submit it" not in browser.get(f"{held.path}write/").content.decode()
    half = browser.post(f"{held.path}write/protocol/", {"outcome": "Admissions"})
    assert half.status_code == 302
    wrong = browser.post(f"{held.path}write/ethics/", {"ethics": "approved"}).content.decode()
    assert "Give the reference of the approval." in wrong
    for page in PAGES:
        given = {name: STUDY.get(name) or "" for name in page.fields}
        for name, value in given.items():
            given[name] = value.strftime("%d %m %Y") if isinstance(value, date) else value
        given |= {"questions": [question.pk]} if "questions" in given else {}
        assert browser.post(f"{held.path}write/{page.slug}/", given).status_code == 302
    assert "Submit it" in browser.get(f"{held.path}write/").content.decode()
    assert browser.get(f"{held.path}write/nothing/").status_code == 404
    assert browser.post(f"{held.path}do/submit/").status_code == 302
    assert fresh(held).state == ProposalState.SUBMITTED
    assert browser.get(f"{held.path}write/").status_code == 403


def test_a_registered_protocol_stands_and_a_change_stands_beside_it(
    research: Stage, as_user: Browse
) -> None:
    held = registered(research)
    held.outcome = "Something else"
    with pytest.raises(NotPermitted, match="stands as it was accepted"):
        held.save()
    held = fresh(held)
    assert held.outcome == STUDY["outcome"]
    browser = as_user(research.researcher)
    given = {"field": "outcome", "now": "Admissions within a year", "reason": "Data come later"}
    assert browser.post(f"{held.path}do/change-the-protocol/", given).status_code == 302
    shown = as_user(research.reader).get(held.path).content.decode()
    assert str(STUDY["outcome"]) in shown
    assert "Admissions within a year" in shown
    assert "Data come later" in shown
    with pytest.raises(InvalidInput, match="stands so already"):
        proposals.amend(held, field="outcome", now=given["now"], reason="x", by=research.researcher)
    with pytest.raises(InvalidInput, match="no such part"):
        proposals.amend(held, field="title", now="x", reason="x", by=research.researcher)
    (change,) = held.changes.all()
    assert (change.was, change.now) == (STUDY["outcome"], given["now"])


def test_data_are_decided_by_a_steward_with_reasons_before_a_study_is_accepted(
    research: Stage,
) -> None:
    held = research.submitted(**DATA)
    with pytest.raises(NotPermitted, match="not decided"):
        proposals.accept(held, reason="x", by=research.editor)
    with pytest.raises(InvalidInput, match="reasons"):
        proposals.decide_data(held, is_granted=False, reasons=" ", by=research.steward)
    proposals.decide_data(held, is_granted=False, reasons="Too small", by=research.steward)
    with pytest.raises(InvalidInput, match="waits"):
        proposals.decide_data(held, is_granted=True, reasons="x", by=research.steward)
    with pytest.raises(NotPermitted, match="refused"):
        proposals.accept(held, reason="x", by=research.editor)
    proposals.send_back(held, reason="Can it do without?", by=research.editor)
    without = dict.fromkeys(DATA, "") | {"data": "none"}
    page = next(page for page in PAGES if page.slug == "data")
    proposals.save_page(held, page, without, by=research.researcher)
    proposals.submit(held, by=research.researcher)
    proposals.accept(held, reason="Sound", by=research.editor)
    assert fresh(held).state == ProposalState.ACCEPTED


def test_a_study_begins_when_its_ethics_review_is_done_and_reports_with_an_output(
    research: Stage,
) -> None:
    held = registered(research, ethics="sought", ethics_reference="", ethics_on=None)
    by = research.researcher
    with pytest.raises(NotPermitted, match="ethics review is not done"):
        proposals.start(held, by=by)
    with pytest.raises(InvalidInput, match="reference"):
        proposals.state_ethics(held, {**APPROVED, "ethics_reference": ""}, by=by)
    proposals.state_ethics(held, APPROVED, by=by)
    proposals.start(held, by=by)
    question = held.questions.get()
    assert question.state == QuestionState.UNDER_STUDY
    with pytest.raises(InvalidInput, match="No output"):
        proposals.report(held, by=by)
    output = research.output(proposal=held)
    proposals.report(held, by=by)
    with pytest.raises(InvalidInput, match="listed outputs"):
        questions.answer(question, outputs=[output], reason="No effect", by=research.editor)
    outputs.list_output(output, reason="Read it", by=research.editor)
    questions.answer(question, outputs=[fresh(output)], reason="No effect", by=research.editor)
    assert fresh(question).state == QuestionState.ANSWERED


def test_a_stopped_study_stays_listed_and_frees_its_question(
    research: Stage, client: Client
) -> None:
    held = research.to_proposal(ProposalState.STOPPED)
    assert fresh(held.questions.get()).state == QuestionState.ACCEPTED
    assert "Nobody took part" in client.get(held.path).content.decode()
    assert held.path in client.get(f"{ROOT}?kind=study&state=stopped").content.decode()


def test_the_owner_makes_no_proposal_and_a_closed_call_takes_none(research: Stage) -> None:
    inside = appoint("inside", framework_owner(), Role.RESEARCHER)
    owner = framework_owner().slug
    with pytest.raises(NotPermitted, match="makes none"):
        proposals.begin(organisation=owner, title="x", by=inside)
    call = research.to_call(CallState.OPEN)
    draft = research.proposal(call=call)
    calls.close(call, by=research.editor)
    with pytest.raises(NotPermitted, match="not open"):
        proposals.submit(draft, by=research.researcher)
    with pytest.raises(NotPermitted, match="not open"):
        proposals.begin(organisation="study", title="x", call=fresh(call), by=research.researcher)


def test_an_output_stands_on_the_pages_of_what_it_bears_on_once_it_is_listed(
    research: Stage, as_user: Browse, client: Client
) -> None:
    browser = as_user(research.researcher)
    given = {**FOUND, "organisation": "study", "address": "https://doi.example/10.1/x"}
    given |= {"intervention": ["iv-hsp"]}
    shown = browser.get(f"{ROOT}outputs/add/?about=iv-hsp").content.decode()
    assert shown.count(" checked") == 2, "the only organisation, and what the link is about"
    sent = browser.post(f"{ROOT}outputs/add/?about=iv-hsp", given)
    held = Output.objects.get()
    assert sent["Location"] == held.path
    assert held.title not in client.get("/what-works/iv-hsp/").content.decode()
    changed = {**given, "title": "Walks changed nothing"}
    assert browser.post(f"{held.path}do/change/", changed).status_code == 302
    outputs.list_output(held, reason="Read it", by=research.editor)
    shown = client.get("/what-works/iv-hsp/").content.decode()
    assert "Research about this" in shown
    assert "Walks changed nothing" in shown
    assert f"{ROOT}questions/ask/?about=iv-hsp" in shown
    page = client.get(held.path).content.decode()
    assert "https://doi.example/10.1/x" in page
    outputs.retract(held, reason="The data were wrong", by=research.editor)
    assert "Walks changed nothing" not in client.get("/what-works/iv-hsp/").content.decode()
    assert "The data were wrong" in client.get(held.path).content.decode()


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "rumour"}, {"citation": " "}, {"found": ""}, {"entries": ["no-such"]},
        {"address": "javascript:alert(1)"}, {"area": "ar-none"},
    ],
)  # fmt: skip
def test_an_output_that_is_not_whole_is_refused(research: Stage, changed: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        research.output(**changed)
    assert not Output.objects.exists()


def test_an_output_is_of_ones_own_study(research: Stage) -> None:
    study = research.to_proposal(ProposalState.UNDER_WAY)
    values = {**FOUND, "proposal": study}
    with pytest.raises(InvalidInput, match="own study"):
        outputs.offer(organisation="other-study", values=values, by=research.other_researcher)


def test_the_register_filters_and_leaves_as_files(research: Stage, client: Client) -> None:
    research.accepted()
    study = research.to_proposal(ProposalState.STOPPED)
    research.output()
    shown = client.get(f"{ROOT}?kind=study&area=ar-knife").content.decode()
    assert study.path in shown
    assert "1 of 3 records matches" in shown
    none = client.get(f"{ROOT}?kind=output").content.decode()
    assert "None matches what is ticked" in none
    answered = client.get(f"{ROOT}register.csv?kind=study")
    assert "OFFICIAL-research.csv" in answered["Content-Disposition"]
    (row,) = csv.DictReader(io.StringIO(answered.content.decode()))
    assert (row["reference"], row["state"], row["reason"]) == (
        study.reference, "stopped", "Nobody took part",
    )  # fmt: skip
    document = json.loads(client.get(f"{ROOT}register.json").content)
    assert len(document["records"]) == 3
    assert {one["kind"] for one in document["records"]} == {"question", "study"}
    assert "rae" not in client.get(f"{ROOT}register.json").content.decode().split()


def test_the_work_page_shows_what_waits(research: Stage, as_user: Browse) -> None:
    asked = research.question()
    submitted = research.submitted(**DATA)
    offered = research.output()
    editor = as_user(research.editor).get(f"{ROOT}mine/").content.decode()
    for record in (asked, submitted, offered):
        assert record.path in editor
    steward = as_user(research.steward).get(f"{ROOT}mine/").content.decode()
    assert "Requests for data to decide" in steward
    assert "Proposals to decide" not in steward
    own = as_user(research.researcher).get(f"{ROOT}mine/").content.decode()
    assert submitted.path in own
    assert offered.path in own
    assert asked.path not in own
    other = as_user(research.other_researcher).get(f"{ROOT}mine/").content.decode()
    assert submitted.path not in other


def test_a_decision_tells_whoever_put_it_in_and_is_in_the_log(research: Stage) -> None:
    held = research.question()
    questions.decline(held, reason="Known already", by=research.editor)
    (notice,) = Notice.objects.filter(user=research.analyst)
    assert notice.address == held.path
    logged = Entry.objects.filter(subject=f"research:{held.reference}", organisation="north")
    assert [one.who for one in logged.order_by("pk")] == ["ann", "edd"]


def test_a_merged_question_leads_to_the_other(research: Stage, client: Client) -> None:
    held = research.to_question(QuestionState.MERGED)
    assert held.merged_into is not None
    assert held.merged_into.path in client.get(held.path).content.decode()
    one = research.accepted()
    with pytest.raises(InvalidInput, match="another one"):
        questions.merge(one, into=one, reason="x", by=research.editor)


@pytest.mark.parametrize(
    "rest",
    ["questions/rq-999/", "questions/x/", "questions/rc-1/", "calls/rc-²/", "outputs/ro-/",
     "questions/rq-1/do/nothing/", "elsewhere/rq-1/do/accept/"],
)  # fmt: skip
def test_an_address_of_nothing_is_not_found(research: Stage, as_user: Browse, rest: str) -> None:
    research.question()
    assert as_user(research.editor).get(f"{ROOT}{rest}").status_code == 404


def test_every_link_of_the_registers_pages_leads_somewhere(
    research: Stage, as_user: Browse, client: Client
) -> None:
    call = research.to_call(CallState.OPEN)
    study = registered(research)
    records = (call, study, call.questions.get(), research.proposal(), research.listed())
    dead: list[str] = []
    seen = 0
    for browser in (client, *map(as_user, (research.reader, research.researcher, research.editor))):
        for page in (ROOT, f"{ROOT}mine/", *(record.path for record in records)):
            answered = browser.get(page)
            if answered.status_code != 200:
                continue
            seen += 1
            linked = set(re.findall(r'href="(/what-works/research/[^"#]*)', answered.text))
            dead += [
                f"{address} on {page}"
                for address in linked
                if browser.get(unescape(address)).status_code not in (200, 302)
            ]
    assert dead == []
    assert seen > 15


def test_the_example_research_claims_nothing_and_is_made_once(
    db: None, client: Client, settings: Any
) -> None:
    assert make_demonstration_research() == (), "without accounts there is nothing to make"
    make_demonstration()
    assert len(make_demonstration_research()) == 8
    assert make_demonstration_research() == ()
    for record in (*Question.objects.all(), *Call.objects.all(), *StudyProposal.objects.all()):
        assert record.title.startswith("Example: ")
    held = StudyProposal.objects.get(state=ProposalState.UNDER_WAY)
    assert "Made up for the demonstration" in client.get(held.path).content.decode()
    call_command("example_research", stdout=StringIO())
    settings.NHPF_IS_PRODUCTION = True
    with pytest.raises(CommandError, match="refused"):
        call_command("example_research")
