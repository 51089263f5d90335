"""What the measures of throughput count is what they say."""

from __future__ import annotations

import psutil
import pytest

from benchmarks import throughput, unwind
from benchmarks.graphs.newswire import articles
from ingest.graph.runs import begin
from ingest.graph.write import write
from kb.store import Settings, open_store, server
from tests.exported import export


def test_bare_unwind_puts_in_the_same_graph(local_settings: Settings) -> None:
    with open_store(local_settings) as store:
        run = begin(store, "newswire")
        for facts in articles(4):
            write(store, facts, run)
        whole, rows = export(store), unwind.rows_of(store)
        store.execute("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
        unwind.put(store, *rows)
        assert export(store) == whole


def test_the_server_is_found_and_its_processor_time_grows(local_settings: Settings) -> None:
    found = server.find(local_settings.data_dir)
    assert found is not None
    with open_store(local_settings) as store:
        process = throughput.server_of(store)
        assert process is not None
        assert process.pid == found.pid
        before = throughput.spent(process)
        while throughput.spent(process) == before:
            store.run("MATCH (n) RETURN count(n) AS n")
    assert throughput.spent(None) == 0.0
    assert throughput.spent(psutil.Process()) > 0


def test_articles_are_timed_by_one_process(capsys: pytest.CaptureFixture[str]) -> None:
    assert throughput.main(["--articles", "3", "--processes", "1"]) == 2
    assert "more than 10 articles" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        throughput.main(["--processes", "0"])
    begun, ended = throughput.Moment(1.0, 2.0, 3.0, 10), throughput.Moment(21.0, 12.0, 8.0, 20)
    rows = throughput.table([throughput.Taken(1, begun, ended, 390.4)]).splitlines()
    assert rows[-1].split()[:6] == ["1", "10", "0.50", "1.00", "1000", "500"]
