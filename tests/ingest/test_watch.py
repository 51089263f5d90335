"""A feed that is looked at again and again: only what is new is asked for, and what failed is tried again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.read import Web
from ingest.read.web.manners import Manners
from ingest.watch import look, remembered
from kb.cli import main
from kb.errors import BadInput
from kb.store import Settings, Store, open_store
from tests.website import Answer, Website, website

PROSE = "Germany met France in Berlin on {day} March 2031, and the ministers spoke of trade, fish and rail, they said. "
RUNS = "MATCH (r:IngestRun) RETURN count(r) AS runs"


def page(day: int) -> str:
    return (f"<html><head><title>Meeting {day}</title></head><body><article><h1>Meeting {day}</h1>"
            f"<p>{PROSE.format(day=day) * 3}</p></article></body></html>")  # fmt: skip


def feed(*days: int) -> str:
    items = "".join(f"<item><title>Meeting {day}</title><link>HERE/{day}</link><description>It begins …</description>"
                    "</item>" for day in days)  # fmt: skip
    return f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'


def answer(body: str, **headers: str) -> Answer:
    return Answer(200, body, {"Content-Type": "application/rss+xml", **headers})


def web() -> Web:
    return Web(private=True, manners=Manners(pace=0.0))


@pytest.fixture
def site() -> Iterator[Website]:
    pages: dict[str, Answer | list[Answer]] = {f"/{day}": Answer(200, page(day)) for day in (1, 2, 3)}
    with website({"/robots.txt": Answer(404, ""), **pages}) as served:
        yield served


def test_only_what_is_new_is_asked_for(store: Store, site: Website) -> None:
    here = f"{site.address}/feed"
    site.pages["/feed"] = answer(feed(2, 1))
    assert look(here, store, web()).summary.count("new") == 2
    asked = len(site.asked)
    runs = store.run(RUNS)
    again = look(here, store, web())
    assert (again.summary.articles, again.failures) == ((), ())
    assert site.asked[asked:] == ["/robots.txt", "/feed"]
    assert store.run(RUNS) == runs
    site.pages["/feed"] = answer(feed(3, 2, 1))
    assert [outcome.title for outcome in look(here, store, web()).summary.articles] == ["Meeting 3"]
    assert site.asked.count("/1") == site.asked.count("/2") == site.asked.count("/3") == 1


def test_a_host_is_asked_whether_it_has_anything_newer(store: Store, site: Website) -> None:
    here = f"{site.address}/feed"
    site.pages["/feed"] = [answer(feed(1), ETag='"v1"', **{"Last-Modified": "Wed, 05 Mar 2031 10:00:00 GMT"}),
                           Answer(304, "")]  # fmt: skip
    assert look(here, store, web()).fresh
    assert not look(here, store, web()).fresh
    sent = site.headers[-1]
    assert (sent["if-none-match"], sent["if-modified-since"]) == ('"v1"', "Wed, 05 Mar 2031 10:00:00 GMT")


def test_what_failed_is_tried_again(store: Store, site: Website) -> None:
    here = f"{site.address}/feed"
    site.pages["/feed"] = answer(feed(2, 1), ETag='"v1"')
    site.pages["/2"] = [Answer(404, "gone"), Answer(200, page(2))]
    first = look(here, store, web())
    assert (first.summary.count("new"), len(first.failures)) == (1, 1)
    second = look(here, store, web())
    assert "if-none-match" not in [h for h, path in zip(site.headers, site.asked, strict=True) if path == "/feed"][-1]
    assert [outcome.status for outcome in second.summary.articles] == ["new"]
    assert not look(here, store, web()).summary.articles


def test_a_sitemap(store: Store, site: Website) -> None:
    def listing(*days: int) -> Answer:
        pages = "".join(f"<url><loc>HERE/{day}</loc></url>" for day in days)
        body = f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{pages}</urlset>'
        return Answer(200, body, {"Content-Type": "application/xml"})

    site.pages["/sitemap.xml"] = [listing(1), listing(1), listing(1, 2)]
    found = [look(f"{site.address}/sitemap.xml", store, web()).summary.count("new") for _ in range(3)]
    assert found == [1, 0, 1]
    assert site.asked.count("/1") == 1


def test_a_memory_that_is_damaged_is_named(tmp_path: Path) -> None:
    assert remembered(tmp_path) == {}
    for words in ("{", "[]", '{"https://example.org": 3}'):
        (tmp_path / "watched.json").write_text(words, encoding="utf-8")
        with pytest.raises(BadInput, match="is damaged"):
            remembered(tmp_path)


def test_the_command_looks_once(local_settings: Settings, site: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_DATA_DIR", str(local_settings.data_dir))
    site.pages["/feed"] = answer(feed(1))
    run = CliRunner().invoke(
        main, ["watch", f"{site.address}/feed", f"{site.address}/none", "--once", "--allow-private"]
    )
    assert run.exit_code == 1
    assert f"{site.address}/feed: 1 new" in run.output
    assert f"{site.address}/none: 1 failed" in run.output
    assert "Traceback" not in run.output
    again = CliRunner().invoke(main, ["watch", f"{site.address}/none", "--once", "--allow-private", "--json"])
    looked = json.loads(again.stdout)
    assert (looked["address"], looked["articles"][0]["status"]) == (f"{site.address}/none", "failed")
    with open_store(local_settings) as store:
        assert store.run("MATCH (a:Article) RETURN count(a) AS n") == [{"n": 1}]
    assert json.loads((local_settings.data_dir / "watched.json").read_text(encoding="utf-8"))


def test_what_is_no_address_is_not_watched() -> None:
    run = CliRunner().invoke(main, ["watch", "feed.xml", "--once"])
    assert run.exit_code == 1
    assert "feed.xml is no address" in run.output
