"""The frame of the app: pages, navigation, looks."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import streamlit as st

from kb.components import keys
from kb.views import reader, signing
from kb.views.connection import friendly
from kb.views.correcting import undoing
from kb.views.parts.filters import complete
from kb.views.sharing import tools
from kb.words import mark, say

HERE = Path(__file__).parent
# Each page by its address; the first has that of the app itself.
PAGES = {
    "timeline": mark("Timeline"),
    "chronology": mark("Chronology"),
    "search": mark("Search"),
    "digest": mark("Digest"),
    "network": mark("Network"),
    "map": mark("Map"),
    "articles": mark("Articles"),
    "claims": mark("Claims"),
    "review": mark("Review"),
    "cypher": mark("Cypher"),
    "add": mark("Add"),
}
LINKED = {"event": mark("Event"), "name": mark("Name")}  # to which links lead, with an id
_MODULES = {"articles": "article"}  # of kb.views.pages, where it is called otherwise
_MOVED = {
    "article": "articles",
    "check": "review",
    "timeline": "timeline",
}  # other addresses of pages: an older one, the first by its name
_ABOUT = mark("An event-timeline knowledge base: dated events, people and claims, each with the sentence it came from.")


def main() -> None:
    """Draw the app. Streamlit calls this on every run."""
    reader.begin()
    st.set_page_config(
        page_title="Eventline",
        page_icon=str(HERE / "icon.png"),
        layout="wide",
        menu_items={"About": say(_ABOUT)},
        initial_sidebar_state="collapsed",
    )
    st.html(HERE / "style.css")
    st.logo(str(HERE / "logo.svg"), size="large", icon_image=str(HERE / "logo.svg"))
    # Titles only: a page's icon would also become the tab's, and is fetched from the internet.
    first = next(iter(PAGES))
    pages: dict[str, Any] = {
        name: st.Page(_page(name), title=say(title), url_path="start" if name == first else name, default=name == first)
        for name, title in PAGES.items()
        if name != "add" or signing.may("editor") or signing.is_asked()
    }
    linked = [
        st.Page(_page(name), title=say(title), url_path=name, visibility="hidden") for name, title in LINKED.items()
    ]
    moved = [st.Page(_leading_to(pages[now]), title=say(PAGES[now]), url_path=then, visibility="hidden")
             for then, now in _MOVED.items()]  # fmt: skip
    # Named before sign-in too, so that a link leads where it should thereafter.
    chosen = st.navigation([*pages.values(), *linked, *moved], position="hidden" if signing.is_asked() else "top")
    reader.keep(chosen.url_path)
    signing.gate()
    st.session_state.views_pages = {"": pages[first], "map": pages["map"]}
    with friendly():
        signing.draw()
        tools.draw("" if chosen.url_path in ("", "start") else chosen.url_path)
    if chosen.url_path != "search":  # which listens for itself
        with st.container(key="keys"), friendly():
            keys()
            st.page_link(pages["search"])
    chosen.run()
    undoing.draw(chosen.url_path)


def _page(name: str) -> Callable[[], None]:
    """The `page` of a module of kb.views.pages, imported when it is opened, its known errors said in one sentence."""

    def run() -> None:
        with friendly():
            complete()
            import_module(f"kb.views.pages.{_MODULES.get(name, name)}").page()

    return run


def _leading_to(page: Any) -> Callable[[], None]:
    """Go to a page with what stands in the address."""

    def run() -> None:
        st.switch_page(page, query_params=st.query_params.to_dict())

    return run
