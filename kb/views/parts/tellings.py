"""How each article tells an event, with a way to part what is another event."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from kb import ask
from kb.ask.identity import Merged
from kb.ask.rows import ArticleRow
from kb.views.correcting import deciding
from kb.views.parts.markup import article_link, reason_words
from kb.words import human, plural, say

_TOLD = 8  # tellings shown at once


def draw(event: str, merged: Sequence[Merged]) -> None:
    """How each article tells it, with a way to part what is another event."""
    told = ask.tellings(merged)
    if len(told) < 2:
        return
    with st.container(key="told_as", gap=None):
        more = f" {say('or more')}" if any(one.more for one in merged) else ""
        count = plural(len(told), "{n} telling", "{n} tellings") + more
        st.html(f'<div class="kb-panel"><h3>{say("Told as")} <small>{count}</small></h3></div>')
        limit = st.session_state.get("told_limit", _TOLD)
        for number, (one, article, part) in enumerate(told[:limit]):
            st.html(telling_html(one, article))
            if st.button(say("This is another event"), key=f"split_{number}_{part}", type="tertiary"):
                _ask_split(event, part)
        if len(told) > limit:
            words = say("Show more ({left} left)", left=len(told) - limit)
            st.button(words, key="told_more", on_click=_tell_more, args=(limit,))


def _ask_split(event: str, part: str) -> None:
    deciding.confirm(say("This is another event"), lambda decide, writer: decide.split(writer, event, [part]))


def _tell_more(limit: int) -> None:
    st.session_state.told_limit = limit + _TOLD


def telling_html(one: Merged, article: ArticleRow) -> str:
    """How one article tells an event, as HTML; every word from the graph is escaped."""
    why = reason_words(one.reason) or (say("the same act, date and names") if len(one.articles) > 1 else "")
    reason = f"<small>{escape(why)}</small>" if why else ""
    source = " · ".join(part for part in (article_link(article.name, article.id),
                                          escape(article.publisher)) if part)  # fmt: skip
    return (
        f'<div class="kb-telling"><p><strong>{escape(one.name)}</strong> <span>{escape(human(one.edtf))}</span></p>'
        f"<p>{source}</p>{reason}</div>"
    )
