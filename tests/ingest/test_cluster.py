"""A Ray cluster of two nodes makes the same graph as one process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ingest import cluster, ingest
from kb.cli import main
from kb.errors import BadInput
from kb.store import Settings, open_store
from tests.exported import export

ROOT = Path(__file__).parents[2]
FILES = sorted(str(path) for path in (ROOT / "seed_data").iterdir())[:6]


@pytest.fixture(scope="module")
def two_nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a cluster of two nodes with a CPU each, on this machine."""
    if os.environ.get("CI") != "true":
        pytest.importorskip("ray")
    from ray.cluster_utils import Cluster  # noqa: PLC0415 (an extra)

    small: dict[str, Any] = {"num_cpus": 1, "object_store_memory": 80_000_000, "include_dashboard": False}
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])  # of the workers
    made = Cluster(initialize_head=True, head_node_args=small)
    made.add_node(**small)
    made.wait_for_nodes()
    yield str(made.address)
    made.shutdown()


def test_two_nodes_make_the_graph_of_one_process(local_settings: Settings, two_nodes: str) -> None:
    with open_store(local_settings) as store:
        alone = ingest(FILES, store)
        whole = export(store)
        store.execute("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
        seen: list[int] = []
        both = ingest(FILES, store, progress=lambda _, done: seen.append(done), ray=two_nodes)
        assert export(store) == whole
    assert both.articles == alone.articles
    assert seen == list(range(1, len(both.articles) + 1))
    again = CliRunner().invoke(main, ["ingest", FILES[0], "--ray", two_nodes, "--processes", "1"],
                               env={"KB_DATA_DIR": str(local_settings.data_dir)})  # fmt: skip
    assert again.exit_code == 0, again.output
    assert "Nothing changed." in again.output


class Elsewhere:
    """What Ray tells of a cluster with another machine."""

    @staticmethod
    def nodes() -> list[dict[str, Any]]:
        return [{"NodeManagerHostname": "elsewhere", "Alive": True}]


def test_another_machine_needs_a_server_that_it_reaches(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="set KB_URI"):
        cluster._check(Elsewhere, Settings(tmp_path))
    cluster._check(Elsewhere, Settings(tmp_path, "neo4j://graph.example"))


def test_where_there_is_no_cluster_a_sentence_says_so(local_settings: Settings) -> None:
    result = CliRunner().invoke(main, ["ingest", FILES[0], "--ray", "127.0.0.1:1"],
                                env={"KB_DATA_DIR": str(local_settings.data_dir)})  # fmt: skip
    assert result.exit_code == 1
    assert "There is no Ray cluster at 127.0.0.1:1" in result.output or "Ray is not installed" in result.output
