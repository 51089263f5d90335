"""No reading raises or makes a date that is none: every kind of phrase, over hostile numbers and anchors."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import ingest.article
from ingest import ingest as take_sources
from ingest.matching.referents import identify
from ingest.read import Columns, Failure, read
from ingest.reading.annotate import Annotated, annotate_all
from ingest.reading.extract import findings
from ingest.reading.findings import Document
from kb.checks.verify import verify
from kb.edtf import Edtf
from kb.store import Settings, Store, open_store

NUMBERS = ("0", "1", "7", "13", "31", "44", "99", "100", "125,000", "999999", "1000000000", "2.5",
           "100,000 to 125,000", "½", "٣")  # fmt: skip
WITH_NUMBER = (
    "Caesar was murdered in {n} BC near the theatre.",
    "The cave was settled {n} years ago.",
    "The cave was settled about {n} million years ago.",
    "{n} days later the talks ended.",
    "{n} centuries before, the town burned.",
    "The war began {n} months earlier.",
    "It happened {n} weeks after the invasion. The invasion began on 5 May 2022.",
    "The talks will end in {n} decades.",
    "For {n} years the town was held by rebels.",
    "On May {n} the talks ended.",
    "By {n} the army had left.",
    "In the {n}s the firm was founded.",
    "Since {n} BC the temple has stood there.",
    "Between {n} BC and 12 AD the town was taken.",
    "From {n} to 1950 the firm grew.",
    "The {n}th century war ended.",
    "In Q{n} 2011 the bank failed.",
    "On 31/{n}/2011 they met.",
    "At {n}:75 on Monday the bomb exploded.",
    "They met in mid-{n}.",
    "More than {n} fortnights ago the bank failed.",
    "The next {n} years will see elections.",
    "The last {n} months saw attacks.",
    "Two days before January {n} the bank was sold.",
    "On February {n}, {n}, the president resigned.",
    "The law of {n}-{n} was passed.",
    "Sometime in mid-February {n} they met.",
    "They met in early January {n} BC.",
)
OTHERS = (
    "On Jan. 4 the bank failed.",
    "The bank was sold on December 27. Two days later it reopened.",
    "It happened sometime in mid-February.",
    "The plane crashed on Feb. 29. A week later the wreck was found.",
    "The plane crashed on Feb. 30.",
    "The talks began at the end of the last ice age.",
    "Since 2011-05-25 the talks have gone on. The end of May 25, 2011, saw fighting.",
    "Since early 1930 the village has been empty.",
    "Since May 25, 2011 or so the strikes went on.",
    "In 9999 the sun died. A year later it was back.",
    "In 0000 nothing happened. In 0001 BC, Rome fell.",
    "The day before Jan. 1, 0001 was a Sunday.",
    "From about 1930 onwards, villages burned.",
    "Ever since about May 25, 2011, strikes have gone on.",
    "The war has gone on since about May 25, 2011, the army said on Tuesday. It said that it will end.",
)
PUBLISHED = (None, "2011-05-26", "2011-05", "2011", "0001-01-01", "9999-12-31", "2011-05-25/2011-06-01", "-0044-03-15",
             "XXXX-01-04", "XXXX-01~", "../2011", "2011~", "2011-05-25/..")  # fmt: skip


@cache
def parsed() -> tuple[Annotated, ...]:
    texts = [text.replace("{n}", n) for text in WITH_NUMBER for n in NUMBERS] + list(OTHERS)
    frame = "The report.\n\n{} “We met the rebels,” police said. The president visited the town on Tuesday."
    return tuple(annotate_all(Document(source="hostile", text=frame.format(text)) for text in texts))


@pytest.mark.parametrize("published", PUBLISHED)
def test_every_phrase_of_every_number_is_read(published: str | None) -> None:
    date = Edtf(published) if published else None
    for annotated in parsed():
        reading = findings(replace(annotated, document=replace(annotated.document, published=date)))
        dates = [d for d in (*(t.edtf for t in reading.times), *(e.edtf for e in reading.events)) if d]
        assert identify(reading)
        assert all(Edtf(str(d)).human() for d in dates)


@pytest.mark.parametrize("text", ["a“s", "7''''a"])
def test_a_mark_within_the_last_word_is_read(text: str) -> None:
    assert findings(next(annotate_all([Document(source="mark", text=text)]))).claims == ()


@pytest.mark.parametrize(
    ("date", "about", "since", "until"),
    [
        ("2014", "2014~", "2014/..", "../2014"),
        ("2024-02~", "2024-02~", "2024-02~/..", "../2024-02~"),
        ("2011-05-25/..", "2011-05-25~/..", "2011-05-25/..", None),
        ("../2011", "../2011~", None, "../2011"),
        ("2022-03-27/2022-04-02", "2022-03-27~/2022-04-02~", "2022-03-27/..", "../2022-04-02"),
        ("XXXX-01-04", "XXXX-01-04~", None, None),
        ("-0043", "-0043~", "-0043/..", "../-0043"),
    ],
)
def test_about_since_and_until(date: str, about: str, since: str | None, until: str | None) -> None:
    assert (Edtf(date).about(), Edtf(date).since(), Edtf(date).until()) == (about, since, until)


@pytest.mark.parametrize("text", ["XXXX-13~", "XXXX-02-30~", "-122990", "2011-05-25/..~", "10000-02"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert Edtf.of(text) is None


ARTICLE = "{0}\n\nThe bank {0} failed on 5 May 2011, police said. The president met bankers in Paris a day later.\n"


def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    Path(folder, "a\udcff.txt").write_text(ARTICLE.format("Alpha"))
    Path(folder, "b.txt").write_text(ARTICLE.format("Beta"))
    head = "<head><link rel='canonical' href='http://['><title>The bank Gamma failed</title></head>"
    body = "<p>Gamma Bank failed in 44 BC, police said. &#xD800; The president met bankers in Paris a day later.</p>"
    page = f"<html>{head}<body><article>{body * 3}</article></body></html>"
    Path(folder, "c.html.gz").write_bytes(gzip.compress(page.encode()))
    row = {"doc_id": "d\ud83d", "url": "http://[", "title": "Half \ud83d", "text": ARTICLE.format("Delta")}
    Path(folder, "d.jsonl").write_text(json.dumps(row) + "\n")
    Path(folder, "e.txt").write_text(ARTICLE.format("Epsilon"))
    return folder


def test_names_and_addresses_that_are_none_stop_nothing(store: Store, tmp_path: Path) -> None:
    summary = take_sources([str(_folder(tmp_path))], store)
    undated = "it does not say when it was published, so “last week” in it has no day; kb set-published gives it one"
    assert [(outcome.status, outcome.reason) for outcome in summary.articles] == [("new", undated)] * 5
    assert not verify(store).faults


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A reading that fails on one article for a reason that nobody foresaw."""
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path / "log"))
    whole = ingest.article.read_corrected

    def read(store: Store, document: Document) -> object:
        if "Beta" in document.text:
            raise IndexError("list index out of range")
        return whole(store, document)

    monkeypatch.setattr(ingest.article, "read_corrected", read)


@pytest.mark.usefixtures("broken")
def test_an_unforeseen_failure_is_one_sentence_and_the_rest_goes_on(
    local_settings: Settings, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with open_store(local_settings) as store:
        summary = take_sources([str(_folder(tmp_path))], store)
    [failed] = [outcome for outcome in summary.articles if outcome.status == "failed"]
    assert failed.source.endswith("b.txt")
    assert "nobody foresaw (IndexError: list index out of range)" in failed.reason
    assert summary.count("new") == 4
    assert "Traceback" in Path(tmp_path, "log", "kb.log").read_text()
    assert "Traceback" not in "".join(capfd.readouterr())


FAILING = """
import sys
from ingest.reading.english import reader
whole = reader.find_events
def fail(annotated, *rest):
    if "Beta" in annotated.text:
        raise IndexError("list index out of range")
    return whole(annotated, *rest)
reader.find_events = fail
from kb.cli import main
main(sys.argv[1:])
"""


def test_annotate_goes_on_too(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FAILING, "annotate", str(_folder(tmp_path)), "--out", str(tmp_path / "out")]
    env = {"KB_DATA_DIR": str(tmp_path / "log"), "PATH": "/usr/bin", "HOME": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 1
    assert "b.txt" in done.stderr
    assert "nobody foresaw" in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert len(Path(tmp_path, "out", "docs.jsonl").read_text().splitlines()) == 4


def test_a_line_that_fails_for_an_unforeseen_reason_leaves_the_rest(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path / "log"))
    reading = import_module("ingest.read.contents")
    whole = reading.document

    def fail(line: bytes, limit: int, columns: Columns) -> object:
        if b"Beta" in line:
            raise IndexError("list index out of range")
        return whole(line, limit, columns)

    monkeypatch.setattr(reading, "document", fail)
    rows = [{"doc_id": name, "text": ARTICLE.format(name)} for name in ("Alpha", "Beta", "Gamma")]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    alpha, beta, gamma = read(str(path))
    assert (alpha.source, gamma.source) == ("Alpha", "Gamma")
    assert isinstance(beta, Failure)
    assert beta.source == f"{path}:2"
    assert "nobody foresaw (IndexError" in beta.reason
