"""Every component, by the rules of WCAG 2.2 AA, at both widths and in every language."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, sync_playwright

from tests.cast import an_organisation

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

CSS = Path("src/throughgate/kit/static/kit/theme.css")
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture
def pages() -> dict[str, str]:
    """The gallery as a member gets it; fetched before the browser's loop begins, where Django may not query."""
    client = an_organisation("Прыклад", "case_worker").case_worker.signs_in()
    client.defaults.pop("HTTP_ACCEPT_LANGUAGE", None)
    return {
        language: client.get("/gallery/", headers={"accept-language": language}).content.decode()
        for language in ("be", "ru", "en")
    }


@pytest.fixture
def browser(pages: dict[str, str]) -> Iterator[Browser]:
    with sync_playwright() as player:
        chromium = player.chromium.launch(executable_path="/usr/bin/chromium", args=SWITCHES)
        yield chromium
        chromium.close()


def test_the_gallery_breaks_no_rule_and_never_scrolls_sideways(pages: dict[str, str], browser: Browser) -> None:
    for language, html in pages.items():
        for width in (1300, 390):
            page = browser.new_page(viewport={"width": width, "height": 900})
            page.set_content(html)
            page.add_style_tag(content=CSS.read_text("utf-8"))

            violations = Axe().run(page).response["violations"]

            assert [one["id"] for one in violations] == [], (language, width, violations)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.close()
