"""From judgements of two to clusters of many: what a human ruled comes first, then what is surest.

Greedy constrained clustering: unions in the order of their weight, each refused where it would join two that must stay
apart (Wagstaff et al. 2001, constrained clustering with must-link and cannot-link). The result depends on the members,
judgements and rulings alone, never on the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, product
from typing import Literal

from ingest.matching.profiles import UNLIKELY, Verdict

_MANY = 3  # times as many that a member must fit, for the others it fits as well to count for nothing


@dataclass(frozen=True, slots=True)
class Edge:
    """What a comparison says of two referents."""

    one: str
    other: str
    verdict: Verdict
    score: float


@dataclass(frozen=True, slots=True)
class Ruling:
    """A standing decision of a human: all of both sides are one, or each of the one side is none of the other.

    at: the moment in UTC (ISO); of two rulings that contradict each other the later holds.
    """

    id: str
    at: str
    kind: Literal["same", "different"]
    left: frozenset[str]
    right: frozenset[str] = frozenset()


class _Sets:
    """Disjoint sets with pairs that may not come together."""

    def __init__(self, members: Iterable[str]) -> None:
        self.of = {member: {member} for member in members}
        self.apart: dict[str, set[str]] = defaultdict(set)

    def together(self, one: str, other: str) -> bool:
        return self.of[one] is self.of[other]

    def may_join(self, one: str, other: str) -> bool:
        less, more = sorted((self.of[one], self.of[other]), key=len)
        return not any(self.apart[member] & more for member in less if member in self.apart)

    def join(self, one: str, other: str) -> None:
        if self.together(one, other) or not self.may_join(one, other):
            return
        less, more = sorted((self.of[one], self.of[other]), key=len)
        more |= less
        for member in less:
            self.of[member] = more

    def part(self, one: str, other: str) -> None:
        if not self.together(one, other):
            self.apart[one].add(other)
            self.apart[other].add(one)


def clusters(members: Iterable[str], edges: Iterable[Edge], rulings: Iterable[Ruling] = ()) -> dict[str, str]:
    """The canonical id of each member: the least id of its cluster.

    Arguments: members, ids of referents; edges among them, those with others are left out; rulings, likewise.
    A judgement "different", or one that is doubtful to the last, keeps two apart unless a human says otherwise; a third
    that fits both, as "2014" fits two days of it, is not made one with either.
    """
    sets = _Sets(members)
    for ruling in sorted(rulings, key=lambda r: (r.at, r.id), reverse=True):
        _rule(sets, ruling)
    known = [edge for edge in edges if edge.one in sets.of and edge.other in sets.of]
    fits: dict[str, dict[str, float]] = defaultdict(dict)
    for edge in known:
        if edge.verdict == "different" or (edge.verdict == "doubtful" and edge.score <= UNLIKELY):
            sets.part(edge.one, edge.other)
        elif edge.verdict == "same" and edge.one != edge.other:
            for one, other in ((edge.one, edge.other), (edge.other, edge.one)):
                fits[one][other] = max(edge.score, fits[one].get(other, 0))
    for edge in sorted(known, key=lambda e: (-e.score, *sorted((e.one, e.other)))):
        if edge.verdict == "same" and not sets.together(edge.one, edge.other) and not _torn(sets, edge, fits):
            sets.join(edge.one, edge.other)
    return {member: min(together) for member, together in sets.of.items()}


def _torn(sets: _Sets, edge: Edge, fits: dict[str, dict[str, float]]) -> bool:
    """Whether an end fits as surely what the other end cannot be; a few against many count for nothing."""
    for one, other in ((edge.one, edge.other), (edge.other, edge.one)) if sets.apart else ():
        near = [member for member, score in fits[one].items() if score >= edge.score]
        rivals = sum(sets.may_join(one, member) and not sets.may_join(member, other) for member in near)
        if rivals and sum(sets.together(member, other) for member in near) < _MANY * rivals:
            return True
    return False


def _rule(sets: _Sets, ruling: Ruling) -> None:
    left = sorted(ruling.left & sets.of.keys())
    right = sorted(ruling.right & sets.of.keys())
    if ruling.kind == "same":
        # every pair: one that a later word took out must not part those that stay
        for one, other in combinations(sorted({*left, *right}), 2):
            sets.join(one, other)
    else:
        for one, other in product(left, right):
            sets.part(one, other)
