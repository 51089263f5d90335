"""What a dated line of a chronology tells: “18 March: the president signs the treaty” is all of that day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Span, Token

from ingest.reading.english.events.finding.triggers import Trigger
from ingest.reading.findings import TimeFinding

_MARKS = frozenset((":", "-", "–", "—", "--"))
_MAIN = frozenset(("ROOT", "conj", "parataxis", "ccomp", "appos", "dep"))


def of_entries(
    times: Mapping[int, Sequence[tuple[TimeFinding, Span]]], triggers: Sequence[Trigger]
) -> Iterator[tuple[int, TimeFinding]]:
    """The triggers that a dated line tells without a time of their own, by their position, with the line's time.

    Arguments: the expressions of each sentence, with their tokens; the triggers of the text.
    """
    for here in times.values():
        for time, span in here[:1]:
            if _opens_line(span) and time.type == "DATE":
                line = _line(span)
                own = [s for _, s in here[1:] if s.start < line]
                yield from ((n, time) for n, t in enumerate(triggers) if _told_in(t, span.end, line) and not own)


def _told_in(trigger: Trigger, start: int, end: int) -> bool:
    main = trigger.verb.dep_ in _MAIN and not trigger.event.saying
    return start <= trigger.token.i < end and main


def _opens_line(span: Span) -> bool:
    doc, after = span.doc, span.end
    if after >= len(doc) or doc[after].text not in _MARKS:
        return False
    return span.start == 0 or _breaks(doc[span.start - 1])


def _breaks(token: Token) -> bool:
    return token.is_space and "\n" in token.text


def _line(span: Span) -> int:
    """The token at which the line of an expression ends."""
    return next((t.i for t in span.doc[span.end :] if _breaks(t)), len(span.doc))
