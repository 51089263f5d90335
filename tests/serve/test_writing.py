"""What a program may write over HTTP: by whose token, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient
from httpx import Response

import kb
from kb import access
from kb.cli import main
from kb.serve.http import application
from kb.serve.writing import LONGEST, writing
from kb.store import Settings, open_store

PASSWORD = "correct horse battery"  # noqa: S105 (made up)
TALKS = {
    "text": "Russian and Ukrainian negotiators held peace talks in Istanbul on March 29, 2022, and agreed to meet.",
    "title": "Talks in Istanbul", "published": "2022-03-30", "url": "https://example.org/talks",
}  # fmt: skip
WRITES = [
    ("/v1/articles", TALKS),
    ("/v1/decisions", {"kind": "reject", "ids": ["event-0"]}),
    ("/v1/decisions/decision-0/undo", None),
]


@pytest.fixture(scope="module")
def folder(arcadedb_settings: Settings) -> Iterator[Path]:
    with open_store(arcadedb_settings) as store:
        store.execute("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
    yield arcadedb_settings.data_dir
    (arcadedb_settings.data_dir / access.FILE).unlink()


@pytest.fixture(scope="module")
def tokens(folder: Path) -> dict[str, str]:
    for role in access.ROLES:
        access.add(folder, role, role, PASSWORD)
    return {role: access.make_token(folder, role) for role in access.ROLES}


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    with kb.open(data_dir=folder, read_only=True) as base, kb.open(data_dir=folder) as writer:
        app = application(base)
        writing(app, writer)
        yield TestClient(app, raise_server_exceptions=False)


def post(client: TestClient, path: str, told: Any, token: str = "") -> Response:
    answer = client.post(path, json=told, headers={"authorization": f"Bearer {token}"} if token else {})
    assert answer.status_code < 300 or answer.headers["content-type"] == "application/problem+json", answer.text
    return answer


@pytest.mark.parametrize(("path", "told"), WRITES)
def test_nobody_writes_without_the_token_of_one_who_may(
    client: TestClient, tokens: dict[str, str], path: str, told: Any
) -> None:
    assert post(client, path, told).status_code == 401
    assert post(client, path, told, "guessed").status_code == 401
    assert post(client, path, told, PASSWORD).status_code == 401
    refused = post(client, path, told, tokens["reader"])
    assert (refused.status_code, refused.json()["detail"]) == (
        403, "reader is reader; this is for the role editor or above.")  # fmt: skip
    assert client.get("/v1").json()["articles"] == 0


def test_an_article_comes_in_is_decided_on_and_goes(client: TestClient, tokens: dict[str, str]) -> None:
    editor, admin = tokens["editor"], tokens["admin"]
    came = post(client, "/v1/articles", TALKS, editor)
    assert (came.status_code, came.json()["status"], came.json()["found"]["events"] > 0) == (201, "new", True)
    assert post(client, "/v1/articles", TALKS, editor).json()["status"] == "unchanged"
    event = client.get("/v1/events", params={"where": "Istanbul"}).json()["events"][0]
    assert event["article"]["url"] == TALKS["url"]
    title = {"kind": "edit", "ids": [event["id"]], "field": "title", "value": "Talks", "reason": "shorter"}
    tried = post(client, "/v1/decisions?dry_run=true", title, editor).json()
    assert (tried["applied"], tried["effects"][0]["details"][0]["after"]) == (False, "Talks")
    assert client.get(f"/v1/events/{event['id']}").json()["title"] == event["title"]
    made = post(client, "/v1/decisions", title, editor).json()["decision"]
    assert (made["by"], made["reason"]) == ("editor", "shorter")
    assert client.get(f"/v1/events/{event['id']}").json()["title"] == "Talks"
    assert [one["id"] for one in client.get("/v1/decisions").json()["decisions"]] == [made["id"]]
    assert post(client, f"/v1/decisions/{made['id']}/undo", None, admin).json()["revoked"] == [made["id"]]
    assert client.get(f"/v1/events/{event['id']}").json()["title"] == event["title"]
    gone = {"kind": "remove", "ids": [came.json()["id"]]}
    assert post(client, "/v1/decisions", gone, editor).status_code == 403
    assert post(client, "/v1/decisions", gone, admin).status_code == 201
    assert client.get("/v1").json()["articles"] == 0


@pytest.mark.parametrize(
    ("path", "told", "code", "says"),
    [
        ("/v1/articles", {"text": ""}, 422, "text"),
        ("/v1/articles", {"text": " \n"}, 400, "no text"),
        ("/v1/articles", {**TALKS, "published": "soon"}, 400, "soon"),
        ("/v1/decisions", {"kind": "same", "ids": ["event-0"]}, 400, "two ids"),
        ("/v1/decisions", {"kind": "edit", "ids": ["event-0"]}, 400, "a field and a value"),
        ("/v1/decisions", {"kind": "reject", "ids": ["event-0"]}, 400, "event-0"),
        ("/v1/decisions", {"kind": "other", "ids": ["event-0"]}, 422, "kind"),
        ("/v1/decisions/decision-0/undo", None, 400, "decision-0"),
        ("/v1/articles", {"text": "word " * (LONGEST // 5)}, 413, "At most"),
    ],
)
def test_what_cannot_be_written_is_a_problem_in_a_sentence(
    client: TestClient, tokens: dict[str, str], path: str, told: Any, code: int, says: str
) -> None:
    answer = post(client, path, told, tokens["admin"])
    assert (answer.status_code, says in answer.json()["detail"]) == (code, True), answer.text


def test_a_token_is_shown_once_and_the_next_ends_it(folder: Path, tokens: dict[str, str]) -> None:
    assert tokens["reader"] not in (folder / access.FILE).read_text("utf-8")
    env = {"KB_DATA_DIR": str(folder)}
    new = CliRunner().invoke(main, ["user", "token", "reader"], env=env).output.strip()
    assert access.bearer(folder, tokens["reader"]) is None
    found = access.bearer(folder, new)
    assert found is not None
    assert found.role == "reader"
    refused = CliRunner().invoke(main, ["user", "token", "nobody"], env=env)
    assert (refused.exit_code, "no user “nobody”" in refused.output) == (1, True)


def test_reading_takes_a_user_s_token_where_one_is_asked_for(folder: Path, tokens: dict[str, str]) -> None:
    with kb.open(data_dir=folder, read_only=True) as base:
        guarded = TestClient(application(base, token="long-and-random"))  # noqa: S106 (made up)
        for token, code in (("long-and-random", 200), (tokens["editor"], 200), ("", 401), ("guessed", 401)):
            assert guarded.get("/v1", headers={"authorization": f"Bearer {token}"}).status_code == code
        assert guarded.post("/v1/articles", json=TALKS).status_code in (401, 404, 405)
