"""The product as a newcomer starts it: a real server with the demo, in a process of its own, and a real Chromium."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, Response, sync_playwright

ROOT = Path(__file__).parents[2]
CSS = ROOT / "src/throughgate/kit/static/kit/theme.css"
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
DEMO_PASSPHRASE = "this is only a demo"
RUNNING = pytest.StashKey[contextlib.ExitStack]()
WIDTHS = {"desktop": 1300, "phone": 390}


def pytest_configure(config: pytest.Config) -> None:
    """Start the one demo that all processes of a run visit. They find its address in the environment."""
    if not hasattr(config, "workerinput") and not config.option.collectonly:
        running = config.stash[RUNNING] = contextlib.ExitStack()
        os.environ["THROUGHGATE_TEST_SITE"] = running.enter_context(a_demo())


def pytest_unconfigure(config: pytest.Config) -> None:
    if running := config.stash.get(RUNNING, None):
        running.close()


@pytest.fixture
def site() -> str:
    """The address of the demo."""
    return os.environ["THROUGHGATE_TEST_SITE"]


@contextlib.contextmanager
def a_demo() -> Iterator[str]:
    """A running demo, as its address; everything it wrote is removed afterwards."""
    home = Path(tempfile.mkdtemp(prefix="throughgate-browser-"))
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("THROUGHGATE_", "DJANGO_"))}
    environment = {**clean, "THROUGHGATE_HOME": str(home / "var"), "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "throughgate.site", "serve", "--demo"]
    server = subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert server.stdout is not None
    said = []
    for line in server.stdout:
        said.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            break
    else:
        raise RuntimeError("the server did not start:\n" + "".join(said))
    try:
        yield found[0]
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """A member at a browser without scripts; `auditor` is a second page with them, where axe reads the same HTML."""

    page: Page
    auditor: Page
    site: str
    width: int
    language: str

    def goes_to(self, path: str) -> Response:
        answer = self.page.goto(self.site + path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        return answer

    def signs_in(self, name: str) -> None:
        self.goes_to(f"/sign-in/?language={self.language}")
        self.page.fill("[name=sign_in_name]", name)
        self.page.fill("[name=passphrase]", DEMO_PASSPHRASE)
        self.presses()
        assert "/sign-in/" not in self.page.url

    def presses(self, where: str = "main form button[type=submit]:visible") -> None:
        """Press the (first) button and wait for the page that answers."""
        with self.page.expect_navigation():
            self.page.locator(where).first.click()

    def follows(self, link: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(link).first.click()

    def finds_no_fault(self) -> None:
        """WCAG 2.2 AA by axe, nothing that scrolls sideways, the language said, and nothing from elsewhere."""
        self.auditor.set_content(self.page.content(), wait_until="domcontentloaded")
        self.auditor.add_style_tag(content=CSS.read_text("utf-8"))
        # What else axe would tell, it need not work out.
        violations = Axe().run(self.auditor, options={"resultTypes": ["violations"]}).response["violations"]
        faults = [(one["id"], [node["html"][:160] for node in one["nodes"]][:3]) for one in violations]
        assert faults == [], f"{self.page.url} {self.language} {self.width}"
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.width, self.page.url
        assert self.page.locator("html").get_attribute("lang") == self.language
        assert self.page.locator("script").count() == 0


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(site: str, chromium: Browser) -> Iterator[Visit]:
    contexts = []

    def make(language: str = "be", width: int = 1300) -> Visitor:
        context = chromium.new_context(
            java_script_enabled=False, viewport={"width": width, "height": 900}, locale=language
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: _stays_here(request.url, site))
        page.set_default_timeout(20_000)
        audited = chromium.new_context(viewport={"width": width, "height": 900}, offline=True)
        contexts.append(audited)
        return Visitor(page, audited.new_page(), site, width, language)

    yield make
    for context in contexts:
        context.close()


def _stays_here(address: str, site: str) -> None:
    assert address.startswith((site, "data:")), f"a request left for {address}"
