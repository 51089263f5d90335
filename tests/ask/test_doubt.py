"""A date whose year the text does not name: the timeline says so, now and as of a day."""

from __future__ import annotations

from pathlib import Path

from ingest import ingest
from ingest.read import Given
from kb import ask
from kb.ask.past import Past
from kb.edtf import Edtf
from kb.store import Store

TEXT = """Title: Notes on the river

Sweden closed its embassy in Minsk on April 3. Norway closed its embassy in Riga on February 3.

Finland closed its embassy in Rome on May 4, 2022. The old harbour is small and deep, and the hills around it are green.
"""


def test_a_guessed_year_is_said(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "river.txt"
    path.write_text(TEXT, encoding="utf-8")
    ingest([str(path)], store, Given(published=Edtf("2024-02-16")))
    told = {(row.edtf, row.doubt) for row in ask.timeline(store)}
    assert told == {("2023-04-03", "year guessed"), ("2024-02-03", ""), ("2022-05-04", "")}
    past = Past(store, "2999-01-01T00:00:00Z")
    assert {(row.edtf, row.doubt) for row in ask.timeline(past)} == told


BESIDE = """Title: Notes on the strait

Olena Petrenko left Madrid on 4 June 2022 and telephoned Angela Merkel. She had denied on 6 June 2022 that there was a
plan, and said that the strait was open.
"""


def test_a_doubtful_date_says_why_it_is(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "strait.txt"
    path.write_text(BESIDE, encoding="utf-8")
    ingest([str(path)], store, Given(published=Edtf("2024-02-16")))
    rows = ask.timeline(store)
    assert {row.doubt for row in rows} == {"", "date doubtful"}
    for row in rows:
        lines = " ".join(reason.line for reason in ask.why(store, row.id))
        assert ("doubtful, as the words stand by something else in the sentence" in lines) == (row.doubt != ""), row
        assert f"{row.edtf} (" in lines
