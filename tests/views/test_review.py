"""Identity in the app, run by Streamlit itself: what may be one, what was merged, what was decided and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from ingest.revising import decide
from ingest.revising.revise import apply
from kb import ask, checks
from kb.ask.identity import Suggestion
from kb.ask.kept import pairs
from kb.ask.rows import Named
from kb.checks import BY_KEY, Doubt
from kb.errors import BadInput
from kb.store import Settings, open_store
from kb.views import connection
from kb.views.queue import items
from tests import meetings
from tests.views.test_app import run, shown

MEETING = "Boris Johnson meets Volodymyr Zelenskyy in Kyiv"


@pytest.fixture
def met(local_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    monkeypatch.setenv("KB_DATA_DIR", str(local_settings.data_dir))
    monkeypatch.delenv("KB_URI", raising=False)
    with open_store(local_settings) as store:
        meetings.add(store, tmp_path)
    yield local_settings
    connection.graph.clear()
    st.cache_data.clear()


def open_pair(settings: Settings, kind: str) -> Suggestion:
    with open_store(settings) as store:
        return next(each for each in ask.suggestions(store) if each.one.kind == kind)


def canonical(settings: Settings, id: str) -> str:
    with open_store(settings) as store:
        return ask.canonical(store, id)


def effects(app: AppTest, key: str) -> str:
    """Press a button; what the page then says that a decision would change. A test's app keeps no dialog open."""
    app.button(key=key).click().run()
    assert app.button(key="decision_apply")
    return next(html for html in reversed(shown(app).splitlines()) if "kb-effects" in html or "kb-count-line" in html)


FORM = """
from kb.ask import merged_from
from kb.views.connection import graph
from kb import ask, checks
from kb.views.correcting import parties
from kb.views.correcting.deciding import edit_form, effects_of, form, same_form, split_form
form({})
"""


def form(choice: str) -> AppTest:
    """What a dialog holds, on a page of its own. Arguments: the Python expression for what is to be chosen."""
    return AppTest.from_string(FORM.format(choice), default_timeout=90).run()


def apply_decision(app: AppTest, key: str = "", reason: str = "") -> str:
    """Ask what changes, give a reason, and apply. Returns: what was shown first."""
    if key:
        app.button(key=key).click().run()
    told = shown(app)
    if reason:
        app.text_input(key="decision_reason").input(reason).run()
    app.button(key="decision_apply").click().run()
    assert not app.exception
    return told


def press(app: AppTest, label: str) -> AppTest:
    """Press the button of this label."""
    [button] = [each for each in app.button if each.label == label]
    return button.click().run()


def test_pairs_and_doubts_stand_in_one_queue_with_their_sentences(met: Settings) -> None:
    app = run("review")
    words = shown(app)
    assert "2 that only you can settle" in words
    assert "0 of 2 done" in words
    assert "<mark>Phillip Hammond</mark> praised Norway in a Q&amp;A" in words or "April 2022 contains" in words
    asked = [(each.label, each.proto.shortcut) for each in app.button if each.proto.shortcut]
    assert asked[:4] == [("They are one", "1"), ("They are two", "2"), ("Leave it as it is", "l"), ("Skip", "s")]
    assert words.count("<li>") == 1


def test_what_may_be_one_is_counted_as_check_counts_it_and_what_is_told_in_passing_beside(met: Settings) -> None:
    with open_store(met) as store:
        pair = next(each for each in ask.suggestions(store) if each.one.kind == "Event")
        store.execute("MATCH (e:Event {id: $id}) SET e.salience = 0.1", id=pair.one.id)
        pairs.recount(store)
        [group] = [group for group in checks.check(store) if group.kind.key == "doubtful-identity"]
    offered = run("review").selectbox(key="filter_kind").options
    assert group.total == 1
    assert offered == [
        "Everything (2)",
        "Perhaps one and the same (1)",
        "Perhaps one and the same, told in passing (1)",
    ]
    words = shown(run("review", kind="doubtful-passing"))
    assert "<h2>Perhaps one and the same, told in passing</h2>" in words


def test_an_answer_is_stored_at_once_counted_told_and_taken_back(met: Settings) -> None:
    pair = open_pair(met, "Event")
    app = run("review", kind="doubtful-identity")
    while "April 2022 contains 9 Apr 2022" not in shown(app):
        press(app, "Skip")
    press(app, "They are one")
    assert "1 of 2 done" in shown(app)
    assert canonical(met, pair.one.id) == canonical(met, pair.other.id)
    assert f"“{MEETING}” becomes one with “{MEETING}”" in app.session_state.undoable["words"]
    app.session_state.undoable["back"]()
    assert canonical(met, pair.one.id) != canonical(met, pair.other.id)
    assert open_pair(met, "Event") == pair


def test_what_is_left_as_it_is_stays_away_until_it_is_taken_up(met: Settings) -> None:
    app = run("review")
    press(app, "Leave it as it is")
    assert "1 of 2 done" in shown(app)
    assert "1 that only you can settle" in shown(run("review"))
    listed = run("review", show="left")
    press(listed, "Take up again")
    assert "Nothing was left" in shown(listed)
    assert "2 that only you can settle" in shown(run("review"))


def test_what_was_settled_elsewhere_is_said_and_done_with(met: Settings) -> None:
    pair = open_pair(met, "Event")
    app = run("review", kind="doubtful-identity")
    while "April 2022 contains 9 Apr 2022" not in shown(app):
        press(app, "Skip")
    item = next(each for each in app.session_state.queue_items if each.pair and each.pair.one.id == pair.one.id)
    with open_store(met) as store:
        apply(store, decide.same(store, [pair.one.id, pair.other.id], by="Ada"))
        with pytest.raises(BadInput, match="one already"):
            items.decide(items.answers(item)[0], decide, store)


DATED = Doubt("rival-dates", "“A” is dated 1 May or 2 May", 2, events=(Named("event-a", "A", "Event"),),
              dates=("2022-05-01", "2022-05-02"))  # fmt: skip


def test_each_kind_of_doubt_has_its_answers() -> None:
    def answered(doubt: Doubt) -> list[tuple[str, str]]:
        return [(each.words, each.deed) for each in items.answers(items.Item(BY_KEY[doubt.kind], doubt=doubt))]

    assert answered(DATED) == [("1 May 2022", "date"), ("2 May 2022", "date"), ("Another date…", "ask-date"),
                               ("It is no event", "reject")]  # fmt: skip
    assert [words for words, _ in answered(replace(DATED, kind="denied"))] == [
        "It happened", "It did not happen", "It is only alleged"]  # fmt: skip
    two = replace(DATED, kind="order", events=(*DATED.events, Named("event-b", "B", "Event")), dates=())
    assert answered(two) == [("Date “A”…", "ask-date"), ("Date “B”…", "ask-date")]
    article = replace(DATED, kind="no-publication-date", events=(), articles=(Named("article-a", "N", "Article"),))
    assert answered(article) == [("Date the article…", "ask-published")]
    assert answered(replace(DATED, kind="silent-gap", events=two.events)) == []


def test_an_item_is_another_once_it_says_another_thing() -> None:
    one = items.Item(BY_KEY["rival-dates"], doubt=DATED)
    assert one.key == items.Item(BY_KEY["rival-dates"], doubt=replace(DATED, settles=9)).key
    assert one.key != items.Item(BY_KEY["rival-dates"], doubt=replace(DATED, says="“A” is dated 1 May or 3 May")).key


@pytest.mark.parametrize(("ruling", "words"), [("same", "are one event"), ("different", "is not")])
def test_a_decision_is_listed_and_taken_back(met: Settings, ruling: str, words: str) -> None:
    pair = open_pair(met, "Event")
    with open_store(met) as store:
        ids = [pair.one.id, pair.other.id]
        apply(store, getattr(decide, ruling)(store, ids, by="Ada", reason="asked <both>"))
    assert "1 that only you can settle, 1 decision" in shown(run("review"))
    decided = run("review", show="decisions")
    assert words in shown(decided)
    assert "asked &lt;both&gt;" in shown(decided)
    assert "Ada" in shown(decided)
    [key] = [each.key or "" for each in decided.button if (each.key or "").startswith("undo_")]
    effects(decided, key)
    apply_decision(form(f"effects_of(lambda decide, store: decide.undo(store, {key.removeprefix('undo_')!r}))"))
    after = run("review", show="decisions")
    assert "taken back" in shown(after)
    assert "kb-revoked" in shown(after)
    assert not [each for each in after.button if (each.key or "").startswith("undo_")]
    assert open_pair(met, "Event") == pair


def test_what_is_skipped_comes_last(met: Settings) -> None:
    app = run("review")
    first = app.session_state.queue_items[0].says
    press(app, "Skip")
    assert shown(app).index(f"<li>{escape(first)}") > 0
    press(app, "Skip")
    assert f"<li>{escape(first)}" not in shown(app)


def test_a_merged_event_tells_its_tellings_and_one_is_parted(met: Settings) -> None:
    pair = open_pair(met, "Event")
    with open_store(met) as store:
        apply(store, decide.same(store, [pair.one.id, pair.other.id], by="Ada"))
    now = canonical(met, pair.one.id)
    gone = next(id for id in (pair.one.id, pair.other.id) if id != now)
    app = run("timeline", event=gone)
    words = shown(app)
    assert app.query_params["event"] == now
    assert "3 sentences in 3 articles, 3 independent sources" in words
    assert "ources say" in words
    assert words.count('class="kb-telling"') == 3
    assert "Ada said so on" in words
    [part] = [each.key or "" for each in app.button if (each.key or "").endswith(pair.other.id)]
    assert "is apart again from" in effects(app, part)


NOW = {"title": MEETING, "type": "CONSULT", "status": "asserted"}


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title", "A walk & talk", f"called: {MEETING} → <strong>A walk &amp; talk</strong>"),
        ("type", "COOPERATE", "type: Talks → <strong>Cooperation</strong>"),
        ("status", "alleged", "status: asserted → <strong>alleged</strong>"),
    ],
)
def test_a_title_a_type_and_a_status_are_set(met: Settings, field: str, value: str, told: str) -> None:
    event = open_pair(met, "Event").one.id
    app = form(f"edit_form({event!r}, {NOW!r})")
    app.selectbox(key="edit_field").set_value(field).run()
    (app.text_input if field == "title" else app.selectbox)(key=f"edit_{field}").set_value(value).run()
    assert told in apply_decision(app, "edit_show", "read it again")
    with open_store(met) as store:
        detail = ask.event(store, event)
    assert detail
    assert getattr(detail.event, field) == value
    assert "read it again" in shown(run("review", show="decisions"))


def test_another_choice_takes_away_what_was_shown_for_the_first(met: Settings) -> None:
    app = form(f"edit_form({open_pair(met, 'Event').one.id!r}, {NOW!r})")
    app.text_input(key="edit_title").set_value("A walk").run()
    app.button(key="edit_show").click().run()
    assert "A walk" in shown(app)
    app.text_input(key="edit_title").set_value("A talk").run()
    assert "decision_apply" not in [each.key for each in app.button]


def test_what_is_no_event_is_shown_no_more_and_says_where_that_stands(met: Settings) -> None:
    event = open_pair(met, "Event").other.id
    assert "is no longer shown" in effects(run("timeline", event=event), "event_reject")
    with open_store(met) as store:
        apply(store, decide.reject(store, event))
    words = shown(run("timeline", event=event))
    assert "No such event" in words
    assert 'href="/review?show=decisions"' in words
    assert "is not an event" in shown(run("review", show="decisions"))


def test_another_event_is_named_by_its_address(met: Settings) -> None:
    pair = open_pair(met, "Event")
    app = form(f"same_form(graph(), {pair.one.id!r})")
    assert len(app.selectbox(key="same_chosen").options) == 1
    app.text_input(key="same_typed").input(f"http://localhost:8501/?event={pair.other.id}&lanes=people").run()
    assert "becomes one with" in apply_decision(app, "same_show")
    assert canonical(met, pair.one.id) == canonical(met, pair.other.id)


def test_what_cannot_be_one_is_one_sentence(met: Settings) -> None:
    app = form(f"same_form(graph(), {open_pair(met, 'Event').one.id!r})")
    app.text_input(key="same_typed").input("event-none").run()
    assert app.caption[0].value == "Nothing of this kind has these words."
    assert app.button(key="same_show").disabled


def test_another_event_is_found_by_words_of_its_title(met: Settings) -> None:
    pair = open_pair(met, "Event")
    app = form(f"same_form(graph(), {pair.one.id!r})")
    app.text_input(key="same_typed").input(f"“{pair.other.name}”").run()
    found = app.selectbox(key="same_found")
    found.select_index(next(n for n, words in enumerate(found.options) if pair.other.name in words)).run()
    assert "becomes one with" in apply_decision(app, "same_show")
    assert canonical(met, pair.one.id) == canonical(met, pair.other.id)


def test_who_took_part_and_where_is_said_in_the_form_and_undone(met: Settings) -> None:
    with open_store(met) as store:
        event = next(row.id for row in ask.timeline(store) if row.people)
        one = ask.event(store, event).participants[0]
        other = next(row for row in ask.entities(store, "Person") if row.name != one.name)
    app = form(f"parties.form(graph(), ask.event(graph(), {event!r}))")
    app.selectbox(key="parties_no").select_index(0).run()
    assert "who and where" in apply_decision(app, "parties_show", reason="misread")
    app = form(f"parties.form(graph(), ask.event(graph(), {event!r}))")
    app.radio(key="parties_what").set_value("yes").run()
    app.text_input(key="parties_typed").input(other.name).run()
    assert other.name in app.selectbox(key="parties_found").options[0]
    app.selectbox(key="parties_role").select("recipient").run()
    assert f"{other.name} (recipient)" in apply_decision(app, "parties_show")
    app = form(f"parties.form(graph(), ask.event(graph(), {event!r}))")
    app.radio(key="parties_what").set_value("place").run()
    app.checkbox(key="parties_nowhere").check().run()
    apply_decision(app, "parties_show")
    with open_store(met) as store:
        told = ask.event(store, event)
    assert one.id not in {each.id for each in told.participants} or one.id == other.id
    assert ("recipient", other.name) in {(each.role, each.name) for each in told.participants}
    assert told.places == ()
    words = shown(run("review", show="decisions"))
    assert "took no part in" in words
    assert "(got it)" in words
    assert "nowhere in particular" in words


def test_a_person_is_renamed_merged_and_parted(met: Settings) -> None:
    pair = open_pair(met, "Person")
    card = run("timeline", entity=pair.one.id)
    assert f">{pair.one.name}</a></h2>" in shown(card)
    assert "is no longer shown" in effects(card, "entity_reject")
    app = form(f"same_form(graph(), {pair.one.id!r})")
    app.selectbox(key="same_chosen").select_index(0).run()
    apply_decision(app, "same_show")
    now = canonical(met, pair.one.id)
    assert now == canonical(met, pair.other.id)
    assert "Merged from" in shown(run("timeline", entity=pair.other.id))
    app = form(f"edit_form({now!r}, {{'name': {pair.one.name!r}}})")
    app.text_input(key="edit_name").set_value("Lord Hammond").run()
    apply_decision(app, "edit_show")
    assert ">Lord Hammond</a></h2>" in shown(run("timeline", entity=now))
    app = form(f"split_form(merged_from(graph(), {now!r}), {now!r})")
    app.selectbox(key="split_part").set_value(pair.other.id).run()
    assert "is apart again from" in apply_decision(app, "split_show")
    assert canonical(met, pair.one.id) != canonical(met, pair.other.id)


SAID = (
    "Title: {0}\nPublisher: {0}\nPublished: 9 May 2023\nURL: https://example.org/{0}\n\n"
    "{1} said that {2}. It was a quiet day in the old town, and few people were out.\n"
)


def test_an_address_saved_before_a_merge_leads_to_what_stands_for_it_now(met: Settings, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(SAID.format("one", "Philip Hammond", "the bridge was safe"), encoding="utf-8")
    (tmp_path / "two.txt").write_text(SAID.format("two", "Phillip Hammond", "the ferry was late"), encoding="utf-8")
    person, event = open_pair(met, "Person"), open_pair(met, "Event")
    with open_store(met) as store:
        meetings.read(store, tmp_path)
        for pair in (person, event):
            apply(store, decide.same(store, [pair.one.id, pair.other.id]))
    for page, name, pair in (
        ("claims", "speaker", person), ("claims", "about", person), ("claims", "event", event),
        ("timeline", "entity", person), ("timeline", "event", event), ("network", "entity", person),
        ("network", "event", event),
    ):  # fmt: skip
        now = canonical(met, pair.one.id)
        gone = next(id for id in (pair.one.id, pair.other.id) if id != now)
        app = run(page, **{name: gone})
        assert not app.exception
        assert app.query_params[name] == now, (page, name)
        if name == "speaker":
            assert "the bridge was safe" in shown(app)
            assert "the ferry was late" in shown(app)


def test_what_a_link_names_and_no_list_holds_is_called_by_its_name(met: Settings) -> None:
    person = open_pair(met, "Person").one
    speaker = run("claims", speaker=person.id).multiselect(key="claims_speaker")
    assert speaker.value == [person.id]
    assert person.name in speaker.options
    said = [each.value for each in run("claims", speaker="person-none").caption]
    assert any("Nothing is called “person-none”" in words for words in said)


def test_an_unknown_name_is_said(met: Settings) -> None:
    assert "No such name" in shown(run("timeline", entity="person-none"))


EDIT = """
import streamlit as st
from kb.views.pages import chronology
st.session_state.chronology_cleared = 0
chronology._apply({0!r}, "date", {1!r})
asked = st.session_state.get("chronology_revision")
st.html(f"<p>{{[each.words for each in asked.differences] if asked else 'stored'}}</p>")
"""


def test_a_date_written_in_the_table_on_which_another_hangs_is_shown_before_it_is_so(
    met: Settings, tmp_path: Path
) -> None:
    (tmp_path / "far.txt").write_text(
        "Title: Far\nPublished: 30 March 2022\nURL: https://example.org/far\n\n"
        "Russia invaded Ukraine on 24 February 2022. Negotiators met in Istanbul five weeks after the invasion.\n"
    )
    with open_store(met) as store:
        meetings.read(store, tmp_path)
        rows = {row.title: row.id for row in ask.timeline(store)}
        invasion = next(id for title, id in rows.items() if "invades" in title)
        alone = next(id for title, id in rows.items() if "visits Oslo" in title)
    assert "stored" in shown(AppTest.from_string(EDIT.format(alone, "8 May 2012"), default_timeout=90).run())
    assert "five weeks after the invasion" in shown(
        AppTest.from_string(EDIT.format(invasion, "1 March 2022"), default_timeout=90).run()
    )
    with open_store(met) as store:
        assert ask.event(store, invasion).event.edtf == "2022-02-24"
