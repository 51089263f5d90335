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

from kb.store import Settings, open_store, stop
from tests import synthetic

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
LOCAL = re.compile(r"(https?|wss?)://(localhost|127\.0\.0\.1)[:/]|data:|blob:|about:")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync")  # fmt: skip
SETTLED = "[data-testid='stApp'][data-test-script-state='notRunning']"
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
def browser(playwright: Playwright) -> Iterator[Browser]:
    found = os.environ.get("KB_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        missing("Chromium is not installed, so no page was looked at; install it or set KB_CHROMIUM")
    launched = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
    yield launched
    launched.close()


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app on a graph of some twenty events."""
    with started(tmp_path_factory.mktemp("few"), 14) as url:
        yield url


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app on a graph of more events than one picture can hold."""
    with started(tmp_path_factory.mktemp("many"), 340) as url:
        yield url


@pytest.fixture(scope="session")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app on an empty graph."""
    with started(tmp_path_factory.mktemp("nothing"), 0) as url:
        yield url


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open an address and wait for what shows that it is ready; no fault and no foreign request may have happened."""
    contexts: list[BrowserContext] = []
    foreign: list[str] = []
    faults: list[str] = []

    def show(url: str, ready: str, *, scheme: str = "light", width: int = 1400, height: int = 900) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: None if LOCAL.match(request.url) else foreign.append(request.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(url, wait_until="domcontentloaded")
        page.locator(ready).first.wait_for(state="visible", timeout=60_000)
        page.locator(SETTLED).wait_for(timeout=60_000)  # what is still being written would move what is measured
        return page

    yield show
    for context in contexts:
        context.close()
    assert foreign == [], "something was fetched from outside this machine"
    assert faults == [], "a script failed on the page"


def serious_faults(page: Page) -> list[str]:
    """What axe-core calls moderate, serious or critical on the settled page, one line a fault."""
    return faults_of(page, "moderate", "serious", "critical")


def faults_of(page: Page, *impacts: str) -> list[str]:
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
def started(data_dir: Path, articles: int, *options: str, **variables: str) -> Iterator[str]:
    """Start the app with these options and variables on a graph of so many articles. Yields: its address."""
    settings = Settings(data_dir)
    with open_store(settings) as store:
        synthetic.load(store, articles)
    try:
        with served(*options, KB_DATA_DIR=str(data_dir), **variables) as url:
            yield url
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
