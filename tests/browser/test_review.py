"""What may be one, settled and taken back in the browser, on articles that were really read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kb import ask
from kb.store import Store
from tests import meetings
from tests.browser.conftest import SETTLED, OpenPage, faults_in_both_themes, serious_faults


@pytest.fixture
def graph(own: Store, own_app: str, tmp_path: Path) -> tuple[str, str, str]:
    """Address of an app on the meetings, and the ids of the two events that may be one."""
    meetings.add(own, tmp_path)
    pair = next(each for each in ask.suggestions(own) if each.one.kind == "Event")
    return own_app, pair.one.id, pair.other.id


def apply(page: Page, says: str, why: str = "") -> None:
    """Read what would change, give a reason, and say yes."""
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(says, timeout=60_000)
    if why:
        dialog.get_by_label("Why").fill(why)
        dialog.get_by_label("Why").press("Tab")
    page.get_by_role("button", name="Apply").click()
    expect(dialog).to_have_count(0, timeout=60_000)


def press(page: Page, key: str) -> None:
    """Press it once what it stands for is drawn: the sentences of a thing to settle come before its answers."""
    expect(page.locator(".st-key-answers").get_by_role("button", name="Skip")).to_be_visible(timeout=60_000)
    page.locator(SETTLED).wait_for(timeout=60_000)
    page.keyboard.press(key)


def test_the_queue_is_answered_by_keys_and_each_answer_taken_back(
    graph: tuple[str, str, str], open_page: OpenPage
) -> None:
    url, one, other = graph
    page = open_page(f"{url}/check?kind=doubtful-identity", ".kb-pair", scheme="dark")
    expect(page).to_have_url(re.compile("/review"))
    progress = page.locator(".kb-progress")
    expect(progress).to_contain_text("0 of 2 done")
    if "April 2022 contains" not in page.locator(".kb-pair").inner_text():
        press(page, "s")
    pair = page.locator(".kb-pair", has_text="April 2022 contains")
    expect(pair.locator("blockquote mark")).to_have_count(2)
    expect(pair.get_by_role("heading", level=2)).to_have_text("Perhaps one and the same")
    expect(pair.get_by_role("heading", level=3)).to_have_count(2)
    assert serious_faults(page) == []
    press(page, "1")
    expect(progress).to_contain_text("1 of 2 done", timeout=60_000)
    expect(page.locator(".st-key-undo_toast")).to_contain_text("becomes one with")
    assert serious_faults(page) == []

    panel = open_page(f"{url}/?event={one}", ".kb-telling", scheme="dark")
    expect(panel.locator(".kb-telling")).to_have_count(3)
    assert serious_faults(panel) == []

    press(page, "u")
    expect(progress).to_contain_text("0 of 2 done", timeout=60_000)
    expect(pair).to_have_count(1)
    apart = open_page(f"{url}/?event={other}", ".kb-panel h2", scheme="dark")
    expect(apart.locator(".kb-when")).to_contain_text("April 2022")
    press(page, "w")
    expect(page.locator(".kb-effects")).to_be_visible(timeout=60_000)
    apply(page, "becomes one with", "one walk")

    page.get_by_text("Decisions", exact=True).click()
    expect(page.locator(".kb-decided").first).to_contain_text("one walk")
    assert serious_faults(page) == []
    page.get_by_test_id("stTooltipHoverTarget").get_by_role("button", name="Undo").click()
    apply(page, "is apart again from")
    expect(page.locator(".kb-revoked").first).to_contain_text("taken back")
    assert serious_faults(page) == []


def test_an_event_is_named_again_and_an_address_is_told_to_be_the_same(
    graph: tuple[str, str, str], open_page: OpenPage
) -> None:
    url, one, other = graph
    page = open_page(f"{url}/?event={one}", ".kb-panel h2")
    page.get_by_role("button", name="Edit", exact=True).click()
    title = page.get_by_role("dialog").get_by_label("Title", exact=True)
    title.fill("A walk & a talk")
    title.press("Tab")
    page.get_by_role("button", name="Show what changes").click()
    apply(page, "A walk & a talk")
    expect(page.locator(".kb-panel h2")).to_have_text("A walk & a talk", timeout=60_000)
    page.get_by_role("button", name="Same as…").click()
    typed = page.get_by_role("dialog").get_by_label("Or search for another one")
    typed.fill(f"{url}/?event={other}")
    typed.press("Tab")
    page.get_by_role("button", name="Show what changes").click()
    assert serious_faults(page) == []
    apply(page, "becomes one with")
    expect(page.locator(".kb-telling")).to_have_count(3, timeout=60_000)
    expect(page).to_have_url(re.compile(f"event=({one}|{other})"))


@pytest.mark.parametrize("width", [1400, 390])
def test_the_screens_are_legible_and_fit(few: str, nothing: str, open_page: OpenPage, width: int) -> None:
    empty = open_page(f"{nothing}/review", ".kb-empty", scheme="dark", width=width)
    expect(empty.locator(".kb-empty")).to_contain_text("Nothing to settle")
    card = open_page(f"{few}/?entity=syn-person-6", ".kb-panel h2", scheme="dark", width=width)
    doubt = open_page(f"{few}/review?kind=rival-dates", ".kb-check", scheme="dark", width=width)
    expect(doubt.locator(".kb-check")).to_contain_text("Reports that exclude each other")
    expect(doubt.locator(".kb-check blockquote mark").first).to_be_visible()
    expect(doubt.get_by_role("button", name="Another date…")).to_be_visible()
    for page in (empty, card, doubt):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert faults_in_both_themes(page) == []
    assert doubt.evaluate("document.querySelector('.stMain').scrollHeight") < 2000, "one thing at a time"
    empty.get_by_text("Decisions", exact=True).click()
    expect(empty.locator(".kb-empty")).to_contain_text("Nothing was decided")
