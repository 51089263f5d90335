"""Correcting dates in the browser, on an article that was really read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ingest import ingest
from kb.store import Store
from tests.browser.conftest import OpenPage, serious_faults

VISIT = """Title: A visit to Bucha
Published: 30 March 2022
URL: https://example.org/visit

Russia invaded Ukraine in 2022. Negotiators met in Istanbul five weeks after the invasion.

Volodymyr Zelenskyy visited Bucha last week. “We remember,” Zelenskyy said on Monday.
"""


@pytest.fixture
def graph(own: Store, own_app: str, tmp_path: Path) -> tuple[str, str, str]:
    """Address of an app on one article, the article's id, the id of the invasion."""
    (tmp_path / "visit.txt").write_text(VISIT, encoding="utf-8")
    ingest([str(tmp_path / "visit.txt")], own)
    article = own.run("MATCH (a:Article) RETURN a.id AS id")[0]["id"]
    event = own.run("MATCH (e:Event)-[:REPORTED_IN {trigger: 'invaded'}]->() RETURN e.id AS id")[0]["id"]
    return own_app, article, event


def correct(page: Page, date: str) -> None:
    page.get_by_role("button", name="Correct the date").click()
    field = page.get_by_role("dialog").get_by_label("Date", exact=True)
    field.fill(date)
    page.get_by_role("dialog").get_by_label("Why").fill("as printed")
    page.get_by_role("button", name="Show what changes").click()


def test_dates_are_corrected_and_taken_back(graph: tuple[str, str, str], open_page: OpenPage) -> None:
    url, article, event = graph
    page = open_page(f"{url}/articles?article={article}", ".kb-article", scheme="dark")
    correct(page, "last week")
    expect(page.get_by_role("dialog")).to_contain_text("cannot be read as a date")
    page.get_by_role("dialog").get_by_label("Date", exact=True).fill("15 June 2022")
    page.get_by_role("button", name="Show what changes").click()
    table = page.locator(".kb-differences")
    expect(table).to_contain_text("last week", timeout=60_000)
    expect(table).to_contain_text("15 Jun 2022")
    shown = page.locator(".kb-effects")
    expect(shown).to_contain_text("Zelenskyy visits Bucha changes")
    expect(shown).to_contain_text("→ 6 Jun 2022 to 12 Jun 2022")
    assert serious_faults(page) == []
    page.get_by_role("button", name="Apply").click()
    head = page.locator(".kb-article-head")
    expect(head).to_contain_text("15 Jun 2022", timeout=60_000)
    expect(head).to_contain_text("corrected by hand")
    page.get_by_role("button", name="Correct the date").click()
    expect(page.get_by_role("dialog")).to_contain_text("as printed")
    page.get_by_role("button", name="Back to what the text says").click()
    page.get_by_role("button", name="Apply").click(timeout=60_000)
    expect(head).to_contain_text("30 Mar 2022", timeout=60_000)

    panel = open_page(f"{url}/?event={event}", ".kb-panel h2", scheme="dark")
    expect(panel.locator(".kb-why")).to_contain_text("“2022”")
    correct(panel, "2022-02-24")
    expect(panel.locator(".kb-differences")).to_contain_text(re.compile("31 Mar"), timeout=60_000)
    expect(panel.locator(".kb-effects")).to_contain_text("date: 2022 → 24 Feb 2022")
    panel.get_by_role("button", name="Apply").click()
    expect(panel.locator(".kb-when")).to_contain_text("24 Feb 2022", timeout=60_000)
    expect(panel.locator(".kb-why")).to_contain_text("corrected by")


def test_a_claim_is_rejected_and_taken_back(graph: tuple[str, str, str], open_page: OpenPage) -> None:
    url, _, _ = graph
    page = open_page(f"{url}/claims", ".kb-voice", scheme="light")
    said = page.locator(".kb-voice", has_text="We remember")
    expect(said).to_have_count(1)
    page.get_by_role("button", name="Reject this claim…").click()
    decide(page, "“We remember,” is no longer shown", "a caption, no saying")
    expect(said).to_have_count(0, timeout=60_000)

    review = open_page(f"{url}/review?show=decisions", ".kb-decided", scheme="light")
    told = review.locator(".kb-decided")
    expect(told).to_contain_text("is not a claim")
    expect(told).to_contain_text("a caption, no saying")
    review.get_by_role("button", name="Undo").click()
    decide(review, "is shown")
    expect(review.locator(".kb-revoked")).to_contain_text("taken back", timeout=60_000)
    page.reload()
    expect(said).to_have_count(1, timeout=60_000)


def decide(page: Page, says: str, why: str = "") -> None:
    """Read what becomes of it, look at the dialog, give a reason, and say yes."""
    expect(page.get_by_role("dialog").locator(".kb-effects")).to_contain_text(says, timeout=60_000)
    assert serious_faults(page) == []
    if why:
        page.get_by_role("dialog").get_by_label("Why").fill(why)
        page.get_by_role("dialog").get_by_label("Why").press("Tab")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("dialog")).to_have_count(0, timeout=60_000)


SELECT = """words => {
  const walker = document.createTreeWalker(document.querySelector(".kb-article"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let whole = "";
  const nodes = [];
  while (walker.nextNode()) { nodes.push([walker.currentNode, whole.length]); whole += walker.currentNode.data; }
  const [from, to] = [whole.indexOf(words), whole.indexOf(words) + words.length];
  const at = (place) => nodes.findLast(([, start]) => start <= place);
  range.setStart(at(from)[0], from - at(from)[1]);
  range.setEnd(at(to - 1)[0], to - at(to - 1)[1]);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def test_selected_words_become_an_event_and_a_claim_and_are_taken_back(
    graph: tuple[str, str, str], open_page: OpenPage
) -> None:
    url, article, _ = graph
    page = open_page(f"{url}/articles?article={article}", ".kb-article", scheme="dark")
    page.evaluate(SELECT, "We remember,” Zelenskyy said")
    page.get_by_role("toolbar").get_by_role("button", name="Add an event").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("mark")).to_have_text("We remember,” Zelenskyy said")
    assert dialog.bounding_box()["width"] <= 560
    assert serious_faults(page) == []
    dialog.get_by_label("What happened").fill("A silence is held")
    dialog.get_by_label("When").fill("about 28 March 2022")
    dialog.get_by_label("When").press("Tab")
    dialog.get_by_role("button", name="Add", exact=True).click()
    expect(dialog).to_have_count(0, timeout=60_000)
    added = page.locator(".kb-margin li", has_text="A silence is held")
    expect(added).to_contain_text("about 28 Mar 2022")
    expect(page.locator(".st-key-undo_toast")).to_contain_text("It is added")
    page.keyboard.press("u")
    expect(added).to_have_count(0, timeout=60_000)
    page.get_by_role("button", name="Add what is missing").click()
    dialog.get_by_text("A claim", exact=True).click()
    dialog.get_by_label("The words that tell it").fill("Negotiators met in Istanbul")
    dialog.get_by_label("The words that tell it").press("Tab")
    dialog.get_by_role("button", name="Add", exact=True).click()
    expect(dialog).to_have_count(0, timeout=60_000)
    expect(page.locator(".kb-m-claim", has_text="Negotiators")).to_be_visible()
    listed = open_page(f"{url}/review?show=decisions", ".kb-decided")
    expect(listed.locator(".kb-decided").first).to_contain_text("tells the claim “Negotiators met in Istanbul”")
