"""Addresses: asked politely, within bounds, and never inside this machine's network unless the user says so."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from ingest.clean import clean
from ingest.read import Failure, Web, read
from ingest.read.web import address as addresses
from ingest.read.web import client
from ingest.read.web.manners import Manners
from ingest.reading.findings import Document, RawDocument
from kb.errors import NotAnArticle
from tests.website import Answer, Website, website

PROSE = (
    "Two ships left the harbour of Odesa on Monday, officials said, after talks that had lasted for three weeks.",
    "A third ship waits for its papers, and its captain expects to sail before the end of the month, he said.",
    "The minister of trade told reporters in Ankara that nothing more would be signed before the summer recess.",
)


def page(title: str = "Ships leave", head: str = "", body: tuple[str, ...] = PROSE) -> str:
    prose = "".join(f"<p>{paragraph}</p>" for paragraph in body)
    article = f"<article><h1>{title}</h1>{prose}</article>"
    return f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{article}</body></html>"


@dataclass
class Clock:
    """Time that passes only while somebody waits."""

    now: float = 0.0
    waits: list[float] = field(default_factory=list)

    def wait(self, seconds: float) -> None:
        self.waits.append(round(seconds, 3))
        self.now += seconds

    def web(self, *, private: bool = True, pace: float = 0.0) -> Web:
        return Web(private=private, manners=Manners(pace=pace, wait=self.wait, clock=lambda: self.now))


def got(site: Website, path: str, clock: Clock | None = None) -> list[RawDocument | Failure]:
    return list(read(site.address + path, web=(clock or Clock()).web()))


def only(found: list[RawDocument | Failure]) -> Document:
    assert len(found) == 1
    assert isinstance(found[0], RawDocument), found
    return clean(found[0])


def reason(found: list[RawDocument | Failure]) -> str:
    assert len(found) == 1
    assert isinstance(found[0], Failure), found
    return found[0].reason


def test_a_page() -> None:
    with website({"/ships": Answer(body=page())}) as site:
        article = only(got(site, "/ships"))
        assert (article.title, article.url, article.source) == ("Ships leave", f"{site.address}/ships", article.url)
        assert all(paragraph in article.text for paragraph in PROSE)
        assert site.asked == ["/robots.txt", "/ships"]


def test_what_a_page_says_of_its_address_comes_first() -> None:
    head = '<link rel="canonical" href="https://example.org/ships">'
    with website({"/ships?from=mail": Answer(body=page(head=head))}) as site:
        assert only(got(site, "/ships?from=mail")).url == "https://example.org/ships"


def test_redirects_are_followed() -> None:
    pages = {"/a": Answer(301, headers={"Location": "/b"}), "/b": Answer(302, headers={"Location": "HERE/c"}),
             "/c": Answer(body=page())}  # fmt: skip
    with website(pages) as site:
        article = only(got(site, "/a"))
        assert (article.source, article.url) == (f"{site.address}/a", f"{site.address}/c")


LEADS = [
    ("/round", "leads on and on"), ("ftp://example.org/a", "is no web address"), ("http://[", "is no address"),
    ("//user:pw@example.org/a", "holds a user name"),
]  # fmt: skip


@pytest.mark.parametrize(("to", "words"), LEADS)
def test_redirects_that_lead_nowhere(to: str, words: str) -> None:
    with website({"/round": Answer(302, headers={"Location": to})}) as site:
        assert words in reason(got(site, "/round"))


ADDRESSES = [
    ("http://127.0.0.1:1/a", "--allow-private"),
    ("http://localhost:1/a", "--allow-private"),
    ("http://[::1]:1/a", "--allow-private"),
    ("http://[::ffff:127.0.0.1]:1/a", "--allow-private"),
    ("http://[64:ff9b::7f00:1]:1/a", "--allow-private"),
    ("http://[2002:7f00:1::]:1/a", "--allow-private"),
    ("http://169.254.169.254/latest/meta-data/", "--allow-private"),
    ("http://10.1.2.3/a", "--allow-private"),
    ("http://0.0.0.0:1/a", "--allow-private"),
    ("http://2130706433:1/a", "--allow-private"),
    ("http://0x7f.1:1/a", "--allow-private"),
    ("http://224.0.0.1/a", "--allow-private"),
    ("https://user:secret@example.org/a", "without"),
    ("ftp://example.org/a", "is no web address"),
    ("file:///etc/passwd", "is no web address"),
    ("https:///a", "names no host"),
    ("http://example.org:99999/a", "is no address"),
    ("http://exa mple.org/a", "is no address"),
    ("http://example.org/a\nb", "is no address"),
    ("http://" + "a" * 300 + ".example/", "No host"),
]


@pytest.mark.parametrize(("address", "words"), ADDRESSES)
def test_addresses_that_are_not_asked(address: str, words: str) -> None:
    said = reason(list(read(address, web=Clock().web(private=False))))
    assert words in said
    assert "secret" not in said
    assert said.count("\n") == 0


def answering(monkeypatch: pytest.MonkeyPatch, *hosts: str) -> None:
    """Let the name rebound.example lead to these, one after the other."""
    real, answers = socket.getaddrinfo, iter(hosts)

    def lookup(name: str, port: int, *args: Any, **options: Any) -> Any:
        if name != "rebound.example":
            return real(name, port, *args, **options)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)


def test_a_name_that_leads_inside_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with website({"/a": Answer(body=page())}) as site:
        answering(monkeypatch, "127.0.0.1")
        address = site.address.replace("127.0.0.1", "rebound.example")
        assert "--allow-private" in reason(list(read(f"{address}/a", web=Clock().web(private=False))))
        assert site.asked == []


def test_a_name_is_looked_up_for_each_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """One answer that is public does not open the door for the next that is not."""
    with website({"/a": Answer(body=page(), headers={"Connection": "close"}),
                  "/robots.txt": Answer(404, headers={"Connection": "close"})}) as site:  # fmt: skip
        monkeypatch.setattr(addresses, "_public", lambda ip: ip != "10.0.0.1")
        answering(monkeypatch, "127.0.0.1", "10.0.0.1")
        address = site.address.replace("127.0.0.1", "rebound.example")
        assert "10.0.0.1" in reason(list(read(f"{address}/a", web=Clock().web(private=False))))
        assert site.asked == ["/robots.txt"]


ROBOTS = [
    ("User-agent: *\nDisallow: /private/", "/private/a", False),
    ("User-agent: *\nDisallow: /private/", "/a", True),
    ("User-agent: *\nDisallow: /*.html$", "/a.html", False),
    ("User-agent: eventline\nDisallow: /\n\nUser-agent: *\nAllow: /", "/a", False),
    ("User-agent: other\nDisallow: /", "/a", True),
    ("User-agent: *\nDisallow: /\nAllow: /news/", "/news/a", True),
    ("\0\1\2 no rules", "/a", True),
]


@pytest.mark.parametrize(("rules", "path", "allowed"), ROBOTS)
def test_robots(rules: str, path: str, allowed: bool) -> None:
    with website({"/robots.txt": Answer(body=rules), path: Answer(body=page())}) as site:
        found = got(site, path)
        assert isinstance(found[0], RawDocument) == allowed
        if not allowed:
            assert "does not want programs to read" in reason(found)
            assert path not in site.asked


def test_a_host_whose_robots_fail_is_not_asked() -> None:
    with website({"/robots.txt": Answer(503), "/a": Answer(body=page())}) as site:
        assert "robots.txt could not be read" in reason(got(site, "/a"))
        assert site.asked == ["/robots.txt"]


def test_robots_are_asked_for_once_and_each_host_keeps_its_pace() -> None:
    clock = Clock()
    web = clock.web(pace=1.0)
    with website({"/robots.txt": Answer(body="User-agent: *\nCrawl-delay: 7"), "/a": Answer(body=page())}) as site:
        for _ in range(3):
            assert only(list(read(f"{site.address}/a", web=web)))
        assert site.asked == ["/robots.txt", "/a", "/a", "/a"]
    assert clock.waits == [7.0, 7.0, 7.0]


def test_a_host_that_is_busy_is_asked_again() -> None:
    clock = Clock()
    pages = {"/a": [Answer(503), Answer(429, headers={"Retry-After": "3"}), Answer(body=page())]}
    with website(pages) as site:
        assert only(got(site, "/a", clock)).title == "Ships leave"
    assert clock.waits == [0.5, 3.0]


def test_a_host_that_asks_for_an_hour_is_left_alone() -> None:
    clock = Clock()
    with website({"/a": Answer(429, headers={"Retry-After": "3600"})}) as site:
        assert "asks to be left alone" in reason(got(site, "/a", clock))
        assert site.asked == ["/robots.txt", "/a"]
    assert clock.waits == []


STATUSES = [
    (401, "asks for a login"), (402, "asks for payment"), (403, "does not let this program in"),
    (404, "is not there"), (410, "was taken away"), (451, "legal reasons"), (500, "out of order"),
    (204, "gave no page"), (418, "gave no page"),
]  # fmt: skip


@pytest.mark.parametrize(("status", "words"), STATUSES)
def test_answers_that_are_no_page(status: int, words: str) -> None:
    with website({"/a": Answer(status)}) as site:
        said = reason(got(site, "/a"))
        assert words in said
        assert f"{site.address}/a" in said


NOT_FREE = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
GATES = [
    (NOT_FREE, "is not free to read"),
    ("<p>We value your privacy. Accept all cookies to go on.</p>", "asks for consent"),
    ("<p>Verify you are human by completing the action below.</p>", "asks for consent, or for a browser"),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "words"), GATES)
def test_pages_that_stand_before_an_article(markup: str, words: str) -> None:
    with website({"/a": Answer(body=page(body=(markup,)))}) as site, pytest.raises(NotAnArticle, match=words):
        only(got(site, "/a"))


def test_an_article_that_is_told_is_read_whatever_its_page_says() -> None:
    marked = page(head=NOT_FREE) + "<p>Accept all cookies</p>"
    with website({"/a": Answer(body=marked)}) as site:
        assert PROSE[0] in only(got(site, "/a")).text


def test_a_charset_that_only_the_host_declares() -> None:
    text = page().replace("Odesa", "Łódź")
    answer = Answer(body=text.encode("iso-8859-2"), headers={"Content-Type": "text/html; charset=ISO-8859-2"})
    with website({"/a": answer}) as site:
        assert "Łódź" in only(got(site, "/a")).text


def test_what_is_packed_is_unpacked_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    with website(
        {"/a": Answer(body=page(), packed=True), "/bomb": Answer(body=b"a" * 30_000_000, packed=True)}
    ) as site:
        assert only(got(site, "/a")).title == "Ships leave"
        assert "larger than 20 MB" in reason(got(site, "/bomb"))


def test_a_host_that_does_not_answer_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_READ", 0.1)
    with website({"/a": Answer(body=page(), slow=0.5)}) as site:
        assert "did not answer in time" in reason(got(site, "/a"))


def test_a_host_that_trickles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_WHOLE", 0.0)
    with website({"/a": Answer(body=page())}) as site:
        assert "did not come within" in reason(got(site, "/a"))


def test_a_port_where_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "could not be reached" in reason(list(read(f"http://127.0.0.1:{port}/a", web=Clock().web())))


def test_nothing_is_sent_that_tells_of_the_user() -> None:
    with website({"/a": Answer(body=page(), headers={"Set-Cookie": "id=1"}), "/b": Answer(body=page())}) as site:
        web = Clock().web()
        for path in ("/a", "/b"):
            assert only(list(read(site.address + path, web=web)))
        for headers in site.headers:
            assert headers["user-agent"].startswith("eventline")
            assert set(headers) <= {"host", "user-agent", "accept", "accept-language", "accept-encoding", "connection"}


def test_what_is_no_text() -> None:
    with website({"/a": Answer(body=b"\x89PNG", headers={"Content-Type": "image/png"})}) as site:
        assert "is no page or text (image/png)" in reason(got(site, "/a"))


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
 <title>The Example</title>
 <item><title>Ships leave</title><link>HERE/ships</link><pubDate>Fri, 16 Feb 2024 10:00:00 GMT</pubDate>
  <description>Two ships left the harbour …</description></item>
 <item><title>Gone</title><link>HERE/gone</link><description>A page that is no more.</description></item>
 <item><title>Told in full</title><link>HERE/full</link><content:encoded><![CDATA[{full}]]></content:encoded></item>
</channel></rss>""".replace("{full}", "".join(f"<p>{paragraph}</p>" for paragraph in PROSE * 3))


def test_a_feed_leads_to_what_it_only_begins() -> None:
    feed = Answer(body=RSS, headers={"Content-Type": "text/xml"})
    with website({"/feed": feed, "/ships": Answer(body=page("Ships leave at last"))}) as site:
        begun, gone, full = got(site, "/feed")
        assert isinstance(begun, RawDocument)
        article = clean(begun)
        assert PROSE[2] in article.text
        assert (article.title, str(article.published), article.published_basis) == ("Ships leave", "2024-02-16", "feed")
        assert (article.publisher, article.url) == ("The Example", f"{site.address}/ships")
        assert isinstance(gone, Failure)
        assert "is not there" in gone.reason
        assert isinstance(full, RawDocument)
        assert PROSE[0] in clean(full).text
        assert "/full" not in site.asked


def test_a_json_feed() -> None:
    items = [{"id": "1", "url": "HERE/ships", "title": "Ships leave", "summary": "Two ships left.",
              "date_published": "2024-02-16T23:30:00-05:00", "authors": [{"name": "Jane Doe"}]},
             {"id": "2", "content_text": "\n\n".join(PROSE * 3), "date_published": "some day"}]  # fmt: skip
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "The Example", "items": items})
    feed = Answer(body=body, headers={"Content-Type": "application/json"})
    with website({"/feed": feed, "/ships": Answer(body=page())}) as site:
        first, second = got(site, "/feed")
        assert isinstance(first, RawDocument)
        article = clean(first)
        assert (str(article.published), article.authors, PROSE[1] in article.text) == (
            "2024-02-16",
            ("Jane Doe",),
            True,
        )
        assert isinstance(second, RawDocument)
        assert (second.published, PROSE[2] in clean(second).text) == (None, True)


@pytest.mark.parametrize("body", ['{"version": "https://jsonfeed.org/version/1.1"}',
                                  '{"version": "https://jsonfeed.org/version/1.1", "items": []}',
                                  '{"version": "https://jsonfeed.org/version/1.1", "items": ['])  # fmt: skip
def test_a_json_feed_without_items(body: str) -> None:
    with website({"/feed": Answer(body=body)}) as site:
        assert "The feed" in reason(got(site, "/feed"))


def sitemap(root: str, *rows: tuple[str, str]) -> Answer:
    entries = "".join(f"<x><loc>HERE{path}</loc><lastmod>{day}</lastmod></x>" for path, day in rows)
    body = f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{root}>'
    return Answer(body=body, headers={"Content-Type": "application/xml"})


def test_a_sitemap_of_sitemaps_the_latest_first() -> None:
    pages = {"/sitemap.xml": sitemap("sitemapindex", ("/old.xml", "2023-01-01"), ("/new.xml", "2024-01-01")),
             "/old.xml": sitemap("urlset", ("/a", "2023-01-01")),
             "/new.xml": sitemap("urlset", ("/b", "2024-01-01"), ("/gone", "2023-12-01"), ("/c", "2024-02-01")),
             "/a": Answer(body=page("A")), "/b": Answer(body=page("B")), "/c": Answer(body=page("C"))}  # fmt: skip
    with website(pages) as site:
        found = got(site, "/sitemap.xml")
        names = [clean(item).title if isinstance(item, RawDocument) else "failed" for item in found]
        assert names == ["C", "B", "failed", "A"]


def test_sitemaps_in_a_circle_end() -> None:
    with website({"/sitemap.xml": sitemap("sitemapindex", ("/sitemap.xml", ""))}) as site:
        assert "lists sitemaps that list sitemaps" in reason(got(site, "/sitemap.xml"))


def test_a_sitemap_asks_for_nothing_else() -> None:
    body = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>
    <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>HERE/&e;</loc></url></urlset>"""
    with website({"/sitemap.xml": Answer(body=body)}) as site:
        got(site, "/sitemap.xml")
        assert not any("root:" in path for path in site.asked)


@contextmanager
def redirecting_inside() -> Iterator[tuple[Website, Website]]:
    with website({"/secret": Answer(body=page("Secret"))}) as inner:
        leads = Answer(302, headers={"Location": f"{inner.address}/secret"})
        with website({"/a": leads}) as outer:
            yield outer, inner


def test_a_redirect_inside_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The outer host passes for a public one; where it leads is looked at by itself."""
    with redirecting_inside() as (outer, inner):
        port = inner.address.rsplit(":", 1)[1]
        real = socket.getaddrinfo

        def lookup(name: str, asked: int, *args: Any, **options: Any) -> Any:
            found = real(name, asked, *args, **options)
            return [(*row[:4], ("10.0.0.1", asked)) for row in found] if str(asked) == port else found

        monkeypatch.setattr(addresses, "_public", lambda ip: ip == "127.0.0.1")
        monkeypatch.setattr(socket, "getaddrinfo", lookup)
        assert "--allow-private" in reason(list(read(f"{outer.address}/a", web=Clock().web(private=False))))
        assert inner.asked == []


@pytest.mark.parametrize("source", ["www.example.org/news", "example.org/a"])
def test_a_path_that_may_be_an_address(source: str) -> None:
    assert f"https://{source}" in reason(list(read(source)))


@pytest.mark.parametrize("source", ["pages/article.html", "article.txt", "./a.b/c"])
def test_a_path_that_is_none(source: str) -> None:
    assert "https://" not in reason(list(read(source)))
