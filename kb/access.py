"""Who may use the app or write over HTTP, and what each may do there: names, roles, hashes of passwords and tokens.

Passwords are hashed by scrypt (Percival and Josefsson, RFC 7914), which Python brings along, with 32 MB and three
rounds for each, as OWASP's Password Storage Cheat Sheet recommends beside Argon2id. A wrong password locks nobody out:
it costs whoever gave it a pause that doubles, and so many hashes are reckoned at once, whoever asks. A token is made
here, of 256 random bits, which nobody guesses: its SHA-256 is kept.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from filelock import FileLock

from kb.errors import BadInput
from kb.project import write_private

Role = Literal["reader", "editor", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
FILE, SHORTEST = "users.json", 12  # characters of a password
_NAME = re.compile(r"[^\s<>\"'&/\\][^<>\"'&/\\\n]{0,79}")
_MAIL = re.compile(r"[^\s<>\"'&/\\@]{1,64}@[^\s<>\"'&/\\@]{1,255}")
_COST, _BLOCK, _ROUNDS = 2**15, 8, 3
_WAIT = 10  # seconds for another process that writes the file
_reckoning = threading.Semaphore(2)


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may sign in. salt and hash as hexadecimal digits; token, the SHA-256 of the one that was made.

    Whoever has no hash has no password: an address of mail, which an identity provider vouches for.
    """

    name: str
    role: Role
    salt: str
    hash: str
    token: str = ""

    def may(self, least: Role) -> bool:
        """Whether the role reaches so far: a reader looks, an editor decides and adds, an admin removes too."""
        return ROLES.index(self.role) >= ROLES.index(least)


def users(data_dir: Path) -> Mapping[str, User]:
    """All who may sign in, by name. Raises: BadInput where the file cannot be read."""
    path = data_dir / FILE
    try:
        told = json.loads(path.read_text("utf-8")) if path.exists() else []
        found = {each["name"]: User(**each) for each in told}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BadInput(f"The users in {path} cannot be read ({error}); mend the file, or remove it and add them "
                       "again.") from error  # fmt: skip
    if wrong := [user.name for user in found.values() if user.role not in ROLES]:
        raise BadInput(f"“{wrong[0]}” in {path} has no role that there is; give one of {', '.join(ROLES)}.")
    return found


def add(data_dir: Path, name: str, role: Role, password: str) -> None:
    """Let somebody sign in; one of this name gets the new role and password. Raises: BadInput."""
    if not _NAME.fullmatch(name):
        raise BadInput("A name has 1 to 80 characters and no marks of markup or paths.")
    if len(password) < SHORTEST:
        raise BadInput(f"A password has at least {SHORTEST} characters.")
    salt = secrets.token_bytes(16)
    user = User(name, role, salt.hex(), _hash(password, salt).hex())
    _write(data_dir, lambda known: {**known, name: user})


def add_mail(data_dir: Path, mail: str, role: Role) -> None:
    """Let whoever a provider knows by this address of mail sign in, without a password here. Raises: BadInput."""
    if not _MAIL.fullmatch(mail):
        raise BadInput(f"“{mail}” is no address of mail.")
    _write(data_dir, lambda known: {**known, mail.lower(): User(mail.lower(), role, "", "")})


def of_mail(data_dir: Path, mail: str) -> User | None:
    """Who was let in by an address of mail, else None. Raises: BadInput where the file cannot be read."""
    found = users(data_dir).get(mail.lower())
    return found if found is not None and not found.hash else None


def remove(data_dir: Path, name: str) -> None:
    """Let somebody sign in no more, and end what is open in that name. Raises: BadInput where there is none."""
    if name not in users(data_dir):
        raise BadInput(f"There is no user “{name}”; kb user list names them.")
    _write(data_dir, lambda known: {key: user for key, user in known.items() if key != name})


def check(data_dir: Path, name: str, password: str) -> User | None:
    """The user of this name and password, else None, after the same time whether there is such a name or not.

    Raises: BadInput where the file cannot be read.
    """
    user = users(data_dir).get(name)
    salt = bytes.fromhex(user.salt) if user else bytes(16)
    with _reckoning:
        found = _hash(password, salt)
    return user if user and user.hash and hmac.compare_digest(found, bytes.fromhex(user.hash)) else None


def make_token(data_dir: Path, name: str) -> str:
    """A token by which a program works in somebody's name; the one before is good no more.

    Returns: the token, which is kept nowhere. Raises: BadInput where there is no such user.
    """
    if name not in users(data_dir):
        raise BadInput(f"There is no user “{name}”; kb user add makes one.")
    token = secrets.token_urlsafe(32)
    _write(data_dir, lambda known: {**known, name: replace(known[name], token=_of_token(token))})
    return token


def bearer(data_dir: Path, token: str) -> User | None:
    """Whose token this is, else None. Raises: BadInput where the file cannot be read."""
    given = _of_token(token)
    found = [user for user in users(data_dir).values() if hmac.compare_digest(user.token, given)]
    return found[0] if found else None


def _of_token(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def pause(failed: int) -> float:
    """Seconds that a session waits after so many wrong passwords of its own."""
    return float(min(2**failed, 32)) if failed else 0.0


def _hash(password: str, salt: bytes) -> bytes:
    memory = 2 * 128 * _COST * _BLOCK  # bytes that are allowed; half of it is used
    return hashlib.scrypt(password.encode("utf-8", "surrogatepass"), salt=salt, n=_COST, r=_BLOCK, p=_ROUNDS,
                          maxmem=memory, dklen=32)  # fmt: skip


def _write(data_dir: Path, change: Callable[[Mapping[str, User]], Mapping[str, User]]) -> None:
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(data_dir / f"{FILE}.lock", timeout=_WAIT):
            known = change(users(data_dir))
            write_private(data_dir / FILE, [asdict(user) for user in known.values()])
    except OSError as error:
        raise BadInput(f"{data_dir / FILE} cannot be written ({error.strerror or error}).") from error
