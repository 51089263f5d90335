"""How claims are drawn: one by one, grouped by what they are about, or speakers beside each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from typing import Any

import streamlit as st

from kb import ask
from kb.ask.claims.choosing import Order
from kb.ask.claims.disputes import ClaimLinkRow
from kb.ask.claims.pages import Spoken
from kb.ask.claims.rows import ClaimRow
from kb.ask.kept.present import Present
from kb.ask.rows import Named
from kb.views.correcting import deciding
from kb.views.parts.markup import event_link, link, name_link
from kb.views.parts.voices import answers_html, first_html, voice_html
from kb.words import human, plural, say

_NO_STANCES: Mapping[str, Mapping[str, str]] = {}
_NO_TOTALS: Mapping[str, Spoken] = {}


@dataclass(frozen=True)
class Told:
    """What is known of some claims: how they answer others, who said it first, what they say of their events."""

    links: tuple[ClaimLinkRow, ...] = ()
    first: Mapping[str, ClaimRow] = field(default_factory=dict)
    stances: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def answers(self, claim: ClaimRow) -> str:
        """How a claim answers others, as HTML."""
        return first_html(claim, self.first.get(claim.id)) + answers_html(claim, self.links)

    def stance(self, claim: ClaimRow) -> str:
        """What a claim says of its events: "against" where one of them did not happen by it, else ""."""
        found = {self.stances.get(event.id, {}).get(claim.id) for event in claim.about_events}
        return "against" if "against" in found else ""


@dataclass(frozen=True)
class Group:
    """Claims on one subject; `subject` is None for those that name none.

    stances: by claim, whether it is "for" or "against" the event that is the subject; see `ask.stances`. total: how
    much is said on it, here or elsewhere.
    """

    subject: Named | None
    claims: tuple[ClaimRow, ...]
    stances: Mapping[str, str] = field(default_factory=dict)
    total: Spoken | None = None

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


def told_of(graph: Present, claims: Sequence[ClaimRow]) -> Told:
    """What is known of some claims. Raises: StoreError."""
    ids = [claim.id for claim in claims]
    events = sorted({event.id for claim in claims for event in claim.about_events})
    return Told(tuple(ask.links_of_claims(graph, ids)), ask.first_to_say(graph, ids), ask.stances(graph, events))


def one_by_one(claims: Sequence[ClaimRow], told: Told, order: Order) -> None:
    """Claims in their order, the day by which they are ordered before each."""
    with st.container(key="claims_listed", gap=None):
        for claim in claims:
            with st.container(key=f"voice_{claim.id}", gap=None):
                day = f'<p class="kb-day">{escape(day_of(claim, order))}</p>'
                voice = voice_html(claim, _about(claim), told.stance(claim), told.answers(claim), about=True)
                st.html(f'<div class="kb-dated">{day}{voice}</div>')
                deciding.offer_rejection(claim.id, f"reject_{claim.id}")


def _about(claim: ClaimRow) -> Named | None:
    return next((event for event in claim.about_events if event.edtf), None)


def day_of(claim: ClaimRow, order: Order) -> str:
    """The day by which a claim is ordered, in words."""
    if order == "published":
        return human(claim.article.published, say("not known when published"))
    if order == "recorded":
        return human(claim.recorded and claim.recorded[:10], say("not known when recorded"))
    if order == "happened":
        return human(next((e.edtf for e in claim.about_events if e.edtf), None), say("not known when it happened"))
    return human(claim.said, say("not known when said"))


def by_subject(claims: Sequence[ClaimRow], told: Told, event: str | None, totals: Mapping[str, Spoken]) -> None:
    """Claims under what they are about, the disputed first."""
    for number, each in enumerate(group(claims, event, told.stances, totals)):
        with st.container(key=f"claims_on_{number}", gap=None):
            st.html(f'<header class="kb-claims">{_title(each.subject)}<p>{_summary(each)}</p></header>')
            with st.container(key=f"rivals_{number}"):
                for claim in each.claims:
                    with st.container(key=f"voice_{claim.id}", gap=None):
                        stance = each.stances.get(claim.id, "")
                        st.html(voice_html(claim, each.subject, stance, told.answers(claim)))
                        deciding.offer_rejection(claim.id, f"reject_{claim.id}")


def column(name: str, note: str, claims: Sequence[ClaimRow], told: Told, number: int) -> None:
    """What one speaker said, beside others.

    Arguments: name and note, as HTML; claims; told; number of the column.
    """
    st.html(f'<header class="kb-claims"><h2>{name}</h2><p>{note}</p></header>')
    with st.container(key=f"column_{number}", gap="small"):
        for claim in claims:
            with st.container(key=f"voice_{number}_{claim.id}", gap=None):
                st.html(voice_html(claim, _about(claim), told.stance(claim), told.answers(claim), about=True))
                deciding.offer_rejection(claim.id, f"reject_{number}_{claim.id}")


def group(
    claims: Sequence[ClaimRow],
    event: str | None = None,
    known: Mapping[str, Mapping[str, str]] = _NO_STANCES,
    totals: Mapping[str, Spoken] = _NO_TOTALS,
) -> list[Group]:
    """Claims by what they speak of: each under the one event that most of them share, else under an entity, else alone.

    Arguments: claims; event, the id of one that comes before all others; known, by event and claim what it says of
    it; totals, how much is said on each subject. Disputed subjects come first, then those of most speakers, events
    before people and places.
    """
    shared = Counter(subject.id for claim in claims for subject in (*claim.about_events, *claim.about_entities))

    def subject(claim: ClaimRow) -> Named | None:
        ranked = sorted(claim.about_events, key=lambda e: (e.id != event, -shared[e.id], e.edtf or "9", e.id))
        ranked += sorted(claim.about_entities, key=lambda e: (-shared[e.id], e.id))
        return ranked[0] if ranked else None

    keyed = sorted(((s.id if s else "", s, c) for c in claims for s in [subject(c)]), key=lambda row: row[0])
    groups = [
        Group(rows[0][1], tuple(row[2] for row in rows), known.get(rows[0][0], {}), totals.get(rows[0][0]))
        for rows in (list(g) for _, g in groupby(keyed, key=lambda row: row[0]))
    ]
    return sorted(groups, key=_rank)


def _rank(group: Group) -> tuple[Any, ...]:
    name = group.subject.name if group.subject else ""
    return (group.subject is None, not group.disputed, not group.on_event, -group.voices, -len(group.claims), name)


def _title(subject: Named | None) -> str:
    if subject is None:
        return f"<h2>{say('On no single event')}</h2>"
    opens = event_link if subject.kind == "Event" else name_link
    return f"<h2>{opens(subject.name, subject.id)}</h2>"


def _summary(group: Group) -> str:
    parts = []
    if group.subject and group.on_event:
        when = escape(human(group.subject.edtf))
        parts.append(say("happened {date}", date=f"<strong>{when}</strong>") if group.subject.edtf else when)
    parts.append(
        say(
            "{claims} by {speakers}",
            claims=plural(len(group.claims), "{n} claim", "{n} claims"),
            speakers=plural(group.voices, "{n} speaker", "{n} speakers"),
        )
    )
    if group.disputed:
        for_, against = group.count("for"), group.count("against")
        sides = [plural(for_, "{n} says that it happened", "{n} say that it happened")] if for_ else []
        sides += [plural(against, "{n} denies it", "{n} deny it")] if against else []
        parts.append(", ".join(sides))
    if group.subject and group.total and group.total.claims > len(group.claims):
        query = {"event" if group.on_event else "about": group.subject.id}
        parts.append(
            link("claims", say("all {claims} on it, side by side", claims=group.total.claims), **query, view="side")
        )
    return " · ".join(parts)
