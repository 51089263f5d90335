"""What a page of one event shows beside its panel: what came before and after, who says who took part, decisions."""

from __future__ import annotations

from dataclasses import dataclass

from kb.ask.identity import DecisionRow, decided_on
from kb.ask.rows import ARTICLE_COLUMNS, ArticleRow, fetch
from kb.ask.words import human
from kb.store import Store

# What a sentence says came before, after or during an event.
ORDERED = f"""MATCH (e:Event {{id: $id}})-[r:BEFORE|DURING]-(x:Event)
WHERE r.expiredAt IS NULL AND x.expiredAt IS NULL AND x.id <> $id
MATCH (p:Passage {{id: r.passageId}})
MATCH (a:Article {{id: r.articleId}}) WHERE a.expiredAt IS NULL
RETURN x.id AS id, x.title AS title, x.edtf AS edtf, x.earliest AS earliest, r.cue AS cue, p.text AS sentence,
  type(r) AS kind, startNode(r).id = x.id AS first, {ARTICLE_COLUMNS}
ORDER BY coalesce(earliest, '9'), id"""

# Which articles say that somebody took part.
SAY_SO = f"""MATCH (x:Entity)-[r:PARTICIPATED_IN]->(e:Event {{id: $id}})
WHERE r.expiredAt IS NULL AND x.expiredAt IS NULL
MATCH (a:Article {{id: r.articleId}}) WHERE a.expiredAt IS NULL
RETURN DISTINCT x.id AS entity, r.role AS role, {ARTICLE_COLUMNS}
ORDER BY role, article_title, article_id"""


@dataclass(frozen=True, slots=True)
class Ordered:
    """An event that a sentence puts before, after or into another (`kind`), by its `cue`.

    first: whether this one comes first, or is within the other.
    """

    id: str
    title: str
    edtf: str | None
    cue: str
    sentence: str
    kind: str
    first: bool
    article: ArticleRow

    @property
    def when(self) -> str:
        """The date in words."""
        return human(self.edtf)


@dataclass(frozen=True, slots=True)
class SaysSo:
    """An article that says that somebody took part, as what."""

    entity: str
    role: str
    article: ArticleRow


@dataclass(frozen=True, slots=True)
class EventDossier:
    """What stands around an event: what is before and after it, who says who took part, what was decided on it."""

    ordered: tuple[Ordered, ...]
    says_so: tuple[SaysSo, ...]
    decided: tuple[DecisionRow, ...]


def event_dossier(store: Store, id: str) -> EventDossier:
    """What stands around an event, which `ask.event` tells itself. Arguments: the open store; its canonical id."""
    return EventDossier(
        tuple(fetch(store, Ordered, ORDERED, id=id)),
        tuple(fetch(store, SaysSo, SAY_SO, id=id)),
        tuple(decided_on(store, "Event", id)),
    )
