"""Adding articles in the browser: a pasted text or files, and then what was found in them."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from kb import ask
from kb.ask.articles import ArticleDetail
from kb.edtf import Edtf
from kb.errors import BadInput, InvalidDate
from kb.store import Store
from kb.views import signing
from kb.views.connection import graph
from kb.views.parts.highlight import NAMES
from kb.views.parts.markup import article_link, event_link, name_link, page_header, plural

if TYPE_CHECKING:
    from ingest.read import Given
    from ingest.run import Outcome, Summary

_KINDS = [
    "txt", "md", "html", "htm", "mhtml", "gz", "rss", "atom", "xml", "json", "jsonl", "ndjson", "csv", "tsv", "parquet",
    "pdf", "docx", "eml", "mbox", "zip", "warc",
]  # fmt: skip
_TEXT, _FILES, _ADDRESS = "Paste a text", "Upload files", "Address"
_STATES = {"new": "added", "changed": "updated", "unchanged": "already there", "failed": "failed"}
_SHOWN = 12  # articles told in full


def page() -> None:
    """Draw the page that adds articles."""
    st.html(Path(__file__).parent / "reading.css")
    page_header("Add articles", "They are read on this computer; only an address that you give is asked.")
    way = st.segmented_control(
        "From", [_TEXT, _FILES, _ADDRESS], default=_TEXT, key="add_way", label_visibility="collapsed"
    )
    with st.container(key="add_form"), st.form("add", border=False):
        text, files = _source(way or _TEXT)
        known = _known(way or _TEXT)
        pressed = st.form_submit_button("Add", type="primary", key="add_now")
    if pressed:
        st.session_state.added = None
        try:
            given = _given(known)
            st.session_state.added = _asked(text, given) if way == _ADDRESS else _add(text, files, given)
        except BadInput as error:
            st.error(str(error))
    if st.session_state.get("added"):
        _results(st.session_state.added)


def _source(way: str) -> tuple[str, list[Any]]:
    if way == _TEXT:
        hint = "Paste the headline and the text here. Adverts, related stories and comments around it are taken away."
        text = st.text_area("The article’s text", key="add_text", height=280, placeholder=hint)
        return text or "", []
    if way == _ADDRESS:
        text = st.text_area("Addresses, one a line", key="add_addresses", height=120, placeholder="https://…")
        st.caption(
            "Of an article, a feed or a sitemap. A site is asked as its robots.txt allows, once a second at most."
        )
        return text or "", []
    files = st.file_uploader(
        "Saved pages, texts, PDF, letters, tables, archives", type=_KINDS, accept_multiple_files=True, key="add_files"
    )
    return "", list(files or [])


def _known(way: str) -> dict[str, str]:
    """The fields about the article; what is given here wins over what the page says."""
    note = {_FILES: "the same for all files", _ADDRESS: "the same for all addresses"}.get(way, "optional")
    with st.expander(f"What you know about it ({note})", expanded=way == _TEXT):
        left, right = st.columns(2)
        published = left.text_input("Published", key="add_published", placeholder="2024-02-16, 2024-02 or 2024",
                                    help="“Last week” and the like are counted from this day.")  # fmt: skip
        publisher = right.text_input("Publisher", key="add_publisher", placeholder="Name of the newspaper or site")
        url = "" if way == _ADDRESS else left.text_input(
            "Web address", key="add_url", placeholder="https://…", help="Identifies the article; it is not fetched."
        )  # fmt: skip
        title = right.text_input("Headline", key="add_title", placeholder="If the text does not have it")
    told = {"published": published, "publisher": publisher, "url": url, "title": title}
    return {name: value.strip() for name, value in told.items() if value and value.strip()}


def _given(known: dict[str, str]) -> Given:
    from ingest.read import Given  # noqa: PLC0415 (the language model loads only when something is added)

    try:
        published = Edtf(known["published"]) if "published" in known else None
    except InvalidDate as error:
        raise BadInput(f"The date of publication cannot be used: {error}.") from error
    url = known.get("url")
    if url and not url.startswith(("http://", "https://")):
        raise BadInput("The web address has to start with http:// or https://.")
    return Given(
        published=published, url=url, publisher=known.get("publisher"), title=known.get("title"), by_file_name=True
    )


def _asked(text: str, given: Given) -> Summary:
    addresses = text.split()
    if not addresses:
        raise BadInput("There is nothing to add yet; give an address.")
    wrong = next((address for address in addresses if not address.startswith(("http://", "https://"))), None)
    if wrong:
        raise BadInput(f"“{wrong}” is no web address; write it with https:// or http:// before it.")
    return _ingest(addresses, replace(given, by_file_name=False))


def _add(text: str, files: Sequence[Any], given: Given) -> Summary:
    if not files and not text.strip():
        raise BadInput("There is nothing to add yet; paste a text or choose a file.")
    if given.url and len(files) > 1:
        raise BadInput("A web address names one article; add these files without it, or one by one.")
    with tempfile.TemporaryDirectory(prefix="kb-add-") as folder:
        return _ingest([str(path) for path in _saved(Path(folder), text, files)], given)


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


def _ingest(sources: list[str], given: Given) -> Summary:
    bar = st.progress(0.0, "Loading the language model …")
    import ingest  # noqa: PLC0415 (see _given)
    from ingest.read import Web  # noqa: PLC0415

    def progress(outcome: Outcome, done: int) -> None:
        # A feed or a JSONL file holds more articles than there are sources, so the bar may reach its end early.
        name = Path(outcome.title or outcome.source).name
        bar.progress(min(1.0, done / len(sources)), f"{plural(done, 'article')} read, last: {name}")

    try:
        with signing.writer() as store:
            return ingest.ingest(sources, store, given, progress, web=Web.from_env())
    finally:
        bar.empty()
        # Every page counts what it shows from the cache.
        st.cache_data.clear()


def _results(summary: Summary) -> None:
    store = graph()
    outcomes = summary.articles
    told = [
        f"{sum(o.status == state for o in outcomes):,} {word}"
        for state, word in _STATES.items()
        if any(o.status == state for o in outcomes)
    ]
    st.html(f'<p class="kb-count-line" role="status">{plural(len(outcomes), "article")}: {", ".join(told)}</p>')
    # What failed comes first: it is what needs doing.
    ordered = sorted(outcomes, key=lambda o: list(_STATES)[::-1].index(o.status))
    st.html("".join(_outcome(store, outcome) for outcome in ordered[:_SHOWN]))
    if len(ordered) > _SHOWN:
        st.caption(f"{len(ordered) - _SHOWN:,} more are on the Articles page.")


def _outcome(store: Store, outcome: Outcome) -> str:
    detail = ask.article(store, outcome.article_id) if outcome.article_id else None
    name = detail.meta.name if detail and detail.meta.title else outcome.title or Path(outcome.source).name
    heading = article_link(name, outcome.article_id) if outcome.article_id else escape(name)
    state = f'<span class="kb-state kb-state-{outcome.status}">{_STATES[outcome.status]}</span>'
    header = f"<header><h2>{heading}</h2><p>{state}{_note(outcome, detail)}</p></header>"
    return f'<section class="kb-found">{header}{_found(detail)}</section>'


def _note(outcome: Outcome, detail: ArticleDetail | None) -> str:
    if outcome.status == "failed":
        return escape(outcome.reason)
    if outcome.status == "unchanged":
        return "The graph holds this text as it is; nothing was changed."
    if detail is None:
        return ""
    dated = sum(event.edtf is not None for event in detail.events)
    names = {h.id for h in detail.highlights if h.kind in NAMES}
    events = f"{plural(len(detail.events), 'event')}, {dated:,} of them dated"
    return "; ".join((events, plural(detail.meta.claims, "claim"), plural(len(names), "name")))


def _found(detail: ArticleDetail | None) -> str:
    if detail is None:
        return ""
    rows = sorted(detail.events, key=lambda e: (e.edtf is None or e.edtf.startswith("X"), e.edtf or "", e.name))
    events = "".join(f"<li><span>{escape(row.when)}</span>{event_link(row.name, row.id)}</li>" for row in rows)
    names = dict.fromkeys((h.id, h.label) for h in detail.highlights if h.kind in NAMES)
    people = ", ".join(name_link(label, id) for id, label in names)
    who = f"<h3>People, organisations, places, things</h3><p>{people}</p>" if people else ""
    when = f"<h3>Events</h3><ol>{events}</ol>" if events else "<p>No event was found in this text.</p>"
    return when + who
