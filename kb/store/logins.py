"""Who may do what on the local server: three logins with generated passwords, and the groups that bound them.

The names of the writer's and the reader's login are generated too: after five wrong passwords the server locks the name
that was tried for half a minute, and a name that nobody else knows is locked by nobody else.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from kb.errors import StoreDenied
from kb.project import write_private

_RECORD = ["createRecord", "readRecord", "updateRecord", "deleteRecord"]
_GROUPS = {"admin": (["updateSecurity", "updateSchema", "updateDatabaseSettings"], _RECORD),
           "writer": (["updateSchema"], _RECORD),
           "reader": ([], ["readRecord"]),
           "*": ([], [])}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Passwords:
    """The generated passwords of the logins `root`, `writer` and `reader`, and the names of the latter two."""

    root: str
    writer: str
    reader: str
    writer_name: str = "writer"  # as an earlier version made them, whose server may still run
    reader_name: str = "reader"

    def login(self, role: Literal["writer", "reader"]) -> tuple[str, str]:
        """Name and password by which a role logs in."""
        return (self.writer_name, self.writer) if role == "writer" else (self.reader_name, self.reader)


def passwords_path(data_dir: Path) -> Path:
    """Name the file with the passwords of the server of `data_dir`."""
    return data_dir / "passwords.json"


def passwords(data_dir: Path) -> Passwords:
    """Read the logins of the server of `data_dir`.

    Raises: StoreDenied when the file that holds them is gone or unreadable.
    """
    path = passwords_path(data_dir)
    try:
        return Passwords(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise StoreDenied(f"The passwords in {path} cannot be read; run `kb store stop` and try again, "
                          "new ones are then made") from error  # fmt: skip


def renew(data_dir: Path, config: Path) -> None:
    """Write the groups into a stopped server's `config`, and make passwords when there are none that can be read.

    The server then forgets the logins made with the old ones.
    """
    _write_groups(config)
    try:
        known = asdict(passwords(data_dir))
    except StoreDenied:
        known = {name: secrets.token_urlsafe(24) for name in ("root", "writer", "reader")}
    if known.get("writer_name", "writer") == "writer":
        known |= {f"{role}_name": f"{role}-{secrets.token_hex(8)}" for role in ("writer", "reader")}
        write_private(passwords_path(data_dir), known)
        (config / "server-users.jsonl").unlink(missing_ok=True)


def _write_groups(config: Path) -> None:
    groups = {name: {"resultSetLimit": -1, "readTimeout": -1, "access": access, "types": {"*": {"access": records}}}
              for name, (access, records) in _GROUPS.items()}  # fmt: skip
    write_private(config / "server-groups.json",
                   {"databases": {"*": {"groups": groups}}, "version": 2})  # fmt: skip
