"""The graph that the pages read, and what a page shows when there is none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from kb.ask.kept.present import Present
from kb.ask.past import Past
from kb.errors import KbError, StoreError, StoreUnavailable
from kb.store import Settings, Store, open_store
from kb.store.moments import moment
from kb.words import say


@st.cache_resource(show_spinner="…", on_release=lambda store: store.close())
def graph() -> Store:
    """The store with a reader's login, opened once for all sessions. Raises: StoreError."""
    return open_store(Settings.from_env(), role="reader")


def present() -> Present:
    """The graph as it is now, with its counts and what was answered since it last changed. Raises: StoreError."""
    return Present(graph())


def hand_on(page: str, now: Present) -> None:
    """Give the graph of a page to its fragment, which is drawn with it. Arguments: page, a name; the graph."""
    st.session_state[f"{page}_now"] = now


def handed_on(page: str) -> Present:
    """The graph that the page gave; where a fragment is drawn by itself, the graph as it is now. Raises: StoreError."""
    return st.session_state.pop(f"{page}_now", None) or present()


def at(now: Present, day: str | None) -> Present | Past:
    """The graph as it was recorded by the end of a day (ISO, or a moment); the present one for None."""
    return Past(now.store, moment(day)) if day else now


@contextmanager
def friendly() -> Iterator[None]:
    """Say a KbError in one sentence on the page, in place of what could not be drawn."""
    try:
        yield
    except StoreUnavailable as error:
        # A connection that broke would be handed out again for ever.
        graph.clear()
        st.error(say("The graph cannot be reached. {error}", error=error))
        st.button(say("Try again"), type="primary")
    except StoreError as error:
        st.error(str(error))
    except KbError as error:
        st.warning(str(error))
