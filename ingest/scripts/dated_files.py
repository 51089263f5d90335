"""From a folder of PDFs or texts whose names begin with their date: “2022-03-30 Talks in Istanbul.pdf”.

Usage: python -m ingest.scripts.dated_files FOLDER [PUBLISHER]
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from ingest import ingest
from ingest.read import Given
from kb.edtf import Edtf
from kb.store import open_store

DATED = re.compile(r"(\d{4}(?:-\d\d){0,2})[ _-]+(.+)")


def main(folder: str, publisher: str | None = None) -> None:
    """Take every file of the folder, published on the day that its name begins with."""
    with open_store() as store:
        for path in sorted(Path(folder).rglob("*")):
            named = DATED.fullmatch(path.stem)
            if not path.is_file() or named is None:
                continue
            given = Given(published=Edtf(named[1]), publisher=publisher)
            for outcome in ingest([str(path)], store, given).articles:
                print(f"{outcome.status:9} {named[1]} {outcome.title or named[2]} {outcome.reason}".rstrip())


if __name__ == "__main__":
    main(*sys.argv[1:])
