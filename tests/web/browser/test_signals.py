"""The pages of signals in a real browser: axe and width, wide and narrow, form and its errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.web.browser.looking import faults, settled, sign_in

if TYPE_CHECKING:
    from tests.web.browser.conftest import Windows
    from tests.web.conftest import Site

pytestmark = pytest.mark.browser
HERE = "/what-happens/signals/"
PUBLIC = (HERE, f"{HERE}backtest/", "/what-happens/E09000012-hackney/signals/",
          "/what-happens/E23000032-kent/signals/")  # fmt: skip


@pytest.mark.parametrize("width", [1280, 320])
def test_lists_signal_and_backtest(window: Windows, site: Site, width: int) -> None:
    page = window(width)
    page.set_default_timeout(120_000)
    found = []
    for path in PUBLIC:
        page.goto(f"{site.address}{path}")
        found += faults(page)
    page.goto(f"{site.address}{HERE}")
    page.locator(".nhpf-ways a").first.click()
    settled(page)
    assert page.locator("svg").count() >= 1
    assert [*found, *faults(page)] == []


@pytest.mark.parametrize("width", [1280, 320])
def test_saying_what_was_found_and_its_errors(window: Windows, site: Site, width: int) -> None:
    page = window(width)
    page.set_default_timeout(120_000)
    sign_in(page, site, "demo-analyst")
    page.goto(f"{site.address}{HERE}")
    page.locator(".nhpf-ways a").first.click()
    settled(page)
    page.get_by_role("link", name="Say what you found").click()
    settled(page)
    found = faults(page)
    page.get_by_role("button", name="Save").click()
    settled(page)
    assert page.title().startswith("Error: ")
    found += faults(page)
    page.get_by_label("It needs more looking").check()
    page.get_by_label("What was looked at, and what was found?").fill("The batch of June")
    page.get_by_role("button", name="Save").click()
    settled(page)
    assert "needs more" in page.content()
    assert [*found, *faults(page)] == []
    page.goto(f"{site.address}{HERE}by-e-mail/")
    assert faults(page) == []
