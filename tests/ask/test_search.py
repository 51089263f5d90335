"""The search on both engines: what is found, in which group, and that nothing typed is an error of an engine."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import ingest
from ingest.revising import decide
from ingest.revising.revise import apply, find_article
from kb import ask
from kb.ask.search import Found, Hit
from kb.edtf import Edtf
from kb.errors import BadInput, QueryError
from kb.store import Settings, Store, dialect, http, java, logins, open_store, schema, server

TALKS = """Title: Talks in Istanbul end with a promise
Published: 30 March 2022
URL: https://example.org/talks
Publisher: The Lantern

Russian and Ukrainian negotiators held peace talks in Istanbul on March 29, 2022. Western officials have long been
sceptical. “We want guarantees,” David Arakhamia said after the meeting. An F-16 was seen over Zelenskyy’s office.
"""
NAMES = "People, places, things"
LATER = """Title: A year of war
Published: 24 February 2023
URL: https://example.org/year
Publisher: The Morning

The talks about peace failed, David Arakhamia claimed in December 2022, and nobody has taken them up since that winter.

Volodymyr Zelenskyy visited Washington on December 21, 2022, and spoke to Congress about the winter that lay ahead.
"""


@pytest.fixture(scope="module")
def told(engine: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("told")
    for name, text in (("talks", TALKS), ("later", LATER)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    with open_store(engine) as store:
        store.execute("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
        assert ingest([str(folder)], store).count("new") == 2
        yield store


def of(found: Found, name: str) -> list[Hit]:
    return [hit for group in found.groups if group.name == name for hit in group.hits]


def texts(store: Store, words: str, name: str = "Sentences") -> list[str]:
    return [" ".join(hit.text.split()) for hit in of(ask.search(store, words), name)]


def test_a_sentence_without_event_or_claim_is_found(told: Store) -> None:
    (hit,) = of(ask.search(told, "sceptical officials"), "Sentences")
    assert [hit.text[start:end] for start, end in hit.marks] == ["officials", "sceptical"]
    assert hit.article
    assert hit.article.url == "https://example.org/talks"


def test_a_phrase_is_its_words_in_their_order(told: Store) -> None:
    assert len(texts(told, "peace talks")) == 2
    (phrase,) = texts(told, '"peace talks"')
    assert "Istanbul" in phrase
    assert texts(told, '"talks peace"') == []


def test_a_prefix_a_possessive_and_what_has_marks_within_it(told: Store) -> None:
    assert len(texts(told, "negotiat*")) == 1
    assert texts(told, "negotiat") == []
    assert any("office" in text for text in texts(told, "Zelenskyy"))
    assert len(texts(told, "F-16")) == 1
    assert texts(told, "F-17") == []


def test_names_are_found_by_all_they_are_called(told: Store) -> None:
    (hit,) = of(ask.search(told, "Arakhamia"), NAMES)
    assert (hit.kind, hit.text) == ("Person", "David Arakhamia")
    zelenskyy = [hit for hit in of(ask.search(told, "Zelenskyy"), NAMES) if hit.kind == "Person"]
    assert [hit.text for hit in zelenskyy] == ["Volodymyr Zelenskyy"]


def test_claims_are_found_by_words_and_speakers(told: Store) -> None:
    (hit,) = of(ask.search(told, "guarantees"), "Claims")
    assert hit.speaker
    assert hit.speaker.name == "David Arakhamia"
    assert (hit.text, [hit.text[a:b] for a, b in hit.marks]) == ("“We want guarantees”", ["guarantees"])
    (reported,) = of(ask.search(told, "talks failed"), "Claims")
    assert reported.text == "The talks about peace failed"
    assert hit.id in {each.id for each in of(ask.search(told, "arakhamia want"), "Claims")}


def test_titles_of_articles_are_found(told: Store) -> None:
    assert texts(told, '"year of war"', "Articles") == ["A year of war"]


def test_a_date_finds_what_happened_then(told: Store) -> None:
    literal = of(ask.search(told, "December 2022"), "Events")
    found = ask.search(told, "December 2022", when=("", Edtf("2022-12")))
    assert found.date == "2022-12"
    visits = [hit for hit in of(found, "Events") if "Washington" in hit.text]
    assert [hit.edtf for hit in visits] == ["2022-12-21"]
    assert {hit.id for hit in literal} <= {hit.id for hit in of(found, "Events")}


def test_a_date_beside_words_comes_first_and_takes_nothing_away(told: Store) -> None:
    words = "talks March 2022"
    literal, dated = ask.search(told, words), ask.search(told, words, when=("talks", Edtf("2022-03")))
    assert {hit.id for hit in of(literal, "Sentences")} <= {hit.id for hit in of(dated, "Sentences")}
    assert of(dated, "Sentences")[0].marks
    assert any("March 29, 2022" in hit.text for hit in of(dated, "Sentences"))
    assert not any("failed" in hit.text for hit in of(dated, "Sentences"))


def test_there_is_more_than_the_limit(told: Store) -> None:
    groups = {group.name: group for group in ask.search(told, "talks", limit=1).groups}
    assert len(groups["Sentences"].hits) == 1
    assert groups["Sentences"].more
    assert not {group.name: group for group in ask.search(told, "talks", limit=50).groups}["Sentences"].more


def test_withdrawn_and_replaced_texts_are_not_found(told: Store, tmp_path: Path) -> None:
    path = tmp_path / "extra.txt"
    said = "Keepers of the island counted the quokkas on May 30, 2021, and found more than the year before. One was {}."
    text = f"Title: Quokka census\nPublished: 1 June 2021\nURL: https://example.org/quokka\n\n{said}\n"
    path.write_text(text.format("bewildered"))
    ingest([str(path)], told)
    assert len(texts(told, "bewildered")) == 1
    path.write_text(text.format("delighted"))
    ingest([str(path)], told)
    assert (texts(told, "bewildered"), len(texts(told, "delighted"))) == ([], 1)
    article = find_article(told, "https://example.org/quokka")
    apply(told, decide.remove(told, article))
    assert ask.search(told, "quokka*").groups == ()
    apply(told, decide.undo(told))
    assert len(texts(told, "delighted")) == 1
    apply(told, decide.remove(told, article))


HOSTILE = ("AND", "a AND", "OR NOT", "+-&&||!(){}[]^\"~*?:\\/", "talks~", "talks^9", "[a TO z]", "/talks/",
           "text:talks", "a*", "*", "?", "*alks", "\\", '"', '"" ""', "talks\\", "tal*ks", "😀", "😀 talks",
           "\x00talks", "ta\nlks", "“", "—", "' OR 1=1 //", "<script>alert(1)</script>", "talks" * 2000,
           "( " * 5000, "ﬀ İ ß ǅ", "नमस्ते दुनिया", "和平谈判",
           "U.S.A. O'Brien’s 3.14 1,000 foo_bar", '"a b c d e f g h"', "a" * 300 + "*", "nul\u0000l")  # fmt: skip


def answered(store: Store, typed: str) -> bool:
    """Whether there is an answer; else it was refused in one sentence. Anything else is an error."""
    try:
        return ask.search(store, typed).words == typed
    except BadInput as error:
        return "\n" not in str(error)


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_anything_typed_gives_an_answer_or_one_sentence(told: Store, typed: str) -> None:
    assert answered(told, typed)


def test_random_input_never_fails_otherwise(told: Store) -> None:
    chance = random.Random(5)  # noqa: S311 - the same each time
    letters = "ab *?~^:\\/()[]{}+-!&|\"'“”’.,;<>=@#%$ \t😀éЖ中0123"
    for _ in range(150):
        typed = "".join(chance.choice(letters) for _ in range(chance.randint(1, 40)))
        assert answered(told, typed), typed


def test_an_older_graph_gets_its_index_and_a_reader_is_told_what_to_do(told: Store, engine: Settings) -> None:
    before = [hit.id for hit in of(ask.search(told, "Zelenskyy"), NAMES)]
    _forget(told, engine)
    with pytest.raises(QueryError, match="no full-text index yet; run `kb store start`"):
        ask.search(told, "talks")
    told.execute("MATCH (s:Schema) SET s.version = 5")
    told.execute("MATCH (n:Entity) SET n.called = null")
    with open_store(engine) as opened:
        assert schema.stored_version(opened) == schema.VERSION
        assert [hit.id for hit in of(ask.search(opened, "Zelenskyy"), NAMES)] == before
        assert len(texts(opened, '"peace talks"')) == 1


def _forget(store: Store, settings: Settings) -> None:
    names = [dialect.words_index_name(label) for label, _ in schema.WORDS]
    if store.engine == "neo4j":
        for name in names:
            store.define(f"DROP INDEX {name}")
    else:
        port, login = server.start(settings.data_dir).http, logins.passwords(settings.data_dir).login("writer")
        http.define(port, java.DATABASE, [f"DROP INDEX `{name}`" for name in names], login)
