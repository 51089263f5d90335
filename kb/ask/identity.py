"""What may be one, what was merged into one, and what humans decided.

LABEL in a statement stands for Event or Entity. Every function raises StoreError.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kb import decisions
from kb.ask.kept.pairs import RULED, Pair, open_pairs, open_pairs_of
from kb.ask.kept.present import Now
from kb.ask.past import Graph
from kb.ask.rows import ARTICLE_COLUMNS, ArticleRow, Named, Record, kind_of, row_of
from kb.ask.words import human
from kb.heeded import NONE
from kb.models import Decision

_TELLINGS = 200  # articles that are told one by one for each referent
_LOOKED_AT = 20  # sentences of which the best is quoted

# How many sentences tell of events, and in how many articles.
EVENT_FACTS = """UNWIND $ids AS wanted
MATCH (n:Event {id: wanted}) WHERE n.expiredAt IS NULL
RETURN n.id AS id, n.title AS name, labels(n) AS labels, n.edtf AS edtf, n.reports AS facts"""

# How many sentences name entities.
ENTITY_FACTS = """UNWIND $ids AS wanted
MATCH (n:Entity {id: wanted}) WHERE n.expiredAt IS NULL
RETURN n.id AS id, n.name AS name, labels(n) AS labels, null AS edtf, n.mentions AS facts"""

# Which of these events are shown as a part of which.
SHOWN_PARTS = """UNWIND $ids AS wanted
MATCH (n:Event {id: wanted})-[r:PART_OF]->(w:Event) WHERE r.live = true AND w.id IN $ids
RETURN wanted AS part, w.id AS whole"""

# In how many articles these are.
EVENT_ARTICLES = """UNWIND $ids AS wanted
MATCH (n:Event {id: wanted})-[r:REPORTED_IN]->(:Passage) WHERE r.live = true
RETURN wanted AS id, count(DISTINCT r.articleId) AS articles"""
ENTITY_ARTICLES = "UNWIND $ids AS wanted\nMATCH (n:Entity {id: wanted}) RETURN n.id AS id, n.articles AS articles"

_SENTENCE = f"""MATCH (p)<-[:HAS_PASSAGE]-(:Snapshot)<-[:HAS_SNAPSHOT]-(a:Article)
WHERE a.id = r.articleId AND a.expiredAt IS NULL
RETURN row.referent AS referent, p.text AS text, r.start - p.start AS start, r.end - p.start AS end,
  {ARTICLE_COLUMNS}
ORDER BY rank, size(p.text), article_id, start"""

# The sentences that tell of one referent of an event, the best told first, of so many that are looked at.
EVENT_SENTENCES = f"""UNWIND $rows AS row
CALL {{ WITH row
  MATCH (n:Event {{id: row.id}})-[r:REPORTED_IN]->(p:Passage) WHERE r.live = true AND r.startReferent = row.referent
  RETURN r, p LIMIT {_LOOKED_AT} }}
WITH row, r, p, 0.0 - r.salience AS rank
{_SENTENCE}"""

# Some sentences that name one referent of an entity, those with its name first.
ENTITY_SENTENCES = f"""UNWIND $rows AS row
CALL {{ WITH row
  MATCH (n:Entity {{id: row.id}})<-[r:MENTIONS]-(p:Passage) WHERE r.live = true AND r.endReferent = row.referent
  RETURN r, p LIMIT {_LOOKED_AT} }}
WITH row, r, p, CASE WHEN r.form = 'name' THEN 0.0 ELSE 1.0 END AS rank
{_SENTENCE}"""

# How articles tell of some referents of an event, of each so many at most.
TELLINGS = f"""UNWIND $ids AS wanted
CALL {{ WITH wanted
  MATCH (n:Event {{id: wanted}})<-[t:TELLS]-(a:Article) WHERE t.live = true AND a.expiredAt IS NULL
  RETURN t, a LIMIT {_TELLINGS} }}
RETURN wanted AS referent, t.title AS name, t.edtf AS edtf, t.salience AS rank, {ARTICLE_COLUMNS}
ORDER BY referent, rank DESC, a.publishedEarliest, article_id"""

# How articles name some referents of an entity, of each so many at most.
NAMINGS = f"""UNWIND $ids AS wanted
CALL {{ WITH wanted
  MATCH (n:Entity {{id: wanted}})<-[t:NAMES]-(a:Article) WHERE t.live = true AND a.expiredAt IS NULL
  RETURN t, a LIMIT {_TELLINGS} }}
RETURN wanted AS referent, t.name AS name, null AS edtf, size(t.name) AS rank, {ARTICLE_COLUMNS}
ORDER BY referent, rank DESC, a.publishedEarliest, article_id"""

# Why referents are taken for one.
JOINS = """UNWIND $ids AS wanted
MATCH (n:LABEL {id: wanted})-[r:RESEMBLES]-(m:LABEL)
WHERE r.live = true AND r.verdict = 'same' AND m.id IN $ids
RETURN wanted AS referent, r.score AS score, r.reason AS reason, CASE WHEN r.told IS NULL THEN 0 ELSE 1 END AS after
ORDER BY referent, after, score DESC, reason"""

# What to call what was judged, whether it is shown or not.
NAMES_OF = "\nUNION ALL\n".join(
    f"UNWIND $ids AS wanted MATCH (n:{label} {{id: wanted}}) RETURN n.id AS id, coalesce({name}, n.id) AS name, "
    f"labels(n) AS labels, {edtf} AS edtf"
    for label, name, edtf in (
        ("Event", "n.title", "n.edtf"), ("Entity", "n.name", "null"), ("Claim", "n.text", "n.said"),
        ("Article", "coalesce(n.title, n.source)", "n.published"),
    )
)  # fmt: skip

_PERHAPS_PART = ", one may be a part"  # which a comparison says, and so long it stays a question
SHOWN_AS_PART = "shown as a part of it until somebody rules"

_KINDS = {
    "Event": (EVENT_FACTS, EVENT_ARTICLES, EVENT_SENTENCES),
    "Entity": (ENTITY_FACTS, ENTITY_ARTICLES, ENTITY_SENTENCES),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article in which something stands, at `start:end` of `text`."""

    text: str
    start: int
    end: int
    article: ArticleRow


@dataclass(frozen=True, slots=True)
class Side:
    """One of two that may be one.

    facts: how many sentences tell of the event or name the entity; articles: in how many articles, 0 where it was not
    asked; referent: the id of what was compared, which is merged into `id` or is it; sentence: one that tells of it.
    """

    id: str
    name: str
    kind: str
    edtf: str | None
    facts: int
    articles: int
    referent: str
    sentence: Sentence | None = None

    @property
    def when(self) -> str:
        """The date in words, "" for what has none by its nature."""
        return human(self.edtf) if self.kind == "Event" else ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two that may be one, with the score (0 to 1) and the reason of the comparison.

    settles: how many facts go elsewhere when they are one, those of the smaller side. part: whether one is shown as a
    part of the other as long as nobody rules, which the reason then says too.
    """

    one: Side
    other: Side
    score: float
    reason: str
    part: bool = False

    @property
    def settles(self) -> int:
        """How many facts an answer settles."""
        return min(self.one.facts, self.other.facts)


@dataclass(frozen=True, slots=True)
class Merged:
    """One referent of those that make up an event or entity, as its articles call it.

    reason: why it is one with the rest; "" for what stands alone. Of those told in very many articles only some are
    given; then `more` is true.
    """

    id: str
    name: str
    edtf: str | None
    articles: tuple[ArticleRow, ...]
    reason: str = ""

    @property
    def when(self) -> str:
        """The date that is told, in words."""
        return human(self.edtf)

    @property
    def more(self) -> bool:
        """Whether there may be more articles than are given."""
        return len(self.articles) >= _TELLINGS


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision with names for what it judges."""

    decision: Decision
    targets: tuple[Named, ...]
    others: tuple[Named, ...]


def suggestions(graph: Now, limit: int = 50, *, of: str | None = None, quoted: bool = True) -> list[Suggestion]:
    """Pairs that may be one and on which nobody ruled, those that settle most facts first.

    Arguments: the graph; limit, most pairs; of, the id of an event or entity that one side has to be; quoted, whether
    with sentences, as `with_sentences` gives them. One pair is given for any two that stand for several referents: the
    surest comparison.
    """
    label = decisions.label_of(graph, of) if of else None
    if of and label not in _KINDS:
        return []
    pairs = open_pairs_of(graph, label, decisions.clusters_of(graph, label, [of])[of][:1]) if of and label else (
        open_pairs(graph, limit))  # fmt: skip
    found = sorted(compared(graph, pairs), key=lambda s: (-s.settles, -s.score, s.one.name, s.one.id, s.other.id))
    return with_sentences(graph, found[:limit]) if quoted else found[:limit]


def compared(graph: Now, pairs: Sequence[Pair]) -> list[Suggestion]:
    """Pairs with what they are called and how many facts each side has, without sentences. Raises: StoreError."""
    known: dict[str, Record] = {}
    for label, (facts, _, _) in _KINDS.items():
        ids = sorted({id for pair in pairs if pair.label == label for id in (pair.one, pair.other)})
        known |= {row["id"]: row for row in (graph.run(facts, ids=ids) if ids else ())}
    events = sorted({id for pair in pairs if pair.label == "Event" for id in (pair.one, pair.other)})
    parts = {frozenset((row["part"], row["whole"])) for row in (graph.run(SHOWN_PARTS, ids=events) if events else ())}
    return [
        _suggestion(pair, known, part={pair.one, pair.other} in parts)
        for pair in pairs
        if {pair.one, pair.other} <= known.keys()
    ]


def merged_from(graph: Graph, id: str) -> list[Merged]:
    """The referents that make up an event or entity, most telling first; [] for anything else.

    Arguments: the open store; the id of any of its referents. A referent that no article names any more is left out.
    """
    label = decisions.label_of(graph, id)
    if label not in _KINDS:
        return []
    together = list(decisions.clusters_of(graph, label, [id])[id])
    told: dict[str, list[Record]] = {}
    for row in graph.run(TELLINGS if label == "Event" else NAMINGS, ids=together):
        told.setdefault(row["referent"], []).append(row)
    reasons = _reasons(graph, label, together) if len(told) > 1 else {}
    order = sorted(told, key=lambda referent: (-told[referent][0]["rank"], referent))
    return [_merged(referent, told[referent], reasons.get(referent, "")) for referent in order]


def tellings(merged: Iterable[Merged]) -> list[tuple[Merged, ArticleRow, str]]:
    """Each telling of each referent: the referent, the article, and what to split by so that only this one goes."""
    return [
        (one, article, one.id if len(one.articles) == 1 else article.id) for one in merged for article in one.articles
    ]


def canonical(graph: Graph, id: str) -> str:
    """The id of what stands for a referent now: its own, unless it was merged. An unknown id is given back."""
    label = decisions.label_of(graph, id)
    return decisions.clusters_of(graph, label, [id])[id][0] if label else id


def decision_rows(graph: Graph, revoked: bool = True, limit: int = 200) -> list[DecisionRow]:
    """Decisions with the names of what they judge, latest first. Arguments: revoked, those taken back too; limit."""
    return _named_decisions(graph, decisions.decisions(graph, revoked=revoked, limit=limit))


def decided_on(graph: Graph, label: str, id: str) -> list[DecisionRow]:
    """What humans decided on an event or entity or what is merged into it, latest first. Raises: StoreError."""
    together = decisions.clusters_of(graph, label, [id]).get(id, (id,))
    return _named_decisions(graph, decisions.decided_on(graph, label, together))


def _named_decisions(graph: Graph, found: Sequence[Decision]) -> list[DecisionRow]:
    ids = sorted({id for d in found for id in (*d.targets, *d.others, *_article(d))})
    names = {row["id"]: row_of(Named, row) for row in graph.run(NAMES_OF, ids=ids)} if ids else {}
    return [DecisionRow(d, _named(d.targets, names), _named((*d.others, *_article(d)), names)) for d in found]


def _article(decision: Decision) -> tuple[str, ...]:
    """What the value of a decision names: an article, or who took part in an event, or where it was."""
    named = decision.field in ("article", "participant", "place") and decision.value not in (None, NONE)
    return ((decision.value or "").split()[-1],) if named else ()


def _named(ids: Iterable[str], names: Mapping[str, Named]) -> tuple[Named, ...]:
    return tuple(names.get(id, Named(id, id)) for id in ids)


def _suggestion(pair: Pair, known: Mapping[str, Record], *, part: bool) -> Suggestion:
    sides = [_side(known[pair.one], pair.one_referent), _side(known[pair.other], pair.other_referent)]
    more, less = sorted(sides, key=lambda side: (-side.facts, side.name, side.id))
    if not part:
        return Suggestion(more, less, pair.score, pair.reason)
    reason = f"{pair.reason.removesuffix(_PERHAPS_PART)}, {SHOWN_AS_PART}"
    return Suggestion(more, less, pair.score, reason, part=True)


def _side(row: Record, referent: str) -> Side:
    return Side(row["id"], row["name"], kind_of(row["labels"]), row["edtf"], row["facts"] or 0, 0, referent)


def with_sentences(graph: Now, found: Sequence[Suggestion]) -> list[Suggestion]:
    """Suggestions with a sentence that tells of each side, and in how many articles it is. Raises: StoreError."""
    sides = {side.referent: side for each in found for side in (each.one, each.other)}
    told: dict[str, Sentence] = {}
    articles: dict[str, int] = {}
    for label, (_, count, statement) in _KINDS.items():
        rows = [
            {"id": s.id, "referent": s.referent} for s in sides.values() if (s.kind == "Event") == (label == "Event")
        ]
        ids = sorted({row["id"] for row in rows})
        articles |= {row["id"]: row["articles"] for row in (graph.run(count, ids=ids) if ids else ())}
        for row in graph.run(statement, rows=rows) if rows else ():
            told.setdefault(
                row["referent"], Sentence(row["text"], row["start"], row["end"], row_of(ArticleRow, row, "article_"))
            )

    def quoted(side: Side) -> Side:
        return replace(side, sentence=told.get(side.referent), articles=articles.get(side.id, 0))

    return [replace(each, one=quoted(each.one), other=quoted(each.other)) for each in found]


def _reasons(graph: Graph, label: str, together: list[str]) -> dict[str, str]:
    """Why each referent is one with others of them: a human's word, else the surest comparison."""
    reasons: dict[str, str] = {}
    for row in graph.run(JOINS.replace("LABEL", label), ids=together):
        reasons.setdefault(row["referent"], row["reason"])
    for row in graph.run(RULED):
        if row["kind"] == "same":
            why = f": {row['reason']}" if row["reason"] else ""
            said = f"{row['by']} said so on {human(row['at'][:10])}{why}"
            reasons |= {id: said for id in row["targets"] if id in together}
    return reasons


def _merged(referent: str, rows: list[Record], reason: str) -> Merged:
    return Merged(
        referent, rows[0]["name"], rows[0]["edtf"], tuple(row_of(ArticleRow, row, "article_") for row in rows), reason
    )
