"""Events as files: what the filters of a page leave, in every form, made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from kb import export, words
from kb.ask.kept.present import Present
from kb.export import FORMS
from kb.store import Store
from kb.views.connection import at
from kb.words import retold, say


def offer(store: Store, title: str, wanted: Mapping[str, Any], *, key: str, label: str = "") -> None:
    """A popover with a button for each form.

    Arguments: the store to read; title, what the files call themselves, "" for what is shown, in words; wanted, filters
    as `ask.timeline` takes them, and `as_of`; key, of the widgets; label, of the popover.
    """
    popover = st.popover(label or say("Download"), key=f"{key}_popover", on_change="rerun")
    with popover:
        st.caption(
            say("The events that these filters leave, with who took part, their sentences, articles and claims.")
        )
        if not popover.open:
            return  # a dozen buttons that a page would draw with each of its runs
        for name, form in FORMS.items():
            st.download_button(
                say("{title}, for {reader}", title=retold(form.title), reader=retold(form.reader)),
                _made(store, title, wanted, name),
                f"events.{form.ending}",
                form.media,
                key=f"{key}_{name}",
                on_click="ignore",
                width="stretch",
            )


def _made(store: Store, title: str, wanted: Mapping[str, Any], form: str) -> Callable[[], bytes]:
    """What makes the file when its button is pressed."""
    filters = {name: value for name, value in wanted.items() if name != "as_of"}

    code = words.language()

    def make() -> bytes:
        with words.speaking(code):  # it is made in a thread that knows no reader
            return _written()

    def _written() -> bytes:
        return export.write(export.gather(at(Present(store), wanted.get("as_of")), title, **filters), form)

    return make
