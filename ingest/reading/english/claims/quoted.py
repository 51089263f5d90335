"""Who said what stands between quotation marks: each quotation is joined with the cue before or after it.

Newspaper practice, not the parse, decides which side: a quotation that ends with a comma waits for its cue, one that
follows a colon, a comma or the cue itself belongs to what precedes it, and one that opens a sentence right after an
attributed quotation continues it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from ingest.reading.english.claims.cues import Attribution, lexicon, verb_force
from ingest.reading.english.claims.quotation_cues import LIKENING, cue_after, cue_before, cue_by_dash
from ingest.reading.english.claims.quotation_places import (
    Place,
    clause_like,
    ends_line,
    fills_paragraph,
    head_of,
    sentence_like,
)
from ingest.reading.english.claims.scene import joined
from ingest.reading.english.claims.speakers import spoken_subject
from ingest.reading.findings import Span

_WAITS = (",", "?", "!", "—", "–", "-", "…", "...")
_NAMING = {"described", "believed", "criticized", "supported"}


def attribute(doc: Doc, places: Sequence[Place]) -> list[Attribution]:
    """Attributions of the quotations that somebody says; scare quotes and titles give none."""
    found: list[Attribution] = []
    previous: Place | None = None
    passed: Place | None = None
    for each in places:
        place = _reaching_over(passed, each)
        passed = None
        made = _attribute_one(doc, place)
        if previous is not None and found and _in_a_row(doc, previous, place, made):
            *before, (start, _) = found[-1].content
            found[-1] = replace(found[-1], content=(*before, (start, place.quotation.end)))
            previous = place
            continue
        if made is None and previous is not None and found and _continues(doc, previous, place):
            found[-1] = replace(found[-1], content=(*found[-1].content, *_joined_on(doc, place, place.quotation.parts)))
            previous = place
            continue
        if made is None:
            made = _unattributed(doc, place, after_speech=previous is not None)
        elif previous is not None and found and made.cue is not None and made.cue == found[-1].cue:
            found[-1] = replace(found[-1], content=(*found[-1].content, *_joined_on(doc, place, made.content)))
            previous = place
            continue
        if made is None:
            passed = place
        else:
            found.append(made)
            previous = place
    return found


def _reaching_over(passed: Place | None, place: Place) -> Place:
    """The place with its clause from before a name between marks that nobody says: `The “law” is “a joke,” he said`."""
    if passed is None or not passed.last + 1 == place.before[0] < place.before[1]:
        return place
    return replace(place, reach=passed.reach if passed.reach >= 0 else passed.before[0])


def _in_a_row(doc: Doc, previous: Place, place: Place, made: Attribution | None) -> bool:
    """Whether the quotation is only joined by "and" or "but" to the one before, and has no cue behind it."""
    told_behind = made is not None and made.cue is not None and made.cue > place.last
    return not told_behind and joined(doc[previous.last + 1 : place.first].text)


def _joined_on(doc: Doc, place: Place, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """The second part of what is said with the "and" or "but" before it: `“I like him,” she said, but “he errs.”`."""
    (start, end), *others = content
    at = place.first
    while at > place.before[0] and doc[at].idx > start:
        at -= 1
    joins = at > place.before[0] + 1 and doc[at - 1].tag_ == "CC" and doc[at - 2].text == ","
    return ((doc[at - 1].idx if joins else start, end), *others)


def _attribute_one(doc: Doc, place: Place) -> Attribution | None:
    before, after = cue_before(doc, place), cue_after(doc, place)
    text = place.inner
    waits = text.endswith(_WAITS) or not text.endswith((".", "…"))
    follows_first = text.endswith(",") or (waits and before is None)
    chosen = (after or before) if follows_first else (before or (after if waits else None))
    if chosen is None:
        return cue_by_dash(doc, place)
    cue, source, force = chosen
    follows = chosen is after
    if _scare(doc, place, cue, follows):
        return None
    start = _clause_start(doc, place, cue, follows)
    (_, end), *others = place.quotation.parts
    opening = _opened(doc, place, cue) if not follows else None
    sure = _sure(doc, place, force)
    runs_on = not follows and _runs_on(doc, place)
    spans = ((start, end), *others) if opening is None else (opening, (start, end), *others)
    return Attribution(spans, source, cue.i, head_of(doc, place), True, force, not source, runs_on, sure)


def _opened(doc: Doc, place: Place, cue: Token) -> Span | None:
    """What the sentence said before the cue: `The bank, she said, “has no idea.”`."""
    low, subject = place.before[0], spoken_subject(cue)
    if subject is None or not place.inner[:1].islower() or doc[place.first - 1].text != ",":
        return None
    while low < place.first and doc[low].is_space:
        low += 1
    last = min(subject.left_edge.i, cue.i) - 1
    fronted = doc[low].pos_ in ("ADP", "ADV", "SCONJ", "CCONJ", "PART", "VERB") or doc[low].tag_ == "WRB"
    if last <= low or doc[last].text != "," or fronted or any(w.ent_type_ in ("DATE", "TIME") for w in doc[low:last]):
        return None
    return doc[low].idx, doc[last].idx


def _runs_on(doc: Doc, place: Place) -> bool:
    """Whether words follow the closing mark without a stop: `said “reforms” would help`."""
    last = place.last + 1
    led = doc[place.first - 1].text if place.first else ":"
    stopped = place.inner.endswith((".", "?", "!", ",", ";", "—", "…")) or led == ":"
    return not stopped and place.quotation.closed and last < len(doc) and doc[last].text[:1].isalpha()


def _sure(doc: Doc, place: Place, force: str) -> float:
    """How often such a quotation is one: a clause between marks more than a phrase, and a phrase more than a name."""
    if clause_like(doc, place):
        return 0.97
    return 0.5 if force in _NAMING else 0.8


def _scare(doc: Doc, place: Place, cue: Token, follows: bool) -> bool:
    """Whether a word or title between marks only stands inside somebody's (or the writer's) sentence."""
    low, high = place.before
    if high > low and _title_case(doc, place):
        return True
    if clause_like(doc, place):
        return False
    if follows:
        return high > low and doc[high - 1].pos_ in ("ADP", "DET")
    quoting = any(c.lower_ == "as" and c.i < cue.i for c in cue.children)  # "as the Post put it in May, “a mess.”"
    return (
        not quoting and high - cue.i > 3 and doc[high - 1].text != ":" and cue.lemma_ not in lexicon().frames["naming"]
    )


def _title_case(doc: Doc, place: Place) -> bool:
    """Whether the words are set like a title: two or more, all longer ones with a capital."""
    words = [t.text for t in doc[place.first : place.last + 1] if t.is_alpha]
    return (
        sum(w[0].isupper() for w in words) > 1
        and not place.inner.endswith((".", "!", "?"))
        and all(w[0].isupper() for w in words if len(w) > 3)
        and words[0][0].isupper()
    )


def _clause_start(doc: Doc, place: Place, cue: Token, follows: bool) -> int:
    """Where the content begins: a clause that starts before the marks ("Kyiv “will not yield,” he said") counts."""
    first = place.first
    low = (place.reach if place.reach >= 0 else place.before[0]) if follows else cue.i + 1
    if follows and first > low and not doc[first - 1].is_punct:
        inner = [t.i for t in doc[low : first - 1] if verb_force(t) == "said" and spoken_subject(t) is not None]
        words = [t.i for t in doc[max([low, *(i + 1 for i in inner)]) : first] if not t.is_space and not t.is_punct]
        words = words[1:] if words and doc[words[0]].tag_ == "CC" else words
        return doc[words[0]].idx if words else place.quotation.start
    if cue.lemma_ in LIKENING:
        return place.quotation.start
    if first - 2 >= low and doc[first - 1].text == "," and doc[first - 2].lower_ == "that":
        return doc[first - 2].idx
    while (
        first > low
        and not doc[first - 1].is_punct
        and not doc[first - 1].is_space
        and _leads_into(doc[first - 1], place)
    ):
        first -= 1
    return doc[first].idx if first < place.first else place.quotation.start


def _leads_into(word: Token, place: Place) -> bool:
    return any(place.first <= above.i <= place.last for above in word.ancestors)


def _continues(doc: Doc, previous: Place, place: Place) -> bool:
    """Whether the quotation opens a sentence later in the paragraph in which the one before it was attributed."""
    between = doc[previous.last + 1 : place.first]
    if (
        place.before[0] != place.before[1]
        or place.opens_paragraph
        or any(ends_line(doc, t.i) for t in between if t.is_space)
    ):
        return False
    return previous.after[0] < previous.after[1] and (len(between) < 30 or sentence_like(doc, place))


def _unattributed(doc: Doc, place: Place, after_speech: bool) -> Attribution | None:
    """Give a sentence between marks that has no cue, or after speech a whole paragraph, to whoever spoke last."""
    if place.before[0] != place.before[1] or not place.quotation.closed:
        return None
    if not sentence_like(doc, place) and not (after_speech and fills_paragraph(doc, place)):
        return None
    if place.single:
        return None
    return Attribution(
        place.quotation.parts, (), None, head_of(doc, place), True, "said", continues=True, confidence=0.6
    )
