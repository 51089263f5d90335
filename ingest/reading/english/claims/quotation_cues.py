"""The cue that a quotation has before or after it, who says it there, and with what force."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from ingest.reading.english.claims.cues import Attribution, framed, lexicon, verb_force
from ingest.reading.english.claims.quotation_places import Place, clause_like, head_of, sentence_start
from ingest.reading.english.claims.speakers import passive, source_of, source_span, spoken_subject
from ingest.reading.findings import Span

_NAME = {"PROPN", "NOUN", "PRON"}
LIKENING = {"liken", "compare"}
_DASH = {"―", "—", "–", "--", "-", "~"}


def cue_after(doc: Doc, place: Place) -> tuple[Token, tuple[Span, ...], str] | None:
    """`“…,” he said`, `“…,” said Smith`, `“…,” according to Smith`."""
    low, high = place.after
    words = [t for t in doc[low:high] if not t.is_space]
    if not words or words[0].text in (".", ";", ":") or words[0].dep_ in ("cc", "mark") or words[0].tag_ == "WRB":
        return None
    finished = place.inner.endswith((".", "?", "!", ","))
    # British papers set the comma behind the mark: `“There is no plan B”, Roe said`
    finished = finished or (words[0].text == "," and place.before[0] == place.before[1])
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


def cue_before(doc: Doc, place: Place) -> tuple[Token, tuple[Span, ...], str] | None:
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


def cue_by_dash(doc: Doc, place: Place) -> Attribution | None:
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
        place.quotation.parts, (source_span(noun),), words[0].i, head_of(doc, place), True, "said", confidence=0.8
    )


def _has_object(verb: Token, end: int) -> bool:
    return any(c.dep_ == "dobj" and verb.i < c.i < end for c in verb.children)


def _adjacent(doc: Doc, cue: Token, first: int) -> bool:
    """Whether nothing but "that", adverbs, an addressee or a time stands between the cue and the quotation."""
    between = [t for t in doc[cue.i + 1 : first] if not t.is_space]
    likened = cue.lemma_ in LIKENING and bool(between) and between[-1].lower_ == "to"
    if likened or not between or between[-1].lower_ in ("that", "as", "with", "like"):
        return len(between) <= 8 and not any(t.pos_ == "VERB" for t in between)
    return (
        all(t.pos_ in ("ADV", "PART", "ADP", "PRON", "CCONJ") or t.text == "," for t in between) and len(between) <= 4
    )


def _lead(words: Sequence[Token]) -> tuple[Token, tuple[Span, ...], str] | None:
    """Read a clause that ends with a colon: its cue's or main verb's subject speaks, or the name that stands alone."""
    if (inverted := _inverted(words)) is not None:
        return inverted
    cues = [w for w in words if verb_force(w) and (w.dep_ not in ("relcl", "amod") or w == words[-2])]
    verbs = cues or [w for w in words if w.pos_ == "VERB" and w.dep_ not in ("relcl", "amod", "acl")]
    for verb in reversed(verbs):
        noun = source_of(verb)
        if noun is not None:
            return verb, (source_span(noun),), verb_force(verb) or "said"
    names = [w for w in words if w.pos_ in _NAME and w.dep_ not in ("pobj", "compound", "poss")]
    if not verbs and names and len(words) <= 12:
        return words[-1], (source_span(names[0]),), "said"
    return None


def _inverted(words: Sequence[Token]) -> tuple[Token, tuple[Span, ...], str] | None:
    """`Replied Kyiv's envoy, Olena Moroz:`: whoever follows the verb that opens the sentence."""
    verb, rest = words[0], words[1:]
    if verb.lower_ not in lexicon().inverted or not verb.text[0].isupper():
        return None
    noun = next((w for w in rest if w.pos_ in _NAME and w.dep_ not in ("compound", "poss", "amod", "nmod")), None)
    if noun is None or any(verb_force(w) and w.tag_ in ("VBD", "VBZ") for w in rest):
        return None  # `Asked whether he would go, Roe replied:`
    start, end = source_span(noun)
    return verb, ((max(start, rest[0].idx), end),), "said"


def _colon_paragraph(doc: Doc, place: Place) -> tuple[Token, tuple[Span, ...], str] | None:
    """Find the cue in a paragraph before that ends with a colon and introduces this one."""
    at = place.before[0] - 1
    while at > 0 and doc[at].is_space:
        at -= 1
    if not place.opens_paragraph or at <= 0 or doc[at].text != ":":
        return None
    return _lead([t for t in doc[sentence_start(doc, at, 0) : at] if not t.is_space])


def _according(word: Token) -> tuple[Token, tuple[Span, ...], str] | None:
    to = word.doc[word.i + 1] if word.i + 1 < len(word.doc) else None
    if to is None or to.lower_ != "to":
        return None
    noun = next((c for c in (*to.children, *word.children) if c.dep_ == "pobj"), None)
    return (word, (source_span(noun),), "said") if noun is not None else None


def _quoted_whom(verb: Token, high: int) -> Token | None:
    """Whom `“…,” Interfax quoted Lind, head of the mission, as saying` quotes, wherever the parse hangs the end."""
    ends = (t for t in verb.doc[verb.i + 1 : high] if t.lower_ == "as" and t.i + 1 < high)
    if verb.lemma_.lower() not in ("quote", "cite") or not any(t.nbor().lower_ in ("saying", "telling") for t in ends):
        return None
    return next((c for c in verb.children if c.dep_ == "dobj"), None)


def _subject_in(doc: Doc, verb: Token, low: int, high: int) -> tuple[Span, ...]:
    """Find the verb's subject within the token range: by the parse, else the noun phrase beside the verb."""
    quoted = _quoted_whom(verb, high)
    if quoted is not None:
        return (source_span(quoted),)
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
