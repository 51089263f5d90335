"""The filters of the page of claims. All of them stand in the address, so that what is seen can be sent to others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import streamlit as st

from kb import ask, decisions
from kb.ask.claims.choosing import CLOCKS, Answered, ClaimFilter, Order
from kb.ask.kept.present import Present
from kb.store import Store
from kb.views.parts import finding
from kb.views.parts.filters import date_rule, fold, in_order, publish, remember
from kb.views.parts.markup import title_of
from kb.words import SOURCE, human, language, mark, say, sense

KEYS = "claims_"  # what the keys of this page’s widgets begin with
ORDERS = {
    "-said": mark("Said, latest first"),
    "said": mark("Said, earliest first"),
    "-happened": mark("Happened, latest first"),
    "happened": mark("Happened, earliest first"),
    "-published": mark("Published, latest first"),
    "published": mark("Published, earliest first"),
    "-recorded": mark("Recorded, latest first"),
    "recorded": mark("Recorded, earliest first"),
}
VIEWS = {"list": mark("One by one"), "subjects": mark("By subject"), "side": mark("Side by side")}
_MANNER = {"": mark("Quoted or reported"), "quoted": mark("Quotations only"), "reported": mark("Reported speech only")}
_ANSWERED = {
    "": mark("Whatever others say"),
    "disputed": mark("Disputed: denied, denying, contradicted"),
    "denials": mark("Denials only"),
    "repeated": mark("Said again by the same speaker"),
    "supported": mark("Said by others too"),
}
_CLOCKS = {"happened": mark("It happened"), "said": mark("It was said"), "published": mark("It was published"),
           "recorded": mark("It was recorded")}  # fmt: skip
_SURE = mark("How often claims built like this one were read right on hand-annotated news.")
_MOST = 300  # names and events that can be chosen without a search
_HIDDEN = ("manner", "answered", "confidence", "by",
           *(f"{clock}_{end}" for clock in CLOCKS for end in ("from", "to")))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the page is to show: which claims, by which clock, newest first or not, and in which view."""

    filter: ClaimFilter
    order: Order
    newest_first: bool
    view: str

    @property
    def speakers(self) -> tuple[str, ...]:
        """The ids of the speakers that were chosen."""
        return tuple(self.filter.speaker or ())


def bar(now: Present) -> Wanted:
    """Draw the filters. Returns: what is chosen. Raises: StoreError, BadInput where a period ends before it begins."""
    store = now.store
    _begin(store)
    names, events = _known(now)
    fold(("q", "speaker", "about", "event", "order", *_HIDDEN))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="claim_filters"):
        text = st.text_input(
            say("Search"), key=remember("q", "", KEYS), placeholder=say("Words of the claim"), type="search"
        )
        speakers = finding.several(
            store, say("Speakers"), "claims_speaker", names, placeholder=say("Anyone"), speakers=True
        )
        about = finding.one(store, say("About"), "claims_about", {**events, **names}, placeholder=say("Anything"))
        order = str(
            st.selectbox(
                say("Order"), list(ORDERS), key=_one_of("order", ORDERS), format_func=lambda each: say(ORDERS[each])
            )
        )
        more = _more(now)
    finding.offer(store, "claims_speaker", add_speaker, events=False)
    finding.offer(store, "claims_about", _set_about)
    view = st.segmented_control(
        say("View"),
        list(VIEWS),
        key=_one_of("view", VIEWS),
        format_func=lambda each: say(VIEWS[each]),
        label_visibility="collapsed",
        required=True,
    )
    kind = decisions.label_of(store, about) if about else None
    subject: dict[str, Any] = {"event": about if kind == "Event" else None, "about": about if kind != "Event" else None}
    publish(q=text, speaker=",".join(speakers), **subject, order=order if order != "-said" else "",
            view=view if view != "list" else "")  # fmt: skip
    wanted = ClaimFilter(speaker=tuple(speakers) or None, text=text or None, **subject, **more)
    return Wanted(wanted, cast("Order", order.lstrip("-")), order.startswith("-"), view or "list")


def _begin(store: Store) -> None:
    """The first run takes who and what from the address; what was merged into another since stands for that one."""
    state, query = st.session_state, st.query_params
    if "claims_speaker" not in state:
        ids = [id for id in query.get("speaker", "").split(",") if id]
        state.claims_speaker = [ask.canonical(store, id) for id in ids]
    if "claims_about" not in state:
        linked = query.get("event") or query.get("about")
        state.claims_about = ask.canonical(store, linked) if linked else None


def _known(now: Present) -> tuple[dict[str, str], dict[str, str]]:
    """What to call the names that speak most, and the most important events."""
    names = now.answered("speakers", lambda graph: ask.entities(graph, limit=500))
    events = now.answered("events to speak of", lambda graph: ask.timeline(graph, limit=_MOST))
    ranked = sorted(names, key=lambda row: (-row.claims, -row.mentions, row.name))[:_MOST]
    return {row.id: row.name for row in ranked}, {row.id: f"{title_of(row)} · {human(row.edtf)}" for row in events}


def add_speaker(id: str) -> None:
    """Take one more speaker; a callback."""
    chosen = st.session_state.get("claims_speaker") or []
    st.session_state.claims_speaker = [*chosen, *([id] if id not in chosen else [])]


def compare(ids: Sequence[str]) -> None:
    """Put these speakers beside each other; a callback."""
    st.session_state.claims_speaker, st.session_state.claims_view = list(ids), "side"


def only(**query: str | None) -> None:
    """Set filters to these; a callback. Arguments: `speaker`, an id; `view`."""
    if query.get("speaker"):
        st.session_state.claims_speaker = [query["speaker"]]
    if query.get("view"):
        st.session_state.claims_view = query["view"]


def _set_about(id: str) -> None:
    st.session_state.claims_about = id


def _one_of(name: str, known: Mapping[str, str]) -> str:
    """The key of a choice whose first value comes from the address, if it is one of those known."""
    key = remember(name, next(iter(known)), KEYS)
    if st.session_state[key] not in known:
        st.session_state[key] = next(iter(known))
    return key


def _more(now: Present) -> dict[str, Any]:
    with st.popover(_more_label()):
        manner = st.selectbox(
            say("Manner"), list(_MANNER), key=_one_of("manner", _MANNER), format_func=lambda each: say(_MANNER[each])
        )
        answered = st.selectbox(say("Answered by others"), list(_ANSWERED), key=_one_of("answered", _ANSWERED),
                                format_func=lambda each: say(_ANSWERED[each]))  # fmt: skip
        spans = {clock: _span(clock, words) for clock, words in _CLOCKS.items()}
        st.caption(say("A year, a month or a day. What has no such day is then left out."))
        by = _public_by(now.answered("claim days", ask.claim_days))
        confidence = st.slider(
            say("Confidence at least"), 0.0, 1.0, key=_share("confidence"), step=0.05, help=say(_SURE)
        )
        st.button(say("Clear all filters"), on_click=clear, width="stretch")
    publish(manner=manner, answered=answered, by=by, confidence=f"{confidence:g}" if confidence else "",
            **{f"{clock}_{end}": day for clock, span in spans.items() for end, day in zip(("from", "to"), span,
                                                                                        strict=True)})  # fmt: skip
    bounds = {f"{clock}_{end}": day for clock, (first, last) in spans.items()
              for end, day in (("from", first), ("to", f"{last}-99"[:10] if last else None))}  # fmt: skip
    # "-99" sorts after every day of a year or month that is given without one.
    for clock in CLOCKS:
        in_order(bounds[f"{clock}_from"], bounds[f"{clock}_to"])
    return {"direct": {"quoted": True, "reported": False}.get(manner), "public_by": by, "min_confidence": confidence,
            "answered": cast("Answered", answered) if answered else None,
            **{name: day or None for name, day in bounds.items()}}  # fmt: skip


def _span(clock: str, words: str) -> tuple[str, str]:
    left, right = st.columns(2)
    first = left.text_input(
        say("{clock} from", clock=say(words)),
        key=remember(f"{clock}_from", "", KEYS),
        placeholder="2022-02",
        validate=date_rule(),
    )
    last = right.text_input(
        sense("until a day", "to"),
        key=remember(f"{clock}_to", "", KEYS),
        placeholder="2022-04-30",
        validate=date_rule(),
    )
    return first, last


def _more_label() -> str:
    names = [remember(name, None, KEYS) for name in ("manner", "answered", "confidence")]
    names += [remember(f"{clock}_{end}", "", KEYS) for clock in CLOCKS for end in ("from", "to")]
    count = sum(bool(st.session_state[name]) and st.session_state[name] not in ("0", "0.0") for name in names)
    count += "by" in st.query_params  # whose slider always has a day
    return say("More filters ({count})", count=count) if count else say("More filters")


def _share(name: str) -> str:
    """The key of a slider from 0 to 1 whose first value comes from the address."""
    key = remember(name, 0.0, KEYS)
    try:
        st.session_state[key] = min(1.0, max(0.0, float(st.session_state[key] or 0)))
    except ValueError:
        st.session_state[key] = 0.0
    return key


def _public_by(days: tuple[str, str] | None) -> str | None:
    """A slider over the days on which claims became public. Returns: the chosen day, None at its end."""
    if days is None or days[0] == days[1]:
        return None
    first, last = (date.fromisoformat(each) for each in days)
    key = remember("by", prefix=KEYS)
    linked = st.session_state[key]
    try:
        known = linked if isinstance(linked, date) else date.fromisoformat(linked or days[1])
    except ValueError:
        known = last
    st.session_state[key] = min(max(known, first), last)
    chosen = st.slider(
        say("Publicly said by"),
        first,
        last,
        key=key,
        format=_day_format(),
        help=say("What was public for sure by that day: said by then, or printed by then."),
    )
    return chosen.isoformat() if chosen < last else None


def _day_format() -> str:
    """How the slider of days writes one: it has the names of the months in English alone."""
    return "D MMM YYYY" if language() == SOURCE else "DD.MM.YYYY"


def clear() -> None:
    """Forget every filter; a callback."""
    for key in [name for name in st.session_state if str(name).startswith(KEYS)]:
        del st.session_state[key]
    for name in ("q", "speaker", "about", "event", "after", "before", "at", *_HIDDEN):
        st.query_params.pop(name, None)
