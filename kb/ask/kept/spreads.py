"""How many events begin in each month, and of which type they are: what a density and a legend are drawn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

MOST_IMPORTANT = "Very many sentences have these words: only the most important events are found."
"""What is told where `Spread.cut` is true."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How many events that pass a filter begin in each month, "" where that is not known, and of which type they are.

    left_out: how many more would pass that articles tell only in passing. cut: whether only the most important events
    were looked through, because very many sentences have the words that are asked for.
    """

    counted: Counter[tuple[str, str]]
    left_out: int = 0
    cut: bool = False

    @property
    def months(self) -> Counter[str]:
        """How many begin in each month."""
        return self._by(0)

    @property
    def types(self) -> Counter[str]:
        """How many there are of each type."""
        return self._by(1)

    @property
    def total(self) -> int:
        """How many there are."""
        return self.counted.total()

    @property
    def density(self) -> list[tuple[str, int]]:
        """As `density` gives it."""
        return sorted((month, count) for month, count in self.months.items() if month)

    def of(self, types: Collection[str]) -> Spread:
        """Those of some types alone; all of them for none. What is left out is not told apart."""
        kept = Counter({pair: n for pair, n in self.counted.items() if not types or pair[1] in types})
        return Spread(kept, self.left_out, self.cut)

    def _by(self, place: int) -> Counter[str]:
        found: Counter[str] = Counter()
        for pair, events in self.counted.items():
            found[pair[place]] += events
        return found
