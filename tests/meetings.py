"""Three articles on one meeting, of which the texts leave open whether it is one, and on a man of two spellings."""

from __future__ import annotations

from pathlib import Path

from ingest import ingest
from kb.store import Store
from tests import kept

ARTICLES = {
    "april": """Title: A walk in spring
Publisher: The Meridian Post
Published: 6 May 2023
URL: https://example.org/april

Boris Johnson met Volodymyr Zelenskyy in Kyiv in April 2022. Philip Hammond visited Oslo on 7 May 2012.
""",
    "ninth": """Title: The ninth of April & after
Publisher: Harbour Times
Published: 7 May 2023
URL: https://example.org/ninth

Boris Johnson met Volodymyr Zelenskyy in Kyiv on 9 April 2022. Phillip Hammond praised Norway in a Q&A aboard a ferry.
""",
    "again": """Title: Kyiv, a year later
Publisher: Norland Daily
Published: 8 May 2023
URL: https://example.org/again

Boris Johnson met Volodymyr Zelenskyy in Kyiv on 9 April 2022. The streets of the old town were quiet that morning.
""",
}


def add(store: Store, folder: Path) -> None:
    """Read the articles into the graph from files in a folder."""
    put(folder)
    read(store, folder)


def put(folder: Path) -> None:
    """Write the articles as files into a folder."""
    for name, text in ARTICLES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def filled(store: Store, folder: Path) -> None:
    """Fill an empty graph with the articles, which lie in a folder and are read once."""
    put(folder)
    kept.filled(store, __name__, lambda: read(store, folder))


def read(store: Store, folder: Path) -> None:
    """Read a folder into the graph; each of its articles is used."""
    assert ingest([str(folder)], store).count("failed") == 0
