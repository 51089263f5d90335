"""The chronology in the browser: what stands there, selecting, writing, undoing, and what the address keeps."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from kb.store import Store
from tests import synthetic
from tests.browser.conftest import OpenPage, faults_in_both_themes

READY = ".kb-chronology[data-ready] tbody tr"


@pytest.fixture
def written(own: Store, own_app: str) -> str:
    """The address of an app on a graph of its own, of more events than a page lists, as decisions are made in it."""
    synthetic.load(own, 60)
    return own_app


def test_events_are_selected_starred_noted_corrected_and_all_of_it_undone(written: str, open_page: OpenPage) -> None:
    page = open_page(f"{written}/chronology", READY)
    assert page.title() == "Chronology · Eventline"
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(50)
    page.get_by_role("button", name=re.compile("Show more")).click()
    expect(page.locator(".kb-count-line")).to_contain_text(re.compile(r"[5-9]\d of \d+ events listed"))
    expect(page).to_have_url(re.compile("pages=2"))
    rows.nth(0).get_by_role("checkbox").check()
    rows.nth(2).get_by_role("checkbox").check()
    expect(page.locator(".kb-count-line")).to_contain_text("2 selected")
    expect(page.get_by_text("Export the selected")).to_be_visible()
    page.get_by_role("button", name="Star", exact=True).click()
    expect(page.locator(".st-key-undo_toast")).to_contain_text("The star of 2 events is changed.", timeout=60_000)
    expect(page.locator("tbody .kb-star")).to_have_count(2)
    first = rows.nth(1)
    first.get_by_role("button", name="Add note").click()
    page.keyboard.type("Ask the harbour master")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-undo_toast")).to_contain_text("The note is changed.", timeout=60_000)
    expect(first).to_contain_text("Ask the harbour master")
    title = first.get_by_role("button", name=re.compile("^Title:"))
    old = title.inner_text()
    title.click()
    page.keyboard.type("Another title")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-undo_toast")).to_contain_text("The title is changed.", timeout=60_000)
    page.get_by_role("button", name="Undo").click()
    expect(first.get_by_role("button", name=re.compile("^Title:"))).to_have_text(old, timeout=60_000)
    expect(page.locator(".st-key-undo_toast")).to_have_count(0)
    first.get_by_role("button", name=re.compile("^Date:")).click()
    page.keyboard.type("some day")
    page.keyboard.press("Enter")
    expect(page.locator("[data-testid=stToast]")).to_contain_text("cannot be read as a date", timeout=60_000)
    expect(first).not_to_contain_text("some day")
    page.reload()
    page.locator(READY).first.wait_for()
    expect(page.locator("tbody input:checked")).to_have_count(2)
    expect(page.locator(".kb-count-line")).to_contain_text(re.compile(r"[5-9]\d of \d+ events listed; 2 selected"))


def test_the_same_events_as_the_timeline_without_an_accessibility_fault(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/chronology?types=attack,visit&order=last", READY, scheme="dark")
    assert faults_in_both_themes(page) == []
    expect(page.get_by_role("link", name="As a timeline")).to_have_attribute("href", re.compile("types=attack"))
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(400)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
