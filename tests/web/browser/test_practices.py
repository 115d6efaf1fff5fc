"""A practice in a real browser: written, assessed blind, signed, published, found and repeated.

Every type of page and state of a form on the way is looked at by axe, wide and phone-sized.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect
from tests.web.browser.looking import follow, press, settled, sign_in
from tests.web.browser.looking import wide_and_narrow as faults

from nhpf_web.equality.rules import GROUPS
from nhpf_web.what_works.rules import FIELDS, STEPS, Kind

if TYPE_CHECKING:
    from tests.web.browser.conftest import Windows
    from tests.web.conftest import Site

pytestmark = pytest.mark.browser
TITLE = "Workers in the emergency department"
SYNTHESIS = "Hot spots policing: Violent crime at treated places (synthetic example)"
TICKED = {
    "purpose": "Prevention",
    "prevention": "Secondary: where risk is raised",
    "themes": "Serious violence",
    "areas": "Knife crime",
    "toolkits": "A&E Navigators",
    "finding": "Promising, evaluated locally",
}


def fill_step(page: Page) -> None:
    """Answer whatever the step on the page asks."""
    for name, field in FIELDS.items():
        box = page.locator(f"[name={name}]")
        if not box.count() or name == "title":
            continue
        if field.kind in (Kind.ONE, Kind.SEVERAL):
            if name in TICKED:
                page.get_by_label(TICKED[name], exact=True).check()
        elif name == "mailbox":
            box.fill("violence.desk@example.org")
        else:
            box.fill(f"Said about {name.replace('_', ' ')}.")


def write(page: Page, site: Site, title: str) -> list[str]:
    """Write a whole practice; return what axe finds on the pages on the way."""
    page.goto(f"{site.address}/what-works/practices/")
    follow(page, "Describe a practice")
    press(page, "Begin")
    found = faults(page)
    page.get_by_label("Title").fill(title)
    press(page, "Begin")
    found += faults(page)
    follow(page, STEPS[0].title)
    for step in STEPS:
        expect(page.get_by_role("heading", level=1)).to_have_text(step.title)
        if step.slug == "contact":
            page.get_by_label("Desk or team").fill("Sgt Taylor")
            press(page, "Save and go on")
            expect(page.get_by_role("alert")).to_contain_text("points to a person")
            found += faults(page)
        fill_step(page)
        if step.slug in ("summary", "framework", "impact"):
            found += faults(page)
        press(page, "Save and go on")
    follow(page, "Preview")
    found += faults(page)
    follow(page, "check your answers")
    found += faults(page)
    press(page, "Submit for assessment")
    return found + faults(page)


def assess(page: Page, address: str) -> list[str]:
    page.goto(address)
    follow(page, "Rate")
    press(page, "Give this assessment")
    found = faults(page)
    page.get_by_label("Promising, evaluated locally").check()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("Reasons").fill("A local evaluation, before and after.")
    page.get_by_label("I have no interest").check()
    press(page, "Give this assessment")
    expect(page.get_by_text("Your assessment is in.")).to_be_visible()
    return found


def complete_equality(page: Page) -> None:
    """Answer every part of the equality assessment on the page but the last."""
    address = page.url
    slugs = (
        "decision", "people", "evidence", "aims", "plans", "together", "effects", "monitoring",
        "outcome",
    )  # fmt: skip
    for slug in slugs:
        page.goto(f"{address}change/{slug}/")
        for box in page.get_by_role("main").locator("textarea").all():
            box.fill("Said.")
        if slug == "decision":
            page.locator("[name=owner]").fill("Equality desk")
        for number in range(len(GROUPS)):
            if page.locator(f"[name=effect_{number}]").count():
                page.locator(f"[name=effect_{number}]").select_option("neutral")
        if slug == "outcome":
            page.locator("[name=outcome]").select_option("no change")
            page.locator("[name=review_due]").fill("1 1 2090")
        press(page, "Save")


def test_from_a_sergeants_first_word_to_another_forces_replication(
    window: Windows, site: Site
) -> None:
    sergeant = sign_in(window(1280), site, "demo-example-contributor")
    found = write(sergeant, site, TITLE)
    address = sergeant.url
    editor = sign_in(window(1280), site, "demo-editor")
    editor.goto(f"{site.address}/what-works/practices/mine/")
    found += faults(editor)
    follow(editor, TITLE)
    follow(editor, "Assign assessors")
    press(editor, "Ask them")
    found += faults(editor)
    boxes = editor.get_by_role("checkbox", name="Demonstration assessor")
    boxes.nth(0).check()
    boxes.nth(1).check()
    press(editor, "Ask them")

    assessors = [
        sign_in(window(1280), site, name)
        for name in ("demo-assessor", "demo-second-assessor", "demo-third-assessor")
    ]
    asked = [page for page in assessors if page.goto(address).status == 200]  # type: ignore[union-attr]
    assert len(asked) == 2
    found += assess(asked[0], address)
    for page in (asked[1], sergeant, editor):
        page.goto(address)
        expect(page.get_by_text("A local evaluation")).to_have_count(0)
    found += assess(asked[1], address)

    sergeant.goto(address)
    expect(sergeant.get_by_text("A local evaluation")).to_have_count(2)
    follow(sergeant, "Dispute the assessment")
    press(sergeant, "Send the dispute")
    found += faults(sergeant)
    sergeant.goto(address)
    follow(sergeant, "Accept the assessment")
    press(sergeant, "Accept it")
    found += faults(sergeant)

    follow(sergeant, "Confirm the equality assessment")
    press(sergeant, "Confirm it")
    expect(sergeant.get_by_role("alert")).to_contain_text("No equality impact assessment")
    found += faults(sergeant)
    sergeant.goto(address)
    press(sergeant, "Begin its equality assessment")
    equality = sergeant.url
    lead = sign_in(window(1280), site, "demo-example-equality-lead")
    refuse_to_sign(lead, equality, because="Not complete")
    complete_equality(sergeant)
    assert sergeant.goto(f"{equality}sign/").status == 403, "its author does not sign"  # type: ignore[union-attr]
    lead.goto(f"{equality}sign/")
    lead.get_by_label("I have read all of it").check()
    press(lead, "Sign")
    settled(lead)
    sergeant.goto(address)
    follow(sergeant, "Confirm the equality assessment")
    press(sergeant, "Confirm it")
    settled(sergeant)

    visitor = window(1280)
    assert visitor.goto(address).status == 404  # type: ignore[union-attr]
    editor.goto(address)
    follow(editor, "Publish")
    press(editor, "Publish")
    expect(editor.get_by_text("The practice is published.")).to_be_visible()
    assert visitor.goto(address).status == 200  # type: ignore[union-attr]
    found += faults(visitor)
    found += repeat(sign_in(window(1280), site, "demo-lead"), site)
    visitor.goto(address)
    expect(visitor.get_by_text("It made no difference")).to_be_visible()
    visitor.goto(f"{site.address}/what-works/practices/?area=ar-knife")
    found += faults(visitor)
    move_the_estimate(window, site)
    assert found == []


def move_the_estimate(window: Windows, site: Site) -> None:
    """A researcher puts a study forward; once an assessor approves it the pooled estimate moves."""
    researcher = sign_in(window(1280), site, "demo-researcher")
    researcher.goto(f"{site.address}/what-works/evidence/")
    follow(researcher, SYNTHESIS)
    before = researcher.locator("#pooled").inner_text()
    address = researcher.url
    follow(researcher, "Put a study forward")
    follow(researcher, "effect and variance")
    answers = {"Study": "Navigators again (2026)", "Effect": "0.4"}
    for label, said in answers.items():
        researcher.get_by_label(label, exact=True).fill(said)
    researcher.get_by_label("Variance of the effect").fill("0.002")
    researcher.get_by_label("Citation").fill("Made up in a browser test.")
    researcher.get_by_label("Randomised trial").check()
    researcher.get_by_label("Low", exact=True).check()
    press(researcher, "Put it forward")
    expect(researcher.locator("#pooled")).to_have_text(before)

    assessor = sign_in(window(1280), site, "demo-assessor")
    assessor.goto(f"{site.address}/what-works/practices/mine/")
    follow(assessor, "Navigators again (2026)")
    follow(assessor, "Approve")
    assessor.get_by_label("Reason").fill("Sound.")
    assessor.get_by_label("I have no interest in this study").check()
    press(assessor, "Approve")
    visitor = window(1280)
    visitor.goto(address)
    expect(visitor.locator("#pooled")).not_to_have_text(before)


def refuse_to_sign(page: Page, address: str, *, because: str) -> None:
    page.goto(f"{address}sign/")
    page.get_by_label("I have read all of it").check()
    press(page, "Sign")
    expect(page.get_by_role("alert")).to_contain_text(because)


def repeat(page: Page, site: Site) -> list[str]:
    """Find the practice from one's own force's profile, adopt it, log a replication, ask."""
    page.goto(f"{site.address}/organisations/")
    follow(page, "Our area’s profile")
    follow(page, "See what could help in Metropolitan Police")
    follow(page, TITLE)
    follow(page, "Record that you adopt it")
    press(page, "Record it")
    found = faults(page)
    page.get_by_label("What will you do, and where?").fill("In one hospital.")
    press(page, "Record it")
    follow(page, "Log a replication")
    page.get_by_label("When").fill("April 2026 to September 2026")
    page.get_by_label("How did you adapt it?").fill("Weekends only.")
    page.get_by_label("Dose").fill("Two nights a week.")
    page.get_by_label("What happened?").fill("It made no difference that we could measure.")
    press(page, "Log it")
    found += faults(page)
    page.get_by_label("Did not work, evaluated locally").check()
    press(page, "Log it")
    press(page, "Follow")
    follow(page, "Ask a question")
    page.get_by_label("Your words").fill("Which nights?")
    press(page, "Ask")
    found += faults(page)
    page.goto(f"{site.address}/what-works/practices/mine/")
    return found + faults(page)


def begin(page: Page, site: Site, title: str) -> str:
    page.goto(f"{site.address}/what-works/practices/begin/")
    page.get_by_label("Title").fill(title)
    press(page, "Begin")
    return page.url


def test_the_form_works_without_javascript_and_keeps_what_a_lost_session_took(
    window: Windows, site: Site
) -> None:
    page = sign_in(window(320, javascript=False), site, "demo-example-contributor")
    address = begin(page, site, "Example: without scripts")
    page.goto(f"{address}problem/")
    page.get_by_label("What was the problem?").fill("Kept & saved")
    press(page, "Save and see what is left")
    page.goto(f"{address}problem/")
    expect(page.get_by_label("What was the problem?")).to_have_value("Kept & saved")

    page.get_by_label("What was the problem?").fill("Typed after the session ended")
    page.context.clear_cookies(name="sessionid")
    press(page, "Save and go on")
    expect(page.get_by_role("heading", level=1)).to_have_text("You have been signed out")
    sign_in(page.context.new_page(), site, "demo-example-contributor")
    press(page, "Send it again")
    # The form is older than the new session, so its token is too: once more proves that it is ours.
    press(page, "Send it again")
    expect(page.get_by_text("Saved: The problem.")).to_be_visible()
    page.goto(f"{address}problem/")
    expect(page.get_by_label("What was the problem?")).to_have_value(
        "Typed after the session ended"
    )


def test_a_lost_connection_loses_nothing(window: Windows, site: Site) -> None:
    page = sign_in(window(1280), site, "demo-example-contributor")
    address = begin(page, site, "Example: without a connection")
    page.goto(f"{address}people/")
    page.get_by_label("Who does it suit, and who not?").fill("Typed in a tunnel")
    page.get_by_label("Tertiary").check()
    page.context.set_offline(True)
    press(page, "Save and go on")
    expect(page.get_by_text("The connection is lost.")).to_be_visible()
    assert faults(page) == []
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_text("It is kept in this tab")).to_be_visible()
    expect(page.get_by_label("Who does it suit, and who not?")).to_have_value("Typed in a tunnel")
    expect(page.get_by_label("Tertiary")).to_be_checked()
    press(page, "Save and see what is left")
    page.goto(f"{address}people/")
    expect(page.get_by_text("It is kept in this tab")).to_be_hidden()
    expect(page.get_by_label("Who does it suit, and who not?")).to_have_value("Typed in a tunnel")


def test_the_rest_of_the_pages_keep_to_wcag(window: Windows, site: Site) -> None:
    page = sign_in(window(1280), site, "demo-example-contributor")
    found = []
    page.goto(f"{site.address}/what-works/practices/import/")
    press(page, "Bring them in")
    found += faults(page)
    address = begin(page, site, "Example: files")
    page.goto(address.replace("write/", "files/add/"))
    page.get_by_label("File").set_input_files(
        {"name": "a.exe", "mimeType": "application/pdf", "buffer": b"MZ"}
    )
    press(page, "Add this file")
    expect(page.get_by_role("alert")).to_contain_text("none of PDF")
    found += faults(page)
    page.goto(address.replace("write/", "do/withdraw/"))
    press(page, "Withdraw")
    found += faults(page)
    page.context.clear_cookies()
    press(page, "Withdraw")
    found += faults(page)
    assert found == []
