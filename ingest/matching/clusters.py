"""From judgements of two to clusters of many: what a human ruled comes first, then what is surest.

Greedy constrained clustering: unions in the order of their weight, each refused where it would join two that must stay
apart (Wagstaff et al. 2001, constrained clustering with must-link and cannot-link). The result depends on the members,
judgements and rulings alone, never on the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import combinations, product
from typing import Literal

from ingest.matching.profiles import CLOSE, NEVER, UNLIKELY, Verdict

# The most that a likelihood counts of two that arguments were weighed of and stayed two; a surer doubt (UNTOLD) leaves
# it open.
_DOUBTED = 0.5
JOINED = 0.6  # mean likelihood from which on two sets are one
_KNOWN, _ENOUGH = 0.2, 3  # share of the pairs of two sets, and number of pairs, that must have been compared
_MANY = 3  # times as many that a member must fit, for the others it fits as well to count for nothing


Pair = tuple[str, str]


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


def clusters(
    members: Iterable[str], edges: Iterable[Edge], rulings: Iterable[Ruling] = (), likely: Mapping[Pair, float] = {}
) -> dict[str, str]:
    """The canonical id of each member: the least id of its cluster.

    Arguments: members, ids of referents; edges among them, those with others are left out; rulings, likewise; likely,
    how likely any two are one that the articles of one story tell, the least id first: after all else they join what
    is one on average, so that no chain joins two because both resemble a third.
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
    doubted = {(min(e.one, e.other), max(e.one, e.other)) for e in known
               if e.verdict != "doubtful" or e.score <= _DOUBTED}  # fmt: skip
    _join_alike(sets, {pair: min(p, _DOUBTED) if pair in doubted else p for pair, p in likely.items()
                       if pair[0] in sets.of and pair[1] in sets.of})  # fmt: skip
    return {member: min(together) for member, together in sets.of.items()}


def _join_alike(sets: _Sets, likely: Mapping[Pair, float]) -> None:
    """Greedy average link over the pairs that were compared (Sokal and Michener 1958), the likeliest first.

    Two sets of which few pairs were compared are one only where as many as `_KNOWN` of them, or `_ENOUGH`, were; two
    that hold a pair that never is one stay two.
    """
    for one, other in (pair for pair, p in sorted(likely.items()) if p == NEVER):
        sets.part(one, other)
    name = {member: min(together) for member, together in sets.of.items()}
    links: dict[str, dict[str, tuple[float, int]]] = defaultdict(dict)
    for (one, other), p in sorted(likely.items()):
        a, b = name[one], name[other]
        if a != b:
            total, count = links[a].get(b, (0.0, 0))
            links[a][b] = links[b][a] = (total + p, count + 1)
    heap = [(-_mean(link), a, b, link[1]) for a, near in links.items() for b, link in near.items() if a < b]
    heapify(heap)
    while heap:
        mean, a, b, count = heappop(heap)
        if -mean < JOINED:
            return
        link = links.get(a, {}).get(b)
        if link is None or (-_mean(link), link[1]) != (mean, count):
            continue
        if not _known(sets, a, b, count) or not sets.may_join(a, b):
            continue
        sets.join(a, b)
        _fold(links, a, b)
        for c, (total, n) in links[a].items():
            heappush(heap, (-_mean((total, n)), min(a, c), max(a, c), n))


def _mean(link: tuple[float, int]) -> float:
    return round(link[0] / link[1], 6)


def _known(sets: _Sets, one: str, other: str, compared: int) -> bool:
    return compared >= min(_ENOUGH, _KNOWN * len(sets.of[one]) * len(sets.of[other]))


def _fold(links: dict[str, dict[str, tuple[float, int]]], kept: str, gone: str) -> None:
    """Give one node of a graph of links those of another, which goes out."""
    for c, (total, n) in links.pop(gone).items():
        del links[c][gone]
        if c != kept:
            sum_, count = links[kept].get(c, (0.0, 0))
            links[kept][c] = links[c][kept] = (round(sum_ + total, 6), count + n)


def _torn(sets: _Sets, edge: Edge, fits: dict[str, dict[str, float]]) -> bool:
    """Whether an end fits about as surely what the other end cannot be; a few against many count for nothing."""
    for one, other in ((edge.one, edge.other), (edge.other, edge.one)) if sets.apart else ():
        near = [member for member, score in fits[one].items() if score > edge.score - CLOSE]
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
