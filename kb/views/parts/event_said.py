"""What was claimed on an event, under headings: for it and against it where it is disputed, then all else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from kb.ask.claims import ClaimRow
from kb.ask.claims.disputes import ClaimDisputes, ClaimLinkRow
from kb.ask.event import EventDetail
from kb.ask.words import as_said
from kb.views.correcting import deciding
from kb.views.parts.markup import name_link, speaker_of
from kb.views.parts.voices import answers_html
from kb.words import human, plural, say

UNDISPUTED = ClaimDisputes((), (), ())
_SAID = 12  # claims under one heading shown at once


@dataclass(frozen=True, slots=True)
class Said:
    """Claims under one heading, with how they answer others."""

    key: str
    title: str
    claims: tuple[ClaimRow, ...]
    links: Sequence[ClaimLinkRow] = ()


def said_of(detail: EventDetail, disputes: ClaimDisputes) -> tuple[list[Said], list[Said]]:
    """The claims on an event: those for and against it, if it is disputed, then all others."""
    opposed = [
        Said("against", say("Claims that it did not happen"), disputes.against, disputes.links),
        Said("for", say("Claims that it happened"), disputes.for_, disputes.links),
    ] if disputes.against else []  # fmt: skip
    apart = {claim.id for said in opposed for claim in said.claims}
    others = [
        Said("about", say("Also said about it") if apart else say("Said about it"),
              tuple(claim for claim in detail.claims_about if claim.id not in apart)),
        Said("in", say("Said in it"), detail.claims_made_in),
    ]  # fmt: skip
    return [said for said in opposed if said.claims], [said for said in others if said.claims]


def _said_title(said: Said) -> str:
    return f"<h3>{escape(said.title)} <small>{plural(len(said.claims), '{n} claim', '{n} claims')}</small></h3>"


def said_html(said: Said) -> str:
    """Claims under their heading, as HTML; every word from the graph is escaped."""
    return _said_title(said) + "".join(_claim(claim, answers_html(claim, said.links)) for claim in said.claims)


def _claim(claim: ClaimRow, answers: str = "") -> str:
    name = escape(speaker_of(claim))
    who = name_link(claim.speaker_name, claim.speaker.id) if claim.speaker else name
    text = escape(as_said(claim.text, direct=claim.direct))
    said = say("said {date}", date=escape(human(claim.said))) if claim.said else say("date of saying unknown")
    return f'<blockquote class="kb-quote kb-claim"><p>{text}</p><footer>{who} · {said}</footer>{answers}</blockquote>'


def draw_said(said: Said) -> None:
    """Draw claims under their heading, each with a way to reject it."""
    st.html(f'<div class="kb-panel">{_said_title(said)}</div>')
    key = said.key
    limit = st.session_state.get(f"limit_{key}", _SAID)
    for claim in said.claims[:limit]:
        st.html(f'<div class="kb-panel">{_claim(claim, answers_html(claim, said.links))}</div>')
        deciding.offer_rejection(claim.id, f"reject_{key}_{claim.id}")
    if len(said.claims) > limit:
        words = say("Show more ({left} left)", left=len(said.claims) - limit)
        st.button(words, key=f"more_{key}", on_click=show_more, args=(f"limit_{key}", limit + _SAID))


def show_more(key: str, limit: int) -> None:
    """Show more of what is listed; a callback. Arguments: key, of the limit; the limit."""
    st.session_state[key] = limit
