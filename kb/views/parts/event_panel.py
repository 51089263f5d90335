"""The panel of one event: what, when and how that is known, who, and every sentence behind it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

import streamlit as st

from kb import ask
from kb.ask.claims.disputes import ClaimDisputes
from kb.ask.dossier import date_reason
from kb.ask.event import EventDetail, Participant, Related, Report
from kb.ask.why import Reason
from kb.checks import Doubt
from kb.store import Store
from kb.views.correcting import correction, deciding, parties
from kb.views.parts import tellings
from kb.views.parts.event_said import UNDISPUTED, draw_said, said_html, said_of, show_more
from kb.views.parts.event_told import event_told
from kb.views.parts.markup import (
    article_link,
    badge,
    event_link,
    link,
    marked,
    name_link,
    published_words,
    role_word,
    status_word,
    sure,
    type_word,
)
from kb.words import human, mark, number, plural, retold, say

_SENTENCES = 20  # sentences shown at once
_PARTS = 12  # parts shown at once
_PRECISION = {
    "day": mark("to the day"),
    "month": mark("to the month"),
    "season": mark("to the season"),
    "quarter": mark("to the quarter"),
    "year": mark("to the year"),
    "decade": mark("to the decade"),
    "century": mark("to the century"),
    "interval": mark("a span of time"),
    "open": mark("open-ended"),
    "unknown": mark("without a year"),
}


def show(store: Store, event: str, *, alone: bool = False) -> EventDetail | None:
    """Draw the panel of an event. Returns: the event, None where there is none of this id. Raises: StoreError.

    Arguments: the store to read; its id; alone, on a page of its own, with room for two columns.
    """
    told = event_told(store, event)
    detail = told.detail
    if detail is None:
        level = "h1" if alone else "h2"  # a page has one of the first
        gone = say(
            "The link names an event that the graph does not hold, or no longer holds. Where a human said so, "
            "{decided} tell it.",
            decided=link("review", say("the decisions"), show="decisions"),
        )
        st.html(f'<section class="kb-empty"><{level}>{say("No such event")}</{level}><p>{gone}</p></section>')
        return None
    # Why this date was chosen stands beside it already.
    derivations = [r for r in told.reasons if not detail.date_rule or not r.line.startswith(detail.date_rule)]
    st.html(head(detail, derivations, told.doubts, alone=alone))
    _actions(store, detail)
    _draw_behind(detail, told.disputes, alone=alone)
    tellings.draw(event, told.merged)
    return detail


def show_past(store: ask.Graph, event: str) -> None:
    """Draw the panel of an event as it was recorded then: nothing of it can be changed. Raises: StoreError."""
    detail = ask.event(store, event)
    if detail is None:
        st.html(
            f'<section class="kb-empty"><h2>{say("Not recorded then")}</h2><p>'
            f"{say('No article had told of this event by that day.')}</p></section>"
        )
        return
    st.html(head(detail))
    st.html(behind(detail))


def head(
    detail: EventDetail, reasons: Sequence[Reason] = (), doubts: Sequence[Doubt] = (), *, alone: bool = False
) -> str:
    """What, when and who, as HTML; every word from the graph is escaped.

    Arguments: the event; why it has its date; what is impossible about it; alone, on the page to which the title of a
    panel leads.
    """
    row = detail.event
    # A panel has its title at the second level; on a page the second is there for those who go by headings.
    first = f'<h1>{escape(row.title)}</h1><h2 class="kb-unseen">{say("What is told of it")}</h2>'
    title = first if alone else f"<h2>{event_link(row.title, row.id)}</h2>"
    parts = [
        f'<p class="kb-kicker">{escape(type_word(row.type))}{badge(row.status)}</p>',
        title,
        f'<p class="kb-when"><strong>{escape(human(row.edtf))}</strong>{_doubt(row.doubt)}'
        f"{_exactness(row.precision, row.edtf)}</p>",
        f'<p class="kb-hint">{escape(retold(detail.bounds))}</p>' if detail.bounds else "",
        _date_rule(detail),
        f'<p class="kb-hint">{_support(detail)}</p>' if detail.reports else "",
        _impossible(doubts),
        _disputed(detail),
        _derivations(reasons),
        _figures(detail),
        _setting(detail),
        _parts(detail),
    ]
    return f'<article class="kb-panel" aria-label="{say("Event")}">{"".join(parts)}</article>'


def behind(detail: EventDetail, disputes: ClaimDisputes = UNDISPUTED) -> str:
    """The sentences and claims that stand behind an event, as HTML; every word from the graph is escaped.

    Arguments: the event; what was claimed for and against it, shown apart where something was claimed against it.
    """
    first, rest = said_of(detail, disputes)
    parts = (*map(said_html, first), _reports(detail.reports), *map(said_html, rest))
    return f'<section class="kb-panel" aria-label="{say("Sentences and claims")}">{"".join(parts)}</section>'


def _draw_behind(detail: EventDetail, disputes: ClaimDisputes, *, alone: bool) -> None:
    """What `behind` tells, each claim with a way to reject it; rival claims side by side where there is room."""
    first, rest = said_of(detail, disputes)
    with st.container(key="behind", gap=None):
        sides = st.columns(len(first), gap="large") if alone and first else [st.container() for _ in first]
        for side, said in zip(sides, first, strict=True):
            with side:
                draw_said(said)
        _draw_reports(detail.reports)
        for said in rest:
            draw_said(said)


def _draw_reports(reports: Sequence[Report]) -> None:
    limit = st.session_state.get("limit_sentences", _SENTENCES)
    st.html(f'<section class="kb-panel" aria-label="{say("Sentences")}">{_reports(reports, limit)}</section>')
    left = len(_by_sentence(reports)) - limit
    if left > 0:
        st.button(say("Show more ({left} left)", left=left), key="more_sentences", on_click=show_more,
                  args=("limit_sentences", limit + _SENTENCES))  # fmt: skip


def _actions(store: Store, detail: EventDetail) -> None:
    """What a human can say of the event."""
    row = detail.event
    with st.container(horizontal=True, gap="small", key="panel_actions"):
        correction.offer(store, row.id, "edtf", row.edtf)
        if st.button(say("Edit"), key="event_edit", type="tertiary", help=say("Its title, type or status")):
            deciding.ask_edit(row.id, {"title": row.title, "type": row.type, "status": row.status})
        if st.button(
            say("Who and where"), key="event_who", type="tertiary", help=say("Who took part, and where it was")
        ):
            parties.ask(store, detail)
        if st.button(
            say("Same as…"), key="event_same", type="tertiary", help=say("Say that another one is this event")
        ):
            deciding.ask_same(store, row.id, row.title)
        if st.button(say("Not an event"), key="event_reject", type="tertiary", help=say("Show it no more")):
            deciding.confirm(say("This is no event"), lambda decide, writer: decide.reject(writer, row.id))


def _doubt(words: str) -> str:
    return f'<span class="kb-badge">{escape(retold(words))}</span>' if words else ""


def _exactness(precision: str | None, edtf: str | None) -> str:
    if not edtf:
        return ""
    words = say(_PRECISION.get(precision or "", ""))
    return f"<span>{escape(words)} <code>{escape(edtf)}</code></span>"


def _impossible(doubts: Sequence[Doubt]) -> str:
    """What contradicts something, with the page that shows the sentences."""
    notes = (
        f"{escape(retold(doubt.says))}. {link('review', say('See the sentences'), kind=doubt.kind)}" for doubt in doubts
    )
    return "".join(f'<p class="kb-note"><strong>{say("This cannot be.")}</strong> {note}</p>' for note in notes)


def _articles(detail: EventDetail) -> int:
    return len({report.article.id for report in detail.reports})


def _support(detail: EventDetail) -> str:
    """How much stands behind an event, in words."""
    row, articles = detail.event, _articles(detail)
    told = say(
        "{sentences} in {articles}",
        sentences=plural(len(_by_sentence(detail.reports)), "{n} sentence", "{n} sentences"),
        articles=plural(articles, "{n} article", "{n} articles"),
    )
    rule = row.importance_rule or ""
    weight = (
        "" if rule.startswith("told on one day") or rule in ("", "told by one source") else f"; {escape(retold(rule))}"
    )
    return (
        told if articles < 2 else f"{told}, {plural(row.sources, '{n} independent source', '{n} independent sources')}"
    ) + weight


def _date_rule(detail: EventDetail) -> str:
    reason = date_reason(detail)
    return f'<p class="kb-hint">{escape(retold(reason))}</p>' if reason else ""


def _disputed(detail: EventDetail) -> str:
    """The dates that exclude each other, each with the sentences that give it."""
    dates = detail.rival_dates
    if len(dates) < 2:
        return ""
    chips = "".join(_rival(detail, date) for date in dates)
    return (
        f'<div class="kb-note"><p>{say("The reports give different dates:")}</p>'
        f'<div class="kb-rival-dates">{chips}</div></div>'
    )


def _rival(detail: EventDetail, date: str) -> str:
    reports = [report for report in detail.reports if report.edtf == date]
    shown = f", {say('shown')}" if date == detail.event.edtf else ""
    sentences = _by_sentence(reports)
    count = f"<small>{plural(len(sentences), '{n} sentence', '{n} sentences')}{shown}</small>"
    told = "".join(_quote(each, "") for each in sentences)
    return f"<details><summary><strong>{escape(human(date))}</strong> {count}</summary>{told}</details>"


def _figures(detail: EventDetail) -> str:
    """How many dead, injured, arrested its reports count, and when each figure was first published."""
    rows = "".join(f"<div><dt>{escape(retold(kind.capitalize()))}</dt><dd>{_counted(told)}</dd></div>"
                   for kind, told in sorted(detail.figures.items()))  # fmt: skip
    return f'<h3>{say("Figures told")}</h3><dl class="kb-facts">{rows}</dl>' if rows else ""


def _counted(told: Sequence[tuple[int, Sequence[Report]]]) -> str:
    parts = []
    for value, reports in told:
        first = reports[0].article
        when = human(first.published) if first.published else say("publication date unknown")
        more = (
            f", {plural(len({r.article.id for r in reports}), '{n} article', '{n} articles')}"
            if len(reports) > 1
            else ""
        )
        parts.append(f"{link('article', number(value), article=first.id)} <small>{escape(when)}{more}</small>")
    return f", {say('then')} ".join(parts)


def _derivations(reasons: Sequence[Reason]) -> str:
    if not reasons:
        return ""
    # Several sentences often reach the same date in the same way: say it once.
    lines = dict.fromkeys((reason.depth, reason.line) for reason in reasons)
    shown = "".join(f'<li style="--depth: {depth}">{_steps(line)}</li>' for depth, line in lines)
    return f'<h3>{say("How the date was reached")}</h3><ul class="kb-why">{shown}</ul>'


def _steps(line: str) -> str:
    *steps, last = line.split(" → ")
    value, comma, rivals = last.partition(", rather than ")
    rest = f", {say('rather than {dates}', dates=escape(retold(rivals)))}" if comma else ""
    shown = (*(escape(retold(step)) for step in steps), f"<strong>{escape(retold(value))}</strong>{rest}")
    return " <span>→</span> ".join(shown)


def _setting(detail: EventDetail) -> str:
    rows = []
    places = {place.id for place in detail.places}
    who = sorted((one for one in detail.participants if one.role != "location" or one.id not in places),
                 key=lambda one: one.role)  # fmt: skip
    for role, group in groupby(who, key=lambda one: one.role):
        people = ", ".join(_participant(one, _articles(detail)) for one in group)
        rows.append((role_word(role).capitalize(), people))
    if detail.places:
        rows.append((say("Place"), ", ".join(name_link(place.name, place.id) for place in detail.places)))
    if detail.part_of:
        rows.append((say("Part of"), ", ".join(map(_whole, detail.part_of))))
    if not rows:
        return ""
    listed = "".join(f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in rows)
    return f'<h3>{say("Who and where")}</h3><dl class="kb-facts">{listed}</dl>'


def _whole(whole: Related) -> str:
    reason = f" <small>{escape(retold(whole.reason))}</small>" if whole.reason else ""
    return event_link(whole.title, whole.id) + reason


def _parts(detail: EventDetail) -> str:
    """The parts of a war, a siege, talks: the most important, and the way to all of them."""
    if not detail.parts:
        return ""
    shown = sorted(detail.parts[:_PARTS], key=lambda part: (part.edtf or "9999", part.id))
    listed = "".join(
        f"<li>{event_link(part.title, part.id)} <small>{escape(human(part.edtf))}</small></li>" for part in shown
    )
    every = link("", say("All on the timeline"), part_of=detail.event.id)
    return (
        f"<h3>{say('Its parts')} <small>{len(detail.parts)}</small></h3>"
        f'<ul class="kb-parts">{listed}</ul><p>{every}</p>'
    )


def _participant(one: Participant, articles: int) -> str:
    """Who took part, and how many articles say so when not all do."""
    some = (
        (f" <small>{plural(articles, '{some} of {n} article', '{some} of {n} articles', some=one.articles)}</small>")
        if one.articles < articles
        else ""
    )
    return name_link(one.name, one.id) + some


def _reports(reports: Sequence[Report], limit: int | None = None) -> str:
    if not reports:
        return ""
    sentences = _by_sentence(reports)
    shown = "".join(_quote(each, _gives(each)) for each in sentences[:limit])
    return (
        f"<h3>{say('Where it is written')} <small>"
        f"{plural(len(sentences), '{n} sentence', '{n} sentences')}</small></h3>{shown}"
    )


def _by_sentence(reports: Sequence[Report]) -> list[list[Report]]:
    """The reports, those of one sentence together: it may name an event twice."""
    found: dict[tuple[str, str], list[Report]] = {}
    for report in reports:
        found.setdefault((report.article.id, report.passage_id), []).append(report)
    return list(found.values())


def _gives(reports: Sequence[Report]) -> str:
    """What a sentence says of the event, and how sure that is: once for each date and status, the surest."""
    surest: dict[str, float] = {}
    for report in reports:
        told = ", ".join(
            word for word in (human(report.edtf) if report.edtf else "", status_word(report.status)) if word
        )
        surest[told] = max(report.confidence, surest.get(told, 0.0))
    if len(surest) > 1:
        surest.pop("", None)
    parts = [
        say("gives {told}; {sure}", told=told, sure=sure(how)) if told else sure(how) for told, how in surest.items()
    ]
    return f'<span class="kb-gives">{escape(" · ".join(parts))}</span>'


def _quote(reports: Sequence[Report], says: str) -> str:
    """A sentence with all its words for the event marked."""
    report = reports[0]
    article = report.article
    source = [article_link(article.name, article.id)]
    if article.publisher:
        source.append(escape(article.publisher))
    source.append(published_words(article.published))
    text = marked(report.text, *((each.start, each.end) for each in reports))
    return f'<blockquote class="kb-quote"><p>{text}</p><footer>{" · ".join(source)}{says}</footer></blockquote>'
