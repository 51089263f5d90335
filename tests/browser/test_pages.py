"""Pages with addresses of their own in the browser: of an event, of a name; addresses, tabs and windows."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests import synthetic
from tests.browser.conftest import MANY, OpenPage, faults_in_both_themes

EVENT, NAME = ".kb-panel h1", ".kb-panel h1"
TABS = {"": "Timeline", "chronology": "Chronology", "search": "Search", "digest": "Digest", "network": "Network",
        "articles": "Articles", "claims": "Claims", "review": "Review", "cypher": "Cypher",
        "add": "Add articles"}  # fmt: skip


def test_an_event_leads_to_those_who_took_part_and_back_to_the_timeline(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/event?id=syn-event-3", EVENT)
    title = page.locator(EVENT).inner_text()
    expect(page).to_have_title(f"{title} · Eventline")
    who = page.locator(".kb-facts a").first
    name = who.inner_text()
    who.click()
    expect(page).to_have_url(re.compile(r"/name\?id=syn-"))
    expect(page.locator(NAME)).to_have_text(name)
    expect(page).to_have_title(f"{name} · Eventline")
    page.locator(".kb-hits a", has_text=title).first.click()
    expect(page.locator(EVENT)).to_have_text(title)
    page.get_by_role("link", name="On the timeline").click()
    expect(page).to_have_url(re.compile(r"/\?event=syn-event-3"))
    expect(page.locator(".kb-panel h2").first).to_have_text(title)
    page.locator(".kb-panel h2 a").first.click()
    expect(page).to_have_url(re.compile(r"/event\?id=syn-event-3"))


def test_a_name_has_what_they_said_whom_with_and_where_it_stands(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/name?id=syn-person-6", NAME)
    expect(page.get_by_role("heading", name=re.compile("^Timeline"))).to_be_visible()
    around = page.locator(".kb-around")
    expect(around.get_by_role("heading", name="With whom")).to_be_visible()
    first = around.locator("li", has_text="together").first
    first.locator("summary").click()
    expect(first.locator("details p").first.locator("a").first).to_be_visible()
    wording = around.locator("h2", has_text="Called").locator("xpath=following-sibling::ul[1]/li").first
    wording.locator("summary").click()
    expect(wording.locator("details p")).to_contain_text(page.locator(NAME).inner_text())


@pytest.mark.parametrize("address", ["event?id=no-such", "name?id=no-such", "event", "name"])
def test_what_an_address_does_not_name_is_said(few: str, open_page: OpenPage, address: str) -> None:
    page = open_page(f"{few}/{address}", ".kb-empty")
    expect(page.locator(".kb-empty")).to_have_count(1)


@pytest.mark.parametrize(("old", "new", "ready"), [
    ("article?article=syn-article-1", r"/articles\?article=syn-article-1$", ".kb-article"),
    ("article", r"/articles$", "[class*='st-key-list_articles']"),
    ("timeline?event=syn-event-3", r"/\?event=syn-event-3$", ".kb-panel"),
])  # fmt: skip
def test_other_addresses_of_a_page_lead_on(few: str, open_page: OpenPage, old: str, new: str, ready: str) -> None:
    page = open_page(f"{few}/{old}", ready)
    expect(page).to_have_url(re.compile(new))


@pytest.mark.parametrize("address", TABS)
def test_each_page_names_its_tab(few: str, open_page: OpenPage, address: str) -> None:
    page = open_page(f"{few}/{address}", "header.kb-head")
    expect(page).to_have_title(f"{TABS[address]} · Eventline")


def test_a_linked_event_outside_the_window_moves_it(many: str, open_page: OpenPage) -> None:
    events = {event.id: event for facts in synthetic.facts(MANY) for event in facts.events}
    first = min(
        (event for event in events.values() if event.precision == "day"), key=lambda event: event.earliest or ""
    )
    page = open_page(f"{many}/?event={first.id}", ".vis-item.vis-selected")
    bar, chart = (
        page.locator(where).first.evaluate("node => node.getBoundingClientRect().toJSON()")
        for where in (".vis-item.vis-selected", ".vis-panel.vis-center")
    )
    assert chart["left"] <= bar["left"] <= bar["right"] <= chart["right"]


def test_back_shows_the_event_of_the_address(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/?event=syn-event-3", ".kb-panel h2")
    title = page.locator(".kb-panel h2").first.inner_text()
    page.goto(f"{few}/?event=syn-event-5")
    expect(page.locator(".kb-panel h2").first).not_to_have_text(title)
    page.go_back()
    expect(page.locator(".kb-panel h2").first).to_have_text(title)


@pytest.mark.parametrize(("address", "says"), [
    ("?from=2022&to=2019", "From 2022 is later than to 2019"),
    ("digest?from=2022-03&to=2022-01", "From March 2022 is later than to January 2022"),
    ("claims?said_from=2022&said_to=2019", "From 2022 is later than to 2019"),
    ("?entity=no-such", "The address names a name that the graph does not hold"),
    ("?part_of=no-such", "The address names an event that the graph does not hold"),
])  # fmt: skip
def test_what_cannot_be_asked_is_refused_in_a_sentence(few: str, open_page: OpenPage, address: str, says: str) -> None:
    page = open_page(f"{few}/{address}", "[data-testid='stAlert']")
    expect(page.locator("[data-testid='stAlert']")).to_contain_text(says)


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("address", ["event?id=syn-event-3", "name?id=syn-person-6"])
def test_the_pages_are_legible_and_fit(few: str, open_page: OpenPage, address: str, width: int) -> None:
    page = open_page(f"{few}/{address}", EVENT, scheme="dark", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    levels = page.locator(".kb-panel :is(h1, h2, h3)").evaluate_all("all => all.map(each => Number(each.tagName[1]))")
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), levels
    assert faults_in_both_themes(page) == []


@pytest.mark.parametrize("page_name", ["", "chronology", "network", "map", "claims", "digest"])
def test_every_filter_lies_within_a_narrow_screen(few: str, open_page: OpenPage, page_name: str) -> None:
    page = open_page(f"{few}/{page_name}", "header.kb-head", width=390, height=844)
    page.locator(".st-key-unfolded label").first.click()
    fields = page.locator("[data-testid='stMain'] :is([data-testid='stTextInput'], [data-testid='stSelectbox'])")
    expect(fields.locator("visible=true").first).to_be_visible()
    ends = fields.evaluate_all(
        "all => all.map(each => each.getBoundingClientRect()).map(box => box.width && box.right)"
    )
    assert ends
    assert max(ends) <= 390 - 8
