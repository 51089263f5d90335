"""Who said what about what: claims on one event side by side, when it was said apart from when it happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

import streamlit as st

from kb import ask
from kb.ask.claims import ClaimRow
from kb.ask.disputes import ClaimLinkRow
from kb.ask.entity import EntityRow
from kb.ask.kept.present import Present
from kb.ask.rows import Named
from kb.components.mount import fingerprint
from kb.counted import CLAIM_SLOTS
from kb.store import Store
from kb.views.connection import graph, present
from kb.views.parts import deciding
from kb.views.parts.filters import DATE, entity, follow, in_order, publish, remember
from kb.views.parts.markup import empty_state, event_link, name_link, page_header, plural
from kb.views.parts.voices import answers_html, voice_html

_KEYS = "claims_"  # what the keys of this page’s widgets begin with
_MOST = 300  # claims read at once
_GROUPS = 20  # subjects shown at once
_VOICES = 12  # claims on one subject shown at once
_MANNER = {None: "Quoted or reported", True: "Quotations only", False: "Reported speech only"}
_SURE = "How often claims built like this one were read right on hand-annotated news."
_NO_STANCES: Mapping[str, Mapping[str, str]] = {}


@dataclass(frozen=True)
class Group:
    """Claims on one subject; `subject` is None for those that name none.

    stances: by claim, whether it is "for" or "against" the event that is the subject; see `ask.stances`.
    """

    subject: Named | None
    claims: tuple[ClaimRow, ...]
    stances: Mapping[str, str] = field(default_factory=dict)

    @property
    def voices(self) -> int:
        """How many different speakers there are."""
        return len({claim.speaker_name for claim in self.claims})

    @property
    def on_event(self) -> bool:
        """Whether the subject is an event."""
        return self.subject is not None and self.subject.kind == "Event"

    @property
    def disputed(self) -> bool:
        """Whether a claim denies the event; to deny something of a person or a place is no contradiction."""
        return self.count("against") > 0

    def count(self, stance: str) -> int:
        """How many claims are "for" or "against" the event."""
        return sum(self.stances.get(claim.id) == stance for claim in self.claims)


def page() -> None:
    """Draw the claims page; `?speaker=`, `?about=` (an entity) and `?event=` choose what it shows."""
    st.html(Path(__file__).parent / "reading.css")
    store = graph()
    follow(store, ("speaker", "about", "event"), _KEYS)
    now = present()
    total = now.counts.total(CLAIM_SLOTS)
    page_header("Claims", f"{plural(total, 'claim')}: who said what, and when they said it" if total else "")
    if not total:
        empty_state(
            "No claims yet",
            "Claims come with articles. Add one on the Add page, or in a terminal:",
            "kb ingest article.html",
        )
        return
    wanted = _filters(store, now.answered("speakers", lambda graph: ask.entities(graph, limit=500)))
    wanted["public_by"] = _public_by(now.answered("claim days", ask.claim_days))
    _subject(store, wanted.get("event"))
    found, known, links = now.answered(("claims", fingerprint(wanted)), lambda graph: _found(graph, wanted))
    if not found:
        st.caption("No claim fits these filters; clear some of them.")
        return
    shown = found[-_MOST:]
    _groups(group(shown, wanted.get("event"), known), links, len(found) > _MOST)


def _found(
    now: Present, wanted: dict[str, Any]
) -> tuple[list[ClaimRow], Mapping[str, Mapping[str, str]], list[ClaimLinkRow]]:
    """The claims that pass the filters, one more than are shown; what they say of events; how they answer others."""
    found = ask.claims(now, limit=_MOST + 1, **wanted)
    shown = found[-_MOST:]
    known = ask.stances(now, sorted({event.id for claim in shown for event in claim.about_events}))
    return found, known, ask.links_of_claims(now, [claim.id for claim in shown])


def _filters(store: Store, known: Sequence[EntityRow]) -> dict[str, Any]:
    speakers = [row for row in sorted(known, key=lambda row: -row.claims) if row.claims]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="claim_filters"):
        text = st.text_input("Search", key=remember("q", "", _KEYS), placeholder="Words of the claim", type="search")
        speaker = entity(store, "Speaker", "speaker", speakers, "Anyone", _KEYS)
        about = entity(store, "About", "about", known, "Anything", _KEYS)
        manner = st.selectbox("Manner", list(_MANNER), key="claims_manner", format_func=_MANNER.__getitem__)
        with st.popover("More filters"):
            first = st.text_input(
                "Said from", key=remember("from", "", _KEYS), placeholder="2022 or 2022-02-24", validate=DATE
            )
            last = st.text_input(
                "Said to", key=remember("to", "", _KEYS), placeholder="2024 or 2024-02-16", validate=DATE
            )
            st.caption("Claims whose date of saying is not known are then left out.")
            confidence = st.slider("Confidence at least", 0.0, 1.0, key="claims_confidence", step=0.05, help=_SURE)
    publish(q=text, speaker=speaker, about=about, **{"from": first, "to": last})
    in_order(first, f"{last}-99"[:10] if last else None)
    # "-99" sorts after every day of a year or month that is given without one.
    return {"text": text, "speaker": speaker, "about": about, "direct": manner, "event": st.query_params.get("event"),
            "said_from": first, "said_to": f"{last}-99"[:10] if last else None,
            "min_confidence": confidence}  # fmt: skip


def _public_by(days: tuple[str, str] | None) -> str | None:
    """A slider over the days on which claims became public. Returns: the chosen day, None at its end."""
    if days is None or days[0] == days[1]:
        return None
    first, last = (date.fromisoformat(each) for each in days)
    key = remember("by", prefix=_KEYS)
    linked = st.session_state[key]
    try:
        known = linked if isinstance(linked, date) else date.fromisoformat(linked or days[1])
    except ValueError:
        known = last
    st.session_state[key] = min(max(known, first), last)
    chosen = st.slider("Publicly said by", first, last, key=key, format="D MMM YYYY",
                       help="What was public for sure by that day: said by then, or printed by then.")  # fmt: skip
    bound = chosen.isoformat() if chosen < last else None
    publish(by=bound)
    return bound


def _subject(store: Store, event: str | None) -> None:
    if not event:
        return
    found = ask.event(store, event)
    name = found.event.title if found else "an event that the graph does not hold"
    with st.container(horizontal=True, vertical_alignment="center", key="claims_subject"):
        st.html(f'<p class="kb-count-line">Only claims about <strong>{escape(name)}</strong></p>')
        st.button("Show all claims", key="all_claims", on_click=publish, kwargs={"event": None})


def group(
    claims: Sequence[ClaimRow], event: str | None = None, known: Mapping[str, Mapping[str, str]] = _NO_STANCES
) -> list[Group]:
    """Claims by what they speak of: each under the one event that most of them share, else under an entity, else alone.

    Arguments: claims; event, the id of one that comes before all others; known, by event and claim what it says of
    it. Disputed subjects come first, then those of most speakers, events before people and places.
    """
    shared = Counter(subject.id for claim in claims for subject in (*claim.about_events, *claim.about_entities))

    def subject(claim: ClaimRow) -> Named | None:
        ranked = sorted(claim.about_events, key=lambda e: (e.id != event, -shared[e.id], e.edtf or "9", e.id))
        ranked += sorted(claim.about_entities, key=lambda e: (-shared[e.id], e.id))
        return ranked[0] if ranked else None

    keyed = sorted(((s.id if s else "", s, c) for c in claims for s in [subject(c)]), key=lambda row: row[0])
    groups = [
        Group(rows[0][1], tuple(row[2] for row in rows), known.get(rows[0][0], {}))
        for rows in (list(g) for _, g in groupby(keyed, key=lambda row: row[0]))
    ]
    return sorted(groups, key=_rank)


def _rank(group: Group) -> tuple[Any, ...]:
    name = group.subject.name if group.subject else ""
    return (group.subject is None, not group.disputed, not group.on_event, -group.voices, -len(group.claims), name)


def _groups(groups: list[Group], links: Sequence[ClaimLinkRow], cut: bool) -> None:
    limit = st.session_state.get("claims_limit", _GROUPS)
    count = sum(len(g.claims) for g in groups)
    order = ", disputed ones first" if groups[0].disputed else ""
    subjects = f"on {plural(len(groups), 'subject')}{order}"
    cut_off = f"The {count:,} claims said last, {subjects}; set a filter to see others"
    shown = cut_off if cut else f"{plural(count, 'claim')} {subjects}"
    st.html(f'<p class="kb-count-line">{shown}</p>')
    for number, each in enumerate(groups[:limit]):
        _draw(number, each, links)
    if len(groups) > limit:
        st.button(f"Show more ({len(groups) - limit:,} left)", key="more_claims", on_click=_more, args=(limit,))


def _more(limit: int) -> None:
    st.session_state.claims_limit = limit + _GROUPS


def _draw(number: int, group: Group, links: Sequence[ClaimLinkRow]) -> None:
    """One subject with the claims on it, in the order of saying, each with a way to reject it."""
    name = f"voices_on_{group.subject.id if group.subject else 'nothing'}"
    limit = st.session_state.get(name, _VOICES)
    with st.container(key=f"claims_on_{number}", gap=None):
        st.html(f'<header class="kb-claims">{_title(group.subject)}<p>{_summary(group)}</p></header>')
        with st.container(key=f"rivals_{number}"):
            for claim in group.claims[:limit]:
                with st.container(key=f"voice_{claim.id}", gap=None):
                    stance = group.stances.get(claim.id, "")
                    st.html(voice_html(claim, group.subject, stance, answers_html(claim, links)))
                    deciding.offer_rejection(claim.id, f"reject_{claim.id}")
        if len(group.claims) > limit:
            words = f"Show more on this ({len(group.claims) - limit:,} left)"
            st.button(words, key=f"more_voices_{number}", on_click=_more_voices, args=(name, limit))


def _more_voices(name: str, limit: int) -> None:
    st.session_state[name] = limit + _VOICES


def _title(subject: Named | None) -> str:
    if subject is None:
        return "<h2>On no single event</h2>"
    opens = event_link if subject.kind == "Event" else name_link
    return f"<h2>{opens(subject.name, subject.id)}</h2>"


def _summary(group: Group) -> str:
    parts = []
    if group.subject and group.on_event:
        when = escape(group.subject.when)
        parts.append(f"happened <strong>{when}</strong>" if group.subject.edtf else when)
    parts.append(f"{plural(len(group.claims), 'claim')} by {plural(group.voices, 'speaker')}")
    if group.disputed:
        sides = ((group.count("for"), "says that it happened", "say that it happened"),
                 (group.count("against"), "denies it", "deny it"))  # fmt: skip
        parts.append(", ".join(plural(count, one, many) for count, one, many in sides if count))
    return " · ".join(parts)
