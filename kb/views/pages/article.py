"""The articles: which there are, and one with its text and everything that was found in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from html import escape
from pathlib import Path

import streamlit as st

from kb import ask
from kb.ask.articles import ArticleDetail, ArticlePage, Highlight
from kb.ask.kept.present import Present
from kb.ask.rows import ArticleRow
from kb.ask.words import BASES
from kb.components import keys, pick
from kb.counted import ARTICLE_SLOTS
from kb.store import Store
from kb.views import signing
from kb.views.connection import graph
from kb.views.correcting import adding, correction
from kb.views.parts.filters import publish
from kb.views.parts.highlight import KINDS, SOUGHT, article_html, headline_end, headline_html
from kb.views.parts.markup import empty_state, event_link, page_header, plain
from kb.views.parts.starting import nothing_yet
from kb.words import human, mark, plural, retold, say

_PAGE = 40
_NO_DATE = mark(
    "The page does not say when it was published, so “last week” or “on Tuesday” in it can only be placed "
    "where the text itself gives a hold. If you know the day, give it with “Correct the date”."
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
    now = Present(store)
    total = now.counts.total(ARTICLE_SLOTS)
    page_header(
        say("Articles"),
        say("{articles}, latest first", articles=plural(total, "{n} article", "{n} articles")) if total else "",
    )
    if not total:
        nothing_yet(say("No articles yet"), say("They are listed here once there are some."))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="article_filters"):
        words = st.text_input(say("Search"), key="article_search", placeholder=say("In title or publisher"))
        publisher = st.selectbox(
            say("Publisher"), ask.publishers(now), index=None, placeholder=say("Any"), key="article_publisher"
        )
    pages = list(_pages(now, words, publisher))
    if not any(each.rows for each in pages):
        st.caption(say("No article fits; clear the search or the publisher."))
    with st.container(key="list_articles", gap=None):
        for row in (row for each in pages for row in each.rows):
            st.button(
                _row(row), key=f"article_{row.id}", type="tertiary", width="stretch", on_click=_open, args=(row.id,)
            )
    if pages[-1].after:
        full = len(pages[-1].rows) == _PAGE
        label = say("Show more") if full else say("Looked back to {until}; look further", until=pages[-1].until)
        st.button(label, key="more_articles", on_click=_more, args=(len(pages),))


def _pages(now: Present, words: str, publisher: str | None) -> Iterator[ArticlePage]:
    """As many pages as were asked for, each read once for each version of the graph."""
    after = None
    for _ in range(st.session_state.get("article_pages", 1)):
        found = now.answered(
            ("articles", words, publisher, after), partial(_one_page, words=words, publisher=publisher, after=after)
        )
        yield found
        after = found.after
        if after is None:
            return


def _one_page(now: Present, words: str, publisher: str | None, after: tuple[str, str, str] | None) -> ArticlePage:
    return ask.articles(now, limit=_PAGE, after=after, text=words, publisher=publisher)


def _row(row: ArticleRow) -> str:
    about = [
        row.publisher,
        human(row.published, say("publication date unknown")),
        plural(row.events, "{n} event", "{n} events"),
        plural(row.claims, "{n} claim", "{n} claims"),
    ]
    return f"**{plain(row.name)}**  \n{plain(' · '.join(word for word in about if word))}"


def _more(pages: int) -> None:
    st.session_state.article_pages = pages + 1


def _open(id: str | None) -> None:
    publish(article=id)


def _reader(store: Store, id: str) -> None:
    detail = ask.article(store, id)
    st.button(say("All articles"), key="all_articles", type="tertiary", icon=None, on_click=_open, args=(None,))
    if detail is None:
        page_header(say("Articles"), "")
        empty_state(
            say("No such article"), say("The link names an article that the graph does not hold, or no longer holds.")
        )
        return
    text, margin = st.columns([1.75, 1], gap="large")
    with text:
        head = st.container()
        kinds = _legend(detail)
        title = headline_end(detail.text, detail.meta.title)
        st.html(article_html(detail.text, (*detail.highlights, *_sought()), [*kinds, SOUGHT], start=title))
        with head:
            st.html(_head(detail, headline_html(detail.meta.title, detail.highlights, kinds) if title else ""))
            with st.container(horizontal=True, gap="medium", key="article_actions"):
                correction.offer(store, id, "published", detail.meta.published)
                _offer_adding(detail, title)
    with margin, st.container(key="article_margin"):
        st.html(_margin(detail))


def _offer_adding(detail: ArticleDetail, start: int) -> None:
    """What no rule found is added: by a button, or by selecting the words. Arguments: start, of the text's body."""
    if not signing.may("editor"):
        return
    if st.button(say("Add what is missing"), key="adding_open", type="tertiary"):
        adding.ask(detail, "event", (0, 0))
    with st.container(key="pick"):
        picked = pick(f"pick_{detail.meta.id}")
    if picked:
        adding.ask(detail, picked.what, adding.words_at(detail.text, start, picked))


def _sought() -> list[Highlight]:
    """What the address asks to be shown of the text: `?at=120-180`, in characters."""
    first, _, last = st.query_params.get("at", "").partition("-")
    if not (first.isdecimal() and last.isdecimal() and int(first) < int(last)):
        return []
    with st.container(key="keys_sought"):
        keys(reveal=f".kb-m-{SOUGHT}")
    return [Highlight(int(first), int(last), SOUGHT, SOUGHT, say("The sentence that was found"))]


def _legend(detail: ArticleDetail) -> list[str]:
    """Which kinds of findings to mark, each with its looks and its count; a choice holds for the next article too."""
    counts = Counter(kind for kind, _ in {(h.kind, h.id) for h in detail.highlights})
    kinds = [kind for kind in KINDS if counts[kind]]
    if not kinds:
        return []
    off = st.session_state.setdefault("article_off", [])
    with st.container(key="legend"):
        chosen = st.pills(say("Marked in the text"), kinds, selection_mode="multi", key=f"kinds_{detail.meta.id}",
                          default=[kind for kind in kinds if kind not in off],
                          format_func=lambda kind: f"{say(KINDS[kind])} {counts[kind]}")  # fmt: skip
        # The pills have no looks of their own: each gets the mark that it switches.
        rules = "".join(f"{_pill(number)} {{ {_LOOKS[kind]} }}" for number, kind in enumerate(kinds, 1))
        st.html(f"<style>{rules}</style>")
    st.session_state.article_off = [kind for kind in KINDS if kind not in chosen and (kind in kinds or kind in off)]
    return list(chosen)


def _pill(number: int) -> str:
    return f".st-key-legend button:nth-of-type({number}) p"


_PROPERTIES = (("text-decoration", "line"), ("background", "fill"), ("box-shadow", "edge"))
_LOOKS = {
    kind: "text-underline-offset: .22em; "
    + " ".join(f"{name}: var(--kb-{part}-{kind}, none);" for name, part in _PROPERTIES)
    for kind in KINDS
}


def _head(detail: ArticleDetail, headline: str) -> str:
    """Title, by-line and date of publication. Arguments: the article; headline, the title as HTML when it has marks."""
    meta = detail.meta
    by = [escape(meta.publisher)] if meta.publisher else []
    by += [escape(", ".join(detail.authors))] if detail.authors else []
    if meta.url and meta.url.startswith(("http://", "https://")):
        address = f'href="{escape(meta.url)}" target="_blank" rel="noopener noreferrer"'
        by.append(f"<a {address}>{escape(_host(meta.url))}</a>")
    by.append(_published(meta))
    note = "" if meta.published else f'<p class="kb-note">{escape(say(_NO_DATE))}</p>'
    title = f"<h1>{headline or escape(meta.name)}</h1>"
    return f'<header class="kb-article-head">{title}<p>{" · ".join(by)}</p>{note}</header>'


def _published(meta: ArticleRow) -> str:
    if not meta.published:
        return say("publication date unknown")
    basis = retold(BASES.get(meta.published_basis, ""))
    return say("published {date}", date=f"<strong>{escape(human(meta.published))}</strong>") + f" ({basis})"


def _host(url: str) -> str:
    return url.split("/")[2].removeprefix("www.") if url.count("/") >= 2 else url


def _margin(detail: ArticleDetail) -> str:
    return f'<aside class="kb-margin">{_events(detail)}{_claims(detail)}{_source(detail)}</aside>'


def _events(detail: ArticleDetail) -> str:
    if not detail.events:
        return f"<h2>{say('Events')}</h2><p>{say('None was found in this text.')}</p>"
    rows = sorted(detail.events, key=lambda e: (e.edtf is None or e.edtf.startswith("X"), e.edtf or "", e.name))
    listed = "".join(f"<li><span>{escape(human(row.edtf))}</span>{event_link(row.name, row.id)}</li>" for row in rows)
    return f"<h2>{say('Events')} <small>{len(rows)}</small></h2><ol>{listed}</ol>"


def _claims(detail: ArticleDetail) -> str:
    if not detail.meta.claims:
        return ""
    speakers = Counter(h.label for h in {h.id: h for h in detail.highlights if h.kind == "claim"}.values())
    listed = "".join(
        f"<li><span>{plural(count, '{n} claim', '{n} claims')}</span>{escape(retold(name))}</li>"
        for name, count in speakers.most_common()
    )
    return f"<h2>{say('Who speaks')} <small>{len(speakers)}</small></h2><ol>{listed}</ol>"


def _source(detail: ArticleDetail) -> str:
    read = say("Read on {date}.", date=escape(human(detail.retrieved_at[:10]))) if detail.retrieved_at else ""
    words = plural(len(detail.text.split()), "{n} word after cleaning.", "{n} words after cleaning.")
    source = say("Source: {source}", source=escape(detail.meta.source))
    return f'<p class="kb-hint">{" ".join(filter(None, (read, words, source)))}</p>'
