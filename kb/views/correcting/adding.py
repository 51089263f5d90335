"""Adding to an article what no rule found in it: words are selected, and said to tell an event or a claim."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from kb.ask.articles import ArticleDetail
from kb.components.pick import Picked
from kb.errors import KbError
from kb.heeded import Added
from kb.views import signing
from kb.views.correcting import undoing
from kb.views.parts.highlight import NAMES
from kb.views.parts.markup import TYPE_WORDS, marked, type_word
from kb.words import dated, mark, say

_WHATS = {"event": mark("An event"), "claim": mark("A claim")}
_DATE_EXAMPLES = mark("10 April 2022, March 2022, spring 2022 or 2014")
_LONGEST = 120  # characters of a title that is taken from the text
# White space as a browser counts it.
_SPACE = re.compile("[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]")


def words_at(text: str, start: int, picked: Picked) -> tuple[int, int]:
    """Where selected words stand in a text, in characters. Arguments: the text; where its shown part starts; the words.

    Nothing of a text that holds less is (0, 0).
    """
    solid = [at for at in range(start, len(text)) if not _SPACE.match(text[at])]
    chosen = solid[picked.before : picked.before + picked.length]
    return (chosen[0], chosen[-1] + 1) if chosen else (0, 0)


def ask(detail: ArticleDetail, what: str, span: tuple[int, int]) -> None:
    """Open the form.

    Arguments: the article; what the words tell, "event" or "claim"; where they stand, (0, 0) for nowhere yet.
    """
    st.dialog(say("What does the article tell here?"))(form)(detail, what, span)


def form(detail: ArticleDetail, what: str, span: tuple[int, int]) -> None:
    """Draw the form. Arguments as `ask`."""
    words = detail.text[slice(*span)]
    chosen = st.segmented_control(
        say("What is told"),
        list(_WHATS),
        default=what,
        format_func=lambda each: say(_WHATS[each]),
        key="adding_what",
        required=True,
        label_visibility="collapsed",
    )
    if words:
        st.html(f'<blockquote class="kb-quote"><p>{_sentence(detail.text, span)}</p></blockquote>')
    else:
        words = st.text_area(say("The words that tell it"), key="adding_words", height=90,
                             placeholder=say("Copied from the article as they stand")).strip()  # fmt: skip
    added = _claim(detail, words) if chosen == "claim" else _event(detail, words)
    if st.button(say("Add"), key="adding_add", type="primary", disabled=not words) and _store(detail, added, span[0]):
        st.rerun()


def _event(detail: ArticleDetail, words: str) -> Added:
    title = st.text_input(say("What happened"), value=_title(words), key="adding_title", max_chars=_LONGEST)
    left, right = st.columns(2)
    date = left.text_input(say("When"), key="adding_date", placeholder=say(_DATE_EXAMPLES))
    kind = right.selectbox(say("Type"), list(TYPE_WORDS), index=list(TYPE_WORDS).index("OTHER"), format_func=type_word,
                           key="adding_type")  # fmt: skip
    names = _names(detail)
    who = _some(say("Who did it"), names, "adding_agent")
    whom = _some(say("To whom"), names, "adding_patient")
    roles = [*(("agent", id) for id in who), *(("patient", id) for id in whom)]
    return Added("event", 0, words, title, str(kind), dated(date).strip(), tuple(roles))


def _claim(detail: ArticleDetail, words: str) -> Added:
    names = _names(detail)
    speaker = st.selectbox(say("Who said it"), list(names), index=None, format_func=names.__getitem__,
                           placeholder=say("A name in this article"), key="adding_speaker")  # fmt: skip
    date = st.text_input(say("When it was said"), key="adding_said", placeholder=say(_DATE_EXAMPLES))
    return Added("claim", 0, words, date=dated(date).strip(), who=(("speaker", speaker),) if speaker else ())


def _some(label: str, names: Mapping[str, str], key: str) -> list[str]:
    return st.multiselect(label, list(names), format_func=names.__getitem__, key=key,
                          placeholder=say("Names in this article"))  # fmt: skip


def _names(detail: ArticleDetail) -> dict[str, str]:
    """Those whom the article names, by id, in the order of the alphabet."""
    found = {each.id: each.label for each in detail.highlights if each.kind in NAMES}
    return dict(sorted(found.items(), key=lambda pair: (pair[1].casefold(), pair[0])))


def _title(words: str) -> str:
    plain = " ".join(words.split()).strip(" .,;:“”\"'")
    cut = plain if len(plain) <= _LONGEST else plain[:_LONGEST].rsplit(" ", 1)[0]
    return cut[:1].upper() + cut[1:]


def _sentence(text: str, span: tuple[int, int]) -> str:
    """The paragraph of the words, as HTML, they marked; of a long one what is next to them."""
    start = max(text.rfind("\n", 0, span[0]) + 1, span[0] - 200)
    end = text.find("\n", span[1])
    end = min(end if end >= 0 else len(text), span[1] + 200)
    return marked(text[start:end], (span[0] - start, span[1] - start))


def _store(detail: ArticleDetail, added: Added, start: int) -> bool:
    """Store what was added. Returns whether it was; else a sentence says why not."""
    try:
        with st.spinner(say("Reading the article with it …")):
            from ingest.revising import decide, revise  # noqa: PLC0415 (the language model loads only when it is needed)

            with signing.writer() as store:
                revision = decide.add(store, detail.meta.id, replace(added, start=start))
                revise.apply(store, revision)
    except KbError as error:
        st.error(str(error))
        return False
    undoing.note(revision.decision)
    st.cache_data.clear()
    return True
