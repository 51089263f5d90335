"""Proposals that wait for a human's word, and what models answered, in files beside the graph."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock

from kb.errors import BadInput, NotFound
from kb.meant import begun, only
from kb.project import write_private
from kb.proposing.answers import Proposal
from kb.proposing.endpoint import Answer

FILE, ANSWERS = "proposals.json", "proposals"


@dataclass(frozen=True, slots=True)
class Declined:
    """That somebody said of a proposal that it is wrong: a judgement, kept for good. at: the moment in UTC (ISO)."""

    by: str
    at: str
    reason: str = ""


def proposals(folder: Path) -> tuple[Proposal, ...]:
    """Those that nobody declined, in the order in which they came. Arguments: the data folder. Raises: BadInput."""
    return tuple(one for one, declined in _read(folder) if declined is None)


def find(folder: Path, id: str) -> Proposal:
    """The proposal whose id is this, or alone begins so. Raises: NotFound where there is none; BadInput."""
    known = {one.id: one for one, _ in _read(folder)}
    begin = begun(id)
    wanted = only(id, {key: one.says for key, one in known.items() if key.startswith(begin)}) if begin else id
    if wanted in known:
        return known[wanted]
    raise NotFound(f"No proposal has the id “{id}”; kb propose --list shows them")


def keep(folder: Path, found: Iterable[Proposal]) -> int:
    """Keep proposals; one that was made before, declined or not, stays as it is. Returns: how many are new."""
    with _locked(folder):
        known = _read(folder)
        ids = {one.id for one, _ in known}
        new = [one for one in {one.id: one for one in found}.values() if one.id not in ids]
        if new:
            _write(folder, [*known, *((one, None) for one in new)])
        return len(new)


def decline(folder: Path, id: str, said: Declined) -> None:
    """Keep that a proposal is wrong. Raises: NotFound, BadInput."""
    with _locked(folder):
        find(folder, id)
        _write(folder, [(one, said if one.id == id else before) for one, before in _read(folder)])


def kept_answer(folder: Path, key: str) -> Answer | None:
    """What a model answered to the same question, None where it was not asked. Arguments: the data folder; a hash."""
    try:
        return Answer(**json.loads((folder / ANSWERS / f"{key}.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def keep_answer(folder: Path, key: str, answer: Answer) -> None:
    """Keep an answer, so that the same question costs nothing again. Arguments: the data folder; a hash."""
    (folder / ANSWERS).mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(folder / ANSWERS / f"{key}.json", asdict(answer))


def _locked(folder: Path) -> FileLock:
    folder.mkdir(parents=True, exist_ok=True)
    return FileLock(folder / "proposals.lock")


def _read(folder: Path) -> list[tuple[Proposal, Declined | None]]:
    path = folder / FILE
    if not path.is_file():
        return []
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return [(Proposal(**{**row["proposal"], "ids": tuple(row["proposal"]["ids"])}),
                 Declined(**row["declined"]) if row["declined"] else None) for row in rows]  # fmt: skip
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BadInput(f"{path} cannot be read ({error}); put it aside, models can be asked again") from error


def _write(folder: Path, rows: Sequence[tuple[Proposal, Declined | None]]) -> None:
    write_private(folder / FILE, [{"proposal": asdict(one), "declined": asdict(said) if said else None}
                                  for one, said in rows])  # fmt: skip
