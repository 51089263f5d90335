"""Articles withdrawn, brought back, deleted for good: nothing that only they supported is left, nothing else goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import ingest
from ingest.revising.decide import remove, undo
from ingest.revising.remove import purge
from ingest.revising.revise import apply, find_article
from kb.checks.verify import verify
from kb.store import Store
from tests.exported import export

pytestmark = pytest.mark.usefixtures("every_tally")

FIRST = """Title: Talks in Vienna
Published: 10 May 2021
URL: https://example.org/vienna
Publisher: The Lantern

Anna Weber met Boris Lang in Vienna on May 8, 2021. “We will sign,” Weber said on Monday.

Russia annexed Crimea in 2014.
"""
SECOND = """Title: A look back
Published: 1 June 2021
URL: https://example.org/back
Publisher: The Morning

Russia annexed Crimea on March 18, 2014. Boris Lang said that Weber had promised nothing.
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    for name, text in (("first", FIRST), ("second", SECOND)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return str(tmp_path / "first.txt"), str(tmp_path / "second.txt")


def shown(store: Store) -> tuple[list[str], list[str]]:
    """What holds but for decisions, and for an article that is only kept so that it can come back."""
    nodes, relations = export(store)
    return [n for n in nodes if '"Decision"' not in n], [r for r in relations if "JUDGES" not in r]


def test_a_withdrawn_article_leaves_nothing_and_comes_back(store: Store, files: tuple[str, str]) -> None:
    ingest([files[1]], store)
    alone = events(store)
    ingest([files[0]], store)
    both = shown(store)
    apply(store, remove(store, "https://example.org/vienna", by="Ada", reason="a hoax"))
    assert events(store) == alone
    assert verify(store).holds
    (again,) = ingest([files[0]], store).articles
    assert again.status == "unchanged"
    assert "withdrawn by Ada" in again.reason
    apply(store, undo(store))
    assert shown(store) == both
    assert verify(store).holds


def test_what_a_purge_leaves_is_as_if_the_article_had_never_been(store: Store, files: tuple[str, str]) -> None:
    ingest([files[1]], store)
    before = export(store)
    ingest([files[0]], store)
    purge(store, find_article(store, "https://example.org/vienna"))
    assert export(store) == before
    assert store.run("MATCH (n) WHERE n.text CONTAINS 'Vienna' OR n.title CONTAINS 'Vienna' RETURN n.id") == []
    assert verify(store).holds
    assert [o.status for o in ingest([files[0]], store).articles] == ["new"]


def events(store: Store) -> list[tuple[str, str, int]]:
    rows = store.run("MATCH (e:Event) WHERE e.expiredAt IS NULL RETURN e.title AS t, e.edtf AS d, e.reports AS r")
    return sorted((r["t"], r["d"] or "", r["r"]) for r in rows)
