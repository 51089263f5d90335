"""Downloads in the browser, and the page that needs nothing but itself."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kb.export import FORMS, Exported, write
from tests.browser.conftest import OpenPage, serious_faults
from tests.export.samples import SAMPLE, happening, row

MANY = Exported(
    "A thousand events", SAMPLE.made, 1000,
    tuple(happening(row(f"event-{number}", f"Talks number {number} in Kyiv", f"{1900 + number // 10}-03-18",
                        f"{1900 + number // 10}-03-18", f"{1900 + number // 10}-03-18"), "They met again. " * 20)
          for number in range(1000)),
    SAMPLE.entities, SAMPLE.articles, (),
)  # fmt: skip


def downloaded(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name, exact=True).click()
    return Path(waiting.value.path()).read_bytes()


def test_the_timeline_is_downloaded_as_its_filters_leave_it(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/?entity=syn-person-6", ".kb-item")
    page.get_by_role("button", name="Download", exact=True).click()
    for form in FORMS.values():
        expect(page.get_by_role("button", name=f"{form.title}, for {form.reader}", exact=True)).to_be_visible()
    table = downloaded(page, "CSV, for spreadsheets").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    whole = json.loads(downloaded(page, "JSON, for programs"))
    assert rows
    assert [event["id"] for event in whole["events"]] == [row["id"] for row in rows]
    assert all("syn-person-6" in {part["entity"] for part in event["participants"]} for event in whole["events"])


def test_the_digest_offers_its_events(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/digest", ".kb-digest article")
    page.get_by_role("button", name="Download its events").click()
    assert b"BEGIN:VCALENDAR" in downloaded(page, "Calendar, for calendars")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_the_page_opens_offline_and_filters(browser: Browser, tmp_path: Path, scheme: str, width: int) -> None:
    path = tmp_path / "story.html"
    path.write_bytes(write(MANY, "html"))
    assert path.stat().st_size < 2_000_000
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme, offline=True)  # type: ignore[arg-type]
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(path.as_uri())
    assert page.locator("article").count() == 1000
    page.locator("#filter").fill("number 77 kyiv")
    expect(page.locator("#shown")).to_have_text("19 shown.")  # 77 to 977, and 770 to 779
    assert page.locator("article:visible").count() == 19
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults == []
    context.close()


def test_script_in_a_title_does_not_run_and_the_page_is_legible(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "story.html"
    path.write_bytes(write(SAMPLE, "html"))
    context = browser.new_context(bypass_csp=True)  # with the policy out of the way, escaping alone has to hold
    page = context.new_page()
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    page.goto(path.as_uri())
    expect(page.locator("h3", has_text="<script>alert(1)</script>")).to_be_visible()
    assert serious_faults(page) == []
    context.close()
