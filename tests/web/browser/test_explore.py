"""Exploring a place in a real browser: with and without scripts, wide and narrow, and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect
from tests.web.browser.looking import faults as looked_at
from tests.web.browser.looking import settled, sign_in

if TYPE_CHECKING:
    from tests.web.browser.conftest import Windows
    from tests.web.conftest import Site

pytestmark = pytest.mark.browser
LONDON = "/what-happens/E23000001-metropolitan-police/"
HACKNEY = "/what-happens/E09000012-hackney/"
KENT = "/what-happens/E23000032-kent/"
PAGES = (
    f"{LONDON}explore/?indicator=robbery&against=all",
    f"{HACKNEY}explore/?indicator=rape&against=similar",
    f"{KENT}explore/?years=5",
    f"{HACKNEY}explore/map/",
    f"{HACKNEY}explore/map/?indicator=homicide-count&year=2020",
    f"{KENT}explore/map/",
    f"{KENT}similar/",
    f"{KENT}similar/?ticked=1",
    "/what-happens/K04000001-england-and-wales/similar/",
    f"{KENT}documents/",
    "/what-we-do/",
)


def faults(page: Page) -> list[str]:
    """Return what is wrong with the page, wide and phone-sized."""
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    found = []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"at {width}: {fault}" for fault in looked_at(page)]
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


@pytest.mark.parametrize("address", PAGES)
def test_every_page_keeps_to_wcag(page: Page, site: Site, address: str) -> None:
    page.goto(site.address + address)
    assert faults(page) == []


@pytest.mark.parametrize("javascript", [True, False])
def test_a_reader_chooses_from_the_profile_on(
    window: Windows, site: Site, *, javascript: bool
) -> None:
    page = window(1280, javascript=javascript)
    page.goto(site.address + HACKNEY)
    page.get_by_role("link", name="Explore the figures").click()
    page.get_by_label("What is counted?").select_option(label="Robbery")
    page.get_by_label("Over which period?").select_option(label="Three years, pooled")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="Robbery: ")).to_be_visible()
    assert "indicator=robbery" in page.url
    figure = page.get_by_role("figure", name="Robbery: ")
    figure.get_by_text("Table", exact=False).first.click()
    expect(figure.get_by_role("table")).to_be_visible()
    figure.get_by_text("Cite", exact=False).first.click()
    expect(figure.get_by_text("data release", exact=False).first).to_be_visible()
    with page.expect_download() as taken:
        figure.get_by_role("link", name="CSV").click()
    assert taken.value.suggested_filename.startswith("OFFICIAL_NHPF_explored-robbery-whole_")


@pytest.mark.parametrize("javascript", [True, False])
def test_years_are_links_and_with_scripts_a_slider(
    window: Windows, site: Site, *, javascript: bool
) -> None:
    page = window(1280, javascript=javascript)
    page.goto(f"{site.address}{HACKNEY}explore/map/?indicator=robbery")
    slider = page.get_by_role("slider", name="Year: 2025")
    expect(slider).to_have_count(1 if javascript else 0)
    page.get_by_role("link", name="2012", exact=True).click()
    expect(page.get_by_role("heading", name="Robbery in Hackney, 2012")).to_be_visible()
    if not javascript:
        return
    slider = page.get_by_role("slider", name="Year: 2012")
    slider.press("ArrowRight")
    expect(page.get_by_role("heading", name="Robbery in Hackney, 2013")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Robbery in Hackney, 2013")
    expect(page).to_have_url(f"{site.address}{HACKNEY}explore/map/?indicator=robbery&year=2013")
    expect(page.get_by_role("link", name="2013", exact=True)).to_have_attribute(
        "aria-current", "true"
    )
    assert faults(page) == []


def test_covariates_are_ticked_without_scripts(window: Windows, site: Site) -> None:
    page = window(1280, javascript=False)
    page.goto(f"{site.address}{KENT}similar/")
    page.get_by_label("Income deprivation, 2025 (England)").uncheck()
    page.get_by_role("button", name="Show").click()
    assert "by=density" in page.url
    assert "income_deprivation" not in page.url
    expect(page.get_by_role("heading", name="Kent is most like")).to_be_visible()


def test_on_paper_the_forms_and_the_years_are_left_out(page: Page, site: Site) -> None:
    page.goto(f"{site.address}{HACKNEY}explore/map/")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Show")).to_be_hidden()
    expect(page.get_by_role("slider")).to_be_hidden()
    expect(page.get_by_role("figure", name="Violence with injury in Hackney")).to_be_visible()


def test_a_problem_is_taken_up_closed_and_read_by_its_own_people(
    window: Windows, site: Site
) -> None:
    page = sign_in(window(1280), site, "demo-lead")
    page.goto(f"{site.address}/what-we-do/")
    page.get_by_role("link", name="Problems").click()
    found = faults(page)
    page.get_by_role("link", name="Take up a problem").click()
    found += faults(page)
    page.get_by_role("button", name="Take it up").click()
    expect(page.get_by_role("alert")).to_contain_text("Say what the problem is.")
    found += faults(page)
    page.get_by_label("What is the problem?").fill("Demonstration: walks home from school")
    page.get_by_label("Knife crime", exact=True).check()
    page.get_by_role("button", name="Take it up").click()
    expect(page.get_by_role("main")).to_contain_text("Before a plan can be made")
    found += faults(page)
    page.get_by_role("link", name="Close it").click()
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_role("alert")).to_contain_text("Say what became of it.")
    found += faults(page)
    page.get_by_label("What became of it?").fill("Demonstration: recording explained it.")
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_role("main")).to_contain_text("Closed on")
    page.goto(f"{site.address}/what-we-do/problems/")
    expect(page.get_by_role("main")).to_contain_text("Demonstration: walks home from school")
    assert found + faults(page) == []


def test_a_document_that_the_release_cannot_answer_says_what_is_missing(
    window: Windows, site: Site
) -> None:
    page = sign_in(window(1280), site, "demo-lead")
    page.goto(f"{site.address}{LONDON}documents/")
    expect(page.get_by_role("main")).to_contain_text("The release holds no homicide cases")
    found = faults(page)
    page.goto(f"{site.address}{LONDON}restricted/documents/screen/")
    expect(page.get_by_role("heading", level=1)).to_have_text("This release cannot answer it")
    assert found + faults(page) == []
