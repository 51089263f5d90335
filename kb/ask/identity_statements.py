"""The Cypher that asks what may be one, what was merged and what was decided; rules as in `kb.ask.statements`.

LABEL stands for Event or Entity.
"""

from __future__ import annotations

_ARTICLE_COLUMNS = """a.id AS article_id, a.title AS article_title, a.publisher AS publisher, a.url AS url,
  a.published AS published, a.publishedBasis AS published_basis, a.source AS source"""

# Pairs of which the comparisons cannot tell whether they are one, with what stands for each now: also two that would be
# one, were it not for a third.
DOUBTFUL = """MATCH (a:LABEL)-[r:RESEMBLES]->(b:LABEL) WHERE r.live = true AND r.verdict IN ['doubtful', 'same']
OPTIONAL MATCH (a)-[m:MERGED_INTO]->(x:LABEL) WHERE m.expiredAt IS NULL
OPTIONAL MATCH (b)-[n:MERGED_INTO]->(y:LABEL) WHERE n.expiredAt IS NULL
WITH a, b, r, coalesce(x, a) AS one, coalesce(y, b) AS other
WHERE one.id <> other.id AND one.expiredAt IS NULL AND other.expiredAt IS NULL
RETURN one.id AS one, other.id AS other, a.id AS one_referent, b.id AS other_referent, r.score AS score,
  r.reason AS reason"""

# How many sentences tell of events.
EVENT_FACTS = """UNWIND $ids AS wanted
MATCH (n:Event {id: wanted})-[r:REPORTED_IN]->(:Passage) WHERE r.live = true
RETURN n.id AS id, n.title AS name, labels(n) AS labels, n.edtf AS edtf, count(r) AS facts,
  count(DISTINCT r.articleId) AS articles"""

# How many sentences name entities.
ENTITY_FACTS = """UNWIND $ids AS wanted
MATCH (n:Entity {id: wanted})<-[r:MENTIONS]-(:Passage) WHERE r.live = true
RETURN n.id AS id, n.name AS name, labels(n) AS labels, null AS edtf, count(r) AS facts,
  count(DISTINCT r.articleId) AS articles"""

_SENTENCE = f"""MATCH (p)<-[:HAS_PASSAGE]-(:Snapshot)<-[:HAS_SNAPSHOT]-(a:Article)
WHERE a.id = r.articleId AND a.expiredAt IS NULL
RETURN row.referent AS referent, p.text AS text, r.start - p.start AS start, r.end - p.start AS end,
  {_ARTICLE_COLUMNS}
ORDER BY rank, size(p.text), article_id, start"""

# The sentences that tell of one referent of an event, the best told first.
EVENT_SENTENCES = f"""UNWIND $rows AS row
MATCH (n:Event {{id: row.id}})-[r:REPORTED_IN]->(p:Passage) WHERE r.live = true AND r.startReferent = row.referent
WITH row, r, p, 0.0 - r.salience AS rank
{_SENTENCE}"""

# Some sentences that name one referent of an entity, those with its name first.
ENTITY_SENTENCES = f"""UNWIND $rows AS row
MATCH (n:Entity {{id: row.id}})<-[r:MENTIONS]-(p:Passage) WHERE r.live = true AND r.endReferent = row.referent
WITH row, r, p, CASE WHEN r.form = 'name' THEN 0.0 ELSE 1.0 END AS rank
{_SENTENCE}"""

# What humans said that is one and is not.
RULED = """MATCH (d:Decision) WHERE d.kind IN ['same', 'different', 'split'] AND d.revokedAt IS NULL
RETURN d.kind AS kind, d.by AS by, d.at AS at, d.reason AS reason, d.targets AS targets, d.others AS others
ORDER BY at, d.id"""

# How articles tell of some referents of an event.
TELLINGS = f"""UNWIND $ids AS wanted
MATCH (n:Event {{id: wanted}})<-[t:TELLS]-(a:Article) WHERE t.live = true AND a.expiredAt IS NULL
RETURN wanted AS referent, t.title AS name, t.edtf AS edtf, t.salience AS rank, {_ARTICLE_COLUMNS}
ORDER BY referent, rank DESC, a.publishedEarliest, article_id"""

# How articles name some referents of an entity.
NAMINGS = f"""UNWIND $ids AS wanted
MATCH (n:Entity {{id: wanted}})<-[t:NAMES]-(a:Article) WHERE t.live = true AND a.expiredAt IS NULL
RETURN wanted AS referent, t.name AS name, null AS edtf, size(t.name) AS rank, {_ARTICLE_COLUMNS}
ORDER BY referent, rank DESC, a.publishedEarliest, article_id"""

# Why referents are taken for one.
JOINS = """UNWIND $ids AS wanted
MATCH (n:LABEL {id: wanted})-[r:RESEMBLES]-(m:LABEL)
WHERE r.live = true AND r.verdict = 'same' AND m.id IN $ids
RETURN wanted AS referent, r.score AS score, r.reason AS reason ORDER BY referent, score DESC, reason"""

# A person, an organisation or a place with what carries it.
ENTITY = """MATCH (x:Entity {id: $id}) WHERE x.expiredAt IS NULL
OPTIONAL MATCH (x)<-[m:MENTIONS]-(:Passage) WHERE m.expiredAt IS NULL
WITH x, count(m) AS mentions, count(DISTINCT m.articleId) AS articles
OPTIONAL MATCH (x)-[r:PARTICIPATED_IN|LOCATED_IN]-(e:Event) WHERE r.expiredAt IS NULL AND e.expiredAt IS NULL
WITH x, mentions, articles, count(DISTINCT e) AS events
OPTIONAL MATCH (x)<-[b:MADE_BY]-(c:Claim) WHERE b.expiredAt IS NULL AND c.expiredAt IS NULL
RETURN x.id AS id, x.name AS name, labels(x) AS labels, x.subtype AS subtype, x.country AS country,
  x.aliases AS aliases, mentions, articles, events, count(DISTINCT c) AS claims"""

# What to call what was judged, whether it is shown or not.
NAMES_OF = "\nUNION ALL\n".join(
    f"UNWIND $ids AS wanted MATCH (n:{label} {{id: wanted}}) RETURN n.id AS id, {name} AS name, "
    f"labels(n) AS labels, {edtf} AS edtf"
    for label, name, edtf in (
        ("Event", "n.title", "n.edtf"), ("Entity", "n.name", "null"), ("Claim", "n.text", "n.said"),
        ("Article", "coalesce(n.title, n.source)", "n.published"),
    )
)  # fmt: skip
