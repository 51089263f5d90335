"""The Cypher the screens ask, one constant a question, for Neo4j 5 and ArcadeDB alike.

Each can be pasted into any Neo4j tool. Bounds are ISO days; "" means no lower, "9999-12-31" no upper bound, null
no filter. What was withdrawn (`expiredAt`) is never shown.
"""

from __future__ import annotations

_ARTICLE_COLUMNS = """a.id AS article_id, a.title AS article_title, a.publisher AS publisher, a.url AS url,
  a.published AS published, a.publishedBasis AS published_basis, a.source AS source"""

# How many articles, events, claims and entities there are.
OVERVIEW = """CALL { MATCH (n:Article) WHERE n.expiredAt IS NULL RETURN count(n) AS articles }
CALL { MATCH (n:Event) WHERE n.expiredAt IS NULL RETURN count(n) AS events }
CALL { MATCH (n:Claim) WHERE n.expiredAt IS NULL RETURN count(n) AS claims }
CALL { MATCH (n:Person) WHERE n.expiredAt IS NULL RETURN count(n) AS people }
CALL { MATCH (n:Organization) WHERE n.expiredAt IS NULL RETURN count(n) AS organizations }
CALL { MATCH (n:Place) WHERE n.expiredAt IS NULL RETURN count(n) AS places }
CALL { MATCH (n:Event) WHERE n.expiredAt IS NULL RETURN min(n.earliest) AS first, max(n.latest) AS last }
RETURN articles, events, claims, people, organizations, places, first, last"""

_EVENT_FILTER = """e.expiredAt IS NULL
  AND ($types IS NULL OR e.type IN $types)
  AND ($statuses IS NULL OR e.status IN $statuses)
  AND e.salience >= $minSalience AND e.confidence >= $minConfidence
  AND ($entity IS NULL OR EXISTS {
    MATCH (e)-[r:PARTICIPATED_IN|LOCATED_IN]-(x:Entity) WHERE x.id = $entity AND r.expiredAt IS NULL })
  AND ($place IS NULL OR EXISTS {
    MATCH (e)-[r:LOCATED_IN]->(x:Place) WHERE x.id = $place AND r.expiredAt IS NULL })
  AND ($text IS NULL OR toLower(e.title) CONTAINS $text OR EXISTS {
    MATCH (e)-[r:REPORTED_IN]->(p:Passage) WHERE toLower(p.text) CONTAINS $text AND r.expiredAt IS NULL })"""

_DATED = """(e.earliest IS NOT NULL OR e.latest IS NOT NULL)
  AND coalesce(e.earliest, '') <= $latest AND coalesce(e.latest, '9999-12-31') >= $earliest"""

_EVENT_ROW = """OPTIONAL MATCH (e)-[l:LOCATED_IN]->(place:Place) WHERE l.expiredAt IS NULL AND place.expiredAt IS NULL
WITH e, min(place.name) AS place
OPTIONAL MATCH (person:Person)-[p:PARTICIPATED_IN]->(e) WHERE p.expiredAt IS NULL AND person.expiredAt IS NULL
WITH e, place, collect(DISTINCT person.name) AS people
OPTIONAL MATCH (group:Organization)-[o:PARTICIPATED_IN]->(e) WHERE o.expiredAt IS NULL AND group.expiredAt IS NULL
WITH e, place, people, collect(DISTINCT group.name) AS organizations
RETURN e.id AS id, e.title AS title, e.type AS type, e.edtf AS edtf, e.earliest AS earliest, e.latest AS latest,
  e.precision AS precision, e.status AS status, e.salience AS salience, e.confidence AS confidence,
  place, people, organizations, e.reports AS reports, e.sources AS sources,
  e.edtfRule AS edtfRule, e.boundsRule AS boundsRule"""

_MOST_SALIENT = """WITH e ORDER BY e.salience DESC, e.earliest, e.id LIMIT $limit
"""

# Dated events that touch a span of days, most salient first.
TIMELINE = f"""MATCH (e:Event)
WHERE {_DATED}
  AND {_EVENT_FILTER}
{_MOST_SALIENT}{_EVENT_ROW}
ORDER BY salience DESC, earliest, id"""

# Events whose year or date no text gives, most salient first.
UNDATED = f"""MATCH (e:Event)
WHERE e.earliest IS NULL AND e.latest IS NULL
  AND {_EVENT_FILTER}
{_MOST_SALIENT}{_EVENT_ROW}
ORDER BY salience DESC, id"""

# How many events each month holds; one known only to the season, year or decade is left out, as it would feign a month.
DENSITY = f"""MATCH (e:Event)
WHERE {_DATED}
  AND e.precision IN ['day', 'month', 'interval', 'open'] AND e.earliest IS NOT NULL AND substring(e.edtf, 4, 1) = '-'
  AND {_EVENT_FILTER}
RETURN substring(e.earliest, 0, 7) AS month, count(e) AS events
ORDER BY month"""

# How many dated events pass a filter, so that a cut-off list can say so.
COUNT_TIMELINE = f"""MATCH (e:Event)
WHERE {_DATED}
  AND {_EVENT_FILTER}
RETURN count(e) AS events"""

# One event in a line.
EVENT = f"""MATCH (e:Event {{id: $id}}) WHERE e.expiredAt IS NULL
{_EVENT_ROW}"""

# The event that an id stands for.
CANONICAL_EVENT = """MATCH (n:Event {id: $id})
OPTIONAL MATCH (n)-[m:MERGED_INTO]->(c:Event) WHERE m.expiredAt IS NULL
RETURN coalesce(c.id, n.id) AS id"""

# Who took part in an event, and as what.
EVENT_PARTICIPANTS = """MATCH (x:Entity)-[r:PARTICIPATED_IN]->(e:Event {id: $id})
WHERE r.expiredAt IS NULL AND x.expiredAt IS NULL
RETURN x.id AS id, x.name AS name, labels(x) AS labels, r.role AS role, count(DISTINCT r.articleId) AS articles
ORDER BY role, articles DESC, name, id"""

# Where an event took place, and the event it is part of.
EVENT_SETTING = """MATCH (e:Event {id: $id})-[r:LOCATED_IN|PART_OF]->(x)
WHERE r.expiredAt IS NULL AND x.expiredAt IS NULL AND x.id <> $id
RETURN DISTINCT type(r) AS relation, x.id AS id, coalesce(x.name, x.title) AS name, labels(x) AS labels, x.edtf AS edtf
ORDER BY name"""

# The sentences that report an event, with the article of each.
EVENT_REPORTS = f"""MATCH (e:Event {{id: $id}})-[r:REPORTED_IN]->(p:Passage)
MATCH (p)<-[:HAS_PASSAGE]-(:Snapshot)<-[:HAS_SNAPSHOT]-(a:Article)
WHERE r.expiredAt IS NULL AND a.expiredAt IS NULL AND a.id = r.articleId
RETURN p.id AS passage_id, p.text AS text, r.start - p.start AS start, r.end - p.start AS end, r.trigger AS trigger,
  r.edtf AS edtf, r.status AS status, r.confidence AS confidence, {_ARTICLE_COLUMNS}
ORDER BY a.publishedEarliest, article_id, start"""

# What has a date, by its id.
WHY_NODE = """MATCH (n:TimeExpression {id: $id}) WHERE n.expiredAt IS NULL RETURN n.id AS id, labels(n) AS labels
UNION MATCH (n:Event {id: $id}) WHERE n.expiredAt IS NULL RETURN n.id AS id, labels(n) AS labels
UNION MATCH (n:Claim {id: $id}) WHERE n.expiredAt IS NULL RETURN n.id AS id, labels(n) AS labels
UNION MATCH (n:Article {id: $id}) WHERE n.expiredAt IS NULL RETURN n.id AS id, labels(n) AS labels"""

# A time expression, where it stands, and what it is counted from, a row for each anchor.
WHY_TIME = """MATCH (t:TimeExpression {id: $id})<-[h:HAS_TIME]-(p:Passage)<-[:HAS_PASSAGE]-(:Snapshot)
  <-[:HAS_SNAPSHOT]-(a:Article)
WHERE h.expiredAt IS NULL AND a.id = t.articleId
OPTIONAL MATCH (t)-[r:ANCHORED_TO]->(x) WHERE r.expiredAt IS NULL AND x.expiredAt IS NULL
RETURN DISTINCT t.text AS text, t.rule AS rule, t.edtf AS edtf, t.candidates AS candidates, p.text AS sentence,
  a.id AS article, coalesce(a.title, a.source) AS source, labels(x) AS anchor_labels,
  coalesce(t.anchorText, x.title, x.text) AS anchor_text, coalesce(t.anchorEdtf, x.edtf, x.published) AS anchor_edtf,
  CASE WHEN 'TimeExpression' IN labels(x) THEN x.id ELSE null END AS anchor_time,
  CASE WHEN 'Event' IN labels(x) THEN x.id ELSE null END AS anchor_event"""

# The sentences that report an event, with the expression that dates each.
WHY_REPORTS = """MATCH (e:Event {id: $id})-[r:REPORTED_IN]->(p:Passage)<-[:HAS_PASSAGE]-(:Snapshot)
  <-[:HAS_SNAPSHOT]-(a:Article)
WHERE r.expiredAt IS NULL AND a.id = r.articleId
RETURN r.timeId AS time, r.edtf AS edtf, p.text AS sentence, coalesce(a.title, a.source) AS source,
  a.published AS published
ORDER BY a.publishedEarliest, a.id, r.start"""

# Why an event shows the date it shows, where its reports give several.
WHY_CHOICE = "MATCH (e:Event {id: $id}) RETURN e.edtfRule AS rule, e.edtf AS edtf"

# A claim, when it was said and in what event.
WHY_CLAIM = """MATCH (c:Claim {id: $id})-[s:STATED_IN]->(p:Passage)<-[:HAS_PASSAGE]-(:Snapshot)
  <-[:HAS_SNAPSHOT]-(a:Article)
WHERE s.expiredAt IS NULL AND a.id = c.articleId
OPTIONAL MATCH (c)-[m:MADE_IN]->(e:Event) WHERE m.expiredAt IS NULL AND e.expiredAt IS NULL
RETURN c.said AS said, c.saidTimeId AS time, e.id AS event, e.title AS event_title, e.edtf AS event_edtf,
  p.text AS sentence, coalesce(a.title, a.source) AS source, a.published AS published LIMIT 1"""

# When an article was published, by its source and by whoever corrected it.
WHY_ARTICLE = """MATCH (a:Article {id: $id})
RETURN a.published AS published, a.publishedBasis AS basis, a.statedPublished AS stated,
  a.statedBasis AS stated_basis"""

_CLAIM_ROW = f"""MATCH (c)-[st:STATED_IN]->(p:Passage)<-[:HAS_PASSAGE]-(:Snapshot)<-[:HAS_SNAPSHOT]-(a:Article)
WHERE st.expiredAt IS NULL AND a.expiredAt IS NULL AND a.id = c.articleId
WITH c, p, a, st ORDER BY st.start
WITH c, a, collect(DISTINCT p.text) AS sentences
OPTIONAL MATCH (c)-[by:MADE_BY]->(s:Entity) WHERE by.expiredAt IS NULL AND s.expiredAt IS NULL
WITH c, a, sentences, head(collect(s)) AS s
OPTIONAL MATCH (c)-[to:ADDRESSED_TO]->(t:Entity) WHERE to.expiredAt IS NULL AND t.expiredAt IS NULL
WITH c, a, sentences, s, head(collect(t)) AS t
OPTIONAL MATCH (c)-[mi:MADE_IN]->(m:Event) WHERE mi.expiredAt IS NULL AND m.expiredAt IS NULL
WITH c, a, sentences, s, t, head(collect(m)) AS m
OPTIONAL MATCH (c)-[ab:ABOUT]->(x) WHERE ab.expiredAt IS NULL AND x.expiredAt IS NULL
WITH c, a, sentences, s, t, m, collect(DISTINCT x) AS about
RETURN c.id AS id, c.text AS text, c.direct AS direct, c.cue AS cue, c.said AS said, c.saidEarliest AS said_earliest,
  c.saidLatest AS said_latest, c.polarity AS polarity, c.modality AS modality,
  c.confidence AS confidence, c.speakerText AS speaker_text, sentences,
  c.force AS force, c.medium AS medium, c.addresseeText AS addressee_text,
  s.id AS speaker_id, s.name AS speaker_name, labels(s) AS speaker_labels,
  t.id AS addressee_id, t.name AS addressee_name, labels(t) AS addressee_labels,
  m.id AS made_in_id, m.title AS made_in_title, m.edtf AS made_in_edtf,
  [x IN about | {{id: x.id, name: coalesce(x.name, x.title), labels: labels(x), edtf: x.edtf}}] AS about,
  {_ARTICLE_COLUMNS}
ORDER BY said_earliest, id"""

# Who said what about what; filters by speaker, subject, words, manner and the days on which it may have been said.
CLAIMS = f"""MATCH (c:Claim)
WHERE c.expiredAt IS NULL
  AND ($direct IS NULL OR c.direct = $direct)
  AND c.confidence >= $minConfidence
  AND ($dated = false OR ((c.saidEarliest IS NOT NULL OR c.saidLatest IS NOT NULL)
    AND coalesce(c.saidEarliest, '') <= $saidTo AND coalesce(c.saidLatest, '9999-12-31') >= $saidFrom))
  AND ($publicBy IS NULL OR c.saidLatest <= $publicBy OR EXISTS {{
    MATCH (c)-[r:STATED_IN]->(:Passage)<-[:HAS_PASSAGE]-(:Snapshot)<-[:HAS_SNAPSHOT]-(a:Article)
    WHERE a.id = c.articleId AND a.publishedLatest <= $publicBy AND r.expiredAt IS NULL }})
  AND ($text IS NULL OR toLower(c.text) CONTAINS $text OR toLower(c.speakerText) CONTAINS $text)
  AND ($speaker IS NULL OR EXISTS {{ MATCH (c)-[r:MADE_BY]->(y:Entity) WHERE y.id = $speaker AND r.expiredAt IS NULL }})
  AND ($about IS NULL OR EXISTS {{ MATCH (c)-[r:ABOUT]->(y:Entity) WHERE y.id = $about AND r.expiredAt IS NULL }})
  AND ($event IS NULL OR EXISTS {{ MATCH (c)-[r:ABOUT]->(y:Event) WHERE y.id = $event AND r.expiredAt IS NULL }})
  AND ($madeIn IS NULL OR EXISTS {{ MATCH (c)-[r:MADE_IN]->(y:Event) WHERE y.id = $madeIn AND r.expiredAt IS NULL }})
WITH c ORDER BY coalesce(c.saidEarliest, '') DESC, c.id LIMIT $limit
{_CLAIM_ROW}"""

# From which day to which claims became public: said or printed.
CLAIM_DAYS = """CALL { MATCH (c:Claim) WHERE c.expiredAt IS NULL RETURN min(c.saidLatest) AS said }
CALL { MATCH (a:Article) WHERE a.expiredAt IS NULL
  RETURN min(a.publishedLatest) AS printed, max(a.publishedLatest) AS last }
RETURN said, printed, last"""

# One claim in a line.
CLAIM = f"""MATCH (c:Claim {{id: $id}}) WHERE c.expiredAt IS NULL
{_CLAIM_ROW}"""

# Some claims, each in a line.
CLAIMS_BY_ID = f"""UNWIND $ids AS wanted
MATCH (c:Claim {{id: wanted}}) WHERE c.expiredAt IS NULL
WITH DISTINCT c
{_CLAIM_ROW}"""

# What some claims repeat, contradict or support, and what repeats, contradicts or supports them.
LINKS_OF_CLAIMS = """UNWIND $ids AS wanted
MATCH (:Claim {id: wanted})-[r:REPEATS|CONTRADICTS|SUPPORTS]-(:Claim) WHERE r.expiredAt IS NULL
WITH DISTINCT r, startNode(r) AS a, endNode(r) AS b
WHERE a.expiredAt IS NULL AND b.expiredAt IS NULL
RETURN type(r) AS kind, a.id AS start, b.id AS end, r.score AS score, r.method AS method, r.reason AS reason
ORDER BY kind, score DESC, start, end"""

# What claims about some events say of them: the statuses that their own sentences give the event, and the one shown.
STANCES = """UNWIND $events AS wanted
MATCH (e:Event {id: wanted})<-[ab:ABOUT]-(c:Claim)
WHERE ab.expiredAt IS NULL AND c.expiredAt IS NULL
OPTIONAL MATCH (c)-[st:STATED_IN]->(p:Passage)<-[r:REPORTED_IN]-(e)
WHERE st.expiredAt IS NULL AND r.expiredAt IS NULL AND r.articleId = c.articleId AND r.start >= st.start
  AND r.start < st.end
RETURN wanted AS event, e.status AS shown, c.id AS id, c.force AS force, c.polarity AS polarity,
  c.modality AS modality, collect(r.status) AS statuses
ORDER BY event, id"""

_NETWORK_ROW = """MATCH (e)-[r:PARTICIPATED_IN|LOCATED_IN]-(x:Entity) WHERE r.expiredAt IS NULL AND x.expiredAt IS NULL
RETURN e.id AS event_id, e.title AS event_title, e.edtf AS edtf, e.salience AS salience, type(r) AS relation,
  r.role AS role, x.id AS id, x.name AS name, labels(x) AS labels, x.subtype AS subtype, x.described AS described"""

# The network of the most salient events: who took part, where.
NETWORK = f"""MATCH (e:Event)
WHERE {_DATED}
  AND {_EVENT_FILTER}
{_MOST_SALIENT}{_NETWORK_ROW}
ORDER BY salience DESC, event_id, id"""

_NEAR_EVENT = """MATCH (centre:Event {id: $event})-[c:PARTICIPATED_IN|LOCATED_IN]-(near:Entity)
WHERE c.expiredAt IS NULL AND near.expiredAt IS NULL
MATCH (near)-[d:PARTICIPATED_IN|LOCATED_IN]-(e:Event) WHERE d.expiredAt IS NULL AND e.expiredAt IS NULL"""

# One event, who took part and where, and what else those took part in.
NETWORK_OF_EVENT = f"""{_NEAR_EVENT}
WITH e, count(DISTINCT near) AS shared, CASE WHEN e.id = $event THEN 0 ELSE 1 END AS apart
ORDER BY apart, shared DESC, e.salience DESC, e.id LIMIT $limit
{_NETWORK_ROW}
ORDER BY apart, shared DESC, salience DESC, event_id, id"""

# How many events NETWORK_OF_EVENT would give without its limit.
COUNT_NEAR_EVENT = f"{_NEAR_EVENT}\nRETURN count(DISTINCT e) AS events"

_CLAIM_ENDS = """WITH DISTINCT c
MATCH (c)-[r:MADE_BY|ABOUT|MADE_IN]->(x) WHERE r.expiredAt IS NULL AND x.expiredAt IS NULL
RETURN c.id AS claim_id, c.text AS text, c.cue AS cue, c.confidence AS confidence, type(r) AS relation, x.id AS id,
  coalesce(x.name, x.title) AS name, labels(x) AS labels, x.subtype AS subtype, x.described AS described, x.edtf AS edtf
ORDER BY claim_id, relation, id"""

# What was said about or in some events: who said it and what it is about, one row each.
CLAIMS_OF_EVENTS = f"""UNWIND $events AS wanted
MATCH (near:Event {{id: wanted}})<-[n:ABOUT|MADE_IN]-(c:Claim) WHERE n.expiredAt IS NULL AND c.expiredAt IS NULL
{_CLAIM_ENDS}"""

# What a person, an organisation or a state said, and what was said about them.
CLAIMS_OF_ENTITY = f"""MATCH (near:Entity {{id: $entity}})<-[n:MADE_BY|ABOUT]-(c:Claim)
WHERE n.expiredAt IS NULL AND c.expiredAt IS NULL
{_CLAIM_ENDS}"""

# Articles, latest first, with how many events and claims each gave.
ARTICLES = f"""MATCH (a:Article) WHERE a.expiredAt IS NULL
WITH a ORDER BY coalesce(a.publishedEarliest, '') DESC, a.title, a.id LIMIT $limit
OPTIONAL MATCH (a)-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)<-[r:REPORTED_IN]-(e:Event)
  WHERE h.current = true AND r.expiredAt IS NULL AND e.expiredAt IS NULL AND r.articleId = a.id
WITH a, count(DISTINCT e) AS events
OPTIONAL MATCH (c:Claim) WHERE c.articleId = a.id AND c.expiredAt IS NULL
RETURN {_ARTICLE_COLUMNS}, a.publishedEarliest AS published_earliest,
  events, count(DISTINCT c) AS claims
ORDER BY coalesce(published_earliest, '') DESC, article_title, article_id"""

# One article with the text it now has.
ARTICLE = f"""MATCH (a:Article {{id: $id}})-[h:HAS_SNAPSHOT]->(s:Snapshot)
WHERE a.expiredAt IS NULL AND h.current = true
RETURN {_ARTICLE_COLUMNS},
  a.authors AS authors, s.text AS text, s.retrievedAt AS retrieved_at
LIMIT 1"""

# Where an article names people, organisations and places.
ARTICLE_MENTIONS = """MATCH (a:Article {id: $id})-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)
MATCH (p)-[r:MENTIONS]->(x:Entity)
WHERE h.current = true AND r.articleId = $id AND r.expiredAt IS NULL AND x.expiredAt IS NULL
RETURN r.start AS start, r.end AS end, x.id AS id, x.name AS name, labels(x) AS labels, r.form AS form,
  x.confidence AS confidence
ORDER BY start"""

# Where an article reports events.
ARTICLE_EVENTS = """MATCH (a:Article {id: $id})-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)
MATCH (p)<-[r:REPORTED_IN]-(e:Event)
WHERE h.current = true AND r.articleId = $id AND r.expiredAt IS NULL AND e.expiredAt IS NULL
RETURN r.start AS start, r.end AS end, e.id AS id, e.title AS title, e.edtf AS edtf, e.status AS status,
  e.salience AS salience, r.confidence AS confidence
ORDER BY start"""

# The time expressions of an article, with what each was counted from.
ARTICLE_TIMES = """MATCH (a:Article {id: $id})-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)
MATCH (p)-[r:HAS_TIME]->(t:TimeExpression)
WHERE h.current = true AND r.expiredAt IS NULL AND t.expiredAt IS NULL AND t.articleId = $id
OPTIONAL MATCH (t)-[n:ANCHORED_TO]->(x) WHERE n.expiredAt IS NULL AND x.expiredAt IS NULL
RETURN t.start AS start, t.end AS end, t.id AS id, t.text AS text, t.rule AS rule, t.edtf AS edtf,
  t.candidates AS candidates, labels(x) AS anchor_labels,
  coalesce(t.anchorText, x.title, x.text) AS anchor_text,
  coalesce(t.anchorEdtf, x.edtf, x.published) AS anchor_edtf, t.confidence AS confidence
ORDER BY start"""

# Where an article states claims.
ARTICLE_CLAIMS = """MATCH (a:Article {id: $id})-[h:HAS_SNAPSHOT]->(:Snapshot)-[:HAS_PASSAGE]->(p:Passage)
MATCH (p)<-[r:STATED_IN]-(c:Claim)
WHERE h.current = true AND c.articleId = $id AND r.expiredAt IS NULL AND c.expiredAt IS NULL
OPTIONAL MATCH (c)-[b:MADE_BY]->(s:Entity) WHERE b.expiredAt IS NULL AND s.expiredAt IS NULL
RETURN r.start AS start, r.end AS end, c.id AS id, c.cue AS cue, c.said AS said, c.direct AS direct,
  coalesce(s.name, c.speakerText) AS speaker, c.confidence AS confidence
ORDER BY start"""

# People, organisations and places, those in most events first.
ENTITIES = """MATCH (x:Entity)
WHERE x.expiredAt IS NULL AND ($kind IS NULL OR $kind IN labels(x))
OPTIONAL MATCH (x)<-[m:MENTIONS]-(:Passage) WHERE m.expiredAt IS NULL
WITH x, count(m) AS mentions
OPTIONAL MATCH (x)-[r:PARTICIPATED_IN|LOCATED_IN]-(e:Event) WHERE r.expiredAt IS NULL AND e.expiredAt IS NULL
WITH x, mentions, count(DISTINCT e) AS events
OPTIONAL MATCH (x)<-[b:MADE_BY]-(c:Claim) WHERE b.expiredAt IS NULL AND c.expiredAt IS NULL
RETURN x.id AS id, x.name AS name, labels(x) AS labels, x.aliases AS aliases, mentions, events,
  count(DISTINCT c) AS claims
ORDER BY events DESC, mentions DESC, name LIMIT $limit"""

# Event types and statuses with how many events have each.
EVENT_TYPES = """MATCH (e:Event) WHERE e.expiredAt IS NULL
RETURN e.type AS type, e.status AS status, count(e) AS events ORDER BY events DESC, type, status"""

_LABELS = ("Article", "Snapshot", "Passage", "TimeExpression", "Event", "Entity", "Person", "Organization", "Place",
           "Claim", "Decision", "IngestRun", "Block", "AliasTable")  # fmt: skip
_TYPES = ("NAMES", "TELLS", "MERGED_INTO", "RESEMBLES", "HAS_SNAPSHOT", "HAS_PASSAGE", "MENTIONS", "HAS_TIME",
          "ANCHORED_TO", "REPORTED_IN", "DATED_BY", "LOCATED_IN",
          "PART_OF", "BEFORE", "DURING", "PARTICIPATED_IN", "MADE_BY", "ADDRESSED_TO", "MADE_IN", "ABOUT", "STATED_IN",
          "REPEATS", "CONTRADICTS", "SUPPORTS", "IN_BLOCK", "NEAR_DUPLICATE_OF", "JUDGES", "RECORDED_BY")  # fmt: skip

# Property names from a sample of each label; the labels are named since a scan of a label is cheap, of everything not.
NODE_WORDS = "\nUNION ALL\n".join(
    f"MATCH (n:{label}) WITH n LIMIT 25 UNWIND keys(n) AS name"
    f" RETURN ['{label}'] AS labels, collect(DISTINCT name) AS properties"
    for label in _LABELS
)

# Relationship types and property names, from a sample of each type.
RELATIONSHIP_WORDS = "\nUNION ALL\n".join(
    f"MATCH ()-[r:{name}]->() WITH r LIMIT 25 UNWIND keys(r) + [''] AS name"
    f" RETURN '{name}' AS type, [x IN collect(DISTINCT name) WHERE x <> ''] AS properties"
    for name in _TYPES
)
