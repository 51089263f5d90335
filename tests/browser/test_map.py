"""The map in the browser: places, clusters, the window of time, saving; and what stands on every page."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, serious_faults

READY = ".kb-map[data-ready]"
SPOTS = ".kb-map .kb-spot"


def test_a_place_is_chosen_and_its_event_opened_and_the_address_tells_all(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/map", READY)
    spots = page.locator(SPOTS)
    told = spots.evaluate_all("all => all.map(spot => spot.getAttribute('aria-label'))")
    assert len(told) > 1
    spot = next(n for n, words in enumerate(told) if re.search(r": [2-9]\d* events", words) and "places" not in words)
    spots.nth(spot).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("place=syn-place-"))
    expect(page.locator(f"{SPOTS}[aria-pressed='true']")).to_have_count(1)
    expect(page.get_by_role("link", name="Its page")).to_have_attribute("href", re.compile(r"/name\?id=syn-place-"))
    page.locator(".st-key-list_events button").first.click()
    expect(page.locator(".kb-panel > blockquote").first).to_be_visible()
    again = open_page(page.url, ".kb-panel > blockquote")
    expect(again.locator(f"{SPOTS}[aria-pressed='true']")).to_have_count(1)


def test_marks_that_lie_over_each_other_are_one_until_looked_at_closely(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/map", READY)
    count = page.locator(SPOTS).count()
    for _ in range(12):
        page.get_by_role("button", name="Zoom out").click()
    expect(page.locator(SPOTS)).to_have_count(1)
    whole = page.locator(SPOTS)
    expect(whole).to_have_attribute("aria-label", re.compile(r"\d+ places, \d+ events"))
    expect(page).to_have_url(re.compile("view="), timeout=15_000)
    whole.click()
    expect(page.locator(SPOTS)).to_have_count(count)
    view = "view=57.000%2C25.000%2C2.00"
    far = open_page(f"{few}/map?{view}", READY)
    assert far.locator(SPOTS).count() < count


def test_a_window_of_time_is_moved_and_taken_to_the_timeline_and_back(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/map?from=2023&to=2023", READY)
    page.get_by_role("button", name="Later").click()
    expect(page).to_have_url(re.compile("from=2024&to=2024"))
    expect(page.get_by_label("From")).to_have_value("2024")
    page.get_by_role("button", name="On the timeline").click()
    expect(page.locator(".kb-head h1")).to_have_text("Timeline")
    expect(page).to_have_url(re.compile("from=2024&to=2024"))
    page.get_by_role("button", name="On the map").click()
    expect(page.locator(READY)).to_be_visible()
    expect(page).to_have_url(re.compile("/map.*from=2024&to=2024"))


@pytest.mark.parametrize(("address", "says"), [
    ("map?q=quokka", "No event fits"),
    ("map?from=1999&to=1999", "No event fits"),
    ("map?kinds=regions&passing=1", "No place of this kind"),
])  # fmt: skip
def test_a_map_without_a_place_says_why(few: str, open_page: OpenPage, address: str, says: str) -> None:
    page = open_page(f"{few}/{address}", ".kb-empty")
    expect(page.get_by_role("heading", name=says)).to_be_visible()


def test_the_map_of_an_empty_graph_says_what_will_be_drawn(nothing: str, open_page: OpenPage) -> None:
    page = open_page(f"{nothing}/map", ".kb-empty")
    expect(page.locator(".kb-empty")).to_contain_text("Where something happened is drawn here")


def test_the_map_is_saved_as_it_is_seen(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/map", READY, scheme="dark")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the map as SVG").click()
    svg = saved.value.path().read_text(encoding="utf-8")
    assert ET.fromstring(svg).tag.endswith("svg")  # noqa: S314 (our own file)
    assert "var(" not in svg
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the map as PNG").click()
    assert saved.value.path().read_bytes()[:4] == b"\x89PNG"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1400), ("dark", 390)])
def test_the_map_is_legible_and_fits(few: str, open_page: OpenPage, scheme: str, width: int) -> None:
    page = open_page(f"{few}/map", READY, scheme=scheme, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious_faults(page) == []


def test_a_view_is_saved_found_in_the_sidebar_renamed_and_deleted(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/claims?order=said&view=subjects", ".kb-voice")
    page.get_by_role("button", name="Save view").click()
    page.get_by_label("Name").fill("First said")
    page.get_by_label("Name").press("Enter")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved as “First said”")).to_be_visible(timeout=30_000)
    again = open_page(f"{few}/review", ".kb-head")
    again.get_by_test_id("stExpandSidebarButton").click()
    again.get_by_role("link", name="First said").click()
    expect(again).to_have_url(re.compile(r"/claims\?order=said&view=subjects"))
    expect(again.locator(".kb-voice").first).to_be_visible()
    last = open_page(f"{few}/review", ".kb-head")  # a new page, whose sidebar is shut for sure
    last.get_by_test_id("stExpandSidebarButton").click()
    last.get_by_role("button", name="Edit").click()
    last.get_by_role("button", name="Delete").click()
    expect(last.get_by_role("link", name="First said")).to_have_count(0)


def test_the_link_of_every_page_is_copied(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/network?view=people", ".kb-share button")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
