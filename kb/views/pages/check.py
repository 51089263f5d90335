"""What a human should look at, by kind: what cannot be, what excludes each other, what one answer would settle."""

from __future__ import annotations

from html import escape
from itertools import groupby
from pathlib import Path

import streamlit as st

from kb import checks
from kb.ask.rows import Named
from kb.checks import Doubt, Evidence, Group
from kb.store import Store
from kb.views.connection import graph
from kb.views.parts.markup import article_link, empty_state, event_link, link, marked, name_link, page_header, plural

_SHORT = 15  # seconds that an answer may be old
_FIRST = 20  # doubts of a kind shown at once
_MOST = 500  # doubts of a kind read at all
_SENTENCES = 4


def page() -> None:
    """Draw the page; `?kind=` shows one kind alone. Raises: StoreError."""
    st.html(Path(__file__).parent / "reading.css")
    groups = _groups(graph())
    page_header("Check", _note(groups))
    if not groups:
        empty_state(
            "Nothing to look at",
            "No date in the graph contradicts another, and each event and article has its year. To add articles, use "
            "the Add page, or in a terminal:",
            "kb ingest article.html",
        )
        return
    chosen = st.query_params.get("kind")
    alone = [group for group in groups if group.kind.key == chosen]
    if alone and len(groups) > 1:
        words = f"Show all {plural(len(groups), 'kind')}"
        st.html(f'<p class="kb-count-line">{link("check", words)}</p>')
    for group in alone or groups:
        limit = st.session_state.get(f"check_{group.kind.key}", _FIRST)
        st.html(group_html(group, limit))
        left = len(group.doubts) - limit
        if left > 0:
            words = f"Show more ({left:,} left)"
            st.button(words, key=f"more_{group.kind.key}", on_click=_more, args=(group.kind.key, limit))


@st.cache_data(ttl=_SHORT, show_spinner=False)
def _groups(_store: Store) -> list[Group]:
    return checks.check(_store, limit=_MOST)


def _note(groups: list[Group]) -> str:
    impossible = sum(group.total for group in groups if group.kind.impossible)
    others = sum(group.total for group in groups) - impossible
    words = [f"{impossible:,} that cannot be"] if impossible else []
    words += [f"{others:,} that only you can settle"] if others else []
    return ", ".join(words)


def _more(kind: str, limit: int) -> None:
    st.session_state[f"check_{kind}"] = limit + _FIRST


def group_html(group: Group, limit: int) -> str:
    """One kind with its doubts, those that settle most first; every word from the graph is escaped."""
    shown = "".join(doubt_html(doubt) for doubt in group.doubts[:limit])
    grave = " kb-grave" if group.kind.impossible else ""
    return (
        f'<section class="kb-check{grave}"><header><h2>{escape(group.kind.title)} <small>{group.total:,}</small></h2>'
        f"<p>{escape(group.kind.advice)}</p></header><ol>{shown}</ol></section>"
    )


def doubt_html(doubt: Doubt) -> str:
    """What is wrong, links to what it is about, and the sentences."""
    settles = f" <span>settles {plural(doubt.settles, 'fact')}</span>" if doubt.settles > 1 else ""
    links = " · ".join(_link(one) for one in (*doubt.events, *doubt.entities, *doubt.articles))
    return f"<li><p>{escape(doubt.says)}{settles}</p><nav>{links}</nav>{sentences(doubt.evidence)}</li>"


def sentences(evidence: tuple[Evidence, ...]) -> str:
    """The sentences behind a doubt, those of one article together; of many, the first few."""
    parts = []
    spans: dict[tuple[Named, str], list[tuple[int, int]]] = {}
    for one in evidence:
        spans.setdefault((one.article, one.text), []).append((one.start, one.end))
    shown = list(spans.items())[:_SENTENCES]
    for article, group in groupby(shown, key=lambda one: one[0][0]):
        said = "".join(f"<p>{marked(text, *places)}</p>" for (_, text), places in group)
        source = article_link(article.name, article.id)
        parts.append(f'<blockquote class="kb-quote">{said}<footer>{source}</footer></blockquote>')
    more = len(spans) - _SENTENCES
    return "".join(parts) + (f'<p class="kb-hint">and {plural(more, "more sentence")}</p>' if more > 0 else "")


def _link(one: Named) -> str:
    if one.kind == "Article":
        return article_link(one.name, one.id)
    if one.kind != "Event":
        return name_link(one.name, one.id)
    return f"{event_link(one.name, one.id)} ({escape(one.when)})"
