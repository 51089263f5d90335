"""The Cypher page in the browser: run, examples, errors, pictures, files, and that nothing can be changed."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, faults_in_both_themes

READY = ".kb-cypher .cm-content"


def _write(page: Page, text: str) -> None:
    page.locator(READY).click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)


def _run(page: Page, text: str) -> None:
    _write(page, text)
    page.locator(".kb-run").click()


def test_the_first_query_runs_as_it_stands(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/cypher", READY)
    page.locator(".kb-run").click()
    expect(page.locator(".kb-count-line")).to_contain_text("rows in")
    expect(page.locator("[data-testid=stDataFrame]")).to_be_visible()


def test_ctrl_enter_runs_what_was_written(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/cypher", READY)
    _write(page, "MATCH (a:Article) RETURN a.title AS title")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".kb-count-line")).to_contain_text("14 rows in")


def test_an_example_fills_the_editor(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/cypher", READY)
    page.locator(".st-key-cypher_example input").click()
    page.get_by_role("option", name="For which events do the reports give different dates?").click()
    expect(page.locator(READY)).to_contain_text("size(dates) > 1")
    page.locator(".kb-run").click()
    expect(page.locator(".kb-count-line")).to_contain_text("row")


def test_nodes_and_relationships_are_drawn(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/cypher", READY)
    _run(page, "MATCH (x:Person)-[r:PARTICIPATED_IN]->(e:Event) RETURN x, r, e LIMIT 5")
    expect(page.locator(".kb-network[data-ready]")).to_be_visible(timeout=30_000)
    stage = "document.querySelector('.kb-network .kb-stage').kbNetwork"
    assert 2 <= page.evaluate(f"Object.keys({stage}.getPositions()).length") <= 10
    page.get_by_role("tab", name="Table").click()
    expect(page.locator("[data-testid=stDataFrame]")).to_be_visible()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("MATCH (n RETURN n", "error"),
        ("MATCH (a:Article) SET a.title = 'changed' RETURN a", "can only read"),
        ("CREATE (:Article {id: 'forged'})", "can only read"),
        ("MATCH (a:Article) DETACH DELETE a", "can only read"),
        ("  ", "nothing to run"),
    ],
)
def test_what_cannot_be_run_is_said_and_changes_nothing(few: str, open_page: OpenPage, text: str, says: str) -> None:
    page = open_page(f"{few}/cypher", READY)
    _run(page, text)
    error = page.locator("[data-testid=stAlert]")
    expect(error).to_be_visible(timeout=30_000)
    assert says in error.inner_text()
    assert "Traceback" not in error.inner_text()
    assert "Exception" not in error.inner_text()
    _run(page, "MATCH (a:Article) WHERE a.title <> 'changed' AND a.id <> 'forged' RETURN count(a) AS n")
    expect(page.locator(".kb-count-line")).to_contain_text("1 row in")
    expect(error).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download JSON").click()
    assert json.loads(Path(download.value.path()).read_text(encoding="utf-8")) == [{"n": 14}]


def test_a_label_that_no_node_has_is_said(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/cypher", READY)
    _run(page, "MATCH (e:Evnt) RETURN e.title AS title")
    expect(page.locator(".kb-count-line")).to_contain_text("No rows")
    expect(page.locator("[data-testid=stAlert]")).to_contain_text("No node has the label Evnt; perhaps Event is meant.")


def test_a_query_that_takes_too_long_is_given_up(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/cypher", READY)
    page.locator(".st-key-cypher_seconds input").click()
    page.get_by_role("option", name="5", exact=True).click()
    _run(page, "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b) AS n")
    expect(page.locator("[data-testid=stAlert]")).to_contain_text("5", timeout=30_000)


def test_the_answer_is_downloaded_as_csv(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/cypher", READY)
    _run(page, "MATCH (e:Event) RETURN e.id AS id, e.title AS title ORDER BY id LIMIT 3")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    with Path(download.value.path()).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["id", "title"]
    assert len(rows) == 4


def test_a_cut_off_answer_says_so(many: str, open_page: OpenPage) -> None:
    page = open_page(f"{many}/cypher", READY)
    page.locator(".st-key-cypher_limit input").click()
    page.get_by_role("option", name="100", exact=True).click()
    _run(page, "MATCH (p:Passage) RETURN p.text AS text")
    expect(page.locator(".kb-count-line")).to_contain_text("100 rows")
    expect(page.locator(".kb-count-line")).to_contain_text("cut off")


@pytest.mark.parametrize("width", [1400, 390])
def test_the_page_is_legible_and_fits(few: str, open_page: OpenPage, width: int) -> None:
    page = open_page(f"{few}/cypher", READY, scheme="dark", width=width)
    page.locator(".kb-run").click()
    expect(page.locator(".kb-count-line")).to_contain_text("rows in")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults_in_both_themes(page) == []
