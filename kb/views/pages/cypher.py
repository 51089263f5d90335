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
from kb.views.parts.markup import page_header, plain
from kb.views.parts.picture import picture
from kb.words import number, plural, retold, say

_LIMITS = (100, 1000, 10_000)
_TIMES = (5, 10, 30, 60)  # seconds
_DRAWN = 200  # nodes


def page() -> None:
    """Draw the Cypher page."""
    st.html(Path(__file__).parent / "reading.css")
    store, known = graph(), _schema_words()
    page_header(
        say("Cypher"), say("Ask the graph directly, in the language of every Neo4j tool. This login can only read.")
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="cypher_tools"):
        st.selectbox(say("Example"), [e.name for e in EXAMPLES], key="cypher_example", on_change=_pick, index=None,
                     placeholder=say("Start from an example"), format_func=_question)  # fmt: skip
        limit = st.selectbox(say("Rows at most"), _LIMITS, index=1, key="cypher_limit", format_func=number)
        seconds = st.selectbox(say("Seconds at most"), _TIMES, index=1, key="cypher_seconds")
    text = editor(
        st.session_state.get("cypher_text", EXAMPLES[0].cypher),
        [*known.labels, *known.relationship_types, *known.properties],
        key="cypher_editor",
        button=say("Run"),
        label=say("Cypher query"),
    )
    if text is not None:
        _ask(store, text, limit, seconds)
    _answer()
    _schema(known)


def _question(name: str) -> str:
    return retold(next(e.question for e in EXAMPLES if e.name == name))


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
        state.cypher_error = say("There is nothing to run; write a query or pick an example.")
        return
    state.cypher_unknown = []
    try:
        with st.spinner(say("Asking …")):
            state.cypher_table = store.table(text, limit=limit, timeout=float(seconds))
            state.cypher_unknown = unknown_words(store, text)
    except StoreDenied:
        state.cypher_error = say("This page can only read, so the query was refused and nothing was changed.")
    except QueryError as error:
        state.cypher_error = str(error)


def _answer() -> None:
    error, table = st.session_state.get("cypher_error"), st.session_state.get("cypher_table")
    if error:
        st.error(error)
    if table is None:
        if not error:
            st.caption(
                say("The answer appears here: as a table, and as a picture when nodes and relationships are returned.")
            )
        return
    st.html(f'<p class="kb-count-line" role="status">{_told(table)}</p>')
    for sentence in st.session_state.get("cypher_unknown", ()):
        st.warning(plain(retold(sentence)))
    if not table.rows:
        return
    rows = records(table)
    if table.nodes:
        drawn, listed = st.tabs([say("Picture"), say("Table")])
        with drawn:
            _picture(table)
        with listed:
            _grid(rows)
    else:
        _grid(rows)
    with st.container(horizontal=True):
        st.download_button(say("Download CSV"), as_csv(table), "answer.csv", "text/csv", on_click="ignore")
        st.download_button(say("Download JSON"), as_json(table), "answer.json", "application/json", on_click="ignore")


def _told(table: Table) -> str:
    if not table.rows:
        return say("No rows, in {seconds} s", seconds=f"{table.seconds:.2f}")
    more = f", {say('cut off there: raise the limit or add LIMIT')}" if table.truncated else ""
    graph_part = (
        ", "
        + say(
            "with {nodes} and {relationships}",
            nodes=plural(len(table.nodes), "{n} node", "{n} nodes"),
            relationships=plural(len(table.relationships), "{n} relationship", "{n} relationships"),
        )
        if table.nodes
        else ""
    )
    seconds = f"{table.seconds:.2f}"
    rows = plural(len(table.rows), "{n} row in {seconds} s", "{n} rows in {seconds} s", seconds=seconds)
    return f"{rows}{graph_part}{more}"


def _grid(rows: list[dict[str, Any]]) -> None:
    shown = [{name: cell(value) for name, value in row.items()} for row in rows]
    st.dataframe(shown, width="stretch", hide_index=True, height=min(560, 38 + 35 * len(rows)))


def _picture(table: Table) -> None:
    if len(table.nodes) > _DRAWN:
        st.caption(
            plural(
                len(table.nodes),
                "Drawn are the first {drawn} of {n} node; the table has all.",
                "Drawn are the first {drawn} of {n} nodes; the table has all.",
                drawn=_DRAWN,
            )
        )
    picture(table.nodes[:_DRAWN], table.relationships, key="cypher_picture")


def _schema_words() -> SchemaWords:
    return present().answered("schema words", ask.schema_words)


def _schema(known: SchemaWords) -> None:
    with st.expander(say("Labels, relationships and properties in this graph")):
        if not known.labels:
            st.caption(say("The graph is empty; add an article first."))
        for name, words in (
            (say("Labels"), known.labels),
            (say("Relationships"), known.relationship_types),
            (say("Properties"), known.properties),
        ):
            if words:
                st.markdown(f"**{name}**  \n" + " ".join(f"`{word}`" for word in words))
