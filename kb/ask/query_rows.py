"""What the queries give back: one frozen record per row, ready to be shown.

Dates are EDTF strings, bounds ISO days ("2022-02-24"); offsets count characters of the article's text, end exclusive.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.edtf import Edtf
from kb.errors import InvalidDate

# How the date of publication is known, in words.
BASES = {
    "given": "as given when it was added", "metadata": "from the page’s metadata", "url": "from its web address",
    "byline": "from its byline", "feed": "from its feed", "decision": "corrected by hand",
}  # fmt: skip


def human(edtf: str | None, unknown: str = "date unknown") -> str:
    """An EDTF string in words, "24 Feb 2022". Arguments: edtf, or None; unknown, what to say for None."""
    if not edtf:
        return unknown
    try:
        return Edtf(edtf).human()
    except InvalidDate:
        return edtf


def rival_dates(dates: Iterable[str]) -> tuple[Edtf, ...]:
    """Those of some EDTF dates that exclude another of them, earliest first."""
    known = sorted({Edtf(date) for date in dates})
    return tuple(one for one in known if any(not one.overlaps(other) for other in known))


def sure(confidence: float) -> str:
    """A confidence between 0 and 1 in words, “85% sure”."""
    return f"{round(100 * confidence)}% sure"


@dataclass(frozen=True, slots=True)
class Overview:
    """How much the graph holds, and the first and last day that a day- to year-exact event touches."""

    articles: int
    events: int
    claims: int
    people: int
    organizations: int
    places: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Named:
    """A node by its id, with what to call it and, for an event, when it happened."""

    id: str
    name: str
    kind: str = ""
    edtf: str | None = None

    @property
    def when(self) -> str:
        """The date in words."""
        return human(self.edtf)


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One event as a timeline shows it; `reports` counts the sentences that tell it, `sources` the independent ones."""

    id: str
    title: str
    type: str
    edtf: str | None
    earliest: str | None
    latest: str | None
    precision: str | None
    status: str
    salience: float
    confidence: float
    place: str | None
    people: tuple[str, ...]
    organizations: tuple[str, ...]
    reports: int
    sources: int = 1

    @property
    def when(self) -> str:
        """The date in words."""
        return human(self.edtf)


@dataclass(frozen=True, slots=True)
class Participant:
    """Who took part in an event, and as what; `articles` counts those that say so."""

    id: str
    name: str
    kind: str
    role: str
    articles: int = 1


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in a list."""

    id: str
    title: str
    publisher: str
    url: str | None
    published: str | None
    published_basis: str
    source: str
    events: int = 0
    claims: int = 0

    @property
    def name(self) -> str:
        """The title, or what else tells the article from others."""
        return self.title or self.source or self.id


@dataclass(frozen=True, slots=True)
class Report:
    """One sentence that reports an event: the trigger lies at `start:end` of `text`."""

    passage_id: str
    text: str
    start: int
    end: int
    trigger: str
    edtf: str | None
    status: str
    confidence: float
    article: ArticleRow

    @property
    def when(self) -> str:
        """The date this sentence gives, in words."""
        return human(self.edtf)


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
    about_events: tuple[Named, ...]
    about_entities: tuple[Named, ...]
    made_in: Named | None
    sentence: str
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


@dataclass(frozen=True, slots=True)
class ClaimLinkRow:
    """One claim that repeats, contradicts or supports another (`kind`), and why, in words for a reader.

    start: the claim said later, or the one that denies or confirms; end: the other. score: 0-1; method: the rule.
    """

    kind: str
    start: ClaimRow
    end: ClaimRow
    score: float
    method: str
    reason: str


@dataclass(frozen=True, slots=True)
class ClaimDisputes:
    """What was claimed for and against an event, in the order of saying, and how these claims answer one another."""

    for_: tuple[ClaimRow, ...]
    against: tuple[ClaimRow, ...]
    links: tuple[ClaimLinkRow, ...]


@dataclass(frozen=True, slots=True)
class EventDetail:
    """An event with everything that stands behind it.

    bounds: between which days it lies as what its article tells of other events says, and why; "" where nothing does.
    date_rule: why this date is shown where its reports give several; "" where there was no choice.
    """

    event: TimelineRow
    participants: tuple[Participant, ...]
    places: tuple[Named, ...]
    part_of: tuple[Named, ...]
    reports: tuple[Report, ...]
    claims_about: tuple[ClaimRow, ...]
    claims_made_in: tuple[ClaimRow, ...]
    bounds: str = ""
    date_rule: str = ""

    @property
    def rival_dates(self) -> tuple[str, ...]:
        """The EDTF dates of its reports that cannot all be true, earliest first; none when one day fits them all.

        "2014" and "18 March 2014" agree, and so do "24 Feb" and "about 24 Feb"; the 18th and the 21st do not.
        """
        return rival_dates(report.edtf for report in self.reports if report.edtf)


@dataclass(frozen=True, slots=True)
class NetworkNode:
    """A node to draw: an Event, Person, Organization, Country, Place or Claim; `weight` counts its lines here."""

    id: str
    label: str
    kind: str
    title: str
    weight: int


@dataclass(frozen=True, slots=True)
class NetworkEdge:
    """A line from `source` to `target`, both node ids."""

    source: str
    target: str
    role: str


@dataclass(frozen=True, slots=True)
class NetworkGraph:
    """Nodes and lines; every line's ends are among the nodes. `truncated` when more match than are drawn.

    events, claims: how many match, drawn or not.
    """

    nodes: tuple[NetworkNode, ...]
    edges: tuple[NetworkEdge, ...]
    truncated: bool = False
    events: int = 0
    claims: int = 0


@dataclass(frozen=True, slots=True)
class Highlight:
    """A marked stretch `start:end` of an article's text; `detail` is what a tooltip says about it."""

    start: int
    end: int
    kind: str  # event | person | organization | place | time | claim
    id: str
    label: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ArticleDetail:
    """An article with its text and what was found where. Highlights may nest and cross, first start first."""

    meta: ArticleRow
    authors: tuple[str, ...]
    retrieved_at: str | None
    text: str
    highlights: tuple[Highlight, ...]
    events: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class EntityRow:
    """A person, an organisation or a place, with how many mentions, events and claims carry it."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    mentions: int
    events: int
    claims: int


@dataclass(frozen=True, slots=True)
class Facets:
    """What a filter can be set to, most frequent first, each with its count of events."""

    types: tuple[tuple[str, int], ...]
    statuses: tuple[tuple[str, int], ...]
    people: tuple[EntityRow, ...]
    organizations: tuple[EntityRow, ...]
    places: tuple[EntityRow, ...]


@dataclass(frozen=True, slots=True)
class SchemaWords:
    """The words an editor completes: labels, relationship types and property names."""

    labels: tuple[str, ...]
    relationship_types: tuple[str, ...]
    properties: tuple[str, ...]
