"""Who said what about what, when it was said, and when it became public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from kb.ask.kept.counts import farther, latest, outermost
from kb.ask.kept.present import Now, counts_of
from kb.ask.past import Graph, Past
from kb.ask.rows import ARTICLE_COLUMNS, ArticleRow, Named, Record, fetch, row_of
from kb.ask.timeline import FIRST, needle
from kb.ask.words import human
from kb.counted import ARTICLE_SLOTS, CLAIM_SLOTS, LAST, UNDATED, span_of

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
  c.confidence AS confidence, coalesce(c.speakerText, '') AS speaker_text, sentences AS sentence,
  c.force AS force, c.medium AS medium, c.addresseeText AS addressee_text,
  s.id AS speaker_id, s.name AS speaker_name, labels(s) AS speaker_labels,
  t.id AS addressee_id, t.name AS addressee_name, labels(t) AS addressee_labels,
  m.id AS made_in_id, m.title AS made_in_name, labels(m) AS made_in_labels, m.edtf AS made_in_edtf,
  [x IN about WHERE 'Event' IN labels(x) | {{id: x.id, name: x.title, kind: 'Event', edtf: x.edtf}}] AS about_events,
  [x IN about WHERE 'Entity' IN labels(x) | {{id: x.id, name: x.name, labels: labels(x)}}] AS about_entities,
  {ARTICLE_COLUMNS}
ORDER BY said_earliest, id"""

# The claims that pass the filters: speaker, subject, words, manner and the days on which it may have been said.
_PASSING = f"""WHERE c.expiredAt IS NULL
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
WITH DISTINCT c
WITH c ORDER BY coalesce(c.saidEarliest, '') DESC, c.id LIMIT $limit
{_CLAIM_ROW}"""

# Found by who or what they have to do with, the fewest first.
RELATED = {
    name: f"MATCH (:{label} {{id: $by}})<-[by:{kind}]-(c:Claim) WHERE by.expiredAt IS NULL\nWITH c\n{_PASSING}"
    for name, label, kind in (("madeIn", "Event", "MADE_IN"), ("event", "Event", "ABOUT"),
                              ("about", "Entity", "ABOUT"), ("speaker", "Entity", "MADE_BY"))
}  # fmt: skip

# Found by when they were said; by words, or as they stood at a moment, among all.
SAID_IN = f"UNWIND $slots AS key\nMATCH (c:Claim {{slot: key}}) USING INDEX c:Claim(slot)\n{_PASSING}"
ALL_CLAIMS = f"MATCH (c:Claim)\n{_PASSING}"

# From which day to which claims became public: said or printed.
CLAIM_DAYS = """UNWIND $said AS key
MATCH (c:Claim {slot: key}) USING INDEX c:Claim(slot) RETURN min(c.saidLatest) AS first, null AS last
UNION ALL UNWIND $printed AS key
MATCH (a:Article {slot: key}) USING INDEX a:Article(slot)
RETURN min(a.publishedLatest) AS first, max(a.publishedLatest) AS last"""

# One claim in a line.
CLAIM = f"""MATCH (c:Claim {{id: $id}}) WHERE c.expiredAt IS NULL
{_CLAIM_ROW}"""

# Some claims, each in a line.
CLAIMS_BY_ID = f"""UNWIND $ids AS wanted
MATCH (c:Claim {{id: wanted}}) WHERE c.expiredAt IS NULL
WITH DISTINCT c
{_CLAIM_ROW}"""


def _by_date(subjects: tuple[Named, ...]) -> tuple[Named, ...]:
    return tuple(sorted(subjects, key=lambda subject: (subject.edtf or "9", subject.name)))


Subjects = Annotated[tuple[Named, ...], AfterValidator(_by_date)]
Sentences = Annotated[str, BeforeValidator(" ".join)]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """Who said what about what, when it was said, and the sentence it stands in.

    about_events, about_entities: what it speaks of; made_in: the interview, post or speech it was said in. force: what
    the saying does ("claimed", "denied"); addressee, medium: to whom and in what it was said, as far as the text tells.
    """

    id: str
    text: str
    speaker: Named | None
    speaker_text: str
    cue: str
    direct: bool
    said: str | None
    polarity: str
    modality: str
    confidence: float
    about_events: Subjects
    about_entities: Subjects
    made_in: Named | None
    sentence: Sentences
    article: ArticleRow
    force: str = "said"
    addressee: Named | None = None
    addressee_text: str = ""
    medium: str = ""

    @property
    def said_human(self) -> str:
        """When it was said, in words."""
        return human(self.said)

    @property
    def speaker_name(self) -> str:
        """The speaker's name, else the words the text has for the speaker."""
        return self.speaker.name if self.speaker else self.speaker_text or "unnamed source"


def claims(
    graph: Graph,
    *,
    speaker: str | None = None,
    about: str | None = None,
    event: str | None = None,
    made_in: str | None = None,
    text: str | None = None,
    said_from: str | None = None,
    said_to: str | None = None,
    direct: bool | None = None,
    min_confidence: float = 0.0,
    public_by: str | None = None,
    limit: int = 200,
) -> list[ClaimRow]:
    """Who said what about what, in the order of saying, the undated last.

    Arguments: speaker, about, ids of entities; event, id of an event it speaks of; made_in, id of the interview, post
    or speech it was said in; text, in the claim or the speaker's words; said_from, said_to, ISO days within which it
    may have been said; direct, quotations only (True) or none (False); min_confidence, between 0 and 1; public_by, an
    ISO day by which it was public for sure: said by then, or printed by then; limit, most rows, the latest said kept.
    """
    wanted = {
        "speaker": speaker or None, "about": about or None, "event": event or None, "madeIn": made_in or None,
        "text": needle(text), "dated": bool(said_from or said_to), "saidFrom": said_from or FIRST,
        "saidTo": said_to or LAST, "direct": direct, "minConfidence": min_confidence, "publicBy": public_by or None,
        "limit": limit,
    }  # fmt: skip
    return [row_of(ClaimRow, record) for record in sorted(_found(graph, wanted), key=_when_said)]


def _found(graph: Graph, wanted: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The claims said last that pass a filter, looked for further back until there are enough."""
    for name, statement in RELATED.items():
        if wanted[name]:
            return graph.run(statement, **{**wanted, name: None, "by": wanted[name]})
    if isinstance(graph, Past) or wanted["text"]:
        return graph.run(ALL_CLAIMS, **wanted)
    numbers = counts_of(graph).of(CLAIM_SLOTS)
    if wanted["dated"]:  # what began before the window may reach into it, but for what lies in one month
        numbers = {s: n for s, n in numbers.items() if s != UNDATED and span_of(s)[1] >= wanted["saidFrom"]}
    found: list[dict[str, Any]] = []
    for enough in farther(numbers, wanted["limit"]):
        slots = latest(numbers, enough, wanted["saidTo"])
        found = graph.run(SAID_IN, slots=slots, **wanted) if slots else []
        if len(found) >= wanted["limit"]:
            break
    return found


def claim_days(graph: Now) -> tuple[str, str] | None:
    """The first and last day, ISO, on which a claim became public; None where no article has a date."""
    counts = counts_of(graph)
    said, printed = (outermost(counts.of(count)) for count in (CLAIM_SLOTS, ARTICLE_SLOTS))
    rows = graph.run(CLAIM_DAYS, said=said, printed=printed)
    days = [row[end] for row in rows for end in ("first", "last") if row[end]]
    return (min(days), max(days)) if any(row["last"] for row in rows) else None


def claim(graph: Graph, id: str) -> ClaimRow | None:
    """A claim with who, what about and the sentence it stands in; None when there is none."""
    return next(iter(fetch(graph, ClaimRow, CLAIM, id=id)), None)


def _when_said(row: Record) -> tuple[str, str, str]:
    """Order of saying: what is only known to be said before a day comes with that day, the undated last."""
    earliest, latest = row["said_earliest"], row["said_latest"]
    return (earliest or latest or LAST, latest or LAST, row["id"])


def claims_of(graph: Graph, ids: Iterable[str]) -> dict[str, ClaimRow]:
    """Some claims by their ids; those that are withdrawn are left out. Raises: StoreError."""
    wanted = sorted(ids)
    return {row.id: row for row in fetch(graph, ClaimRow, CLAIMS_BY_ID, ids=wanted)} if wanted else {}
