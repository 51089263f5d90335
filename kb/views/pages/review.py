"""What may be one, side by side, for a human to say; and all that humans said, each of which can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from kb import ask
from kb.ask.identity import DecisionRow, Sentence, Side, Suggestion
from kb.ask.kept.present import Present
from kb.ask.rows import Named
from kb.ask.words import human
from kb.heeded import NONE
from kb.models import DecisionField
from kb.views.connection import present
from kb.views.correcting import deciding
from kb.views.parts import filters
from kb.views.parts.markup import (
    STATUS_WORDS,
    article_link,
    empty_state,
    event_link,
    link,
    marked,
    name_link,
    page_header,
    plural,
    type_word,
)

_FIRST = 10  # pairs or decisions shown at once
_MOST = 300  # read at all
_SHOWS = {"suggestions": "May be one", "decisions": "Decisions"}
_KINDS = {"Organization": "organisation"}


def page() -> None:
    """Draw the page; `?show=decisions` opens what was decided. Raises: StoreError."""
    now = present()
    found = now.answered("suggestions", lambda graph: ask.suggestions(graph, _MOST, quoted=False))
    decided = now.answered("decisions", lambda graph: ask.decision_rows(graph, limit=_MOST))
    page_header("Review", _note(len(found), sum(row.decision.revoked_at is None for row in decided)))
    key = filters.remember("show", "suggestions")
    if st.session_state[key] not in _SHOWS:
        st.session_state[key] = "suggestions"
    show = st.segmented_control("Show", list(_SHOWS), key=key, format_func=_SHOWS.__getitem__, required=True,
                                label_visibility="collapsed")  # fmt: skip
    filters.publish(show=show if show != "suggestions" else "")
    if show == "decisions":
        _draw_decisions(decided)
    else:
        _draw_suggestions(now, found)


def _note(open_pairs: int, standing: int) -> str:
    most = "or more " if open_pairs == _MOST else ""
    pairs = f"{plural(open_pairs, 'pair')} {most}that only you can settle" if open_pairs else "nothing to settle"
    return f"{pairs}, {plural(standing, 'decision')}" if standing else pairs


def _draw_suggestions(now: Present, found: list[Suggestion]) -> None:
    skipped: set[frozenset[str]] = st.session_state.setdefault("review_skipped", set())
    left = [each for each in found if _pair(each) not in skipped]
    if len(left) < len(found):
        st.button(f"Show {plural(len(found) - len(left), 'skipped pair')} again", on_click=skipped.clear)
    if not found:
        empty_state(
            "Nothing to settle",
            "When articles tell of what may be the same event, person, organisation, place or thing, and their texts "
            "cannot tell, the two stand here side by side. To add articles, use the Add page, or in a terminal:",
            "kb ingest article.html",
        )
    limit = st.session_state.get("review_limit", _FIRST)
    shown = left[:limit]
    key = ("quoted", tuple((each.one.id, each.other.id) for each in shown))
    for each in now.answered(key, lambda graph: ask.with_sentences(graph, shown)):
        _draw(each, skipped)
    _more("review_limit", limit, len(left))


def _draw(each: Suggestion, skipped: set[frozenset[str]]) -> None:
    ids = (each.one.id, each.other.id)
    key = "_".join(ids)
    with st.container(key=f"pair_{key}"):
        st.html(suggestion_html(each))
        with st.container(horizontal=True, gap="small"):
            if st.button("They are one", key=f"one_{key}"):
                deciding.confirm("They are one", lambda decide, store: decide.same(store, ids))
            if st.button("They are two", key=f"two_{key}"):
                deciding.confirm("They are two", lambda decide, store: decide.different(store, ids))
            st.button("Skip", key=f"skip_{key}", type="tertiary", on_click=skipped.add, args=(_pair(each),))


def _pair(each: Suggestion) -> frozenset[str]:
    return frozenset((each.one.id, each.other.id))


def _more(key: str, limit: int, total: int) -> None:
    if total > limit:
        st.button(f"Show more ({total - limit:,} left)", key=f"{key}_more", on_click=_raise, args=(key, limit))


def _raise(key: str, limit: int) -> None:
    st.session_state[key] = limit + _FIRST


def suggestion_html(each: Suggestion) -> str:
    """Two that may be one, side by side, with why; every word from the graph is escaped."""
    settles = f" <span>settles {plural(each.settles, 'fact')}</span>" if each.settles > 1 else ""
    return (
        f'<section class="kb-pair" aria-label="May be one"><p>{escape(_sentence_case(each.reason))}{settles}</p>'
        f"<div>{_side(each.one)}{_side(each.other)}</div></section>"
    )


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]


def _side(side: Side) -> str:
    kind = _kind_word(side.kind)
    told = f"{plural(side.facts, 'sentence')} in {plural(side.articles, 'article')}"
    when = f"<strong>{escape(side.when)}</strong> · " if side.when else ""
    return (
        f"<article><h2>{_linked(Named(side.id, side.name, side.kind))}</h2>"
        f"<p>{when}{escape(kind)} · {told}</p>{_sentence(side.sentence)}</article>"
    )


def _sentence(sentence: Sentence | None) -> str:
    if sentence is None:
        return ""
    article = sentence.article
    published = f"published {escape(human(article.published))}" if article.published else ""
    source = " · ".join(part for part in (article_link(article.name, article.id),
                                          escape(article.publisher), published) if part)  # fmt: skip
    text = marked(sentence.text, (sentence.start, sentence.end))
    return f'<blockquote class="kb-quote"><p>{text}</p><footer>{source}</footer></blockquote>'


def _draw_decisions(decided: list[DecisionRow]) -> None:
    if not decided:
        empty_state(
            "Nothing was decided",
            "What you say here, beside an event, a name or an article is kept with who, when and why, and can be taken "
            "back here. In a terminal:",
            "kb decisions",
        )
    limit = st.session_state.get("decisions_limit", _FIRST)
    for row in decided[:limit]:
        with st.container(key=f"decided_{row.decision.id}", horizontal=True, vertical_alignment="center"):
            st.html(decision_html(row))
            if not row.decision.revoked_at:
                _undo(row)
    _more("decisions_limit", limit, len(decided))


def _undo(row: DecisionRow) -> None:
    id = row.decision.id
    if st.button("Undo", key=f"undo_{id}", help="What changes is shown first", width="content"):
        deciding.confirm("Take this back?", lambda decide, store: decide.undo(store, id))


def decision_html(row: DecisionRow) -> str:
    """What was decided, by whom, when and why; every word from the graph is escaped."""
    one = row.decision
    taken = f", taken back {escape(human(one.revoked_at[:10]))}" if one.revoked_at else ""
    why = f"<p>{escape(one.reason)}</p>" if one.reason else ""
    revoked = " kb-revoked" if one.revoked_at else ""
    when = f"{human(one.at[:10])}, {one.at[11:16]} UTC"
    return (
        f'<div class="kb-decided{revoked}"><p><b>{decision_words(row)}</b></p>{why}'
        f"<p><small>{escape(one.by)}, {escape(when)}{taken}</small></p></div>"
    )


def decided_html(rows: Sequence[DecisionRow]) -> str:
    """What was decided on one thing, for its page, with a way to take it back; "" where nothing was."""
    if not rows:
        return ""
    told = "".join(map(decision_html, rows))
    return f"<h2>What was decided</h2>{told}<p>{link('review', 'Take one back', show='decisions')}</p>"


def decision_words(row: DecisionRow) -> str:
    """A decision as a sentence, in HTML, what it judges linked."""
    one = row.decision
    targets = _listed(row.targets, dated=one.field != "edtf")
    kind = _kind_word(row.targets[0].kind)
    article = f"a{'n' if kind[0] in 'aeiou' else ''}"
    if one.field == "article":
        return f"{_linked(row.others[-1])} means another {kind} by {_linked(row.others[0])}"
    if one.field in ("participant", "place"):
        return _part_words(row, targets)
    if one.kind == "same":
        return f"{targets} are one {kind}"
    if one.kind in ("different", "split"):
        verb = "are" if len(row.targets) > 1 else "is"
        return f"{targets} {verb} not {_listed(row.others, 'or')}"
    if one.kind == "reject" and row.targets[0].kind == "Article":
        return f"{targets} is withdrawn"
    if one.kind == "reject":
        return f"{targets} is not {article} {kind}"
    return f"{_FIELDS[one.field or 'title'].format(targets)} {escape(_value(one.field, one.value or ''))}"


def _part_words(row: DecisionRow, event: str) -> str:
    """Who took part in an event, or where it was, as a sentence in HTML."""
    role = (row.decision.value or "").split()[0]
    if row.decision.field == "place":
        return f"{event} was in {_linked(row.others[-1])}" if row.others else f"{event} was nowhere in particular"
    who = _linked(row.others[-1])
    return f"{who} took no part in {event}" if role == NONE else f"{who} took part in {event} as {escape(role)}"


_FIELDS = {
    "published": "{} was published", "edtf": "{} happened", "title": "{} has the title", "type": "{} is of the type",
    "starred": "{} has a star:", "tags": "{} has the tags", "note": "{} has the note", "status": "{} has the status",
    "name": "{} is called", "article": "{}", "participant": "{}",
    "place": "{}",
}  # fmt: skip


def _value(field: DecisionField | None, value: str) -> str:
    if field in ("published", "edtf"):
        return human(value)
    if field == "type":
        return type_word(value)
    return STATUS_WORDS.get(value, value) if field == "status" else f"“{value}”"


def _kind_word(kind: str) -> str:
    return _KINDS.get(kind, kind.lower()) or "fact"


def _listed(named: tuple[Named, ...], last: str = "and", *, dated: bool = True) -> str:
    words = [_linked(one) + (f" ({escape(one.when)})" if dated and one.kind == "Event" else "") for one in named]
    return f" {last} ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]


def _linked(one: Named) -> str:
    if one.kind == "Event":
        return event_link(one.name, one.id)
    if one.kind == "Article":
        return article_link(one.name, one.id)
    return f"“{escape(one.name)}”" if one.kind == "Claim" else name_link(one.name, one.id)
