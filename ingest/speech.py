"""Indirect speech in the parse: clauses, infinitives, noun phrases and whole sentences that somebody is reported to have said.

Each rule is one construction of English: `said that …`, `…, he said, …`, `according to …`, `is alleged to …`,
`reiterated his opposition to …`, `is sceptical that …`. The lexicon says which words take which construction.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from spacy.tokens import Doc, Token

from ingest.cues import DENIALS, Attribution, framed, lexicon, verb_force
from ingest.findings import Span
from ingest.quotes import Quotation
from ingest.speakers import passive, source_of, source_span, spoken_subject, token_at

WEAK = 0.5  # confidence of the constructions that carry no clause
_ADDRESSING = {"tell", "remind", "inform", "assure"}
_ANYBODY = {"you", "anyone", "anybody", "someone", "somebody", "one", "nobody", "whoever"}
_TOLD = {"said", "spoke", "claimed", "announced", "revealed", "confirmed", "warned", "predicted", "emphasized", "complained", "showed", "believed"}
_FINITE = {"VBD", "VBZ", "VBP", "MD"}
_RAISING = {"say", "allege", "claim", "report", "believe", "think", "rumor", "rumour", "suspect", "assume", "understand", "estimate"}
_NEG_RAISING = {"believe", "think", "expect", "want", "agree", "feel", "consider", "support", "wish"}
_WITHHELD = {"refuse", "decline", "fail", "forget", "avoid", "stop"}
_CONDITION = {"unless", "if", "until"}
_LIGHT = {"make", "repeat", "reiterate", "echo", "share", "voice", "issue"}
_DETERMINERS = {"this", "that", "these", "those", "such", "same"}


@dataclass(frozen=True, slots=True)
class Scene:
    """What the rules look at: the parse, where quotations lie, and the cues that quotations have taken."""

    doc: Doc
    quotations: tuple[Quotation, ...]
    taken: frozenset[int]

    def quoted(self, token: Token) -> bool:
        """Whether the token stands inside a quotation."""
        return bool(self.over(token.idx, token.idx + 1))

    def over(self, start: int, end: int) -> tuple[Quotation, ...]:
        """Quotations that share a character with the span."""
        low = bisect_right(self.quotations, start, key=lambda q: q.end)
        high = bisect_left(self.quotations, end, key=lambda q: q.start)
        return self.quotations[low:high]

    def stretch(self, first: int, last: int) -> Span | None:
        """Characters from token to token, without marks and blanks at the edges, and never ending inside a quotation."""
        doc = self.doc
        while first <= last and (doc[first].is_space or (doc[first].is_punct and not doc[first].is_quote and doc[first].text not in "[(")):
            first += 1
        while last >= first and (doc[last].is_space or (doc[last].is_punct and not doc[last].is_quote and doc[last].text not in "])")):
            last -= 1
        if last < first:
            return None
        start, end = doc[first].idx, doc[last].idx + len(doc[last])
        over = self.over(start, end)
        if over:
            start, end = min(start, over[0].start), max(end, over[-1].end)
        return start, end


Rule = Callable[[Scene, Token], Iterator[Attribution]]


def find_speech(doc: Doc, quotations: Sequence[Quotation], taken: frozenset[int]) -> list[Attribution]:
    """Indirect and mixed attributions in text order.

    Arguments: quotations, outermost; taken, indices of the cues that already have a quotation as their content.
    """
    scene = Scene(doc, tuple(quotations), taken)
    found: list[Attribution] = []
    for token in doc:
        if token.i in taken or token.is_punct or token.is_space or scene.quoted(token):
            continue
        for rule in _RULES:
            made = list(rule(scene, token))
            if made:
                found.extend(made)
                break
    return _without_nested(doc, found)


def _without_nested(doc: Doc, found: Sequence[Attribution]) -> list[Attribution]:
    """Drop the weaker kinds inside what somebody else is reported to have said: they are that person's words, not the article's."""
    spans = sorted(span for a in found for span in a.content)
    ends = list(accumulate((end for _, end in spans), max))
    kept = []
    for a in found:
        at = doc[a.cue].idx if a.cue is not None else a.start
        before = bisect_right(spans, (at, at))
        if a.confidence > WEAK or not before or ends[before - 1] <= at:
            kept.append(a)
    return kept


def _make(scene: Scene, cue: Token, head: Token, force: str, spans: Sequence[Span | None], source: Token | None, sure: float) -> Iterator[Attribution]:
    content = tuple(span for span in spans if span is not None)
    if not content or (source is not None and source.lower_ in _ANYBODY):
        return
    named = (source_span(source),) if source is not None else ()
    length = sum(b - a for a, b in content)
    quoted = sum(max(0, min(b, q.end) - max(a, q.start)) for a, b in content for q in scene.over(a, b))
    direct = quoted * 2 > length
    if direct and cue.i < head.i:  # a clause that is mostly quoted is kept from its conjunction on, as quotation corpora do
        content = ((scene.doc[_conjunction(scene.doc, content[0][0])].idx, content[0][1]), *content[1:])
    yield Attribution(content, named, cue.i, head.i, direct, force, confidence=sure)


def _conjunction(doc: Doc, start: int) -> int:
    first = token_at(doc, start).i
    return first - 1 if first and doc[first - 1].lower_ == "that" else first


def _hidden(verb: Token, force: str) -> bool:
    """Whether the verb reports no saying: negated, only possible, withheld, or an infinitive that hangs on a noun."""
    negated = any(c.dep_ == "neg" for c in verb.children)
    if negated and force not in DENIALS and verb.lemma_ not in _NEG_RAISING:
        return True
    if any(c.dep_ == "aux" and c.tag_ == "MD" and c.lower_ not in ("will", "'ll", "’ll") for c in verb.children) and force != "wanted":
        return True
    if (verb.tag_ == "VB" and verb.head.lemma_ in _WITHHELD) or (verb.dep_ == "pcomp" and verb.head.lower_ == "without"):
        return True
    infinitive = verb.tag_ == "VB" and any(c.lower_ == "to" for c in verb.children)
    return infinitive and verb.dep_ in ("acl", "relcl", "advcl")


def _clause(scene: Scene, verb: Token) -> Iterator[Attribution]:
    """`said (that) …`, `is said to …`, `…, he said`."""
    force = verb_force(verb)
    if force is None or _hidden(verb, force):
        return
    clause = _content_clause(verb)
    if clause is not None and clause.i > verb.i and verb.lemma_ not in lexicon().quote_only | {"go", "put"}:
        if passive(verb) and source_of(verb) is None and not _impersonal(verb):
            return
        source = source_of(verb)
        if source is None and not passive(verb):
            return
        last = _without_participle(clause, _extended(verb, clause))
        yield from _make(scene, verb, clause, force, [scene.stretch(_clause_start(verb, clause), last)], source, 0.8)
    elif passive(verb):
        yield from _alleged(scene, verb, force)
    else:
        yield from _parenthesis(scene, verb, force)


def _content_clause(verb: Token) -> Token | None:
    """The finite clause that is the verb's object."""
    for child in verb.children:
        if child.dep_ == "ccomp" and child.i > verb.i and _is_finite(child):
            return child
    return _stray_clause(verb)


def _stray_clause(verb: Token) -> Token | None:
    """A clause that the parse hangs elsewhere: behind a near "that", or as an adverbial without any conjunction."""
    for word in verb.doc[verb.i + 1 : min(verb.i + 13, verb.sent.end)]:
        if word.lower_ == "that" and word.dep_ == "mark" and word.head.i > word.i:
            return word.head if _is_finite(word.head) and not _governed(word.head, verb) else None
        if word.pos_ in ("VERB", "AUX") or word.text in (".", ";", ":"):
            break
    for child in verb.rights:
        if child.dep_ == "advcl" and _is_finite(child) and {"nsubj", "nsubjpass"} & {c.dep_ for c in child.children}:
            if not any(c.dep_ in ("mark", "advmod") and c.i < child.i and c.tag_ in ("IN", "WRB") for c in child.children):
                return child
    return None


def _governed(clause: Token, verb: Token) -> bool:
    """Whether the clause is the content of a noun of saying behind the verb ("reject the claim that …")."""
    return clause.dep_ in ("acl", "ccomp") and clause.head is not verb and clause.head.lemma_ in lexicon().nouns


def _is_finite(clause: Token) -> bool:
    if clause.tag_ in _FINITE:
        return True
    words = [c for c in clause.children if c.dep_ in ("aux", "auxpass", "cop")]
    if clause.tag_ == "VBN" and not words:  # a past tense that the tagger took for a participle
        return any(c.dep_ == "nsubj" for c in clause.children)
    return any(w.tag_ in _FINITE for w in words) or any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


def _clause_start(verb: Token, clause: Token) -> int:
    """First word of the clause, behind "that"; a time ("said Monday that") belongs to the verb."""
    first = max(clause.left_edge.i, verb.i + 1)
    mark = next((c for c in clause.children if c.dep_ == "mark" and c.lower_ == "that" and c.i > verb.i), None)
    return mark.i + 1 if mark is not None and mark.i - first <= 4 else first


def _extended(verb: Token, clause: Token) -> int:
    """Last word of what is said: a further clause that the parse hangs on the verb belongs to it if it says so itself.

    It does when it repeats "that", or keeps the tense of the clause where that differs from the verb's
    ("said he is open, but they are not").
    """
    last = clause.right_edge.i
    for other in verb.children:
        if other.dep_ not in ("conj", "ccomp", "advcl") or other.i <= last:
            continue
        marks = {c.lower_ for c in other.children if c.dep_ == "mark"}
        own = any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in other.children)
        kept = own and verb.tag_ == "VBD" and _tense(clause) == _tense(other) == "present"
        if (other.dep_ == "conj" and ("that" in marks or kept)) or (other.dep_ == "advcl" and marks & (_CONDITION | {"because"})):
            last = max(last, other.right_edge.i)
    return last


def _without_participle(clause: Token, last: int) -> int:
    """Last word before a participle that is a cue itself ("said it was over, adding that …")."""
    for word in clause.doc[clause.i + 1 : last + 1]:
        if word.tag_ == "VBG" and word.nbor(-1).text == "," and verb_force(word) and word.dep_ in ("advcl", "acl", "conj", "dep"):
            return word.i - 2
    return last


def _tense(clause: Token) -> str:
    tags = [w.tag_ for w in (clause, *(c for c in clause.children if c.dep_ in ("aux", "auxpass")))]
    return "present" if any(t in ("VBZ", "VBP") for t in tags) else "past" if "VBD" in tags else ""


def _impersonal(verb: Token) -> bool:
    """`It is alleged that …`"""
    return any(c.dep_ in ("nsubjpass", "nsubj", "expl") and c.lower_ == "it" for c in verb.children)


def _alleged(scene: Scene, verb: Token, force: str) -> Iterator[Attribution]:
    """`X is alleged to have …`: nobody speaks; the subject belongs to what is said of it."""
    subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    action = next((c for c in verb.children if c.dep_ == "xcomp" and c.i > verb.i), None)
    if verb.lemma_ not in _RAISING or subject is None or action is None:
        return
    spans = [scene.stretch(subject.left_edge.i, subject.right_edge.i), scene.stretch(action.left_edge.i, action.right_edge.i)]
    yield from _make(scene, verb, action, force, spans, source_of(verb), 0.7)


def _parenthesis(scene: Scene, verb: Token, force: str) -> Iterator[Attribution]:
    """`…, he said.` and `…, he said, …`: the rest of the sentence is what is said."""
    subject = spoken_subject(verb)
    if force not in _TOLD or verb.lemma_ in lexicon().quote_only or subject is None or subject.tag_ in ("WP", "WDT") or verb.dep_ not in ("ROOT", "ccomp", "parataxis", "dep", "conj", "advcl"):
        return
    sentence = verb.sent
    first, last = min(subject.left_edge.i, verb.i), max(subject.right_edge.i, verb.i)
    marked = any(c.dep_ in ("mark", "cc") and c.i < verb.i for c in verb.children)
    if marked or first <= sentence.start + 1 or scene.doc[first - 1].text not in (",", "—", "–", "--", "-"):
        return
    before = scene.doc[sentence.start : first - 1]
    objects = {c.dep_ for c in verb.children if c.i > verb.i and c.dep_ in ("dobj", "xcomp")}
    if any(scene.quoted(w) for w in before[-1:]) or (objects and verb.lemma_ not in _ADDRESSING):
        return
    while last + 1 < sentence.end and scene.doc[last + 1].text not in (",", "—", "–", ".", "--", ";"):
        last += 1
    spans = [scene.stretch(sentence.start, first - 2)]
    if last + 2 < sentence.end and scene.doc[last + 1].text in (",", "—", "–") and _same_clause(verb, last + 2, sentence.end):
        spans.append(scene.stretch(last + 2, sentence.end - 1))
    words = (*before, *(scene.doc[last + 2 : sentence.end] if len(spans) > 1 else ()))
    if any(w.tag_ in _FINITE for w in words):
        yield from _make(scene, verb, _top(words), force, spans, subject, 0.8)


def _same_clause(verb: Token, first: int, end: int) -> bool:
    """Whether what follows `…, he said,` goes on with what is said rather than with the saying ("adding that", "according")."""
    word = verb.doc[first]
    return not (word.tag_ == "VBG" or word.lower_ in ("according", "who", "which", "and", "but", "when", "as", "while")) and end - first > 1


def _top(words: Sequence[Token]) -> Token:
    inside = {w.i for w in words}
    return next((w for w in words if w.head.i not in inside or w.head is w), words[0])


def _according(scene: Scene, word: Token) -> Iterator[Attribution]:
    """`According to X, …` and `…, according to X`: the rest of the sentence is what X said."""
    if word.lower_ != "according" or word.i + 1 >= len(scene.doc) or scene.doc[word.i + 1].lower_ != "to":
        return
    to = scene.doc[word.i + 1]
    noun = next((c for c in (*to.children, *word.children) if c.dep_ == "pobj"), None)
    if noun is None:
        return
    sentence = word.sent
    end = max(noun.i, next((t.i - 1 for t in scene.doc[noun.i : sentence.end] if t.text in (",", ".", ";") or "\n" in t.text), sentence.end - 1))
    if word.i - sentence.start <= 2:
        spans = [scene.stretch(end + 1, sentence.end - 1)]
    else:
        spans = [scene.stretch(sentence.start, word.i - 1)]
        if end + 2 < sentence.end and scene.doc[end + 1].text == "," and word.head.i > end:
            spans.append(scene.stretch(end + 1, sentence.end - 1))
    yield from _make(scene, word, word.head, "said", spans, noun, 0.85)


def _infinitive(scene: Scene, verb: Token) -> Iterator[Attribution]:
    """`pledged to …`, `wants to …`, `urged them to …`."""
    if verb.pos_ != "VERB" or passive(verb) or verb.dep_ == "pcomp":
        return
    for action in verb.children:
        if action.dep_ not in ("xcomp", "ccomp") or action.i < verb.i or not any(c.lower_ == "to" and c.dep_ == "aux" for c in action.children):
            continue
        doer = next((c for c in (*action.children, *verb.children) if c.dep_ in ("nsubj", "dobj", "dative") and verb.i < c.i < action.i), None)
        force = framed("object_infinitive" if doer is not None else "infinitive", verb)
        source = source_of(verb)
        if force is None or source is None or _hidden(verb, force):
            continue
        first = doer.left_edge.i if doer is not None else action.left_edge.i
        yield from _make(scene, verb, action, force, [scene.stretch(first, action.right_edge.i)], source, WEAK)
        return


def _object(scene: Scene, verb: Token) -> Iterator[Attribution]:
    """`rejected the claim that …`, `reiterated his opposition to …`, `made this claim`, `called for …`."""
    if verb.pos_ != "VERB" or passive(verb) or verb.dep_ == "pcomp":
        return
    thing = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    if thing is not None and _tells(thing):
        force = framed("object", verb) or _echo(verb, thing)
        source = source_of(verb)
        if force and source is not None and not _hidden(verb, force):
            spans = [scene.stretch(_thing_start(thing, source), _thing_end(verb, thing))]
            yield from _make(scene, verb, thing, force, spans, source, WEAK)
            return
    yield from _preposition(scene, verb, thing)


def _tells(thing: Token) -> bool:
    """Whether a noun phrase says something: it carries a claim ("opposition to …"), or is more than a name or a bare noun."""
    carries = thing.lemma_ in lexicon().nouns
    return thing.pos_ == "NOUN" and (carries or thing.right_edge.i - thing.left_edge.i >= 2)


def _echo(verb: Token, thing: Token) -> str | None:
    """`made this claim`: the words point back at a claim already told."""
    pointing = any(c.dep_ in ("det", "amod", "predet") and c.lower_ in _DETERMINERS for c in thing.children)
    return lexicon().nouns.get(thing.lemma_) if verb.lemma_ in _LIGHT and pointing and thing.lemma_ in lexicon().anaphors else None


def _thing_start(thing: Token, source: Token) -> int:
    """The phrase begins behind a possessive that means the source itself ("reiterated his opposition")."""
    own = next((c for c in thing.children if c.dep_ == "poss"), None)
    return own.i + 1 if own is not None and own.tag_ == "PRP$" and thing.lemma_ in lexicon().nouns else thing.left_edge.i


def _thing_end(verb: Token, thing: Token) -> int:
    """The phrase ends before a participle that goes on about the subject (", stating …") and takes a condition along."""
    end = thing.right_edge.i
    for child in thing.rights:
        comma = child.left_edge.i > 0 and thing.doc[child.left_edge.i - 1].text == ","
        if child.tag_ == "VBG" and comma and child.dep_ in ("acl", "advcl"):
            end = min(end, child.left_edge.i - 1)
    for child in verb.rights:
        if child.dep_ == "advcl" and child.i > end and any(c.dep_ == "mark" and c.lower_ in _CONDITION for c in child.children):
            end = child.right_edge.i
    return end


def _preposition(scene: Scene, verb: Token, thing: Token | None) -> Iterator[Attribution]:
    """`called for …`, `warned of …`, `accused them of …`."""
    for link in verb.children:
        if link.dep_ not in ("prep", "prt", "agent") or link.i < verb.i:
            continue
        force = framed("preposition", verb, link.lower_)
        noun = next((c for c in link.children if c.dep_ in ("pobj", "pcomp")), None)
        source = source_of(verb)
        if not force or noun is None or source is None or noun.pos_ in ("PRON", "PROPN") or _hidden(verb, force):
            continue
        first = thing.left_edge.i if force == "accused" and thing is not None else noun.left_edge.i
        action = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl") and c.i > noun.i), None)
        last = action.right_edge.i if action is not None and link.lower_ in ("on", "upon") else noun.right_edge.i
        yield from _make(scene, verb, noun, force, [scene.stretch(first, last)], source, WEAK)
        return


def _naming(scene: Scene, verb: Token) -> Iterator[Attribution]:
    """`called the plan a mistake`, `described it as “…”`."""
    force = framed("naming", verb)
    if force is None or verb.pos_ != "VERB" or passive(verb):
        return
    name = next((c for c in verb.children if c.dep_ in ("oprd", "ccomp") or (c.dep_ == "prep" and c.lower_ == "as")), None)
    thing = next((c for c in verb.children if c.dep_ == "dobj"), None)
    source = source_of(verb)
    if source is None or name is None or name.i < verb.i or _hidden(verb, force):
        return
    first = thing.left_edge.i if thing is not None and verb.i < thing.i < name.i else name.left_edge.i
    yield from _make(scene, verb, name, force, [scene.stretch(first, name.right_edge.i)], source, 0.6)


def _noun(scene: Scene, noun: Token) -> Iterator[Attribution]:
    """`Trump’s claim that …`: the owner said it, unless the sentence is about somebody who denies it."""
    force = lexicon().nouns.get(noun.lemma_) if noun.pos_ == "NOUN" else None
    if force is None:
        return
    clause = next((c for c in noun.children if c.dep_ in ("acl", "ccomp", "relcl") and any(m.lower_ == "that" and m.dep_ == "mark" for m in c.children)), None)
    if clause is None:
        return
    verb = noun.head if noun.dep_ == "dobj" and noun.head.pos_ == "VERB" else None
    if verb is not None and framed("object", verb):
        return
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    by = next((w for c in noun.children if c.dep_ in ("prep", "agent") and c.lower_ in ("by", "from") for w in c.children if w.dep_ == "pobj"), None)
    source = owner or by or (source_of(verb) if verb is not None and not passive(verb) else None)
    mark = next(m.i for m in clause.children if m.lower_ == "that" and m.dep_ == "mark")
    yield from _make(scene, noun, clause, force, [scene.stretch(mark + 1, clause.right_edge.i)], source, 0.6)


def _stance(scene: Scene, word: Token) -> Iterator[Attribution]:
    """`is sceptical that …`, `is opposed to …`."""
    force = lexicon().adjectives.get(word.lemma_.lower()) if word.pos_ == "ADJ" or word.tag_ == "VBN" else None
    if force is None or word.dep_ not in ("acomp", "ROOT", "conj") or word.head.lemma_ not in ("be", "remain", "become", "grow", "feel", "seem"):
        return
    subject = source_of(word.head)
    clause = next((c for c in (*word.children, *word.head.children) if c.dep_ == "ccomp" and c.i > word.i), None)
    link = next((c for c in word.children if c.dep_ == "prep" and c.lower_ in ("of", "about", "to")), None)
    noun = next((c for c in link.children if c.dep_ in ("pobj", "pcomp")), None) if link is not None else None
    if subject is None or subject.lower_ == "it" or (clause is None and noun is None):
        return
    head = clause if clause is not None else noun
    assert head is not None
    first = _clause_start(word, clause) if clause is not None else head.left_edge.i
    yield from _make(scene, word, head, force, [scene.stretch(first, head.right_edge.i)], subject, 0.6)


_RULES: tuple[Rule, ...] = (_according, _clause, _infinitive, _naming, _object, _noun, _stance)
