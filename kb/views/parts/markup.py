"""Small pieces of HTML. Everything that comes from an article or the graph goes through `escape`."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

import streamlit as st

from kb.ask.claims import ClaimRow
from kb.ask.timeline import TimelineRow
from kb.views import reader
from kb.words import human, mark, retold, say

STATUS_WORDS = {
    "alleged": mark("alleged"), "denied": mark("denied"), "planned": mark("planned"),
    "hypothetical": mark("hypothetical"), "negated": mark("did not happen"),
}  # fmt: skip
_OTHER_STATUSES = {"asserted": mark("asserted"), "denies": mark("denies")}


TYPE_WORDS = {
    "AGREE": mark("Agreement"),
    "CONSULT": mark("Talks"),
    "SUPPORT": mark("Support"),
    "CONCEDE": mark("Concession"),
    "COOPERATE": mark("Cooperation"),
    "AID": mark("Aid"),
    "RETREAT": mark("Withdrawal"),
    "REQUEST": mark("Request"),
    "ACCUSE": mark("Accusation"),
    "REJECT": mark("Refusal"),
    "THREATEN": mark("Threat"),
    "PROTEST": mark("Protest"),
    "SANCTION": mark("Sanction"),
    "MOBILIZE": mark("Military move"),
    "COERCE": mark("Coercion"),
    "ASSAULT": mark("Attack"),
    "STATEMENT": mark("Statement"),
    "OTHER": mark("Other"),
}


_ARTICLES = frozenset(("a", "an", "the"))  # which say nothing of what happened

ROLE_WORDS = {
    "agent": mark("did it"),
    "patient": mark("done to"),
    "recipient": mark("got it"),
    "party": mark("with others"),
    "source": mark("from"),
    "speaker": mark("spoke"),
    "platform": mark("through"),
    "location": mark("there"),
}


def role_word(role: str) -> str:
    """As what somebody took part, in a reader's words; of a line of the network, what it says."""
    return say(ROLE_WORDS[role]) if role in ROLE_WORDS else retold(role.replace("_", " "))


def reason_words(reason: str) -> str:
    """Why two are taken for one, in a reader's words."""
    plain = re.sub(r"\bparticipant(s?) in both", r"name\1 in both", reason.replace("the same deed", "the same act"))
    return retold(plain)


def type_word(kind: str) -> str:
    """What to call an event type (a PLOVER root code) in the app."""
    return say(TYPE_WORDS[kind]) if kind in TYPE_WORDS else kind.replace("_", " ").replace("-", " ").capitalize()


def title_of(row: TimelineRow) -> str:
    """The title of an event in a list or picture of many; of one word, “War”, with where it was or who took part."""
    if len([word for word in row.title.split() if word.lower() not in _ARTICLES]) > 1:
        return row.title
    beside = row.place or ", ".join((*row.people, *row.organizations)[:2])
    return f"{row.title} ({beside})" if beside and beside.lower() not in row.title.lower() else row.title


def status_word(status: str) -> str:
    """What to call a status; nothing for what is simply asserted."""
    return "" if status == "asserted" else say({**STATUS_WORDS, **_OTHER_STATUSES}.get(status, status))


def status_name(status: str) -> str:
    """What to call a status in a list of all."""
    return say({**STATUS_WORDS, **_OTHER_STATUSES}.get(status, status)).capitalize()


def speaker_of(claim: ClaimRow) -> str:
    """The speaker's name, else the article's words for the speaker."""
    return claim.speaker.name if claim.speaker else claim.speaker_text or say("unnamed source")


def published_words(edtf: str | None) -> str:
    """When an article was published, as HTML. Arguments: EDTF, None where it is not known."""
    return say("published {date}", date=escape(human(edtf))) if edtf else say("publication date unknown")


def sure(confidence: float) -> str:
    """A confidence between 0 and 1 in words, “85% sure”."""
    return say("{percent}% sure", percent=round(100 * confidence))


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
    return f'<a href="{escape(address(page, **query))}" target="_self">{html}</a>'


def address(page: str, **query: str) -> str:
    """The address of a page of the app, in the language that the reader asked for. Arguments: as `link`."""
    return f"/{page}?" + "&".join(f"{name}={quote(value)}" for name, value in {**query, **reader.carried()}.items())


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
