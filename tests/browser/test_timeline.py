"""The timeline in the browser: spans, selection, deep links, windows, filters, keyboard, looks in both themes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage, serious_faults, served

READY = ".kb-timeline[data-ready] .kb-item"


def _line(page: Page) -> str:
    return page.locator(".kb-count-line").inner_text()


def _wait_for_other_line(page: Page, old: str) -> str:
    expect(page.locator(".kb-count-line")).not_to_have_text(old, timeout=15_000)
    return _line(page)


def _in_view(page: Page) -> Locator:
    """The first event with its title that lies in the window: the picture may be higher than it."""
    size = page.viewport_size
    assert size
    for item in page.locator(".kb-item:has(.kb-title)").all():
        box = item.bounding_box()
        if box and 0 < box["y"] < size["height"] - 40 and 0 < box["x"] < size["width"] - 40:
            return item
    raise AssertionError("no event lies in the window")


def _width(page: Page, date: str) -> float:
    """The drawn width of an event whose date reads `date`, px."""
    bar = page.locator(".vis-item", has=page.locator(f"[aria-label*='— {date}']")).first
    box = bar.bounding_box()
    assert box is not None
    return box["width"]


def test_a_year_is_drawn_wider_than_a_month_and_a_month_than_a_day(many: str, open_page: OpenPage) -> None:
    page = open_page(f"{many}/?from=2022&to=2022", READY)
    labels = [item.get_attribute("aria-label") or "" for item in page.locator(".kb-item").all()]
    dates = [label.split(" — ")[1] for label in labels]
    day = next(date for date in dates if re.fullmatch(r"\d+ \w{3} \d{4}", date))
    month = next(date for date in dates if re.fullmatch(r"[A-Z]\w+ \d{4}", date))
    year = next(date for date in dates if date == "2022")
    assert _width(page, year) > 6 * _width(page, month)
    assert _width(page, month) > 1.5 * _width(page, day)


def test_a_click_opens_the_sentences_behind_an_event_without_redrawing(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/", READY)
    page.evaluate("document.querySelector('.kb-stage').dataset.same = '1'")
    item = _in_view(page)
    title = item.locator(".kb-title").inner_text()
    item.click()
    panel = page.locator(".kb-panel")
    expect(panel.locator("h2")).to_have_text(title)
    expect(panel.locator("blockquote mark").first).not_to_be_empty()
    expect(panel.locator("a[href*='articles?article=']").first).to_be_visible()
    assert "event=" in page.url
    assert page.locator(".kb-stage").get_attribute("data-same") == "1", "the timeline was built anew"


def test_a_link_to_an_event_opens_it_and_close_leaves_it(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/?event=syn-event-3", ".kb-panel")
    expect(page.locator(".vis-item.vis-selected").first).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".kb-panel")).to_have_count(0)
    expect(page.locator(".vis-item.vis-selected")).to_have_count(0)
    assert "event=" not in page.url


def test_a_link_to_an_unknown_event_says_so(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/?event=no-such-event", ".kb-empty")
    expect(page.locator(".kb-empty")).to_contain_text("No such event")


def test_an_event_opens_from_the_keyboard_alone(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/", READY)
    item = page.locator(".kb-item:has(.kb-title)").first
    title = item.locator(".kb-title").inner_text()
    item.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".kb-panel h2")).to_have_text(title)


def test_arrow_keys_and_buttons_move_and_zoom(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/", READY)
    item = page.locator(".kb-item:has(.kb-title)").first
    first = item.bounding_box()
    page.locator(".kb-stage").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(400)
    moved = item.bounding_box()
    assert first
    assert moved
    assert moved["x"] > first["x"] + 50
    labels = page.locator(".vis-time-axis .vis-text.vis-minor")
    before = labels.all_inner_texts()
    page.get_by_role("button", name="Zoom in").click()
    expect(labels.first).not_to_have_text(before[0])


def test_more_events_than_fit_are_counted_and_zooming_brings_others(many: str, open_page: OpenPage) -> None:
    page = open_page(f"{many}/", READY)
    assert int(page.locator(".kb-timeline").get_attribute("data-items") or 0) <= 300
    page.get_by_role("button", name="Show all").click()
    line = page.locator(".kb-count-line")
    expect(line).to_have_text(re.compile(r"the 300 most important of (\d+), .*; \1 in all"))
    stage = page.locator(".kb-stage").bounding_box()
    assert stage
    page.mouse.move(stage["x"] + stage["width"] / 2, stage["y"] + 200)
    for _ in range(6):
        page.mouse.wheel(0, -240)
    expect(line).to_have_text(re.compile(r"Showing all \d+ events"))


def test_dragging_over_the_months_sets_the_window(many: str, open_page: OpenPage) -> None:
    page = open_page(f"{many}/", READY)
    chart = page.locator("[data-testid=stVegaLiteChart] svg, [data-testid=stVegaLiteChart] canvas").first
    chart.wait_for()
    box = chart.bounding_box()
    assert box
    old = _line(page)
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 12, steps=6)
    page.mouse.up()
    assert re.search(r"20(17|18|19|20)", _wait_for_other_line(page, old))


def test_filters_narrow_and_stand_in_the_address(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/?lanes=types", READY)
    expect(page.locator(".kb-lane").first).to_be_visible()
    old = _line(page)
    page.get_by_label("Search").fill("sanctions")
    page.keyboard.press("Enter")
    _wait_for_other_line(page, old)
    titles = page.locator(".kb-item").all()
    assert titles
    assert "q=sanctions" in page.url
    assert "lanes=types" in page.url


def test_what_has_no_year_is_listed_apart(many: str, open_page: OpenPage) -> None:
    page = open_page(f"{many}/", READY)
    page.get_by_text(re.compile("without a date or a year")).click()
    row = page.locator(".st-key-list_undated button").first
    title = row.inner_text().splitlines()[-1]
    row.click()
    expect(page.locator(".kb-panel h2")).to_have_text(title)


def test_an_empty_graph_says_what_to_do(nothing: str, open_page: OpenPage) -> None:
    page = open_page(f"{nothing}/", ".kb-empty")
    expect(page.locator(".kb-empty")).to_contain_text("kb ingest")
    assert serious_faults(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_accessibility_fault(few: str, open_page: OpenPage, scheme: str) -> None:
    page = open_page(f"{few}/?event=syn-event-3&lanes=people", f"{READY}, .kb-panel", scheme=scheme)
    page.locator(READY).first.wait_for()
    page.locator(".kb-panel h2").wait_for()
    assert serious_faults(page) == []


def test_a_narrow_screen_needs_no_sideways_scrolling(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/", READY, width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate(
        "(() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollWidth <= m.clientWidth })()"
    )


def test_a_graph_that_does_not_answer_is_one_sentence(open_page: OpenPage) -> None:
    with served(KB_URI="bolt://localhost:1", KB_USER="nobody", KB_PASSWORD="nothing") as url:  # noqa: S106 (nobody's)
        page = open_page(f"{url}/", "[data-testid=stAlert]")
        said = page.locator("[data-testid=stAlert]")
        expect(said).to_contain_text("bolt://localhost:1")
        expect(page.get_by_role("button", name="Try again")).to_be_visible()
        assert "Traceback" not in page.inner_text("body")
        assert serious_faults(page) == []
