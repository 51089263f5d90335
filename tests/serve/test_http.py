"""What a program gets over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

import kb
from kb import meaning
from kb.cli import main
from kb.serve.http import application
from kb.store import Settings, open_store

TEXTS = {
    "talks": "Title: Talks in Istanbul\nPublished: 30 March 2022\nURL: https://example.org/talks\n\n"
    "Russian and Ukrainian negotiators held peace talks in Istanbul on March 29, 2022, and agreed to meet again.\n\n"
    "“We want guarantees,” David Arakhamia said after the meeting on Tuesday.\n",
    "warsaw": "Title: Zelensky visits Warsaw\nPublished: 6 April 2023\nURL: https://example.org/warsaw\n\n"
    "President Volodymyr Zelensky visited Warsaw on April 5, 2023, and met the Polish president, Andrzej Duda.\n",
}


@pytest.fixture(scope="module")
def base(arcadedb_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[kb.Base]:
    with open_store(arcadedb_settings) as store:
        store.execute("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
    folder = tmp_path_factory.mktemp("texts")
    for name, text in TEXTS.items():
        Path(folder, f"{name}.txt").write_text(text)
    with kb.open(data_dir=arcadedb_settings.data_dir) as writer:
        assert writer.ingest(folder).count("new") == 2
    with kb.open(data_dir=arcadedb_settings.data_dir, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(base: kb.Base) -> TestClient:
    return TestClient(application(base), raise_server_exceptions=False)


def get(client: TestClient, path: str, **wanted: Any) -> Any:
    answer = client.get(path, params=wanted)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_events_come_page_by_page_with_their_sentences(client: TestClient) -> None:
    every = get(client, "/v1/events")["events"]
    assert all(event["sentence"] and event["article"]["url"].startswith("https://example.org/") for event in every)
    seen, after = [], None
    while True:
        page = get(client, "/v1/events", limit=2, **({"after": after} if after else {}))
        seen += [event["id"] for event in page["events"]]
        if (after := page["next"]) is None:
            break
    assert seen == [event["id"] for event in every]
    top = get(client, "/v1/events", order="importance", where="Istanbul", limit=1)["events"][0]
    assert (top["date"], top["type"]) == ("2022-03-29", "CONSULT")
    whole = get(client, f"/v1/events/{top['id']}")
    assert whole["sentences"][0]["article"]["url"] == "https://example.org/talks"
    assert get(client, f"/v1/events/{top['id']}/why")["reasons"]


def test_names_claims_search_digest_and_cypher(client: TestClient) -> None:
    assert get(client, "/v1")["articles"] == 2
    [said] = get(client, "/v1/claims", speaker="David Arakhamia")["claims"]
    assert get(client, "/v1/names/David Arakhamia")["said"][0]["id"] == said["id"]
    assert "Sentences" in get(client, "/v1/search", q="guarantees")["groups"]
    refused = client.get("/v1/search", params={"q": "pledges", "semantic": True}).json()["detail"]
    assert ("kb index does it" if meaning.is_installed() else "pip install") in refused
    assert get(client, "/v1/digest", days=2)["days"]
    asked = {"query": "MATCH (a:Article) WHERE a.published >= $day RETURN a.title AS t", "parameters": {"day": "2023"}}
    assert client.post("/v1/cypher", json=asked).json() == {"rows": [{"t": "Zelensky visits Warsaw"}]}


def test_what_has_not_changed_is_not_sent_again(client: TestClient, base: kb.Base) -> None:
    first = client.get("/v1/events")
    again = client.get("/v1/events", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    with kb.open(data_dir=base.store.settings.data_dir) as writer:
        writer.edit(first.json()["events"][0]["id"], "note", "asked", by="Ann").apply()
    assert client.get("/v1/events", headers={"if-none-match": first.headers["etag"]}).status_code == 200


def test_asking_again_for_what_has_not_changed_costs_one_statement(
    client: TestClient, base: kb.Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = client.get("/v1/digest").headers["etag"]
    asked: list[str] = []
    plain = type(base.store).run

    def noting(store: Any, cypher: str, /, **params: Any) -> Any:
        asked.append(cypher)
        return plain(store, cypher, **params)

    monkeypatch.setattr(type(base.store), "run", noting)
    assert client.get("/v1/digest", headers={"if-none-match": known}).status_code == 304
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("path", "code", "says"),
    [
        ("/v1/events?who=Nobody", 404, "is called “Nobody”"),
        ("/v1/events/event-0", 404, "There is no event"),
        ("/v1/names/Nobody", 404, "is called “Nobody”"),
        ("/v1/events?earliest=yesterday", 422, "earliest"),
        ("/v1/events?limit=0", 422, "limit"),
        ("/v1/digest?latest=0", 422, "latest"),  # no seconds since 1970
        ("/v1/events?after=nowhere", 400, "leads to no page"),
        ("/v1/claims?said_from=2022-13-41", 422, "said_from"),
        ("/v1/search?q=…", 400, "Type a word"),
        ("/v1/nothing", 404, "Not Found"),
    ],
)
def test_what_is_wrong_is_a_problem_in_a_sentence(client: TestClient, path: str, code: int, says: str) -> None:
    answer = client.get(path)
    assert answer.status_code == code, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert says in answer.json()["detail"]
    assert answer.json()["status"] == code


def test_nothing_can_be_written(client: TestClient) -> None:
    answer = client.post("/v1/cypher", json={"query": "MATCH (n) DETACH DELETE n"})
    assert answer.status_code == 403
    assert client.post("/v1/events").status_code == 405
    assert get(client, "/v1")["articles"] == 2


def test_a_token_is_asked_for_where_one_is_set(base: kb.Base) -> None:
    guarded = TestClient(application(base, token="long-and-random"))  # noqa: S106
    assert guarded.get("/v1").status_code == 401
    known = guarded.get("/v1", headers={"authorization": "Bearer long-and-random"}).headers["etag"]
    assert guarded.get("/v1", headers={"if-none-match": known}).status_code == 401
    assert guarded.get("/v1", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert guarded.get("/v1", headers={"authorization": "Bearer long-and-random"}).status_code == 200


def test_the_command_refuses_others_without_a_token() -> None:
    refused = CliRunner().invoke(main, ["api", "--host", "192.0.2.1"], env={"KB_API_TOKEN": ""})
    assert refused.exit_code == 1
    assert "set KB_API_TOKEN" in refused.output


def test_the_description_names_every_question(client: TestClient) -> None:
    described = get(client, "/openapi.json")
    assert {"/v1/events", "/v1/events/{id}", "/v1/claims", "/v1/names/{name}", "/v1/search"} <= set(described["paths"])
    assert all(one.get("description") for path in described["paths"].values() for one in path.values())
