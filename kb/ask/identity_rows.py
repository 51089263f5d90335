"""What the queries on identity give back: what may be one, what was merged, and what humans decided.

Dates are EDTF strings.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb.ask.query_rows import ArticleRow, Named, human
from kb.models import Decision


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article in which something stands, at `start:end` of `text`."""

    text: str
    start: int
    end: int
    article: ArticleRow


@dataclass(frozen=True, slots=True)
class Side:
    """One of two that may be one.

    facts: how many sentences tell of the event or name the entity; articles: in how many articles; referent: the id of
    what was compared, which is merged into `id` or is it; sentence: one that tells of the referent.
    """

    id: str
    name: str
    kind: str
    edtf: str | None
    facts: int
    articles: int
    referent: str
    sentence: Sentence | None = None

    @property
    def when(self) -> str:
        """The date in words, "" for what has none by its nature."""
        return human(self.edtf) if self.kind == "Event" else ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two that may be one, with the score (0 to 1) and the reason of the comparison.

    settles: how many facts go elsewhere when they are one, those of the smaller side.
    """

    one: Side
    other: Side
    score: float
    reason: str

    @property
    def settles(self) -> int:
        """How many facts an answer settles."""
        return min(self.one.facts, self.other.facts)


@dataclass(frozen=True, slots=True)
class Merged:
    """One referent of those that make up an event or entity, as its articles call it.

    reason: why it is one with the rest; "" for what stands alone.
    """

    id: str
    name: str
    edtf: str | None
    articles: tuple[ArticleRow, ...]
    reason: str = ""

    @property
    def when(self) -> str:
        """The date that is told, in words."""
        return human(self.edtf)


@dataclass(frozen=True, slots=True)
class EntityCard:
    """A person, an organisation or a place in short, with how many sentences, articles, events and claims carry it."""

    id: str
    name: str
    kind: str
    subtype: str
    country: str
    aliases: tuple[str, ...]
    mentions: int
    articles: int
    events: int
    claims: int


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision with names for what it judges."""

    decision: Decision
    targets: tuple[Named, ...]
    others: tuple[Named, ...]
