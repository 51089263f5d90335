"""The story of the graph, or of a name, place or period in it, in few days with few sentences each.

What is fetched is bounded by what a digest can use: the sentences that open an article, that name a day, and that tell
an event dated to a day; of a story of very many articles, of those that tell its most important events. What is chosen
of them is said in `kb.digest`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from kb.ask.kept.present import counts_of
from kb.ask.past import Graph, Past
from kb.ask.rows import Record, fetch, row_of
from kb.ask.timeline import EventFilter, important
from kb.counted import ARTICLE_SLOTS
from kb.digest import compose
from kb.digest.days import FIRST
from kb.digest.material import Article, Digest, Event, Material, Sentence
from kb.digest.words import own_rarity
from kb.errors import NotFound
from kb.shown.news_day import settles
from kb.shown.tally import tally_of

TEXTS = 1000  # articles whose words are counted
MOST, CHOSEN = 1500, 1000  # articles up to which all are read; how many of more, which tell the most important events
_EVENTS = 400  # these events
_ALL = "MATCH (a:Article)"  # of the graph as it was, which has no slots
_SOME = "UNWIND $articles AS wanted\nMATCH (a:Article {id: wanted})"

# The articles of some slots.
IN_SLOTS = """UNWIND $keys AS key
MATCH (a:Article {slot: key}) USING INDEX a:Article(slot) WHERE a.expiredAt IS NULL RETURN a.id AS id"""

# Of some events the articles that tell each; of those that very many tell the tally, which knows the best of each date.
TOLD_IN = """UNWIND $ids AS wanted
MATCH (e:Event {id: wanted})
OPTIONAL MATCH (e)-[r:REPORTED_IN]->(:Passage) WHERE r.expiredAt IS NULL AND e.tally IS NULL
RETURN wanted AS id, e.tally AS tally, collect(DISTINCT r.articleId) AS articles"""

# The articles; copies have one witness.
STORY_ARTICLES = """MATCH (a:Article) WHERE a.expiredAt IS NULL
RETURN a.id AS id, a.title AS title, a.publisher AS publisher, a.url AS url,
  CASE WHEN a.publishedEarliest = a.publishedLatest THEN a.publishedEarliest END AS published,
  coalesce(a.sourceGroup, a.id) AS witness, a.source AS source
ORDER BY id"""

ARTICLE_IDS = "MATCH (a:Article) WHERE a.expiredAt IS NULL RETURN a.id AS id ORDER BY id"

# The sentences that open an article.
OPENING_SENTENCES = """MATCH (a:Article)-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)
WHERE a.expiredAt IS NULL AND h.current = true AND p.seq < $first
RETURN p.id AS id, a.id AS article, p.seq AS seq, p.text AS text"""

# The sentences that name a day, with the days and where they stand.
NAMED_DAYS = """MATCH (a:Article)-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)
MATCH (p)-[n:HAS_TIME]->(t:TimeExpression)
WHERE a.expiredAt IS NULL AND h.current = true AND n.expiredAt IS NULL AND t.expiredAt IS NULL
  AND t.articleId = a.id AND t.earliest IS NOT NULL AND t.earliest = t.latest
RETURN p.id AS id, a.id AS article, p.seq AS seq, p.text AS text, t.earliest AS day, t.start - p.start AS start"""

# The sentences that tell events, those dated to a day and those at an article's beginning. What is told as news
# without a date of its own may be dated by another telling.
TOLD_EVENTS = """MATCH (a:Article)-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)<-[r:REPORTED_IN]-(e:Event)
WHERE a.expiredAt IS NULL AND h.current = true AND r.expiredAt IS NULL AND e.expiredAt IS NULL AND r.articleId = a.id
RETURN p.id AS id, a.id AS article, p.seq AS seq, p.text AS text, e.id AS event_id, e.title AS event_title,
  CASE WHEN e.edtfBasis = 'decision' THEN e.earliest ELSE r.earliest END AS earliest,
  CASE WHEN e.edtfBasis = 'decision' THEN e.latest ELSE r.latest END AS latest,
  CASE WHEN r.timeId IS NULL AND r.edtf ENDS WITH '~' AND NOT e.edtf ENDS WITH '~' AND e.earliest = e.latest
    THEN e.earliest END AS settled,
  coalesce(r.salience, 0.0) AS salience, r.status AS status"""

# The sentences that have to do with a name: that mention it, or tell an event it has a part in.
SENTENCES_ABOUT = """MATCH (x:Entity {id: $entity})<-[m:MENTIONS]-(p:Passage) WHERE m.expiredAt IS NULL
RETURN DISTINCT p.id AS id
UNION
MATCH (x:Entity {id: $entity})-[w:PARTICIPATED_IN|LOCATED_IN]-(e:Event)-[r:REPORTED_IN]->(p:Passage)
WHERE w.expiredAt IS NULL AND e.expiredAt IS NULL AND r.expiredAt IS NULL
RETURN DISTINCT p.id AS id"""

# The texts by which the rarity of words is reckoned: ids are hashes, so the first are a fair choice.
SOME_TEXTS = f"""{_SOME}-[h:HAS_SNAPSHOT]->(s:Snapshot)
WHERE a.expiredAt IS NULL AND h.current = true
RETURN a.id AS id, s.text AS text ORDER BY id"""

# Who and what is so called, those that are mentioned most first.
SO_CALLED = """MATCH (x:Entity) WHERE x.expiredAt IS NULL
  AND (x.id = $name OR toLower(x.name) = $small OR $small IN [a IN coalesce(x.aliases, []) | toLower(a)])
OPTIONAL MATCH (x)<-[m:MENTIONS]-(:Passage) WHERE m.expiredAt IS NULL
WITH x, count(m) AS mentions
RETURN x.id AS id, x.name AS name, labels(x) AS labels, mentions
ORDER BY mentions DESC, id"""

# The names in some sentences, as they are called.
NAMES_IN = """UNWIND $ids AS wanted
MATCH (p:Passage {id: wanted})-[m:MENTIONS]->(x:Entity)
WHERE m.expiredAt IS NULL AND x.expiredAt IS NULL AND m.form = 'name'
RETURN wanted AS id, x.name AS name, min(m.start) AS start
ORDER BY id, start, name"""


@dataclass(frozen=True, slots=True)
class Called:
    """A person, an organisation, a place or a thing that has a name."""

    id: str
    name: str
    kind: str
    mentions: int = 0


def called(graph: Graph, name: str, kinds: Sequence[str] = ("Person", "Organization", "Place", "Thing")) -> Called:
    """Who or what is so called, by name, other name or id; of several the one mentioned most.

    Raises: NotFound when there is none; StoreError.
    """
    found = fetch(graph, Called, SO_CALLED, name=name, small=name.strip().lower())
    fitting = [each for each in found if each.kind in kinds]
    if not fitting:
        wanted = "place" if tuple(kinds) == ("Place",) else "person, organisation, place or thing"
        raise NotFound(f"No {wanted} is called “{name}”; the page Network and `kb cypher` show the names there are.")
    return fitting[0]


def digest(
    graph: Graph,
    *,
    most: int | None = None,
    earliest: str | None = None,
    latest: str | None = None,
    about: Sequence[str] = (),
    title: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> Digest:
    """The story in days with sentences, in the order of time; empty where no article says anything of a day.

    Arguments: most, how many days, None for every one; earliest and latest, ISO days that bound it; about, ids of
    people, organisations and places, with all of which each sentence has to do; title, what to call it; progress,
    called with the days done and their number. Raises: StoreError.
    """
    read = _to_read(graph, about, earliest, latest)
    story = _material(graph, about, read)
    some = (read if read is not None else [row["id"] for row in graph.run(ARTICLE_IDS)])[:TEXTS]
    texts = [row["text"] for row in graph.run(SOME_TEXTS, articles=some)]
    found = compose(story, rarity=own_rarity(texts), within=(earliest, latest), most=most, progress=progress)
    return replace(_with_names(graph, found), about=title)


def material(graph: Graph, about: Sequence[str] = ()) -> Material:
    """What a digest is chosen from. Arguments: about, as for `digest`. Raises: StoreError."""
    return _material(graph, about, _to_read(graph, about, None, None))


def _to_read(graph: Graph, about: Sequence[str], earliest: str | None, latest: str | None) -> list[str] | None:
    """Ids of the articles to read: all where they are not too many; None of the graph as it was, where all are read."""
    if isinstance(graph, Past):
        return None
    slots = counts_of(graph).of(ARTICLE_SLOTS)
    if sum(slots.values()) <= MOST:
        return sorted({row["id"] for row in graph.run(IN_SLOTS, keys=sorted(slots))})
    wanted = EventFilter(earliest=earliest, latest=latest, entity=next(iter(about), None)).parameters()
    ids = [row["id"] for row in important(graph, wanted, _EVENTS, "RETURN e.id AS id ORDER BY e.importance DESC, id")]
    told = {row["id"]: _tellers(row) for row in graph.run(TOLD_IN, ids=ids)}
    every = (article for id in ids for article in told.get(id, ()))
    return sorted(islice(dict.fromkeys(every), CHOSEN))


def _tellers(row: Record) -> list[str]:
    """The articles that tell an event; of those that very many tell, the best of each date and status."""
    if row["tally"] is None:
        return sorted(row["articles"])
    return sorted({str(dated.best["article"]) for dated in tally_of(row["tally"]).dates.values()})


def _from(graph: Graph, statement: str, articles: list[str] | None, **given: Any) -> list[Record]:
    """The rows of a statement about articles, of some or of all."""
    if articles is None:
        return list(graph.run(statement, **given))
    return list(graph.run(statement.replace(_ALL, _SOME, 1), articles=articles, **given))


def _material(graph: Graph, about: Sequence[str], read: list[str] | None) -> Material:
    rows = sorted(_from(graph, STORY_ARTICLES, read), key=lambda row: row["id"])
    articles = [row_of(Article, row) for row in rows]
    allowed: set[str] | None = None
    for entity in about:
        ids = {row["id"] for row in graph.run(SENTENCES_ABOUT, entity=entity)}
        allowed = ids if allowed is None else allowed & ids
    published = {each.id: each.published for each in articles}
    found = _sentences(graph, published, read)
    sentences = [each for each in found if allowed is None or each.id in allowed]
    told = {each.article for each in sentences}
    return Material(tuple(each for each in articles if allowed is None or each.id in told), tuple(sentences))


def _sentences(graph: Graph, published: Mapping[str, str | None], read: list[str] | None) -> list[Sentence]:
    rows: dict[str, Record] = {}
    named: dict[str, set[tuple[str, int]]] = defaultdict(set)
    told: dict[str, set[Event]] = defaultdict(set)
    for row in _from(graph, OPENING_SENTENCES, read, first=FIRST):
        rows[row["id"]] = row
    for row in _from(graph, NAMED_DAYS, read):
        rows.setdefault(row["id"], row)
        named[row["id"]].add((row["day"], row["start"]))
    for row in _from(graph, TOLD_EVENTS, read):
        event = _event(row, published.get(row["article"]))
        if event.day:
            rows.setdefault(row["id"], row)
        if row["id"] in rows:
            told[row["id"]].add(event)
    return [
        Sentence(
            id, row["article"], row["seq"], row["text"], tuple(sorted(named[id])), tuple(sorted(told[id], key=_key))
        )
        for id, row in sorted(rows.items())
    ]


def _event(row: Record, published: str | None) -> Event:
    if settles(row["settled"], published):
        row = {**row, "earliest": row["settled"], "latest": row["settled"]}
    span = (row["earliest"], row["latest"]) if row["earliest"] and row["latest"] else None
    day = span[0] if span and span[0] == span[1] else None
    return Event(row["event_id"], row["event_title"], day, row["salience"], row["status"] == "asserted", span)


def _key(event: Event) -> tuple[str, str]:
    return event.id, event.day or ""


def _with_names(graph: Graph, found: Digest) -> Digest:
    """The digest with the names that stand in each of its sentences."""
    ids = sorted({entry.passage for day in found.days for entry in day.entries})
    names: Mapping[str, list[str]] = defaultdict(list)
    for row in graph.run(NAMES_IN, ids=ids) if ids else ():
        if row["name"] not in names[row["id"]]:
            names[row["id"]].append(row["name"])
    days = (
        replace(day, entries=tuple(replace(each, names=tuple(names[each.passage])) for each in day.entries))
        for day in found.days
    )
    return replace(found, days=tuple(days))
