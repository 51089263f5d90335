"""Who said what stands between quotation marks: each quotation is joined with the cue before or after it.

Newspaper practice, not the parse, decides which side: a quotation that ends with a comma waits for its cue, one that
follows a colon, a comma or the cue itself belongs to what precedes it, and one that opens a sentence right after an
attributed quotation continues it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from ingest.claims.cues import Attribution, framed, lexicon, verb_force
from ingest.claims.quotes import Quotation
from ingest.claims.scene import joined
from ingest.claims.speakers import passive, source_of, source_span, spoken_subject
from ingest.findings import Span

_WAITS = (",", "?", "!", "—", "–", "-", "…", "...")
_STOP = {".", "?", "!", ";"}
_DASH = {"―", "—", "–", "--", "-", "~"}
_NAMING = {"described", "believed", "criticized", "supported"}
_LIKENING = {"liken", "compare"}
_NAME = {"PROPN", "NOUN", "PRON"}


@dataclass(frozen=True, slots=True)
class Place:
    """A quotation among the tokens. `before` and `after` are the token ranges of the same sentence outside of marks."""

    quotation: Quotation
    first: int
    last: int
    before: tuple[int, int]
    after: tuple[int, int]
    opens_paragraph: bool
    inner: str  # the words without the marks
    single: bool  # between single marks
    reach: int = -1  # first token of the clause where a name between marks stands in it before, which nobody says


def place_quotations(doc: Doc, quotations: Sequence[Quotation]) -> list[Place]:
    """Token ranges of the quotations and of the text around them."""
    text = doc.text  # spaCy joins it anew at each call
    starts = [token.idx for token in doc]
    ranges, told = [], []
    for quotation in quotations:
        first = bisect_left(starts, quotation.start)
        last = max(first, bisect_left(starts, quotation.end) - 1)
        if not _nickname(doc, first, last):
            ranges.append((first, last))
            told.append(quotation)
    quotations = told
    places = []
    for i, (first, last) in enumerate(ranges):
        low = ranges[i - 1][1] + 1 if i else 0
        high = ranges[i + 1][0] if i + 1 < len(ranges) else len(doc)
        before = _back(doc, first, low)
        after = (last + 1, _forth(doc, last + 1, high))
        opens = first == 0 or "\n" in doc[first - 1].text
        words = text[quotations[i].start : quotations[i].end]
        inner, single = words.strip("“”„«»\"'‘’` \n"), words[:1] in "'‘’" and words[:2] != "''"
        places.append(Place(quotations[i], first, last, (before, first), after, opens, inner, single))
    return places


def _nickname(doc: Doc, first: int, last: int) -> bool:
    """`Marcia “Cia” Price`: one or two words between parts of a name."""
    if not 0 < first <= last < len(doc) - 1 or last - first > 3:
        return False
    return doc[first - 1].pos_ == doc[last + 1].pos_ == "PROPN" and doc[last - 1].text not in (",", ".", "!", "?")


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
    before, after = _cue_before(doc, place), _cue_after(doc, place)
    text = place.inner
    waits = text.endswith(_WAITS) or not text.endswith((".", "…"))
    follows_first = text.endswith(",") or (waits and before is None)
    chosen = (after or before) if follows_first else (before or (after if waits else None))
    if chosen is None:
        return _by_dash(doc, place)
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
    return Attribution(spans, source, cue.i, _head(doc, place), True, force, not source, runs_on, sure)


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
    if cue.lemma_ in _LIKENING:
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


def _cue_after(doc: Doc, place: Place) -> tuple[Token, tuple[Span, ...], str] | None:
    """`“…,” he said`, `“…,” said Smith`, `“…,” according to Smith`."""
    low, high = place.after
    words = [t for t in doc[low:high] if not t.is_space]
    if not words or words[0].text in (".", ";", ":") or words[0].dep_ in ("cc", "mark") or words[0].tag_ == "WRB":
        return None
    finished = place.inner.endswith((".", "?", "!", ","))
    for word in words[:40]:
        if word.lower_ == "according":
            return _according(word)
        force = verb_force(word)
        generic = (
            force is None
            and word.pos_ == "VERB"
            and word.tag_ in ("VBD", "VBZ")
            and place.inner.endswith(",")
            and clause_like(doc, place)
        )
        if (not force and not generic) or word.dep_ in ("relcl", "acl", "amod"):
            continue
        if word.tag_ in ("VB", "VBG") or (not finished and word.i - low > 1):
            return None
        own = word.i + 1 == high < len(doc) and doc[high].is_quote
        if own and place.before[0] < place.before[1] and not clause_like(doc, place):
            return None  # `in a box labelled “…,” she wrote “…”`: the verb has a quotation of its own
        source = _subject_in(doc, word, low, high)
        return (word, source, force or "said") if source else None
    return None


def _cue_before(doc: Doc, place: Place) -> tuple[Token, tuple[Span, ...], str] | None:
    """`He said, “…”`, `He told reporters on Monday: “…”`, `She said that “…”`, `He called it “…”`."""
    low, high = place.before
    words = [t for t in doc[low:high] if not t.is_space]
    if not words:
        return _colon_paragraph(doc, place)
    joint = words[-1].text if words[-1].is_punct else ""
    if joint == ":" and (lead := _lead(words)):
        return lead
    for word in reversed(words[-40:]):
        force = verb_force(word) or (framed("naming", word) if joint != "," else None)
        if force is None or word.dep_ in ("amod",):
            continue
        if doc[high - 1].lower_ == "as" and framed("naming", word) and _has_object(word, high):
            return None  # `described the plan as “…”`: all of it is what is said
        adjacent = _adjacent(doc, word, high)
        if joint in (":", ",") or adjacent:
            noun = source_of(word)
            if noun is None and passive(word):
                return word, (), force
            return (word, (source_span(noun),) if noun is not None else (), force)
        return None
    if words[0].lower_ == "according" and joint == ",":
        return _according(words[0])
    return None


def _has_object(verb: Token, end: int) -> bool:
    return any(c.dep_ == "dobj" and verb.i < c.i < end for c in verb.children)


def _adjacent(doc: Doc, cue: Token, first: int) -> bool:
    """Whether nothing but "that", adverbs, an addressee or a time stands between the cue and the quotation."""
    between = [t for t in doc[cue.i + 1 : first] if not t.is_space]
    likened = cue.lemma_ in _LIKENING and bool(between) and between[-1].lower_ == "to"
    if likened or not between or between[-1].lower_ in ("that", "as", "with", "like"):
        return len(between) <= 8 and not any(t.pos_ == "VERB" for t in between)
    return (
        all(t.pos_ in ("ADV", "PART", "ADP", "PRON", "CCONJ") or t.text == "," for t in between) and len(between) <= 4
    )


def _lead(words: Sequence[Token]) -> tuple[Token, tuple[Span, ...], str] | None:
    """Read a clause that ends with a colon: its cue's or main verb's subject speaks, or the name that stands alone."""
    cues = [w for w in words if verb_force(w) and w.dep_ not in ("relcl", "amod")]
    verbs = cues or [w for w in words if w.pos_ == "VERB" and w.dep_ not in ("relcl", "amod", "acl")]
    for verb in reversed(verbs):
        noun = source_of(verb)
        if noun is not None:
            return verb, (source_span(noun),), verb_force(verb) or "said"
    names = [w for w in words if w.pos_ in _NAME and w.dep_ not in ("pobj", "compound", "poss")]
    if not verbs and names and len(words) <= 12:
        return words[-1], (source_span(names[0]),), "said"
    return None


def _colon_paragraph(doc: Doc, place: Place) -> tuple[Token, tuple[Span, ...], str] | None:
    """Find the cue in a paragraph before that ends with a colon and introduces this one."""
    at = place.before[0] - 1
    while at > 0 and doc[at].is_space:
        at -= 1
    if not place.opens_paragraph or at <= 0 or doc[at].text != ":":
        return None
    return _lead([t for t in doc[_back(doc, at, 0) : at] if not t.is_space])


def _by_dash(doc: Doc, place: Place) -> Attribution | None:
    """`“…” — Jane Doe, a nurse`: a name after a dash, to the end of the paragraph."""
    low, high = place.after
    mark = doc[place.last]
    stuck = mark.text[-1:] in _DASH and mark.idx + len(mark) > place.quotation.end  # ”―Jane: one token with the mark
    words = [t for t in doc[low - stuck : high] if not t.is_space]
    dash = stuck or bool(words and words[0].text in _DASH)
    if len(words) < 2 or not dash or len(words) > 25 or words[1].pos_ not in ("PROPN", "NOUN"):
        return None
    if any(w.pos_ == "VERB" and w.tag_ in ("VBD", "VBZ", "VBP") for w in words[1:6]):
        return None
    noun = words[1]
    while noun.head in words and noun.dep_ in ("compound", "amod") and noun.head.pos_ in _NAME:
        noun = noun.head
    return Attribution(
        place.quotation.parts, (source_span(noun),), words[0].i, _head(doc, place), True, "said", confidence=0.8
    )


def _according(word: Token) -> tuple[Token, tuple[Span, ...], str] | None:
    to = word.doc[word.i + 1] if word.i + 1 < len(word.doc) else None
    if to is None or to.lower_ != "to":
        return None
    noun = next((c for c in (*to.children, *word.children) if c.dep_ == "pobj"), None)
    return (word, (source_span(noun),), "said") if noun is not None else None


def _subject_in(doc: Doc, verb: Token, low: int, high: int) -> tuple[Span, ...]:
    """Find the verb's subject within the token range: by the parse, else the noun phrase beside the verb."""
    subject = spoken_subject(verb)
    if subject is not None and low <= subject.i < high:
        return (source_span(subject),)
    nouns = [t for t in doc[low : verb.i] if t.pos_ in _NAME and t.dep_ not in ("pobj", "poss", "compound")]
    if nouns:
        return (source_span(nouns[0]),)
    following = [
        t for t in doc[verb.i + 1 : min(high, verb.i + 12)] if t.pos_ in _NAME and t.dep_ not in ("compound", "poss")
    ]
    if following and following[0].dep_ != "pobj" and verb.i - low <= 2:
        return (source_span(following[0]),)
    if verb.dep_ == "conj" and (noun := source_of(verb)) is not None and noun.i < low:
        return (source_span(noun),)
    return ()


def _continues(doc: Doc, previous: Place, place: Place) -> bool:
    """Whether the quotation opens a sentence later in the paragraph in which the one before it was attributed."""
    between = doc[previous.last + 1 : place.first]
    if (
        place.before[0] != place.before[1]
        or place.opens_paragraph
        or any(_line_end(doc, t.i) for t in between if t.is_space)
    ):
        return False
    return previous.after[0] < previous.after[1] and (len(between) < 30 or sentence_like(doc, place))


def _unattributed(doc: Doc, place: Place, after_speech: bool) -> Attribution | None:
    """Give a sentence between marks that has no cue, or after speech a whole paragraph, to whoever spoke last."""
    if place.before[0] != place.before[1] or not place.quotation.closed:
        return None
    if not sentence_like(doc, place) and not (after_speech and _fills_paragraph(doc, place)):
        return None
    if place.single:
        return None
    return Attribution(place.quotation.parts, (), None, _head(doc, place), True, "said", continues=True, confidence=0.6)


def _fills_paragraph(doc: Doc, place: Place) -> bool:
    ends = place.last + 1 >= len(doc) or "\n" in doc[place.last + 1].text
    return place.opens_paragraph and ends and place.inner.endswith((".", "!", "?")) and " " in place.inner


def sentence_like(doc: Doc, place: Place) -> bool:
    """Whether the words between the marks are a sentence: a capital, a finite verb, closing punctuation."""
    words = [t for t in doc[place.first : place.last + 1] if not t.is_punct and not t.is_space]
    if len(words) < 3:
        return False
    finite = any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") or (t.tag_ == "VB" and t.i == words[0].i) for t in words)
    return finite and words[0].text[:1].isupper() and place.inner.endswith((".", "?", "!", ",", "…", "—"))


def clause_like(doc: Doc, place: Place) -> bool:
    """Whether a finite verb, or an order, stands between the marks."""
    words = [t for t in doc[place.first : place.last + 1] if not t.is_punct and not t.is_space]
    return any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in words) or (bool(words) and words[0].tag_ == "VB")


def _head(doc: Doc, place: Place) -> int | None:
    words = doc[place.first : place.last + 1]
    inside = [
        t
        for t in words
        if t.pos_ in ("VERB", "AUX") and (t.head.i < place.first or t.head.i > place.last or t.head == t)
    ]
    return inside[0].i if inside else next((t.i for t in words if not t.is_punct and not t.is_space), None)


def _back(doc: Doc, first: int, low: int) -> int:
    at = first
    while at > low and doc[at - 1].text not in _STOP and "\n\n" not in doc[at - 1].text and not _line_end(doc, at - 1):
        at -= 1
    return at


def _forth(doc: Doc, at: int, high: int) -> int:
    while at < high and doc[at].text not in _STOP and not _line_end(doc, at):
        at += 1
    return at


def _line_end(doc: Doc, at: int) -> bool:
    return "\n" in doc[at].text and (at + 1 >= len(doc) or not doc[at + 1].text[:1].islower())


__all__ = ["Place", "attribute", "lexicon", "place_quotations", "sentence_like"]
