"""What the first visitor would wait for, done as the app starts: imports, the connection, what is compiled once."""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from importlib import import_module

from kb.errors import KbError

_PAGES = (
    "timeline",
    "search",
    "event",
    "name",
    "chronology",
    "claims",
    "article",
    "map",
    "network",
    "digest",
    "review",
)
_WARNS = "streamlit.runtime.scriptrunner_utils.script_run_context"
_DRAWING = "pyvis.network"  # which brings what takes longest to import


def begin() -> None:
    """Make ready in a thread of its own; the app serves meanwhile."""
    thread = threading.Thread(target=warm, name="warming", daemon=True)
    # No visitor's run asks here, of which Streamlit would warn.
    logging.getLogger(_WARNS).addFilter(lambda record: threading.current_thread() is not thread)
    thread.start()


def warm() -> None:
    """Import what the pages need, open the graph and ask what they ask first."""
    timeline, search = (import_module(f"kb.views.pages.{name}") for name in _PAGES[:2])
    connection = import_module("kb.views.connection")
    with suppress(KbError):  # whoever comes is told
        now = connection.present()
        timeline.warm(now)
        search.warm(now.store)
    for name in _PAGES[2:]:
        import_module(f"kb.views.pages.{name}")
    import_module(_DRAWING)
