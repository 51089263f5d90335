"""From a Zotero library: File > Export Library > CSL JSON, and the folder of its saved pages and PDFs if you have one.

Usage: python -m ingest.scripts.zotero library.json [--storage ~/Zotero/storage]

What Zotero knows of an item (date, publisher, address) is given with its file, so that the article has it too. An item
without a file is read from its address.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from ingest import ingest
from ingest.read import Given
from kb.edtf import Edtf
from kb.store import open_store

KINDS = ("*.html", "*.htm", "*.pdf", "*.txt")


def issued(item: dict[str, Any]) -> Edtf | None:
    """The date of an item: CSL writes [[2022, 3, 30]], or less where the day is not known."""
    parts = (item.get("issued") or {}).get("date-parts") or [[]]
    year, *rest = [int(part) for part in parts[0]] or [0]
    return Edtf("-".join([f"{year:04d}", *(f"{part:02d}" for part in rest)])) if year else None


def files(item: dict[str, Any], storage: Path | None) -> list[str]:
    """What Zotero saved of an item: its files are named after its title."""
    title = str(item.get("title", "")).casefold()[:60]
    if storage is None or not title:
        return []
    found = [path for kind in KINDS for path in sorted(storage.rglob(kind)) if title in path.stem.casefold()]
    return [str(path) for path in found[:1]]


def main() -> None:
    """Take every item of the library, and say what became of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("--storage", type=Path)
    given = parser.parse_args()
    with open_store() as store:
        for item in json.loads(given.library.read_text(encoding="utf-8")):
            sources = files(item, given.storage) or [url for url in [item.get("URL")] if url]
            known = Given(published=issued(item), url=item.get("URL"), publisher=item.get("container-title"))
            for outcome in ingest(sources, store, known).articles:
                print(f"{outcome.status:9} {outcome.title or outcome.source} {outcome.reason}".rstrip())
            if not sources:
                print(f"left out  {item.get('title')}: neither a file nor an address")


if __name__ == "__main__":
    main()
