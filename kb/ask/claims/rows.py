"""One claim as a row: who said what about what, when it was said, and the sentence it stands in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from kb.ask.past import Graph
from kb.ask.rows import ARTICLE_COLUMNS, ArticleRow, Named, fetch
from kb.ask.words import human

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
  c.createdAt AS recorded, c.force AS force, c.medium AS medium, c.addresseeText AS addressee_text,
  s.id AS speaker_id, s.name AS speaker_name, labels(s) AS speaker_labels,
  t.id AS addressee_id, t.name AS addressee_name, labels(t) AS addressee_labels,
  m.id AS made_in_id, m.title AS made_in_name, labels(m) AS made_in_labels, m.edtf AS made_in_edtf,
  [x IN about WHERE 'Event' IN labels(x) | {{id: x.id, name: x.title, kind: 'Event', edtf: x.edtf}}] AS about_events,
  [x IN about WHERE 'Entity' IN labels(x) | {{id: x.id, name: x.name, labels: labels(x)}}] AS about_entities,
  {ARTICLE_COLUMNS}
ORDER BY said_earliest, id"""

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
    the saying does ("claimed", "denied"); addressee, medium: to whom and in what it was said, as far as the text tells;
    recorded: the moment in UTC (ISO) at which it came into the graph.
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
    recorded: str | None = None

    @property
    def said_human(self) -> str:
        """When it was said, in words."""
        return human(self.said)

    @property
    def speaker_name(self) -> str:
        """The speaker's name, else the words the text has for the speaker."""
        return self.speaker.name if self.speaker else self.speaker_text or "unnamed source"


def claim(graph: Graph, id: str) -> ClaimRow | None:
    """A claim with who, what about and the sentence it stands in; None when there is none."""
    return next(iter(fetch(graph, ClaimRow, CLAIM, id=id)), None)


def claims_of(graph: Graph, ids: Iterable[str]) -> dict[str, ClaimRow]:
    """Some claims by their ids; those that are withdrawn are left out. Raises: StoreError."""
    wanted = sorted(ids)
    return {row.id: row for row in fetch(graph, ClaimRow, CLAIMS_BY_ID, ids=wanted)} if wanted else {}
