"""Which story is worked on: its folder, its data, its feeds; and where what comes with the program lies.

A project is a folder with a file eventline.toml, made by `kb init`; its graph lies in it. The program looks for one in
the folder it is run in and above it, as Git does. KB_DATA_DIR goes before; without either there is one graph a user.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_data_dir

from kb.errors import BadInput, MissingAsset

_PACKAGE = Path(__file__).resolve().parent
FILE, DATA = "eventline.toml", ".eventline"
_NEW = """\
# A story of its own: kb, run in this folder or below it, keeps its graph in {data}/.

# Addresses of feeds, sitemaps or pages that `kb watch` looks at.
feeds = [
#  "https://example.org/feed.xml",
]
"""


@dataclass(frozen=True, slots=True)
class Provider:
    """Who vouches for people by OpenID Connect. issuer: its address; client: as which it knows this app; address: where
    people reach the app, at which it sends them back.
    """  # noqa: D205 - the fields are the summary

    issuer: str
    client: str
    address: str


@dataclass(frozen=True, slots=True)
class Project:
    """A story of its own: its folder, the addresses that are watched for it, and who vouches for people, if anybody."""

    folder: Path
    feeds: tuple[str, ...] = ()
    provider: Provider | None = None

    @property
    def data(self) -> Path:
        """Where its graph lies."""
        return self.folder / DATA


def find(start: Path | None = None) -> Project | None:
    """The project that KB_PROJECT names, else the one of a folder or of one above it; None where there is none.

    Arguments: start, the folder; the one the program is run in, if None. Raises: BadInput where its file cannot be
    used, or KB_PROJECT names no project.
    """
    named = os.environ.get("KB_PROJECT")
    if named:
        folder = Path(named).expanduser().absolute()
        if not (folder / FILE).is_file():
            raise BadInput(f"{named} is no project, as it holds no {FILE}; kb init {named} makes it one.")
        return _read(folder)
    try:
        here = start or Path.cwd()
    except FileNotFoundError:  # the folder was removed under us
        return None
    return next((_read(folder) for folder in (here, *here.parents) if (folder / FILE).is_file()), None)


def create(folder: Path) -> Project:
    """Make a folder a project. Raises: BadInput where it is one, or cannot be written."""
    if (folder / FILE).exists():
        raise BadInput(f"{folder} is a project already; run kb in it.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_text(_NEW.format(data=DATA), encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{folder} cannot be written ({error.strerror}); give another folder.") from error
    return Project(folder.absolute())


def data_folder() -> Path:
    """Where the program keeps its data: KB_DATA_DIR, else the project's, else the user's data folder.

    Raises: BadInput as `find` does.
    """
    given = os.environ.get("KB_DATA_DIR")
    if given:
        return Path(given).expanduser()
    project = find()
    return project.data if project is not None else Path(user_data_dir("eventline", appauthor=False))


def seed_folder() -> Path:
    """The folder of demonstration articles. Raises: MissingAsset."""
    return shipped("seed_data")


def shipped(name: str) -> Path:
    """A file or folder that comes with the program: inside the installed package, else at the top of the checkout.

    Raises: MissingAsset where it is in neither.
    """
    for folder in (_PACKAGE, _PACKAGE.parent):
        if (folder / name).exists():
            return folder / name
    raise MissingAsset(f"{name} is missing from this installation; install eventline again or use a whole checkout.")


def _read(folder: Path) -> Project:
    try:
        told = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(
            f"{folder / FILE} cannot be used ({error}); mend it, or remove it to leave the project."
        ) from error
    feeds = told.get("feeds", [])
    if not isinstance(feeds, list) or not all(isinstance(feed, str) for feed in feeds):
        raise BadInput(f"{folder / FILE} cannot be used (feeds is no list of addresses); mend it.")
    return Project(folder, tuple(feeds), _provider(folder, told.get("sign_in")))


def _provider(folder: Path, told: Any) -> Provider | None:
    if told is None:
        return None
    names = ("issuer", "client", "address")
    given = [str(told.get(name) or "") for name in names] if isinstance(told, dict) else []
    if not given or not all(given):
        raise BadInput(f"{folder / FILE} cannot be used (sign_in wants {', '.join(names)}); mend it.")
    issuer, client, address = given
    if not all(re.match(r"https://.|http://(localhost|127\.0\.0\.1)(:|/|$)", one) for one in (issuer, address)):
        raise BadInput(f"{folder / FILE} cannot be used (issuer and address of sign_in begin with https://); mend it.")
    return Provider(issuer.rstrip("/"), client, address.rstrip("/"))


def write_private(path: Path, content: Any) -> None:
    """Write JSON readable by its owner only; whole or not at all, whenever the process dies. Raises: OSError."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
