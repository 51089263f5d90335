"""Machines on which something is wrong: how a command is started so that it meets it, and nothing else does."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Lack = Literal["clock", "home", "readonly", "temporary"]
"""The clock was set back; nobody has a home; the data folder cannot be written; the temporary folder is full."""

_DAYS = (0.01, 400.0)  # by which the clock is set back
_ROOM = "16k"  # of a temporary folder
_NO_HOME = ("HOME", "USER", "LOGNAME", "USERNAME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")

# Python runs this before anything else; whoever imports the clock afterwards has the one that was set back.
_CLOCK = """import datetime, time
BACK, plain = {back!r}, datetime.datetime
now = time.time
time.time = lambda: now() - BACK
class SetBack(plain):
    @classmethod
    def now(cls, tz=None):
        return plain.now(tz) - datetime.timedelta(seconds=BACK)
    @classmethod
    def utcnow(cls):
        return plain.utcnow() - datetime.timedelta(seconds=BACK)
    @classmethod
    def today(cls):
        return cls.now()
datetime.datetime = SetBack
"""
_BOUND = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
_FILLED = f'mount -t tmpfs -o size={_ROOM} none "$0" && (cat /dev/zero > "$0/full" 2>/dev/null; exec "$@")'
_APART = ("unshare", "--mount", "sh", "-c")


@dataclass(frozen=True, slots=True)
class Machine:
    """before: words that stand before the command; variables: what is set; without: what is not; may_fail: whether the
    command may give up, in a sentence.
    """

    before: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    may_fail: bool = False


def can_mount() -> bool:
    """Whether folders can be made read-only or full here, for one command alone."""
    try:
        return subprocess.run([*_APART, "mount -t tmpfs none /mnt"], capture_output=True, check=False).returncode == 0  # noqa: S603 (our own words)
    except OSError:
        return False


@contextmanager
def lacking(lack: Lack, data: Path, folder: Path, chance: random.Random) -> Iterator[Machine]:
    """A machine with this wrong. Arguments: lack; the data folder; folder, an empty one; chance, for how wrong."""
    match lack:
        case "clock":
            back = 86_400 * chance.uniform(*_DAYS)
            (folder / "sitecustomize.py").write_text(_CLOCK.format(back=back), encoding="utf-8")
            yield Machine(variables={"PYTHONPATH": f"{folder}:{Path.cwd()}"})
        case "home":
            yield Machine(without=_NO_HOME)
        case "readonly":
            yield Machine((*_APART, _BOUND, str(data)), may_fail=True)
        case "temporary":
            yield Machine((*_APART, _FILLED, str(folder)), {"TMPDIR": str(folder)})


def started(machine: Machine, words: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[str]:
    """A command on this machine, its words gathered. Arguments: machine; the command; the variables it has else."""
    kept = {name: value for name, value in environment.items() if name not in machine.without}
    return subprocess.Popen([*machine.before, *words], text=True, stdout=subprocess.PIPE,  # noqa: S603 (our own words)
                            stderr=subprocess.STDOUT, env={**kept, **machine.variables})  # fmt: skip
