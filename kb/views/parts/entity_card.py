"""The card of one person, organisation, place or thing: what it is called, what merged into it, correcting that."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from kb import ask
from kb.ask.entity import EntityCard
from kb.ask.identity import Merged
from kb.store import Store
from kb.views.correcting import deciding
from kb.views.parts.markup import link, name_link, reason_words
from kb.words import mark, plural, retold, say

_KINDS = {
    "Person": mark("Person"),
    "Organization": mark("Organisation"),
    "Place": mark("Place"),
    "Thing": mark("Thing"),
}
_NOT = {
    "Person": mark("Not a person"), "Organization": mark("Not an organisation"), "Place": mark("Not a place"),
    "Thing": mark("Not a thing"),
}  # fmt: skip
_SHOWN = 12  # other names, or merged ones, told one by one


def show(store: Store, id: str, *, alone: bool = False) -> bool:
    """Draw the card of an entity. Returns: whether there is such an entity. Raises: StoreError.

    Arguments: the store to read; its id; alone, on the page to which the name on a card leads.
    """
    card = ask.entity(store, id)
    if card is None:
        decided = link("review", say("the decisions"), show="decisions")
        level = "h1" if alone else "h2"  # a page has one of the first
        gone = say(
            "The graph does not hold it, or no longer. Where a human said so, {decided} tell it.", decided=decided
        )
        st.html(f'<section class="kb-empty"><{level}>{say("No such name")}</{level}><p>{gone}</p></section>')
        return False
    merged = ask.merged_from(store, id)
    st.html(card_html(card, merged, alone=alone))
    _actions(store, card, merged)
    return True


def card_html(card: EntityCard, merged: Sequence[Merged] = (), *, alone: bool = False) -> str:
    """The card as HTML; every word from the graph is escaped. Arguments: as `show`."""
    name = f"<h1>{escape(card.name)}</h1>" if alone else f"<h2>{name_link(card.name, card.id)}</h2>"
    kind = " · ".join(part for part in (_kind(card), retold(card.subtype.replace("_", " "))) if part)
    told = say(
        "{mentions} in {articles}",
        mentions=plural(card.mentions, "{n} mention", "{n} mentions"),
        articles=plural(card.articles, "{n} article", "{n} articles"),
    )
    count = (
        f"{told} · {plural(card.events, '{n} event', '{n} events')} · {plural(card.claims, '{n} claim', '{n} claims')}"
    )
    return (
        f'<article class="kb-panel" aria-label="{escape(_kind(card))}"><p class="kb-kicker">{escape(kind)}</p>'
        f'{name}<p class="kb-hint">{count}</p>{_aliases(card)}{_merged(merged)}</article>'
    )


def _kind(card: EntityCard) -> str:
    return say(_KINDS.get(card.kind, card.kind))


def _aliases(card: EntityCard) -> str:
    if not card.aliases:
        return ""
    more = len(card.aliases) - _SHOWN
    names = ", ".join(card.aliases[:_SHOWN]) + (f" {plural(more, 'and {n} more', 'and {n} more')}" if more > 0 else "")
    return f'<p class="kb-aliases"><small>{say("Also called")}</small> {escape(names)}</p>'


def _merged(merged: Sequence[Merged]) -> str:
    if len(merged) < 2:
        return ""
    rows = "".join(_row(one) for one in merged[:_SHOWN])
    more = len(merged) - _SHOWN
    rest = (f'<p class="kb-hint">{plural(more, "and {n} more name", "and {n} more names")}</p>') if more > 0 else ""
    return (
        f"<h3>{say('Merged from')} <small>{plural(len(merged), '{n} name', '{n} names')}"
        f'</small></h3><ul class="kb-merged">{rows}</ul>{rest}'
    )


def _row(one: Merged) -> str:
    reason = f"<small>{escape(reason_words(one.reason))}</small>" if one.reason else ""
    told = plural(len(one.articles), "{n} article", "{n} articles") + (f" {say('or more')}" if one.more else "")
    return f"<li>{escape(one.name)} <span>{told}</span>{reason}</li>"


def _actions(store: Store, card: EntityCard, merged: Sequence[Merged]) -> None:
    """What a human can say of the entity."""
    with st.container(horizontal=True, gap="small", key="card_actions"):
        if st.button(say("Rename"), key="entity_rename", type="tertiary"):
            deciding.ask_edit(card.id, {"name": card.name})
        if st.button(
            say("Same as…"), key="entity_same", type="tertiary", help=say("Say that another name means this one")
        ):
            deciding.ask_same(store, card.id, card.name)
        if sum(len(one.articles) for one in merged) > 1:
            help = say("Say that a name, or an article, means another one")
            if st.button(say("Part…"), key="entity_split", type="tertiary", help=help):
                deciding.ask_split(merged, card.id, card.name)
        words = say(_NOT.get(card.kind, "Not a name"))
        if st.button(words, key="entity_reject", type="tertiary", help=say("Show it no more")):
            deciding.confirm(words, lambda decide, writer: decide.reject(writer, card.id))
