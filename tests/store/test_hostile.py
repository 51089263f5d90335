"""Any text of the outside can be stored and given back, whatever it does to a store or a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest

from kb.ask.answers import as_csv
from kb.store import Store

TEXTS = {
    "NUL": ("a\x00b", "a\x00b"),
    "bidi": ("\u202eabc\u2066", "\u202eabc\u2066"),
    "a word of a megabyte": ("x" * 1_000_000, "x" * 1_000_000),
    "escape": ("a\x1b[31mb", "a\x1b[31mb"),
    "a lone surrogate": ("caf\udcff", "caf\ufffd"),
    "beyond the first plane": ("\U0001f600", "\U0001f600"),
}


@pytest.mark.parametrize(("given", "kept"), TEXTS.values(), ids=TEXTS)
def test_any_text_is_stored(store: Store, given: str, kept: str) -> None:
    store.execute("MERGE (e:Event {id: 'e'}) SET e += $all", all={"title": given, "tags": [given]})
    [row] = store.run("MATCH (e:Event {id: 'e'}) WHERE e.title = $title RETURN e.title AS t, e.tags AS l", title=given)
    assert (row["t"], row["l"]) == (kept, [kept])
    assert store.table("MATCH (e:Event {id: 'e'}) RETURN e.title AS t").rows == ((kept,),)


def test_a_question_with_a_lone_surrogate_is_asked(store: Store) -> None:
    assert store.table("RETURN 'a\udcffb' AS t").rows == (("a\ufffdb",),)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", " =1", "\u00a0=1"])
def test_no_cell_of_an_answer_is_a_formula(store: Store, text: str) -> None:
    told = as_csv(store.table("RETURN $text AS t, -5 AS n", {"text": text}))
    assert list(csv.reader(io.StringIO(told)))[1] == [f"'{text}", "-5"]
