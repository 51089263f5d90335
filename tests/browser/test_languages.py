"""The app in another language in the browser: no English of its own is left, it is legible, and it fits."""

from __future__ import annotations

import gettext
import re
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from kb import words
from tests.browser.conftest import SETTLED, OpenPage, faults_in_both_themes

# Each page with what shows that it is ready.
PAGES = {
    "": ".vis-item.kb-event", "chronology": ".kb-chronology tbody tr", "search?q=talks": ".kb-hits li",
    "digest": ".kb-digest", "network": ".kb-network canvas", "map": ".kb-map .kb-spot",
    "articles": "[class*='st-key-list_articles']", "articles?article=syn-article-1": ".kb-article",
    "claims": ".kb-voice", "claims?view=side": ".kb-voice", "review": ".kb-progress",
    "review?show=decisions": ".kb-empty", "cypher": ".kb-cypher .cm-editor", "add": "[class*='st-key-add_form']",
    "?event=syn-event-3": ".kb-panel h2", "event?id=syn-event-3": ".kb-panel h1",
    "name?id=syn-person-6": ".kb-panel h1", "event?id=no-such": ".kb-empty",
}  # fmt: skip
# What articles say, and the types that the graph of the tests has, which a human named; the frame of Streamlit, which
# speaks English alone.
FACTS = ("a[href*='id=']", "a[href*='article=']", ".kb-article", ".kb-sentence", "q", "blockquote p", ".kb-who", "code",
         ".kb-item", ".kb-what button", ".kb-printed li", "td:is([data-part='Who'], [data-part='Where'])",
         "[class*='st-key-list_'] button", "[data-type]", ".kb-kicker", ".cm-editor", ".kb-map svg",
         "[aria-haspopup='listbox']", "script", "style")  # fmt: skip
# What a page says: each text, and what is read aloud or waits in a field.
TEXTS = """facts => {
  const found = [], ours = element => !element.closest(facts);
  const walker = document.createTreeWalker(document.querySelector('.stApp'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode())
    if (ours(walker.currentNode.parentElement)) found.push(walker.currentNode.textContent.trim());
  for (const name of ['aria-label', 'placeholder', 'title', 'data-note'])
    for (const element of document.querySelectorAll(`.stApp [${name}]`))
      if (ours(element)) found.push(element.getAttribute(name).trim());
  return found.filter(text => text);
}"""
# Buttons, labels and links with words that go beyond their edge, or beyond that of the screen.
CUT = """() => [...document.querySelectorAll('button, [role=tab], label, .kb-ways a')].filter(each => {
  const box = each.getBoundingClientRect();
  if (!box.width || !each.innerText.trim() || each.closest('.vis-panel, .kb-legend, header')) return false;
  const cut = getComputedStyle(each).display !== 'inline' && each.scrollWidth > each.clientWidth + 1;
  return (cut || box.right > innerWidth + 1) && !each.innerText.includes('Skip to');
}).map(each => each.innerText)"""


def in_ukrainian(page: str) -> str:
    return f"{page}{'&' if '?' in page else '?'}lang=uk"


@cache
def english() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """The texts that have another translation: those without parts, and the patterns of those with them."""
    catalogue = gettext.translation(words.speech.DOMAIN, words.speech.LOCALES, ["uk"])
    known: dict[Any, str] = catalogue._catalog  # type: ignore[attr-defined]  # no other way tells what is in it
    texts = {
        id[0] if isinstance(id, tuple) else id.split("\x04")[-1] for id, said in known.items() if id and id != said
    }
    plain = frozenset(text for text in texts if "{" not in text and len(text) > 2)
    with_parts = (text for text in texts if "{" in text and len(re.sub(r"\{\w+\}", "", text).strip(" .,:;–")) > 3)
    return plain, tuple(re.compile(re.sub(r"\\\{\w+\\\}", r"[^a-z]{1,40}", re.escape(text))) for text in with_parts)


def left_in_english(page: Page) -> list[str]:
    plain, with_parts = english()
    return sorted({text for text in page.evaluate(TEXTS, ", ".join(FACTS))
                   if text in plain or any(pattern.fullmatch(text) for pattern in with_parts)})  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_no_english_of_ours_is_left_and_it_is_legible(few: str, open_page: OpenPage, address: str) -> None:
    page = open_page(f"{few}/{in_ukrainian(address)}", PAGES[address])
    expect(page.locator("html")).to_have_attribute("lang", "uk")
    expect(page.get_by_role("link", name="Хронологія").first).to_be_visible()
    assert left_in_english(page) == []
    assert faults_in_both_themes(page) == []


@pytest.mark.parametrize("address", PAGES)
def test_it_fits_a_narrow_screen(few: str, open_page: OpenPage, address: str) -> None:
    page = open_page(f"{few}/{in_ukrainian(address)}", PAGES[address], width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("address", ["", "chronology", "network", "claims"])
def test_what_is_opened_speaks_it_too(few: str, open_page: OpenPage, address: str) -> None:
    page = open_page(f"{few}/{in_ukrainian(address)}", PAGES[address])
    for button in page.locator("[data-testid='stPopover'] button").all():
        button.click()
        page.locator("[data-testid='stPopoverBody']").wait_for()
        page.locator(SETTLED).wait_for()
        assert left_in_english(page) == []
        page.keyboard.press("Escape")


@pytest.mark.parametrize("width", [1260, 1440])
@pytest.mark.parametrize("language", ["en", "uk"])
def test_the_pages_and_the_tools_have_room_beside_each_other(
    few: str, open_page: OpenPage, width: int, language: str
) -> None:
    page = open_page(f"{few}/map?lang={language}", PAGES["map"], width=width)
    for _ in range(2):  # the sidebar shut, then open
        expect(page.get_by_test_id("stTopNav")).to_be_visible()
        page.wait_for_function("""() => {
          const tools = document.querySelector('.st-key-page_tools').getBoundingClientRect();
          const links = [...document.querySelectorAll("[data-testid='stTopNav'] :is(a, button)")];
          const boxes = links.filter(each => each.checkVisibility({opacityProperty: true}));
          return boxes.map(each => each.getBoundingClientRect()).every(box => box.right <= tools.left);
        }""")
        opening = page.get_by_test_id("stExpandSidebarButton")
        if opening.is_visible():
            opening.click()


def test_the_english_page_is_english(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/chronology", PAGES["chronology"])
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert {"Export all", "What happened", "Words in title or sentence"} <= set(left_in_english(page)), (
        "what the other tests look for"
    )


def test_the_sidebar_chooses_and_links_carry_it(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/event?id=syn-event-3", ".kb-panel h1")
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("combobox", name="Language").click()
    page.get_by_role("option", name="Українська").click()
    expect(page.get_by_role("link", name="На стрічці").first).to_be_visible()
    expect(page).to_have_url(re.compile("lang=uk"))
    page.locator(".kb-facts a").first.click()
    expect(page).to_have_url(re.compile(r"/name\?id=.*lang=uk"))
    expect(page.get_by_role("heading", name="Як називають")).to_be_visible()
    page.get_by_role("link", name="Статті").first.click()
    expect(page.get_by_role("heading", name="Статті")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/articles\?lang=uk"))


def test_back_leads_out_of_the_language_again(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/digest", PAGES["digest"])
    page.goto(f"{few}/articles?lang=uk")
    expect(page.get_by_role("heading", name="Статті")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Digest")).to_be_visible()


def test_the_browser_s_language_is_taken_where_none_is_asked_for(few: str, browser: Browser) -> None:
    context = browser.new_context(locale="uk-UA")
    page = context.new_page()
    page.goto(f"{few}/digest")
    expect(page.get_by_role("heading", name="Огляд")).to_be_visible(timeout=60_000)
    assert "lang" not in page.url
    page.goto(f"{few}/digest?lang=en")
    expect(page.get_by_role("heading", name="Digest")).to_be_visible()
    context.close()
