"""Small pieces of HTML. Everything that comes from an article or the graph goes through `escape`."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

import streamlit as st

STATUS_WORDS = {
    "alleged": "alleged", "denied": "denied", "planned": "planned", "hypothetical": "hypothetical",
    "negated": "did not happen",
}  # fmt: skip


TYPE_WORDS = {
    "AGREE": "Agreement", "CONSULT": "Talks", "SUPPORT": "Support", "CONCEDE": "Concession", "COOPERATE": "Cooperation",
    "AID": "Aid", "RETREAT": "Withdrawal", "REQUEST": "Request", "ACCUSE": "Accusation", "REJECT": "Refusal",
    "THREATEN": "Threat", "PROTEST": "Protest", "SANCTION": "Sanction", "MOBILIZE": "Military move",
    "COERCE": "Coercion", "ASSAULT": "Attack", "STATEMENT": "Statement", "OTHER": "Other",
}  # fmt: skip


ROLE_WORDS = {
    "agent": "did it", "patient": "done to", "recipient": "got it", "party": "with others", "source": "from",
    "speaker": "spoke", "platform": "through", "location": "there",
}  # fmt: skip


def role_word(role: str) -> str:
    """As what somebody took part, in a reader's words; of a line of the network, what it says."""
    return ROLE_WORDS.get(role, role.replace("_", " "))


def reason_words(reason: str) -> str:
    """Why two are taken for one, in a reader's words."""
    return re.sub(r"\bparticipant(s?) in both", r"name\1 in both", reason.replace("the same deed", "the same act"))


def type_word(kind: str) -> str:
    """What to call an event type (a PLOVER root code) in the app."""
    return TYPE_WORDS.get(kind, kind.replace("_", " ").replace("-", " ").capitalize())


def status_word(status: str) -> str:
    """What to call a status; nothing for what is simply asserted."""
    return "" if status == "asserted" else STATUS_WORDS.get(status, status)


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun: "1 event", "4,210 events"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def badge(status: str) -> str:
    """A status as a small label, in words and not by colour alone."""
    word = status_word(status)
    return f'<span class="kb-badge">{escape(word)}</span>' if word else ""


def marked(text: str, *spans: tuple[int, int]) -> str:
    """A sentence with the words at these spans highlighted; a span that does not fit or crosses another is left out."""
    parts, at = [], 0
    for start, end in sorted(set(spans)):
        if at <= start < end <= len(text):
            parts += [escape(text[at:start]), f"<mark>{escape(text[start:end])}</mark>"]
            at = end
    return "".join((*parts, escape(text[at:])))


def link(page: str, words: str, **query: str) -> str:
    """A link to another page of the app. Arguments: page, its url path ("" for the first); words; its query."""
    return anchor(page, escape(words), **query)


def event_link(words: str, id: str) -> str:
    """A link to the page of an event."""
    return anchor("event", escape(words), id=id)


def name_link(words: str, id: str) -> str:
    """A link to the page of a person, organisation, place or thing."""
    return anchor("name", escape(words), id=id)


def article_link(words: str, id: str, at: tuple[int, int] | None = None) -> str:
    """A link to an article. Arguments: words; its id; at, the characters of its text that are shown and marked."""
    place = {"at": f"{at[0]}-{at[1]}"} if at else {}
    return anchor("articles", escape(words), article=id, **place)


def anchor(page: str, html: str, **query: str) -> str:
    """As `link`, but what is read is HTML."""
    address = "&".join(f"{name}={quote(value)}" for name, value in query.items())
    return f'<a href="/{page}?{escape(address)}" target="_self">{html}</a>'


def page_header(title: str, note: str) -> None:
    """The page's name, which the browser's tab gets too, and one line that says what is in it."""
    tab(title)
    st.html(f'<header class="kb-head"><h1>{escape(title)}</h1><p>{escape(note)}</p></header>')


def tab(title: str) -> None:
    """Name the browser's tab."""
    st.set_page_config(page_title=f"{' '.join(title.split())} · Eventline")


def empty_state(title: str, body: str, command: str | None = None) -> None:
    """What to do when there is nothing to show. Arguments: title; body, plain words; command, to type in a terminal."""
    code = f"<pre><code>{escape(command)}</code></pre>" if command else ""
    st.html(f'<section class="kb-empty"><h2>{escape(title)}</h2><p>{escape(body)}</p>{code}</section>')


def plain(words: str) -> str:
    """Words for a Streamlit label, which is Markdown: nothing in them has a meaning of its own."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~:$^=&])", r"\\\1", " ".join(words.split()))
