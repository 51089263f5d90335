"""What stands on every page: a button that copies its address, one that keeps it under a name, and the kept ones."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from kb.access import Role
from kb.components import copy_link
from kb.errors import KbError
from kb.store import Settings
from kb.views import reader, signing
from kb.views.sharing import saved
from kb.views.sharing.saved import View
from kb.words import say

_WINDOW = ("q", "entity", "place", "from", "to")  # what timeline and map have in common


def draw(page: str) -> None:
    """Draw the tools of a page. Arguments: its url path, "" for the first."""
    with st.container(key="page_tools", horizontal=True, gap="small", vertical_alignment="center"):
        if page in ("", "map"):
            _to_the_other(page)
        copy_link()
        with st.popover(say("Save view"), key="save_view"):
            st.text_input(
                say("Name"), key="view_name", placeholder=say("Istanbul, March 2022"), max_chars=saved.LONGEST
            )
            st.button(say("Save"), key="view_save", on_click=_tried, args=(lambda: _keep(page),), type="primary")
            st.caption(say("It is listed in the sidebar. The page, its filters and what is chosen are kept."))
    _sidebar()
    if said := st.session_state.pop("views_said", None):
        st.toast(said)


def _to_the_other(page: str) -> None:
    """From the timeline to the map of the same window and filters, and back."""

    def go() -> None:
        st.session_state.views_go = {name: st.query_params[name] for name in _WINDOW if name in st.query_params}

    st.button(say("On the map") if page == "" else say("On the timeline"), key="other_page", on_click=go)
    if "views_go" in st.session_state:
        query = st.session_state.pop("views_go")
        st.switch_page(st.session_state.views_pages["map" if page == "" else ""], query_params=query)


def _sidebar() -> None:
    try:
        kept = saved.views(Settings.from_env())
    except KbError as error:
        st.sidebar.warning(str(error))
        return
    with st.sidebar:
        reader.draw()
        if not kept:
            return
        st.html(f'<h2 class="kb-side-title">{say("Saved views")}</h2>')
        for number, view in enumerate(kept):
            _listed(number, view)


def _listed(number: int, view: View) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute",
                      key=f"saved_view_{number}"):  # fmt: skip
        st.html(f'<p class="kb-saved"><a href="{escape(view.address)}" target="_self">{escape(view.name)}</a></p>')
        with st.popover(say("Edit"), key=f"edit_view_{number}"):
            key = f"view_renamed_{number}_{view.name}"
            st.text_input(say("Name"), value=view.name, key=key, max_chars=saved.LONGEST)
            st.button(say("Rename"), key=f"rename_view_{number}", on_click=_tried,
                      args=(lambda: saved.rename(Settings.from_env(), view.name, st.session_state[key]),))  # fmt: skip
            st.button(say("Delete"), key=f"delete_view_{number}", on_click=_tried,
                      args=(lambda: saved.forget(Settings.from_env(), view.name), "admin"))  # fmt: skip


def _keep(page: str) -> None:
    name = st.session_state.get("view_name", "")
    kept = {each: value for each, value in st.query_params.to_dict().items() if each != reader.ADDRESS}
    saved.keep(Settings.from_env(), View(name, page, kept))
    st.session_state.views_said = say("Saved as “{name}”", name=" ".join(name.split()))
    st.session_state.view_name = ""


def _tried(action: Callable[[], None], least: Role = "editor") -> None:
    """Do it, and say in a sentence why it could not be done; a callback."""
    try:
        signing.demand(least)
        action()
    except KbError as error:
        st.session_state.views_said = str(error)
