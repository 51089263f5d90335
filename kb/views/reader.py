"""In which language somebody reads: as the address says, or a choice in the sidebar, else as the browser prefers."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from kb import words
from kb.words import LANGUAGES, SOURCE, say

ADDRESS = "lang"  # the name in the address


def begin() -> None:
    """Find the language of this session; called at the start of each run."""
    words.heed(_of_session)
    state, asked = st.session_state, st.query_params.get(ADDRESS)
    if asked in LANGUAGES:
        state.language = state.language_asked = asked
    elif "language" not in state:
        state.language = words.choice(None, _preferred())


def keep(page: str) -> None:
    """Let the address of a page that was just opened say the language, where one was asked for. Arguments: its path."""
    state = st.session_state
    opened, state.language_page = state.get("language_page") != page, page
    # Not on the way back to an address without it: that would be no way back.
    if opened and state.get("language_asked") and ADDRESS not in st.query_params:
        st.query_params[ADDRESS] = state.language_asked


def carried() -> dict[str, str]:
    """What a link of the app has in its address so that the page it opens is in the language that was asked for."""
    asked = st.session_state.get("language_asked") if get_script_run_ctx(suppress_warning=True) else None
    return {ADDRESS: asked} if asked else {}


def draw() -> None:
    """Draw the choice of a language, in the sidebar."""
    st.session_state.language_choice = words.language()
    # In both languages, as who looks for it may not read the present one.
    label = "Language" if words.language() == SOURCE else f"{say('Language')} · Language"
    st.selectbox(label, list(LANGUAGES), key="language_choice", format_func=LANGUAGES.__getitem__, on_change=_chosen)
    if words.language() != SOURCE:
        st.caption(say("Titles, names and sentences stay in the language of their articles."))


def _chosen() -> None:
    """Take the choice; a callback."""
    chosen = st.session_state.language_choice
    st.session_state.language = st.session_state.language_asked = st.query_params[ADDRESS] = chosen


def _of_session() -> str | None:
    """The language of the session that draws now; None in a thread that draws for nobody."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    return str(st.session_state.get("language", SOURCE))


def _preferred() -> list[str]:
    """The languages that the browser prefers, the first one first."""
    header = st.context.headers.get("Accept-Language", "") or ""
    tags = [part.split(";")[0].strip() for part in header.split(",")]
    return [tag for tag in (st.context.locale, *tags) if tag]
