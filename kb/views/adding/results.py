"""What came of an addition as HTML: each article with its text, what was found in it beside; every word is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from kb import ask
from kb.ask.articles import ArticleDetail
from kb.store import Store
from kb.views.parts.highlight import KINDS, NAMES, article_html, headline_end
from kb.views.parts.markup import article_link, event_link, name_link
from kb.words import human, mark, number, plural, say

if TYPE_CHECKING:
    from ingest.run import Outcome

STATES = {"new": mark("added"), "changed": mark("updated"), "unchanged": mark("already there"),
          "failed": mark("failed")}  # fmt: skip
SHOWN = 12  # articles told in full
_BESIDE = 3  # of them with their text


def count_line(outcomes: Sequence[Outcome]) -> str:
    """How many articles there were, and what became of them."""
    told = [
        f"{number(sum(o.status == state for o in outcomes))} {say(word)}"
        for state, word in STATES.items()
        if any(o.status == state for o in outcomes)
    ]
    count = plural(len(outcomes), "{n} article", "{n} articles")
    return f'<p class="kb-count-line" role="status">{count}: {", ".join(told)}</p>'


def progress_html(outcomes: Sequence[Outcome]) -> str:
    """What became of each article so far, the last first."""
    rows = "".join(f"<li>{_state(each)}{escape(_name(each))}</li>" for each in outcomes[: -SHOWN - 1 : -1])
    return f'<ol class="kb-read">{rows}</ol>'


def results_html(store: Store, outcomes: Sequence[Outcome]) -> str:
    """What was found in each article, what failed first, as it is what needs doing. Raises: StoreError."""
    ordered = sorted(outcomes, key=lambda o: list(STATES)[::-1].index(o.status))
    return "".join(_outcome(store, each, beside=number < _BESIDE) for number, each in enumerate(ordered[:SHOWN]))


def _outcome(store: Store, outcome: Outcome, *, beside: bool) -> str:
    detail = ask.article(store, outcome.article_id) if outcome.article_id else None
    name = detail.meta.name if detail and detail.meta.title else _name(outcome)
    heading = article_link(name, outcome.article_id) if outcome.article_id else escape(name)
    header = f"<header><h2>{heading}</h2><p>{_state(outcome)}{_note(outcome, detail)}</p></header>"
    if detail is None:
        return f'<section class="kb-found">{header}</section>'
    found = _found(detail)
    if not beside:
        return f'<section class="kb-found">{header}{found}</section>'
    text = article_html(detail.text, detail.highlights, list(KINDS), start=headline_end(detail.text, detail.meta.title))
    label = say("Text of {name}", name=escape(name))
    read = f'<div class="kb-read-text" tabindex="0" role="region" aria-label="{label}">{text}</div>'
    return f'<section class="kb-found">{header}<div class="kb-both">{read}<div>{found}</div></div></section>'


def _state(outcome: Outcome) -> str:
    return f'<span class="kb-state kb-state-{outcome.status}">{say(STATES[outcome.status])}</span>'


def _name(outcome: Outcome) -> str:
    return outcome.title or Path(outcome.source).name


def _note(outcome: Outcome, detail: ArticleDetail | None) -> str:
    if outcome.status == "failed":
        return escape(outcome.reason)
    if outcome.status == "unchanged":
        return say("The graph holds this text as it is; nothing was changed.")
    if detail is None:
        return ""
    dated = sum(event.edtf is not None for event in detail.events)
    names = {h.id for h in detail.highlights if h.kind in NAMES}
    events = say(
        "{events}, {dated} of them dated", events=plural(len(detail.events), "{n} event", "{n} events"), dated=dated
    )
    return "; ".join(
        (events, plural(detail.meta.claims, "{n} claim", "{n} claims"), plural(len(names), "{n} name", "{n} names"))
    )


def _found(detail: ArticleDetail) -> str:
    rows = sorted(detail.events, key=lambda e: (e.edtf is None or e.edtf.startswith("X"), e.edtf or "", e.name))
    events = "".join(f"<li><span>{escape(human(row.edtf))}</span>{event_link(row.name, row.id)}</li>" for row in rows)
    names = dict.fromkeys((h.id, h.label) for h in detail.highlights if h.kind in NAMES)
    people = ", ".join(name_link(label, id) for id, label in names)
    who = f"<h3>{say('People, organisations, places, things')}</h3><p>{people}</p>" if people else ""
    when = (
        f"<h3>{say('Events')}</h3><ol>{events}</ol>" if events else f"<p>{say('No event was found in this text.')}</p>"
    )
    return when + who
