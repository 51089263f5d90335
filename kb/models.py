"""The nouns of the knowledge base, as frozen pydantic models.

A model's fields are snake_case here and camelCase in the graph (`node.properties()`). Offsets count characters
(Unicode code points), end exclusive, into `Snapshot.text`. Dates are EDTF; `earliest` and `latest` are ISO strings.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from kb.edtf import Edtf

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
EntityKind = Literal["Person", "Organization", "Place", "Thing"]
EventStatus = Literal["asserted", "alleged", "denied", "planned", "hypothetical", "negated"]
PublishedBasis = Literal["given", "metadata", "url", "byline", "feed", "decision", "unknown"]
DateBasis = Literal["text", "decision"]
DecisionField = Literal[
    "published", "edtf", "title", "type", "status", "starred", "tags", "note", "name", "article", "participant", "place"
]
DecisionKind = Literal["same", "different", "split", "edit", "reject", "add"]
MentionForm = Literal["name", "demonym", "nominal", "pronoun"]
Polarity = Literal["positive", "negative"]
Modality = Literal["asserted", "possible", "necessary", "desired", "hypothetical"]
Force = Literal[
    "said", "claimed", "announced", "revealed", "confirmed", "denied", "warned", "predicted", "showed",
    "asked", "demanded", "promised", "threatened", "refused", "offered", "accused", "criticized", "ruled",
    "believed", "doubted", "wanted", "supported", "opposed",
]  # fmt: skip


class Frozen(BaseModel):
    """What all models share: immutable, no unknown field, camelCase outside Python."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True)

    def properties(self) -> dict[str, Any]:
        """The model as a map of graph properties: camelCase keys, JSON-like values, no nulls."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


class Article(Frozen):
    """One published text. Where a human corrected `published`, the `stated` fields hold what the source says.

    heeded: what humans decided that it was read by, each in words: "date EVENT DATE" of an event, "own REFERENT OTHER"
    of what was split off for it, "here START END EVENT" of an event that a human judged where it stands.
    """

    id: str
    source: str
    url: str | None = None
    title: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    language: str = "en"
    published: Edtf | None = None
    published_earliest: str | None = None
    published_latest: str | None = None
    published_basis: PublishedBasis = "unknown"
    stated_published: Edtf | None = None
    stated_basis: PublishedBasis | None = None
    heeded: tuple[str, ...] = ()
    fingerprint: str = ""


class Snapshot(Frozen):
    """An article's cleaned text at one retrieval; `id` is the sha256 of `text`."""

    id: str
    text: str
    retrieved_at: str


class Passage(Frozen):
    """One sentence of a snapshot; `seq` counts from 0 in reading order."""

    id: str
    seq: int
    start: int
    end: int
    text: str


LEFT_OPEN = "left open: "
"""How the rule of a time expression begins that was found, and then not believed."""

YEAR_GUESSED = ", the year a guess"
"""What the rule of a time expression says whose year the text does not name, where another year's would be nearer."""


class TimeExpression(Frozen):
    """A phrase that denotes a time, its TIMEX3 type and value, and how the value was reached.

    circular: it is counted from an event that only it dates, so that it has no date.
    """

    id: str
    text: str
    start: int
    end: int
    type: TimexType
    value: str
    edtf: Edtf | None = None
    earliest: str | None = None
    latest: str | None = None
    rule: str
    anchor_text: str | None = None
    anchor_edtf: Edtf | None = None
    candidates: tuple[str, ...] = ()
    circular: bool = False
    confidence: float = Field(default=0.5, ge=0, le=1)


def called(name: str, aliases: Iterable[str]) -> str:
    """All that somebody or something is called, in one string: a full-text index takes no list."""
    return " · ".join((name, *aliases))


class Entity(Frozen):
    """A person, an organisation, a place or a thing. `described` marks an unnamed source ("U.S. officials")."""

    id: str
    kind: EntityKind = Field(exclude=True)
    name: str
    aliases: tuple[str, ...] = ()
    subtype: str | None = None
    described: bool = False
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    confidence: float = 0.5


class Event(Frozen):
    """Something that happened, or is planned, alleged or denied. `edtf_basis` "decision": a human gave the date."""

    id: str
    title: str
    type: str
    edtf: Edtf | None = None
    earliest: str | None = None
    latest: str | None = None
    precision: str | None = None
    edtf_basis: DateBasis = "text"
    status: EventStatus = "asserted"
    salience: float = Field(default=0.0, ge=0, le=1)
    confidence: float = Field(default=0.5, ge=0, le=1)
    clarity: float = Field(default=0.0, ge=0, le=1)


class Claim(Frozen):
    """What somebody said. `said` is when it was said, not when what it speaks of happened.

    normal_text: the words without marks and editorial insertions, to compare claims by. force: what the saying does.
    addressee_text, medium: to whom and in what it was said, in the article's words; "" where it does not say.
    said_time_id: the TimeExpression that says when, where one does.
    """

    id: str
    text: str
    normal_text: str = ""
    direct: bool
    cue: str = ""
    force: Force = "said"
    speaker_text: str = ""
    addressee_text: str = ""
    medium: str = ""
    said: Edtf | None = None
    said_earliest: str | None = None
    said_latest: str | None = None
    said_time_id: str | None = None
    polarity: Polarity = "positive"
    modality: Modality = "asserted"
    confidence: float = Field(default=0.5, ge=0, le=1)


class Decision(Frozen):
    """A human’s word, stored for good; `revoked_at` takes it back. What the kinds mean: kb.decisions."""

    id: str
    kind: DecisionKind
    by: str
    at: str
    reason: str = ""
    targets: tuple[str, ...]
    others: tuple[str, ...] = ()
    field: DecisionField | None = None
    value: str | None = None
    revoked_at: str | None = None


class IngestRun(Frozen):
    """One run of ingest: when, by which version, what came of it."""

    id: str
    started: str
    finished: str | None = None
    version: str
    articles: int = 0
    unchanged: int = 0
    failed: int = 0
    failures: tuple[str, ...] = ()
