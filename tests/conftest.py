"""Real servers for the tests: both engines, each in a folder of its own, stopped at the end."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import hypothesis
import psutil
import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from ingest.reading.annotate import Annotated, annotate
from ingest.reading.english.times import NO_PINS
from ingest.reading.extract import findings
from ingest.reading.findings import Document, Span
from ingest.reading.reading import Reading
from ingest.revising import corrections
from kb.edtf import Edtf
from kb.shown import choice as shown
from kb.store import Settings, Store, java, open_store, server, stop
from tests.engines import neo4j_server

# No example has a time limit: what else the machine does would fail it.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

# The files that take longest, which begin first so that neither process ends with one of them; the rest follow as they
# stand. `pytest --durations=0` says what a file takes.
LONG = ("revising/test_decide.py", "ingest/test_any_order.py", "ingest/test_crash.py", "reading/test_hostile.py",
        "benchmarks/test_bulk.py", "store/test_server.py", "checks/test_verify.py")  # fmt: skip

# These make and drop indexes, whereupon Neo4j forgets how all else is asked: the last of what runs on it.
DEFINING = ("tests/ask/test_search.py", "tests/ask/test_meaning.py")


class Dealer(LoadScopeScheduling):
    """Deals tests to processes: those on Neo4j together, those in the browser together, the others by files.

    So only one process starts a Neo4j, and one a browser with its apps: two cores gain nothing by two of each. The
    marks of `--dist loadgroup` would say the same, but pytest 9.2 takes no notice of the names that xdist 3.8 gives.
    """

    def _split_scope(self, nodeid: str) -> str:
        return _group(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Dealer:
    config.option.loadscopereorder = False  # the order below, not that of the counts of tests
    return Dealer(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put first what takes longest, and last what others would have to begin anew after."""
    turn = {name: place for place, name in enumerate(("neo4j", "browser", *(f"tests/{name}" for name in LONG)))}
    items.sort(key=lambda item: (turn.get(_group(item.nodeid), len(turn)), item.nodeid.startswith(DEFINING)))
    for item in items:
        if "neo4j_settings" in getattr(item, "fixturenames", ()) and _group(item.nodeid) != "neo4j":
            raise pytest.UsageError(f"{item.nodeid} runs on Neo4j: say so in its name, else two of them are started")


def _group(nodeid: str) -> str:
    """The tests of one group run in one process; every test on Neo4j has its name in its own."""
    file = nodeid.partition("::")[0]
    if file.startswith("tests/browser/"):
        return "browser"
    return "neo4j" if "neo4j" in nodeid else file


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """What was read is not read again by this process: the same text always gives the same, whatever becomes of it.

    Half of what most tests of the graph do is to read the same few articles. What other processes read, and what is
    read with dates that humans gave, is read each time.
    """
    parses: dict[Document, Annotated] = {}
    readings: dict[Document, Reading] = {}

    def parsed(document: Document) -> Annotated:
        key = replace(document, source="")
        if key not in parses:
            parses[key] = annotate(document)
        return replace(parses[key], document=document)

    def found(annotated: Annotated, pins: Mapping[Span, Edtf] = NO_PINS) -> Reading:
        key = replace(annotated.document, source="")
        if pins or annotated.doc is not parses[key].doc:
            return findings(annotated, pins)
        if key not in readings:
            readings[key] = findings(annotated)
        return replace(readings[key], annotated=annotated)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(corrections, "annotate", parsed)
        patch.setattr(corrections, "findings", found)
        yield


@pytest.fixture(scope="session", autouse=True)
def short_lived() -> Iterator[None]:
    """Servers that tests start compile their code once: to compile it again for good takes most of what they do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(java, "_JVM", (*java._JVM, neo4j_server.COMPILED_ONCE))
        yield


@pytest.fixture(scope="session")
def arcadedb_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A running local server, the default engine, for the whole test run."""
    settings = Settings(tmp_path_factory.mktemp("arcadedb"))
    started = server.start(settings.data_dir)
    yield settings
    stop(settings)
    assert not psutil.pid_exists(started.pid), "the local server is still there after the tests"
    assert server.find(settings.data_dir) is None


@pytest.fixture(scope="session")
def neo4j_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A running Neo4j Community server for the whole test run."""
    home = tmp_path_factory.mktemp("neo4j")
    try:
        with neo4j_server.running(home) as uri:
            yield Settings(home / "kb", uri, "neo4j", neo4j_server.PASSWORD)
    except neo4j_server.CannotRunNeo4jError as error:
        _missing(f"Neo4j cannot be had here: {error}")
    running = psutil.process_iter(["cmdline"])
    left = [each.pid for each in running if f"--home-dir={home}" in (each.info["cmdline"] or ())]
    assert not left, f"Neo4j is still there after the tests: {left}"


@pytest.fixture(scope="session", params=["arcadedb", "neo4j"])
def engine(request: pytest.FixtureRequest) -> Settings:
    """Where each engine's server is; a test that takes it runs once on each."""
    settings: Settings = request.getfixturevalue(f"{request.param}_settings")
    return settings


@pytest.fixture
def store(engine: Settings) -> Iterator[Store]:
    """An empty graph with its schema, open for writing, on each engine."""
    with open_store(engine) as opened:
        _empty(opened)
        yield opened


@pytest.fixture
def every_tally(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tallies from the first telling on, so that few articles go the way of many."""
    monkeypatch.setattr(shown, "MANY", 1)


@pytest.fixture
def local_settings(arcadedb_settings: Settings) -> Settings:
    """An empty graph on the default engine, for tests that open it themselves."""
    with open_store(arcadedb_settings) as opened:
        _empty(opened)
    return arcadedb_settings


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    """A fresh data folder; whatever server a test starts in it is gone afterwards."""
    folder = tmp_path / "data"
    yield folder
    if folder.is_dir():
        server.stop(folder)
        assert server.find(folder) is None


def _missing(reason: str) -> None:
    """Skip loudly on a developer's machine; in CI a missing engine is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _empty(store: Store) -> None:
    while store.execute("MATCH (n) WHERE NOT n:Schema WITH n LIMIT 5000 DETACH DELETE n").nodes_deleted:
        pass
