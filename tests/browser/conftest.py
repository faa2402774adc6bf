"""One demo for all the tests of this folder, a Chromium for each process; a fresh window for each test."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests import tools
from tests.browser.running_demo import RunningDemo
from tests.browser.sharing import Door
from tests.browser.validating import Validator

OUTPUT = Path(__file__).resolve().parents[1] / "output"
LONG_AGO = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
# Each new window would draw the list under its address bar, unseen, and take longer over it than over a page.
# This list is in place of Playwright's own, which therefore follows.
NOT_WANTED = """
    WebUIOmniboxPopup WebUIOmniboxAimPopup WebUIOmniboxFullPopup
    AvoidUnnecessaryBeforeUnloadCheckSync DestroyProfileOnBrowserClose HttpsUpgrades HttpsFirstBalancedModeAutoEnable
    LensOverlay MediaRouter PaintHolding ThirdPartyStoragePartitioning AvoidCorsURLLoaderRestartOnRedirect
    OptimizationHints NetworkTimeServiceQuerying AimEnabled PreconnectToSearch
"""
FLAGS = ["--no-sandbox", *LONG_AGO, f"--disable-features={','.join(NOT_WANTED.split())}"]


# Who only reads in the demo does so beside those who give, vote and sign in; an editor has a site of her own.
BESIDE = {
    "test_an_editor_builds_a_campaign": "an editor",
    "test_every_page": "readers",
    "test_on_paper": "readers",
    "test_the_picture_in_the_readme": "readers",
    "test_weight": "readers",
}


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of this folder are three processes' work, each of which starts its browser once."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group(BESIDE.get(item.path.stem, "browser")))


@pytest.fixture(scope="session")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    """The door to the demo, for all the processes of this run."""
    ours = tmp_path_factory.getbasetemp()
    return Door((ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours) / "demo")


@pytest.fixture(scope="session")
def demo(request: pytest.FixtureRequest, door: Door) -> Iterator[RunningDemo]:
    """The demo, set up from nothing and running."""
    first = next(item for item in request.session.items if "demo" in item.fixturenames)
    if os.environ["PYTEST_CURRENT_TEST"] != f"{first.nodeid} (setup)":
        with door.as_guest() as running:
            yield running
        return
    with door.as_host() as running:
        if "undisturbed" not in first.fixturenames:
            door.open(running)
        yield running


@pytest.fixture(scope="module")
def undisturbed(demo: RunningDemo, door: Door) -> Iterator[None]:
    """Tests that kill and stop are alone with the demo: they come first, and then the door is opened."""
    yield
    door.open(demo)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """A real Chromium, gone when this folder's tests are over: beside its loop, Django lets nobody ask the database."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=tools.browser(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def validator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Validator]:
    """The Nu HTML checker."""
    running = Validator(tmp_path_factory.mktemp("validator") / "log")
    yield running
    running.stop()


Opens = Callable[..., Page]


class Windows:
    """Opens windows on the demo, and hears of every breach of a page's security policy in them."""

    def __init__(self, chromium: Browser, demo: RunningDemo) -> None:
        self.chromium = chromium
        self.site = demo.site
        self.contexts: list[BrowserContext] = []
        self.breaches: list[str] = []

    def open(self, width: int = 1280, *, script: bool = True, comes_from: str = "") -> Page:
        """One of this width, of somebody who was never here before."""
        context = self.chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script, base_url=self.site, locale="en-GB",
            extra_http_headers={"X-Forwarded-For": comes_from} if comes_from else {},
        )  # fmt: skip
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", self._hear)
        return page

    def _hear(self, said: ConsoleMessage) -> None:
        if "Content Security Policy" in said.text:
            self.breaches.append(said.text)

    def close(self) -> None:
        """All of them."""
        for context in self.contexts:
            context.close()


@pytest.fixture
def window(chromium: Browser, demo: RunningDemo) -> Iterator[Opens]:
    """Opens windows: window(390), window(320, script=False). A breach of a page's security policy fails the test."""
    windows = Windows(chromium, demo)
    yield windows.open
    windows.close()
    assert windows.breaches == []


@pytest.fixture(scope="package")
def readers(chromium: Browser, demo: RunningDemo) -> Iterator[tuple[Windows, dict[int, Page]]]:
    """A window of each width, for whoever only reads."""
    windows = Windows(chromium, demo)
    yield windows, {}
    windows.close()


@pytest.fixture
def reader(readers: tuple[Windows, dict[int, Page]]) -> Iterator[Callable[[int], Page]]:
    """The window of this width in which one public page after another is read: reader(390)."""
    windows, pages = readers

    def of_width(width: int) -> Page:
        if width not in pages:
            pages[width] = windows.open(width)
        return pages[width]

    yield of_width
    breaches, windows.breaches = windows.breaches, []
    assert breaches == []


@pytest.fixture(scope="package")
def of_a_reader_without_script(chromium: Browser, demo: RunningDemo) -> Iterator[tuple[Windows, Page]]:
    """Their one window."""
    windows = Windows(chromium, demo)
    yield windows, windows.open(script=False)
    windows.close()


@pytest.fixture
def without_script(of_a_reader_without_script: tuple[Windows, Page]) -> Iterator[Page]:
    """The window in which one public page after another is read and no script of theirs runs; we may still look."""
    windows, page = of_a_reader_without_script
    yield page
    breaches, windows.breaches = windows.breaches, []
    assert breaches == []


RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],  # every rule is asked; of what is in order no list is made
}


def what_axe_finds(page: Page) -> str:
    """What stands in somebody's way on this page; nothing where it is open to everybody."""
    there = page.evaluate("'axe' in window")  # the page has only become wider since it was last asked
    found = Axe("0" if there else AXE_SCRIPT).run(page, options=RULES)
    return found.generate_report() if found.response["violations"] else ""


@pytest.fixture(scope="package")
def keep_picture() -> Callable[[Page, str], None]:
    """Keeps a screenshot of the whole page under tests/output/, to be looked at."""
    OUTPUT.mkdir(exist_ok=True)

    def keep(page: Page, name: str) -> None:
        page.evaluate("() => document.querySelectorAll('img').forEach(each => (each.loading = 'eager'))")
        page.wait_for_function("() => [...document.images].every(each => each.complete)")
        page.screenshot(path=OUTPUT / f"{name}.jpg", type="jpeg", quality=85, full_page=True)  # PNG takes twice as long

    return keep
