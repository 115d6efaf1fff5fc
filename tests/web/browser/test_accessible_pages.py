"""WCAG 2.2 AA by axe, width and paper, on an example of each type of page.

axe needs scripts to run itself, so the pages without JavaScript are loaded with every script of the
site refused: what stands is what a browser without JavaScript shows. That browser itself walks the
service in ``test_walk``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect
from tests.web.browser.looking import WCAG
from tests.web.browser.looking import faults as looked_at

if TYPE_CHECKING:
    from tests.web.browser.conftest import Windows
    from tests.web.conftest import Site

pytestmark = pytest.mark.browser
LONDON = "/what-happens/E23000001-metropolitan-police/"
KENT = "/what-happens/E23000032-kent/"
PAGES = (
    "/",
    "/what-happens/",
    KENT,
    f"{LONDON}figures/homicide-by-year/",
    f"{LONDON}figures/borough-map/",
    "/what-happens/indicators/",
    "/what-happens/find/?area=Nortumbria",
    "/what-works/?theme=theme-drugs&strength=strong",
    "/what-works/interventions/",
    "/what-works/ar-knife/",
    "/what-works/tk-vru/",
    "/what-works/iv-fd/",
    "/what-works/ob-1/",
    "/what-works/sources/",
    "/what-works/sources/S_ONS2022/",
    "/search/?q=stabing",
    "/search/?q=zzzzqqqq",
    "/data/",
    "/data/quality/",
    "/data/revisions/",
    "/data/releases/",
    "/accessibility/",
    "/about/",
    "/what-we-do/",
    "/equality/",
    "/accounts/login/",
    "/nowhere/",
)
# Of the type of Kent's, with more kinds of figure; axe takes seconds for each.
LONGER = (LONDON, "/what-happens/K04000001-england-and-wales/", "/what-happens/E09000012-hackney/")
AA = {"runOnly": WCAG, "resultTypes": ["violations"]}
WINDOWS = [
    pytest.param(width, scripts, id=f"{width}-{'with' if scripts else 'without'}-js")
    for width in (1280, 320)
    for scripts in (True, False)
]


def faults(page: Page) -> list[str]:
    """Return what breaks WCAG, and whether the page is wider than its window."""
    return looked_at(page, rules=AA)


@pytest.mark.parametrize(("width", "scripts"), WINDOWS)
def test_every_type_of_page_keeps_to_wcag_and_to_its_window(
    window: Windows, site: Site, width: int, scripts: bool
) -> None:
    page = window(width, scripts=scripts)
    found = {}
    for address in PAGES:
        answer = page.goto(site.address + address)
        assert answer is not None
        assert answer.status in (200, 404), address
        assert page.locator("h1").count() == 1, address
        found[address] = faults(page)
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(("width", "addresses"), [(1280, LONGER), (320, LONGER[:1])])
def test_longer_profiles_keep_to_it_too(
    window: Windows, site: Site, width: int, addresses: tuple[str, ...]
) -> None:
    page = window(width)
    for address in addresses:
        page.goto(site.address + address)
        assert faults(page) == []


@pytest.mark.parametrize("width", [1280, 320])
def test_a_figure_leads_to_its_table_and_release_which_keep_to_it_too(
    window: Windows, site: Site, width: int
) -> None:
    page = window(width)
    page.goto(f"{site.address}{LONDON}figures/homicide-by-year/")
    page.get_by_role("link", name="london_borough_offences").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Table london_borough_offences")
    for summary in page.locator("main summary").all():
        summary.click()
    assert faults(page) == []
    page.locator(".govuk-summary-list a[href^='/data/releases/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Release ")
    assert faults(page) == []


@pytest.mark.parametrize("width", [1280, 320])
def test_a_restricted_profile_says_its_marking_and_keeps_to_it_too(
    window: Windows, site: Site, width: int
) -> None:
    page = window(width)
    page.goto(f"{site.address}/accounts/login/?next={LONDON}restricted/")
    page.get_by_label("Username").fill("demo-analyst")
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{site.address}{LONDON}restricted/")
    expect(page.locator(".nhpf-marking", has_text="OFFICIAL-SENSITIVE")).to_have_count(2)
    assert faults(page) == []


@pytest.mark.parametrize("address", ["/", LONDON, "/what-works/tk-vru/"])
def test_on_paper_the_marking_stays_and_what_cannot_be_clicked_goes(
    page: Page, site: Site, address: str
) -> None:
    page.emulate_media(media="print")
    page.goto(site.address + address)
    assert page.get_by_text("OFFICIAL", exact=True).first.is_visible()
    for gone in (".nhpf-search", ".govuk-service-navigation", ".govuk-skip-link"):
        assert not page.locator(gone).first.is_visible()
    assert page.get_by_role("heading", level=1).is_visible()


def test_on_paper_every_table_of_a_profile_is_open(page: Page, site: Site) -> None:
    page.emulate_media(media="print")
    page.goto(site.address + LONDON)
    tables = page.locator(".nhpf-figure table")
    assert tables.count() > 10
    hidden = [n for n in range(tables.count()) if not tables.nth(n).is_visible()]
    assert hidden == []
