"""What a dated line of a chronology tells: “18 March: the president signs the treaty” is all of that day.

So are the paragraphs that go on with it before the next dated line.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping, Sequence

from spacy.tokens import Span, Token

from ingest.reading.english.events.finding.triggers import Trigger
from ingest.reading.english.times.anchoring.entries import ends_of
from ingest.reading.findings import TimeFinding

_MARKS = frozenset((":", "-", "–", "—", "--"))
_BULLETS = frozenset(("-", "–", "—", "•", "*", "·"))
_MAIN = frozenset(("ROOT", "conj", "parataxis", "ccomp", "appos", "dep"))


def of_entries(
    times: Mapping[int, Sequence[tuple[TimeFinding, Span]]], triggers: Sequence[Trigger]
) -> Iterator[tuple[int, TimeFinding]]:
    """The triggers that a dated line tells without a time of their own, by their position, with the line's time.

    Arguments: the expressions of each sentence, with their tokens; the triggers of the text.
    """
    opening = [(t, s) for here in times.values() for t, s in here[:1] if _opens_line(s) and t.type == "DATE"]
    if not opening:
        return
    ends = ends_of([(span.start_char, span.end_char) for _, span in opening], opening[0][1].doc.text)
    told = {t.token.i for t in triggers} | {t.governor.i for t in triggers if t.governor is not None}
    order = sorted((t.token.idx, number) for number, t in enumerate(triggers))
    for (time, span), end in zip(opening, ends, strict=True):
        for _, number in order[bisect_left(order, (span.end_char, 0)) : bisect_left(order, (end, 0))]:
            trigger = triggers[number]
            own = any(s is not span and _of_clause(s) for _, s in times.get(trigger.passage, ()))
            if _is_root(trigger) or (_is_main(trigger, told) and not own):
                yield number, time


def _of_clause(span: Span) -> bool:
    """Whether a time is the sentence's own, and not that of what only says which: “Crimea, which it took in 2014”."""
    return not any(t.dep_ in ("relcl", "acl") for t in (span.root, *span.root.ancestors))


def _is_root(trigger: Trigger) -> bool:
    return trigger.verb.dep_ == "ROOT" and not trigger.nominal


def _is_main(trigger: Trigger, told: Container[int]) -> bool:
    """Whether a main clause tells it, or is about it and tells nothing else: “the talks make no headway”."""
    verb = trigger.token.head
    about = trigger.nominal and trigger.token.dep_ in ("nsubj", "nsubjpass", "dobj") and verb.dep_ == "ROOT"
    return (trigger.verb.dep_ in _MAIN and not trigger.event.saying) or (about and verb.i not in told)


def _opens_line(span: Span) -> bool:
    doc, after = span.doc, span.end
    if after >= len(doc) or doc[after].text not in _MARKS:
        return False
    first = span.start - (span.start > 0 and doc[span.start - 1].text in _BULLETS)
    return first == 0 or _breaks(doc[first - 1])


def _breaks(token: Token) -> bool:
    return token.is_space and "\n" in token.text
