"""The row of filters above the timeline and the chronology; what is set there stands in the address, so that a view can
be shared, and Back brings it again.
"""  # noqa: D205 - one sentence

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from kb import ask
from kb.ask.entity import EntityRow
from kb.ask.timeline import Facets
from kb.counted import FOREGROUND, SAID, deeds
from kb.errors import BadInput
from kb.meant import begun, meant
from kb.store import Store
from kb.views.connection import graph
from kb.views.parts.markup import status_name, type_word
from kb.views.parts.spans import LANES
from kb.words import human, mark, retold, say, sense

_LANE_WORDS = {
    "none": mark("No lanes"),
    "people": mark("By person"),
    "organizations": mark("By organisation"),
    "places": mark("By place"),
    "types": mark("By type"),
    "wholes": mark("By war, siege, talks"),
    "publishers": mark("By publisher"),
    "tags": mark("By tag"),
}
_BAR = ("q", "entity", "place", "part_of", "from", "to", "asof", "lanes", "deeds")
_FOLDED = ("place", "statuses", "types", "salience", "confidence", "from", "to", "asof", "part_of", "passing")
_WORDS = ("q", "text")  # of the address, which name nothing by its id
USUAL = {"min_salience": FOREGROUND}
"""The filters, as `bar` gives them, where nothing is chosen."""
NAMES = tuple(dict.fromkeys((*_BAR, *_FOLDED)))
"""What of the address the bar keeps."""


def date_rule() -> tuple[str, str]:
    """What a field for a year, a month or a day takes, and what it says of anything else."""
    return r"^(\d{4}(-\d\d(-\d\d)?)?)?$", say("Write a year, a month or a day: 2022, 2022-02 or 2022-02-24.")


def _day_rule() -> tuple[str, str]:
    return r"^(\d{4}-\d\d-\d\d)?$", say("Write a day: 2024-02-16.")


def remember(name: str, default: Any = None, prefix: str = "filter_") -> str:
    """The key of a widget whose first value comes from the address (`?name=`).

    Arguments: name; default, else; prefix, of the keys of a page's widgets.
    """
    key = f"{prefix}{name}"
    if key not in st.session_state:
        st.session_state[key] = st.query_params.get(name, default)
    return key


def publish(**values: Any) -> None:
    """Write values into the address; empty ones are taken out of it. What is written is no news to `heed`."""
    for name, value in values.items():
        if value:
            # What stands there already is not written: a run that still goes on would undo a step back.
            if st.query_params.get(name) != str(value):
                st.query_params[name] = str(value)
        elif name in st.query_params:
            del st.query_params[name]
    st.session_state.address_seen = st.query_params.to_dict()


def heed(prefix: str = "filter_") -> set[str]:
    """Let the bar show what the address says, where a link or Back changed it.

    Returns: the names of what is another than this session wrote last; all of it on a first look. Arguments: prefix, of
    the keys of a page's widgets.
    """
    now, seen = st.query_params.to_dict(), st.session_state.get("address_seen") or {}
    changed = {name for name in {*now, *seen} if now.get(name) != seen.get(name)}
    for name in changed:
        st.session_state.pop(f"{prefix}{name}", None)
    st.session_state.address_seen = now
    return changed


def complete() -> None:
    """Let the beginning of an id in the address stand for the id that alone begins so; what several begin with is said.

    Raises: StoreError.
    """
    for name, value in st.query_params.to_dict().items():
        parts = value.split(",")  # of one that names several
        if name in _WORDS or not any(map(begun, parts)):
            continue
        try:
            st.query_params[name] = ",".join(meant(graph(), part) for part in parts)
        except BadInput as error:
            st.warning(retold(str(error)))
            st.stop()


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
    return card.name if card else say("No such name")


def row() -> Any:
    """The row in which the bar stands, with what else a page has to say there."""
    return st.container(horizontal=True, vertical_alignment="center", gap="small", key="filters")


def fold(names: Sequence[str]) -> None:
    """What shows the filters on a narrow screen, where they are folded away; elsewhere it is not seen.

    Arguments: names of the filters in the address, of which it counts those that are set.
    """
    set_now = sum(bool(st.query_params.get(name)) for name in names)
    st.toggle(say("Filters ({n})", n=set_now) if set_now else say("Filters"), key="unfolded")


def bar(row: Any, store: Store, facets: Facets, *, lanes: bool = True) -> tuple[dict[str, Any], str]:
    """Draw the bar. Returns: filters as `kb.ask.timeline` takes them, and the lanes asked for.

    Arguments: the row it stands in; the store to read; what can be chosen; lanes, whether they can be.
    """
    with row:
        fold(NAMES)
        text = st.text_input(
            say("Search"),
            key=remember("q", ""),
            placeholder=say("Words in title or sentence"),
            type="search",
            label_visibility="collapsed",
        )
        who = entity(store, say("Who"), "entity", facets.who, say("Anyone"), label_visibility="collapsed")
        by = _lanes() if lanes else "none"
        more = _more(store, facets, searching=bool(text))
        if _deeds(facets):
            more["type"] = deeds((name for name, _ in facets.types), more["type"])
    publish(q=text, entity=who, **({"lanes": by if by != "none" else ""} if lanes else {}))
    in_order(more["earliest"], more["latest"])
    wanted = {"text": text, "entity": who, **more}
    return {name: value for name, value in wanted.items() if value}, by


def in_order(first: str | None, last: str | None) -> None:
    """See that a span of days begins before it ends, which may be "2022-99" of a year. Raises: BadInput."""
    if first and last and first > last:
        until = human(last.removesuffix("-99"))
        raise BadInput(
            say("From {date} is later than to {until}; give the earlier one first.", date=human(first), until=until)
        )


def reset() -> None:
    """Forget every filter; a callback."""
    for key in [name for name in st.session_state if str(name).startswith("filter_")]:
        del st.session_state[key]
    publish(**dict.fromkeys(NAMES))


def entity(
    store: Store, label: str, name: str, rows: Sequence[EntityRow], anyone: str, prefix: str = "filter_",
    label_visibility: Any = "visible",
) -> str | None:  # fmt: skip
    """A choice among people, organisations, places or things, kept in the address as `?name=`. Returns: an id, or None.

    Arguments: the store; the label; name and prefix, as `remember` takes them; what there is to choose; what stands
    there while nothing is chosen; whether the label is seen, as Streamlit takes it.
    """
    names = {row.id: row.name for row in rows}
    key = remember(name, prefix=prefix)
    linked = st.session_state[key]
    if linked and linked not in names:
        # An entity beyond the most frequent ones can still be named by a link.
        names[linked] = name_of(store, linked)
    chosen: str | None = st.selectbox(
        label, list(names), index=None, key=key, format_func=names.__getitem__, placeholder=anyone,
        label_visibility=label_visibility,
    )  # fmt: skip
    return chosen


def choose_types(types: Sequence[str]) -> None:
    """Show these types of event alone, or all for none; a callback."""
    st.session_state.filter_types = list(types)
    publish(types=",".join(types))


def _lanes() -> str:
    key = remember("lanes", "none")
    if st.session_state[key] not in LANES:
        st.session_state[key] = "none"
    return str(
        st.selectbox(
            say("Lanes"), LANES, key=key, format_func=lambda each: say(_LANE_WORDS[each]), label_visibility="collapsed"
        )
    )


def sifted(types: Mapping[str, int]) -> tuple[dict[str, int], list[str]]:
    """The types that the switch for deeds leaves, and those of them that are chosen. Arguments: how many of each."""
    state = st.session_state
    out = {SAID} if state.get("filter_deeds") else set()
    left = {type: n for type, n in types.items() if type not in out}
    return left, [type for type in state.get("filter_types") or () if type not in out]


def _deeds(facets: Facets) -> bool:
    """Whether what was only said is left out, where there is any."""
    if SAID not in dict(facets.types):
        return False
    key = _kept("deeds", False, bool)
    only = st.toggle(say("Deeds only"), key=key, help=say("Leaves out what was only said: statements, speeches, "
                                                         "interviews, announcements."))  # fmt: skip
    publish(deeds="1" if only else "")
    return only


def _more(store: Store, facets: Facets, *, searching: bool) -> dict[str, Any]:
    types = _listed("types", [name for name, _ in facets.types])
    statuses = _listed("statuses", [name for name, _ in facets.statuses])
    with st.popover(_more_label()):
        where = entity(store, say("Where"), "place", facets.places, say("Anywhere"))
        whole = _part_of(facets)
        kinds = st.multiselect(
            say("Type"), types, key="filter_types", format_func=type_word, placeholder=say("Choose options")
        )
        told = st.multiselect(
            say("Status"), statuses, key="filter_statuses", format_func=status_name, placeholder=say("Choose options")
        )
        first = st.text_input(
            sense("from a day", "From"),
            key=remember("from", ""),
            placeholder=say("2022 or 2022-02-24"),
            validate=date_rule(),
        )
        last = st.text_input(
            sense("until a day", "To"),
            key=remember("to", ""),
            placeholder=say("2024 or 2024-02-16"),
            validate=date_rule(),
        )
        passing = st.toggle(say("Also what is told only in passing"), key=_kept("passing", False, bool))
        salience = st.slider(say("Weight at least"), 0.0, 1.0, key=_kept("salience", 0.0, _share), step=0.05,
                             help=say("How much an editor would want the event on a timeline."))  # fmt: skip
        confidence = st.slider(
            say("Confidence at least"),
            0.0,
            1.0,
            key=_kept("confidence", 0.0, _share),
            step=0.05,
            help=say("How often dates found this way were right on hand-annotated news."),
        )
        as_of = st.text_input(
            say("As recorded on"),
            key=remember("asof", ""),
            placeholder="2024-02-16",
            validate=_day_rule(),
            help=say(
                "The graph as it was by the end of that day: what articles had been added, what had "
                "been merged and decided by then."
            ),
        )
        st.button(say("Clear all filters"), on_click=reset, width="stretch")
    publish(**{"from": first, "to": last, "asof": as_of, "part_of": whole, "place": where, "types": ",".join(kinds),
               "statuses": ",".join(told), "salience": salience, "confidence": confidence,
               "passing": "1" if passing else ""})  # fmt: skip
    # Who looks for words wants every sentence that has them.
    least = salience if passing or searching else max(salience, FOREGROUND)
    return {"place": where, "part_of": whole, "type": tuple(kinds), "status": tuple(told), "min_salience": least,
            "min_confidence": confidence, "earliest": first, "latest": f"{last}-99"[:10] if last else "",
            "as_of": as_of}  # fmt: skip


def _listed(name: str, known: list[str]) -> list[str]:
    """What can be chosen of a list that the address names several of, "types=AGREE,AID"; what it names too."""
    key = _kept(name, [], lambda text: [each for each in text.split(",") if each])
    return [*known, *(each for each in st.session_state[key] if each not in known)]


def _kept(name: str, default: Any, read: Callable[[str], Any]) -> str:
    """As `remember`, for what is no text. Arguments: name; default; read, which takes what the address has."""
    key = f"filter_{name}"
    if key not in st.session_state:
        text = st.query_params.get(name)
        st.session_state[key] = read(text) if text else default
    return key


def _share(text: str) -> float:
    """A number between 0 and 1, to a twentieth; 0 for anything else."""
    try:
        return min(1.0, max(0.0, round(float(text) * 20) / 20))
    except ValueError:
        return 0.0


def _part_of(facets: Facets) -> str | None:
    key = remember("part_of")
    titles = {whole.id: f"{whole.title} ({whole.parts})" for whole in facets.wholes}
    linked = st.session_state[key]
    if linked and linked not in titles:
        titles[linked] = say("The event of the link")
    chosen: str | None = st.selectbox(
        say("Part of"), list(titles), index=None, key=key, format_func=titles.__getitem__, placeholder=say("Anything")
    )
    return chosen


def forget(name: str) -> None:
    """Take one filter out; a callback."""
    st.session_state.pop(f"filter_{name}", None)
    publish(**{name: None})


def _more_label() -> str:
    for name in ("from", "to", "asof"):
        remember(name, "")
    for name in ("part_of", "place"):
        remember(name)
    for name, read in (("salience", _share), ("confidence", _share), ("passing", bool)):
        _kept(name, False if read is bool else 0.0, read)
    set_now = [name for name in _FOLDED if st.session_state.get(f"filter_{name}")]
    return say("More filters ({n})", n=len(set_now)) if set_now else say("More filters")
