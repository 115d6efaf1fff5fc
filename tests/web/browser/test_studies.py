"""A study in a real browser: put forward, previewed, approved, and the pooled estimate moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect
from tests.web.browser.looking import follow, press, settled, sign_in
from tests.web.browser.looking import wide_and_narrow as faults

if TYPE_CHECKING:
    from tests.web.browser.conftest import Windows
    from tests.web.conftest import Site

pytestmark = pytest.mark.browser
OUTCOME = "Hot spots policing: Violent crime at treated places (synthetic example)"


def fill(page: Page, name: str) -> None:
    page.get_by_label("Study", exact=True).fill(name)
    page.get_by_label("Country (optional)").fill("United Kingdom")
    page.get_by_label("Effect", exact=True).fill("0.4")
    page.get_by_label("Variance of the effect").fill("0.002")
    page.get_by_label("Randomised trial").check()
    page.get_by_label("Low", exact=True).check()
    page.get_by_label("Citation").fill("Made up in a browser test.")


def test_a_new_study_moves_the_pooled_estimate(site: Site, window: Windows) -> None:
    writing, deciding = window(1280), window(1280, javascript=False)
    sign_in(writing, site, "demo-researcher")
    writing.goto(f"{site.address}/what-works/evidence/")
    found = faults(writing)
    follow(writing, OUTCOME)
    found += faults(writing)
    before = writing.locator("#pooled").inner_text()
    address = writing.url
    follow(writing, "Put a study forward")
    follow(writing, "effect and variance")
    press(writing, "Put it forward")
    expect(writing.get_by_role("alert")).to_contain_text("Name the study.")
    found += faults(writing)
    fill(writing, "Browser study (2026)")
    writing.get_by_label("Effect", exact=True).fill("much")
    press(writing, "Put it forward")
    expect(writing.get_by_role("alert")).to_contain_text("“Effect” is not a number")
    writing.get_by_label("Effect", exact=True).fill("0.4")
    press(writing, "See what it would change")
    expect(writing.get_by_role("main")).to_contain_text("What it would change if it were approved")
    found += faults(writing)
    press(writing, "Put it forward")
    expect(writing.locator("#pooled")).to_have_text(before)

    sign_in(deciding, site, "demo-assessor")
    deciding.goto(f"{site.address}/what-works/practices/mine/")
    found += faults(writing)
    follow(deciding, "Browser study (2026)")
    expect(deciding.get_by_role("main")).to_contain_text("What approving it would change")
    follow(deciding, "Approve")
    press(deciding, "Approve")
    expect(deciding.get_by_role("heading", name="There is a problem")).to_be_visible()
    deciding.get_by_label("Reason").fill("Allotted by lot, with a protocol written before.")
    deciding.get_by_label("I have no interest in this study").check()
    press(deciding, "Approve")
    assert deciding.url == address
    expect(deciding.locator("#pooled")).not_to_have_text(before)
    expect(deciding.get_by_role("main")).to_contain_text("approve Browser study (2026)")
    assert found == []


def test_the_pages_of_who_decides_and_their_errors(site: Site, window: Windows) -> None:
    page = sign_in(window(1280), site, "demo-editor")
    page.goto(f"{site.address}/what-works/evidence/?kind=live&category=harmful")
    found = faults(page)
    page.goto(f"{site.address}/what-works/evidence/?kind=live")
    page.get_by_role("main").get_by_role("link", name="Scared").first.click()
    settled(page)
    found += faults(page)
    address = page.url
    follow(page, "Decide on 1 that waits")
    found += faults(page)
    press(page, "Decide")
    found += faults(page)
    page.goto(address)
    follow(page, "Example S (2011)")
    found += faults(page)
    follow(page, "Screen out")
    found += faults(page)
    press(page, "Screen out")
    found += faults(page)
    page.goto(f"{address}appraise/")
    found += faults(page)
    press(page, "Keep this judgement")
    found += faults(page)
    page.goto(f"{site.address}/what-works/evidence/begin/")
    found += faults(page)
    press(page, "Open it")
    found += faults(page)
    assert found == []


def test_a_table_that_cannot_be_read_says_where(site: Site, window: Windows) -> None:
    page = sign_in(window(1280), site, "demo-researcher")
    page.goto(f"{site.address}/what-works/evidence/")
    follow(page, OUTCOME)
    follow(page, "Put a study forward")
    follow(page, "a table of studies")
    found = faults(page)
    page.get_by_label("Study table").set_input_files(
        {"name": "mine.csv", "mimeType": "text/csv", "buffer": b"study,effect,se\nA (2001),x,1\n"}
    )
    page.get_by_label("Randomised trial").check()
    page.get_by_label("Low", exact=True).check()
    page.get_by_label("Citation").fill("Made up in a browser test.")
    press(page, "Put them forward")
    expect(page.get_by_role("alert")).to_contain_text("mine.csv, row 1, column effect")
    found += faults(page)
    assert found == []
