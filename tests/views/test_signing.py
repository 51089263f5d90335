"""Who may do what in an app that serves other machines, and in whose name it is done."""

from __future__ import annotations

import ast
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from ingest import ingest
from kb import access, launch
from kb.cli import main
from kb.decisions import decisions
from kb.errors import BadInput, KbError
from kb.project import FILE
from kb.store import Settings, open_store
from kb.views import connection

ROOT = Path(__file__).parents[2]
PASSWORD = "a long enough password"  # noqa: S105 (of this test alone)
EVENTS = "MATCH (e:Event) WHERE e.expiredAt IS NULL RETURN e.id AS id ORDER BY id"
SHELL = "from kb.views.shell import main\nmain()"
# Each deed that a page can do, as its page does it, with what the session must hold for it; and whose it is at least.
DEEDS = {
    "star": ("editor", "from kb.views.pages import chronology as c\nst.session_state.chronology_cleared = 0\n"
             "c._apply(ids[0], 'starred', 'yes')"),
    "correct a date": ("editor", "from kb.views.correcting import correction as c\n"
                       "c._prepare(ids[0], 'edtf', '2014-03-19', by='Mallory', reason='')\n"
                       "if st.session_state.correction: c._apply(st.session_state.correction)"),
    "rename": ("editor", "from kb.views.correcting import deciding as c\n"
               "c.prepare(lambda d, store: d.edit(store, ids[0], 'title', 'Another title', by='Mallory'))\n"
               "if st.session_state.prepared: c._apply(c._signed(st.session_state.prepared, 'Mallory', ''))"),
    "add": ("editor", "from kb.views.pages import add as c\nfrom kb.views.adding import work\n"
            "from ingest.read import Given\n"
            f"c._begin([{str(ROOT / 'seed_data' / '2023-11-arakhamia.html')!r}], Given())\n"
            "work.latest(c._owner()).thread.join()"),
    "save a view": ("editor", "from kb.views.sharing import tools as c\nst.session_state.view_name = 'Mine'\n"
                    "c._tried(lambda: c._keep('map'))"),
    "delete a view": ("admin", "from kb.views.sharing import saved, tools as c\nfrom kb.store import Settings\n"
                      "c._tried(lambda: saved.forget(Settings.from_env(), 'All'), 'admin')"),
}  # fmt: skip
SCRIPT = """
import streamlit as st
from kb.views import signing
from kb.views.connection import friendly
ids = {ids!r}
signing.gate()
with friendly():
    {deed}
st.markdown("done")
"""


@pytest.fixture
def app(local_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """A graph of one article and a user of each role, in an app that demands sign-in."""
    monkeypatch.setenv("KB_DATA_DIR", str(local_settings.data_dir))
    monkeypatch.delenv("KB_URI", raising=False)
    monkeypatch.setenv("KB_SIGN_IN", "1")
    monkeypatch.setattr(access, "_COST", 2**4)
    for role in access.ROLES:
        access.add(local_settings.data_dir, f"A {role}", role, PASSWORD)
    (local_settings.data_dir / "views.json").write_text(json.dumps([{"name": "All", "page": "", "query": {}}]))
    with open_store(local_settings) as store:
        ingest([str(ROOT / "seed_data" / "2014-03-crimea.html")], store)
    yield local_settings
    connection.graph.clear()
    st.cache_data.clear()
    (local_settings.data_dir / access.FILE).unlink()


def _state(settings: Settings) -> tuple[object, ...]:
    with open_store(settings, role="reader") as store:
        return ([d.id for d in decisions(store)], store.run("MATCH (a:Article) RETURN a.id AS id ORDER BY id"),
                (settings.data_dir / "views.json").read_text())  # fmt: skip


@pytest.mark.parametrize("role", access.ROLES)
def test_each_role_does_what_it_may_and_no_more_in_its_own_name(app: Settings, role: access.Role) -> None:
    with open_store(app, role="reader") as store:
        ids = [
            row["id"] for row in store.run("MATCH (e:Event) WHERE e.expiredAt IS NULL RETURN e.id AS id ORDER BY id")
        ]
    user = access.users(app.data_dir)[f"A {role}"]
    for deed, (least, code) in DEEDS.items():
        before = _state(app)
        script = SCRIPT.format(ids=ids, deed=code.replace("\n", "\n    "))
        page = AppTest.from_string(script, default_timeout=90)
        page.session_state["signed_in"], page.session_state["signed_in_by"] = user.name, user.hash
        page.run()
        assert not page.exception, deed
        assert (_state(app) != before) == user.may(least), (role, deed)
    with open_store(app, role="reader") as store:
        assert {each.by for each in decisions(store)} == ({user.name} if user.may("editor") else set())


def test_nothing_is_drawn_before_somebody_has_signed_in(app: Settings) -> None:
    page = AppTest.from_string(SHELL, default_timeout=90).run()
    assert [each.label for each in page.text_input] == ["Name", "Password"]
    assert "annex" not in str(page.main).lower()
    for _ in range(2):
        page.text_input(key="sign_in_name").set_value("A reader")
        page.text_input(key="sign_in_password").set_value("a wrong long password")
        began = time.monotonic()
        page.button[0].click().run()
        assert [each.value for each in page.error] == ["This name and password are not known together."]
    assert time.monotonic() - began >= 2  # who guesses waits; nobody else does
    other = AppTest.from_string(SHELL, default_timeout=90).run()
    other.text_input(key="sign_in_name").set_value("A reader")
    other.text_input(key="sign_in_password").set_value(PASSWORD)
    began = time.monotonic()
    other.button[0].click().run()
    assert not other.error
    assert not [each for each in other.text_input if each.label == "Password"]
    assert other.session_state["signed_in"] == "A reader"
    access.add(app.data_dir, "A reader", "reader", PASSWORD + " anew")  # another password ends what is open
    other.run()
    assert [each.label for each in other.text_input] == ["Name", "Password"]
    (app.data_dir / access.FILE).write_text("{")  # who is let in cannot be read: nobody is
    other.text_input(key="sign_in_name").set_value("A reader")
    other.button[0].click().run()
    assert "cannot be read" in other.error[0].value
    assert [each.label for each in other.text_input] == ["Name", "Password"]
    assert "annex" not in str(other.main).lower()


def test_pages_write_by_one_way_alone() -> None:
    for path in sorted((ROOT / "kb" / "views").rglob("*.py")):
        called = {ast.unparse(node.func): ast.unparse(node) for node in ast.walk(ast.parse(path.read_text("utf-8")))
                  if isinstance(node, ast.Call)}  # fmt: skip
        for name, call in called.items():
            if name.endswith("open_store") and path.name != "signing.py":
                assert "role='reader'" in call, f"{path}: {call}"


def test_the_file_is_private_and_holds_no_password(tmp_path: Path) -> None:
    access.add(tmp_path, "Ada", "editor", PASSWORD)
    path = tmp_path / access.FILE
    assert path.stat().st_mode & 0o077 == 0
    assert PASSWORD not in path.read_text()
    assert access.check(tmp_path, "Ada", PASSWORD) == access.users(tmp_path)["Ada"]
    assert access.check(tmp_path, "Ada", PASSWORD + " ") is None
    assert access.check(tmp_path, "Bob", PASSWORD) is None
    access.add(tmp_path, "Eve", "reader", PASSWORD)
    told = access.users(tmp_path)
    assert told["Ada"].hash != told["Eve"].hash
    assert not told["Eve"].may("editor")


@pytest.mark.parametrize(("name", "password", "said"), [
    ("", PASSWORD, "A name has"), ("a<b>", PASSWORD, "A name has"), ("Ada", "short", "at least 12 characters"),
])  # fmt: skip
def test_what_is_no_user(tmp_path: Path, name: str, password: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        access.add(tmp_path, name, "reader", password)
    assert access.users(tmp_path) == {}


@pytest.mark.parametrize("content", ["{", '[{"name": "x"}]', '[{"name":"x","role":"god","salt":"","hash":""}]', "[1]"])
def test_a_damaged_file_lets_nobody_in(tmp_path: Path, content: str) -> None:
    (tmp_path / access.FILE).write_text(content)
    with pytest.raises(BadInput):
        access.check(tmp_path, "x", PASSWORD)


def test_users_are_added_listed_and_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path))
    run = CliRunner()
    assert run.invoke(main, ["user", "add", "Ada", "--role", "admin"], input=PASSWORD + "\n").output == (
        "Ada may sign in as admin.\n"
    )
    assert access.check(tmp_path, "Ada", PASSWORD)
    assert run.invoke(main, ["user", "list"]).output == "Ada: admin\n"
    assert run.invoke(main, ["user", "remove", "Ada"]).exit_code == 0
    gone = run.invoke(main, ["user", "remove", "Ada"])
    assert (gone.exit_code, "Traceback" in gone.output) == (1, False)


def test_who_is_let_in_by_mail_has_no_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path))
    run = CliRunner()
    told = run.invoke(main, ["user", "add", "Ada@Example.org", "--oidc", "--role", "editor"])
    assert told.output == "Ada@Example.org may sign in as editor, by the provider.\n"
    found = access.of_mail(tmp_path, "ADA@example.org")
    assert found
    assert found.may("editor")
    assert access.check(tmp_path, "ada@example.org", "") is None
    assert "no address of mail" in run.invoke(main, ["user", "add", "Ada", "--oidc"]).output
    access.add(tmp_path, "berta@example.org", "admin", PASSWORD)
    assert access.of_mail(tmp_path, "berta@example.org") is None
    assert run.invoke(main, ["user", "remove", "ada@example.org"]).exit_code == 0
    assert access.of_mail(tmp_path, "ada@example.org") is None


def test_without_its_secret_the_app_does_not_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / FILE).write_text(
        "[sign_in]\nissuer = 'https://id.example.org'\nclient = 'a'\naddress = 'https://a.example.org'\n"
    )
    monkeypatch.setenv("KB_PROJECT", str(tmp_path))
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("KB_OIDC_SECRET", raising=False)
    access.add_mail(tmp_path, "ada@example.org", "admin")
    with pytest.raises(KbError, match=r"in KB_OIDC_SECRET|eventline\[oidc\]"):
        launch.serve(0, sign_in=True)


@pytest.mark.parametrize(("host", "demanded"), [
    ("127.0.0.1", False), ("::1", False), ("localhost", False), ("0.0.0.0", True), ("::", True), ("192.168.1.2", True),  # noqa: S104
])  # fmt: skip
def test_beyond_loopback_nobody_serves_without_users(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str, demanded: bool
) -> None:
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path))
    assert launch.is_loopback(host) is not demanded
    if demanded:
        with pytest.raises(BadInput, match="Nobody could sign in yet; kb user add"):
            launch.serve(8501, host=host)
    assert ("KB_SIGN_IN" in launch._environment(demanded)) is demanded
