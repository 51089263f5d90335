"""What a model proposes is a suggestion: it quotes the article to the letter and waits for a human, and is no fact."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kb import checks
from kb.cli import main
from kb.errors import BadInput, ModelError, NotFound
from kb.heeded import Added
from kb.proposing import Declined, Endpoint, Proposal, answers, decline, endpoint, proposals
from kb.proposing.kept import FILE, find, keep
from kb.store import Settings, Store, open_store
from kb.views.queue import items as queue
from tests.checks.test_checks import add
from tests.proposing.fake import model, said

TEXT = "Olena Petrenko visited Lviv on 3 May 2022. The bridge hummed again by nightfall, Olena Petrenko remarked to us."
HUMMED = "The bridge hummed again by nightfall"
KNOWN = answers.Known("a1", TEXT, {"olena petrenko": "person-1", "lviv": "place-1", "o. petrenko": "person-2"},
                      frozenset({"olena petrenko visits lviv"}))  # fmt: skip
EVENT = {"quotation": HUMMED, "title": "Bridge opened again", "date": "2022-05-03",
         "who": [{"name": "Olena Petrenko", "role": "source"}, {"name": "Nobody Known", "role": "agent"}]}  # fmt: skip
MESSAGES = [{"role": "user", "content": "x"}]


def holding(**found: Any) -> list[Proposal | None]:
    return list(answers.holding(answers.form(json.dumps(found)), KNOWN, "m"))


def test_what_quotes_the_article_holds_with_the_names_that_are_known() -> None:
    [one] = holding(events=[EVENT])
    assert one is not None
    kept = Added.of(one.added)
    assert (kept.what, kept.words, TEXT[kept.start :].startswith(HUMMED)) == ("event", HUMMED, True)
    assert (kept.title, kept.date, kept.who) == ("Bridge opened again", "2022-05-03", (("source", "person-1"),))
    [claim] = holding(claims=[{"quotation": HUMMED, "speaker": "Olena Petrenko"}])
    assert claim is not None
    assert Added.of(claim.added).who == (("speaker", "person-1"),)
    [two] = holding(identities=[{"quotation": TEXT[:41], "name": "Olena Petrenko", "other": "O. Petrenko"}])
    assert two is not None
    assert two.ids == ("person-1", "person-2")


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("events", {**EVENT, "quotation": "The bridge was opened again by nightfall"}),  # invented
        ("events", {**EVENT, "quotation": "the bridge hummed again by nightfall"}),  # not to the letter
        ("events", {**EVENT, "quotation": "The bridge"}),  # too short to say anything
        ("events", {**EVENT, "quotation": TEXT * 9}),
        ("events", {**EVENT, "title": "Olena Petrenko visits  Lviv"}),  # told already
        ("events", {**EVENT, "title": ""}),
        ("events", {**EVENT, "title": "x" * 500}),
        ("claims", {"quotation": HUMMED, "speaker": "Nobody Known"}),
        ("identities", {"quotation": HUMMED, "name": "Olena Petrenko", "other": "O. Petrenko"}),  # names neither
        ("identities", {"quotation": TEXT[:41], "name": "Olena Petrenko", "other": "Nobody Known"}),
        ("identities", {"quotation": TEXT[:41], "name": "Olena Petrenko", "other": "olena petrenko"}),
    ],
)
def test_what_does_not_stand_in_the_article_is_dropped(kind: str, wrong: dict[str, Any]) -> None:
    assert holding(**{kind: [wrong]}) == [None]


def test_a_date_that_is_none_is_left_for_a_human_to_give() -> None:
    [one] = holding(events=[{**EVENT, "date": "last spring"}])
    assert one is not None
    assert Added.of(one.added).date == ""


@pytest.mark.parametrize("text", ["", "no JSON", "[]", '{"events": 3}', '{"events": [{"title": 1}]}', "[" * 50_000])
def test_an_answer_of_another_form_is_none(text: str) -> None:
    with pytest.raises(ModelError, match="not the form"):
        answers.form(text)
    assert answers.form('```json\n{"events": []}\n```').events == ()


def test_a_busy_server_is_asked_again_and_one_without_schemas_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "_PAUSE", 0.01)
    with model([(500, b"oops"), (429, b"later"), (400, b"unknown field response_format"), said("{}")]) as fake:
        found = endpoint.ask(Endpoint(fake.address, "m", "secret"), MESSAGES, answers.SCHEMA)
    assert (found.text, found.asked, found.answered) == ("{}", 1000, 50)
    assert ["response_format" in body for body in fake.asked] == [True, True, True, False]
    assert set(fake.keys) == {"Bearer secret"}


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [((503, b"down\n for  repair"), "answers with an error (503: down for repair)"),
     ((401, b""), "answers with an error (401: no reason given)"),
     ((302, b""), "answers with an error (302"),
     ((200, b"<html>"), "is no OpenAI-compatible endpoint"),
     ((200, b"[" * 100_000), "is no OpenAI-compatible endpoint"),
     ((200, b'{"choices": []}'), "is no OpenAI-compatible endpoint"),
     ((200, b'{"choices": [{"message": {"content": null}}]}'), "gives no text"),
     ((200, b"x" * (2**20 + 1)), "answers with more than 1 MB")],
)  # fmt: skip
def test_what_is_no_answer_is_told_in_a_sentence(
    reply: tuple[int, bytes], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoint, "_PAUSE", 0.01)
    with model([reply]) as fake, pytest.raises(ModelError) as told:
        endpoint.ask(Endpoint(fake.address, "m"), MESSAGES, answers.SCHEMA)
    assert sentence in str(told.value)


def test_a_model_that_is_slow_or_not_there_is_given_up() -> None:
    with model([said("{}")], wait=1.0) as fake, pytest.raises(ModelError, match="does not answer within"):
        endpoint.ask(Endpoint(fake.address, "m", timeout=0.2), MESSAGES, answers.SCHEMA)
    with pytest.raises(ModelError, match="No model answers at http"):
        endpoint.ask(Endpoint("http://127.0.0.1:9/v1", "m"), MESSAGES, answers.SCHEMA)


@pytest.mark.parametrize("address", ["127.0.0.1:11434", "file:///etc/passwd", "https://me:secret@host/v1", "http://"])
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(BadInput, match="is no address of a model"):
        Endpoint(address, "m")


def test_what_is_declined_stays_so_and_a_damaged_file_is_told(tmp_path: Path) -> None:
    [one] = holding(events=[EVENT])
    assert one is not None
    assert (keep(tmp_path, [one, one]), keep(tmp_path, [one])) == (1, 0)
    decline(tmp_path, one.id, Declined("me", "2026-01-01T00:00:00+00:00", "no event"))
    assert (proposals(tmp_path), keep(tmp_path, [one])) == ((), 0)
    assert find(tmp_path, one.id) == one
    with pytest.raises(NotFound, match="No proposal has the id"):
        find(tmp_path, "proposal-none")
    (tmp_path / FILE).write_text('[{"proposal": 1}]', encoding="utf-8")
    with pytest.raises(BadInput, match="cannot be read"):
        proposals(tmp_path)


def test_from_a_model_to_the_queue_to_a_decision(
    local_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_DATA_DIR", str(local_settings.data_dir))
    (local_settings.data_dir / FILE).unlink(missing_ok=True)
    claim = {"quotation": HUMMED, "speaker": "Olena Petrenko"}
    invented = {**EVENT, "quotation": "The bridge was bombed again by nightfall"}
    found = {"events": [EVENT, invented], "claims": [claim]}
    with open_store(local_settings) as store:
        add(store, tmp_path, "one", TEXT)
        before = _facts(store)
        with model([said("no JSON"), said(found)]) as fake:
            unknown, nobody = (CliRunner().invoke(main, ["propose", name]) for name in ("X", "Notes on one"))
            assert "No article has the id" in unknown.output, "which is told before a model is asked for"
            assert "Name a model" in nobody.output
            asked = _kb("propose", "--new", "--endpoint", fake.address, "--model", "small", "--json")
            again = _kb("propose", "Notes on one", "--endpoint", fake.address, "--model", "small")
            assert "0 articles asked" in _kb("propose", "--new", "--endpoint", fake.address, "--model", "small").output
        [row] = json.loads(asked.output)
        assert (row["new"], row["dropped"], row["tokens"]) == (2, 1, [2000, 100])
        assert "2 known, 1 dropped, 1 answered before" in again.output
        assert "0 tokens sent, 0 got" in again.output
        assert len(fake.asked) == 2, "the second for an answer of the right form; what was answered is kept"
        assert TEXT in json.loads(fake.asked[0]["messages"][1]["content"])["article"]
        assert _facts(store) == before, "a proposal is no fact"
        [group] = [each for each in checks.check(store) if each.kind.key == "proposed"]
        assert [doubt.evidence[0].text[: len(HUMMED)] for doubt in group.doubts] == [HUMMED] * 2
        event, saying = sorted(proposals(local_settings.data_dir), key=lambda one: one.what, reverse=True)
        [answer] = queue.answers(queue.Item(group.kind, next(d for d in group.doubts if d.ids == (event.id,))))
        assert (answer.deed, answer.ids) == ("add", (event.id,))
        assert "Applied." in _kb("decide", "proposed", event.id, "--yes", "--by", "me").output
        assert "Declined: Olena Petrenko says this" in _kb("decide", "proposed", saying.id, "--not").output
        [stored] = store.run("MATCH (d:Decision) WHERE d.kind = 'add' RETURN d.by AS by, d.reason AS reason")
        assert stored == {"by": "me", "reason": "proposed by small"}
        told = store.run("MATCH (e:Event) WHERE e.title = 'Bridge opened again' RETURN e.edtf AS edtf")
        assert told == [{"edtf": "2022-05-03"}]
        assert "proposed" not in {each.kind.key for each in checks.check(store)}, "both are settled"


def _kb(*words: str) -> Result:
    run = CliRunner().invoke(main, words)
    assert run.exit_code == 0, run.output
    return run


def _facts(store: Store) -> list[dict[str, Any]]:
    return store.run("MATCH (n) WHERE NOT n:Schema RETURN labels(n) AS labels, count(n) AS n ORDER BY labels")
