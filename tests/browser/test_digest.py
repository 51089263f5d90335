"""The digest: days with their sentences, chapters, links, looks in both themes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, faults_in_both_themes

READY = ".kb-digest article"


def test_a_sentence_leads_to_its_article_and_its_event(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/digest", READY)
    page.locator(READY).first.locator("footer small a").first.click()
    expect(page).to_have_url(re.compile(r"event\?id=syn-event-\d+"))
    page.go_back()
    page.locator(READY).first.locator("footer a").first.click()
    expect(page).to_have_url(re.compile(r"articles\?article=syn-article-\d+"))


def test_chapters_stand_in_the_address(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/digest?chapters=1&days=5", READY)
    expect(page.locator(".kb-digest section h2").first).to_be_visible()
    assert page.locator(READY).count() <= 5


@pytest.mark.parametrize("width", [1400, 390])
def test_the_page_is_legible_and_fits(few: str, open_page: OpenPage, width: int) -> None:
    page = open_page(f"{few}/digest", READY, scheme="dark", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults_in_both_themes(page) == []
