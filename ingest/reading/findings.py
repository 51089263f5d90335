"""What the extractors hand to each other: frozen records with character offsets into `Document.text`, end exclusive.

A finding's `key` is its name within one article ("t3", "e1"); ids of the graph are made in `resolve`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

from kb.edtf import Edtf
from kb.models import EntityKind, EventStatus, Force, MentionForm, Modality, Polarity, PublishedBasis, TimexType
from kb.shown.intervals import Kind

Span = tuple[int, int]


@dataclass(frozen=True)
class Original:
    """The bytes that a document was read from, as they were got.

    kind, charset: how they are to be read, as their source tells, None where it does not. got: when a host gave them
    (ISO, UTC), headers: what it said of them; both empty for a file.
    """

    data: bytes
    kind: str | None = None
    charset: str | None = None
    got: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    @cached_property
    def sha256(self) -> str:
        """The digest of the bytes as hexadecimal digits; many articles may come from one source."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A source as read, before cleaning. `content` is HTML or text by `kind`; "document" text is taken as it is.

    url: its address as the user, a feed or a row gives it. address: where it was got, after redirects. original: what
    it was read from, None where that holds much beside it (a Parquet table).
    """

    source: str
    kind: str  # "html" | "text" | "document"
    content: str
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: Edtf | None = None
    published_basis: PublishedBasis = "unknown"
    address: str | None = None
    original: Original | None = field(default=None, compare=False)  # not what it says, but what it came from


@dataclass(frozen=True, slots=True)
class Document:
    """An article's cleaned text with what is known of its publication. Paragraphs are parted by a blank line.

    Where a human corrected the publication date, `stated_published` and `stated_basis` hold what the source says.
    """

    source: str
    text: str
    url: str | None = None
    title: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    language: str = "en"
    published: Edtf | None = None
    published_basis: PublishedBasis = "unknown"
    stated_published: Edtf | None = None
    stated_basis: PublishedBasis | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a relative date was counted from: the publication date, another expression, or an event's words."""

    kind: str  # "publication" | "time" | "event"
    value: Edtf | None
    span: Span | None = None  # of the expression or the event's trigger; None for the publication date
    time: str | None = None  # key of the TimeFinding that dates the anchor


@dataclass(frozen=True, slots=True)
class TimeFinding:
    """A phrase that denotes a time. `edtf` is None for a SET or a DURATION that is tied to no date."""

    key: str
    start: int
    end: int
    text: str
    type: TimexType
    value: str
    edtf: Edtf | None
    rule: str
    anchor: Anchor | None = None
    candidates: tuple[str, ...] = ()
    circular: bool = False  # counted from an event that is dated only by what is counted from this one
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class MentionFinding:
    """One place in the text that names or stands for an entity."""

    start: int
    end: int
    text: str
    form: MentionForm = "name"


@dataclass(frozen=True, slots=True)
class EntityFinding:
    """One person, organisation, place or thing of the article with all its mentions, first first."""

    key: str
    kind: EntityKind
    name: str
    mentions: tuple[MentionFinding, ...]
    nested: tuple[MentionFinding, ...] = ()  # around or inside others: "Apple CEO Steve Jobs", "CEO"
    aliases: tuple[str, ...] = ()
    subtype: str | None = None  # "country", "region", "city", "media", "party", "group", "vessel", ...
    described: bool = False  # an unnamed source, kept as what it is: "a spokesperson for the White House"
    gazetteer: str | None = (
        None  # stable id of a known place or organisation ("country:UA", "geonames:703448", "org:nato")
    )
    country: str | None = None  # ISO 3166-1 alpha-2
    lat: float | None = None
    lon: float | None = None
    goes_by: str | None = None  # the short name that other articles use alone: "Ford" for "Ford Motor"
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class EventMention:
    """One report of an event: its trigger words, the sentence, and the date and status that sentence gives it."""

    start: int
    end: int
    text: str
    passage: int  # index into Annotated.passages
    edtf: Edtf | None = None
    time: str | None = None  # key of the TimeFinding that dates it
    status: EventStatus = "asserted"
    confidence: float = 0.5
    past: bool = False  # told as past, so that it happened before the article was published
    figures: tuple[str, ...] = ()  # what the sentence counts, as "31 dead"


@dataclass(frozen=True, slots=True)
class Participant:
    """Who took part in an event, as what, and which sentence says so (index into Annotated.passages)."""

    role: str  # agent | patient | recipient | speaker | party | location | platform
    entity: str  # key of an EntityFinding
    passage: int


@dataclass(frozen=True, slots=True)
class EventFinding:
    """One event of the article, told by one or more sentences."""

    key: str
    title: str
    type: str
    lemma: str  # lemma of the trigger's word class, "annex" for "annexation" too
    mentions: tuple[EventMention, ...]
    participants: tuple[Participant, ...] = ()
    place: str | None = None  # key of a Place
    edtf: Edtf | None = None
    time: str | None = None  # key of the TimeFinding that dates it
    status: EventStatus = "asserted"
    salience: float = 0.0
    confidence: float = 0.5
    part_of: str | None = None
    bounds: Bounds | None = None
    clarity: float = 0.0  # of the title, 0 to 1: how well it tells the event by itself
    thing: str = ""  # acted on, where no entity names it ("iPhone 4", "law"); or the event's name ("the Iraq War")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Days that an event cannot lie before or after, as what the article tells of other events says; and why."""

    not_before: str | None = None
    not_after: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class OrderFinding:
    """`first` is before, or during, `second` (keys of EventFindings), as the words `start:end` of a passage say."""

    first: str
    second: str
    kind: Kind
    start: int
    end: int
    passage: int  # index into Annotated.passages


@dataclass(frozen=True, slots=True)
class ClaimFinding:
    """What somebody said: its content, who said it and when, and what it is about."""

    key: str
    content: tuple[Span, ...]
    passage: int
    direct: bool
    source: tuple[Span, ...] = ()
    speaker: str | None = None  # key of an EntityFinding; None when the text names nobody
    speaker_text: str = ""
    cue: str = ""
    cue_span: Span | None = None
    force: Force = "said"
    addressee: str | None = None  # key of an EntityFinding
    addressee_text: str = ""
    medium: str = ""  # "interview", "post on X", "statement"
    said: Edtf | None = None
    said_time: str | None = None  # key of the TimeFinding that dates the saying
    made_in: str | None = None  # key of the EventFinding (interview, post, speech) it was said in
    about_events: tuple[str, ...] = ()
    about_entities: tuple[str, ...] = ()
    polarity: Polarity = "positive"
    modality: Modality = "asserted"
    confidence: float = 0.5
