"""The cycle walked without JavaScript, and each of its pages and form states by axe."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect
from tests.web.browser.looking import faults as looked_at
from tests.web.browser.looking import settled, sign_in

if TYPE_CHECKING:
    from tests.web.browser.conftest import Windows
    from tests.web.conftest import Site

pytestmark = pytest.mark.browser
HOME = "/how-we-are-doing/"
EVERYBODY = (
    HOME, f"{HOME}due/", f"{HOME}cycles/cycle-2026/", f"{HOME}cycles/cycle-2026/returns/",
    f"{HOME}proposals/", f"{HOME}linked-work/", f"{HOME}editions/", f"{HOME}editions/2026/",
    f"{HOME}editions/2026/iv-mentor/", f"{HOME}entries/ar-knife/", f"{HOME}editions/compare/",
    f"{HOME}entries/ar-knife/?as-at=2020-01-01",
)  # fmt: skip
# What ERRORS opens too is not opened twice: axe takes seconds for each.
EDITORS = (
    f"{HOME}cycles/cycle-2026/", f"{HOME}cycles/cycle-2026/plan/",
    f"{HOME}cycles/cycle-2026/phases/2/gates/profile/", f"{HOME}draft/iv-mentor/",
    f"{HOME}draft/iv-mentor/links/", f"{HOME}draft/iv-mentor/facts/",
    f"{HOME}draft/iv-mentor/evidence/", f"{HOME}draft/iv-mentor/outcomes/0/",
    f"{HOME}draft/iv-mentor/keeping/", f"{HOME}draft/iv-mentor/rename/",
)  # fmt: skip
ERRORS = (
    f"{HOME}cycles/open/", f"{HOME}cycles/cycle-2026/phases/2/begin/",
    f"{HOME}cycles/cycle-2026/returns/ask/", f"{HOME}draft/add/", f"{HOME}editions/next/",
    f"{HOME}linked-work/link/", f"{HOME}proposals/start/", f"{HOME}draft/iv-mentor/1/schedule/",
)  # fmt: skip


def faults(page: Page) -> list[str]:
    """Return what is wrong with the page in the window that it has."""
    settled(page)
    one_heading = page.locator("h1").count() == 1
    return looked_at(page) + ([] if one_heading else [f"{page.url}: it has not one heading"])


@pytest.fixture(scope="module")
def walked(window: Windows, site: Site) -> Site:
    """Open a cycle, ask for returns, write one and send it: all without JavaScript."""
    page = window(1280, javascript=False)
    sign_in(page, site, "demo-editor")
    page.get_by_role("link", name="How we are doing").click()
    page.get_by_role("link", name="Open a cycle").click()
    page.get_by_label("Name").fill("Cycle 2026")
    page.get_by_label("Start").fill("1 10 2026")
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cycle 2026")
    page.get_by_role("link", name="Begin phase 1").click()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name="Scoping returns of this cycle").click()
    page.get_by_role("link", name="Ask for returns").click()
    expect(page.get_by_label("Metropolitan Police Service")).to_be_checked()
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text(re.compile(r"0 of \d+ have answered"))).to_be_visible()
    _answer(window(320, javascript=False), site)
    page.reload()
    expect(page.get_by_text(re.compile(r"1 of \d+ have answered"))).to_be_visible()
    return site


def _answer(page: Page, site: Site) -> None:
    sign_in(page, site, "demo-contributor")
    page.goto(f"{site.address}{HOME}cycles/cycle-2026/returns/")
    page.get_by_role("link", name="Write the return of Metropolitan Police Service").click()
    page.get_by_role("link", name="Describe an activity").click()
    page.get_by_label("What is it called?").fill("Weekend patrols")
    page.get_by_label("What is done?").fill("Patrols at three bus stations.")
    page.get_by_role("button", name="Save and continue").click()
    # Left here, and resumed from the return's own page.
    page.goto(f"{site.address}{HOME}cycles/cycle-2026/returns/")
    page.get_by_role("link", name="Write the return of Metropolitan Police Service").click()
    page.get_by_role("link", name="Weekend patrols").click()
    page.get_by_role("main").get_by_role("link", name="What is it about?", exact=True).click()
    page.get_by_label("Knife crime").check()
    page.get_by_label("Tertiary").check()
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Where?").fill("Hackney")
    page.get_by_label("One district or borough").check()
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Not evaluated").check()
    page.get_by_label("Which desk can others ask?").fill("Violence desk, 101")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    page.get_by_role("link", name="Back to the return").click()
    page.get_by_role("button", name="Send the return").click()
    expect(page.get_by_text("The return is sent")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 320])
def test_what_everybody_reads(window: Windows, walked: Site, width: int) -> None:
    page, found = window(width), []
    for path in EVERYBODY:
        page.goto(walked.address + path)
        found += faults(page)
    assert found == []


@pytest.mark.parametrize("width", [1280, 320])
def test_what_an_editor_writes(window: Windows, walked: Site, width: int) -> None:
    page, found = window(width), []
    sign_in(page, walked, "demo-editor")
    for path in EDITORS:
        page.goto(walked.address + path)
        found += faults(page)
    for path in ERRORS:
        page.goto(walked.address + path)
        page.locator("main form button[type=submit]").last.click()
        expect(page.get_by_role("alert")).to_contain_text("There is a problem")
        found += faults(page)
    page.goto(f"{walked.address}{HOME}draft/ar-knife/words/")
    page.get_by_label("Title").fill("Knives")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("Preview: not saved yet")).to_be_visible()
    found += faults(page)
    assert found == []


@pytest.mark.parametrize("width", [1280, 320])
def test_what_a_force_writes(window: Windows, walked: Site, width: int) -> None:
    page, found = window(width), []
    sign_in(page, walked, "demo-contributor")
    page.goto(f"{walked.address}{HOME}cycles/cycle-2026/returns/")
    page.get_by_role("link", name="See the return of Metropolitan Police Service").click()
    found += faults(page)
    page.get_by_role("link", name="Weekend patrols").click()
    found += faults(page)
    page.goto(f"{walked.address}{HOME}activity/")
    found += faults(page)
    page.goto(f"{walked.address}{HOME}cycles/cycle-2026/returns/")
    page.get_by_role("link", name="See the return of Metropolitan Police Service").click()
    page.get_by_role("button", name="Open it again").click()
    found += faults(page)
    page.get_by_role("link", name="Describe another activity").click()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("alert")).to_contain_text("Answer: What is it called?")
    found += faults(page)
    page.goto(f"{walked.address}{HOME}cycles/cycle-2026/returns/")
    page.get_by_role("link", name="Write the return of Metropolitan Police Service").click()
    page.get_by_role("button", name="Send the return").click()
    assert found == []


def test_a_proposal_is_handed_in_and_decided(window: Windows, walked: Site) -> None:
    ours, found = window(320, javascript=False), []
    sign_in(ours, walked, "demo-contributor")
    ours.goto(f"{walked.address}{HOME}proposals/")
    ours.get_by_role("link", name="Propose a change").click()
    ours.get_by_label("What is it called?").fill("Fire-setting")
    ours.get_by_label("An area of focus").check()
    ours.get_by_role("button", name="Continue").click()
    for label in ("What is it, and", "What is known of", "Where can that", "Whom could it harm"):
        ours.get_by_label(label).fill("Nine deaths in three years.")
    ours.get_by_role("button", name="Change").click()
    ours.get_by_role("link", name="Hand it in").click()
    ours.get_by_role("button", name="Hand it in").click()
    theirs = window(1280)
    sign_in(theirs, walked, "demo-editor")
    theirs.goto(f"{walked.address}{HOME}proposals/")
    theirs.get_by_role("link", name="Fire-setting").click()
    found += faults(theirs)
    theirs.get_by_role("link", name="Accept").click()
    found += faults(theirs)
    theirs.get_by_role("button", name="Accept").click()
    expect(theirs.get_by_role("alert")).to_contain_text("Give the reasons")
    found += faults(theirs)
    theirs.get_by_label("What are the reasons?").fill("Enough is known.")
    theirs.get_by_role("button", name="Accept").click()
    expect(theirs.get_by_role("heading", name="Decision: accepted")).to_be_visible()
    for width in (1280, 320):
        page = window(width)
        for path in ("proposals/", "proposals/fire-setting/"):
            page.goto(f"{walked.address}{HOME}{path}")
            found += faults(page)
    assert found == []


def test_an_entry_is_revised_compared_and_the_next_edition_begun(
    window: Windows, walked: Site
) -> None:
    page, found = window(1280, javascript=False), []
    sign_in(page, walked, "demo-editor")
    page.goto(f"{walked.address}{HOME}draft/ar-gun/words/")
    page.get_by_label("Title").fill("Guns")
    page.get_by_role("button", name="Save").click()
    page.goto(f"{walked.address}{HOME}editions/next/")
    page.get_by_label("Name in addresses").fill("2028")
    page.get_by_label("Title").fill("Edition 2028")
    page.get_by_label("Summary").fill("The second.")
    page.get_by_label("Date of publication").fill("23 11 2028")
    page.get_by_label("Review date").fill("23 11 2030")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Edition 2028")).to_be_visible()
    page.get_by_role("link", name="Freeze edition 2028").click()
    page.get_by_role("button", name="Freeze for ever").click()
    expect(page.get_by_role("alert")).to_contain_text("No signed equality assessment")
    for width in (1280, 320):
        seen = window(width)
        sign_in(seen, walked, "demo-editor")
        for path in (
            "draft/", "draft/ar-gun/", "draft/ar-gun/compare/?before=1&after=2",
            "editions/freeze/", "draft/iv-mentor/outcomes/5/",
        ):  # fmt: skip
            seen.goto(f"{walked.address}{HOME}{path}")
            found += faults(seen)
    assert found == []
