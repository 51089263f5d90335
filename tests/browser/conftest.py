"""A real Chromium on the real app on a real graph; whatever leaves this machine fails the test."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from kb.store import Settings, Store, open_store, schema, stop
from tests import synthetic

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
LOCAL = re.compile(r"(https?|wss?)://(localhost|127\.0\.0\.1)[:/]|data:|blob:|about:")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync")  # fmt: skip
SETTLED = "[data-testid='stApp'][data-test-script-state='notRunning']"
# What a page keeps for the next visit is forgotten once in each tab, as if nobody had been there before.
FORGET = """try {
  if (!sessionStorage.getItem("fresh")) { localStorage.clear(); sessionStorage.setItem("fresh", "1"); }
} catch { /* a page without an address keeps nothing */ }"""
MANY = 240  # articles, of which more is told than one picture can hold
OpenPage = Callable[..., Page]
expect.set_options(timeout=20_000)  # a busy machine takes its time


def missing(reason: str) -> None:
    """Skip loudly on a developer's machine; in CI what is missing is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def context(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """The one window that all pages are opened in: what the app consists of is fetched and compiled once."""
    folder = tmp_path_factory.mktemp("chromium")
    kept = playwright.chromium.launch_persistent_context(folder, executable_path=chromium(), args=list(FLAGS))
    kept.add_init_script(FORGET)
    yield kept
    kept.close()


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A browser for windows of another kind: offline, or without the policy of a page."""
    launched = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
    yield launched
    launched.close()


def chromium() -> str:
    """Where Chromium is."""
    found = os.environ.get("KB_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        missing("Chromium is not installed, so no page was looked at; install it or set KB_CHROMIUM")
    return str(found)


@pytest.fixture(scope="session")
def few_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data folder of a graph of some twenty events, which no test changes."""
    with graph(tmp_path_factory.mktemp("few"), 14) as folder:
        yield folder


@pytest.fixture(scope="session")
def few(few_folder: Path) -> Iterator[str]:
    """The address of an app on it."""
    with served(KB_DATA_DIR=str(few_folder)) as url:
        yield url


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app on a graph of more events than one picture can hold."""
    with graph(tmp_path_factory.mktemp("many"), MANY) as folder, served(KB_DATA_DIR=str(folder)) as url:
        yield url


@pytest.fixture(scope="session")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app on an empty graph."""
    with graph(tmp_path_factory.mktemp("nothing"), 0) as folder, served(KB_DATA_DIR=str(folder)) as url:
        yield url


@pytest.fixture(scope="session")
def own_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data folder of a graph that tests fill and change."""
    with graph(tmp_path_factory.mktemp("own"), 0) as folder:
        yield folder


@pytest.fixture(scope="session")
def own_app(own_folder: Path) -> Iterator[str]:
    """The address of the app on it."""
    with served(KB_DATA_DIR=str(own_folder)) as url:
        yield url


@pytest.fixture
def own(own_folder: Path) -> Iterator[Store]:
    """That graph, empty again, open for writing."""
    with open_store(Settings(own_folder)) as store:
        schema.clear(store)
        yield store


@pytest.fixture
def open_page(context: BrowserContext) -> Iterator[OpenPage]:
    """Open an address and wait for what shows that it is ready; no fault and no foreign request may have happened."""
    pages: list[Page] = []
    foreign: list[str] = []
    faults: list[str] = []

    def show(url: str, ready: str, *, scheme: str = "light", width: int = 1400, height: int = 900) -> Page:
        page = context.new_page()
        pages.append(page)
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": height})
        page.on("request", lambda request: None if LOCAL.match(request.url) else foreign.append(request.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("response", lambda got: faults.append(f"{got.status} {got.url}") if got.status >= 400 else None)
        page.goto(url, wait_until="domcontentloaded")
        # any of them: the first mark of a timeline may stand outside what a narrow window shows
        page.locator(ready).locator("visible=true").first.wait_for(timeout=60_000)
        page.locator(SETTLED).wait_for(timeout=60_000)  # what is still being written would move what is measured
        return page

    yield show
    for page in pages:
        page.close()
    context.clear_cookies()
    context.clear_permissions()
    assert foreign == [], "something was fetched from outside this machine"
    assert faults == [], "a script failed on the page"


def serious_faults(page: Page) -> list[str]:
    """What axe-core calls moderate, serious or critical on the settled page, one line a fault."""
    return _faults_of(page, "moderate", "serious", "critical")


def faults_in_both_themes(page: Page) -> list[str]:
    """The same of the page as it was opened, and once more in the other theme, to which an open page changes."""
    found = serious_faults(page)
    paper = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    before, dark = page.evaluate(paper), page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    page.emulate_media(color_scheme="light" if dark else "dark")
    page.wait_for_function(f"before => {paper} !== before", arg=before)
    return [*found, *serious_faults(page)]


def _faults_of(page: Page, *impacts: str) -> list[str]:
    """What axe-core finds of these impacts on the settled page, one line a fault."""
    if not AXE.exists():
        missing("axe-core is not installed, so accessibility was not checked; run `python frontend/build.py`")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    faults = _faults(page, impacts)
    for _ in range(10):  # what the theme has not reached yet is no fault of the page
        if not faults:
            break
        page.wait_for_timeout(300)
        faults = _faults(page, impacts)
    return faults


def _faults(page: Page, impacts: Collection[str]) -> list[str]:
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{fault['id']}: {node['target']} {node['html'][:160]}"
        for fault in found
        if fault["impact"] in impacts
        for node in fault["nodes"]
    ]


@contextmanager
def graph(data_dir: Path, articles: int) -> Iterator[Path]:
    """A graph of so many articles, whose server is stopped at the end. Yields: its data folder."""
    settings = Settings(data_dir)
    with open_store(settings) as store:
        synthetic.load(store, articles)
    try:
        yield data_dir
    finally:
        stop(settings)


@contextmanager
def served(*options: str, **settings: str) -> Iterator[str]:
    """Start the app with these options and environment variables. Yields: its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", "from kb.cli import main; main()", "app", "--port", str(port), "--no-browser",
               *options]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings},
                              stdout=subprocess.DEVNULL)  # fmt: skip
    try:
        _await(f"http://localhost:{port}/_stcore/health", server)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _await(url: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 (our own address)
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the app did not start")
