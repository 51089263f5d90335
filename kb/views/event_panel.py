"""The panel of one event: what, when and how that is known, who, and every sentence behind it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

import streamlit as st

from kb import checks, queries
from kb.checks import Doubt
from kb.errors import CircularAnchor
from kb.query_rows import ClaimRow, EventDetail, Report, human, sure
from kb.store import Store
from kb.views import correction
from kb.views.markup import badge, link, marked, plural, status_word, type_word
from kb.why import Reason, why

_PRECISION = {
    "day": "to the day", "month": "to the month", "season": "to the season", "quarter": "to the quarter",
    "year": "to the year", "decade": "to the decade", "century": "to the century", "interval": "a span of time",
    "open": "open-ended", "unknown": "without a year",
}  # fmt: skip


def show(store: Store, event: str) -> bool:
    """Draw the panel of an event. Returns: whether there is such an event. Raises: StoreError."""
    detail = queries.event(store, event)
    if detail is None:
        st.html('<section class="kb-empty"><h2>No such event</h2><p>The link names an event that the graph does not '
                "hold, or no longer holds.</p></section>")  # fmt: skip
        return False
    try:
        reasons = why(store, event)
    except CircularAnchor as error:
        reasons = [Reason(0, str(error))]
    st.html(panel(detail, reasons, checks.of_event(store, event)))
    correction.offer(store, event, "edtf", detail.event.edtf)
    return True


def panel(detail: EventDetail, reasons: Sequence[Reason] = (), doubts: Sequence[Doubt] = ()) -> str:
    """The panel as HTML; every word from the graph is escaped.

    Arguments: the event; why it has its date; what is impossible about it.
    """
    row = detail.event
    parts = [
        f'<p class="kb-kicker">{escape(type_word(row.type))}{badge(row.status)}</p>',
        f"<h2>{escape(row.title)}</h2>",
        f'<p class="kb-when"><strong>{escape(row.when)}</strong>{_exactness(row.precision, row.edtf)}</p>',
        f'<p class="kb-hint">{escape(detail.bounds)}</p>' if detail.bounds else "",
        _impossible(doubts),
        _disputed(detail),
        _derivations(reasons),
        _setting(detail),
        _reports(detail.reports),
        _claims("Said about it", detail.claims_about),
        _claims("Said in it", detail.claims_made_in),
    ]
    return f'<article class="kb-panel" aria-label="Event">{"".join(parts)}</article>'


def heading(kind: str, name: str, note: str) -> str:
    """The head of a panel of something other than an event, as HTML."""
    said = f'<p class="kb-hint">{escape(note)}</p>' if note and note != name else ""
    return f'<div class="kb-panel"><p class="kb-kicker">{escape(kind)}</p><h2>{escape(name)}</h2>{said}</div>'


def _exactness(precision: str | None, edtf: str | None) -> str:
    if not edtf:
        return ""
    words = _PRECISION.get(precision or "", "")
    return f"<span>{escape(words)} <code>{escape(edtf)}</code></span>"


def _impossible(doubts: Sequence[Doubt]) -> str:
    """What contradicts something, with the page that shows the sentences."""
    notes = (f"{escape(doubt.says)}. {link('check', 'See the sentences', kind=doubt.kind)}" for doubt in doubts)
    return "".join(f'<p class="kb-note"><strong>This cannot be.</strong> {note}</p>' for note in notes)


def _disputed(detail: EventDetail) -> str:
    dates = detail.rival_dates
    if len(dates) < 2:
        return ""
    listed = "; ".join(human(date) for date in dates)
    return f'<p class="kb-note">The reports give different dates: {escape(listed)}.</p>'


def _derivations(reasons: Sequence[Reason]) -> str:
    if not reasons:
        return ""
    # Several sentences often reach the same date in the same way: say it once.
    lines = dict.fromkeys((reason.depth, reason.line) for reason in reasons)
    shown = "".join(f'<li style="--depth: {depth}">{_steps(line)}</li>' for depth, line in lines)
    return f'<h3>How the date was reached</h3><ul class="kb-why">{shown}</ul>'


def _steps(line: str) -> str:
    *steps, last = (escape(step) for step in line.split(" → "))
    value, comma, rivals = last.partition(", rather than ")
    return " <span>→</span> ".join((*steps, f"<strong>{value}</strong>{comma}{rivals}"))


def _setting(detail: EventDetail) -> str:
    rows = []
    who = sorted(detail.participants, key=lambda one: one.role)
    for role, group in groupby(who, key=lambda one: one.role):
        people = ", ".join(link("network", one.name, entity=one.id) for one in group)
        rows.append((role.replace("_", " ").capitalize(), people))
    if detail.places:
        rows.append(("Place", ", ".join(link("network", place.name, entity=place.id) for place in detail.places)))
    if detail.part_of:
        rows.append(("Part of", ", ".join(link("", whole.name, event=whole.id) for whole in detail.part_of)))
    if not rows:
        return ""
    listed = "".join(f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in rows)
    return f'<h3>Who and where</h3><dl class="kb-facts">{listed}</dl>'


def _reports(reports: tuple[Report, ...]) -> str:
    if not reports:
        return ""
    shown = "".join(_report(report) for report in reports)
    return f"<h3>Where it is written <small>{plural(len(reports), 'sentence')}</small></h3>{shown}"


def _report(report: Report) -> str:
    article = report.article
    source = [link("article", article.name, article=article.id)]
    if article.publisher:
        source.append(escape(article.publisher))
    source.append(f"published {escape(human(article.published))}" if article.published else "publication date unknown")
    told = [word for word in (report.when if report.edtf else "", status_word(report.status)) if word]
    gives = f"gives {', '.join(told)}; {sure(report.confidence)}" if told else sure(report.confidence)
    says = f'<span class="kb-gives">{escape(gives)}</span>'
    text = marked(report.text, report.start, report.end)
    return f'<blockquote class="kb-quote"><p>{text}</p><footer>{" · ".join(source)}{says}</footer></blockquote>'


def _claims(title: str, claims: tuple[ClaimRow, ...]) -> str:
    if not claims:
        return ""
    shown = "".join(_claim(claim) for claim in claims)
    return f"<h3>{escape(title)} <small>{plural(len(claims), 'claim')}</small></h3>{shown}"


def _claim(claim: ClaimRow) -> str:
    name = escape(claim.speaker_name)
    who = link("claims", claim.speaker_name, speaker=claim.speaker.id) if claim.speaker else name
    text = f"“{escape(claim.text)}”" if claim.direct else escape(claim.text)
    said = f"said {escape(claim.said_human)}" if claim.said else "date of saying unknown"
    return f'<blockquote class="kb-quote kb-claim"><p>{text}</p><footer>{who} · {said}</footer></blockquote>'
