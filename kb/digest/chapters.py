"""The days of a digest as chapters: periods between the longest silences, each with a heading in words.

A story is told in bursts. Days belong to one chapter as long as what lies between them is short beside the silences of
this story; a heading says when it was, what its most important day tells, and whom its sentences name more than the
rest of the story does.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from kb.digest.material import Chapter, Day, Digest
from kb.edtf import Edtf
from kb.shown.day_spans import ordinal

LONGER = 2.0  # times the middle silence, from which on one parts chapters
FEW = 3  # days of silence that never part chapters
NAMES = 2  # names in a heading


def chapters(digest: Digest) -> tuple[Chapter, ...]:
    """The chapters of a digest, in the order of time; none where it has no day."""
    parts = _parted(digest.days)
    everywhere = _names(digest.days)
    return tuple(Chapter(_heading(part, everywhere), part) for part in parts)


def period(first: str, last: str) -> str:
    """Two ISO days in words, as short as they can be said: “3 to 9 Mar 2022”, “3 Mar to 9 Apr 2022”."""
    start, end = Edtf(first).human(), Edtf(last).human()
    if first == last:
        return start
    for same in (7, 4):  # the year and the month, the year
        if first[:same] == last[:same]:
            return f"{' '.join(start.split()[: 1 if same == 7 else 2])} to {end}"
    return f"{start} to {end}"


def _parted(days: Sequence[Day]) -> list[tuple[Day, ...]]:
    """The days in runs. At most as many runs as the root of the days, doubled: the longest silences part them."""
    if not days:
        return []
    numbers = [ordinal(day.date) or 0 for day in days]
    gaps = [after - before for before, after in pairwise(numbers)]
    middle = sorted(gaps)[len(gaps) // 2] if gaps else 0
    long = [place for place, gap in enumerate(gaps) if gap > FEW and gap > LONGER * middle]
    most = max(1, round(2 * math.sqrt(len(days)))) - 1
    cuts = sorted(sorted(long, key=lambda place: (-gaps[place], place))[:most])
    edges = [0, *(place + 1 for place in cuts), len(days)]
    return [tuple(days[start:end]) for start, end in pairwise(edges)]


def _heading(days: Sequence[Day], everywhere: Counter[str]) -> str:
    when = period(days[0].date, days[-1].date)
    best = max(days, key=lambda day: (day.importance, day.date))
    title = next((event.title for entry in best.entries for event in entry.events if event.day == best.date), "")
    here = _names(days)
    own = sorted(here, key=lambda name: (-here[name] * math.log1p(here[name] / everywhere[name]), name))
    names = [name for name in own if name.lower() not in title.lower()][:NAMES]
    told = [part for part in (title, ", ".join(names)) if part]
    return f"{when}: {'; '.join(told)}" if told else when


def _names(days: Sequence[Day]) -> Counter[str]:
    return Counter(name for day in days for entry in day.entries for name in entry.names)
