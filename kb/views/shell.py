"""The frame of the app: pages, navigation, looks."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import streamlit as st

from kb.components import keys
from kb.views.connection import friendly

HERE = Path(__file__).parent
PAGES = {
    "timeline": "Timeline",
    "search": "Search",
    "digest": "Digest",
    "network": "Network",
    "article": "Articles",
    "claims": "Claims",
    "check": "Check",
    "review": "Review",
    "cypher": "Cypher",
    "add": "Add",
}
_ABOUT = "An event-timeline knowledge base: dated events, people and claims, each with the sentence it came from."


def main() -> None:
    """Draw the app. Streamlit calls this on every run."""
    st.set_page_config(
        page_title="Eventline", page_icon=str(HERE / "icon.png"), layout="wide", menu_items={"About": _ABOUT}
    )
    st.html(HERE / "style.css")
    st.logo(str(HERE / "logo.svg"), size="large", icon_image=str(HERE / "logo.svg"))
    # Titles only: a page's icon would also become the tab's, and is fetched from the internet.
    pages = [
        st.Page(_page(name), title=title, url_path=name, default=name == "timeline") for name, title in PAGES.items()
    ]
    chosen = st.navigation(pages, position="top")
    if chosen.url_path != "search":  # which listens for itself
        with st.container(key="keys"), friendly():
            keys()
    chosen.run()


def _page(name: str) -> Callable[[], None]:
    """The `page` of kb.views.pages.<name>, imported when it is opened, its known errors said in one sentence."""

    def run() -> None:
        with friendly():
            import_module(f"kb.views.pages.{name}").page()

    return run
