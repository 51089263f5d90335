"""What articles were read from is kept as it was got, given back, and read again."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest import ingest, originals
from ingest.article import keep_original, take_clean
from ingest.clean import clean
from ingest.graph.runs import begin
from ingest.read import Failure, Web, read
from ingest.read.web.manners import Manners
from ingest.reading.findings import RawDocument
from ingest.revising.revise import apply, reread_original
from kb.errors import BadInput, StoreDamaged
from kb.store import Store
from tests.website import Answer, Website, website

PROSE = ("Germany met France in Berlin on 4 March 2031, the ministry said. " * 3).strip()
PAGE = (
    f"<html><head><title>A meeting</title></head><body><article><h1>A meeting</h1><p>{PROSE}</p>"
    f"<p>{PROSE}</p></article></body></html>"
)
ROWS = [
    {"doc_id": f"d{n}", "published": "2031-03-05", "title": f"Note {n}", "text": f"Note {n}. {PROSE}"} for n in (1, 2)
]
FEED = (
    '<rss version="2.0"><channel><title>F</title><item><title>A meeting</title><link>https://example.org/a</link>'
    f"<description>{PROSE * 5}</description></item></channel></rss>"
)


def documents(path: Path) -> list[RawDocument]:
    found = list(read(str(path)))
    assert not [item for item in found if isinstance(item, Failure)]
    return [item for item in found if isinstance(item, RawDocument)]


def zipped(path: Path) -> bytes:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("page.html", PAGE)
    return PAGE.encode()


def test_each_kind_of_source_tells_its_bytes(tmp_path: Path) -> None:
    page, lines, feed, archive = (tmp_path / name for name in ("page.html", "rows.jsonl", "feed.rss", "pages.zip"))
    page.write_text(PAGE, encoding="utf-8")
    lines.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    feed.write_text(FEED, encoding="utf-8")
    member = zipped(archive)
    expected = {
        page: [PAGE.encode()],
        lines: [json.dumps(row).encode() + b"\n" for row in ROWS],
        feed: [FEED.encode()],
        archive: [member],
    }
    for path, originals_ in expected.items():
        assert [raw.original.data for raw in documents(path) if raw.original] == originals_, path


@pytest.mark.parametrize("name", ["page.html", "rows.jsonl", "feed.rss"])
def test_what_is_kept_is_read_again_as_it_was(tmp_path: Path, name: str) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    (tmp_path / "feed.rss").write_text(FEED, encoding="utf-8")
    data = tmp_path / "data"
    for number, raw in enumerate(documents(tmp_path / name)):
        originals.keep(data, f"article-{number}", raw)
        originals.keep(data, f"article-{number}", raw)
        assert len(originals.kept(data, f"article-{number}")) == 1
        assert replace(originals.again(data, f"article-{number}"), original=None) == replace(raw, original=None)
    assert not list(originals.damaged(data))


def test_bytes_that_are_others_than_were_got_are_told(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    [raw] = documents(tmp_path / "page.html")
    originals.keep(tmp_path, "article-1", raw)
    [place] = (tmp_path / "originals").glob("*/*.gz")
    whole = place.read_bytes()
    for broken in (b"", whole[:-9], b"no gzip"):
        place.write_bytes(broken)
        with pytest.raises(StoreDamaged, match="ingest its source again"):
            originals.data_of(tmp_path, originals.kept(tmp_path, "article-1")[0])
        assert [article for article, _ in originals.damaged(tmp_path)] == ["article-1"]
    with pytest.raises(BadInput, match="No original"):
        originals.again(tmp_path, "article-2")


def test_a_list_that_was_cut_short_loses_that_line_alone(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    [raw] = documents(tmp_path / "page.html")
    originals.keep(tmp_path, "article-1", raw)
    [listed] = (tmp_path / "originals" / "articles").glob("*/*.jsonl")
    line = listed.read_text(encoding="utf-8")
    listed.write_text(line + line[:40], encoding="utf-8")
    assert len(originals.kept(tmp_path, "article-1")) == 1
    originals.keep(tmp_path, "article-1", replace(raw, title="Another"))
    assert [one.document["title"] for one in originals.kept(tmp_path, "article-1")] == ["Another", raw.title]


@pytest.fixture
def site() -> Iterator[Website]:
    headers = {"Content-Type": "text/html; charset=utf-8", "ETag": '"a1"', "Set-Cookie": "who=you"}
    with website({"/robots.txt": Answer(404, ""), "/a": Answer(200, PAGE, headers)}) as served:
        yield served


def test_an_address_is_kept_with_what_its_host_said(store: Store, site: Website) -> None:
    web = Web(private=True, manners=Manners(pace=0.0))
    summary = ingest([f"{site.address}/a"], store, web=web)
    [outcome] = summary.articles
    assert outcome.article_id
    [one] = originals.kept(store.settings.data_dir, outcome.article_id)
    assert one.sha256 == hashlib.sha256(PAGE.encode()).hexdigest()
    assert dict(one.headers)["etag"] == '"a1"'
    assert "set-cookie" not in dict(one.headers)
    assert one.document["address"] == f"{site.address}/a"
    assert one.got.endswith("+00:00")
    assert originals.data_of(store.settings.data_dir, one) == PAGE.encode()
    assert reread_original(store, outcome.article_id).empty
    assert ingest([f"{site.address}/a"], store, web=web).count("unchanged") == 1
    assert len(originals.kept(store.settings.data_dir, outcome.article_id)) == 1


def test_a_text_that_other_rules_took_from_a_page_is_taken_anew(store: Store, site: Website) -> None:
    [raw] = read(f"{site.address}/a", web=Web(private=True, manners=Manners(pace=0.0)))
    assert isinstance(raw, RawDocument)
    document = replace(clean(raw), text="Norway met Sweden in Oslo on 5 May 2030, as was said in the capital. " * 3)
    taken = take_clean(document, raw, store, begin(store, "older"))
    article = keep_original(taken, raw, store.settings).article_id
    assert article
    assert [title for title in titles(store) if "Norway" in title]
    revision = reread_original(store, article)
    assert [facts.article.id for facts in revision.facts] == [article]
    apply(store, revision)
    assert [title for title in titles(store) if "Germany" in title]
    assert not [title for title in titles(store) if "Norway" in title]
    assert reread_original(store, article).empty


def titles(store: Store) -> list[str]:
    return [row["title"] for row in store.run("MATCH (e:Event) WHERE e.expiredAt IS NULL RETURN e.title AS title")]


def test_an_article_known_by_its_text_stays_as_it_is(store: Store, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(f"A note\n\n{PROSE}\n", encoding="utf-8")
    [raw] = documents(tmp_path / "note.txt")
    document = replace(clean(raw), text=f"{PROSE} {PROSE}")
    taken = take_clean(document, raw, store, begin(store, "older"))
    article = keep_original(taken, raw, store.settings).article_id
    assert article
    with pytest.raises(BadInput, match="stays as it is"):
        reread_original(store, article)
