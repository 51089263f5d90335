"""What the rules of indirect speech share: the parse with its quotations, and how a finding is made from words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from ingest.reading.english.claims.cues import DENIALS, Attribution, lexicon
from ingest.reading.english.claims.quotes import Quotation
from ingest.reading.english.claims.speakers import source_span, token_at
from ingest.reading.findings import Span

_JOINTS = {"and", "but", "or", "then", "also", "that", ","}


def joined(between: str) -> bool:
    """Whether the words between two quotations only join them."""
    words = between.replace(",", " , ").split()
    return any(w in ("and", "but", "or") for w in words) and all(w in _JOINTS for w in words)


WEAK = 0.5
"""Confidence of the constructions that carry no finite clause."""
WEAKEST = 0.4
"""Confidence of a noun that carries what its owner thinks, with no verb of saying near it."""
ANYBODY = {"you", "anyone", "anybody", "someone", "somebody", "one", "nobody", "whoever"}
FINITE = {"VBD", "VBZ", "VBP", "MD"}
_NEG_RAISING = {"believe", "think", "expect", "want", "agree", "feel", "consider", "support", "wish"}
_IN = {"in", "at", "on", "during", "via", "by", "through", "to"}
_NOBODY = {"no", "neither", "few"}
_WITHHELD = {"refuse", "decline", "fail", "forget", "avoid", "stop"}


@dataclass(frozen=True, slots=True)
class Scene:
    """What the rules look at: the parse, and where quotations lie."""

    doc: Doc
    quotations: tuple[Quotation, ...]

    def quoted(self, token: Token) -> bool:
        """Whether the token stands inside a quotation."""
        return bool(self.over(token.idx, token.idx + 1))

    def over(self, start: int, end: int) -> tuple[Quotation, ...]:
        """Quotations that share a character with the span."""
        low = bisect_right(self.quotations, start, key=lambda q: q.end)
        high = bisect_left(self.quotations, end, key=lambda q: q.start)
        return self.quotations[low:high]

    def stretch(self, first: int, last: int) -> Span | None:
        """Characters from token to token, without marks and blanks at the edges, never ending inside a quotation."""
        doc = self.doc
        while first <= last and (
            doc[first].is_space or (doc[first].is_punct and not doc[first].is_quote and doc[first].text not in "[(")
        ):
            first += 1
        while last >= first and (
            doc[last].is_space
            or (doc[last].is_punct and not doc[last].is_quote and doc[last].text not in "])")
            or (doc[last].tag_ == "CC" and last > first)
        ):
            last -= 1
        if last < first:
            return None
        start, end = doc[first].idx, doc[last].idx + len(doc[last])
        over = self.over(start, end)
        if over:
            start, end = min(start, over[0].start), max(end, over[-1].end)
        return start, self._in_a_row(end)

    def _in_a_row(self, end: int) -> int:
        """End of the quotations that only "and" or "but" joins to the one that ends here: “…” but “…”."""
        at = bisect_left(self.quotations, end, key=lambda q: q.end)
        if at >= len(self.quotations) or self.quotations[at].end != end:
            return end
        text = self.doc.text
        while at + 1 < len(self.quotations) and joined(text[end : self.quotations[at + 1].start]):
            at += 1
            end = self.quotations[at].end
        return end


def report(
    scene: Scene, cue: Token, head: Token, force: str, spans: Sequence[Span | None], source: Token | None, sure: float
) -> Iterator[Attribution]:
    """Yield the attribution of these words, if any; a clause that is mostly quoted keeps its "that"."""
    content = tuple(span for span in spans if span is not None)
    if not content or (source is not None and _anybody(source)):
        return
    if sure <= WEAK:
        content = (*content[:-1], _without_aside(scene, content[-1]))
    named = (source_span(source),) if source is not None else ()
    length = sum(b - a for a, b in content)
    quoted = sum(max(0, min(b, q.end) - max(a, q.start)) for a, b in content for q in scene.over(a, b))
    direct = quoted * 2 > length
    if (
        direct and cue.i < head.i
    ):  # a clause that is mostly quoted is kept from its conjunction on, as quotation corpora do
        content = ((scene.doc[_conjunction(scene.doc, content[0][0])].idx, content[0][1]), *content[1:])
    yield Attribution(content, named, cue.i, head.i, direct, force, confidence=sure)


def _without_aside(scene: Scene, span: Span) -> Span:
    """End a thing that somebody wants or blames before what the writer tells of it: ", which …", "in a statement"."""
    words = scene.doc.char_span(*span, alignment_mode="expand")
    if words is None:
        return span
    for word in words:
        ends = word.right_edge.i >= words.end - 2 and not scene.quoted(word)
        if ends and word.i > words.start and _names_occasion(word):
            return scene.stretch(words.start, word.i - 1) or span
        first = word.left_edge.i if word.dep_ == "relcl" else 0
        if ends and first - 1 > words.start and scene.doc[first - 1].text == ",":
            return scene.stretch(words.start, first - 2) or span
    return span


def _names_occasion(link: Token) -> bool:
    """Whether the words only tell in what it was said: "called for a strike in a statement"."""
    nouns = [c for c in link.children if c.dep_ == "pobj" and c.lemma_.lower() in lexicon().carriers]
    known = any(c.dep_ == "det" and c.lower_ == "the" for noun in nouns for c in noun.children)
    return link.dep_ == "prep" and link.lower_ in ("in", "at", "during") and bool(nouns) and not known


def _anybody(source: Token) -> bool:
    """Whether nobody in particular speaks; "one of the engineers" is somebody."""
    return source.lower_ in ANYBODY and not any(c.lower_ == "of" for c in source.children)


def _conjunction(doc: Doc, start: int) -> int:
    first = token_at(doc, start).i
    return first - 1 if first and doc[first - 1].lower_ == "that" else first


def hidden(verb: Token, force: str) -> bool:
    """Whether the verb reports no saying: negated, only possible, withheld, or an infinitive that hangs on a noun."""
    if any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in verb.children) and verb.dep_ == "advcl":
        return True
    nobody = (c for c in verb.children if c.dep_ == "nsubj")
    if force not in DENIALS and any(g.lower_ in _NOBODY for c in nobody for g in c.lefts):
        return True  # "few analysts believe that …"
    negated = any(c.dep_ == "neg" for c in verb.children)
    if negated and force not in DENIALS and verb.lemma_ not in _NEG_RAISING:
        return True
    if (
        any(c.dep_ == "aux" and c.tag_ == "MD" and c.lower_ not in ("will", "'ll", "’ll") for c in verb.children)
        and force != "wanted"
    ):
        return True
    if (verb.tag_ == "VB" and verb.head.lemma_ in _WITHHELD) or (
        verb.dep_ == "pcomp" and verb.head.lower_ == "without"
    ):
        return True
    words = {c.lower_ for c in verb.children} if verb.tag_ == "VB" else set()
    return "to" in words and (verb.dep_ in ("acl", "relcl", "advcl") or bool(words & {"how", "whether", "when"}))


def clause_start(verb: Token, clause: Token) -> int:
    """First word of the clause, behind "that"; a time ("said Monday that") belongs to the verb."""
    first = max(clause.left_edge.i, verb.i + 1)
    mark = next((c for c in clause.children if c.dep_ == "mark" and c.lower_ == "that" and c.i > verb.i), None)
    return mark.i + 1 if mark is not None and mark.i - first <= 4 else _behind_time(clause, first)


def _behind_time(clause: Token, first: int) -> int:
    """Pass by a time right behind the verb that is no subject: "told farmers this week he would …"."""
    subject = next((c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass", "expl")), None)
    if subject is None:
        return first
    at = first
    while at < subject.left_edge.i and (clause.doc[at].ent_type_ in ("DATE", "TIME") or clause.doc[at].lower_ == "on"):
        at += 1
    return at if at == subject.left_edge.i else first


def is_finite(clause: Token) -> bool:
    """Tell whether the clause has a tense, or a "that" before it."""
    if clause.tag_ in FINITE:
        return True
    words = [c for c in clause.children if c.dep_ in ("aux", "auxpass", "cop")]
    if clause.tag_ in ("VBN", "VB") and not words:  # a tense that the tagger took for a participle or an infinitive
        return any(c.dep_ == "nsubj" for c in clause.children)
    return any(w.tag_ in FINITE for w in words) or any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


def said_in(noun: Token, verb: Token) -> bool:
    """Whether the noun only names in what the verb says it: "said in a report that …"."""
    return noun.dep_ == "pobj" and noun.head.dep_ == "prep" and noun.head.head == verb and noun.head.lower_ in _IN
