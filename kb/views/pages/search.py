"""The search page: one field over events, names, claims, sentences and articles, or over what sentences mean; its words
stand in the address.
"""  # noqa: D205 - one sentence

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from html import escape
from importlib import import_module

import streamlit as st

from kb import ask
from kb.ask.search import Found, Group, Hit
from kb.components import keys
from kb.edtf import Edtf
from kb.errors import BadInput, KbError, MissingAsset
from kb.leads import Leads, leads
from kb.store import Store
from kb.views.connection import graph
from kb.views.parts.filters import publish, remember
from kb.views.parts.markup import anchor, article_link, badge, event_link, link, marked, name_link, page_header
from kb.words import human, mark, plural, retold, say

_FIRST, _MORE, _MOST = 8, 40, 1000  # hits of a group: at first, more at a time, at last
_LETTERS = 500  # that the field takes
_KEYS = "<kbd>Ctrl</kbd> <kbd>K</kbd>"
_MORE_OF = {
    "Events": mark("More events"), "People, places, things": mark("More people, places, things"),
    "Claims": mark("More claims"), "Sentences": mark("More sentences"), "Articles": mark("More articles"),
}  # fmt: skip
_MARKS = '"*'  # around what is looked for
_EXAMPLES = ("Istanbul guarantees", '"peace talks"', "negotiat*", "Istanbul March 2022")


def page() -> None:
    """Draw the search; `?q=` says for what, `?by=meaning` that sentences are looked for which mean the same."""
    store = graph()
    page_header(say("Search"), say("Every sentence of every article, events, names, claims and titles"))
    with st.container(key="search_box"):
        words = st.text_input(
            say("Search"),
            key=_box(),
            placeholder=say("Words, a “phrase”, begin*, a date with its year"),
            type="search",
            label_visibility="collapsed",
            max_chars=_LETTERS,
        )
    by_meaning = st.toggle(
        say("By meaning"),
        key=_switch(),
        help=say("Sentences that mean the same, whatever their words; the nearest first."),
    )
    publish(q=words, by="meaning" if by_meaning else "")
    st.session_state.search_linked = words
    st.session_state.search_by_linked = by_meaning
    with st.container(key="keys"):
        keys(focus=not words)
    _warmed(store)
    if words.strip():
        _results(store, words, by_meaning=by_meaning)
    else:
        _help()


def _box() -> str:
    """The key of the field; a link to other words, followed while the page is open, replaces what stands in it."""
    key = remember("q", "", "search_")
    linked = st.query_params.get("q", "")
    if st.session_state.get("search_linked") not in (None, linked) and linked != st.session_state[key]:
        st.session_state[key] = linked
    return "search_q"


def _switch() -> str:
    """The key of the switch, which a link sets as it sets the field."""
    state, linked = st.session_state, st.query_params.get("by") == "meaning"
    if state.get("search_by_linked") != linked or "search_by" not in state:
        state["search_by"] = linked
    return "search_by"


def _results(store: Store, words: str, *, by_meaning: bool) -> None:
    asked, wanted = st.session_state.setdefault("search_limits", {}), (words, by_meaning)
    if asked.get("words") != wanted:
        st.session_state.search_limits = asked = {"words": wanted}
    most = max((limit for name, limit in asked.items() if name != "words"), default=_FIRST)
    try:
        found = _found(store, words, most, by_meaning=by_meaning)
    except (BadInput, MissingAsset) as error:
        if not by_meaning:
            raise
        st.info(retold(str(error)))
        return
    if found.unindexed:
        st.caption(
            plural(
                found.unindexed,
                "{n} sentence is not indexed yet; kb index does it.",
                "{n} sentences are not indexed yet; kb index does it.",
            )
        )
    if not found.groups:
        st.html(_nothing(words, None if by_meaning else leads(store, words)))
        return
    if found.date:
        st.html(
            f'<p class="kb-count-line">{say("With what happened or was said:")} '
            f"<strong>{escape(human(found.date))}</strong></p>"
        )
    for group in found.groups:
        limit = asked.get(group.name, _FIRST)
        st.html(group_html(group, limit))
        if group.more or len(group.hits) > limit:
            st.button(say(_MORE_OF[group.name]), key=f"more_{group.name}", on_click=_show_more,
                      args=(group.name, min(limit + _MORE, _MOST)))  # fmt: skip


def _found(store: Store, words: str, most: int, *, by_meaning: bool) -> Found:
    if by_meaning:
        return ask.search_by_meaning(store, words, limit=most)
    return ask.search(store, words, when=_date_in(words), limit=most)


def _show_more(name: str, limit: int) -> None:
    st.session_state.search_limits[name] = limit


def group_html(group: Group, limit: int) -> str:
    """The first hits of a group as HTML; every word from the graph is escaped."""
    listed = "".join(f"<li>{_DRAWN.get(hit.kind, _name)(hit)}</li>" for hit in group.hits[:limit])
    return f'<section class="kb-panel kb-hits"><h2>{escape(retold(group.name))}</h2><ul>{listed}</ul></section>'


def _event(hit: Hit) -> str:
    when = escape(human(hit.edtf))
    title = anchor("event", marked(hit.text, *hit.marks), id=hit.id)
    return f"<small>{when}</small><div>{title}{badge(hit.status)}</div>"


def _name(hit: Hit) -> str:
    also = f"<span>{escape(', '.join(hit.aliases[:4]))}</span>" if hit.aliases else ""
    kind = retold("Organisation" if hit.kind == "Organization" else hit.kind)
    name = anchor("name", marked(hit.text, *hit.marks), id=hit.id)
    return f"<small>{escape(kind)}</small><div>{name}{also}</div>"


def _claim(hit: Hit) -> str:
    speaker = hit.speaker
    who = say("unnamed source")
    if speaker:
        who = name_link(speaker.name, speaker.id) if speaker.id else escape(speaker.name)
    said, cue = escape(human(hit.edtf, say("not known when"))), escape(hit.cue or say("said"))
    words = marked(hit.text, *hit.marks)
    return f"<small>{said}</small><div>{who} {cue}: {words}{_where(hit)}</div>"


def _sentence(hit: Hit) -> str:
    told = " · ".join(event_link(event.name, event.id) for event in hit.events[:3])
    events = f"<span>{told}</span>" if told else ""
    published = hit.article.published if hit.article else None
    words = f'<p class="kb-sentence">{marked(hit.text, *hit.marks)}</p>'
    return f"<small>{escape(human(published, say('no date')))}</small><div>{words}{_where(hit)}{events}</div>"


def _article(hit: Hit) -> str:
    publisher = f"<span>{escape(hit.article.publisher)}</span>" if hit.article and hit.article.publisher else ""
    title = anchor("articles", marked(hit.text or hit.id, *hit.marks), article=hit.id)
    return f"<small>{escape(human(hit.edtf, say('no date')))}</small><div>{title}{publisher}</div>"


def _where(hit: Hit) -> str:
    article = hit.article
    if article is None:
        return ""
    at = (hit.start, hit.end) if hit.end else None
    parts = [article_link(article.name, article.id, at), escape(article.publisher)]
    return f"<footer>{' · '.join(part for part in parts if part)}</footer>"


_DRAWN: Mapping[str, Callable[[Hit], str]] = {
    "Event": _event, "Claim": _claim, "Passage": _sentence, "Article": _article,
}  # fmt: skip


def _nothing(words: str, led: Leads | None) -> str:
    """That nothing was found, and what finds something. Arguments: words; led, None where meaning was looked for."""
    if led is None:
        advice = say("No sentence means anything like it. Say it in more words, or look for the words themselves.")
        return f'<section class="kb-empty"><h2>{say("Nothing found")}</h2><p>{advice}</p></section>'
    advice = say(
        "All words have to stand in one sentence, title, claim or name. Leave one out, or end one with * to find all "
        "that begins so:"
    )
    told = f"<p>{advice} <code>negotiat*</code>.</p>"
    if led.nowhere:
        parts = ", ".join(f"“{escape(part.strip(_MARKS))}”" for part in led.nowhere)
        told = f"<p>{say('Nowhere in the graph: {words}.', words=parts)}</p>{told}"
    ways = [link("search", way, q=way) for way in led.ways]
    ways += [link("search", say("Sentences that mean the same"), q=words, by="meaning")] if led.by_meaning else []
    if ways:
        told += f'<p class="kb-ways">{say("This finds something:")} {" · ".join(ways)}</p>'
    return f'<section class="kb-empty"><h2>{say("Nothing found")}</h2>{told}</section>'


def _help() -> None:
    rows = "".join(
        f"<li><small>{escape(what)}</small><div>{link('search', words, q=words)}</div></li>"
        for words, what in zip(
            _EXAMPLES,
            (
                say("both words"),
                say("the words as they follow"),
                say("all that begins so"),
                say("also what happened then"),
            ),
            strict=True,
        )
    )
    st.html(
        f'<section class="kb-panel kb-hits"><ul class="kb-examples">{rows}</ul>'
        f'<p class="kb-hint">{say("{keys} or {key} leads here from every page.", keys=_KEYS, key="<kbd>/</kbd>")}'
        "</p></section>"
    )


def _date_in(words: str) -> tuple[str, Edtf] | None:
    if not any(letter.isdigit() for letter in words):
        return None
    from ingest.reading.asked_dates import asked_date  # noqa: PLC0415 (seconds, which only a date should cost)

    return asked_date(words)


@st.cache_resource(show_spinner=False)
def _warmed(_store: Store) -> bool:
    """While somebody types for the first time, import the reader of dates and let the server load its indexes."""
    threading.Thread(target=warm, args=(_store,), daemon=True).start()
    return True


def warm(store: Store) -> None:
    """Import the reader of dates and let the server load its indexes. Arguments: the store to read."""
    import_module("ingest.reading.asked_dates")
    with suppress(KbError):  # whoever searches is told
        ask.search(store, "the", limit=1)
