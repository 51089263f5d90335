"""The search in the browser: the keys that lead there, the address, links, and looks in both themes."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, faults_in_both_themes

READY = ".kb-hits li"
FIELD = ".st-key-search_box input"
PAGES = ("", "digest", "claims", "network")


@pytest.mark.parametrize("page_name", PAGES)
@pytest.mark.parametrize("keys", ["Control+k", "/"])
def test_a_key_leads_from_every_page_into_the_field(few: str, open_page: OpenPage, page_name: str, keys: str) -> None:
    page = open_page(f"{few}/{page_name}", "header.kb-head")
    page.wait_for_function("window[Symbol.for('eventline.keys')]")
    page.keyboard.press(keys)
    expect(page).to_have_url(re.compile("/search"))
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.type("border")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=border"))
    expect(page.locator(READY).first).to_be_visible()


@pytest.mark.parametrize("width", [1400, 390])
def test_what_is_typed_before_the_field_is_drawn_stands_in_it(few: str, open_page: OpenPage, width: int) -> None:
    page = open_page(f"{few}/claims", ".kb-voice", width=width)
    page.wait_for_function("window[Symbol.for('eventline.keys')]")
    page.keyboard.press("Control+k")
    page.keyboard.type("pearce")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.keyboard.type("e/talks")
    expect(page.locator(FIELD)).to_have_value("peare/talks")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.type(" now")
    expect(page.locator(FIELD)).to_have_value("peare/talks now")


@pytest.mark.parametrize("way", ["key", "link", "field"])
def test_a_word_and_enter_are_typed_faster_than_the_page_is_drawn(few: str, open_page: OpenPage, way: str) -> None:
    page = open_page(f"{few}/claims", ".kb-voice")
    page.wait_for_function("window[Symbol.for('eventline.keys')]")
    if way == "link":
        page.get_by_role("link", name="Search").first.click()
    else:
        if way == "field":  # another field is left by the key
            page.locator("[data-testid='stTextInput'] input").first.click()
        page.keyboard.press("Control+k")
    page.keyboard.type("border")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/search.*q=border"))
    expect(page.locator(READY).first).to_be_visible()
    expect(page.locator(FIELD)).to_have_value("border")


def test_a_slash_that_is_typed_into_a_field_stays_one(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/claims", ".kb-voice")
    page.locator("[data-testid='stTextInput'] input").first.click()
    page.keyboard.type("and/or")
    expect(page.locator("[data-testid='stTextInput'] input").first).to_have_value("and/or")


def test_words_stand_in_the_address_and_are_marked(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/search?q={quote('Western officials')}", READY)
    expect(page.locator(FIELD)).to_have_value("Western officials")
    section = page.locator(".kb-hits", has_text="Sentences")
    expect(section.locator("li").first.locator("mark")).to_have_text(["Western", "officials"])
    section.locator("li footer a").first.click()
    expect(page).to_have_url(re.compile(r"article=syn-article-\d+&at=\d+-\d+"))
    expect(page.locator(".kb-m-sought").first).to_be_in_viewport()
    assert "Western officials" in " ".join(page.locator(".kb-m-sought").all_inner_texts())
    page.go_back()
    expect(page.locator(FIELD)).to_have_value("Western officials")


def test_a_date_finds_what_happened_then(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/search?q=2019", READY)
    expect(page.get_by_text("With what happened or was said")).to_be_visible()
    dates = page.locator(".kb-hits", has_text="Events").first.locator("li small").all_inner_texts()
    assert dates
    assert any("2019" in date for date in dates)


def test_words_that_nothing_has_and_words_that_are_none(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/search?q=quokka", ".kb-empty")
    page.locator(FIELD).fill("((")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Type a word to look for")).to_be_visible()
    page.locator(FIELD).fill("<in detail>")
    page.keyboard.press("Enter")
    expect(page.locator(".kb-sentence").first).to_contain_text("<in detail>")
    page.locator(FIELD).fill('<img src=x onerror="alert(1)">')
    page.keyboard.press("Enter")
    expect(page.locator(".kb-empty")).to_be_visible()
    assert page.locator("img[src=x]").count() == 0


def test_a_search_without_a_hit_leads_to_what_finds_something(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/search?q={quote('Western quokka officials')}", ".kb-empty")
    expect(page.locator(".kb-empty")).to_contain_text("Nowhere in the graph: “quokka”.")
    assert faults_in_both_themes(page) == []
    page.locator(".kb-ways a").first.click()
    expect(page.locator(FIELD)).to_have_value("Western officials")
    expect(page.locator(READY).first).to_be_visible()


def test_a_switch_looks_for_the_meaning_and_stands_in_the_address(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/search?q=talks", READY)
    page.get_by_text("By meaning").click()
    expect(page).to_have_url(re.compile("by=meaning"))
    # nobody indexed this graph
    expect(page.get_by_text(re.compile("kb index does it|pip install"))).to_be_visible()
    assert faults_in_both_themes(page) == []
    page.get_by_text("By meaning").click()
    expect(page).not_to_have_url(re.compile("by="))
    expect(page.locator(READY).first).to_be_visible()


def test_more_of_a_group(many: str, open_page: OpenPage) -> None:
    page = open_page(f"{many}/search?q=officials", READY)
    sentences = page.locator(".kb-hits", has=page.locator("h2", has_text="Sentences")).locator("li")
    expect(sentences).to_have_count(8)
    page.get_by_role("button", name="More sentences").click()
    expect(sentences).to_have_count(48)


@pytest.mark.parametrize("width", [1400, 390])
def test_the_page_is_legible_and_fits(few: str, open_page: OpenPage, width: int) -> None:
    page = open_page(f"{few}/search?q=talks", READY, scheme="dark", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults_in_both_themes(page) == []
