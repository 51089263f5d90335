"""Signing in to an app that serves other machines, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb import access
from tests.browser.conftest import OpenPage, expect, serious_faults, served

PASSWORD = "a long enough password"  # noqa: S105 (of this test alone)


@pytest.fixture(scope="module")
def shut(few_folder: Path) -> Iterator[str]:
    """The address of an app that demands sign-in."""
    access.add(few_folder, "Ada", "reader", PASSWORD)
    with served("--sign-in", KB_DATA_DIR=str(few_folder)) as url:
        yield url


def test_a_link_leads_to_its_page_after_signing_in_and_a_reader_finds_nothing_to_add(
    shut: str, open_page: OpenPage
) -> None:
    page = open_page(f"{shut}/articles", "[data-testid='stForm']", scheme="dark", width=390, height=844)
    expect(page.get_by_role("link", name="Timeline")).to_have_count(0)
    assert serious_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_label("Name").fill("Ada")
    page.locator("input[type=password]").fill("another long password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("not known together")).to_be_visible()
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Articles", exact=True)).to_be_visible()
    assert page.url.startswith(f"{shut}/articles")
    page.set_viewport_size({"width": 1400, "height": 900})
    expect(page.get_by_role("link", name="Timeline", exact=True).first).to_be_visible()
    expect(page.get_by_role("link", name="Add", exact=True)).to_have_count(0)
