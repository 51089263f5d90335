"""Find, normalise and anchor the time expressions of an article.

The story: `grammar` finds candidate phrases, `vetoes` drops those the parse speaks against, `survey` decides what kind
of text this is, `sequence` reads the phrases in their order (`values`), each against publication, the story so far
(`flow`) or an event of the article. Whose today it is say `datelines` (the report's own day), `entries` (headings and
lines of a chronology) and `quoted` (what was written on a day); `accounting` says which quarter accounts are of.
`links` says which words are dated, `anchors` what is counted from them, `chains` what hangs on what, `pins` what a
person has corrected. `ranges` joins what stands between “from” and “to”.
"""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc

from ingest.reading.annotate import Annotated
from ingest.reading.english.times.anchoring.flow import Read
from ingest.reading.english.times.anchoring.pins import NO_PINS, pins_of
from ingest.reading.english.times.anchoring.sequence import read_all
from ingest.reading.english.times.kinds.ranges import interval, open_ended, pairs, with_shared_words
from ingest.reading.english.times.kinds.rates import rated
from ingest.reading.english.times.kinds.readings import Reading
from ingest.reading.english.times.phrases.grammar import Phrase, find_phrases
from ingest.reading.english.times.phrases.situation import tokens_of
from ingest.reading.english.times.vetoes import vetoed
from ingest.reading.findings import Span, TimeFinding
from kb.edtf import Edtf

__all__ = ["NO_PINS", "find_times"]

_BEFORE_NOUN = frozenset({"nummod", "nmod", "compound", "amod"})


def find_times(annotated: Annotated, pins: Mapping[Span, Edtf] = NO_PINS) -> tuple[TimeFinding, ...]:
    """All time expressions of an article, sorted by start, never overlapping, keyed t1, t2 and so on.

    Arguments: annotated, the parsed article; pins, dates that a person has corrected, each by the place of an event's
    words in this text. What is counted from that event, or takes its year, is then read from the corrected date.

    Each end of a range is a finding with its own TIMEX3 value; both carry the whole range as EDTF ("2014/2016"), as
    “since 2014” carries 2014/.. and “until 2016” ../2016.
    """
    text, doc = annotated.text, annotated.doc
    found = with_shared_words(list(find_phrases(text)), text)
    kept = (p for p in found if not vetoed(p, text, doc))
    phrases: list[Phrase] = [p for k in kept if (p := rated(k, text, doc)) is not None]
    read = read_all(phrases, annotated, pins_of(pins))
    spans = [(r.start, r.end) for r in read]
    joined: dict[int, Edtf] = {}
    for left, right in pairs(spans, text):
        if _clock_before_day(read[left], read[right]):
            continue  # "from 8 p.m. to 6 a.m. until March 1"
        both = interval(read[left].reading.edtf, read[right].reading.edtf)
        if both is not None:
            joined[left] = joined[right] = both
    return tuple(_finding(index, item, joined.get(index), annotated) for index, item in enumerate(read))


def _clock_before_day(left: Read, right: Read) -> bool:
    hour = left.phrase is not None and left.phrase.kind == "clock" and left.phrase.inner is None
    return hour and right.reading.type == "DATE"


def _of_happening(item: Read, doc: Doc) -> bool:
    """“Since the 2014 annexation”: the date is of the annexation, and what it is since has none of its own."""
    span = tokens_of(doc, item.start, item.end)
    noun = span.root.head if span is not None else None
    return span is not None and noun is not None and span.root.dep_ in _BEFORE_NOUN and noun.i == span.end


def _finding(index: int, item: Read, joined: Edtf | None, annotated: Annotated) -> TimeFinding:
    reading, text = item.reading, annotated.text
    alone = reading.type == "DATE" and not _of_happening(item, annotated.doc)
    bounded = joined or (open_ended(reading.edtf, text, item.start) if alone else None)
    edtf = bounded or reading.edtf
    rule = (
        reading.rule if bounded is None else f"{reading.rule}; {'one end of a range' if joined else 'open to one side'}"
    )
    return TimeFinding(
        key=f"t{index + 1}",
        start=item.start,
        end=item.end,
        text=text[item.start : item.end],
        type=reading.type,
        value=reading.value,
        edtf=edtf,
        rule=rule,
        anchor=item.anchor,
        candidates=_candidates(edtf, reading),
        circular=reading.circular,
    )


def _candidates(edtf: Edtf | None, reading: Reading) -> tuple[str, ...]:
    if edtf is None:
        return ()
    rivals = [str(rival) for period in reading.rivals if (rival := period.edtf()) is not None]
    return tuple(dict.fromkeys([str(edtf), *rivals]))
