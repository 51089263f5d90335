"""How well body text is cut out of saved news pages, beside plain trafilatura: token F1, precision, recall.

Usage: python -m benchmarks.pages FOLDER   (FOLDER holds gold.json {name: {articleBody, url}} and name.html.gz)
The mean is over pages, of each page's own F1. Tokens are runs of word characters in lower case, counted as a bag.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import trafilatura

from ingest.clean import clean
from ingest.clean.article_text import headline
from ingest.read import read
from ingest.reading.findings import RawDocument
from kb.errors import NotAnArticle

Score = tuple[float, float, float]


def token_score(predicted: str, gold: str) -> Score:
    """Precision, recall and F1 of the words of `predicted`, as a bag, against those of `gold`."""
    found, wanted = (Counter(re.findall(r"\w+", text.lower())) for text in (predicted, gold))
    shared = (found & wanted).total()
    precision, recall = shared / max(1, found.total()), shared / max(1, wanted.total())
    return precision, recall, 2 * shared / max(1, found.total() + wanted.total())


def whole_text(raw: RawDocument) -> str:
    """The cleaned text as it is stored, headline included."""
    try:
        return clean(raw).text
    except NotAnArticle as error:
        print(f"  refused: {error}")
        return ""


def body_text(raw: RawDocument) -> str:
    """The cleaned text without its headline, which the gold leaves out too."""
    parts = whole_text(raw).split("\n\n")
    return "\n\n".join(parts[1:] if headline(parts) else parts)


def peer(**options: bool) -> Callable[[RawDocument], str]:
    """Trafilatura alone, with its own options."""
    extract: Callable[..., str | None] = trafilatura.extract
    return lambda raw: extract(raw.content, **options) or ""


SYSTEMS: dict[str, Callable[[RawDocument], str]] = {
    "ours, body": body_text,
    "ours, with headline": whole_text,
    "trafilatura, as it comes": peer(),
    "trafilatura, no comments, no tables": peer(include_comments=False, include_tables=False),
    "trafilatura, fast, no comments, no tables": peer(fast=True, include_comments=False, include_tables=False),
    "trafilatura, favor_precision": peer(favor_precision=True, include_comments=False, include_tables=False),
    "trafilatura, favor_recall": peer(favor_recall=True, include_comments=False, include_tables=False),
}


def pages(folder: Path) -> list[tuple[str, RawDocument, str]]:
    """Name, raw document and gold body of every page of a folder."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    found = []
    for name in sorted(gold):
        packed = gzip.decompress((folder / f"{name}.html.gz").read_bytes())
        found += [(name, RawDocument(name, "html", packed.decode("utf-8", "replace")), gold[name]["articleBody"])]
    return found


def main(arguments: list[str]) -> int:
    """Print one line per system; with -v also the pages of ours below 0.97."""
    folder = Path(arguments[0]) if arguments else None
    if folder is None or not (folder / "gold.json").is_file():
        print("Give the folder of saved pages that holds gold.json: python -m benchmarks.pages FOLDER")
        return 1
    listed = pages(folder)
    print(
        f"{len(listed)} pages, of which read() opens {sum(isinstance(raw, RawDocument) for raw in read(str(folder)))}"
    )
    for system, extract in SYSTEMS.items():
        scores = [(token_score(extract(raw), gold), name) for name, raw, gold in listed]
        precision, recall, f1 = (sum(score[part] for score, _ in scores) / len(scores) for part in range(3))
        print(f"{system:44} F1 {100 * f1:5.2f}  precision {100 * precision:5.2f}  recall {100 * recall:5.2f}")
        if "-v" in arguments and system.startswith("ours, body"):
            for (p, r, f), name in sorted(scores, key=lambda row: row[0][2]):
                if f < 0.97:
                    print(f"    {name[:10]} F1 {100 * f:5.1f}  precision {100 * p:5.1f}  recall {100 * r:5.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
