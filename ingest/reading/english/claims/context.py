"""What the earlier steps found, looked up by where it stands in the text."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ingest.reading.annotate import Annotated
from ingest.reading.english.todays import Todays, todays
from ingest.reading.findings import EntityFinding, EventFinding, Span, TimeFinding

T = TypeVar("T")
_LONGEST = 400  # characters of a mention
_LEAD = 3  # passages that tell what an article is about
_OLD = 2  # of them with times of former years only: history, not news
_MANY, _SHARE = 8, 0.25  # so many times, and fewer of them recent: history too


@dataclass(frozen=True, slots=True)
class Context:
    """What the earlier steps found, arranged for look-up by character offset."""

    annotated: Annotated
    times: tuple[TimeFinding, ...]
    mentions: tuple[tuple[int, int, EntityFinding], ...]
    triggers: tuple[tuple[int, int, EventFinding], ...]
    todays: Todays
    families: Mapping[str, frozenset[str]]  # keys of the persons by their last name, in lower case
    news: bool = True  # whether the article tells of the time in which it was published

    def times_in(self, span: Span) -> Sequence[TimeFinding]:
        """Time expressions that start inside the span."""
        low = bisect_left(self.times, span[0], key=lambda t: t.start)
        return self.times[low : bisect_left(self.times, span[1], key=lambda t: t.start)]

    def entities_in(self, span: Span) -> list[EntityFinding]:
        """Entities mentioned inside the span, in text order, each once."""
        return _unique(self.mentions, span)

    def events_in(self, span: Span) -> list[EventFinding]:
        """Events whose trigger lies inside the span, in text order, each once."""
        return _unique(self.triggers, span)

    def triggers_in(self, span: Span) -> list[tuple[int, EventFinding]]:
        """Triggers inside the span with where each starts, in text order."""
        return [(row[0], row[2]) for row in _rows(self.triggers, span) if span[0] <= row[0] and row[1] <= span[1]]

    def person_called(self, label: str) -> str | None:
        """Key of the one person whose family name ends a label in capitals ("SENATOR HALE"), if any."""
        last = label.rsplit(maxsplit=1)[-1].casefold() if label.isupper() else ""
        persons = self.families.get(last, frozenset())
        return next(iter(persons)) if len(persons) == 1 else None

    def entity_named(self, words: Span) -> str | None:
        """Key of the entity at the head word ("spokesperson" in "a spokesperson for the council"), if any."""
        found = self.annotated.doc.char_span(*words, alignment_mode="expand")
        if found is None:
            return None
        head = found.root
        rows = _rows(self.mentions, (head.idx, head.idx + 1))
        best = max(rows, key=lambda row: row[1] - row[0], default=None)
        return best[2].key if best is not None else None


def arrange(
    annotated: Annotated,
    times: tuple[TimeFinding, ...],
    entities: tuple[EntityFinding, ...],
    events: tuple[EventFinding, ...],
) -> Context:
    """The findings of the earlier steps, sorted for look-up."""
    mentions = sorted(((m.start, m.end, e) for e in entities for m in e.mentions), key=lambda row: row[:2])
    triggers = sorted(((m.start, m.end, e) for e in events for m in e.mentions), key=lambda row: row[:2])
    ordered = tuple(sorted(times, key=lambda t: t.start))
    days = todays(annotated, ordered)
    families: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for person in (e for e in entities if e.kind == "Person" and e.name):
        families[person.name.casefold().rsplit(maxsplit=1)[-1]] |= {person.key}
    news = _news(annotated, ordered)
    return Context(annotated, ordered, tuple(mentions), tuple(triggers), days, families, news)


def _news(annotated: Annotated, times: Sequence[TimeFinding]) -> bool:
    """Whether the years told, of the first sentences and of the whole, are not nearly all long before publication."""
    published = annotated.document.published
    if published is None or published.latest is None:
        return False
    since = int(published.latest[:4]) - 1
    lead = annotated.passages[min(_LEAD, len(annotated.passages)) - 1].end_char if annotated.passages else 0
    told = [(annotated.passage_at(t.start), int(t.edtf.latest[:4])) for t in times if t.edtf and t.edtf.latest]
    first = [year for passage, year in told if annotated.passages[passage].start_char < lead]
    if len({passage for passage, _ in told[: len(first)]}) >= _OLD and max(first) < since:
        return False
    return len(told) < _MANY or sum(year >= since for _, year in told) >= _SHARE * len(told)


def within(offset: int, spans: Sequence[Span]) -> bool:
    """Whether the character lies in one of the spans."""
    return any(start <= offset < end for start, end in spans)


def _rows(rows: tuple[tuple[int, int, T], ...], span: Span) -> list[tuple[int, int, T]]:
    """Rows that share a character with the span; rows are sorted by start, and none is longer than _LONGEST."""
    low = bisect_left(rows, span[0] - _LONGEST, key=lambda row: row[0])
    high = bisect_left(rows, span[1], key=lambda row: row[0])
    return [row for row in rows[low:high] if span[0] < row[1]]


def _unique(rows: tuple[tuple[int, int, T], ...], span: Span) -> list[T]:
    found = [row[2] for row in _rows(rows, span) if span[0] <= row[0] and row[1] <= span[1]]
    return list({id(item): item for item in found}.values())
