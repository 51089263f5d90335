"""Reading: every kind of source, every encoding, and a sentence instead of an exception for all that cannot be read."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.clean import clean
from ingest.read import Failure, Given, contents, read
from ingest.read.decode import decode
from ingest.read.feeds import entries
from ingest.reading.findings import RawDocument
from kb.edtf import Edtf
from kb.errors import BadInput

SPECS = Path(__file__).parents[1] / "specs" / "read"
TEXT = "Ships Leave\n\n“Two ships left,” she said — on Monday, after talks that had lasted for three weeks in all.\n"
PAGE = f"<!DOCTYPE html><html><head><title>Ships</title></head><body><p>{TEXT}</p></body></html>"
FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Example</title>
 <item><title>Ships &amp; Grain</title><link>https://example.org/1</link>
  <pubDate>Fri, 16 Feb 2024 10:00:00 GMT</pubDate>
  <dc:creator>Jane Doe</dc:creator><description>Short.</description>
  <content:encoded><![CDATA[<p>Two ships left the harbour of Odesa on Monday, officials said, after long talks.</p>
  <p>A third ship waits for its papers, and its captain expects to sail before the end of the month.</p>]]>
  </content:encoded></item>
 <item><title>No date</title><link>https://example.org/2</link>
  <description>The minister of trade told reporters in Ankara that nothing had been signed yet,
   and that nothing would be signed this week.
  </description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Example</title><entry><title>Ships</title><id>tag:1</id>
 <link href="https://example.org/1"/><published>2024-02-16T10:00:00Z</published><updated>2024-02-17T10:00:00Z</updated>
 <summary>Two ships left.</summary></entry></feed>"""


def spec(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((SPECS / f"{name}.json").read_text(encoding="utf-8"))
    assert rows
    return rows


def one(path: Path, known: Given | None = None) -> RawDocument:
    found = list(read(str(path), known or Given()))
    assert len(found) == 1
    assert isinstance(found[0], RawDocument), found
    return found[0]


def refusal(source: str | Path) -> str:
    found = list(read(str(source)))
    assert len(found) == 1
    assert isinstance(found[0], Failure), found
    return found[0].reason


@pytest.mark.parametrize("row", spec("kinds"), ids=lambda row: row["name"])
def test_the_kind_of_a_file(row: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / row["name"]
    content = row["content"].encode("utf-8")
    path.write_bytes(gzip.compress(content) if row["name"].endswith(".gz") else content)
    raw = one(path)
    assert (raw.source, raw.kind, raw.content) == (str(path), row["kind"], row.get("expected", row["content"]))


@pytest.mark.parametrize("row", spec("encodings"), ids=lambda row: f"{row['encoding']}-{row['kind']}")
def test_the_encoding_of_a_file(row: dict[str, str], tmp_path: Path) -> None:
    declared = f"<meta charset='{row['declared']}'>" if row.get("declared") else ""
    content = PAGE.replace("<head>", f"<head>{declared}") if row["kind"] == "html" else row.get("text", TEXT) * 5
    path = tmp_path / f"a.{row['kind']}"
    path.write_bytes(bytes.fromhex(row.get("mark", "")) + content.encode(row["encoding"]))
    assert one(path).content == content


@pytest.mark.parametrize("row", spec("refused"), ids=lambda row: row["name"])
def test_what_cannot_be_read_is_said_in_one_sentence(row: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / row["name"]
    path.write_bytes(bytes.fromhex(row["hex"]) if "hex" in row else row["content"].encode())
    reason = refusal(path)
    assert row["says"] in reason
    assert reason.endswith(".")
    assert "\n" not in reason


def test_sources_that_are_no_files(tmp_path: Path) -> None:
    assert refusal(tmp_path / "missing.txt").endswith("check the path.")
    assert "holds no document" in refusal(tmp_path)
    assert "no name" in refusal("")
    assert "no name" in refusal("a\0b")
    assert "neither a file nor a folder" in refusal("/dev/null")


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("artcle.txt", "or give {folder}/article.txt."),
        ("www.example.org/news", "or write https://www.example.org/news if it is an address."),
        ("https//example.org/x", "or write https://example.org/x if it is an address."),
        ("http:/example.org/x", "or write https://example.org/x if it is an address."),
        ("notes.pdf", "check the path."),
    ],
)
def test_a_mistyped_source_leads_on(given: str, meant: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "article.txt").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    assert refusal(given).endswith(meant.format(folder=".").replace("./", ""))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    path.chmod(0)
    assert "may not be read" in refusal(path)


def test_lines_of_json_are_taken_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [json.dumps({"doc_id": str(n), "text": TEXT, "published": when}) for n, when in enumerate(["2022", "soon"])]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("\n".join(lines).encode())))
    taken, refused = read("-")
    assert isinstance(taken, RawDocument)
    assert (taken.source, taken.kind) == ("0", "document")
    assert isinstance(refused, Failure)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"{} " + TEXT.encode())))
    [whole] = read("-")
    assert isinstance(whole, RawDocument)
    assert whole.kind == "text"


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "LIMIT", 1000)
    path, packed = tmp_path / "a.txt", tmp_path / "b.txt.gz"
    path.write_text("word " * 300)
    packed.write_bytes(gzip.compress(b"word " * 300))
    assert "larger than" in refusal(path)
    assert "unpacks to more" in refusal(packed)


def test_a_folder_is_read_in_order_without_what_is_no_document(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.html", "a/c.md", ".hidden.txt", ".git/x.txt", "gold.json", "photo.png", "data.csv"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(PAGE if name.endswith("html") else TEXT)
    (tmp_path / "c.txt").write_bytes(b"")
    found = list(read(str(tmp_path)))
    assert [Path(item.source).name for item in found] == ["c.md", "z.html", "b.txt", "c.txt"]
    assert [type(item) for item in found] == [RawDocument] * 3 + [Failure]
    assert found == list(read(str(tmp_path)))


def test_a_feed_gives_its_entries(tmp_path: Path) -> None:
    path = tmp_path / "news.xml"
    path.write_text(FEED)
    first, second = read(str(path))
    assert isinstance(first, RawDocument)
    assert isinstance(second, RawDocument)
    assert (first.url, first.title, first.publisher) == ("https://example.org/1", "Ships & Grain", "The Example")
    assert (first.published, first.published_basis, first.authors) == ("2024-02-16", "feed", ("Jane Doe",))
    assert (second.published, second.published_basis) == (None, "unknown")
    article = clean(first)
    assert article.text.startswith("Ships & Grain\n\nTwo ships left the harbour of Odesa on Monday")
    assert article.text.endswith("before the end of the month.")
    assert clean(second).text.endswith("nothing would be signed this week.")


def test_an_atom_feed_is_dated_by_its_publication(tmp_path: Path) -> None:
    path = tmp_path / "news.atom"
    path.write_text(ATOM)
    raw = one(path)
    assert (raw.url, raw.published, raw.source) == ("https://example.org/1", "2024-02-16", f"{path}#tag:1")


def test_documents_are_taken_as_they_are_and_a_bad_line_stops_nothing(tmp_path: Path) -> None:
    path = tmp_path / "docs.jsonl"
    good = {
        "doc_id": "d1",
        "published": "2008-03-06",
        "title": "T",
        "text": "A  text ,\n as it\u00a0is .",
        "url": "u",
        "publisher": "p",
    }
    rows = [json.dumps(good), "", "{broken", "[1]", '{"doc_id": "d2"}', '{"doc_id": 3, "text": 4}']
    rows += [
        '{"doc_id": "d4", "text": "x", "published": "last week"}',
        '{"doc_id": "d5", "text": "\\ud800"}',
        "[" * 100_000,
    ]
    path.write_text("\n".join([*rows, json.dumps({"doc_id": 6, "text": "No date.", "published": None})]))
    found = list(read(str(path)))
    documents = [item for item in found if isinstance(item, RawDocument)]
    assert documents == [
        RawDocument("d1", "document", good["text"], "u", "T", "p", (), Edtf("2008-03-06"), "metadata"),
        RawDocument("6", "document", "No date."),
    ]
    assert [item.source for item in found if isinstance(item, Failure)] == [f"{path}:{n}" for n in range(3, 10)]


@pytest.mark.parametrize(("content", "kind"), [(TEXT, "text"), (PAGE, "html")])
def test_standard_input_is_recognised(content: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(content.encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    assert list(read("-")) == [RawDocument("-", kind, content)]


@pytest.mark.parametrize("moment", ["Sat, 17 Feb 2024 01:30:00 +0200", "17 Feb 2024 22:30:00 -0500"])
def test_an_entry_of_a_feed_is_of_its_publishers_day(tmp_path: Path, moment: str) -> None:
    path = tmp_path / "news.xml"
    path.write_text(FEED.replace("Fri, 16 Feb 2024 10:00:00 GMT", moment))
    first, _ = read(str(path))
    assert isinstance(first, RawDocument)
    assert first.published == "2024-02-17"


def test_what_the_user_gave_wins(tmp_path: Path) -> None:
    path = tmp_path / "news.xml"
    path.write_text(FEED)
    given_date = Given(published=Edtf("2024-02-20"), publisher="Mine", title="Own", url="https://example.org/own")
    for raw in read(str(path), given_date):
        assert isinstance(raw, RawDocument)
        assert (raw.published, raw.published_basis) == ("2024-02-20", "given")
        assert (raw.publisher, raw.title, raw.url) == ("Mine", "Own", "https://example.org/own")


@settings(max_examples=200)
@given(st.binary(min_size=1, max_size=400), st.booleans())
def test_any_bytes_give_text_or_a_sentence(data: bytes, html: bool) -> None:
    try:
        said = decode("x", data, html=html)
    except BadInput as error:
        said = str(error)
    assert isinstance(said, str)


@settings(max_examples=60)
@given(
    data=st.binary(max_size=300),
    suffix=st.sampled_from([".txt", ".html", ".xml", ".rss", ".jsonl", ".mhtml", ".md", ".html.gz", ""]),
)
def test_no_file_makes_reading_raise(data: bytes, suffix: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("any") / f"a{suffix}"
    path.write_bytes(gzip.compress(data) if suffix.endswith("gz") and len(data) % 2 else data)
    found = list(read(str(path)))
    assert found
    for item in found:
        if isinstance(item, RawDocument):
            with contextlib.suppress(BadInput):
                clean(item)


@pytest.mark.parametrize("reference", ["&#xD800;", "&#xdfff", "&#55296;", "&#1114112;", "&#99999999999999999999;"])
def test_half_a_letter_in_a_feed_loses_that_letter_alone(reference: str) -> None:
    item = f"<item><title>A{reference}Z</title><link>http://example.org/1</link></item>"
    [entry] = entries("feed", f"<rss version='2.0'><channel>{item}</channel></rss>".encode())
    assert entry.title is not None
    assert (entry.title[0], entry.title[-1], "\ufffd" in entry.title) == ("A", "Z", True)
