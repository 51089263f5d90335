"""Where the graph is: the local server's data folder, or the address of a Neo4j 5."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from kb.project import data_folder


@dataclass(frozen=True)
class Settings:
    """Where the graph is. `uri` None: the local server whose data lie in `data_dir`."""

    data_dir: Path
    uri: str | None = None
    user: str | None = None
    password: str | None = None
    database: str | None = None

    @classmethod
    def from_env(cls) -> Self:
        """Read KB_DATA_DIR (default: the project's, else the user's folder), KB_URI, KB_USER, KB_PASSWORD, KB_DATABASE.

        Raises: BadInput where the file of the project cannot be used.
        """
        found = {name: os.environ.get(f"KB_{name.upper()}") or None for name in ("uri", "user", "password", "database")}
        return cls(data_folder(), **found)
