"""The Cypher of a search: what the full-text indexes hold, of it what is shown now, and where that stands.

$query and $patterns are those of `Asked`, $most how many of the best an index gives, $limit how many rows are wanted,
$earliest and $latest the days between which it happened, was said or appeared; null where no date is asked for.
"""

from __future__ import annotations

from kb.ask.rows import ARTICLE_COLUMNS
from kb.store.dialect import vectors_index_name, words_index_name


def _found(label: str, name: str, text: str) -> str:
    """The head of a statement: what the index of a label holds of it, as `name`, where `text` fits the patterns."""
    return f"""CALL db.index.fulltext.queryNodes('{words_index_name(label)}', $query, {{limit: $most}})
YIELD node, score
WITH node AS {name}, score WHERE all(pattern IN $patterns WHERE {text} =~ pattern)"""


def _then(earliest: str, latest: str) -> str:
    """Whether a span touches the one asked for."""
    return f"""($earliest IS NULL OR (({earliest} IS NOT NULL OR {latest} IS NOT NULL)
    AND coalesce({earliest}, '') <= $latest AND coalesce({latest}, '9999-12-31') >= $earliest))"""


_EVENT = "e.id AS id, e.title AS text, e.edtf AS edtf, e.status AS status, e.type AS type, e.importance AS importance"
_EVENT_THEN = _then("e.earliest", "e.latest")

# Events by their titles, the most important first.
EVENTS = f"""{_found("Event", "e", "e.title")}
WITH e WHERE e.expiredAt IS NULL AND {_EVENT_THEN}
RETURN {_EVENT} ORDER BY importance DESC, id LIMIT $limit"""

# Events by the sentences that tell of them, the most important first.
EVENTS_TOLD = f"""{_found("Passage", "p", "p.text")}
MATCH (p)<-[r:REPORTED_IN]-(e:Event) WHERE r.expiredAt IS NULL AND e.expiredAt IS NULL AND {_EVENT_THEN}
WITH DISTINCT e
RETURN {_EVENT} ORDER BY importance DESC, id LIMIT $limit"""

# What began in a span of days: what lies in it whole first, then the most important.
EVENTS_THEN = f"""MATCH (e:Event) WHERE e.earliest >= $earliest AND e.earliest <= $latest AND e.expiredAt IS NULL
RETURN {_EVENT}, CASE WHEN e.latest <= $latest THEN 0 ELSE 1 END AS beyond
ORDER BY beyond, importance DESC, id LIMIT $limit"""

# Names by all that they are called, those in most events first.
NAMES = f"""{_found("Entity", "x", "x.called")}
WITH x, score WHERE x.expiredAt IS NULL
OPTIONAL MATCH (x)-[r:PARTICIPATED_IN|LOCATED_IN]-(:Event) WHERE r.expiredAt IS NULL
WITH x, score, count(r) AS weight
RETURN x.id AS id, x.name AS text, labels(x) AS labels, coalesce(x.aliases, []) AS aliases, score, weight
ORDER BY weight DESC, score DESC, id LIMIT $limit"""

# Claims by their words and their speakers'.
CLAIMS = f"""{_found("Claim", "c", "c.text + ' ' + coalesce(c.speakerText, '')")}
MATCH (a:Article {{id: c.articleId}})
WHERE c.expiredAt IS NULL AND a.expiredAt IS NULL AND {_then("c.saidEarliest", "c.saidLatest")}
WITH c, a, score ORDER BY score DESC, c.id LIMIT $limit
OPTIONAL MATCH (c)-[by:MADE_BY]->(s:Entity) WHERE by.expiredAt IS NULL AND s.expiredAt IS NULL
WITH c, a, score, head(collect(s)) AS s
RETURN c.id AS id, c.text AS text, c.said AS edtf, c.cue AS cue, c.direct AS direct, s.id AS speaker_id,
  coalesce(s.name, c.speakerText, '') AS speaker_name, labels(s) AS speaker_labels, {ARTICLE_COLUMNS}
ORDER BY score DESC, id"""

_TOLD = """OPTIONAL MATCH (p)<-[r:REPORTED_IN]-(e:Event)
WHERE r.expiredAt IS NULL AND r.articleId = a.id AND e.expiredAt IS NULL
WITH p, a, score, collect(DISTINCT e) AS told"""
_SENTENCE = f"""RETURN p.id AS id, p.text AS text, p.start AS start, p.end AS end,
  [e IN told | {{id: e.id, name: e.title, kind: 'Event', edtf: e.edtf}}] AS events,
  score, {ARTICLE_COLUMNS}
ORDER BY score DESC, id, article_id"""

# Sentences of the texts that the articles now have; with a date those that tell of something of then.
PASSAGES = f"""{_found("Passage", "p", "p.text")}
MATCH (p)<-[:HAS_PASSAGE]-(:Snapshot)<-[h:HAS_SNAPSHOT]-(a:Article)
WHERE h.current = true AND a.expiredAt IS NULL AND ($earliest IS NULL OR EXISTS {{
  MATCH (p)<-[t:REPORTED_IN]-(e:Event)
  WHERE t.expiredAt IS NULL AND t.articleId = a.id AND e.expiredAt IS NULL AND {_EVENT_THEN} }})
WITH p, a, score ORDER BY score DESC, p.id, a.id LIMIT $limit
{_TOLD}
{_SENTENCE}"""

# Sentences of the texts that the articles now have by what they mean: those whose vectors are nearest to $vector, at
# least as near as $least. The cosine is rounded, so that what is equally near on one engine is so on the other.
MEANINGS = f"""CALL db.index.vector.queryNodes('{vectors_index_name("Meaning")}', $most, $vector) YIELD node, score
WITH node.id AS wanted, round((2 * score - 1) * 10000) / 10000.0 AS score WHERE score >= $least
MATCH (p:Passage {{id: wanted}})<-[:HAS_PASSAGE]-(:Snapshot)<-[h:HAS_SNAPSHOT]-(a:Article)
WHERE h.current = true AND a.expiredAt IS NULL
WITH p, a, score ORDER BY score DESC, p.id, a.id LIMIT $limit
{_TOLD}
{_SENTENCE}"""

# Articles by their titles, the latest published first.
ARTICLES = f"""{_found("Article", "a", "a.title")}
WITH a WHERE a.expiredAt IS NULL AND {_then("a.publishedEarliest", "a.publishedLatest")}
RETURN a.id AS id, a.title AS text, a.published AS edtf, {ARTICLE_COLUMNS}
ORDER BY coalesce(a.publishedEarliest, '') DESC, id LIMIT $limit"""
