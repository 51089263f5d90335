"""The Cypher that looks for what a human should see, for Neo4j 5 and ArcadeDB alike; each reads a label once, or by id.

Bounds of "about" dates and of chains are judged in kb.checks.dates; the statements only leave out what cannot matter. An
event whose date a human gave (`edtfBasis`) is settled.
"""

from __future__ import annotations

_SENTENCE = """p.text AS text, a.id AS article_id, coalesce(a.title, a.source) AS article_title,
  a.published AS published"""
_OF_ARTICLE = "<-[:HAS_PASSAGE]-(:Snapshot)<-[h:HAS_SNAPSHOT]-(a:Article)"
START = "/*start*/"  # stands where a statement is held to one event

# Reports that tell an event as past, with a date that sorts after the day of publication.
LATE_REPORTS = f"""MATCH (e:Event{START})-[r:REPORTED_IN]->(p:Passage)
WHERE e.expiredAt IS NULL AND r.expiredAt IS NULL AND r.past = true AND r.status = 'asserted' AND r.edtf IS NOT NULL
  AND coalesce(e.edtfBasis, 'text') <> 'decision'
MATCH (p){_OF_ARTICLE}
WHERE a.id = r.articleId AND h.current = true AND a.expiredAt IS NULL AND r.edtf > a.publishedLatest
RETURN e.id AS id, e.title AS title, r.edtf AS edtf, r.timeId AS time,
  r.start - p.start AS start, r.end - p.start AS end, {_SENTENCE}
ORDER BY article_id, id, start"""

# Claims with a date of saying that sorts after the day of publication.
LATE_CLAIMS = f"""MATCH (c:Claim)-[s:STATED_IN]->(p:Passage)
WHERE c.expiredAt IS NULL AND s.expiredAt IS NULL AND c.said IS NOT NULL
MATCH (p){_OF_ARTICLE}
WHERE a.id = c.articleId AND h.current = true AND a.expiredAt IS NULL AND c.said > a.publishedLatest
RETURN c.id AS id, c.text AS title, c.said AS edtf, c.saidTimeId AS time,
  s.start - p.start AS start, s.end - p.start AS end, {_SENTENCE}
ORDER BY article_id, id, start"""


def _orders(ids: str, first: str, second: str) -> str:
    return "\nUNION ALL\n".join(
        f"""{ids}MATCH (one:Event{first})-[r:{kind}]->(other:Event{second})
WHERE r.expiredAt IS NULL AND one.expiredAt IS NULL AND other.expiredAt IS NULL AND one.id <> other.id
RETURN '{kind.lower()}' AS kind, one.id AS one, one.title AS one_title, one.edtf AS one_edtf, other.id AS other,
  other.title AS other_title, other.edtf AS other_edtf, r.passageId AS passage, r.start AS start, r.end AS end"""
        for kind in ("BEFORE", "DURING")
    )


# Which event is before or during which, with the passage that says so.
ORDERS = _orders("", "", "")

# The same, of some events, on either side.
ORDERS_OF = "\nUNION ALL\n".join(
    _orders("UNWIND $ids AS id ", *ends) for ends in ((" {id: id}", ""), ("", " {id: id}"))
)

# The latest day on which some events can have happened, as articles tell them as past: one row an article.
PUBLISHED_AFTER = f"""UNWIND $ids AS wanted
MATCH (e:Event {{id: wanted}})-[r:REPORTED_IN]->(p:Passage)
WHERE r.expiredAt IS NULL AND r.past = true AND r.status = 'asserted' AND coalesce(e.edtfBasis, 'text') <> 'decision'
MATCH (p){_OF_ARTICLE}
WHERE a.id = r.articleId AND h.current = true AND a.expiredAt IS NULL AND a.publishedLatest IS NOT NULL
RETURN e.id AS id, r.start - p.start AS start, r.end - p.start AS end, {_SENTENCE}
ORDER BY id, article_id, start"""

# Passages by id, with their article.
PASSAGES = f"""UNWIND $ids AS wanted
MATCH (p:Passage {{id: wanted}}){_OF_ARTICLE}
WHERE a.expiredAt IS NULL
RETURN p.id AS id, p.start AS passage_start, {_SENTENCE}"""

# Expressions that are counted from other expressions, or that the reading found to be counted from themselves.
ANCHORS = """MATCH (t:TimeExpression)-[r:ANCHORED_TO]->(x:TimeExpression)
WHERE t.expiredAt IS NULL AND r.expiredAt IS NULL AND x.expiredAt IS NULL
RETURN t.id AS id, x.id AS anchor"""
CIRCULAR = "MATCH (t:TimeExpression) WHERE t.circular = true AND t.expiredAt IS NULL RETURN t.id AS id"

# Some expressions where they stand, with the events they date.
EXPRESSIONS = f"""UNWIND $ids AS wanted
MATCH (t:TimeExpression {{id: wanted}})<-[r:HAS_TIME]-(p:Passage){_OF_ARTICLE}
WHERE r.expiredAt IS NULL AND a.id = t.articleId AND h.current = true
OPTIONAL MATCH (t)<-[d:DATED_BY]-(e:Event) WHERE d.expiredAt IS NULL AND e.expiredAt IS NULL
RETURN t.id AS id, t.text AS words, t.start - p.start AS start, t.end - p.start AS end, {_SENTENCE},
  collect(DISTINCT {{id: e.id, title: e.title, edtf: e.edtf}}) AS events"""

# Events that their reports date differently.
SEVERAL_DATES = """MATCH (e:Event)-[r:REPORTED_IN]->(:Passage)
WHERE e.expiredAt IS NULL AND e.reports > 1 AND r.expiredAt IS NULL AND r.edtf IS NOT NULL
  AND coalesce(e.edtfBasis, 'text') <> 'decision'
WITH e, collect(DISTINCT r.edtf) AS dates WHERE size(dates) > 1
RETURN e.id AS id, e.title AS title, e.edtf AS edtf, e.reports AS reports, dates ORDER BY id"""

# The dated reports of some events.
REPORTS_OF = f"""UNWIND $ids AS wanted
MATCH (e:Event {{id: wanted}})-[r:REPORTED_IN]->(p:Passage) WHERE r.expiredAt IS NULL AND r.edtf IS NOT NULL
MATCH (p){_OF_ARTICLE}
WHERE a.id = r.articleId AND h.current = true AND a.expiredAt IS NULL
RETURN e.id AS id, r.edtf AS edtf, r.start - p.start AS start, r.end - p.start AS end, {_SENTENCE}
ORDER BY id, edtf, article_id, start"""

# Events told with a day or a month but without a year, and how many claims were made in each.
WITHOUT_YEAR = """MATCH (e:Event)
WHERE e.expiredAt IS NULL AND e.precision = 'unknown' AND e.earliest IS NULL
OPTIONAL MATCH (e)<-[m:MADE_IN]-(c:Claim) WHERE m.expiredAt IS NULL AND c.expiredAt IS NULL
RETURN e.id AS id, e.title AS title, e.edtf AS edtf, e.reports AS reports, count(DISTINCT c) AS claims ORDER BY id"""

# Articles whose day of publication is not known, with their expressions that have no year or date for want of it.
UNDATED_ARTICLES = """MATCH (a:Article) WHERE a.expiredAt IS NULL AND a.published IS NULL
OPTIONAL MATCH (a)-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)-[r:HAS_TIME]->(t:TimeExpression)
  WHERE h.current = true AND r.expiredAt IS NULL AND t.expiredAt IS NULL AND t.articleId = a.id
    AND t.type IN ['DATE', 'TIME'] AND t.earliest IS NULL AND t.latest IS NULL AND coalesce(t.circular, false) = false
WITH a, count(DISTINCT t) AS times
OPTIONAL MATCH (a)-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(:Passage)<-[r:REPORTED_IN]-(e:Event)
  WHERE h.current = true AND r.expiredAt IS NULL AND r.articleId = a.id AND e.expiredAt IS NULL
    AND e.earliest IS NULL AND e.latest IS NULL
RETURN a.id AS article_id, coalesce(a.title, a.source) AS article_title, times, count(DISTINCT e) AS events
ORDER BY article_id"""

ARTICLES = "MATCH (a:Article) WHERE a.expiredAt IS NULL RETURN count(a) AS articles"

# Pairs of what is shown that a comparison found alike without being sure, or that a third keeps apart.
DOUBTFUL = """MATCH (a:LABEL)-[r:RESEMBLES]->(b:LABEL) WHERE r.live = true AND r.verdict IN ['doubtful', 'same']
OPTIONAL MATCH (a)-[m:MERGED_INTO]->(x:LABEL) WHERE m.expiredAt IS NULL
OPTIONAL MATCH (b)-[n:MERGED_INTO]->(y:LABEL) WHERE n.expiredAt IS NULL
WITH r, coalesce(x, a) AS one, coalesce(y, b) AS other
WHERE one.id <> other.id AND one.expiredAt IS NULL AND other.expiredAt IS NULL
  AND coalesce(one.salience, 1) >= $salience AND coalesce(other.salience, 1) >= $salience
RETURN one.id AS one, coalesce(one.title, one.name) AS one_words, one.edtf AS one_edtf, other.id AS other,
  coalesce(other.title, other.name) AS other_words, other.edtf AS other_edtf, r.reason AS reason, r.score AS score
ORDER BY score DESC, one, other"""

# What humans said is or is not one, by what is shown now.
RULED = """MATCH (d:Decision) WHERE d.kind IN ['same', 'different', 'split'] AND d.revokedAt IS NULL AND d.field IS NULL
RETURN d.kind AS kind, d.targets AS targets, d.others AS others"""
SHOWN_AS = """UNWIND $ids AS wanted
MATCH (n:LABEL {id: wanted}) OPTIONAL MATCH (n)-[m:MERGED_INTO]->(c:LABEL) WHERE m.expiredAt IS NULL
RETURN wanted AS id, coalesce(c.id, n.id) AS shown"""

# How many statements stand at something.
FACTS_AT = """UNWIND $ids AS wanted
MATCH (n:LABEL {id: wanted})
OPTIONAL MATCH (n)-[r:REPORTED_IN|PARTICIPATED_IN|LOCATED_IN|MADE_BY|ADDRESSED_TO|MADE_IN|ABOUT]-() WHERE r.live = true
RETURN wanted AS id, count(r) AS facts"""

# A sentence for each of some events, and of each that no article dates.
SENTENCES_OF = f"""UNWIND $ids AS wanted
MATCH (e:Event {{id: wanted}})-[r:REPORTED_IN]->(p:Passage) WHERE r.expiredAt IS NULL
MATCH (p){_OF_ARTICLE}
WHERE a.id = r.articleId AND h.current = true AND a.expiredAt IS NULL
RETURN e.id AS id, r.start - p.start AS start, r.end - p.start AS end, {_SENTENCE}
ORDER BY id, article_id, start"""

# Salient events that one source alone tells, the most salient first.
SINGLE = """MATCH (e:Event)
WHERE e.salience >= $salience AND e.expiredAt IS NULL AND e.sources = 1 AND e.status = 'asserted'
RETURN e.id AS id, e.title AS title, e.edtf AS edtf, e.reports AS reports
ORDER BY e.salience DESC, reports DESC, id LIMIT $most"""

# Salient events without any date, the most salient first.
UNDATED = """MATCH (e:Event)
WHERE e.salience >= $salience AND e.expiredAt IS NULL AND e.edtf IS NULL AND e.status = 'asserted'
OPTIONAL MATCH (e)<-[m:MADE_IN|ANCHORED_TO]-(x) WHERE m.live = true
WITH e, count(DISTINCT x) AS hang
RETURN e.id AS id, e.title AS title, e.edtf AS edtf, e.reports AS reports, hang
ORDER BY e.salience DESC, hang DESC, id LIMIT $most"""

# Who took part in which salient dated events.
STORIES = """MATCH (e:Event)
WHERE e.salience >= $salience AND e.expiredAt IS NULL AND e.status = 'asserted' AND e.earliest IS NOT NULL
  AND e.latest IS NOT NULL
MATCH (e)<-[r:PARTICIPATED_IN]-(n:Entity) WHERE r.live = true AND n.described = false
RETURN DISTINCT n.id AS entity, n.name AS name, e.id AS id, e.title AS title, e.edtf AS edtf, e.earliest AS earliest,
  e.latest AS latest, e.reports AS reports ORDER BY entity, earliest, latest, id"""
