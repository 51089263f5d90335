"""The panel of one claim: what was said, by whom, when, about what, and the sentence behind it."""

from __future__ import annotations

from html import escape

import streamlit as st

from kb import ask
from kb.ask.claims import ClaimRow
from kb.ask.words import as_said
from kb.store import Store
from kb.views.correcting import deciding
from kb.views.parts.markup import article_link, badge, event_link, name_link, published_words, speaker_of, sure
from kb.words import human, say, sense


def show(store: Store, claim: str) -> bool:
    """Draw the panel of a claim. Returns: whether there is such a claim. Raises: StoreError."""
    row = ask.claim(store, claim)
    if row is None:
        st.html(
            f'<section class="kb-empty"><h2>{say("No such claim")}</h2><p>'
            f"{say('The graph does not hold it, or no longer.')}</p></section>"
        )
        return False
    st.html(panel(row))
    deciding.offer_rejection(claim, "reject_claim")
    return True


def panel(claim: ClaimRow) -> str:
    """The panel as HTML; every word from the graph is escaped."""
    article = claim.article
    manner = say("Quotation") if claim.direct else say("Claim")
    doubt = badge("denies") if claim.force == "denied" else ""
    words = escape(as_said(claim.text, direct=claim.direct))
    rows = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in _facts(claim))
    published = published_words(article.published)
    source = " · ".join(
        part for part in (article_link(article.name, article.id), escape(article.publisher), published) if part
    )
    return (
        f'<article class="kb-panel" aria-label="{say("Claim")}"><p class="kb-kicker">{manner}'
        f'{doubt}</p><h2>{words}</h2><dl class="kb-facts">{rows}</dl><h3>'
        f'{say("Where it is written")}</h3><blockquote class="kb-quote"><p>'
        f"{escape(claim.sentence)}</p><footer>{source}</footer></blockquote></article>"
    )


def manner(claim: ClaimRow) -> str:
    """What the saying does, and the article's own word for it where that is another: `claimed (“insisted”)`."""
    own = f" (“{escape(claim.cue)}”)" if claim.cue and claim.cue.lower() != claim.force else ""
    return f"{escape(claim.force)}{own}"


def _facts(claim: ClaimRow) -> list[tuple[str, str]]:
    who = escape(speaker_of(claim))
    if claim.speaker:
        who = name_link(claim.speaker_name, claim.speaker.id)
    rows = [(say("Speaker"), who), (say("Manner"), manner(claim))]
    if claim.addressee:
        rows.append((sense("said to somebody", "To"), name_link(claim.addressee.name, claim.addressee.id)))
    elif claim.addressee_text:
        rows.append((sense("said to somebody", "To"), escape(claim.addressee_text)))
    rows.append((say("Said"), escape(human(claim.said)) if claim.said else say("not known when")))
    if claim.medium:
        rows.append((say("Medium"), escape(claim.medium)))
    if claim.made_in:
        rows.append((sense("in an event", "In"), event_link(claim.made_in.name, claim.made_in.id)))
    about = [event_link(event.name, event.id) for event in claim.about_events]
    about += [name_link(one.name, one.id) for one in claim.about_entities]
    if about:
        rows.append((say("About"), ", ".join(about)))
    rows.append((say("Reading"), sure(claim.confidence)))
    return rows
