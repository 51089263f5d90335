"""The articles in the browser: the list, the marked text, its notes and links, its looks in both themes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, faults_in_both_themes

LIST = ".st-key-list_articles button"
TEXT = ".kb-article"


def test_an_article_opens_from_the_list_and_back(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/articles", LIST)
    first = page.locator(LIST).first
    title = first.locator("strong").inner_text()
    first.click()
    expect(page.locator(".kb-article-head h1")).to_have_text(title)
    expect(page).to_have_url(re.compile(r"article=syn-article-\d+"))
    page.get_by_role("button", name="All articles").click()
    expect(page.locator(LIST)).to_have_count(14)


def test_the_words_of_an_article_are_words_and_not_markup(few: str, open_page: OpenPage) -> None:
    for number in range(14):
        page = open_page(f"{few}/articles?article=syn-article-{number}", TEXT)
        words = page.locator(TEXT).inner_text()
        page.close()
        if "<in detail> & both" in words:
            return
    pytest.fail("no article showed the awkward sentence as it is")


def test_a_mark_tells_what_it_stands_for_by_pointer_and_by_keyboard(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/articles?article=syn-article-1", f"{TEXT} .kb-m-time")
    note = "e => getComputedStyle(e, '::after').content"
    time = page.locator(f"{TEXT} .kb-m-time").first
    assert page.evaluate(note, time.element_handle()) == "none"
    time.hover()
    assert "→" in page.evaluate(note, time.element_handle())
    page.mouse.move(0, 0)
    page.locator(".st-key-all_articles button").focus()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('kb-m')"):
            break
    assert "·" in page.evaluate("getComputedStyle(document.activeElement, '::after').content")


def test_an_event_in_the_text_leads_to_its_panel(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/articles?article=syn-article-1", f"{TEXT} .kb-m-event")
    page.locator(f"{TEXT} .kb-m-event").first.click()
    expect(page.locator(".kb-panel h1")).to_be_visible(timeout=20_000)
    assert "event?id=syn-event-" in page.url


def test_a_kind_of_mark_is_switched_off_with_its_pill(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/articles?article=syn-article-1", f"{TEXT} .kb-m-person")
    page.locator(".st-key-legend button", has_text="People").click()
    expect(page.locator(f"{TEXT} .kb-m-person")).to_have_count(0)
    expect(page.locator(f"{TEXT} .kb-m-event").first).to_be_visible()


@pytest.mark.parametrize("width", [1400, 390])
def test_list_and_text_are_legible_and_fit(few: str, open_page: OpenPage, width: int) -> None:
    for address, ready in (("/articles", LIST), ("/articles?article=syn-article-1", f"{TEXT} .kb-m-event")):
        page = open_page(f"{few}{address}", ready, scheme="dark", width=width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert faults_in_both_themes(page) == []


def test_an_empty_graph_tells_how_to_add_an_article(nothing: str, open_page: OpenPage) -> None:
    page = open_page(f"{nothing}/articles", ".kb-empty")
    expect(page.locator(".kb-empty code")).to_have_text("kb ingest article.html")
