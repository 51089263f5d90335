"""What a page shows while the graph is empty: the ways on, the demonstration among them."""

from __future__ import annotations

import streamlit as st

from kb.errors import KbError
from kb.project import seed_folder
from kb.views import signing
from kb.views.parts.markup import empty_state
from kb.words import say


def nothing_yet(title: str, body: str) -> None:
    """Say that there is nothing yet, and offer the demonstration. Arguments: title; body, a sentence."""
    empty_state(
        title,
        f"{body} {say('Add one on the Add page, load the demonstration below, or in a terminal:')}",
        "kb ingest article.html",
    )
    with st.container(key="start_demonstration"):
        if st.button(say("Load the demonstration"), key="load_demonstration", type="primary"):
            _load()


def _load() -> None:
    """Read the demonstration articles into the graph, and show the page anew."""
    try:
        with st.spinner(say("Reading fourteen articles; this takes about a minute …")):
            import ingest  # noqa: PLC0415 (the language model loads only when something is added)

            with signing.writer() as store:
                ingest.ingest([str(seed_folder())], store)
    except KbError as error:
        st.error(str(error))
        return
    st.cache_data.clear()
    st.rerun()
