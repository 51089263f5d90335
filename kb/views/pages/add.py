"""Adding articles in the browser: a pasted text or files, and then what was found in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import streamlit as st

from kb.edtf import Edtf
from kb.errors import BadInput, InvalidDate
from kb.store import Settings
from kb.views import signing
from kb.views.adding import work
from kb.views.adding.results import SHOWN, count_line, progress_html, results_html
from kb.views.connection import graph
from kb.views.parts.markup import page_header
from kb.words import mark, plural, say

if TYPE_CHECKING:
    from ingest.read import Given

_KINDS = [
    "txt", "md", "html", "htm", "mhtml", "gz", "rss", "atom", "xml", "json", "jsonl", "ndjson", "csv", "tsv", "parquet",
    "pdf", "docx", "eml", "mbox", "zip", "warc",
]  # fmt: skip
_TEXT, _FILES, _ADDRESS = mark("Paste a text"), mark("Upload files"), mark("Address")
_LOOK = 1.0  # seconds until it is looked how far the reading has come


def page() -> None:
    """Draw the page that adds articles."""
    st.html(Path(__file__).parent / "reading.css")
    page_header(say("Add articles"), say("They are read on this computer; only an address that you give is asked."))
    way = st.segmented_control(
        say("What to add"),
        [_TEXT, _FILES, _ADDRESS],
        default=_TEXT,
        key="add_way",
        format_func=say,
        label_visibility="collapsed",
    )
    with st.container(key="add_form"), st.form("add", border=False):
        text, files = _source(way or _TEXT)
        known = _known(way or _TEXT)
        pressed = st.form_submit_button(say("Add"), type="primary", key="add_now")
    if pressed:
        try:
            given = _given(known)
            _asked(text, given) if way == _ADDRESS else _add(text, files, given)
        except BadInput as error:
            st.error(str(error))
    with st.container(key="add_work"):
        _draw_work()


def _source(way: str) -> tuple[str, list[Any]]:
    if way == _TEXT:
        hint = say(
            "Paste the headline and the text here. Adverts, related stories and comments around it are taken away."
        )
        text = st.text_area(say("The article’s text"), key="add_text", height=280, placeholder=hint)
        return text or "", []
    if way == _ADDRESS:
        text = st.text_area(say("Addresses, one a line"), key="add_addresses", height=120, placeholder="https://…")
        st.caption(
            say("Of an article, a feed or a sitemap. A site is asked as its robots.txt allows, once a second at most.")
        )
        return text or "", []
    files = st.file_uploader(
        say("Saved pages, texts, PDF, letters, tables, archives"),
        type=_KINDS,
        accept_multiple_files=True,
        key="add_files",
    )
    return "", list(files or [])


def _known(way: str) -> dict[str, str]:
    """The fields about the article; what is given here wins over what the page says."""
    note = {_FILES: say("the same for all files"), _ADDRESS: say("the same for all addresses")}.get(
        way, say("optional")
    )
    with st.expander(say("What you know about it ({note})", note=note), expanded=way == _TEXT):
        left, right = st.columns(2)
        published = left.text_input(
            say("Published"),
            key="add_published",
            placeholder=say("2024-02-16, 2024-02 or 2024"),
            help=say("“Last week” and the like are counted from this day."),
        )
        publisher = right.text_input(
            say("Publisher"), key="add_publisher", placeholder=say("Name of the newspaper or site")
        )
        url = (
            ""
            if way == _ADDRESS
            else left.text_input(
                say("Web address"),
                key="add_url",
                placeholder="https://…",
                help=say("Identifies the article; it is not fetched."),
            )
        )
        title = right.text_input(say("Headline"), key="add_title", placeholder=say("If the text does not have it"))
    told = {"published": published, "publisher": publisher, "url": url, "title": title}
    return {name: value.strip() for name, value in told.items() if value and value.strip()}


def _given(known: dict[str, str]) -> Given:
    from ingest.read import Given  # noqa: PLC0415 (the language model loads only when something is added)

    try:
        published = Edtf(known["published"]) if "published" in known else None
    except InvalidDate as error:
        raise BadInput(say("The date of publication cannot be used: {error}.", error=error)) from error
    url = known.get("url")
    if url and not url.startswith(("http://", "https://")):
        raise BadInput(say("The web address has to start with http:// or https://."))
    return Given(
        published=published, url=url, publisher=known.get("publisher"), title=known.get("title"), by_file_name=True
    )


def _asked(text: str, given: Given) -> None:
    addresses = text.split()
    if not addresses:
        raise BadInput(say("There is nothing to add yet; give an address."))
    wrong = next((address for address in addresses if not address.startswith(("http://", "https://"))), None)
    if wrong:
        raise BadInput(say("“{wrong}” is no web address; write it with https:// or http:// before it.", wrong=wrong))
    _begin(addresses, replace(given, by_file_name=False))


def _add(text: str, files: Sequence[Any], given: Given) -> None:
    if not files and not text.strip():
        raise BadInput(say("There is nothing to add yet; paste a text or choose a file."))
    if given.url and len(files) > 1:
        raise BadInput(say("A web address names one article; add these files without it, or one by one."))
    folder = TemporaryDirectory(prefix="kb-add-")
    _begin([str(path) for path in _saved(Path(folder.name), text, files)], given, folder)


def _saved(folder: Path, text: str, files: Sequence[Any]) -> list[Path]:
    """Write what was given into files, each in a folder of its own: two uploads may have one name."""
    if not files:
        (folder / "pasted text.txt").write_text(text, encoding="utf-8")
        return [folder / "pasted text.txt"]
    saved = []
    for number, file in enumerate(files):
        place = folder / str(number) / Path(file.name).name
        place.parent.mkdir()
        place.write_bytes(file.getvalue())
        saved.append(place)
    return saved


def _begin(sources: list[str], given: Given, folder: TemporaryDirectory[str] | None = None) -> None:
    """Begin to read; the page may be left. Raises: NotAllowed, BadInput."""
    work.start(_owner(), sources, given, signing.opener(), folder)


def _owner() -> work.Owner:
    return str(Settings.from_env().data_dir), signing.name()


def _draw_work() -> None:
    """What is being read, again and again until it is done; then what came of it."""
    asked = work.latest(_owner())
    if asked is None:
        return
    if asked.running:
        st.fragment(_going_on, run_every=_LOOK)()
        return
    if st.session_state.get("add_counted") != id(asked):
        st.session_state.add_counted = id(asked)
        st.cache_data.clear()  # every page counts what it shows from the cache
    if asked.error:
        st.error(asked.error)
    if asked.outcomes:
        st.html(count_line(asked.outcomes))
        st.html(results_html(graph(), asked.outcomes))
    st.button(say("Put away"), key="add_forget", type="tertiary", on_click=work.forget, args=(_owner(),))
    if len(asked.outcomes) > SHOWN:
        st.caption(
            plural(
                len(asked.outcomes) - SHOWN,
                "{n} more is on the Articles page.",
                "{n} more are on the Articles page.",
            )
        )


def _going_on() -> None:
    asked = work.latest(_owner())
    if asked is None or not asked.running:
        st.rerun()
        return
    done = len(asked.outcomes)
    # A feed or a JSONL file holds more articles than there are sources, so the bar may reach its end early.
    told = plural(done, "{n} article read.", "{n} articles read.") if done else say("Loading the language model …")
    st.progress(min(1.0, done / max(1, asked.sources)), f"{told} {say('You may leave this page: it goes on.')}")
    if done:
        st.html(progress_html(asked.outcomes))
