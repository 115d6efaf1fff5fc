"""The research register in a real browser, looked at by axe, wide and phone-sized."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect
from tests.web.browser.looking import follow, press, sign_in
from tests.web.browser.looking import wide_and_narrow as faults

if TYPE_CHECKING:
    from tests.web.browser.conftest import Windows
    from tests.web.conftest import Site

pytestmark = pytest.mark.browser
ROOT = "/what-works/research/"
QUESTION = "Do walks between school and station prevent knife injuries?"


def ask(page: Page, site: Site) -> list[str]:
    """Ask a question from an entry of the framework."""
    page.goto(f"{site.address}/what-works/ar-knife/")
    follow(page, "Ask a research question about this")
    press(page, "Ask it")
    found = faults(page)
    page.get_by_label("The question").fill(QUESTION)
    page.get_by_label("Why does it matter for homicide?").fill("Most are hurt on that way.")
    page.get_by_label("What would answer it?").fill("A trial.")
    press(page, "Ask it")
    expect(page.get_by_text("The question is asked.")).to_be_visible()
    return found + faults(page)


def call(page: Page, address: str) -> list[str]:
    """Accept a question and open a call for a trial of it."""
    page.goto(address)
    follow(page, "Accept")
    press(page, "Accept it")
    found = faults(page)
    page.get_by_label("Why is it a priority?").fill("Many are hurt.")
    press(page, "Accept it")
    follow(page, "Begin a call about it")
    press(page, "Save the draft")
    found += faults(page)
    page.get_by_label("A trial", exact=True).check()
    page.get_by_label("Title", exact=True).fill("A trial of walks")
    page.get_by_label("What is asked for?").fill("A trial in eight places.")
    page.get_by_label("What do you offer?").fill("Aggregate counts.")
    page.get_by_label("Closing date").fill("1 1 2090")
    page.get_by_label("For a trial: what is counted?").fill("admissions")
    page.get_by_label("How many of them").fill("12")
    page.get_by_label("Which fall is hoped for").fill("20")
    page.get_by_label("How many places").fill("8")
    page.get_by_label("How many years").fill("2")
    page.get_by_label("Before and after in the same places").check()
    press(page, "Save the draft")
    expect(page.get_by_text("it could not see a fall smaller than 26.7%")).to_be_visible()
    follow(page, "Open")
    press(page, "Open it")
    return found + faults(page)


def propose(page: Page, address: str) -> list[str]:
    """Write a proposal for a call, with what a form refuses on the way."""
    page.goto(address)
    follow(page, "Propose a study for it")
    press(page, "Begin")
    found = faults(page)
    page.get_by_label("Title of the study").fill("Walks, tried in steps")
    press(page, "Begin")
    found += faults(page)
    follow(page, "What is studied")
    page.get_by_label("What is studied?").fill("Walks in eight places.")
    found += faults(page)
    press(page, "Save")
    follow(page, "The protocol")
    page.get_by_label("Design").select_option("stepped")
    for name in ("outcome", "measures", "analysis", "power"):
        page.locator(f"[name={name}]").fill("Said.")
    found += faults(page)
    press(page, "Save")
    follow(page, "Ethics review")
    page.get_by_label("Approved", exact=True).check()
    press(page, "Save")
    expect(page.get_by_role("alert")).to_contain_text("Give the reference of the approval.")
    found += faults(page)
    page.get_by_label("Not needed", exact=True).check()
    page.get_by_label("If none is needed: why?").fill("Only published counts.")
    press(page, "Save")
    follow(page, "Data")
    page.get_by_label("Aggregate tables or releases held here").check()
    press(page, "Save")
    found += faults(page)
    for name in ("data_what", "data_purpose", "data_basis", "data_control"):
        page.locator(f"[name={name}]").fill("Said.")
    press(page, "Save")
    follow(page, "Timetable")
    page.get_by_label("When does it start?").fill("1 1 2027")
    page.get_by_label("When does it report?").fill("1 1 2026")
    press(page, "Save")
    found += faults(page)
    page.get_by_label("When does it report?").fill("1 1 2029")
    press(page, "Save")
    follow(page, "Submit it")
    press(page, "Submit it")
    expect(page.get_by_text("The proposal is submitted.")).to_be_visible()
    return found + faults(page)


def test_from_a_question_to_a_null_result(window: Windows, site: Site) -> None:
    analyst = sign_in(window(1280), site, "demo-analyst")
    found = ask(analyst, site)
    question = analyst.url
    editor = sign_in(window(1280), site, "demo-editor")
    found += call(editor, question)
    researcher = sign_in(window(1280), site, "demo-researcher")
    found += propose(researcher, editor.url)
    study = researcher.url

    visitor = window(1280)
    assert visitor.goto(study).status == 404  # type: ignore[union-attr]
    editor.goto(study)
    follow(editor, "Accept")
    editor.get_by_label("What are the reasons?").fill("Sound.")
    press(editor, "Accept it")
    expect(editor.get_by_role("alert")).to_contain_text("request for data is not decided")
    found += faults(editor)
    steward = sign_in(window(1280), site, "demo-data-steward")
    steward.goto(f"{site.address}{ROOT}mine/")
    found += faults(steward)
    follow(steward, "Walks, tried in steps")
    follow(steward, "Decide on the data")
    press(steward, "Record the decision")
    found += faults(steward)
    steward.get_by_label("Yes", exact=True).check()
    steward.get_by_label("Reasons").fill("Counts are suppressed before they leave.")
    press(steward, "Record the decision")
    press_with_reasons(editor, study, "Accept", "Accept it")

    researcher.goto(study)
    follow(researcher, "Change the protocol")
    press(researcher, "Record the change")
    found += faults(researcher)
    researcher.get_by_label("Primary outcome").check()
    researcher.get_by_label("What stands now?").fill("Admissions within a year.")
    researcher.get_by_label("Why does it change?").fill("Data come later.")
    press(researcher, "Record the change")
    follow(researcher, "Begin")
    press(researcher, "Begin it")
    follow(researcher, "Add an output of it")
    press(researcher, "Add it")
    found += faults(researcher)
    researcher.get_by_label("Null result").check()
    researcher.get_by_label("Title", exact=True).fill("Walks made no difference")
    researcher.get_by_label("Citation").fill("Example, A. (2029). Walks.")
    researcher.get_by_label("What did it find?").fill("No effect: 0.98 (0.90 to 1.07).")
    press(researcher, "Add it")
    output = researcher.url
    found += faults(researcher)
    press_with_reasons(editor, output, "List", "List it", label="What did you check?")

    visitor.goto(study)
    expect(visitor.get_by_text("Admissions within a year.")).to_be_visible()
    found += faults(visitor)
    visitor.goto(f"{site.address}/what-works/ar-knife/")
    follow(visitor, "Walks made no difference")
    found += faults(visitor)
    visitor.goto(f"{site.address}{ROOT}?kind=study")
    found += faults(visitor)
    visitor.goto(f"{site.address}{ROOT}?kind=call&state=none")
    found += faults(visitor)
    assert found == []


def press_with_reasons(
    page: Page, address: str, act: str, button: str, *, label: str = "What are the reasons?"
) -> None:
    page.goto(address)
    follow(page, act)
    page.get_by_label(label).fill("Sound.")
    press(page, button)


def test_asking_works_without_javascript(window: Windows, site: Site) -> None:
    page = sign_in(window(320, javascript=False), site, "demo-lead")
    page.goto(f"{site.address}{ROOT}questions/ask/?title=Which+nights%3F&level=secondary")
    expect(page.get_by_label("The question")).to_have_value("Which nights?")
    press(page, "Ask it")
    expect(page.get_by_role("alert")).to_contain_text("Say why it matters for homicide.")
    expect(page.get_by_label("The question")).to_have_value("Which nights?")
