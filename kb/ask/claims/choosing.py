"""Which claims are meant, and from where a statement that looks for them sets out.

A claim has four clocks: when the event it is about happened, when it was said, when its article was published, and when
it was recorded in the graph. A filter may bound each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kb.ask.kept.counts import Counts, touching
from kb.ask.kept.present import Now
from kb.ask.timeline import FIRST, needle
from kb.ask.typed import asked
from kb.counted import ARTICLE_SLOTS, CLAIM_SLOTS, LAST
from kb.errors import BadInput, QueryError
from kb.store.dialect import words_index_name

_NOBODYS = ""  # an id: for no id at all the local server would look for an index in vain
_HELD = 1000  # claims that the index holds of words; where it holds more, claims are looked through by their days

CLOCKS = ("happened", "said", "published", "recorded")
Answered = Literal["disputed", "denials", "repeated", "supported"]
Order = Literal["happened", "said", "published", "recorded"]

_PUBLISHED_IN = "MATCH (c)-[r:STATED_IN]->(:Passage)<-[:HAS_PASSAGE]-(:Snapshot)<-[:HAS_SNAPSHOT]-(a:Article)"
_TOLD = f"{_PUBLISHED_IN}\n    WHERE a.id = c.articleId AND r.expiredAt IS NULL"

# What a filter may ask for, by the parameter that says so; a statement holds only what is asked, as Neo4j writes a
# choice between many questions out into all of their combinations.
_CONDITIONS = {
    "direct": "c.direct = $direct",
    "minConfidence": "c.confidence >= $minConfidence",
    "said": """(c.saidEarliest IS NOT NULL OR c.saidLatest IS NOT NULL)
    AND coalesce(c.saidEarliest, '') <= $saidTo AND coalesce(c.saidLatest, '9999-12-31') >= $saidFrom""",
    "happened": """EXISTS { MATCH (c)-[r:ABOUT]->(y:Event)
    WHERE r.expiredAt IS NULL AND y.expiredAt IS NULL AND (y.earliest IS NOT NULL OR y.latest IS NOT NULL)
    AND coalesce(y.earliest, '') <= $happenedTo AND coalesce(y.latest, '9999-12-31') >= $happenedFrom }""",
    "published": f"""EXISTS {{ {_TOLD}
    AND a.publishedEarliest <= $publishedTo AND a.publishedLatest >= $publishedFrom }}""",
    "recorded": "c.createdAt >= $recordedFrom AND c.createdAt <= $recordedTo",
    "publicBy": f"(c.saidLatest <= $publicBy OR EXISTS {{ {_TOLD} AND a.publishedLatest <= $publicBy }})",
    "text": "(toLower(c.text) CONTAINS $text OR toLower(c.speakerText) CONTAINS $text)",
    "speakers": "EXISTS { MATCH (c)-[r:MADE_BY]->(y:Entity) WHERE y.id IN $speakers AND r.expiredAt IS NULL }",
    "about": "EXISTS { MATCH (c)-[r:ABOUT]->(y:Entity) WHERE y.id = $about AND r.expiredAt IS NULL }",
    "event": "EXISTS { MATCH (c)-[r:ABOUT]->(y:Event) WHERE y.id = $event AND r.expiredAt IS NULL }",
    "madeIn": "EXISTS { MATCH (c)-[r:MADE_IN]->(y:Event) WHERE y.id = $madeIn AND r.expiredAt IS NULL }",
}
_ANSWERED = {
    "denials": "c.force = 'denied'",
    "disputed": "(c.force = 'denied' OR EXISTS { MATCH (c)-[r:CONTRADICTS]-(:Claim) WHERE r.expiredAt IS NULL })",
    "repeated": "EXISTS { MATCH (c)-[r:REPEATS]-(:Claim) WHERE r.expiredAt IS NULL }",
    "supported": "EXISTS { MATCH (c)-[r:SUPPORTS]-(:Claim) WHERE r.expiredAt IS NULL }",
}


def passing(asked: Mapping[str, Any]) -> str:
    """What follows the beginning of a statement: all that a filter asks for. Arguments: its parameters."""
    wanted = [text for name, text in _CONDITIONS.items() if asked[name] or (name == "direct" and asked[name] is False)]
    answered = [_ANSWERED[asked["answered"]]] if asked["answered"] else []
    return "WHERE " + "\n  AND ".join(["c.expiredAt IS NULL", *wanted, *answered]) + "\nWITH DISTINCT c\n"


# Each binds c; what else a filter asks for follows. The index is named as in kb.ask.kept.choosing.
_RELATED = {
    name: f"UNWIND $by AS wanted\nMATCH (:{label} {{id: wanted}})<-[by:{kind}]-(c:Claim) WHERE by.expiredAt IS NULL\n"
    "WITH DISTINCT c\n"
    for name, label, kind in (("madeIn", "Event", "MADE_IN"), ("event", "Event", "ABOUT"),
                              ("about", "Entity", "ABOUT"), ("speakers", "Entity", "MADE_BY"))
}  # fmt: skip
_ON_EVENTS = """UNWIND $keys AS key
MATCH (y:Event {slot: key}) USING INDEX y:Event(slot)
MATCH (y)<-[by:ABOUT]-(c:Claim) WHERE by.expiredAt IS NULL
WITH DISTINCT c
"""
_IN_ARTICLES = """UNWIND $keys AS key
MATCH (y:Article {slot: key}) USING INDEX y:Article(slot)
MATCH (y)-[:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(:Passage)<-[by:STATED_IN]-(c:Claim) WHERE by.expiredAt IS NULL
WITH DISTINCT c
"""
ON_SLOTS: Mapping[str, str] = {"happened": _ON_EVENTS, "published": _IN_ARTICLES}
"""By clock, how to set out from the slots in which what tells the time of a claim lies: its event, its article."""

# What the index holds of words, and of what begins so; which of it has the very words is asked after.
WITH_WORDS = f"""CALL db.index.fulltext.queryNodes('{words_index_name("Claim")}', $query, {{limit: $most}}) YIELD node
RETURN DISTINCT node.id AS id"""
BY_ID = "UNWIND $keys AS key\nMATCH (c:Claim {id: key})\n"
IN_SLOTS = "UNWIND $keys AS key\nMATCH (c:Claim {slot: key}) USING INDEX c:Claim(slot)\n"
ALL_CLAIMS = "MATCH (c:Claim)\n"


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are meant; what is not given bounds nothing.

    speaker: id of who made it, or ids of several; about: of an entity, event: of an event that it speaks of; made_in:
    of the interview, post or speech it was said in; text: words in the claim or of its speaker, any case; direct:
    quotations only (True) or none (False); min_confidence: 0-1; answered: "disputed", what contradicts a claim, is
    contradicted or denies something; "denials", what denies; "repeated", "supported", what is so or does so;
    public_by: an ISO day by which it was public for sure, said or printed by then. The others are ISO days: a period
    within which the event happened, it may have been said, its article may have been published, it was recorded.
    """

    speaker: str | Sequence[str] | None = None
    about: str | None = None
    event: str | None = None
    made_in: str | None = None
    text: str | None = None
    direct: bool | None = None
    min_confidence: float = 0.0
    answered: Answered | None = None
    public_by: str | None = None
    happened_from: str | None = None
    happened_to: str | None = None
    said_from: str | None = None
    said_to: str | None = None
    published_from: str | None = None
    published_to: str | None = None
    recorded_from: str | None = None
    recorded_to: str | None = None

    def parameters(self) -> dict[str, Any]:
        """The filter as Cypher parameters."""
        speakers = [self.speaker] if isinstance(self.speaker, str) else list(self.speaker or ())
        found: dict[str, Any] = {
            "speakers": [id for id in speakers if id] or None, "about": self.about or None, "event": self.event or None,
            "madeIn": self.made_in or None, "text": needle(self.text), "direct": self.direct,
            "minConfidence": self.min_confidence, "answered": self.answered or None, "publicBy": self.public_by or None,
        }  # fmt: skip
        for clock in CLOCKS:
            first, last = getattr(self, f"{clock}_from"), getattr(self, f"{clock}_to")
            found |= {clock: bool(first or last), f"{clock}From": first or FIRST, f"{clock}To": last or LAST}
        if self.recorded_to:
            found["recordedTo"] = f"{self.recorded_to}T99"  # moments of the last day sort before this
        return found

    @property
    def open(self) -> bool:
        """Whether it lets all claims pass."""
        return self == ClaimFilter()


@dataclass(frozen=True, slots=True)
class Way:
    """How to set out: the beginning of a statement and its parameters."""

    begin: str
    parameters: Mapping[str, Any]


def narrow(graph: Now, wanted: Mapping[str, Any], counts: Counts) -> Way | None:
    """The way for a filter that names who, what about, when it happened or was published, or rare words; else None.

    Raises: StoreError.
    """
    for name, begin in _RELATED.items():
        if wanted[name]:
            by = wanted[name] if isinstance(wanted[name], list) else [wanted[name]]
            return Way(begin, {**wanted, name: None, "by": by})
    for clock in ON_SLOTS:
        if wanted[clock]:
            touched = touching(slots_on(clock, counts), wanted[f"{clock}From"], wanted[f"{clock}To"])
            return Way(ON_SLOTS[clock], {**wanted, "keys": [*touched.within, *touched.partly]})
    found = _with_words(graph, wanted["text"]) if wanted["text"] else None
    return None if found is None else Way(BY_ID, {**wanted, "keys": found or [_NOBODYS]})


def _with_words(graph: Now, text: str) -> list[str] | None:
    """Ids of the claims that may have the words; None where very many do, or the index cannot tell."""
    try:
        words = asked(f"{text}*")
        rows = graph.run(WITH_WORDS, query=words.query, most=_HELD) if words else None
    except (BadInput, QueryError):
        return None
    return None if rows is None or len(rows) >= _HELD else [row["id"] for row in rows]


def slots_on(clock: str, counts: Counts) -> dict[str, int]:
    """How many events lie in each slot, or how many articles, by which clock of ON_SLOTS it is."""
    if clock == "published":
        return dict(counts.of(ARTICLE_SLOTS))
    return {slot: sum(cell.events for cell in cells) for slot, cells in counts.cells.items()}


def slots_of(wanted: Mapping[str, Any], counts: Counts) -> dict[str, int]:
    """How many claims lie in each slot that the days of saying leave, the undated only where none are asked for."""
    numbers = counts.of(CLAIM_SLOTS)
    if not wanted["said"]:
        return dict(numbers)
    touched = touching(numbers, wanted["saidFrom"], wanted["saidTo"])
    return {slot: numbers[slot] for slot in (*touched.within, *touched.partly)}
