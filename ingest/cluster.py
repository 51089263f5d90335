"""Many articles on many machines: this process reads and cleans them, actors of a Ray cluster parse and write.

Core actors, not Ray Data: to write is what is done here, so there is no data set to hand on, the queue that keeps the
order of an article's versions and holds few articles in memory is the one that processes of this machine have, and an
actor that is lost is started again and takes its articles once more, which changes nothing (Moritz et al. 2018, Ray).
"""

from __future__ import annotations

import os
import platform
import socket
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

from ingest.processes import Crew, begin_here, take_here
from ingest.reading.findings import Document, RawDocument
from ingest.run import Outcome
from kb.errors import BadInput, StoreUnavailable
from kb.store import Settings

_ANSWER = 10.0  # seconds
_AGAIN = 3  # times that a lost actor is started, and its article taken


class _Worker:
    """One actor: the model loaded once, the store open."""

    def __init__(self, settings: Settings) -> None:
        begin_here(settings)

    def take(self, document: Document, raw: RawDocument, run: str) -> Outcome:
        return take_here(document, raw, run)


@contextmanager
def on_ray(address: str, settings: Settings, actors: int | None = None) -> Iterator[Crew]:
    """Actors of a Ray cluster, each on a CPU of it, where this program is installed.

    Arguments: address of the cluster, as ray.init takes it ("auto", "10.0.0.1:6379", "ray://…"); settings of the open
    store; actors, how many, None for as many as there are CPUs. Raises: BadInput where Ray is not installed, the
    cluster cannot be had, or the graph is the local server and the cluster has other machines; StoreUnavailable.
    """
    ray = _ray()
    try:
        _knock(address)
        ray.init(address=address, log_to_driver=False, logging_level="ERROR", configure_logging=False)
    except (OSError, ValueError, RuntimeError) as error:
        raise BadInput(f"There is no Ray cluster at {address}; start one with ray start --head.") from error
    try:
        _check(ray, settings)
        size = actors or max(1, int(ray.cluster_resources().get("CPU", 1)))
        made = ray.remote(_Worker).options(num_cpus=1, max_restarts=_AGAIN, max_task_retries=_AGAIN)
        workers = [made.remote(settings) for _ in range(size)]
        busy = [0] * size

        def submit(document: Document, raw: RawDocument, run: str) -> Future[Outcome]:
            place = busy.index(min(busy))
            busy[place] += 1
            future: Future[Outcome] = workers[place].take.remote(document, raw, run).future()
            future.add_done_callback(lambda _: busy.__setitem__(place, busy[place] - 1))
            return future

        yield Crew(size, submit)
    except ray.exceptions.RayError as error:
        raise StoreUnavailable(f"The Ray cluster lost what was under way ({type(error).__name__}); what was read is "
                               "stored; look at its log, then go on") from error  # fmt: skip
    finally:
        ray.shutdown()


def _ray() -> Any:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # Ray tells its makers of each use, unless it is told not to
    try:
        import ray  # noqa: PLC0415 (an extra)
        import ray.exceptions  # noqa: PLC0415
    except ImportError as error:
        raise BadInput("Ray is not installed; pip install 'eventline[ray]' here and on every machine.") from error
    return ray


def _knock(address: str) -> None:
    """See whether anything answers: Ray would try for minutes, then end this process. Raises: OSError, ValueError."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if host:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_ANSWER).close()


def _check(ray: Any, settings: Settings) -> None:
    machines = {str(node["NodeManagerHostname"]) for node in ray.nodes() if node["Alive"]}
    if settings.uri is None and machines - {platform.node()}:
        raise BadInput("The local graph server answers this machine alone, and the cluster has others; "
                       "set KB_URI to a server that all of them reach.")  # fmt: skip
