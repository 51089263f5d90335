"""Every page run by Streamlit itself, on a real graph: empty, with articles, and when the graph is away."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from ingest import ingest
from ingest.read import Given
from kb import ask, meaning
from kb.ask.kept.present import PRESENT
from kb.ask.words import as_said
from kb.edtf import Edtf
from kb.errors import BadInput
from kb.store import Settings, Store, Transaction, open_store
from kb.store.table import GraphNode, GraphRelationship, Table, graph_of
from kb.views import connection, signing, warming
from kb.views.adding import work
from kb.views.pages import cypher
from kb.views.parts import voices
from tests import synthetic

ROOT = Path(__file__).parents[2]
SPECS = Path(__file__).parents[1] / "specs" / "views"
PAGES = ("timeline", "chronology", "search", "digest", "network", "map", "article", "claims", "review",
         "cypher", "add")  # fmt: skip
PAGE = """
from kb.views.pages import {0}
from kb.views.connection import friendly
with friendly():
    {0}.page()
"""
WAIT = 90  # seconds; the first run loads the language model


def spec(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((SPECS / f"{name}.json").read_text(encoding="utf-8"))
    return rows


@pytest.fixture
def app_on(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Point the app's own settings at a graph; the connection that it keeps is closed afterwards."""

    def point(settings: Settings) -> None:
        monkeypatch.setenv("KB_DATA_DIR", str(settings.data_dir))
        monkeypatch.delenv("KB_URI", raising=False)

    yield point
    connection.graph.clear()
    st.cache_data.clear()


@pytest.fixture
def empty(local_settings: Settings, app_on: Any) -> Settings:
    app_on(local_settings)
    return local_settings


@pytest.fixture
def few(empty: Settings) -> Settings:
    with open_store(empty) as store:
        synthetic.load(store, 6)
    return empty


def run(page: str, **query: str) -> AppTest:
    app = AppTest.from_string(PAGE.format(page), default_timeout=WAIT)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def shown(app: AppTest) -> str:
    """All HTML of a page, without its style sheets."""
    assert not app.exception, app.exception
    bodies = [element.proto.body for element in app.get("html")]
    return "\n".join(body for body in bodies if not body.startswith("<style>"))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_tells_what_to_do_on_an_empty_graph(empty: Settings, page: str) -> None:
    app = run(page)
    words = shown(app)
    assert "<h1>" in words
    assert not app.error
    if page in ("timeline", "chronology", "digest", "network", "map", "article", "claims", "review"):
        assert "kb ingest" in words
        assert "Add page" in words
        assert app.button(key="load_demonstration")


def test_the_first_visitor_finds_the_timeline_asked_already(few: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    warming.warm()
    asked: list[str] = []
    run_of = Store.run
    monkeypatch.setattr(Store, "run", lambda store, text, **given: asked.append(text) or run_of(store, text, **given))
    assert "<h1>Timeline</h1>" in shown(run("timeline"))
    assert set(asked) == {PRESENT}


def test_the_whole_app_starts_on_the_timeline(few: Settings) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=WAIT).run()
    assert "<h1>Timeline</h1>" in shown(app)
    assert not app.error


def test_the_beginning_of_an_id_in_the_address_stands_for_it(few: Settings) -> None:
    ids = ["event-abcd0000000000000001", "event-abcd0000000000000002"]
    with open_store(few) as store:
        for id in ids:
            store.execute(
                "CREATE (:Event {id: $id, title: $title, expiredAt: '2024-01-01'})", id=id, title=f"Siege {id[-1]}"
            )
    for address, whole in ((f"{ids[0][:-1]}…", None), ("event-abcd00000000000000", None), (ids[1], ids[1])):
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=WAIT)
        app.query_params["event"] = address
        app.run()
        assert not app.exception
        warned = " ".join(each.value for each in app.warning)
        if whole:
            assert "Several" not in warned
        else:
            assert all(part in warned for part in (*ids, "Siege 1"))
    with open_store(few) as store:
        store.execute("MATCH (e:Event {id: $id}) DELETE e", id=ids[1])
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=WAIT)
    app.query_params["event"] = ids[1][:-3]
    app.run()
    assert ids[0] in app.query_params["event"]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_in_one_sentence_that_the_graph_is_away(
    page: str, app_on: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app_on(Settings(tmp_path))
    monkeypatch.setenv("KB_URI", "bolt://127.0.0.1:9")
    connection.graph.clear()
    app = run(page)
    assert not app.exception
    if page == "add":
        app.text_area(key="add_text").input("The council met in Ardal on 5 May 2023.")
        press_add(app)
    assert not app.exception
    assert len(app.error) == 1
    assert "127.0.0.1:9" in app.error[0].value
    assert "Traceback" not in app.error[0].value


def test_the_timeline_asks_five_times_and_then_only_whether_anything_changed(
    few: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    plain = Transaction.run

    def noting(tx: Transaction, cypher: str, /, **params: Any) -> Any:
        asked.append(cypher)
        return plain(tx, cypher, **params)

    connection.graph()  # opened once for all sessions
    monkeypatch.setattr(Transaction, "run", noting)
    app = run("timeline")
    assert "from 6 articles" in shown(app)
    assert len(asked) <= 5, asked  # three for the chart, then who tells its events
    asked.clear()
    app.run()
    assert len(asked) == 1, asked
    asked.clear()
    with open_store(few) as store:
        synthetic.load(store, 7)
    asked.clear()
    assert "from 7 articles" in shown(app.run()), "what was written is there at the next look"
    assert len(asked) <= 5, asked


def test_the_list_of_articles_opens_one(few: Settings) -> None:
    app = run("article")
    rows = [button for button in app.button if (button.key or "").startswith("article_")]
    assert len(rows) == 6
    title = rows[0].label.split("**")[1].replace("\\", "")
    rows[0].click().run()
    assert title in shown(app)
    assert app.query_params["article"] == (rows[0].key or "").removeprefix("article_")


def test_articles_are_searched_by_title_and_publisher(few: Settings) -> None:
    app = run("article")
    app.selectbox(key="article_publisher").select("Harbour Times").run()
    found = [button.label for button in app.button if (button.key or "").startswith("article_")]
    assert found
    assert all("Harbour Times" in label for label in found)
    app.text_input(key="article_search").input("no such words").run()
    assert "No article fits" in app.caption[0].value


def test_an_article_is_escaped_and_marked(few: Settings) -> None:
    for number in range(6):
        words = shown(run("article", article=f"syn-article-{number}"))
        assert "<in detail>" not in words
        if "&lt;in detail&gt; &amp; both" in words:
            break
    else:
        pytest.fail("no article with the awkward sentence was found")
    assert 'class="kb-m kb-m-event"' in words
    assert "href=" in words


def test_an_article_without_a_date_says_so_and_what_to_do(few: Settings) -> None:
    assert "Correct the date" in shown(run("article", article="syn-article-0"))
    assert "from the page’s metadata" in shown(run("article", article="syn-article-1"))


def test_a_kind_of_mark_can_be_switched_off(few: Settings) -> None:
    app = run("article", article="syn-article-1")
    assert "kb-m-person" in shown(app)
    pills = app.button_group(key="kinds_syn-article-1")
    pills.set_value([kind for kind in pills.value if kind != "person"]).run()
    assert "kb-m-person" not in shown(app)
    assert "kb-m-event" in shown(app)


def test_an_unknown_article_is_said(few: Settings) -> None:
    unknown = [run("article", article="<script>"), *(run(page, id="<script>") for page in ("event", "name"))]
    for each, words in zip(map(shown, unknown), ("No such article", "No such event", "No such name"), strict=True):
        assert words in each
        assert each.count("<h1>") == 1, "whoever hears a page goes by its first heading"


def test_claims_are_chosen_by_speaker_from_a_link_or_the_list(few: Settings) -> None:
    with open_store(few) as store:
        all_claims = ask.claims(store)
    speaker = all_claims[0].speaker
    assert speaker
    app = run("claims", speaker=speaker.id)
    wanted = [claim for claim in all_claims if claim.speaker == speaker]
    assert shown(app).count('class="kb-voice') == len(wanted)
    app.multiselect(key="claims_speaker").set_value([]).run()
    assert shown(app).count('class="kb-voice') == len(all_claims)
    assert "speaker" not in app.query_params


def test_a_claim_can_be_rejected_wherever_it_is_shown(few: Settings) -> None:
    with open_store(few) as store:
        claim = ask.claims(store)[0]
    event = claim.about_events[0].id
    places = (run("claims", speaker=claim.speaker.id if claim.speaker else ""), run("timeline", event=event))
    for app in places:
        [button] = [each for each in app.button if (each.key or "").endswith(claim.id)]
        button.click().run()
        assert "is no longer shown" in shown(app)
    with open_store(few) as store:
        assert ask.claim(store, claim.id), "what is only shown must not be applied"


def test_claims_can_be_quotations_only_and_none_is_said(few: Settings) -> None:
    app = run("claims")
    app.selectbox(key="claims_manner").select_index(1).run()
    with open_store(few) as store:
        assert shown(app).count('class="kb-voice') == len(ask.claims(store, direct=True)) > 0
    app.text_input(key="claims_q").input("no such words").run()
    assert "No claim fits" in app.caption[-1].value


def test_claims_on_one_event_stand_together_with_both_clocks(few: Settings) -> None:
    with open_store(few) as store:
        about = ask.claims(store)[0].about_events[0]
        count = len(ask.claims(store, event=about.id))
    words = shown(run("claims", event=about.id, view="subjects"))
    assert words.count('class="kb-voice') == count
    assert f"happened <strong>{about.when}</strong>" in words
    for clock in ("happened", "said", "published", "recorded"):
        assert words.count(f"<dt>{clock}</dt>") == count
    assert "Only claims about" in words


def test_all_that_the_claims_page_shows_stands_in_its_address(few: Settings) -> None:
    with open_store(few) as store:
        said = [claim.said for claim in ask.claims(store) if claim.said]
        wanted = ask.claims(store, direct=True, said_from=said[3], said_to=said[-4])
    app = run("claims", manner="quoted", said_from=said[3] or "", said_to=said[-4] or "", order="said")
    assert shown(app).count('class="kb-voice') == len(wanted) > 0
    assert "said, earliest first" in shown(app)
    app.text_input(key="claims_happened_from").input("2014").run()
    app.segmented_control(key="claims_view").set_value("subjects").run()
    assert app.query_params["happened_from"] == "2014"
    assert app.query_params["view"] == "subjects"
    app.button[[button.label for button in app.button].index("Clear all filters")].click().run()
    assert set(app.query_params) <= {"order", "view"}


def test_speakers_stand_side_by_side(few: Settings) -> None:
    with open_store(few) as store:
        by = ask.speakers(store, ask.ClaimFilter())
    app = run("claims", speaker=f"{by[0].id},{by[1].id}", view="side")
    assert [f">{one.name}</a></h2><p>{one.claims} claim" in shown(app) for one in by[:3]] == [True, True, False]


def test_one_claim_with_all_that_answers_it(few: Settings) -> None:
    with open_store(few) as store:
        claim = ask.claims(store)[0]
        linked = {link.start.id for link in ask.links_of_claims(store, [one.id for one in ask.claims(store)])}
    words = shown(run("claims", claim=claim.id))
    assert claim.article.id in words
    assert ("What answers it" if claim.id in linked else "answers it") in words


@pytest.mark.parametrize("row", spec("lag"), ids=lambda row: f"{row['happened']} {row['said']}")
def test_how_long_after_the_event_it_was_said(row: dict[str, Any]) -> None:
    assert voices.lag(row["happened"], row["said"]) == row["lag"]


@pytest.mark.parametrize("row", spec("quoted"), ids=lambda row: row["text"])
def test_a_quotation_stands_in_one_pair_of_marks(row: dict[str, Any]) -> None:
    assert as_said(row["text"], direct=row.get("direct", True)) == row["shown"]


STORY = """Veska closes its border with Norland

The government of Veska closed its border with Norland on 3 May 2023. President Mara Lindqvist said the closure was "a
mistake." On 5 May 2023, Norland imposed sanctions on Veska.
"""


def test_a_pasted_article_becomes_events_and_a_second_time_nothing(empty: Settings) -> None:
    app = run("add")
    app.text_area(key="add_text").input(STORY)
    app.text_input(key="add_published").input("2023-05-06")
    app.text_input(key="add_publisher").input("The Meridian Post")
    press_add(app)
    words = shown(app)
    assert "1 article: 1 added" in words
    assert "3 May 2023" in words
    assert "Norland" in words
    with open_store(empty) as store:
        [article] = ask.articles(store).rows
        assert (article.published, article.published_basis, article.publisher) == (
            "2023-05-06",
            "given",
            "The Meridian Post",
        )
        assert article.events
    press_add(app)
    assert "1 article: 1 already there" in shown(app)
    assert "1 article: 1 already there" in shown(run("add")), "whoever comes back finds what came of it"


def press_add(app: AppTest) -> None:
    """Ask for what was given to be added, and look again once it is read."""
    app.button(key="add_now").click().run()
    found = work.latest((str(Settings.from_env().data_dir), signing.name()))
    assert found
    found.thread.join()
    app.run()


def test_a_second_addition_waits_for_the_first(empty: Settings) -> None:
    opened, gate = threading.Event(), threading.Event()

    @contextmanager
    def waiting() -> Iterator[Any]:
        opened.set()
        gate.wait(60)
        raise BadInput("the gate was shut")
        yield

    owner = (str(empty.data_dir), "Ada")
    first = work.start(owner, ["one.txt"], Given(), waiting)
    opened.wait(60)
    assert first.running
    with pytest.raises(BadInput, match="still being read"):
        work.start(owner, ["two.txt"], Given(), waiting)
    gate.set()
    first.thread.join()
    assert (first.running, first.error, first.outcomes) == (False, "the gate was shut", [])


def test_an_upload_that_fails_is_called_as_it_was_given(empty: Settings) -> None:
    folder = TemporaryDirectory(prefix="kb-add-")
    path = Path(folder.name) / "0" / "notes.txt"
    path.parent.mkdir()
    path.write_bytes(b"\x00\x01\x02\x03" * 99)
    asked = work.start((str(empty.data_dir), "Ada"), [str(path)], Given(), lambda: open_store(empty), folder)
    asked.thread.join()
    [outcome] = asked.outcomes
    assert (outcome.status, outcome.source) == ("failed", "notes.txt")
    assert "notes.txt" in outcome.reason
    assert folder.name not in outcome.reason


WRONG = """A war that never was

Sweden attacked Norway on 3 May 2012 before Sweden invaded Denmark on 18 March 2010.
Angela Merkel visited Oslo before Sweden attacked Norway.
The old harbour is small and deep, and the hills around it are green in every season.
"""


def test_what_cannot_be_is_on_its_page_and_in_the_panel(empty: Settings, tmp_path: Path) -> None:
    path = tmp_path / "wrong.txt"
    path.write_text(WRONG, encoding="utf-8")
    with open_store(empty) as store:
        ingest([str(path)], store, Given(published=Edtf("2023-05-06")))
        event = next(row.id for row in ask.timeline(store) if row.edtf == "2012-05-03")
        visit = next(row.id for row in ask.undated(store) if "visits" in row.title)
    said = "“Sweden attacks Norway” before “Sweden invades Denmark”, but"
    page = shown(run("review"))
    assert "Dates against the order told" in page
    assert said in page
    panel = shown(run("timeline", event=event))
    assert said in panel
    assert 'href="/review?kind=order"' in panel
    assert "not after 3 May 2012: before “Sweden attacks Norway”" in shown(run("timeline", event=visit))


def test_adding_nothing_or_a_wrong_date_is_one_sentence(empty: Settings) -> None:
    app = run("add")
    app.button(key="add_now").click().run()
    assert app.error[0].value == "There is nothing to add yet; paste a text or choose a file."
    app.text_area(key="add_text").input(STORY)
    app.text_input(key="add_published").input("May 6th")
    app.button(key="add_now").click().run()
    assert "write it like 2022-02-24" in app.error[0].value
    app.text_input(key="add_published").input("")
    app.text_input(key="add_url").input("javascript:alert(1)")
    app.button(key="add_now").click().run()
    assert "http://" in app.error[0].value
    with open_store(empty) as store:
        assert ask.articles(store).rows == ()


def test_a_text_that_is_no_article_is_a_failure_with_its_reason(empty: Settings) -> None:
    app = run("add")
    app.text_area(key="add_text").input("0 1 2 3")
    press_add(app)
    words = shown(app)
    assert "1 article: 1 failed" in words
    assert "kb-state-failed" in words
    assert "Traceback" not in words


def _table() -> Table:
    properties = MappingProxyType({"id": "e1", "title": 'Talks, "secret"'})
    event, person = (
        GraphNode("4:1", ("Event",), properties),
        GraphNode("4:2", ("Entity", "Person"), MappingProxyType({"name": "Mara"})),
    )
    line = GraphRelationship("5:1", "PARTICIPATED_IN", "4:2", "4:1", MappingProxyType({"role": "agent"}))
    rows = ((event, line, person, [1, 2], None, "ü"),)
    return Table(("e", "r", "e", "l", "n", "s"), rows, False, *graph_of(rows), 0.1)


def test_an_answer_as_json_keeps_nodes_lists_and_both_columns_of_one_name() -> None:
    [row] = json.loads(cypher.as_json(_table()))
    assert list(row) == ["e", "r", "e 2", "l", "n", "s"]
    assert row["e"] == {"labels": ["Event"], "id": "e1", "title": 'Talks, "secret"'}
    assert row["r"]["type"] == "PARTICIPATED_IN"
    assert row["l"] == [1, 2]


def test_an_answer_as_csv_can_be_read_back() -> None:
    head, row = csv.reader(io.StringIO(cypher.as_csv(_table())))
    assert head == ["e", "r", "e 2", "l", "n", "s"]
    assert json.loads(row[0])["title"] == 'Talks, "secret"'
    assert row[3:] == ["[1, 2]", "", "ü"]


def test_the_timeline_as_it_was_recorded(few: Settings) -> None:
    app = run("timeline", asof="2000-01-01")
    assert "As it was recorded by the end of" in shown(app)
    assert "No dated event fits" in " ".join(c.value for c in app.caption)
    next(b for b in app.button if b.label == "Show the present").click().run()
    assert "asof" not in app.query_params
    assert "As it was recorded by the end of" not in shown(app)
    assert not app.exception


def test_claims_by_the_day_on_which_they_were_public(few: Settings) -> None:
    every = run("claims")
    (by,) = [slider for slider in every.slider if slider.label == "Publicly said by"]
    first = dt.datetime.fromtimestamp(by.min / 1e6, dt.UTC).date().isoformat()
    early = run("claims", by=first)
    voices = 'class="kb-voice'
    assert shown(early).count(voices) < shown(every).count(voices)
    assert early.query_params["by"] == first


def test_the_search_page_finds_by_meaning(few: Settings) -> None:
    unindexed = run("search", q="truce", by="meaning")
    assert unindexed.toggle(key="search_by").value
    assert ("kb index does it" if meaning.is_installed() else "pip install") in unindexed.info[0].value
    if not meaning.is_installed():
        return
    with open_store(few) as store:
        meaning.build(store)
        [told] = store.run("MATCH (p:Passage) WHERE p.text CONTAINS 'officials' RETURN p.text AS text LIMIT 1")
        synthetic.load(store, 7)
    app = run("search", q="diplomats and ministers", by="meaning")
    assert "are not indexed yet" in app.caption[0].value
    assert "<h2>Sentences</h2>" in shown(app)
    assert "<mark>" not in shown(app)
    app.text_input(key="search_q").input("xylophone lessons for toddlers").run()
    assert "No sentence means anything like it" in shown(app)
    app.text_input(key="search_q").input(told["text"][:60]).run()
    app.toggle(key="search_by").set_value(False).run()
    assert "by" not in app.query_params
    with open_store(few) as store:
        meaning.drop(store)
