"""Who is signed in, when the app serves other machines; and the one way by which a page writes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial

import streamlit as st

from kb import access, decisions
from kb.access import Role, User
from kb.errors import KbError, NotAllowed
from kb.store import Settings, Store, open_store
from kb.views.parts.markup import page_header
from kb.words import mark, say

DEMANDED = "KB_SIGN_IN"  # set by kb.launch where the app can be reached from elsewhere
PROVIDER = "KB_PROVIDER"  # set by kb.launch where an identity provider vouches for people: its host
_DEEDS = {
    "reader": mark("To look needs the role reader."), "editor": mark("To decide and add needs the role editor."),
    "admin": mark("To remove needs the role admin."),
}  # fmt: skip
_SIGNED_IN = {
    "reader": mark("You are signed in as reader."), "editor": mark("You are signed in as editor."),
    "admin": mark("You are signed in as admin."),
}  # fmt: skip
_ROLES = {"reader": mark("reader"), "editor": mark("editor"), "admin": mark("admin")}


def is_asked() -> bool:
    """Whether somebody must sign in before anything is shown."""
    return bool(os.environ.get(DEMANDED)) and user() is None


def gate() -> None:
    """Ask who is there before anything is drawn, where that is demanded; ends the run until it is known."""
    if not is_asked():
        return
    page_header(say("Sign in"), say("This story is kept for those who were let in."))
    _by_provider()
    with st.container(key="sign_in", width=420), st.form("sign_in_form", border=False):
        name = st.text_input(say("Name"), key="sign_in_name", autocomplete="username")
        password = st.text_input(
            say("Password"), type="password", key="sign_in_password", autocomplete="current-password"
        )
        if st.form_submit_button(say("Sign in"), type="primary"):
            _try(name.strip(), password)
    st.stop()


def draw() -> None:
    """Say in the sidebar who is signed in, with a way out; nothing where that is not demanded."""
    found = user() if os.environ.get(DEMANDED) else None
    if found:
        with st.sidebar:
            st.caption(say("Signed in as {name}, {role}.", name=found.name, role=say(_ROLES[found.role])))
            st.button(say("Sign out"), key="sign_out", on_click=sign_out)


def _by_provider() -> None:
    """The way in by an identity provider, where the project names one; who came by it unknown is told so."""
    provider = os.environ.get(PROVIDER)
    if not provider:
        return
    with st.container(key="sign_in_by", width=420):
        if st.user.is_logged_in:
            told = _vouched()
            if told:
                st.error(say("{mail} was not let in. Ask who runs this app.", mail=told))
            else:
                st.error(say("{provider} does not vouch for your address of mail.", provider=provider))
            st.button(say("Sign out"), key="sign_out_by", on_click=sign_out)
        elif st.button(say("Sign in by {provider}", provider=provider), key="sign_in_by_provider", type="primary"):
            st.login()


def _vouched() -> str:
    """The address of mail that the provider vouches for, else ""."""
    if not os.environ.get(PROVIDER) or not st.user.is_logged_in:
        return ""
    return str(st.user.get("email") or "") if st.user.get("email_verified") is True else ""


def user() -> User | None:
    """Who is signed in, with the role that stands in the file now; None where nobody is, or need be."""
    name = st.session_state.get("signed_in")
    folder = Settings.from_env().data_dir
    try:
        if not name and (mail := _vouched()):
            return access.of_mail(folder, mail)
        known = access.users(folder).get(name) if name else None
    except KbError:  # a file that cannot be read lets nobody in; who signs in is told why
        return None
    # Another password since, or a removal, ends what was open.
    return known if known is not None and known.hash == st.session_state.get("signed_in_by") else None


def name() -> str:
    """Who decides: who is signed in, else the account."""
    found = user()
    return found.name if found else decisions.somebody()


def may(least: Role) -> bool:
    """Whether who is there may do so much; on this machine alone everybody may all."""
    if not os.environ.get(DEMANDED):
        return True
    found = user()
    return found is not None and found.may(least)


def demand(least: Role) -> None:
    """Raises: NotAllowed where who is there may not do so much."""
    if not may(least):
        found = user()
        role = say(_SIGNED_IN[found.role]) if found else say("Nobody is signed in.")
        raise NotAllowed(f"{role} {say(_DEEDS[least])} {say('Ask who runs this app.')}")


@contextmanager
def writer(least: Role = "editor") -> Iterator[Store]:
    """The graph open for writing, in the name of who is signed in. Raises: NotAllowed, StoreError."""
    with opener(least)() as store:
        yield store


def opener(least: Role = "editor") -> Callable[[], AbstractContextManager[Store]]:
    """What opens the graph for writing in the name of who is signed in now, also in a thread that knows nobody.

    Raises: NotAllowed.
    """
    demand(least)
    found = user() if os.environ.get(DEMANDED) else None
    return partial(_opened, found.name if found else None, Settings.from_env())


@contextmanager
def _opened(name: str | None, settings: Settings) -> Iterator[Store]:
    with decisions.in_the_name_of(name), open_store(settings, role="writer") as store:
        yield store


def sign_out() -> None:
    """Forget who is signed in, and all that was asked; a callback."""
    st.session_state.clear()
    if os.environ.get(PROVIDER) and st.user.is_logged_in:
        st.logout()


def _try(name: str, password: str) -> None:
    state = st.session_state
    time.sleep(access.pause(state.get("sign_in_failed", 0)))
    try:
        found = access.check(Settings.from_env().data_dir, name, password)
    except KbError as error:
        st.error(str(error))
        return
    if found is None:
        state.sign_in_failed = state.get("sign_in_failed", 0) + 1
        st.error(say("This name and password are not known together."))
        return
    state.sign_in_failed, state.signed_in, state.signed_in_by = 0, found.name, found.hash
    st.rerun()
