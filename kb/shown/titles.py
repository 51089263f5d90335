"""Which of the titles that articles give an event is shown: the clear one that most of them come nearest to."""

from __future__ import annotations

from kb.shown.tally import Titles, Wording

NEARLY = 0.1  # of clarity: titles that lack less than one thing against the clearest are compared
_COMPARED = 60  # wordings; a title that fewer give than sixty others is no rival of these


def clearest_title(titles: Titles) -> tuple[str, Wording]:
    """The title that is shown, with who gives it.

    Of the clearest, which lack less than 0.1 of clarity against the best, the one that shares most words with what all
    tellings call the event: the medoid, which a single telling that has it wrong cannot be where several have it right
    (choosing what is expected to be least wrong: Kumar & Byrne, NAACL 2004). Of equal ones that of the most salient
    telling, then of the most confident, then the clearest, the shortest, the first in order.

    Arguments: the titles, at least one.
    """
    told = sorted(titles.items(), key=lambda each: (-each[1].told, each[0]))[:_COMPARED]
    best = max(wording.clarity for _, wording in told)
    words = {title: frozenset(title.casefold().split()) for title, _ in told}
    clear = [(title, wording) for title, wording in told if round(best - wording.clarity, 3) < NEARLY]

    def rank(each: tuple[str, Wording]) -> tuple[float | str, ...]:
        title, wording = each
        shared = sum(other.told * _alike(words[title], words[name]) for name, other in told)
        return (-round(shared, 6), -wording.salience, -wording.confidence, -wording.clarity, len(title), title)

    return min(clear, key=rank)


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of words that two titles have in common, 0 to 1 (Jaccard)."""
    return len(one & other) / len(one | other) if one | other else 1.0
