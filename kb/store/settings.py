"""Where the graph is: the local server's data folder, or the address of a Neo4j 5."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from kb.errors import BadInput
from kb.project import data_folder

SILENCE = 120.0  # seconds


@dataclass(frozen=True)
class Settings:
    """Where the graph is. `uri` None: the local server whose data lie in `data_dir`.

    silence: seconds that the server at `uri` may let a statement wait without a word before its connection is given up.
    """

    data_dir: Path
    uri: str | None = None
    user: str | None = None
    password: str | None = None
    database: str | None = None
    silence: float = SILENCE

    @classmethod
    def from_env(cls) -> Self:
        """Read KB_DATA_DIR (default: the project's, else the user's folder), KB_SILENCE (seconds) and the rest.

        The rest are KB_URI, KB_USER, KB_PASSWORD and KB_DATABASE.
        Raises: BadInput where the file of the project cannot be used, or KB_SILENCE is no number of seconds.
        """
        found = {name: os.environ.get(f"KB_{name.upper()}") or None for name in ("uri", "user", "password", "database")}
        return cls(data_folder(), **found, silence=_seconds(os.environ.get("KB_SILENCE")))


def _seconds(given: str | None) -> float:
    if not given:
        return SILENCE
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0.0
    if not 1 <= seconds <= 86_400:
        raise BadInput(f"KB_SILENCE={given} is no number of seconds; write it like KB_SILENCE=120, or unset it")
    return seconds
