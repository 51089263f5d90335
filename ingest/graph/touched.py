"""What a writing touches, adds and moves, as it is handed from one step of merging to the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Touched:
    """Referents, claims and articles about which something was written or ended, or that a human judged."""

    entities: frozenset[str] | set[str] = frozenset()
    events: frozenset[str] | set[str] = frozenset()
    claims: frozenset[str] | set[str] = frozenset()
    articles: frozenset[str] | set[str] = frozenset()

    def __or__(self, other: Self) -> Self:
        return type(self)(
            self.entities | other.entities,
            self.events | other.events,
            self.claims | other.claims,
            self.articles | other.articles,
        )


NOTHING = Touched()


@dataclass(frozen=True, slots=True)
class Stirred:
    """Events that are others by who is near whom: whose clusters may be others, and which may resemble others."""

    clusters: frozenset[str] | set[str] = frozenset()
    resembling: frozenset[str] | set[str] = frozenset()

    def __or__(self, other: Self) -> Self:
        return type(self)(self.clusters | other.clusters, self.resembling | other.resembling)


UNSTIRRED = Stirred()

Loaded = Mapping[str, Sequence[Row]]
"""Rows of LOAD by label."""


@dataclass(frozen=True, slots=True)
class Added:
    """What an article of which the graph held nothing brings.

    created: referents that came to be with it, of which nothing else tells and that nobody judged. loaded: all its
    referents as they stood before. said: what it says of each, as `kb.shown.choice` takes it, by label and referent;
    nothing of events where it is a copy, as then the sources of others must be counted again. mentions: how often it
    names each of its entities.
    """

    created: frozenset[str]
    loaded: Loaded
    said: Mapping[str, Mapping[str, Row]]
    mentions: Mapping[str, int]

    def named(self, nodes: Iterable[str], after: Mapping[str, str]) -> dict[str, int]:
        """How often the article names each of some canonical nodes. Arguments: these; what referents moved into."""
        found = dict.fromkeys(nodes, 0)
        for row in self.loaded.get("Entity", ()):
            id = str(row["id"])
            canonical = after.get(id, str(row["canonical"]))
            if canonical in found:
                found[canonical] += self.mentions.get(id, 0)
        return found


NONE_ADDED = Added(frozenset(), {}, {}, {})


@dataclass(frozen=True, slots=True)
class Move:
    """A referent whose relationships go from one canonical node to another."""

    referent: str
    before: str
    after: str

    def row(self) -> dict[str, str]:
        """The move as a row of parameters."""
        return {"referent": self.referent, "before": self.before, "after": self.after}
