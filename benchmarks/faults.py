"""What a kill at a random moment costs, or a network or machine that fails: nothing may be lost, doubled or left wrong.

Usage: python -m benchmarks.faults [--rounds 50] [--seed 1] [--articles N] [--only KIND …]
Each round takes an empty graph, lets the articles of seed_data/ be read and one event be starred, and kills with
SIGKILL, at a moment drawn anew: the ingest, the local server, or `kb decide`. An ingest goes on when the server was
killed; else what was killed is run again. In other rounds the graph is one that KB_URI names, behind a proxy
(benchmarks.trials.proxy) that cuts, delays or garbles the connections: a command that gives up says so in a sentence,
and is run again without the proxy. In others the machine fails (benchmarks.trials.machines): its clock was set back,
there is no home, the data folder cannot be written, the temporary folder is full. The graph must be that of an
undisturbed run, `kb verify` clean, and no traceback said. The seed gives the same moments.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.trials.machines import Lack, Machine, can_mount, lacking, started
from benchmarks.trials.proxy import Harm, between
from ingest.revising.recompute import recompute
from kb.checks.verify import verify
from kb.project import seed_folder
from kb.store import Settings, Store, java, logins, open_store, schema, server, stop

KINDS = ("ingest", "server", "decide")
HARMS: tuple[Harm, ...] = ("cut", "delay", "garble")
LACKS: tuple[Lack, ...] = ("clock", "home", "readonly", "temporary")
_GRAPH = (
    """MATCH (n) WHERE NOT n:IngestRun AND NOT n:Schema AND NOT n:Decision AND n.expiredAt IS NULL
RETURN labels(n) AS labels, n.id AS id, n.title AS title, n.edtf AS edtf, n.starred AS starred, n.counts AS counts""",
    """MATCH (a)-[r]->(b) WHERE NOT b:IngestRun AND NOT a:Decision AND r.expiredAt IS NULL
RETURN a.id AS start, type(r) AS type, b.id AS end, r.start AS at, r.articleId AS article, r.digest AS digest""",
)
_EVENT = "MATCH (e:Event) WHERE e.expiredAt IS NULL RETURN e.id AS id ORDER BY e.importance DESC, id LIMIT 1"
_DECIDED = "MATCH (d:Decision) WHERE d.revokedAt IS NULL RETURN count(d) AS n"
_TIME = 300  # seconds for a command
_SILENCE = 15  # seconds for a server to say something: where a length was garbled, both wait

_CONNECTION = r"The connection to the graph server at \S+ "
# The sentences that name what was wrong; any other, of a login that is refused or a statement that is, would mislead.
_CAUSES: Mapping[str, str] = {
    "cut": _CONNECTION + r"(is cut again and again|was silent for too long|failed: )",
    "delay": _CONNECTION + "was silent for too long",
    "garble": _CONNECTION + r"(brings what is no answer|was silent for too long|is cut again and again)",
    "readonly": r"cannot be (written|used) \(|Read-only file system",
    "temporary": r"cannot be (written|used) \(|No space left on device|disk .* is full",
}
_SOUND = Machine()

Graph = tuple[list[str], ...]


@dataclass(frozen=True, slots=True)
class Round:
    """One kill, or one run through a network or on a machine that fails.

    after: seconds until the kill, how often there was harm, or how the command ended; wrong: what did not hold, empty
    where all did.
    """

    kind: str
    after: float
    wrong: tuple[str, ...]


class StuckError(RuntimeError):
    """A command that failed where nothing was wrong, or did not end; says which and what it said."""


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """What all must come to: the graph, how long reading it took, how long deciding (seconds)."""

    graph: Graph
    reading: float
    deciding: float


def undisturbed(settings: Settings, sources: Sequence[str]) -> Undisturbed:
    """Read and decide once in peace. Raises: StuckError where a command fails."""
    with open_store(settings) as store:
        schema.clear(store)
        began = time.monotonic()
        _run(settings, ["ingest", *sources])
        read = time.monotonic()
        _run(settings, _decide(store))
        return Undisturbed(_graph(store), read - began, time.monotonic() - read)


def round_of(kind: str, settings: Settings, sources: Sequence[str], known: Undisturbed, chance: random.Random) -> Round:
    """Kill one of a kind at a random moment, go on, and compare."""
    wrong: list[str] = []
    with open_store(settings) as store:
        schema.clear(store)
        if kind == "decide":
            _run(settings, ["ingest", *sources])
        words = _decide(store) if kind == "decide" else ["ingest", *sources]
        after = chance.uniform(0, known.deciding if kind == "decide" else known.reading)
        process = _begin(settings, words)
        time.sleep(after)
        _kill(settings, process if kind != "server" else None)
        said = _said(process)
        if kind == "server" and process.returncode != 0:
            wrong.append(f"the ingest did not go on: {said[-200:]}")
        if kind != "server":
            _run(settings, words)
        if kind != "decide":
            _run(settings, _decide(store))
        wrong += ["a traceback was said"] * ("Traceback" in said)
        wrong += _differences(store, known.graph)
    return Round(kind, after, tuple(wrong))


def harmed_round(harm: Harm, settings: Settings, sources: Sequence[str], known: Undisturbed, seed: int) -> Round:
    """Read through a proxy that does harm, then again without, and compare."""
    wrong: list[str] = []
    with open_store(settings) as store, tempfile.TemporaryDirectory() as folder:
        schema.clear(store)
        address = urlsplit(store.uri)
        with between((address.hostname or "", address.port or 0), harm, seed) as proxy:
            name, password = logins.passwords(settings.data_dir).login("writer")
            there = {"KB_URI": f"bolt://127.0.0.1:{proxy.port}", "KB_USER": name, "KB_PASSWORD": password,
                     "KB_DATABASE": java.DATABASE, "KB_DATA_DIR": folder, "KB_SILENCE": str(_SILENCE)}  # fmt: skip
            process = _begin(settings, ["ingest", *sources], there)
            said = _said(process)
        if "Traceback" in said:
            wrong.append(f"a traceback was said: {said[-200:]}")
        if process.returncode not in (0, 1) or (process.returncode == 1 and not names_the_cause(harm, said)):
            wrong.append(f"it ended with {process.returncode} and no true sentence: {said[-200:]}")
        if harm == "delay" and process.returncode != 0:
            wrong.append(f"it did not wait: {said[-200:]}")
        _run(settings, ["ingest", *sources])
        _run(settings, _decide(store))
        wrong += _differences(store, known.graph)
    return Round(harm, proxy.harmed, tuple(wrong))


def lacking_round(lack: Lack, settings: Settings, sources: Sequence[str], known: Undisturbed, seed: int) -> Round:
    """Read some articles in peace and all on a machine that lacks something, then again in peace, and compare."""
    wrong: list[str] = []
    with open_store(settings) as store:
        schema.clear(store)
    _run(settings, ["ingest", *sources[: len(sources) // 2]])
    if seed % 2:  # it has to start the server too
        stop(settings)
    chance = random.Random(seed)  # noqa: S311 (no secret)
    with tempfile.TemporaryDirectory() as folder, lacking(lack, settings.data_dir, Path(folder), chance) as machine:
        process = _begin(settings, ["ingest", *sources], machine=machine)
        said = _said(process)
    if "Traceback" in said:
        wrong.append(f"a traceback was said: {said[-400:]}")
    if process.returncode != 0 and not (machine.may_fail and names_the_cause(lack, said)):
        wrong.append(f"it ended with {process.returncode}: {said[-400:]}")
    with open_store(settings) as store:
        _run(settings, ["ingest", *sources])
        _run(settings, _decide(store))
        wrong += _differences(store, known.graph)
    return Round(lack, process.returncode, tuple(wrong))


def _differences(store: Store, graph: Graph) -> Iterator[str]:
    for name, now, due in zip(("nodes", "relationships"), _graph(store), graph, strict=True):
        lost, more = Counter(due) - Counter(now), Counter(now) - Counter(due)
        if lost or more:
            yield f"{lost.total()} {name} lost, {more.total()} too many, as {next(iter(lost or more))[:160]}"
    if store.run(_DECIDED)[0]["n"] not in (1, 2):  # one that was killed after it was stored was said twice
        yield "the decision is lost"
    proof = verify(store)
    recompute(store, proof)
    yield from (f"{fault.kind}: {fault.id} {fault.detail}" for fault in proof.faults[:5])


def _graph(store: Store) -> Graph:
    return tuple(sorted(str(sorted(row.items())) for row in store.run(statement)) for statement in _GRAPH)


def _decide(store: Store) -> list[str]:
    return ["decide", "edit", str(store.run(_EVENT)[0]["id"]), "starred", "yes", "--yes"]


def _begin(
    settings: Settings, words: Sequence[str], variables: Mapping[str, str] | None = None, machine: Machine = _SOUND
) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KB_")}
    own = {**kept, "KB_DATA_DIR": str(settings.data_dir), **(variables or {})}
    return started(machine, [sys.executable, "-m", "kb.cli", *words], own)


def _run(settings: Settings, words: Sequence[str]) -> None:
    process = _begin(settings, words)
    said = _said(process)
    if process.returncode != 0:
        raise StuckError(f"kb {' '.join(words)} failed: {said[-400:]}")


def _said(process: subprocess.Popen[str], seconds: float = _TIME) -> str:
    """What a command said until it ended. Raises: StuckError where it does not end in time; it is killed then."""
    try:
        return process.communicate(timeout=seconds)[0]
    except subprocess.TimeoutExpired:
        process.kill()
        said = process.communicate()[0]
        raise StuckError(f"a command did not end within {seconds:g} seconds; it said: {said[-400:]}") from None


def names_the_cause(kind: str, said: str) -> bool:
    """Whether every sentence in which a command gives up says what was wrong.

    Arguments: the harm or lack; what the command said.
    """
    given_up = re.findall(r"^(?:Error|failed): (.+)$", said, re.M)
    return bool(given_up) and all(re.search(_CAUSES[kind], sentence) for sentence in given_up)


def attempt(kind: str, made: Callable[[], Round]) -> Round:
    """A round; one that was broken off is a round that went wrong."""
    try:
        return made()
    except StuckError as error:
        return Round(kind, 0.0, (str(error),))


def _kill(settings: Settings, process: subprocess.Popen[str] | None) -> None:
    running = server.find(settings.data_dir)
    if process is None and running:
        with suppress(ProcessLookupError):
            os.kill(running.pid, signal.SIGKILL)
    elif process is not None:
        process.kill()


@contextmanager
def _somewhere() -> Iterator[Settings]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "data")
        try:
            yield settings
        finally:
            stop(settings)


def main() -> int:
    """Run the rounds and print each that went wrong, and a line for each kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=50, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--articles", type=int, default=4)
    kinds = (*KINDS, *HARMS, *LACKS)
    parser.add_argument("--only", nargs="*", default=list(kinds), choices=kinds, metavar="KIND")
    given = parser.parse_args()
    sources = [str(path) for path in sorted(seed_folder().glob("*.html"))[: given.articles]]
    chance, failed = random.Random(given.seed), 0  # noqa: S311 (moments, no secrets)
    seeds = range(given.seed, given.seed + given.rounds)
    with _somewhere() as settings:
        try:
            known = undisturbed(settings, sources)
        except StuckError as error:
            print(error)
            return 1
        for kind in (kind for kind in KINDS if kind in given.only):
            failed += _told([attempt(kind, partial(round_of, kind, settings, sources, known, chance)) for _ in seeds])
        for harm in (harm for harm in HARMS if harm in given.only):
            failed += _told([attempt(harm, partial(harmed_round, harm, settings, sources, known, n)) for n in seeds])
        for lack in (lack for lack in LACKS if lack in given.only):
            if lack in ("readonly", "temporary") and not can_mount():
                print(f"{lack}: left out, as no folder can be mounted here", flush=True)
                continue
            failed += _told([attempt(lack, partial(lacking_round, lack, settings, sources, known, n)) for n in seeds])
    return 1 if failed else 0


def _told(done: Sequence[Round]) -> int:
    """Print what went wrong, and how many rounds did not; returns how many did."""
    for each in done:
        for wrong in each.wrong:
            print(f"{each.kind}, {each.after:.2f}: {wrong}", flush=True)
    right = sum(not each.wrong for each in done)
    if done:
        print(f"{done[0].kind}: {right} of {len(done)} rounds as undisturbed", flush=True)
    return len(done) - right


if __name__ == "__main__":
    sys.exit(main())
