"""The report in a real browser: everybody can read it, on any screen, and nothing is asked for.

Needs Chromium and the extra `browser`; nothing leaves the machine.
"""

from __future__ import annotations

import shutil
from importlib.util import find_spec

import pytest

from ceasefire_model import load_case, report
from tests.display.test_html import EVIL

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
MISSING = [name for name in ("axe_playwright_python", "playwright") if not find_spec(name)]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium"),
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
THEMES = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "contrast": {"color_scheme": "dark", "forced_colors": "active"},
}
REPORTS = {
    "us-30-day-2025": lambda: report(load_case("us-30-day-2025"), as_of="2025-03-13"),
    "aceh-mou-2005": lambda: report(load_case("aceh-mou-2005"), as_of="2006-01-05"),
    "hostile": lambda: report(EVIL, as_of="2025-03-02"),
}


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield opened
        opened.close()


@pytest.fixture(scope="module", params=REPORTS)
def path(request, tmp_path_factory):
    found = tmp_path_factory.mktemp("report") / "report.html"
    REPORTS[request.param]().save(found)
    return found


def opened(browser, path, **options):
    """Open a page, and keep what it asks for and what goes wrong."""
    page = browser.new_page(**options)
    page.asked, page.wrong = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on("console", lambda said: page.wrong.append(said.text))
    page.on("dialog", lambda dialog: page.wrong.append(dialog.message))
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("theme", THEMES)
def test_everybody_can_read_it(browser, path, theme):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(browser, path, viewport={"width": 1200, "height": 900}, **THEMES[theme])
    page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true; })")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert found.violations_count == 0, found.generate_report()
    page.close()


@pytest.mark.parametrize("width", [400, 1200, 3000])
def test_no_screen_is_too_narrow_and_nothing_is_asked_for(browser, path, width):
    page = opened(browser, path, viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.asked == [path.as_uri()]
    assert page.wrong == []
    page.close()


def test_what_is_folded_is_printed(browser, path):
    page = opened(browser, path)
    folded = page.locator("details:not([open]) > :not(summary)").first
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.bounding_box()["height"] > 0
    page.close()
