"""`kb doctor`: whether all that the program stands on is there, and how to mend what is not."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Literal

import click

from kb.cli.arguments import json_option, print_json

_OLDEST = (3, 11)
_DISK, _LITTLE_DISK = 200_000_000, 2_000_000_000  # bytes: below the first nothing can be stored for long
_MEMORY = 1_500_000_000  # bytes that the model, the server and the app want together
_PORT = 8501
_MADE = datetime(2026, 1, 1, tzinfo=UTC)  # no clock that is right is before this


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it stands, what was found, and how it is mended where it is not well."""

    what: str
    state: Literal["ok", "warning", "fault"]
    found: str
    mend: str = ""


@click.command()
@json_option
def doctor(as_json: bool) -> None:
    """Look whether all that the program needs is there, and say how to mend what is not.

    Looks at Python, the packages, the language model, the browser's part, the data folder, the graph, disk, memory,
    port and clock; changes nothing. Exit code 1 if there is a fault.
    """
    found = list(examine())
    if as_json:
        print_json(found)
    else:
        for one in found:
            click.echo(f"{one.state:8} {one.what}: {one.found}{f'; {one.mend}' if one.mend else ''}")
    if any(one.state == "fault" for one in found):
        sys.exit(1)


def examine() -> Iterator[Finding]:
    """All that is looked at, one after the other; what cannot even be looked at is a fault with its reason."""
    for what, look in _LOOKS.items():
        try:
            state, found, mend = look()
        except Exception as error:
            state, found, mend = "fault", f"{type(error).__name__}: {error}", "install the program again"
        yield Finding(what, state, " ".join(found.split()), mend)


_Found = tuple[Literal["ok", "warning", "fault"], str, str]


def _python() -> _Found:
    name = f"{sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}"
    if sys.version_info[:2] < _OLDEST:
        return "fault", name, "install Python 3.11 or newer"
    return "ok", name, ""


def _packages() -> _Found:
    from packaging.requirements import Requirement  # noqa: PLC0415

    wanted = [Requirement(line) for line in requires("eventline") or ()]
    wrong = []
    for one in (each for each in wanted if each.marker is None or each.marker.evaluate({"extra": ""})):
        try:
            there = version(one.name)
        except PackageNotFoundError:
            wrong.append(f"{one.name} is missing")
            continue
        if not one.specifier.contains(there, prereleases=True):
            wrong.append(f"{one.name} {there} is not {one.specifier}")
    if wrong:
        return "fault", ", ".join(wrong), "install the program again, with its pinned requirements"
    return "ok", f"eventline {version('eventline')} and what it needs", ""


def _documents() -> _Found:
    missing = []
    for name in ("pypdf", "python-docx", "warcio"):
        try:
            version(name)
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        return "warning", f"{', '.join(missing)} not installed", "pip install 'eventline[documents]' reads those files"
    return "ok", "PDF, Word and WARC are read", ""


def _model() -> _Found:
    from ingest.reading.annotate import model_version  # noqa: PLC0415
    from kb.errors import MissingAsset  # noqa: PLC0415

    try:
        return "ok", model_version(), ""
    except MissingAsset as error:
        return "fault", str(error), "install the program again, with its pinned requirements"


def _browser_part() -> _Found:
    folder = Path(__file__).parents[1] / "components" / "static"
    missing = [name for name in ("timeline.js", "network.js", "cypher.js") if not any(folder.glob(f"{name[:-3]}*.js"))]
    if missing:
        return "fault", f"{', '.join(missing)} not built", "python frontend/build.py builds them, or install the wheel"
    return "ok", "timeline, network and Cypher editor are built", ""


def _folder() -> _Found:
    from kb.project import data_folder  # noqa: PLC0415

    folder = data_folder()
    there = _existing(folder)
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        return "fault", f"{folder} cannot be written", "give another folder with KB_DATA_DIR, or its rights back"
    return "ok", f"{folder}{'' if there == folder else ' (not made yet)'}", ""


def _existing(folder: Path) -> Path:
    """The folder, or the nearest above it that there is."""
    return next(each for each in (folder, *folder.parents) if each.exists())


def _graph() -> _Found:
    from kb.errors import KbError  # noqa: PLC0415
    from kb.store import Settings, status  # noqa: PLC0415

    settings = Settings.from_env()
    try:
        state = status(settings)
    except KbError as error:
        return "fault", str(error), "kb store start tells more; kb.log and the server's log lie in the data folder"
    if state.message and not state.running and settings.uri:
        return "fault", state.message, "see KB_URI, KB_USER and KB_PASSWORD"
    told = [f"{state.engine or 'the local server'} {state.version or ''}".strip()]
    told += ["runs" if state.running else "starts when it is asked"]
    told += [f"{state.nodes:,} nodes"] if state.nodes is not None else []
    return "ok", ", ".join(told), ""


def _disk() -> _Found:
    from kb.project import data_folder  # noqa: PLC0415

    free = shutil.disk_usage(_existing(data_folder())).free
    told = f"{free / 1e9:.1f} GB free"
    if free < _DISK:
        return "fault", told, "make room, or give a folder elsewhere with KB_DATA_DIR"
    return ("warning", told, "a thousand articles take about half a GB") if free < _LITTLE_DISK else ("ok", told, "")


def _memory() -> _Found:
    import psutil  # noqa: PLC0415

    free = psutil.virtual_memory().available
    told = f"{free / 1e9:.1f} GB available"
    return ("warning", told, "end other programs, or read with --processes 1") if free < _MEMORY else ("ok", told, "")


def _port() -> _Found:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as asked:
        asked.settimeout(0.5)
        taken = asked.connect_ex(("127.0.0.1", _PORT)) == 0
    if taken:
        return "warning", f"{_PORT} is in use", "kb app --port gives another, unless the app runs there already"
    return "ok", f"{_PORT} is free", ""


def _clock() -> _Found:
    now = datetime.now(UTC)
    told = f"{now:%Y-%m-%d %H:%M} UTC"
    if now < _MADE:
        return "fault", told, "set the clock: every record bears its time"
    return "ok", told, ""


_LOOKS: dict[str, Callable[[], _Found]] = {
    "Python": _python, "packages": _packages, "documents": _documents, "language model": _model,
    "browser's part": _browser_part, "data folder": _folder, "graph": _graph, "disk": _disk, "memory": _memory,
    "port": _port, "clock": _clock,
}  # fmt: skip

COMMANDS = (doctor,)
