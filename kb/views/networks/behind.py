"""The panels of a line and of a connection: what they mean, and the sentences that say so, as HTML."""

from __future__ import annotations

from html import escape

from kb.ask.network import Behind, Connection
from kb.ask.network.connection import meaning
from kb.ask.network.lines import Sentence
from kb.ask.rows import Named
from kb.ask.words import as_said
from kb.views.parts.markup import article_link, event_link, link, name_link, role_word, speaker_of
from kb.views.parts.voices import voice_html
from kb.words import human, plural, retold, say

_SENTENCES = 3  # behind each step of a connection


def named(one: Named) -> str:
    """A node by its name, as a link."""
    if one.kind == "Event":
        return event_link(one.name, one.id)
    return link("claims", one.name, claim=one.id) if one.kind == "Claim" else name_link(one.name, one.id)


def line_html(found: Behind) -> str:
    """The panel of a line; every word from the graph is escaped."""
    parts = [(f"<h2>{say('{one} and {other}', one=named(found.one), other=named(found.other))}</h2>")]
    if found.claims and "Claim" in (found.one.kind, found.other.kind):
        parts.append(
            f'<p class="kb-hint">{escape(retold(meaning(found)))}</p>{voice_html(found.claims[0], None, about=True)}'
        )
    elif "Event" in (found.one.kind, found.other.kind):
        roles = ", ".join(dict.fromkeys(_role(each) for each in found.sentences)) or say("took part")
        parts.append(f'<p class="kb-hint">{escape(roles)}</p>{"".join(map(_quote, found.sentences))}')
    else:
        parts.append(_between(found))
    told = "".join(parts)
    return (
        f'<article class="kb-panel" aria-label="{say("What a line means")}">'
        f'<p class="kb-kicker">{say("Line")}</p>{told}</article>'
    )


def _between(found: Behind) -> str:
    together = "".join(map(_quote, found.sentences))
    said = "".join(voice_html(claim, None, about=False) for claim in found.claims)
    more = found.events - len(found.sentences)
    rest = (
        (f'<p class="kb-hint">{plural(more, "and {n} more event", "and {n} more events")}</p>')
        if more > 0 and found.sentences
        else ""
    )
    parts = []
    if found.events:
        parts.append(
            f"<h3>{say('Together')} <small>{plural(found.events, '{n} event', '{n} events')}"
            f"</small></h3>{together}{rest}"
        )
    if found.said:
        parts.append(
            f"<h3>{say('Of each other')} <small>{plural(found.said, '{n} claim', '{n} claims')}</small></h3>{said}"
        )
    return "".join(parts)


def _role(sentence: Sentence) -> str:
    return role_word(sentence.role)


def _quote(sentence: Sentence) -> str:
    event = sentence.event
    head = (
        f"<strong>{event_link(event.name, event.id)}</strong> <small>{escape(human(event.edtf))}</small><br>"
        if event
        else ""
    )
    where = " · ".join(
        part
        for part in (article_link(sentence.article.name, sentence.article.id), escape(sentence.article.publisher))
        if part
    )
    return f'<blockquote class="kb-quote"><p>{head}{escape(sentence.text)}</p><footer>{where}</footer></blockquote>'


def connection_html(found: Connection) -> str:
    """The steps from one name to another with the sentences behind each; every word from the graph is escaped."""
    first, last = found.nodes[0], found.nodes[-1]
    steps = "".join(f"<li>{_step(hop)}</li>" for hop in found.hops)
    return (
        f'<article class="kb-panel kb-around" aria-label="{say("Connection")}">'
        f'<p class="kb-kicker">{say("Shortest connection")}</p><h2>'
        f"{say('{one} and {other}', one=named(first), other=named(last))}</h2>"
        f'<p class="kb-hint">{plural(len(found.hops), "{n} step", "{n} steps")}</p>'
        f'<ol class="kb-steps">{steps}</ol></article>'
    )


def _step(hop: Behind) -> str:
    told = "".join(map(_quote, hop.sentences[:_SENTENCES]))
    if hop.claims:
        claim = hop.claims[0]
        words = escape(as_said(claim.text, direct=claim.direct))
        where = article_link(claim.article.name, claim.article.id)
        told = (f'<blockquote class="kb-quote"><p>{words}</p><p><small>{escape(claim.sentence)}</small></p>'
                f"<footer>{escape(speaker_of(claim))} · {where}</footer></blockquote>")  # fmt: skip
    return f"<p>{named(hop.one)} <small>{escape(retold(meaning(hop)))}</small> {named(hop.other)}</p>{told}"
