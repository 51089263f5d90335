"""Feeds, sitemaps and pages asked again and again: what is new in them goes the way of every article.

What was taken of each address is remembered in the file watched.json of the data folder.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ingest import ingest
from ingest.read import Web
from ingest.read.web import Memory
from ingest.run import Outcome, Summary
from kb.errors import BadInput
from kb.store import Store

_FILE = "watched.json"


@dataclass(frozen=True, slots=True)
class Look:
    """One look at an address. fresh: whether its host had anything newer to give."""

    address: str
    summary: Summary
    fresh: bool

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """What could not be taken; it is tried again at the next look."""
        return tuple(outcome for outcome in self.summary.articles if outcome.status == "failed")


def look(address: str, store: Store, web: Web) -> Look:
    """Take what is new at an address, and remember it.

    Arguments: address, of a feed, a sitemap or a page; the open store; web, how hosts are asked.
    Raises: BadInput where the memory is damaged; StoreError.
    """
    memory = remembered(store.settings.data_dir).get(address, Memory())
    summary = ingest([address], store, web=replace(web, memory=memory))
    memory.take({outcome.source: outcome.status != "failed" for outcome in summary.articles})
    _remember(store.settings.data_dir, address, memory)
    return Look(address, summary, fresh=bool(memory.offered) or bool(summary.articles))


def remembered(data_dir: Path) -> dict[str, Memory]:
    """What is remembered of each address. Raises: BadInput where the file is damaged."""
    path = data_dir / _FILE
    try:
        stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return {address: Memory.of(one) for address, one in stored.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(f"{path} is damaged ({error}); remove it, and each feed is read from its start.") from error


def _remember(data_dir: Path, address: str, memory: Memory) -> None:
    known = remembered(data_dir)
    stored = {each: one.stored() for each, one in known.items()} | {address: memory.stored()}
    written = data_dir / f"{_FILE}.new"
    written.write_text(json.dumps(stored), encoding="utf-8")
    written.replace(data_dir / _FILE)
