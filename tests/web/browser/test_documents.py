"""Taking a profile away in a real browser: files for everybody, and a restricted one by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.web.browser.looking import faults, sign_in

if TYPE_CHECKING:
    from tests.web.browser.conftest import Windows
    from tests.web.conftest import Site

pytestmark = pytest.mark.browser
LONDON = "/what-happens/E23000001-metropolitan-police/"


@pytest.mark.parametrize("scripts", [True, False], ids=["with-js", "without-js"])
def test_a_reader_takes_the_public_profile_as_pdf(
    window: Windows, site: Site, *, scripts: bool
) -> None:
    page = window(1280, scripts=scripts)
    page.goto(site.address + LONDON)
    page.get_by_role("link", name="Take it away").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="PDF, to read and print").click()
    name = taken.value.suggested_filename
    assert name.startswith("OFFICIAL_NHPF_profile_E23000001_public_")
    assert taken.value.path().read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_that_asks_for_names_keeps_to_wcag_with_its_errors(
    window: Windows, site: Site, width: int
) -> None:
    page = sign_in(window(width), site, "demo-analyst")
    page.goto(f"{site.address}{LONDON}restricted/")
    page.get_by_role("link", name="Word, to edit").click()
    page.get_by_role("heading", name="Who is given this document?").wait_for()
    assert faults(page) == []
    page.get_by_role("button", name="Download (Word)").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert page.title().startswith("Error: ")
    assert faults(page) == []
    page.get_by_label("Who is given it?").fill("Head of Crime, Metropolitan Police")
    page.get_by_label("What for?").fill("To agree the plan")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download (Word)").click()
    assert taken.value.suggested_filename.startswith("OFFICIAL-SENSITIVE_NHPF_profile_E23000001_")
