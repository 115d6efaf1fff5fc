"""A real Chromium that looks at a site served by gunicorn, with and without JavaScript."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

QUIET = [
    # The sandbox needs rights that a container's root user lacks.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]
Windows = Callable[..., Page]


# No longer than a file of tests: while it lives, Django would take others for asynchronous code.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium of the system, or the one that NHPF_CHROMIUM names."""
    path = os.environ.get("NHPF_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def window(chromium: Browser) -> Iterator[Windows]:
    """Open windows: ``window(320)``; ``javascript=False`` runs none at all.

    With ``scripts=False`` the browser could run scripts and the site's are refused.
    """
    contexts: list[BrowserContext] = []

    def open_one(width: int, *, javascript: bool = True, scripts: bool = True) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        if not scripts:
            page.route("**/*.js", lambda route: route.abort())
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def page(window: Windows) -> Page:
    """A wide window."""
    return window(1280)
