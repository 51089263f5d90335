"""What a model proposed and nobody has judged yet, if one was ever asked (`kb propose`)."""

from __future__ import annotations

from kb.ask.rows import ARTICLE_NAME, Named
from kb.checks.doubts import Doubt, Evidence, named
from kb.decisions import added_to_article
from kb.heeded import Added
from kb.proposing import Proposal, proposals
from kb.store import Store

# The sentence of an article in which some words stand.
PASSAGE = f"""MATCH (a:Article {{id: $article}})-[h:HAS_SNAPSHOT]->(s:Snapshot)-[:HAS_PASSAGE]->(p:Passage)
WHERE a.expiredAt IS NULL AND h.current = true AND p.start <= $start AND p.end > $start
RETURN {ARTICLE_NAME} AS name, a.published AS published, p.text AS text, p.start AS start,
  substring(s.text, $start, $length) = $quotation AS stands LIMIT 1"""

# Those of two names that are shown as themselves, with what they are called.
NAMES = """UNWIND $ids AS wanted
MATCH (n:Entity {id: wanted})
WITH n, coalesce(n.canonical, n.id) AS shown
RETURN n.id AS id, n.name AS name, shown"""

# Whether somebody said of two names whether they are one.
RULED = """MATCH (d:Decision)
WHERE d.kind IN ['same', 'different'] AND d.revokedAt IS NULL
  AND all(id IN $ids WHERE id IN d.targets OR id IN coalesce(d.others, []))
RETURN d.id AS id LIMIT 1"""


def proposed(store: Store) -> list[Doubt]:
    """Proposals whose quotation still stands in its article and on which nobody has said anything."""
    found = (_doubt(store, one) for one in proposals(store.settings.data_dir))
    return [doubt for doubt in found if doubt is not None]


def _doubt(store: Store, one: Proposal) -> Doubt | None:
    rows = store.run(PASSAGE, article=one.article, start=one.start, length=len(one.quotation), quotation=one.quotation)
    if not rows or not rows[0]["stands"]:
        return None
    [row] = rows
    entities: tuple[Named, ...] = ()
    if one.what == "identity":
        names = store.run(NAMES, ids=list(one.ids))
        if len({name["shown"] for name in names}) < 2 or store.run(RULED, ids=list(one.ids)):
            return None
        entities = tuple(named(name["id"], name["name"], "Entity") for name in names)
    elif Added.of(one.added) in added_to_article(store, one.article).values():
        return None
    start = one.start - row["start"]
    end = min(start + len(one.quotation), len(row["text"]))
    article = named(one.article, row["name"], "Article", row["published"])
    says = f"{one.says}, proposes {one.model} ({one.id})"
    return Doubt("proposed", says, 1, entities=entities, evidence=(Evidence(row["text"], start, end, article),),
                 ids=(one.id,))  # fmt: skip
