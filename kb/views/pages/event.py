"""The page of one event: its panel with room, what came before and after it, who says who took part, decisions."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

import streamlit as st

from kb.ask.dossier import EventDossier, event_dossier
from kb.ask.dossier.events import Ordered
from kb.ask.event import EventDetail
from kb.views.connection import graph
from kb.views.parts import event_panel
from kb.views.parts.decided import decided_html
from kb.views.parts.filters import follow
from kb.views.parts.markup import (
    article_link,
    empty_state,
    event_link,
    link,
    name_link,
    page_header,
    role_word,
    tab,
)
from kb.words import human, plural, say

_SHOWN = 20  # what is before or after, or says so, told one by one


def page() -> None:
    """Draw the page of the event that `?id=` names."""
    store = graph()
    follow(store, ("id",))
    id = st.query_params.get("id")
    if not id:
        page_header(say("Event"), "")
        empty_state(
            say("No event is named"), say("Choose one on the timeline or in the search; its address then names it.")
        )
        return
    left, right = st.columns([1.75, 1], gap="large")
    with left, st.container(key="event_page"):
        detail = event_panel.show(store, id, alone=True)
    tab(detail.event.title if detail else say("No such event"))
    if detail:
        with right:
            st.html(around_html(detail, event_dossier(store, detail.event.id)))


def around_html(detail: EventDetail, found: EventDossier) -> str:
    """What stands around an event as HTML; every word from the graph is escaped."""
    id = detail.event.id
    ways = (link("", say("On the timeline"), event=id), link("network", say("In the network"), event=id),
            link("claims", say("Claims about it"), event=id))  # fmt: skip
    before = [one for one in found.ordered if one.kind == "BEFORE" and one.first]
    after = [one for one in found.ordered if one.kind == "BEFORE" and not one.first]
    within = [one for one in found.ordered if one.kind == "DURING"]
    parts = (f'<p class="kb-ways">{" · ".join(ways)}</p>', _ordered(say("Before it, as told"), before),
             _ordered(say("After it, as told"), after), _ordered(say("At its time, as told"), within),
             _who(detail, found), decided_html(found.decided))  # fmt: skip
    return f'<aside class="kb-panel kb-around" aria-label="{say("Around it")}">{"".join(parts)}</aside>'


def _ordered(title: str, rows: Sequence[Ordered]) -> str:
    if not rows:
        return ""
    listed = "".join(
        f"<li>{event_link(one.title, one.id)} <small>{escape(human(one.edtf))}</small>"
        f"<details><summary>“{escape(one.cue)}”</summary><p>{escape(one.sentence)} "
        f"<small>{article_link(one.article.name, one.article.id)}</small></p></details></li>"
        for one in {one.id: one for one in reversed(rows)}.values()
    )
    return f"<h2>{escape(title)}</h2><ul>{listed}</ul>"


def _who(detail: EventDetail, found: EventDossier) -> str:
    """Each who took part, with the articles that say so."""
    names = {one.id: one.name for one in detail.participants}
    rows = sorted((each for each in found.says_so if each.entity in names), key=lambda each: (each.entity, each.role))
    listed = []
    for (entity, role), group in groupby(rows, key=lambda each: (each.entity, each.role)):
        articles = [each.article for each in group]
        told = ", ".join(article_link(one.name, one.id) for one in articles[:_SHOWN])
        listed.append(
            f"<li>{name_link(names[entity], entity)} <small>{escape(role_word(role))}</small>"
            f"<details><summary>{plural(len(articles), '{n} article', '{n} articles')}</summary>"
            f"<p>{told}</p></details></li>"
        )
    return f"<h2>{say('Who says who took part')}</h2><ul>{''.join(listed)}</ul>" if listed else ""
