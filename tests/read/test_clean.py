"""Cleaning: what goes, what stays, what is read from the edges of an article, and that twice is once."""

from __future__ import annotations

import contextlib
import json
import os
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.pages import body_text, pages, token_score
from ingest.clean import article_text, byline, clean
from ingest.clean.paragraphs import paragraphs
from ingest.reading.findings import Document, RawDocument
from kb.edtf import Edtf
from kb.errors import NotAnArticle

SPECS = Path(__file__).parents[1] / "specs" / "clean"
GOLD = os.environ.get("KB_GOLD")
HEADLINE = "Ships Leave the Harbour After Long Talks"
FIRST = "Two ships left the harbour of Odesa on Monday, officials said, after talks that had lasted for three weeks."
SECOND = "The first carried grain. The second was loaded with steel that a company in Turkey had bought before the war."
LAST = "A third ship waits for its papers, and the captain said that he expects to sail before the end of the month."


def spec(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((SPECS / f"{name}.json").read_text(encoding="utf-8"))
    assert rows
    return rows


def text(content: str, **known: Any) -> Document:
    return clean(RawDocument(source="test", kind="text", content=content, **known))


def page(body: str, head: str = "") -> Document:
    markup = f"<html><head><title>{HEADLINE} - Example</title>{head}</head><body>{body}</body></html>"
    return clean(RawDocument(source="test", kind="html", content=markup))


def prose(*more: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in (FIRST, SECOND, *more, LAST))


@pytest.mark.parametrize("row", spec("keep"), ids=lambda row: row["why"])
def test_prose_and_subheadings_stay(row: dict[str, str]) -> None:
    kept = text("\n\n".join([HEADLINE, FIRST, row["paragraph"], SECOND, LAST])).text.split("\n\n")
    assert kept == [HEADLINE, FIRST, row["paragraph"], SECOND, LAST]


@pytest.mark.parametrize(
    "row", [row for row in spec("keep") if len(row["paragraph"].split()) > 7], ids=lambda r: r["why"]
)
def test_prose_stays_as_the_last_paragraph(row: dict[str, str]) -> None:
    assert text("\n\n".join([HEADLINE, FIRST, SECOND, row["paragraph"]])).text.endswith("\n\n" + row["paragraph"])


@pytest.mark.parametrize("row", spec("drop"), ids=lambda row: row["line"][:40])
def test_what_is_no_article_goes(row: dict[str, str]) -> None:
    at = {"front": 0, "middle": 2, "tail": 4}[row["place"]]
    lines = [HEADLINE, FIRST, SECOND, LAST]
    lines.insert(at + (row["why"].split()[0] in ("byline", "date", "change")), row["line"])
    assert text("\n\n".join(lines)).text.split("\n\n") == [HEADLINE, FIRST, SECOND, LAST]


@pytest.mark.parametrize("row", spec("byline_dates"), ids=lambda row: row["line"])
def test_the_date_of_a_byline(row: dict[str, str | None]) -> None:
    document = text(f"{HEADLINE}\n{row['line']}\n\n{FIRST}\n\n{LAST}")
    assert document.published == row["published"]
    assert document.published_basis == ("byline" if row["published"] else "unknown")


@pytest.mark.parametrize("row", spec("datelines"), ids=lambda row: row["paragraph"][:30])
def test_the_date_of_a_dateline_is_read_and_its_text_kept(row: dict[str, str | None]) -> None:
    assert byline.dateline(str(row["paragraph"])) == row["published"]
    document = text(f"{HEADLINE}\n\n{row['paragraph']}\n\n{FIRST}")
    assert (document.published, str(row["paragraph"]) in document.text) == (row["published"], True)


@pytest.mark.parametrize("row", spec("paragraphs"), ids=lambda row: row["why"])
def test_paragraphs_and_soft_line_wraps(row: dict[str, Any]) -> None:
    assert paragraphs(row["text"]) == row["paragraphs"]


def test_related_headlines_go_with_their_heading_and_the_next_subheading_stays() -> None:
    other = [
        "Minister Says Grain Deal Could Be Signed by Friday",
        "Three Killed as Drones Hit Port for the Second Night",
    ]
    lines = [HEADLINE, FIRST, "Related Stories", *other, "A New Route", SECOND, "Recommended", other[0], LAST]
    assert text("\n\n".join(lines)).text.split("\n\n") == [HEADLINE, FIRST, "A New Route", SECOND, LAST]


def test_everything_after_the_comment_form_goes() -> None:
    comments = [
        "Leave a Reply",
        "Your email address will not be published.",
        "Great article, I agree with every word of it.",
    ]
    assert text("\n\n".join([HEADLINE, FIRST, SECOND, LAST, *comments])).text.endswith(LAST)


def test_the_foot_of_a_blog_goes() -> None:
    foot = ["Like this:", "Like Loading...", "Jane is a journalist based in Izmir. She covers trade.", "Previous Post"]
    foot += ["Ten ships wait in the strait", "Next Post", "Minister resigns", "2 Comments", "Bob says:", "I doubt it."]
    assert text("\n".join([HEADLINE, FIRST, SECOND, LAST, *foot])).text.split("\n\n") == [HEADLINE, FIRST, SECOND, LAST]


def test_a_link_to_the_comments_above_the_text_cuts_nothing() -> None:
    assert text("\n\n".join([HEADLINE, "Leave a Comment", FIRST, SECOND, "Join the conversation", LAST])).text.endswith(
        LAST
    )


@pytest.mark.parametrize(
    "title", ["A year after: who bombed Linden Market?", "The last soldiers leave the town of Orvesk."]
)
def test_a_title_that_is_a_sentence_hides_no_header(title: str) -> None:
    document = text(f"Title: {title}\nPublished: 2024-03-07\nURL: https://example.org/a\n\n{FIRST}\n\n{LAST}")
    assert (document.title, document.published, document.url) == (title, Edtf("2024-03-07"), "https://example.org/a")
    assert "Title:" not in document.text


def test_header_lines_are_read_as_metadata() -> None:
    header = "Title: The Harbour\nBy: Jane Doe and John Smith\nPublished: 16 Feb 2024\nPublisher: The Example"
    header += "\nURL: https://example.org/a"
    document = text(f"{header}\n\n{FIRST}\n\n{LAST}")
    assert document == Document(
        source="test",
        text=f"The Harbour\n\n{FIRST}\n\n{LAST}",
        url="https://example.org/a",
        title="The Harbour",
        publisher="The Example",
        authors=("Jane Doe", "John Smith"),
        published=Edtf("2024-02-16"),
        published_basis="byline",
    )


@pytest.mark.parametrize(
    ("name", "publisher", "authors"),
    [
        ("The Eastern Star", "The Eastern Star", ()),
        ("Harbour Gazette", "Harbour Gazette", ()),
        ("Jane Doe", "", ("Jane Doe",)),
    ],
)
def test_a_bare_name_above_the_date_is_author_or_publisher(name: str, publisher: str, authors: tuple[str, ...]) -> None:
    document = text(f"{HEADLINE}\n{name}\n18 January 2024\n\n{FIRST}\n\n{LAST}")
    assert (document.publisher, document.authors, document.published) == (publisher, authors, "2024-01-18")
    assert document.text.split("\n\n") == [HEADLINE, FIRST, LAST]


def test_what_the_user_gave_wins() -> None:
    document = text(
        f"Published: 16 Feb 2024\n\n{FIRST}\n\n{LAST}", published=Edtf("2024-02-20"), published_basis="given"
    )
    assert (document.published, document.published_basis) == ("2024-02-20", "given")


def test_a_title_that_the_text_repeats_is_not_doubled() -> None:
    document = text("\n\n".join([HEADLINE, HEADLINE, FIRST, LAST]), title=HEADLINE.upper())
    assert document.text.split("\n\n") == [HEADLINE, FIRST, LAST]
    assert text("\n\n".join([FIRST, LAST]), title=HEADLINE).text.split("\n\n") == [HEADLINE, FIRST, LAST]


def test_a_page_gives_its_text_its_headline_and_its_metadata() -> None:
    note = {"@type": "NewsArticle", "datePublished": "2024-02-16T23:30:00-05:00", "author": [{"name": "Jane Doe"}]}
    head = f"""<meta property="og:site_name" content="The Example"><link rel="canonical" href="https://example.org/ships">
      <script type="application/ld+json">{json.dumps({"@graph": [{"@type": "ItemList"}, note]})}</script>"""
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul></nav>"
    body = f"{menu}<article><h1>{HEADLINE}</h1>{prose('Related: Who Is Who There')}</article><footer>© 2024</footer>"
    assert page(body, head) == Document(
        source="test",
        text="\n\n".join([HEADLINE, FIRST, SECOND, LAST]),
        url="https://example.org/ships",
        title=HEADLINE,
        publisher="The Example",
        authors=("Jane Doe",),
        published=Edtf("2024-02-16"),
        published_basis="metadata",
    )


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("<meta property='article:published_time' content='2022-03-03T08:00:00Z'>", "", ("2022-03-03", "metadata")),
        ("<meta name='date' content='20220303'>", "", ("2022-03-03", "metadata")),
        ("<meta property='article:published_time' content='1970-01-01T00:00:00Z'>", "", (None, "unknown")),
        ("<meta property='article:modified_time' content='2022-03-03T08:00:00Z'>", "", (None, "unknown")),
        ("<link rel='canonical' href='https://example.org/2022/03/03/ships'>", "", ("2022-03-03", "url")),
        ("<link rel='canonical' href='https://example.org/2022/03/ships'>", "", (None, "unknown")),
        ("", "<header><time datetime='2022-03-03'>3 March</time></header>", ("2022-03-03", "byline")),
        ("", "<div class='post-date'>Published on March 3, 2022</div>", ("2022-03-03", "byline")),
        ("", "<div class='updated-date'>Updated March 3, 2022</div>", (None, "unknown")),
        ("", "<p>By Jane Doe | March 3, 2022</p>", ("2022-03-03", "byline")),
        ("", "<footer>© 2021 Example. Last change: 3 March 2022.</footer>", (None, "unknown")),
        (
            "",
            "<time itemprop='dateModified' datetime='2024-02-13T19:20+01:00'>12/02/2024 | Updated 13/02/2024</time>",
            (Edtf("2024-02-12"), "byline"),
        ),
        (
            "",
            "<p>The war began on February 24, 2022, and nobody knew how long it would last.</p>",
            (None, "unknown"),
        ),
    ],
)
def test_a_page_is_dated_by_its_own_statement_or_not_at_all(
    head: str, body: str, expected: tuple[str | None, str]
) -> None:
    document = page(f"<article><h1>{HEADLINE}</h1>{body}{prose()}</article>", head)
    assert (document.published, document.published_basis) == expected


def test_the_lead_and_posts_stay_that_a_page_keeps_in_boxes_of_their_own() -> None:
    words = "We will load the third ship tonight."
    post = f"<div class='social-embed'><blockquote class='twitter-tweet'><p>{words}</p></blockquote></div>"
    body = f"<div class='article-body'><p>{SECOND}</p>{post}<p>{LAST}</p></div>"
    document = page(
        f"<article><h1>{HEADLINE}</h1><div class='teaser-content'><p class='font--lead'>{FIRST}</p></div>"
        f"<div class='ad-slot'>Advertisement</div>{body}</article>"
    )
    assert document.text.split("\n\n") == [HEADLINE, FIRST, SECOND, words, LAST]


def test_all_boxes_of_a_kind_hold_the_text() -> None:
    more = [
        f"Ship number {n} waited for a pilot at the mouth of the harbour until the wind went down." for n in range(9)
    ]
    chunks = [more[:5], more[5:7], more[7:]]
    boxes = "".join(
        f"<div><div class='grid'><div class='body'>{''.join(f'<p>{p}</p>' for p in chunk)}</div></div></div>"
        for chunk in chunks
    )
    document = page(f"<article><h1>{HEADLINE}</h1><div class='chunks'>{boxes}</div></article>")
    assert document.text.split("\n\n")[1:] == more


def test_headlines_of_other_articles_among_the_paragraphs_of_a_page_go() -> None:
    link = "<a href='/other'>MINISTER SAYS A NEW GRAIN DEAL IS NEAR</a>"
    source = "<a href='/report'>The full report was published on Sunday by the harbour office.</a>"
    document = page(f"<article><h1>{HEADLINE}</h1>{prose(link, source)}</article>")
    assert "MINISTER" not in document.text
    assert "The full report" in document.text


REFUSED = {
    "nothing": "",
    "white space": " \n\t\n ",
    "a menu": "Home\nWorld\nPolitics\nBusiness\nContact us\nAbout us",
    "a table": "name,year,place\nBucha,2022,Kyiv\nMariupol,2022,Donetsk\nIzium,2022,Kharkiv",
    "a table of sentences": "id\ttext\n1\tThe ship sailed.\n2\tThe ship came back.\n3\tThe crew was paid.",
    "program code": "def main(rows):\n    for row in rows:\n        if row['a'] > 0:\n            print(row['b'])\n"
    * 5,
    "data": json.dumps([{"name": f"row {n}", "values": [n, n + 1]} for n in range(30)]),
    "one headline": HEADLINE,
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_article_is_refused_in_one_sentence(content: str) -> None:
    with pytest.raises(NotAnArticle, match=r"^test [^.]+\.$"):
        text(content)


@pytest.mark.parametrize(
    "body", ["", "<p></p>", "<ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul>"]
)
def test_a_page_without_an_article_is_refused(body: str) -> None:
    with pytest.raises(NotAnArticle):
        page(body)


@pytest.mark.parametrize(
    ("stamp", "address", "day"),
    [
        ("2019-11-19T07:03:25+00:00", "https://example.org/2019/11/18/ships", "2019-11-18"),
        ("2019-11-19T20:03:25.000Z", "https://example.org/2019/11/20/ships", "2019-11-20"),
        ("2019-11-19T07:03:25Z", "https://example.org/2019/11/16/ships", "2019-11-19"),
        ("2019-11-19T07:03:25Z", "https://example.org/ships", "2019-11-19"),
        ("2019-11-20T01:07:00-0500", "https://example.org/2019-11-19/ships", "2019-11-20"),
        ("2019-11-20", "https://example.org/2019/11/19/ships", "2019-11-20"),
    ],
)
def test_a_stamp_in_utc_leaves_the_day_to_the_address(stamp: str, address: str, day: str) -> None:
    head = f'<meta property="article:published_time" content="{stamp}"><link rel="canonical" href="{address}">'
    text = f"<p>{'The third ship has left the port, as its captain said on Monday. ' * 5}</p>"
    made = clean(RawDocument("page", "html", f"<html><head>{head}</head><body><article>{text}</article></body></html>"))
    assert (made.published, made.published_basis) == (day, "metadata")


OTHER_LANGUAGES = {
    "de": "Der Minister sagte am Montag, dass die Schiffe den Hafen verlassen haben und auf dem Weg sind. "
    "Die Verhandlungen waren lang, aber sie haben sich gelohnt, und alle sind mit dem Ergebnis zufrieden.",
    "ru": "Министр сказал в понедельник, что корабли вышли из порта и что переговоры были долгими, но успешными. "
    "Капитан третьего корабля сказал, что ждёт документов и надеется выйти в море до конца месяца.",
}


@pytest.mark.parametrize(("language", "content"), OTHER_LANGUAGES.items())
def test_another_language_is_told(language: str, content: str) -> None:
    assert clean(RawDocument("test", "text", content)).language == language


def test_a_short_notice_and_results_with_many_names_are_articles() -> None:
    teaser = "It was the shot heard around the league. " + FIRST
    assert text(teaser).text == teaser
    results = "Final: Oslo 3, Bergen 1. Scorers: Hansen, Dahl, Lie, Moen. Saves: Berg 4, Haugen 7, before 2,100 people."
    assert text(f"Cup Results\n\n{results}\n\n{LAST}").text.startswith("Cup Results")


def test_a_document_is_taken_as_it_is() -> None:
    raw = RawDocument(
        "d1",
        "document",
        "Related Stories\nA  text\u00a0of\n\n\nDe\u0301but , $ 40 .",
        title="T",
        published=Edtf("2008-03-06"),
    )
    document = clean(raw)
    assert (document.text, document.title, document.published) == (raw.content, "T", "2008-03-06")


def test_a_line_of_a_megabyte_takes_seconds_at_most() -> None:
    for content in (
        f"{FIRST} " * 9500,
        "word " * 200_000 + ".",
        "Related: " * 110_000,
        "-" * 1_000_000,
        "[a](" * 250_000,
    ):
        begun = time.process_time()
        with contextlib.suppress(NotAnArticle):
            text(content)
        assert time.process_time() - begun < 10


_EDGES = [
    HEADLINE,
    "Related Stories",
    "Read more",
    "Leave a Reply",
    "Title: A New Route",
    "Latest News",
    "Ukraine",
    "- - x",
]
_SPECS = [*spec("drop"), *spec("keep"), *spec("byline_dates")]
_LINES = st.sampled_from([row.get("line") or row["paragraph"] for row in _SPECS] + _EDGES + ["Comments", "By Land"])
_BROKEN = st.lists(st.one_of(_LINES, st.text(max_size=40)), max_size=14).flatmap(
    lambda lines: st.tuples(*[st.tuples(st.just(line), st.sampled_from(["\n\n", "\n", "\n\n\n"])) for line in lines])
)


@settings(max_examples=300)
@given(before=_BROKEN, after=_BROKEN)
def test_cleaning_twice_is_cleaning_once(before: Any, after: Any) -> None:
    start, end = ("".join(line + gap for line, gap in lines) for lines in (before, after))
    try:
        once = text(f"{start}\n\n{FIRST}\n\n{SECOND}\n\n{end}")
    except NotAnArticle:
        return
    assert text(once.text).text == once.text
    assert unicodedata.is_normalized("NFC", once.text)
    assert all(part == " ".join(part.split()) and part for part in once.text.split("\n\n"))


@settings(max_examples=300)
@given(st.text())
def test_levelled_text_stays_level(content: str) -> None:
    kept, _ = article_text.article_paragraphs(paragraphs(content))
    assert article_text.article_paragraphs(paragraphs("\n\n".join(kept)))[0] == kept


needs_gold = pytest.mark.skipif(not GOLD, reason="KB_GOLD is unset; set it to the folder with the development gold")


@needs_gold
def test_the_sample_keeps_its_article_and_loses_the_rest() -> None:
    source = Path(str(GOLD), "articles", "us-rejects-putin-peace-offer.txt").read_text(encoding="utf-8")
    gold = json.loads(Path(str(GOLD), "bench", "story", "seed.gold.json").read_text(encoding="utf-8"))
    blocks = [block for block in source.split("\n\n") if block.strip()]
    junk = {block.strip() for block in blocks} & {row["text"] for row in gold["negatives"]}
    assert len(junk) == 8
    cleaned = text(source)
    assert cleaned.text.split("\n\n") == [
        block.strip().replace("\n", " ") for block in blocks if block.strip() not in junk
    ]
    assert (cleaned.published, cleaned.published_basis) == (None, "unknown")


@needs_gold
def test_saved_pages_give_no_less_of_their_bodies_than_they_did() -> None:
    scores = [token_score(body_text(raw), gold)[2] for _, raw, gold in pages(Path(str(GOLD), "bench", "pages"))]
    assert sum(score <= 0.8 for score in scores) <= 5  # of 110
    assert sum(scores) / len(scores) > 0.947
