"""A backup is the whole of a graph, proven before it is used, and restored by either engine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from ingest import originals
from ingest.revising.recompute import recompute
from kb import backup
from kb.backup import archive, restoring, saving
from kb.checks.verify import verify
from kb.decisions import decisions
from kb.errors import BadInput, StoreDamaged, StoreUnavailable
from kb.store import Settings, Store, open_store, schema, stop
from kb.views.sharing import saved
from tests.backup.making import ARTICLES, fill
from tests.exported import export

REPOSITORY = Path(__file__).parents[2]
RESTORE = """import sys
from pathlib import Path
from kb import backup
from kb.store import Settings
backup.restore(Settings(Path(sys.argv[1])), Path(sys.argv[2]))"""
EXPIRED = "MATCH (n) WHERE n.expiredAt IS NOT NULL RETURN labels(n) AS labels, properties(n) AS p ORDER BY n.id"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Settings, Path]]:
    """A graph with decisions, of which one was taken back, a withdrawn article and a saved view; and its backup."""
    settings = Settings(tmp_path_factory.mktemp("told") / "data")
    fill(settings)
    saved.keep(settings, saved.View("The talks", "", {"text": "Istanbul"}))
    path = settings.data_dir.parent / "whole.kb"
    with open_store(settings, role="reader") as store:
        backup.save(store, path)
    yield settings, path
    stop(settings)


def _same(one: Settings, other: Settings) -> None:
    with open_store(one, role="reader") as first, open_store(other, role="reader") as second:
        assert export(second) == export(first)
        assert second.run(EXPIRED) == first.run(EXPIRED)
        assert decisions(second, revoked=True) == decisions(first, revoked=True) != []
        proof = verify(second)
        recompute(second, proof)
        assert proof.faults == []
        assert proof.checked["snapshots"] >= ARTICLES - 1
    assert list(originals.damaged(other.data_dir)) == []
    assert originals.count(other.data_dir) == originals.count(one.data_dir) > 0
    assert saved.views(other) == saved.views(one) != ()


def test_all_comes_back_and_goes_on(told: tuple[Settings, Path], data_dir: Path) -> None:
    settings, path = told
    manifest = backup.restore(Settings(data_dir), path)
    _same(settings, Settings(data_dir))
    assert (manifest.nodes["Article"], manifest.files > 1) == (ARTICLES, True)
    with pytest.raises(BadInput, match=r"holds [\d,]+ nodes; a backup is restored into an empty one"):
        backup.restore(Settings(data_dir), path)
    assert path.stat().st_mode & 0o077 == 0
    again = path.with_name("again.kb")
    with open_store(Settings(data_dir), role="reader") as store:
        second = backup.save(store, again)
    assert (second.nodes, second.relationships) == (manifest.nodes, manifest.relationships)


def test_a_local_graph_goes_into_neo4j_and_back(
    told: tuple[Settings, Path], neo4j_settings: Settings, tmp_path: Path, data_dir: Path
) -> None:
    settings, path = told
    other = replace(neo4j_settings, data_dir=tmp_path / "beside")
    with open_store(other) as store:
        while store.execute("MATCH (n) WITH n LIMIT 5000 DETACH DELETE n").nodes_deleted:
            pass
    backup.restore(other, path)
    _same(settings, other)
    with open_store(other) as store:
        backup.save(store, tmp_path / "back.kb")
    backup.restore(Settings(data_dir), tmp_path / "back.kb")
    _same(settings, Settings(data_dir))


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


def _change_a_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 0x10
    path.write_bytes(bytes(data))


def _is_no_archive(path: Path) -> None:
    path.write_text("no backup")


def _is_another_archive(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as other:
        other.writestr("page.html", "<p>")


def _rewritten(path: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            if (changed := change(name, data)) is not None:
                new.writestr(name, changed)


def _replaced(old: bytes, new: bytes, name: str, data: bytes) -> bytes:
    return data.replace(old, new) if name == "manifest.json" else data


def _lacks_a_part(path: Path) -> None:
    _rewritten(path, lambda name, data: None if name == "nodes/Claim.jsonl" else data)


def _has_other_words(path: Path) -> None:
    _rewritten(path, lambda name, data: data.replace(b"Crimea", b"Cremia") if name == "nodes/Passage.jsonl" else data)


def _leads_out_of_the_folder(path: Path) -> None:
    outside = b"files/../../etc"
    _rewritten(path, lambda name, data: data.replace(b"files/originals", outside) if "manif" in name else data)


def _has_another_manifest(path: Path) -> None:
    _rewritten(path, lambda name, data: b'{"format": 1, "parts": {"nodes/A.jsonl": []}}' if "manif" in name else data)


@pytest.mark.parametrize("damage", [_cut, _change_a_byte, _is_no_archive, _is_another_archive, _lacks_a_part,
                                    _has_other_words, _leads_out_of_the_folder, _has_another_manifest])  # fmt: skip
def test_a_damaged_archive_is_one_sentence_and_touches_no_graph(
    told: tuple[Settings, Path], tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    path = tmp_path / "damaged.kb"
    path.write_bytes(told[1].read_bytes())
    damage(path)
    with pytest.raises(BadInput) as caught:
        backup.restore(Settings(tmp_path / "data"), path)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "data").exists()


def test_an_archive_of_a_newer_version_is_refused(told: tuple[Settings, Path], tmp_path: Path) -> None:
    path = tmp_path / "newer.kb"
    for was, now, said in ((f'"schema": {schema.VERSION}', '"schema": 999', "update eventline"),
                           ('"format": 1', '"format": 9', "of a newer kind")):  # fmt: skip
        path.write_bytes(told[1].read_bytes())
        old, new = was.encode(), now.encode()
        _rewritten(path, partial(_replaced, old, new))
        with pytest.raises(BadInput, match=said):
            backup.restore(Settings(tmp_path / "data"), path)


def test_a_label_that_would_end_its_quotes_is_refused() -> None:
    with pytest.raises(BadInput, match="is no label"):
        restoring._labels({"labels": ["Event`) DETACH DELETE (n"]})


def test_a_full_disk_leaves_nothing_of_a_backup(told: tuple[Settings, Path], tmp_path: Path) -> None:
    made = (
        "import sys, resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000));"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "from kb.cli import main; main(['backup', sys.argv[1]])"
    )
    kept = {**os.environ, "KB_DATA_DIR": str(told[0].data_dir)}
    done = subprocess.run([sys.executable, "-c", made, str(tmp_path / "full.kb")], env=kept, capture_output=True,
                          text=True, cwd=REPOSITORY, check=False)  # fmt: skip
    assert done.returncode == 1
    assert "cannot be written (File too large); nothing is left of it" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_not_written_over(told: tuple[Settings, Path]) -> None:
    settings, path = told
    before = path.read_bytes()
    with open_store(settings, role="reader") as store, pytest.raises(BadInput, match="is there already"):
        backup.save(store, path)
    assert path.read_bytes() == before


def test_a_killed_restore_is_told_and_begun_anew(told: tuple[Settings, Path], data_dir: Path) -> None:
    settings, path = told
    with open_store(Settings(data_dir)):
        pass  # the server is up, so that the kill meets the writing
    command = [sys.executable, "-c", RESTORE.replace("backup.restore", "backup.restoring.AT_ONCE = 50\nbackup.restore"),
               str(data_dir), str(path)]  # fmt: skip
    process = subprocess.Popen(command, cwd=REPOSITORY)
    with Store(Settings(data_dir), "reader") as looking:
        until = time.monotonic() + 60
        while looking.run("MATCH (n) RETURN count(n) AS n")[0]["n"] < 300 and time.monotonic() < until:
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert looking.run("MATCH (n) RETURN count(n) AS n")[0]["n"] > 1
    for role in ("reader", "writer"):
        with pytest.raises(StoreDamaged, match="was broken off; wait for its end, or run kb restore again"):
            open_store(Settings(data_dir), role=role)
    backup.restore(Settings(data_dir), path)
    _same(settings, Settings(data_dir))


def test_a_backup_is_of_one_moment_while_others_write(
    told: tuple[Settings, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, _ = told
    read, times = saving._relationships, []

    def disturbed(store: Store, listed: dict[str, Path]) -> Iterator[dict[str, object]]:
        yield from read(store, listed)
        times.append(1)
        if len(times) == 1:
            with open_store(settings) as writer:
                writer.write(lambda _: None)

    monkeypatch.setattr(saving, "_relationships", disturbed)
    with open_store(settings, role="reader") as store:
        backup.save(store, tmp_path / "second.kb")
        assert len(times) == 2
        monkeypatch.setattr(saving, "_TRIES", 1)
        times.clear()
        monkeypatch.setattr("kb.store.connection._LOCK_TIME", 0.2)
        with pytest.raises(StoreUnavailable):
            backup.save(store, tmp_path / "third.kb")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["second.kb"]
    with archive.reading(tmp_path / "second.kb") as reader:
        assert reader.manifest.nodes["Article"] == ARTICLES
