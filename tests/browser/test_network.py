"""The network in the browser: it comes to rest, a click and a link choose a node, roles can be read."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, serious_faults

READY = ".kb-network[data-ready]"
STAGE = "document.querySelector('.kb-network .kb-stage').kbNetwork"


def _click(page: Page, node: str) -> None:
    """Click the middle of a node on the canvas."""
    spot = page.evaluate(f"node => {STAGE}.canvasToDOM({STAGE}.getPosition(node))", node)
    box = page.locator(".kb-network canvas").bounding_box()
    assert box
    page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])


def _nodes(page: Page) -> list[str]:
    return page.evaluate(f"Object.keys({STAGE}.getPositions())")


def test_the_layout_comes_to_rest(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/network", READY)
    before = page.evaluate(f"{STAGE}.getPositions()")
    page.wait_for_timeout(700)
    assert page.evaluate(f"{STAGE}.getPositions()") == before
    assert len(before) > 10


def test_a_click_on_an_event_opens_its_panel(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/network", READY)
    event = next(node for node in _nodes(page) if node.startswith("syn-event"))
    _click(page, event)
    expect(page.locator(".kb-panel blockquote").first).to_be_visible(timeout=15_000)
    assert page.locator(READY).count() == 1


def test_a_person_shows_what_they_took_part_in(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/network", READY)
    person = next(node for node in _nodes(page) if "person" in node.lower())
    _click(page, person)
    expect(page.locator(".kb-panel .kb-kicker")).to_have_text("Person", timeout=15_000)
    page.locator(".st-key-list_events button").first.click()
    expect(page.locator(".kb-panel blockquote").first).to_be_visible(timeout=15_000)


def test_links_centre_on_an_entity_or_an_event(few: str, open_page: OpenPage) -> None:
    whole = open_page(f"{few}/network", READY)
    person = next(node for node in _nodes(whole) if "person" in node.lower())
    page = open_page(f"{few}/network?entity={person}", READY)
    assert person in _nodes(page)
    assert len(_nodes(page)) < len(_nodes(whole))
    expect(page.locator(".kb-panel .kb-kicker")).to_have_text("Person")
    page = open_page(f"{few}/network?event=syn-event-3", READY)
    expect(page.locator(".kb-panel blockquote").first).to_be_visible(timeout=15_000)


def test_more_nodes_than_fit_are_said(many: str, open_page: OpenPage) -> None:
    page = open_page(f"{many}/network", READY)
    expect(page.locator(".kb-count-line")).to_contain_text("more events match")
    assert len(_nodes(page)) <= 150


def test_the_role_is_shown_on_pointing_at_a_line(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/network", READY)
    edges = page.evaluate(f"{STAGE}.body.data.edges.get().map(e => [e.id, e.from, e.to, e.word])")
    box = page.locator(".kb-network canvas").bounding_box()
    assert box
    for edge, start, end, word in edges:
        ends = [page.evaluate(f"node => {STAGE}.canvasToDOM({STAGE}.getPosition(node))", node) for node in (start, end)]
        middle = {axis: (ends[0][axis] + ends[1][axis]) / 2 for axis in "xy"}
        if page.evaluate(f"spot => {STAGE}.getEdgeAt(spot)", middle) != edge:
            continue
        page.mouse.move(box["x"] + middle["x"], box["y"] + middle["y"])
        page.wait_for_timeout(300)
        assert page.evaluate(f"id => {STAGE}.body.data.edges.get(id).label", edge) == word
        return
    pytest.fail("no line could be pointed at")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_accessibility_fault(few: str, open_page: OpenPage, scheme: str) -> None:
    page = open_page(f"{few}/network?event=syn-event-3", READY, scheme=scheme)
    page.locator(".kb-panel").wait_for()
    assert serious_faults(page) == []
