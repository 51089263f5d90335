"""A small graph with all that a backup must hold."""

from __future__ import annotations

from pathlib import Path

from ingest import ingest
from ingest.revising import decide
from ingest.revising.revise import apply
from kb.store import Settings, open_store

SEED = Path(__file__).parents[2] / "seed_data"
READ = ("2014-03-crimea.html", "2022-03-istanbul.html", "2023-11-arakhamia.html", "2024-01-johnson-denial.txt")
ARTICLES = len(READ)
_EVENT = "MATCH (e:Event) WHERE e.title CONTAINS $title AND e.expiredAt IS NULL RETURN e.id AS id ORDER BY id"


def fill(settings: Settings) -> None:
    """Read some demonstration articles; star an event, rename one and take it back, withdraw an article."""
    with open_store(settings) as store:
        assert ingest([str(SEED / name) for name in READ], store).count("new") == ARTICLES
        id = store.run(_EVENT, title="annexes Crimea")[0]["id"]
        apply(store, decide.edit(store, id, "starred", "yes", by="Ada", reason="the first"))
        apply(store, decide.edit(store, id, "title", "The annexation", by="Ada"))
        apply(store, decide.undo(store))
        article = store.run("MATCH (a:Article) RETURN a.id AS id ORDER BY a.url DESC LIMIT 1")[0]["id"]
        apply(store, decide.remove(store, article, by="Ada"))
