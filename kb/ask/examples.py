"""Cypher to start from: questions that the graph answers, ready to paste into any Neo4j tool."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A question in words and its Cypher text, which needs no parameters."""

    name: str
    question: str
    cypher: str


EXAMPLES: tuple[Example, ...] = (
    Example(
        "Timeline",
        "What happened, in order?",
        """MATCH (e:Event)
WHERE e.expiredAt IS NULL AND e.earliest IS NOT NULL AND e.salience >= 0.3
RETURN e.edtf AS date, e.title AS event, e.type AS type, e.status AS status
ORDER BY e.earliest LIMIT 100""",
    ),
    Example(
        "Who took part",
        "Which people and organisations took part in the most events?",
        """MATCH (x:Entity)-[r:PARTICIPATED_IN]->(e:Event)
WHERE r.expiredAt IS NULL AND e.expiredAt IS NULL
RETURN x.name AS name, count(DISTINCT e) AS events, min(e.earliest) AS first, max(e.latest) AS last
ORDER BY events DESC LIMIT 25""",
    ),
    Example(
        "Event network",
        "How are the most salient events joined by those who took part?",
        """MATCH (e:Event) WHERE e.expiredAt IS NULL
WITH e ORDER BY e.salience DESC LIMIT 15
MATCH (x:Entity)-[r:PARTICIPATED_IN]->(e) WHERE r.expiredAt IS NULL
RETURN x, r, e""",
    ),
    Example(
        "Who said what",
        "Who said what, and when?",
        """MATCH (c:Claim)-[b:MADE_BY]->(s:Entity)
WHERE c.expiredAt IS NULL AND b.expiredAt IS NULL
RETURN s.name AS speaker, c.cue AS cue, c.text AS claim, c.said AS said
ORDER BY c.saidEarliest LIMIT 50""",
    ),
    Example(
        "Said long after",
        "Which claims were made more than a year after what they speak of?",
        """MATCH (c:Claim)-[a:ABOUT]->(e:Event)
WHERE c.expiredAt IS NULL AND a.expiredAt IS NULL AND e.expiredAt IS NULL
  AND toInteger(substring(c.saidEarliest, 0, 4)) > toInteger(substring(e.latest, 0, 4)) + 1
RETURN e.edtf AS happened, e.title AS event, c.said AS said, c.text AS claim
ORDER BY said LIMIT 50""",
    ),
    Example(
        "Disputed dates",
        "For which events do the reports give different dates?",
        """MATCH (e:Event)-[r:REPORTED_IN]->(:Passage)
WHERE e.expiredAt IS NULL AND r.expiredAt IS NULL AND r.edtf IS NOT NULL
WITH e, collect(DISTINCT r.edtf) AS dates WHERE size(dates) > 1
RETURN e.title AS event, dates ORDER BY event LIMIT 50""",
    ),
    Example(
        "Rival claims",
        "On which events do claims of opposite polarity stand against each other?",
        """MATCH (p:Claim {polarity: 'positive'})-[a:ABOUT]->(e:Event)
MATCH (n:Claim {polarity: 'negative'})-[b:ABOUT]->(e)
WHERE p.expiredAt IS NULL AND n.expiredAt IS NULL AND a.expiredAt IS NULL AND b.expiredAt IS NULL
RETURN e.title AS event, p.speakerText AS one, p.text AS claim, n.speakerText AS other, n.text AS counterclaim
ORDER BY event LIMIT 50""",
    ),
    Example(
        "Where a date comes from",
        "From which phrase and rule does each event's date come?",
        """MATCH (e:Event)-[d:DATED_BY]->(t:TimeExpression)
WHERE e.expiredAt IS NULL AND d.expiredAt IS NULL AND t.expiredAt IS NULL
RETURN e.title AS event, t.text AS phrase, t.anchorText AS countedFrom, t.rule AS rule, t.edtf AS date
ORDER BY e.salience DESC LIMIT 50""",
    ),
    Example(
        "The sentence behind",
        "Which sentence of which article reports an event?",
        """MATCH (e:Event)-[r:REPORTED_IN]->(p:Passage)
MATCH (p)<-[:HAS_PASSAGE]-(:Snapshot)<-[:HAS_SNAPSHOT]-(a:Article)
WHERE e.expiredAt IS NULL AND r.expiredAt IS NULL AND a.expiredAt IS NULL
RETURN e.title AS event, p.text AS sentence, a.title AS article, a.publisher AS publisher
ORDER BY e.salience DESC LIMIT 50""",
    ),
    Example(
        "Events by place",
        "Where did most happen?",
        """MATCH (e:Event)-[l:LOCATED_IN]->(p:Place)
WHERE e.expiredAt IS NULL AND l.expiredAt IS NULL AND p.expiredAt IS NULL
RETURN p.name AS place, count(e) AS events, p.lat AS latitude, p.lon AS longitude
ORDER BY events DESC LIMIT 25""",
    ),
)
