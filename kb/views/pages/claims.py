"""Who said what about what: in the order of any clock, by subject, or speakers side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

import streamlit as st

from kb import ask
from kb.ask.claims.choosing import ClaimFilter
from kb.ask.claims.disputes import ClaimLinkRow
from kb.ask.claims.pages import ClaimPage, Speaker
from kb.ask.claims.rows import ClaimRow
from kb.ask.kept.present import Present
from kb.components.mount import fingerprint
from kb.counted import CLAIM_SLOTS
from kb.views.claims import choosing, drawing
from kb.views.claims.choosing import ORDERS, Wanted
from kb.views.connection import graph, present
from kb.views.parts import claim_panel, finding
from kb.views.parts.filters import publish
from kb.views.parts.markup import link, name_link, page_header, speaker_of
from kb.views.parts.starting import nothing_yet
from kb.views.parts.voices import answers_html, voice_html
from kb.words import number, plural, say, within

_PAGE = 40  # claims on a page
_COLUMNS, _EACH = 4, 25  # speakers beside each other, and claims of each
_AT_FIRST = 3  # speakers that are compared while none is chosen
_OFFERED = 12  # speakers on a subject that are offered for comparison


def page() -> None:
    """Draw the claims page; all that it shows stands in its address."""
    st.html(Path(__file__).parent / "reading.css")
    graph()
    now = present()
    total = now.counts.total(CLAIM_SLOTS)
    page_header(
        say("Claims"),
        say("{claims}: who said what, and when they said it", claims=plural(total, "{n} claim", "{n} claims"))
        if total
        else "",
    )
    if not total:
        nothing_yet(say("No claims yet"), say("Claims come with articles."))
        return
    if claim := st.query_params.get("claim"):
        _one(now, claim)
        return
    wanted = choosing.bar(now)
    found = _count(now, wanted.filter)
    _restart(wanted)
    _subject(now, wanted)
    if not found:
        st.caption(say("No claim fits these filters; clear some of them."))
        return
    if wanted.view == "side":
        _side_by_side(now, wanted, found)
    else:
        _page(now, wanted, found)


def _restart(wanted: Wanted) -> None:
    """Other filters begin on the first page; a link begins where its address says."""
    asked = fingerprint(wanted.filter, wanted.order, wanted.newest_first, wanted.view)
    if st.session_state.get("claims_asked", asked) != asked:
        publish(after=None, before=None, at=None)
    st.session_state.claims_asked = asked


def _subject(now: Present, wanted: Wanted) -> None:
    """What is asked about, and who spoke of it, to be compared."""
    about = wanted.filter.event or wanted.filter.about
    if not about:
        return
    name = escape(finding.called(now.store, about))
    told = say("Only claims about {name}", name=f"<strong>{name}</strong>")
    opens = link("event" if wanted.filter.event else "name", say("its page"), id=about)
    st.html(f'<p class="kb-count-line">{told} · {opens}</p>')
    by = _speakers(now, replace(wanted.filter, speaker=None))
    shown = wanted.speakers or (_first_of(by) if wanted.view == "side" else ())
    others = {one.id: f"{one.name} ({number(one.claims)})" for one in by[:_OFFERED] if one.id not in shown}
    if len(by) > 1 and others:
        st.pills(say("Put beside the others"), list(others), format_func=others.__getitem__, key="claims_beside",
                 on_change=_beside, args=(shown,))  # fmt: skip


def _beside(shown: Sequence[str]) -> None:
    chosen = st.session_state.get("claims_beside")
    if chosen:
        choosing.compare([*shown, chosen])


def _first_of(by: Sequence[Speaker]) -> tuple[str, ...]:
    """Those who are compared while nobody is chosen."""
    return tuple(one.id for one in by[:_AT_FIRST])


def _speakers(now: Present, wanted: ClaimFilter) -> Sequence[Speaker]:
    return now.answered(("claims", "speakers", fingerprint(wanted)), lambda g: ask.speakers(g, wanted))


def _count(now: Present, wanted: ClaimFilter) -> int:
    return now.answered(("claims", "count", fingerprint(wanted)), lambda g: ask.count_claims(g, wanted))


def _asked(now: Present, wanted: Wanted, filter: ClaimFilter, limit: int, **edge: str | None) -> ClaimPage:
    key = ("claims", fingerprint(filter, wanted.order, wanted.newest_first, limit, edge))
    return now.answered(key, lambda g: ask.claim_page(g, filter, order=wanted.order, newest_first=wanted.newest_first,
                                                      limit=limit, **edge))  # fmt: skip


def _told(now: Present, rows: Sequence[ClaimRow]) -> drawing.Told:
    key = ("claims", "told", fingerprint([row.id for row in rows]))
    return now.answered(key, lambda g: drawing.told_of(g, rows))


def _page(now: Present, wanted: Wanted, count: int) -> None:
    """One page of the claims, and the ways to the others."""
    query = st.query_params
    found = _asked(now, wanted, wanted.filter, _PAGE, after=query.get("after"), before=query.get("before"))
    if not found.rows:
        st.caption(say("There are no claims here any more."))
        st.button(say("To the first page"), on_click=_turn, args=(None, None, 1))
        return
    at = _number(query.get("at"))
    last = min(at + len(found.rows) - 1, count)
    span = (
        plural(count, "{first} to {last} of {n} claim", "{first} to {last} of {n} claims", first=at, last=last)
        if count > len(found.rows)
        else plural(count, "{n} claim", "{n} claims")
    )
    order = ORDERS[f"{'-' if wanted.newest_first else ''}{wanted.order}"]
    st.html(f'<p class="kb-count-line">{span}, {within(say(order))}</p>')
    told = _told(now, found.rows)
    if wanted.view == "subjects":
        subjects = {one.id: one for row in found.rows for one in (*row.about_events, *row.about_entities)}
        totals = now.answered(("claims", "spoken", fingerprint(sorted(subjects))),
                              lambda g: ask.spoken_of(g, subjects))  # fmt: skip
        drawing.by_subject(found.rows, told, wanted.filter.event, totals)
    else:
        drawing.one_by_one(found.rows, told, wanted.order)
    _turning(found, at)


def _number(at: str | None) -> int:
    return max(1, int(at)) if at and at.isdecimal() else 1


def _turning(found: ClaimPage, at: int) -> None:
    if not (found.before or found.after):
        return
    with st.container(horizontal=True, gap="small", key="claims_turn"):
        st.button(say("First"), on_click=_turn, args=(None, None, 1), disabled=not found.before)
        st.button(say("Previous"), on_click=_turn, args=(None, found.before, at - _PAGE), disabled=not found.before)
        st.button(say("Next"), on_click=_turn, args=(found.after, None, at + len(found.rows)), disabled=not found.after)


def _turn(after: str | None, before: str | None, at: int) -> None:
    publish(after=after, before=before, at=at if at > 1 else None)


def _side_by_side(now: Present, wanted: Wanted, count: int) -> None:
    """What speakers said, each in a column, in one order."""
    chosen = wanted.speakers[:_COLUMNS] or _first_of(_speakers(now, wanted.filter))
    if not chosen:
        st.caption(say("Nobody is named as the speaker of these claims; look at them one by one."))
        return
    note = "" if wanted.speakers else f"; {say('the speakers of most claims stand here: choose others under Speakers')}"
    st.html(f'<p class="kb-count-line">{plural(count, "{n} claim", "{n} claims")}{note}</p>')
    for column, (place, id) in enumerate(zip(st.columns(len(chosen), gap="large"), chosen, strict=True)):
        own = replace(wanted.filter, speaker=(id,))
        found = _asked(now, wanted, own, _EACH)
        total = _count(now, own)
        with place:
            name = name_link(finding.called(now.store, id), id)
            drawing.column(name, count_of(len(found.rows), total), found.rows, _told(now, found.rows), column)
            if total > len(found.rows):
                st.button(say("All {total}, one by one", total=total), key=f"all_of_{column}", on_click=choosing.only,
                          kwargs={"speaker": id, "view": "list"})  # fmt: skip


def count_of(shown: int, total: int) -> str:
    """How many claims are shown, of how many."""
    if shown == total:
        return plural(total, "{n} claim", "{n} claims")
    return plural(total, "{shown} of {n} claim", "{shown} of {n} claims", shown=shown)


def _one(now: Present, id: str) -> None:
    """One claim with all that answers it, in the order of saying."""
    st.html(f'<p class="kb-ways">{link("claims", say("All claims"))}</p>')
    id = ask.canonical(now.store, id)
    left, right = st.columns([1, 1.4], gap="large")
    with left, st.container(key="claim_alone"):
        if not claim_panel.show(now.store, id):
            return
    links = ask.links_of_claims(now, [id])
    with right:
        st.html(answering_html(id, links, ask.first_to_say(now, [id]).get(id)))


def answering_html(id: str, links: Sequence[ClaimLinkRow], first: ClaimRow | None) -> str:
    """What others say to a claim, in the order of saying, as HTML; every word from the graph is escaped.

    Arguments: its id; its links; the first of all that say the same, None where nobody else says it.
    """
    if not links:
        return (
            f'<section class="kb-panel"><h2>{say("Nobody answers it")}</h2><p class="kb-hint">'
            f"{say('No claim repeats, supports or contradicts it, as far as the graph can tell.')}</p>"
            "</section>"
        )
    others = {(other.said or "9", other.id): (other, link) for link in links
              for other in (link.start, link.end) if other.id != id}  # fmt: skip
    voices = "".join(voice_html(other, None, "", answers_html(other, [link])) for _, (other, link) in sorted(
        others.items(), key=lambda item: item[0]))  # fmt: skip
    told = ""
    if first is not None:
        who = (
            say("this speaker was the first") if first.id == id else say("{name} was the first", name=speaker_of(first))
        )
        told = f'<p class="kb-hint">{say("Of all that say the same, {who}.", who=escape(who))}</p>'
    return f'<section class="kb-panel kb-answers"><h2>{say("What answers it")}</h2>{told}{voices}</section>'
