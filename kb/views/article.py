"""The articles: which there are, and one with its text and everything that was found in it."""

from __future__ import annotations

from collections import Counter
from html import escape
from pathlib import Path

import streamlit as st

from kb import queries
from kb.query_rows import ArticleDetail, ArticleRow, human
from kb.store import Store
from kb.views.connection import graph
from kb.views.filters import publish
from kb.views.highlight import KINDS, article_html
from kb.views.markup import empty_state, link, page_header, plain, plural

_PAGE = 40
_BASIS = {
    "given": "as given when it was added", "metadata": "from the page’s metadata", "url": "from its web address",
    "byline": "from its byline", "feed": "from its feed",
}  # fmt: skip
_NO_DATE = (
    "The page does not say when it was published, so “last week” or “on Tuesday” in it can only be placed where "
    "the text itself gives a hold. If you know the day, add the article again with it."
)


def page() -> None:
    """Draw the list of articles, or with `?article=` the one."""
    st.html(Path(__file__).parent / "reading.css")
    store = graph()
    chosen = st.query_params.get("article")
    if chosen:
        _reader(store, chosen)
    else:
        _list(store)


def _list(store: Store) -> None:
    rows = queries.articles(store)
    page_header("Articles", f"{plural(len(rows), 'article')}, latest first" if rows else "")
    if not rows:
        empty_state(
            "No articles yet", "Paste or upload one on the Add page, or in a terminal:", "kb ingest article.html"
        )
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="article_filters"):
        words = st.text_input("Search titles and publishers", key="article_search", placeholder="Words in the title")
        publishers = sorted({row.publisher for row in rows if row.publisher})
        publisher = st.selectbox("Publisher", publishers, index=None, placeholder="Any", key="article_publisher")
    found = [row for row in rows if _fits(row, words, publisher)]
    if not found:
        st.caption("No article fits; clear the search or the publisher.")
    limit = st.session_state.get("article_limit", _PAGE)
    with st.container(key="list_articles", gap=None):
        for row in found[:limit]:
            st.button(
                _row(row), key=f"article_{row.id}", type="tertiary", width="stretch", on_click=_open, args=(row.id,)
            )
    if len(found) > limit:
        st.button(f"Show more ({len(found) - limit:,} left)", on_click=_more, args=(limit,))


def _fits(row: ArticleRow, words: str, publisher: str | None) -> bool:
    told = f"{row.name} {row.publisher}".casefold()
    return all(word in told for word in words.casefold().split()) and publisher in (None, row.publisher)


def _row(row: ArticleRow) -> str:
    about = [
        row.publisher,
        human(row.published, "publication date unknown"),
        plural(row.events, "event"),
        plural(row.claims, "claim"),
    ]
    return f"**{plain(row.name)}**  \n{plain(' · '.join(word for word in about if word))}"


def _more(limit: int) -> None:
    st.session_state.article_limit = limit + _PAGE


def _open(id: str | None) -> None:
    publish(article=id)


def _reader(store: Store, id: str) -> None:
    detail = queries.article(store, id)
    st.button("All articles", key="all_articles", type="tertiary", icon=None, on_click=_open, args=(None,))
    if detail is None:
        empty_state("No such article", "The link names an article that the graph does not hold, or no longer holds.")
        return
    text, margin = st.columns([2.1, 1], gap="large")
    with margin, st.container(key="article_margin"):
        kinds = _legend(detail)
        st.html(_margin(detail))
    with text:
        st.html(_head(detail) + article_html(detail.text, detail.highlights, kinds))


def _legend(detail: ArticleDetail) -> list[str]:
    """Which kinds of findings to mark; each with its looks and its count."""
    counts = Counter(kind for kind, _ in {(h.kind, h.id) for h in detail.highlights})
    kinds = [kind for kind in KINDS if counts[kind]]
    if not kinds:
        return []
    with st.container(key="legend"):
        chosen = st.pills("Marked in the text", kinds, selection_mode="multi", default=kinds, key="article_kinds",
                          format_func=lambda kind: f"{KINDS[kind]} {counts[kind]}")  # fmt: skip
        # The pills have no looks of their own: each gets the mark that it switches.
        st.html(
            "<style>"
            + "".join(
                f".st-key-legend button:nth-of-type({n}) p {{ {_LOOKS[kind]} }}" for n, kind in enumerate(kinds, 1)
            )
            + "</style>"
        )
    return list(chosen)


_PROPERTIES = (("text-decoration", "line"), ("background", "fill"), ("box-shadow", "edge"))
_LOOKS = {
    kind: "text-underline-offset: .22em; "
    + " ".join(f"{name}: var(--kb-{part}-{kind}, none);" for name, part in _PROPERTIES)
    for kind in KINDS
}


def _head(detail: ArticleDetail) -> str:
    meta = detail.meta
    by = [escape(meta.publisher)] if meta.publisher else []
    by += [escape(", ".join(detail.authors))] if detail.authors else []
    if meta.url and meta.url.startswith(("http://", "https://")):
        by.append(
            f'<a href="{escape(meta.url)}" target="_blank" rel="noopener noreferrer">{escape(_host(meta.url))}</a>'
        )
    return f'<header class="kb-article-head"><h1>{escape(meta.name)}</h1><p>{" · ".join(by)}</p></header>'


def _host(url: str) -> str:
    return url.split("/")[2].removeprefix("www.") if url.count("/") >= 2 else url


def _margin(detail: ArticleDetail) -> str:
    meta = detail.meta
    if meta.published:
        basis = _BASIS.get(meta.published_basis, "")
        day = f"<strong>{escape(human(meta.published))}</strong> <code>{escape(meta.published)}</code>"
        when = f"<p>{day} <span>{basis}</span></p>"
    else:
        when = f'<p><strong>Unknown</strong></p><p class="kb-note">{escape(_NO_DATE)}</p>'
    return (
        f'<aside class="kb-margin"><h2>Published</h2>{when}{_events(detail)}{_claims(detail)}{_source(detail)}</aside>'
    )


def _events(detail: ArticleDetail) -> str:
    if not detail.events:
        return "<h2>Events</h2><p>None was found in this text.</p>"
    rows = sorted(detail.events, key=lambda e: (e.edtf is None or e.edtf.startswith("X"), e.edtf or "", e.name))
    listed = "".join(f"<li><span>{escape(row.when)}</span>{link('', row.name, event=row.id)}</li>" for row in rows)
    return f"<h2>Events <small>{len(rows)}</small></h2><ol>{listed}</ol>"


def _claims(detail: ArticleDetail) -> str:
    if not detail.meta.claims:
        return ""
    speakers = Counter(h.label for h in {h.id: h for h in detail.highlights if h.kind == "claim"}.values())
    listed = "".join(
        f"<li><span>{plural(count, 'claim')}</span>{escape(name)}</li>" for name, count in speakers.most_common()
    )
    return f"<h2>Who speaks <small>{len(speakers)}</small></h2><ol>{listed}</ol>"


def _source(detail: ArticleDetail) -> str:
    read = f"Read {escape(detail.retrieved_at[:10])}. " if detail.retrieved_at else ""
    words = f"{len(detail.text.split()):,} words after cleaning. "
    return f'<p class="kb-hint">{read}{words}Source: {escape(detail.meta.source)}</p>'
