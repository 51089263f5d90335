"""The graph as it was recorded then: before an article came, before a decision, before an article was withdrawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ingest import ingest
from ingest.revising.decide import edit, remove, split
from ingest.revising.revise import apply
from kb import ask
from kb.ask.past import Past
from kb.errors import InvalidDate
from kb.store import Store
from kb.store.moments import moment, now
from tests.exported import export

PAGES = {
    "first": ("The Lantern", "2021-06-01", "Russia annexed Crimea on March 18, 2014. Anna Weber met Boris Lang in "
              "Vienna on May 8, 2021. “We will sign the treaty,” Weber said on Monday."),
    "second": ("The Morning", "2022-01-10", "Russia annexed Crimea on March 21, 2014. Lang denied that he had "
               "met Weber."),
}  # fmt: skip


@pytest.fixture
def pages(tmp_path: Path) -> dict[str, str]:
    for name, (publisher, published, text) in PAGES.items():
        head = (
            f"Title: Page {name}\nPublisher: {publisher}\nPublished: {published}\nURL: https://example.org/{name}\n\n"
        )
        (tmp_path / f"{name}.txt").write_text(head + text, encoding="utf-8")
    return {name: str(tmp_path / f"{name}.txt") for name in PAGES}


def look(store: Any) -> tuple[list[Any], list[Any], list[Any]]:
    rows = ask.timeline(store)
    details = [ask.event(store, row.id) for row in rows]
    claims = [(c.text, c.speaker_name, c.said) for c in ask.claims(store)]
    return rows, details, claims


def test_the_present_is_the_past_of_now(store: Store, pages: dict[str, str]) -> None:
    ingest(list(pages.values()), store)
    assert look(Past(store, now())) == look(store)
    assert ask.density(Past(store, now())) == ask.density(store)
    assert ask.undated(Past(store, now())) == ask.undated(store)


def test_what_came_later_is_not_there_yet(store: Store, pages: dict[str, str]) -> None:
    ingest([pages["first"]], store)
    before, at = look(store), now()
    ingest([pages["second"]], store)
    (annexation,) = [row for row in ask.timeline(store) if "Crimea" in row.title]
    assert annexation.sources == 2
    apply(store, edit(store, annexation.id, "title", "The annexation"))
    assert look(Past(store, at)) == before
    assert [row.title for row in ask.timeline(store, text="annexation")] == ["The annexation"]


def test_a_merge_that_was_parted_was_still_one_then(store: Store, pages: dict[str, str]) -> None:
    ingest(list(pages.values()), store)
    (annexation,) = [row for row in ask.timeline(store) if "Crimea" in row.title]
    before, at, graph = look(store), now(), export(store)
    apply(store, split(store, annexation.id, ["https://example.org/second"]))
    assert len([row for row in ask.timeline(store) if "Crimea" in row.title]) == 2
    assert look(Past(store, at)) == before
    assert export(store) != graph


def test_what_was_withdrawn_was_there_then(store: Store, pages: dict[str, str]) -> None:
    ingest(list(pages.values()), store)
    before, at = look(store), now()
    apply(store, remove(store, "https://example.org/first"))
    assert not [row for row in ask.timeline(store) if "Vienna" in row.title]
    assert look(Past(store, at)) == before


def test_what_was_public_by_a_day(store: Store, pages: dict[str, str]) -> None:
    ingest(list(pages.values()), store)
    assert ask.claims(store, public_by="2021-05-01") == []
    assert [c.article.title for c in ask.claims(store, public_by="2021-12-31")] == ["Page first"]
    assert len(ask.claims(store, public_by="2022-01-10")) == len(ask.claims(store)) > 1


def test_a_day_means_its_end() -> None:
    assert moment("2024-02-16") == "2024-02-16T23:59:59.999+00:00"
    assert moment("2024-02-16T18:30") == "2024-02-16T18:30:00.000+00:00"
    with pytest.raises(InvalidDate, match="no day or moment"):
        moment("last week")
