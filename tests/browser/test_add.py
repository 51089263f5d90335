"""Adding articles in the browser, from a pasted text and from files, all the way to the timeline."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, Page, expect

from kb.store import Store
from tests.browser.conftest import OpenPage, faults_in_both_themes, serious_faults, served
from tests.website import Answer, website

READY = ".st-key-add_form"
STORY = """Harbour talks end without an accord

Negotiators from Norway and Denmark met in Oslo on 3 May 2023. Prime Minister Jonas Dahl said the talks had failed.
"We will not sign," Dahl told reporters on 4 May 2023.
"""
PAGE = """<html><head><title>Ferry line reopens</title><meta property="article:published_time" content="2023-06-02">
</head><body><article><h1>Ferry line reopens</h1><p>The ferry line between Oslo and Copenhagen reopened on 1 June 2023,
after a closure of two years. Officials in Denmark signed the agreement in March 2023.</p><p>Minister Anna Holm said the
line would carry a million people a year. She opened it in Oslo together with her Danish colleague.</p></article>
</body></html>"""
BOAT = PAGE.replace("Ferry", "Boat").encode()


@pytest.fixture
def fresh(own: Store, own_app: str) -> str:
    """The address of an app on an empty graph, since these tests fill it."""
    assert not own.run("MATCH (a:Article) RETURN a.id AS id")
    return own_app


def _add(page: Page) -> None:
    page.get_by_role("button", name="Add", exact=True).click()


def test_a_pasted_text_becomes_events_that_the_timeline_shows(fresh: str, open_page: OpenPage) -> None:
    page = open_page(f"{fresh}/add", READY)
    page.locator("textarea").fill(STORY)
    page.get_by_role("textbox", name="Published").fill("2023-05-05")
    _add(page)
    found = page.locator(".kb-found")
    expect(found).to_be_visible(timeout=90_000)
    expect(found.locator("h2")).to_have_text("Harbour talks end without an accord")
    expect(found).to_contain_text("3 May 2023")
    _add(page)
    expect(page.locator(".kb-count-line")).to_contain_text("1 already there", timeout=30_000)
    found.locator("ol a").first.click()
    expect(page.locator("article.kb-panel h1")).to_be_visible(timeout=30_000)


def test_files_are_added_and_the_bad_one_says_why(fresh: str, open_page: OpenPage) -> None:
    page = open_page(f"{fresh}/add", READY)
    page.get_by_role("radio", name="Upload files").or_(page.get_by_role("button", name="Upload files")).first.click()
    line = {"doc_id": "d1", "published": "2023-07-01", "title": "Storm", "text": "A storm hit Bergen on 30 June 2023."}
    files: list[FilePayload] = [
        {"name": "ferry.html", "mimeType": "text/html", "buffer": PAGE.encode()},
        {"name": "boat.html.gz", "mimeType": "application/gzip", "buffer": gzip.compress(BOAT)},
        {"name": "storm.jsonl", "mimeType": "application/json", "buffer": json.dumps(line).encode()},
        {"name": "broken.txt", "mimeType": "text/plain", "buffer": b"\x00\x01\x02\xff\xfe\x00"},
    ]
    page.locator("input[type=file]").set_input_files(files)
    expect(page.get_by_role("button", name="Remove storm.jsonl")).to_be_visible(timeout=20_000)
    _add(page)
    expect(page.get_by_text("You may leave this page")).to_be_visible(timeout=20_000)
    page.get_by_role("link", name="Articles", exact=True).click()
    expect(page.locator("h1")).to_have_text("Articles")
    page.get_by_role("link", name="Add", exact=True).click()
    expect(page.locator(".kb-count-line")).to_contain_text("1 failed", timeout=90_000)
    expect(page.locator(".kb-count-line")).to_contain_text("3 added")
    failed = page.locator(".kb-found", has=page.locator(".kb-state-failed"))
    expect(failed.locator("h2")).to_have_text("broken.txt")
    assert len(failed.inner_text().splitlines()) >= 2
    assert "Traceback" not in failed.inner_text()
    beside = page.locator(".kb-found", has_text="Ferry line reopens").locator(".kb-both")
    expect(beside.locator(".kb-read-text .kb-m-event").first).to_be_visible()
    expect(beside.locator("ol li").first).to_contain_text("March 2023")
    assert serious_faults(page) == []


@pytest.fixture
def trusting(own: Store) -> Iterator[str]:
    """The address of an app that may ask this machine."""
    with served(KB_DATA_DIR=str(own.settings.data_dir), KB_ALLOW_PRIVATE="1") as url:
        yield url


def _by_address(page: Page, words: str) -> None:
    page.get_by_role("radio", name="Address").or_(page.get_by_role("button", name="Address")).first.click()
    page.get_by_role("textbox", name="Addresses, one a line").fill(words)
    _add(page)


def test_addresses_are_asked(trusting: str, open_page: OpenPage) -> None:
    page = open_page(f"{trusting}/add", READY)
    with website({"/ferry": Answer(body=PAGE)}) as site:
        _by_address(page, f"{site.address}/ferry\n{site.address}/gone")
        expect(page.locator(".kb-count-line")).to_contain_text("1 added", timeout=90_000)
        expect(page.locator(".kb-count-line")).to_contain_text("1 failed")
        assert site.asked == ["/robots.txt", "/ferry", "/gone"]


def test_an_address_inside_is_refused_unless_allowed(fresh: str, open_page: OpenPage) -> None:
    page = open_page(f"{fresh}/add", READY)
    with website({"/ferry": Answer(body=PAGE)}) as site:
        _by_address(page, f"{site.address}/ferry")
        expect(page.locator(".kb-found", has_text="private network")).to_be_visible(timeout=90_000)
        page.get_by_role("button", name="Put away").click()
        expect(page.locator(".kb-found")).to_have_count(0)
        page.get_by_role("textbox", name="Addresses, one a line").fill("example")
        _add(page)
        expect(page.locator("[data-testid=stAlert]")).to_contain_text("is no web address")
        assert site.asked == []


def test_nothing_and_a_wrong_date_are_said_in_a_sentence(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/add", READY)
    _add(page)
    expect(page.locator("[data-testid=stAlert]")).to_contain_text("There is nothing to add yet")
    page.locator("textarea").fill(STORY)
    page.get_by_role("textbox", name="Published").fill("5th of May")
    _add(page)
    expect(page.locator("[data-testid=stAlert]")).to_contain_text("write it like 2022-02-24")


@pytest.mark.parametrize("width", [1400, 390])
def test_the_page_is_legible_and_fits(few: str, open_page: OpenPage, width: int) -> None:
    page = open_page(f"{few}/add", READY, scheme="dark", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults_in_both_themes(page) == []
