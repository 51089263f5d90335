"""The queue of what only a human can settle, one at a time with a key for each answer; and all that was decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from html import escape
from pathlib import Path

import streamlit as st

from kb import ask
from kb.ask.identity import DecisionRow
from kb.ask.kept.present import Present
from kb.counted import ARTICLE_SLOTS
from kb.errors import BadInput, KbError
from kb.store import Settings, moments
from kb.views import signing
from kb.views.connection import present
from kb.views.correcting import correction, deciding, undoing
from kb.views.parts import filters
from kb.views.parts.decided import decision_html
from kb.views.parts.markup import empty_state, page_header
from kb.views.parts.starting import nothing_yet
from kb.views.queue import drawing
from kb.views.queue import items as queue
from kb.views.queue.items import BY_KEY, KINDS, Answer, Item
from kb.views.queue.left import Left, leave, left, take_up
from kb.words import mark, moment, number, plural, retold, say

_FIRST = 10  # decisions shown at once
_MOST = 300  # read at all
_SHOWS = {"queue": mark("To settle"), "decisions": mark("Decisions"), "left": mark("Left as they are")}


def page() -> None:
    """Draw the page; `?show=` chooses what is listed, `?kind=` one kind of the queue. Raises: StoreError."""
    st.html(Path(__file__).parent / "reading.css")
    now = present()
    open_items, totals = _open(now)
    decided = now.answered("decisions", lambda graph: ask.decision_rows(graph, limit=_MOST))
    page_header(say("Review"), _note(totals, sum(row.decision.revoked_at is None for row in decided)))
    key = filters.remember("show", "queue")
    if st.session_state[key] not in _SHOWS:
        st.session_state[key] = "queue"
    show = st.segmented_control(
        say("Show"),
        list(_SHOWS),
        key=key,
        format_func=lambda each: say(_SHOWS[each]),
        required=True,
        label_visibility="collapsed",
    )
    filters.publish(show=show if show != "queue" else "")
    if show == "decisions":
        _draw_decisions(decided)
    elif show == "left":
        _draw_left()
    else:
        _draw_queue(now, open_items, totals)


def _open(now: Present) -> tuple[list[Item], dict[str, int]]:
    """The first of what is still to be settled, and how much there is of each kind.

    It is found anew where the graph changed by other than an answer given here, or all that was read is settled.
    """
    state = st.session_state
    kept = {one.key for one in left(Settings.from_env())}
    if state.get("queue_version") == now.version:
        items, totals = _unsettled(kept)
        if all(any(item.kind.key == kind for item in items) for kind in totals):
            return items, totals
    with st.spinner(say("Looking for what is to be settled …"), show_time=False):
        found = now.answered(("queue", len(kept)), lambda graph: queue.items(graph, len(kept)))
    state.queue_items, state.queue_totals = found.items, found.totals
    state.queue_version = now.version
    state.queue_settled = set()
    return _unsettled(kept)


def _unsettled(kept: set[str]) -> tuple[list[Item], dict[str, int]]:
    """What was read and is still open, and how much there is of each kind in all."""
    state = st.session_state
    done = kept | state.queue_settled
    totals = Counter(state.queue_totals)
    totals.subtract(item.kind.key for item in state.queue_items if item.key in done)
    items = [item for item in state.queue_items if item.key not in done]
    return items, {kind: count for kind, count in totals.items() if count > 0}


def _note(totals: Mapping[str, int], standing: int) -> str:
    impossible = sum(count for kind, count in totals.items() if BY_KEY[kind].impossible)
    words = [plural(impossible, "{n} that cannot be", "{n} that cannot be")] if impossible else []
    others = sum(totals.values()) - impossible
    words += [plural(others, "{n} that only you can settle", "{n} that only you can settle")] if others else []
    return ", ".join(
        [
            *(words or [say("nothing to settle")]),
            *([plural(standing, "{n} decision", "{n} decisions")] if standing else []),
        ]
    )


def _draw_queue(now: Present, open_items: list[Item], totals: Mapping[str, int]) -> None:
    state = st.session_state
    later: list[str] = state.setdefault("queue_later", [])
    chosen = _choose_kind(totals)
    wanted = [item for item in open_items if not chosen or item.kind.key == chosen]
    wanted.sort(key=lambda item: later.index(item.key) + 1 if item.key in later else 0)
    done = len(state.setdefault("queue_done", {}).get(chosen, ()))
    ahead = totals[chosen] if chosen else sum(totals.values())
    if done or wanted:
        st.html(drawing.progress_html(done, done + ahead))
    if not wanted and not now.counts.total(ARTICLE_SLOTS):
        nothing_yet(say("Nothing to settle"), say("What only you can settle comes with articles."))
        return
    if not wanted:
        empty_state(
            say("All is settled") if done else say("Nothing to settle"),
            say(
                "What contradicts itself, what may be one and the same, and what has no date stands here one by one, "
                "with an answer on each key. To add articles, use the Add page, or in a terminal:"
            ),
            "kb ingest article.html",
        )
        return
    item = wanted[0]
    with st.container(key=f"item_{item.key}"):
        st.html(drawing.item_html(_quoted(now, item)))
        _draw_answers(now, item)
    if wanted[1:]:
        st.html(drawing.next_html(wanted[1:], ahead - 1))


def _choose_kind(totals: Mapping[str, int]) -> str:
    """The kind that is looked at alone, "" for all."""
    counts = {kind.key: totals[kind.key] for kind in KINDS if kind.key in totals}
    key = filters.remember("kind", "")
    if st.session_state[key] not in counts:
        st.session_state[key] = ""
    if len(counts) < 2:
        return ""
    words = {"": say("Everything ({n})", n=sum(counts.values()))}
    words |= {kind: f"{retold(BY_KEY[kind].title)} ({number(count)})" for kind, count in counts.items()}
    chosen: str = st.selectbox(say("What"), list(words), key=key, format_func=words.__getitem__, width=380,
                               label_visibility="collapsed")  # fmt: skip
    filters.publish(kind=chosen)
    return chosen


def _quoted(now: Present, item: Item) -> Item:
    """A pair with its sentences, which are asked only for what is shown."""
    if item.pair is None:
        return item
    pair = item.pair
    [quoted] = now.answered(("quoted", item.key), lambda graph: ask.with_sentences(graph, [pair]))
    return replace(item, pair=quoted)


def _draw_answers(now: Present, item: Item) -> None:
    if not signing.may("editor"):
        st.caption(say("To answer needs the role editor."))
        return
    with st.container(key="answers", horizontal=True, gap="small"):
        for number, answer in enumerate(queue.answers(item), 1):
            letter = (
                "x" if answer.deed == "reject" else str(number)
            )  # not where a hasty hand looks for the first answer
            if st.button(answer.words, key=f"answer_{number}_{item.key}", shortcut=letter):
                _say(now, item, answer)
        if st.button(say("Leave it as it is"), key=f"leave_{item.key}", shortcut="l"):
            _leave(item)
        st.button(
            say("Skip"), key=f"later_{item.key}", shortcut="s", type="tertiary", on_click=_put_off, args=(item.key,)
        )
        if item.pair and st.button(say("What would change…"), key=f"effects_{item.key}", shortcut="w", type="tertiary"):
            ids = (item.pair.one.id, item.pair.other.id)
            deciding.confirm(say("They are one"), lambda decide, store: decide.same(store, ids))


def _say(now: Present, item: Item, answer: Answer) -> None:
    """Decide at once, as it can be taken back at once; or open the form where a date is to be given."""
    if answer.asks:
        correction.ask(now.store, answer.ids[0], "edtf" if answer.deed == "ask-date" else "published", None)
        return
    from ingest.revising import decide, revise  # noqa: PLC0415 (the language model loads only when it is needed)

    try:
        with st.spinner(say("Storing your answer …")), signing.writer() as store:
            revision = queue.decide(answer, decide, store)
            revise.apply(store, revision)
    except BadInput as error:  # another answer settled it too
        st.toast(str(error))
        _settled(item)
        return
    except KbError as error:
        st.error(str(error))
        return
    undoing.note(revision.decision, deciding.told(revision), _again(item))
    st.cache_data.clear()
    st.session_state.queue_version = present().version  # known here, so that it is not all looked for anew
    _settled(item)
    st.rerun()


def _leave(item: Item) -> None:
    settings = Settings.from_env()
    leave(settings, Left(item.key, item.says, signing.name(), moments.now()))
    again = _again(item)

    def back() -> None:
        take_up(settings, item.key)
        again()

    undoing.offer(say("It is left as it is."), back)
    _settled(item)
    st.rerun()


def _settled(item: Item) -> None:
    st.session_state.queue_settled.add(item.key)
    for kind in ("", item.kind.key):
        st.session_state.queue_done.setdefault(kind, set()).add(item.key)


def _again(item: Item) -> undoing.Back:
    """What puts an item back into the queue once its answer is taken back."""

    def back() -> None:
        st.session_state.queue_settled.discard(item.key)
        for done in st.session_state.queue_done.values():
            done.discard(item.key)
        st.session_state.queue_version = present().version

    return back


def _put_off(key: str) -> None:
    later: list[str] = st.session_state.queue_later
    st.session_state.queue_later = [*(each for each in later if each != key), key]


def _draw_left() -> None:
    found = left(Settings.from_env())
    if not found:
        empty_state(
            say("Nothing was left"),
            say("What you look at in the queue and leave as it is stands here, and can be taken up again."),
        )
    for one in found[:_MOST]:
        with st.container(key=f"left_{one.key}", horizontal=True, vertical_alignment="center"):
            st.html(f'<div class="kb-decided"><p>{escape(retold(one.says))}</p>'
                    f"<p><small>{escape(one.by)}, {escape(moment(one.at))}</small></p></div>")  # fmt: skip
            if signing.may("editor"):
                st.button(say("Take up again"), key=f"take_up_{one.key}", on_click=take_up,
                          args=(Settings.from_env(), one.key), width="content")  # fmt: skip


def _draw_decisions(decided: list[DecisionRow]) -> None:
    if not decided:
        empty_state(
            say("Nothing was decided"),
            say(
                "What you say here, beside an event, a name or an article is kept with who, when and why, and can be "
                "taken back here. In a terminal:"
            ),
            "kb decisions",
        )
    limit = st.session_state.get("decisions_limit", _FIRST)
    for row in decided[:limit]:
        with st.container(key=f"decided_{row.decision.id}", horizontal=True, vertical_alignment="center"):
            st.html(decision_html(row))
            if not row.decision.revoked_at:
                _undo(row)
    if len(decided) > limit:
        st.button(
            say("Show more ({left} left)", left=len(decided) - limit),
            key="decisions_more",
            on_click=_more,
            args=(limit,),
        )


def _undo(row: DecisionRow) -> None:
    id = row.decision.id
    if st.button(say("Undo"), key=f"undo_{id}", help=say("What changes is shown first"), width="content"):
        deciding.confirm(say("Take this back?"), lambda decide, store: decide.undo(store, id))


def _more(limit: int) -> None:
    st.session_state.decisions_limit = limit + _FIRST
