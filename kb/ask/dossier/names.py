"""What a page of one person, organisation, place or thing shows: their timeline, words, company, names and articles."""

from __future__ import annotations

from dataclasses import dataclass

from kb.ask.claims import ClaimRow, claims_of
from kb.ask.entity import EntityCard, entity
from kb.ask.identity import DecisionRow, canonical, decided_on
from kb.ask.rows import ARTICLE_COLUMNS, ArticleRow, Named, fetch
from kb.ask.timeline import EVENT_ROW, TimelineRow
from kb.counted import LAST
from kb.store import Store

_COMPANY, _EVENTS = 30, 4  # others beside a name, and events of each told one by one
_WORDINGS, _ARTICLES = 60, 200

_OF = """MATCH (x:Entity {id: $id})-[r:PARTICIPATED_IN|LOCATED_IN]-(e:Event)
WHERE r.expiredAt IS NULL AND e.expiredAt IS NULL AND (e.earliest IS NOT NULL OR e.latest IS NOT NULL)"""

# The most important dated events that it is in; asked from the name, since most events are in none of one name's.
EVENTS = f"""{_OF}
WITH DISTINCT e ORDER BY e.importance DESC, e.id LIMIT $limit
{EVENT_ROW}"""

# How many dated events it is in.
COUNT_EVENTS = f"{_OF} RETURN count(DISTINCT e) AS events"

# The claims of a sort that were said last.
CLAIMS = """MATCH (x:Entity {id: $id})<-[r:KIND]-(c:Claim) WHERE r.expiredAt IS NULL AND c.expiredAt IS NULL
WITH DISTINCT c, coalesce(c.saidEarliest, c.saidLatest, '') AS said ORDER BY said DESC, c.id LIMIT $limit
RETURN c.id AS id, said"""

# Who took part in the same events, with the most important of these.
COMPANY = """MATCH (x:Entity {id: $id})-[r:PARTICIPATED_IN]->(e:Event)
WHERE r.expiredAt IS NULL AND e.expiredAt IS NULL
WITH DISTINCT e ORDER BY e.importance DESC, e.id LIMIT $most
MATCH (e)<-[s:PARTICIPATED_IN]-(y:Entity) WHERE s.expiredAt IS NULL AND y.expiredAt IS NULL AND y.id <> $id
WITH DISTINCT y, e
WITH y, count(e) AS events, collect({id: e.id, name: e.title, kind: 'Event', edtf: e.edtf}) AS shared
RETURN y.id AS id, y.name AS name, labels(y) AS labels, events, shared[..$shown] AS shared
ORDER BY events DESC, name, id LIMIT $limit"""

# A sentence for each of some events.
TOLD = f"""UNWIND $ids AS wanted
MATCH (e:Event {{id: wanted}})-[r:REPORTED_IN]->(p:Passage) WHERE r.expiredAt IS NULL
WITH wanted, p, r ORDER BY r.salience DESC, p.id
WITH wanted, head(collect({{text: p.text, article: r.articleId}})) AS best
MATCH (a:Article {{id: best.article}})
RETURN wanted AS event, best.text AS text, {ARTICLE_COLUMNS}"""

# How it is worded, how often, and one sentence for each wording.
WORDINGS = """MATCH (x:Entity {id: $id})<-[m:MENTIONS]-(p:Passage) WHERE m.expiredAt IS NULL AND m.form = 'name'
WITH m.text AS wording, count(m) AS times, min(p.id) AS passage, count(DISTINCT m.articleId) AS articles
ORDER BY times DESC, wording LIMIT $limit
MATCH (p:Passage {id: passage})<-[:HAS_PASSAGE]-(:Snapshot)<-[:HAS_SNAPSHOT]-(a:Article)
WHERE a.expiredAt IS NULL
RETURN wording, times, articles, min(a.id) AS article, p.text AS text
ORDER BY times DESC, wording"""

# The articles that name it, the latest first.
ARTICLES = f"""MATCH (x:Entity {{id: $id}})<-[m:MENTIONS]-(:Passage) WHERE m.expiredAt IS NULL
WITH m.articleId AS id, count(m) AS mentions
MATCH (a:Article {{id: id}}) WHERE a.expiredAt IS NULL
RETURN mentions, {ARTICLE_COLUMNS}, a.publishedEarliest AS published_earliest
ORDER BY coalesce(published_earliest, '') DESC, article_id LIMIT $limit"""


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence that tells of an event, and its article."""

    event: str
    text: str
    article: ArticleRow


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody or something that took part in the same events: how many, and the most important of them."""

    id: str
    name: str
    kind: str
    events: int
    shared: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """A name by which it goes in texts: how often, in how many articles, and a sentence of the article `article`."""

    wording: str
    times: int
    articles: int
    article: str
    text: str


@dataclass(frozen=True, slots=True)
class Naming:
    """An article, and how often it names what the page is about."""

    mentions: int
    article: ArticleRow


@dataclass(frozen=True, slots=True)
class NameDossier:
    """A name with all that is told of it.

    events: those it is in, in the order of time; every: how many dated ones there are; said, said_of: claims in the
    order of saying; sentences: one for each event that is shared with somebody, by its id.
    """

    card: EntityCard
    events: tuple[TimelineRow, ...]
    every: int
    said: tuple[ClaimRow, ...]
    said_of: tuple[ClaimRow, ...]
    company: tuple[Companion, ...]
    sentences: dict[str, Told]
    wordings: tuple[Wording, ...]
    articles: tuple[Naming, ...]
    decided: tuple[DecisionRow, ...]


def name_dossier(store: Store, id: str, *, events: int = 60, said: int = 100) -> NameDossier | None:
    """All about a person, an organisation, a place or a thing; None when there is none of this id.

    Arguments: the open store; its id, or that of one merged into it; most events, the most important, and most claims
    of each sort, those said last. Raises: StoreError.
    """
    known = canonical(store, id)
    card = entity(store, known)
    if card is None:
        return None
    company = tuple(fetch(store, Companion, COMPANY, id=known, most=2000, shown=_EVENTS, limit=_COMPANY))
    rows = fetch(store, TimelineRow, EVENTS, id=known, limit=events)
    return NameDossier(
        card,
        tuple(sorted(rows, key=lambda row: (row.earliest or row.latest or "", row.id))),
        int(store.run(COUNT_EVENTS, id=known)[0]["events"]),
        _claims(store, "MADE_BY", known, said),
        _claims(store, "ABOUT", known, said),
        company,
        _sentences(store, company),
        tuple(fetch(store, Wording, WORDINGS, id=known, limit=_WORDINGS)),
        tuple(fetch(store, Naming, ARTICLES, id=known, limit=_ARTICLES)),
        tuple(decided_on(store, "Entity", known)),
    )


def _claims(store: Store, kind: str, id: str, limit: int) -> tuple[ClaimRow, ...]:
    said = {row["id"]: row["said"] for row in store.run(CLAIMS.replace("KIND", kind), id=id, limit=limit)}
    rows = claims_of(store, said)
    return tuple(rows[id] for id in sorted(rows, key=lambda each: (said[each] or LAST, each)))


def _sentences(store: Store, company: tuple[Companion, ...]) -> dict[str, Told]:
    ids = sorted({event.id for one in company for event in one.shared})
    return {told.event: told for told in fetch(store, Told, TOLD, ids=ids)} if ids else {}
