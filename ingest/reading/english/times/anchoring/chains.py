"""Expressions counted from events that are themselves dated only by counted expressions, and the circles among them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest.reading.annotate import Annotated
from ingest.reading.english.times.anchoring.anchors import Counted, length_of, read_counted
from ingest.reading.english.times.anchoring.families import family
from ingest.reading.english.times.anchoring.links import EventWord, Links, event_words, fits, links_of
from ingest.reading.english.times.anchoring.pins import Pin
from ingest.reading.english.times.kinds.readings import Reading
from ingest.reading.english.times.phrases.situation import tokens_of
from ingest.reading.english.times.phrases.words import UNITS
from ingest.reading.findings import Anchor

_UNDATED = {"second": "XXXX-XX-XX", "minute": "XXXX-XX-XX", "hour": "XXXX-XX-XX", "day": "XXXX-XX-XX",
            "week": "XXXX-WXX", "fortnight": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX",
            "quarter": "XXXX-QX"}  # fmt: skip
_ROUGH = {"second": 1, "minute": 1, "hour": 1, "day": 1, "week": 7, "fortnight": 14}  # days of one unit
_MOST = 40  # expressions of one kind of event that are looked at on either side
_NEAR = 40  # words on either side; no clause is longer


@dataclass(frozen=True, slots=True)
class _Dated:
    """A counted expression and an event word that it dates."""

    number: int
    word: EventWord


class Chains:
    """Which counted expression hangs on which other. Each leans on one at most, so that every circle is found once."""

    def __init__(self, counted: Sequence[Counted], annotated: Annotated, pins: Sequence[Pin], history: bool) -> None:
        self._counted, self._annotated, self._pins, self._history = counted, annotated, pins, history
        self._dates: dict[str, list[_Dated]] = defaultdict(list)
        for number, item in enumerate(counted):
            for word in self._words(item):
                self._dates[word.event].append(_Dated(number, word))
                if word.named:
                    self._dates[f"={word.family}"].append(_Dated(number, word))
        self._leans = [self._basis(number) for number in range(len(counted))]

    def _words(self, item: Counted) -> list[EventWord]:
        span = tokens_of(self._annotated.doc, item.phrase.start, item.phrase.end)
        return list(event_words(span, (item.start, item.end))) if span is not None else []

    def _basis(self, number: int) -> int | None:
        """The expression that dates the event of this one: of the same word if there is one, the last before it."""
        item = self._counted[number]
        for key in (f"={item.event.family}", item.event.event):
            dated = self._dates.get(key, [])
            at = bisect_left(dated, number, key=lambda d: d.number)
            if at < len(dated) and dated[at].number == number:
                return None
            near = [*reversed(dated[max(0, at - _MOST) : at])]
            near += [] if self._history else dated[at : at + _MOST]
            fitting = next((d.number for d in near if fits(item.event, d.word)), None)
            if fitting is not None:
                return fitting
        return None

    def read(self, links: Links) -> dict[str, Reading]:
        """The readings of all counted expressions that can be dated, or that hang in a circle, by key.

        Arguments: links, what the other expressions of the article say of its events.
        """
        made: dict[int, Reading | None] = {}
        for number in range(len(self._counted)):
            self._follow(number, links, made)
        return {self._counted[n].key: reading for n, reading in made.items() if reading is not None}

    def _follow(self, number: int, links: Links, made: dict[int, Reading | None]) -> None:
        path: dict[int, None] = {}
        step: int | None = number
        while step is not None and step not in made:
            if step in path:
                made |= self._circle(list(path)[list(path).index(step) :])
                break
            reading = self._read(step, links)
            if reading is not None:
                made[step] = reading
                break
            path[step] = None
            step = self._leans[step]
        for waiting in reversed(path):
            if waiting not in made:
                made[waiting] = self._hung(waiting, made)

    def _read(self, number: int, links: Links) -> Reading | None:
        item = self._counted[number]
        made = None if _doubled(item, links) else read_counted(item, links, self._history)
        return None if made is not None and self._past_now(item, made) else made

    def _past_now(self, item: Counted, made: Reading) -> bool:
        """Whether a clause told as past would lie after the article: then it is counted from another event.

        One unit more is no contradiction: “five weeks” are counted roughly.
        """
        published, span = self._annotated.document.published, tokens_of(self._annotated.doc, item.start, item.end)
        first = made.period.first_day() if made.period is not None else None
        if span is None or first is None or published is None or published.latest is None or self._history:
            return False
        if len(published.latest) != len("2022-02-24") or span.root.sent.root.tag_ != "VBD":
            return False  # of a year before our reckoning
        rough = _ROUGH.get(UNITS[item.phrase.get("unit")], 31)
        return first.toordinal() - rough > date.fromisoformat(published.latest).toordinal()

    def _hung(self, number: int, made: Mapping[int, Reading | None]) -> Reading | None:
        """What is counted from an event that another counted expression dates."""
        basis = self._leans[number]
        dated = made.get(basis) if basis is not None else None
        if basis is None or dated is None or dated.period is None:
            return None
        other = self._counted[basis]
        span = tokens_of(self._annotated.doc, other.phrase.start, other.phrase.end)
        if span is None:
            return None
        inside = (other.start, other.end)
        links = Links(links_of(span, dated.period, other.key, self._pins, inside, dated.approximate))
        return read_counted(self._counted[number], links, False)

    def _circle(self, members: Sequence[int]) -> dict[int, Reading]:
        spans = [(self._counted[n].start, self._counted[n].end) for n in sorted(members)]
        quoted = [f"“{' '.join(self._annotated.text[start:end].split())}”" for start, end in spans]
        names = " and ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))
        rule = f"circular: {names} are counted from each other"
        return {n: self._undated(n, rule) for n in members}

    def _undated(self, number: int, rule: str) -> Reading:
        item, basis = self._counted[number], self._leans[number]
        token = item.event.token
        anchor = Anchor(
            "event",
            None,
            (token.idx, token.idx + len(token)),
            self._counted[basis].key if basis is not None else None,
        )
        value = _UNDATED.get(UNITS[item.phrase.get("unit")], "XXXX")
        return Reading("DATE", value, rule, basis="event", anchor=anchor, circular=True)

    def unsettled(self, key: str) -> Reading:
        """The reading of an expression whose date moves with itself, through the story told after it."""
        number = next(n for n, item in enumerate(self._counted) if item.key == key)
        item = self._counted[number]
        rule = f"circular: {length_of(item)} {item.direction} an event that is itself dated by it"
        made = self._undated(number, rule)
        return replace(made, anchor=replace(made.anchor, time=None)) if made.anchor else made


def _doubled(item: Counted, links: Links) -> bool:
    """“A year after launching one, we launch another”: two events of a kind, and the text dates but one of them."""
    at, sentence = item.event.token.i, item.event.token.sent
    dated = {link.word.token.i for link in links.of(item.event)}
    near = sentence.doc[max(sentence.start, at - _NEAR) : min(sentence.end, at + _NEAR)]
    others = [t for t in near if t.pos_ == "VERB" and t.i not in dated and not item.start <= t.idx < item.end]
    return at not in dated and any(family(t.lemma_.lower(), False) == item.event.family for t in others)
