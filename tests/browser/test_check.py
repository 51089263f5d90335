"""The page of what a human should look at: kinds, links, looks in both themes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, serious_faults

READY = ".kb-check"


def test_each_kind_names_its_events_with_their_sentences(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/check", READY)
    rivals = page.locator(READY, has_text="Reports that exclude each other")
    expect(rivals.locator("li").first).to_contain_text(" or ")
    expect(rivals.locator("li").first.locator("blockquote mark").first).to_be_visible()
    undated = page.locator(READY, has_text="Articles without a date of publication")
    expect(undated.locator("li").first).to_contain_text("does not say when it was published")


def test_a_doubt_leads_to_its_event_and_its_article(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/check", READY)
    row = page.locator(READY, has_text="Reports that exclude each other").locator("li").first
    title = row.locator("nav a").first.inner_text()
    row.locator("nav a").first.click()
    expect(page).to_have_url(re.compile(r"event\?id=syn-event-\d+"))
    expect(page.locator(".kb-panel h1")).to_have_text(title)
    page.go_back()
    page.locator(READY).locator("blockquote footer a").first.click()
    expect(page).to_have_url(re.compile(r"articles\?article=syn-article-\d+"))


def test_one_kind_alone_and_all_again(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/check?kind=rival-dates", READY)
    expect(page.locator(READY)).to_have_count(1)
    page.get_by_role("link", name="Show all").click()
    expect(page.locator(READY).nth(1)).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_the_page_is_legible_and_fits(few: str, open_page: OpenPage, scheme: str, width: int) -> None:
    page = open_page(f"{few}/check", READY, scheme=scheme, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious_faults(page) == []


def test_many_doubts_are_shown_by_and_by(many: str, open_page: OpenPage) -> None:
    page = open_page(f"{many}/check", READY)
    first = page.locator(READY).first.locator("li").count()
    page.get_by_role("button", name="Show more").first.click()
    expect(page.locator(READY).first.locator("li")).to_have_count(2 * first)


def test_an_empty_graph_has_nothing_to_look_at(nothing: str, open_page: OpenPage) -> None:
    page = open_page(f"{nothing}/check", ".kb-empty")
    expect(page.locator(".kb-empty")).to_contain_text("Nothing to look at")
