"""The claims in the browser: groups, the filters and what stands in the address, looks in both themes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, serious_faults

READY = ".kb-voice"


def test_claims_on_one_event_stand_side_by_side(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/claims?view=subjects", READY)
    group = page.locator("[class*='st-key-claims_on_']", has=page.locator(".kb-voice >> nth=1")).first
    # Both at one moment: what still arrives above them may move them between two looks.
    left, right = group.locator(".kb-voice").evaluate_all(
        "voices => voices.slice(0, 2).map(voice => voice.getBoundingClientRect().toJSON())"
    )
    assert left["y"] == right["y"]
    assert left["right"] <= right["left"]


def test_disputed_subjects_come_first(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/claims?view=subjects", READY)
    told = page.locator(".kb-claims p").all_inner_texts()
    disputed = ["denies it" in words or "deny it" in words for words in told]
    assert any(disputed)
    assert disputed == sorted(disputed, reverse=True)


def test_a_speaker_is_chosen_and_let_go(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/claims", READY)
    everyone = page.locator(READY).count()
    page.locator(".kb-voice .kb-who a").first.click()
    expect(page).to_have_url(re.compile(r"speaker=syn-person-\d+"))
    expect(page.locator(READY).first).to_be_visible(timeout=20_000)
    assert 0 < page.locator(READY).count() < everyone
    assert len(set(page.locator(".kb-who strong").all_inner_texts())) == 1
    page.locator(".stMultiSelect", has_text="Speakers").get_by_label("Clear all").click()
    expect(page.locator(READY)).to_have_count(everyone)
    expect(page).not_to_have_url(re.compile("speaker="))


def test_the_sentence_behind_a_claim_unfolds(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/claims", READY)
    voice = page.locator(READY).first
    expect(voice.locator("details p")).to_be_hidden()
    voice.locator("summary").click()
    expect(voice.locator("details p")).to_be_visible()
    expect(voice.locator("footer a[href*='articles?article=']")).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1400), ("dark", 390)])
@pytest.mark.parametrize("view", ["list", "side"])
def test_the_page_is_legible_and_fits(few: str, open_page: OpenPage, scheme: str, width: int, view: str) -> None:
    page = open_page(f"{few}/claims?view={view}", READY, scheme=scheme, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious_faults(page) == []


def test_a_subject_is_found_by_searching_all_of_the_graph(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/claims", READY)
    everything = page.locator(".kb-count-line").first.inner_text()
    field = page.locator(".stSelectbox", has_text="About").locator("input")
    field.fill("annex*")
    field.press("Enter")
    expect(page.get_by_text("Which “annex*”?")).to_be_visible()
    page.locator(".stButtonGroup", has_text="Which “annex*”?").get_by_role("radio").first.click()
    expect(page).to_have_url(re.compile("event=syn-event-"))
    expect(page.locator(".kb-count-line", has_text="Only claims about")).to_be_visible()
    expect(page.get_by_text(everything, exact=True)).to_have_count(0)


def test_every_claim_is_reached_page_by_page_and_by_its_address(many: str, open_page: OpenPage) -> None:
    page = open_page(f"{many}/claims?order=said", READY)
    total = int(page.locator(".kb-head p").inner_text().split()[0].replace(",", ""))
    span = page.locator(".kb-count-line").first
    expect(span).to_contain_text(f"1 to 40 of {total:,}")
    days = page.locator(".kb-day").all_inner_texts()
    page.get_by_role("button", name="Next").click()
    expect(span).to_contain_text(f"41 to 80 of {total:,}")
    expect(page).to_have_url(re.compile("after=.*at=41"))
    again = open_page(page.url, READY)
    expect(again.locator(".kb-count-line").first).to_contain_text(f"41 to 80 of {total:,}")
    again.get_by_role("button", name="Previous").click()
    expect(again.locator(".kb-count-line").first).to_contain_text("1 to 40")
    expect(again.locator(".kb-day").first).to_have_text(days[0])


def test_an_empty_graph_tells_how_to_get_claims(nothing: str, open_page: OpenPage) -> None:
    page = open_page(f"{nothing}/claims", ".kb-empty")
    expect(page.locator(".kb-empty")).to_contain_text("Add page")
