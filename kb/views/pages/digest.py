"""The story in few days: each with its best sentences, the article and the events behind them, in chapters or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from kb import ask
from kb.ask.kept.present import Present
from kb.ask.timeline import Facets
from kb.components.mount import fingerprint
from kb.digest import formats
from kb.digest.chapters import chapters
from kb.digest.material import Day, Digest, Entry
from kb.store import Store
from kb.views.connection import graph, present
from kb.views.parts import downloads
from kb.views.parts.filters import date_rule, entity, fold, follow, in_order, publish, remember
from kb.views.parts.markup import article_link, event_link, page_header
from kb.views.parts.starting import nothing_yet
from kb.words import human, plural, retold, say, sense

_KEYS = "digest_"  # what the keys of this page’s widgets begin with
_MOST_DAYS, _MOST_SENTENCES = 60, 5
_DAYS, _SENTENCES = 15, 2
_FILTERS = ("entity", "place", "from", "to", "days", "sentences", "chapters")


def page() -> None:
    """Draw the digest. What it tells stands in the address: `?entity=`, `?place=`, `?from=`, `?days=` and so on."""
    st.html(Path(__file__).parent / "reading.css")
    store = graph()
    follow(store, ("entity", "place"), _KEYS)
    now = present()
    overview, known = now.answered("opening", ask.opening)
    page_header(say("Digest"), say("The days that matter most, in the articles’ own words") if overview.events else "")
    if not overview.events:
        nothing_yet(say("No story yet"), say("The story comes with articles."))
        return
    wanted, days, sentences, parted = _bar(store, known)
    with st.spinner(say("Choosing days and sentences …")):
        whole = _digest(now, **wanted)
    found = whole.best(days, sentences)
    if not found.days:
        st.caption(say("No article says anything of a day that fits; clear some of the filters."))
        return
    st.html(f'<p class="kb-count-line">{_count_line(found)}</p>')
    st.html(_story(found, parted))
    _downloads(found, parted)
    named = {"entity": st.query_params.get("entity"), "place": st.query_params.get("place")}
    span = {"earliest": wanted["earliest"], "latest": wanted["latest"]}
    downloads.offer(store, found.about, {**named, **span}, key="digest_events", label=say("Download its events"))


def _bar(store: Store, facets: Facets) -> tuple[dict[str, Any], int, int, bool]:
    """Draw the filters. Returns: what the story is asked for, how many days and sentences, whether in chapters."""
    fold(_FILTERS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="digest_filters"):
        who = entity(store, say("About"), "entity", facets.who, say("Everything"), _KEYS)
        where = entity(store, say("Where"), "place", facets.places, say("Anywhere"), _KEYS)
        first = st.text_input(
            sense("from a day", "From"),
            key=remember("from", "", _KEYS),
            placeholder=say("2022 or 2022-02-24"),
            validate=date_rule(),
        )
        last = st.text_input(
            sense("until a day", "To"),
            key=remember("to", "", _KEYS),
            placeholder=say("2024 or 2024-02-16"),
            validate=date_rule(),
        )
        days = st.number_input(say("Days"), 1, _MOST_DAYS, key=_number("days", _DAYS, _MOST_DAYS))
        sentences = st.number_input(
            say("Sentences"), 1, _MOST_SENTENCES, key=_number("sentences", _SENTENCES, _MOST_SENTENCES)
        )
        st.session_state.setdefault("digest_chapters", st.query_params.get("chapters") == "1")
        parted = st.toggle(say("Chapters"), key="digest_chapters")
    publish(entity=who, place=where, chapters="1" if parted else "", days=days if days != _DAYS else "",
            sentences=sentences if sentences != _SENTENCES else "", **{"from": first, "to": last})  # fmt: skip
    about = tuple(each for each in (who, where) if each)
    in_order(first, f"{last}-99"[:10] if last else None)
    wanted = {"about": about, "earliest": first or None, "latest": f"{last}-99"[:10] if last else None}
    return wanted, int(days), int(sentences), parted


def _number(name: str, default: int, most: int) -> str:
    """The key of a number whose first value comes from the address, where that is one."""
    key = f"digest_{name}"
    if key not in st.session_state:
        linked = st.query_params.get(name, "")
        st.session_state[key] = min(max(int(linked), 1), most) if linked.isdecimal() else default
    return key


def _count_line(found: Digest) -> str:
    first, last = human(found.days[0].date), human(found.days[-1].date)
    days = plural(len(found.days), "{n} day", "{n} days")
    span = first if first == last else say("{first} to {last}", first=first, last=last)
    return escape(
        say(
            "{days} from {articles}, {span}",
            days=days,
            articles=plural(found.articles, "{n} article", "{n} articles"),
            span=span,
        )
    )


def _story(found: Digest, parted: bool) -> str:
    if not parted:
        return f'<div class="kb-panel kb-digest">{_days(found.days, 2)}</div>'
    parts = (
        f"<section><h2>{escape(_heading(one.heading))}</h2>{_days(one.days, 3)}</section>" for one in chapters(found)
    )
    return f'<div class="kb-panel kb-digest">{"".join(parts)}</div>'


def _heading(words: str) -> str:
    """The heading of a chapter, its days in the reader's words; what follows is the articles'."""
    when, colon, told = words.partition(": ")
    return retold(when) + colon + told


def _days(days: Sequence[Day], level: int) -> str:
    return "".join(
        f"<article><h{level}>{escape(human(day.date))}</h{level}>"
        f"<div>{''.join(map(_entry, day.entries))}</div></article>"
        for day in days
    )


def _entry(entry: Entry) -> str:
    article = entry.article
    source = [article_link(article.name, article.id), escape(article.publisher),
              escape(human(article.published)) if article.published else ""]  # fmt: skip
    events = [event_link(event.title, event.id) for event in entry.events[: formats.MOST_EVENTS]]
    told = f"<small>{' · '.join(events)}</small>" if events else ""
    return (
        f'<blockquote class="kb-quote"><p>{escape(entry.text)}</p>'
        f"<footer>{', '.join(part for part in source if part)}{told}</footer></blockquote>"
    )


def _downloads(found: Digest, parted: bool) -> None:
    makers: tuple[tuple[str, str, str, Callable[[], str]], ...] = (
        ("Markdown", "story.md", "text/markdown", lambda: formats.markdown(found, chapters=parted)),
        ("TimelineJS", "story.json", "application/json", lambda: formats.timelinejs(found)),
    )
    with st.container(horizontal=True, gap="small", key="digest_downloads"):
        for name, file, kind, make in makers:
            st.download_button(
                say("Download as {form}", form=name), make(), file, kind, key=f"digest_{name}", on_click="ignore"
            )


def _digest(now: Present, **wanted: Any) -> Digest:
    return now.answered(("digest", fingerprint(wanted)), lambda graph: ask.digest(graph, most=_MOST_DAYS, **wanted))
