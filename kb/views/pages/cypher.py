"""The graph asked in Cypher: an editor, examples, and the answer as a table, a picture and a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from kb import ask
from kb.ask.answers import as_csv, as_json, cell, records
from kb.ask.examples import EXAMPLES
from kb.ask.schema_words import SchemaWords, unknown_words
from kb.components import cypher as editor
from kb.errors import QueryError, StoreDenied
from kb.store import Store
from kb.store.table import Table
from kb.views.connection import graph, present
from kb.views.parts.markup import page_header, plain, plural
from kb.views.parts.picture import picture

_LIMITS = (100, 1000, 10_000)
_TIMES = (5, 10, 30, 60)  # seconds
_DRAWN = 200  # nodes


def page() -> None:
    """Draw the Cypher page."""
    st.html(Path(__file__).parent / "reading.css")
    store, known = graph(), _schema_words()
    page_header("Cypher", "Ask the graph directly, in the language of every Neo4j tool. This login can only read.")
    with st.container(horizontal=True, vertical_alignment="bottom", key="cypher_tools"):
        st.selectbox("Example", [e.name for e in EXAMPLES], key="cypher_example", on_change=_pick, index=None,
                     placeholder="Start from an example", format_func=_question)  # fmt: skip
        limit = st.selectbox("Rows at most", _LIMITS, index=1, key="cypher_limit", format_func=lambda n: f"{n:,}")
        seconds = st.selectbox("Seconds at most", _TIMES, index=1, key="cypher_seconds")
    text = editor(
        st.session_state.get("cypher_text", EXAMPLES[0].cypher),
        [*known.labels, *known.relationship_types, *known.properties],
        key="cypher_editor",
        label="Cypher query",
    )
    if text is not None:
        _ask(store, text, limit, seconds)
    _answer()
    _schema(known)


def _question(name: str) -> str:
    return next(e.question for e in EXAMPLES if e.name == name)


def _pick() -> None:
    name = st.session_state.cypher_example
    chosen = next((e for e in EXAMPLES if e.name == name), None)
    if chosen:
        st.session_state.cypher_text = chosen.cypher


def _ask(store: Store, text: str, limit: int, seconds: int) -> None:
    """Run the text and keep the answer, so that a click on a tab or a download does not ask again."""
    state = st.session_state
    state.cypher_table = state.cypher_error = None
    if not text.strip():
        state.cypher_error = "There is nothing to run; write a query or pick an example."
        return
    state.cypher_unknown = []
    try:
        with st.spinner("Asking …"):
            state.cypher_table = store.table(text, limit=limit, timeout=float(seconds))
            state.cypher_unknown = unknown_words(store, text)
    except StoreDenied:
        state.cypher_error = "This page can only read, so the query was refused and nothing was changed."
    except QueryError as error:
        state.cypher_error = str(error)


def _answer() -> None:
    error, table = st.session_state.get("cypher_error"), st.session_state.get("cypher_table")
    if error:
        st.error(error)
    if table is None:
        if not error:
            st.caption(
                "The answer appears here: as a table, and as a picture when nodes and relationships are returned."
            )
        return
    st.html(f'<p class="kb-count-line" role="status">{_told(table)}</p>')
    for sentence in st.session_state.get("cypher_unknown", ()):
        st.warning(plain(sentence))
    if not table.rows:
        return
    rows = records(table)
    if table.nodes:
        drawn, listed = st.tabs(["Picture", "Table"])
        with drawn:
            _picture(table)
        with listed:
            _grid(rows)
    else:
        _grid(rows)
    with st.container(horizontal=True):
        st.download_button("Download CSV", as_csv(table), "answer.csv", "text/csv", on_click="ignore")
        st.download_button("Download JSON", as_json(table), "answer.json", "application/json", on_click="ignore")


def _told(table: Table) -> str:
    if not table.rows:
        return f"No rows, in {table.seconds:.2f} s"
    more = ", cut off there: raise the limit or add LIMIT" if table.truncated else ""
    graph_part = (
        f", with {plural(len(table.nodes), 'node')} and {plural(len(table.relationships), 'relationship')}"
        if table.nodes
        else ""
    )
    return f"{plural(len(table.rows), 'row')} in {table.seconds:.2f} s{graph_part}{more}"


def _grid(rows: list[dict[str, Any]]) -> None:
    shown = [{name: cell(value) for name, value in row.items()} for row in rows]
    st.dataframe(shown, width="stretch", hide_index=True, height=min(560, 38 + 35 * len(rows)))


def _picture(table: Table) -> None:
    if len(table.nodes) > _DRAWN:
        st.caption(f"Drawn are the first {_DRAWN:,} of {len(table.nodes):,} nodes; the table has all.")
    picture(table.nodes[:_DRAWN], table.relationships, key="cypher_picture")


def _schema_words() -> SchemaWords:
    return present().answered("schema words", ask.schema_words)


def _schema(known: SchemaWords) -> None:
    with st.expander("Labels, relationships and properties in this graph"):
        if not known.labels:
            st.caption("The graph is empty; add an article first.")
        for name, words in (
            ("Labels", known.labels),
            ("Relationships", known.relationship_types),
            ("Properties", known.properties),
        ):
            if words:
                st.markdown(f"**{name}**  \n" + " ".join(f"`{word}`" for word in words))
