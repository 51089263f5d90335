"""The bar of filters above the timeline; what is set there stands in the address, so that a view can be shared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from kb import ask
from kb.ask.entity import EntityRow
from kb.ask.timeline import Facets
from kb.ask.words import human
from kb.counted import FOREGROUND
from kb.errors import BadInput
from kb.store import Store
from kb.views.parts.markup import STATUS_WORDS, type_word
from kb.views.parts.spans import LANES

DATE = (r"^(\d{4}(-\d\d(-\d\d)?)?)?$", "Write a year, a month or a day: 2022, 2022-02 or 2022-02-24.")
"""What a field for a year, a month or a day takes, and what it says of anything else."""
_LANE_WORDS = {"none": "No lanes", "people": "By person", "places": "By place", "types": "By type",
               "wholes": "By war, siege, talks"}  # fmt: skip


def remember(name: str, default: Any = None, prefix: str = "filter_") -> str:
    """The key of a widget whose first value comes from the address (`?name=`).

    Arguments: name; default, else; prefix, of the keys of a page's widgets.
    """
    key = f"{prefix}{name}"
    if key not in st.session_state:
        st.session_state[key] = st.query_params.get(name, default)
    return key


def publish(**values: Any) -> None:
    """Write values into the address; empty ones are taken out of it."""
    for name, value in values.items():
        if value:
            st.query_params[name] = str(value)
        elif name in st.query_params:
            del st.query_params[name]


def follow(
    store: Store, names: Sequence[str] = ("event", "entity", "place", "part_of"), prefix: str = "filter_"
) -> None:
    """Let what an address names and what was merged into another since stand for that one.

    Arguments: the store to read; names of what in the address has an id; prefix, of the keys of their widgets.
    Raises: StoreError.
    """
    state = st.session_state
    for name in names:
        id = st.query_params.get(name)
        now = ask.canonical(store, id) if id else id
        if now == id:
            continue
        publish(**{name: now})
        for key in (name, f"{prefix}{name}", "network_node"):
            if state.get(key) == id:
                state[key] = now


def name_of(store: Store, id: str) -> str:
    """What to call an entity that a link names and no list holds. Raises: StoreError."""
    card = ask.entity(store, id)
    return card.name if card else "No such name"


def bar(store: Store, facets: Facets) -> tuple[dict[str, Any], str]:
    """Draw the bar. Returns: filters as `kb.ask.timeline` takes them, and the lanes asked for."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="filters"):
        text = st.text_input("Search", key=remember("q", ""), placeholder="In title or sentence", type="search")
        who = entity(store, "Who", "entity", facets.who, "Anyone")
        where = entity(store, "Where", "place", facets.places, "Anywhere")
        lanes = _lanes()
        more = _more(facets, searching=bool(text))
    publish(q=text, entity=who, place=where, lanes=lanes if lanes != "none" else "")
    in_order(more["earliest"], more["latest"])
    wanted = {"text": text, "entity": who, "place": where, **more}
    return {name: value for name, value in wanted.items() if value}, lanes


def in_order(first: str | None, last: str | None) -> None:
    """See that a span of days begins before it ends, which may be "2022-99" of a year. Raises: BadInput."""
    if first and last and first > last:
        until = human(last.removesuffix("-99"))
        raise BadInput(f"From {human(first)} is later than to {until}; give the earlier one first.")


def reset() -> None:
    """Forget every filter; a callback."""
    for key in [name for name in st.session_state if str(name).startswith("filter_")]:
        del st.session_state[key]
    for name in ("q", "entity", "place", "part_of", "from", "to", "asof", "lanes"):
        st.query_params.pop(name, None)


def entity(
    store: Store, label: str, name: str, rows: Sequence[EntityRow], anyone: str, prefix: str = "filter_"
) -> str | None:
    """A choice among people, organisations, places or things, kept in the address as `?name=`. Returns: an id, or None.

    Arguments: the store; the label; name and prefix, as `remember` takes them; what there is to choose; what stands
    there while nothing is chosen.
    """
    names = {row.id: row.name for row in rows}
    key = remember(name, prefix=prefix)
    linked = st.session_state[key]
    if linked and linked not in names:
        # An entity beyond the most frequent ones can still be named by a link.
        names[linked] = name_of(store, linked)
    chosen: str | None = st.selectbox(
        label, list(names), index=None, key=key, format_func=names.__getitem__, placeholder=anyone
    )
    return chosen


def _lanes() -> str:
    key = remember("lanes", "none")
    if st.session_state[key] not in LANES:
        st.session_state[key] = "none"
    return str(st.selectbox("Lanes", LANES, key=key, format_func=_LANE_WORDS.__getitem__))


def _more(facets: Facets, *, searching: bool) -> dict[str, Any]:
    with st.popover(_more_label()):
        whole = _part_of(facets)
        types = st.multiselect(
            "Type", [name for name, _ in facets.types], key=_keep("types", []), format_func=type_word
        )
        statuses = st.multiselect("Status", [name for name, _ in facets.statuses], key=_keep("statuses", []),
                                  format_func=_status_word)  # fmt: skip
        salience = st.slider("Salience at least", 0.0, 1.0, key=_keep("salience", 0.0), step=0.05,
                             help="How much an editor would want the event on a timeline.")  # fmt: skip
        passing = st.toggle("Also what is told only in passing", key=_keep("passing", False))
        confidence = st.slider("Confidence at least", 0.0, 1.0, key=_keep("confidence", 0.0), step=0.05,
                               help="How often dates found this way were right on hand-annotated news.")  # fmt: skip
        first = st.text_input("From", key=remember("from", ""), placeholder="2022 or 2022-02-24", validate=_DATE)
        last = st.text_input("To", key=remember("to", ""), placeholder="2024 or 2024-02-16", validate=_DATE)
        as_of = st.text_input("As recorded on", key=remember("asof", ""), placeholder="2024-02-16", validate=_DAY,
                              help="The graph as it was by the end of that day: what articles had been added, what had "
                              "been merged and decided by then.")  # fmt: skip
        st.button("Clear all filters", on_click=reset, width="stretch")
    publish(**{"from": first, "to": last, "asof": as_of, "part_of": whole})
    # Who looks for words wants every sentence that has them.
    least = salience if passing or searching else max(salience, FOREGROUND)
    return {"part_of": whole, "type": tuple(types), "status": tuple(statuses), "min_salience": least,
            "min_confidence": confidence, "earliest": first, "latest": f"{last}-99"[:10] if last else "",
            "as_of": as_of}  # fmt: skip


def _part_of(facets: Facets) -> str | None:
    key = remember("part_of")
    titles = {whole.id: f"{whole.title} ({whole.parts})" for whole in facets.wholes}
    linked = st.session_state[key]
    if linked and linked not in titles:
        titles[linked] = "The event of the link"
    chosen: str | None = st.selectbox("Part of", list(titles), index=None, key=key, format_func=titles.__getitem__,
                                      placeholder="Anything")  # fmt: skip
    return chosen


def forget(name: str) -> None:
    """Take one filter out; a callback."""
    st.session_state.pop(f"filter_{name}", None)
    publish(**{name: None})


_DATE = (r"^(\d{4}(-\d\d(-\d\d)?)?)?$", "Write a year, a month or a day: 2022, 2022-02 or 2022-02-24.")


_DAY = (r"^(\d{4}-\d\d-\d\d)?$", "Write a day: 2024-02-16.")


def _keep(name: str, default: Any) -> str:
    key = f"filter_{name}"
    st.session_state.setdefault(key, default)
    return key


def _more_label() -> str:
    for name in ("from", "to", "asof"):
        remember(name, "")
    remember("part_of")
    set_now = [
        name
        for name in ("types", "statuses", "salience", "confidence", "from", "to", "asof", "part_of", "passing")
        if st.session_state.get(f"filter_{name}")
    ]
    return f"More filters ({len(set_now)})" if set_now else "More filters"


def _status_word(name: str) -> str:
    return STATUS_WORDS.get(name, name).capitalize()
