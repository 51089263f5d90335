"""The page of one person, organisation, place or thing: their timeline, words, company, names and articles."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from kb.ask.claims import ClaimRow
from kb.ask.dossier import NameDossier, name_dossier
from kb.ask.dossier.names import Companion, Told, Wording
from kb.ask.rows import ArticleRow
from kb.ask.words import as_said
from kb.store import Store
from kb.views.connection import graph
from kb.views.parts import entity_card
from kb.views.parts.decided import decided_html
from kb.views.parts.filters import follow
from kb.views.parts.markup import (
    article_link,
    badge,
    empty_state,
    event_link,
    link,
    name_link,
    page_header,
    speaker_of,
    tab,
    title_of,
)
from kb.words import human, number, plural, say

_EVENTS, _CLAIMS, _MORE = 60, 12, 200  # shown at first, and more at a time
_COMPANY, _WORDINGS, _ARTICLES = 12, 20, 25


def page() -> None:
    """Draw the page of the name that `?id=` names."""
    store = graph()
    follow(store, ("id",))
    id = st.query_params.get("id")
    if not id:
        page_header(say("Name"), "")
        empty_state(
            say("Nobody is named"), say("Choose a name on any page or in the search; its address then names it.")
        )
        return
    events, said = _limits(id)
    found = name_dossier(store, id, events=events, said=said)
    tab(found.card.name if found else say("No such name"))
    left, right = st.columns([1.75, 1], gap="large")
    with left, st.container(key="name_page"):
        entity_card.show(store, id, alone=True)
    if found:
        with left:
            st.html(_ways(found) + timeline_html(found))
            if found.every > len(found.events):
                st.button(
                    say("Show more events ({left} left)", left=found.every - len(found.events)),
                    key="more_events",
                    on_click=_show_more,
                    args=("events", events + _MORE),
                )
            _voices(store, found, said)
        with right:
            st.html(aside_html(found))


def _limits(id: str) -> tuple[int, int]:
    """How many events and claims are read; of another name as at first."""
    asked = st.session_state.setdefault("name_limits", {"id": id})
    if asked["id"] != id:
        st.session_state.name_limits = asked = {"id": id}
    return asked.get("events", _EVENTS), asked.get("claims", _CLAIMS)


def _show_more(name: str, limit: int) -> None:
    st.session_state.name_limits[name] = limit


def _ways(found: NameDossier) -> str:
    id = found.card.id
    ways: tuple[str, ...]
    ways = (
        link("", say("On the timeline"), entity=id),
        link("network", say("In the network"), entity=id),
        link("digest", say("The story in few days"), entity=id),
        link("claims", say("All claims"), speaker=id),
    )
    if found.card.kind == "Place":
        ways = (*ways, link("map", say("On the map"), place=id))
    return f'<p class="kb-ways">{" · ".join(ways)}</p>'


def timeline_html(found: NameDossier) -> str:
    """The events of a name in the order of time, as HTML; every word from the graph is escaped."""
    if not found.events:
        return (
            f'<section class="kb-panel kb-hits"><h2>{say("Timeline")}</h2><p class="kb-hint">'
            f"{say('No dated event.')}</p></section>"
        )
    listed = "".join(
        f"<li><small>{escape(human(row.edtf))}</small>"
        f"<div>{event_link(title_of(row), row.id)}{badge(row.status)}</div></li>"
        for row in found.events
    )
    dated = plural(found.every, "{n} dated event", "{n} dated events")  # the card above counts the others too
    of = (
        plural(
            found.every,
            "the {shown} most important of {n} dated event",
            "the {shown} most important of {n} dated events",
            shown=len(found.events),
        )
        if found.every > len(found.events)
        else dated
    )
    return (
        f'<section class="kb-panel kb-hits"><h2>{say("Timeline")} <small>{of}</small></h2><ul>{listed}</ul></section>'
    )


def _voices(store: Store, found: NameDossier, limit: int) -> None:
    sides = [
        (
            say("What they said") if found.card.kind in ("Person", "Organization") else say("Said by it"),
            found.said,
            False,
        ),
        (say("What was said of them"), found.said_of, True),
    ]
    shown = [side for side in sides if side[1]]
    if not shown:
        return
    for column, (title, claims, of_others) in zip(st.columns(len(shown), gap="large"), shown, strict=True):
        column.html(claims_html(title, claims, of_others))
    if max(len(side[1]) for side in shown) >= limit:
        st.button(say("Show more claims"), key="more_claims", on_click=_show_more, args=("claims", limit + _MORE))


def claims_html(title: str, claims: Sequence[ClaimRow], speakers: bool) -> str:
    """Claims in the order of saying, as HTML. Arguments: title; claims; speakers, whether to say who speaks."""
    told = "".join(_claim(claim, speakers) for claim in claims)
    return f'<section class="kb-panel"><h2>{escape(title)}</h2>{told}</section>'


def _claim(claim: ClaimRow, speakers: bool) -> str:
    who = ""
    if speakers:
        name = name_link(claim.speaker_name, claim.speaker.id) if claim.speaker else escape(speaker_of(claim))
        who = f"{name} · "
    about = ", ".join(event_link(event.name, event.id) for event in claim.about_events[:2])
    also = f" · {say('about {told}', told=about)}" if about else ""
    words = escape(as_said(claim.text, direct=claim.direct))
    said = f"{escape(claim.cue)}, {escape(human(claim.said, say('not known when')))}"
    where = article_link(claim.article.name, claim.article.id)
    return (
        f'<blockquote class="kb-quote kb-claim"><p>{words}</p><footer>{who}{said} · {where}{also}</footer></blockquote>'
    )


def aside_html(found: NameDossier) -> str:
    """With whom, under which names and in which articles, as HTML; every word from the graph is escaped."""
    parts = (_company(found), _wordings(found), _articles(found), decided_html(found.decided))
    return f'<aside class="kb-panel kb-around" aria-label="{say("Around it")}">{"".join(parts)}</aside>'


def _company(found: NameDossier) -> str:
    if not found.company:
        return ""
    listed = "".join(_companion(one, found.sentences) for one in found.company[:_COMPANY])
    return f"<h2>{say('With whom and where')}</h2><ul>{listed}</ul>"


def _companion(one: Companion, told: dict[str, Told]) -> str:
    shared = "".join(_shared(event_link(e.name, e.id), human(e.edtf), told.get(e.id)) for e in one.shared)
    return (
        f"<li>{name_link(one.name, one.id)}<details><summary>"
        f"{plural(one.events, '{n} event together', '{n} events together')}</summary>"
        f"{shared}</details></li>"
    )


def _shared(title: str, when: str, told: Told | None) -> str:
    sentence = f"{escape(told.text)} <small>{article_link(told.article.name, told.article.id)}</small>" if told else ""
    return f"<p>{title} <small>{escape(when)}</small><br>{sentence}</p>"


def _wordings(found: NameDossier) -> str:
    if not found.wordings:
        return ""
    listed = "".join(_wording(one) for one in found.wordings[:_WORDINGS])
    return f"<h2>{say('Called')}</h2><ul>{listed}</ul>"


def _wording(one: Wording) -> str:
    times, articles = plural(one.times, "{n} time", "{n} times"), plural(one.articles, "{n} article", "{n} articles")
    return (
        f"<li>{escape(one.wording)} <small>{say('{times} in {articles}', times=times, articles=articles)}</small>"
        f"<details><summary>{say('Where')}</summary><p>{escape(one.text)} "
        f"<small>{article_link(say('the article'), one.article)}</small></p></details></li>"
    )


def _articles(found: NameDossier) -> str:
    if not found.articles:
        return ""
    listed = "".join(
        f"<li>{article_link(one.article.name, one.article.id)} <small>{_published(one.article)}</small></li>"
        for one in found.articles[:_ARTICLES]
    )
    more = found.card.articles - _ARTICLES
    rest = (
        (f'<p class="kb-hint">{plural(more, "and {n} more article", "and {n} more articles")}</p>') if more > 0 else ""
    )
    return f"<h2>{say('Articles')} <small>{number(found.card.articles)}</small></h2><ul>{listed}</ul>{rest}"


def _published(article: ArticleRow) -> str:
    return escape(" · ".join(part for part in (article.publisher, human(article.published, say("no date"))) if part))
