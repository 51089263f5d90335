"""Speech that no verb introduces: a name and a colon before it (transcripts, headlines), or a paragraph set off."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc
from spacy.tokens import Span as Words

from ingest.reading.english.claims.cues import Attribution, lexicon, verb_force
from ingest.reading.english.claims.quotes import paragraphs
from ingest.reading.english.claims.scene import FINITE
from ingest.reading.english.claims.speakers import source_span, spoken_subject
from ingest.reading.findings import Span

_LABEL = re.compile(
    r"[\"“'‘*_ ]{0,3}(?P<name>(?:[A-Z][\w.’'-]{0,30})(?:[ \t]+(?:de|van|von|al|bin|[A-Z][\w.’'-]{0,30})){0,4})"
    r"(?:[ \t]*\([^()\n]{1,40}\))?[*_]{0,2}:[*_]{0,2}[ \t\n]+(?=\S)"
)
_SIGNED = re.compile(r"\s*[—–―-]{1,2}\s*(?P<name>[^\s(@][^(@\n]{1,50}?)\s*\(@\w{1,30}\)")
_ASKING = {"q", "a", "question", "answer", "interviewer", "moderator"}
_TURNS = 3  # labelled paragraphs that make a transcript
_HEADLINE = 160  # characters
_OPENING = "\"“”'‘’«„•*-–—·‣"
_WHY = {"why", "how", "what", "who", "when", "where", "which"}
_NAMES = {"PERSON", "ORG", "GPE", "NORP"}
_FOLLOWING = {"this", "following", "that", "it", "statement", "part"}
_SAID = {"said", "spoke", "claimed", "announced", "emphasized", "informed", "asked"}


@dataclass(frozen=True, slots=True)
class _Turn:
    """A paragraph that begins with a name and a colon."""

    name: str
    label: Span
    said: Span


def find_labelled(doc: Doc, text: str) -> list[Attribution]:
    """Attributions of transcripts' turns, of headlines of the form `Name: …`, and of set-off paragraphs, in text order.

    Arguments: the parse and its text.
    """
    blocks = paragraphs(text)
    turns = [turn for block in blocks if (turn := _turn(text, block))]
    names = Counter(turn.name.casefold() for turn in turns)
    repeated = sum(n for n in names.values() if n > 1)
    if len(turns) >= _TURNS and repeated >= _TURNS - 1:
        found = [made for turn in turns if (made := _spoken(doc, turn))]
    else:
        found = [made for turn in turns if (made := _headline(doc, text, turn))]
    found += _set_off(doc, text, blocks)
    found += _posts(doc, text, blocks)
    return sorted(found, key=lambda a: a.start)


def _turn(text: str, block: Span) -> _Turn | None:
    match = _LABEL.match(text, *block)
    if match is None or match.end() >= block[1] or match["name"].split()[0].lower() in lexicon().sections:
        return None
    end = block[0] + len(text[slice(*block)].rstrip())
    return _Turn(match["name"], match.span("name"), (match.end(), end))


def _spoken(doc: Doc, turn: _Turn) -> Attribution | None:
    """One turn of a conversation; "Q" and "A" name nobody."""
    words = doc.char_span(*turn.said, alignment_mode="contract")
    if words is None or not words:
        return None
    source = () if turn.name.lower() in _ASKING else (turn.label,)
    return Attribution((turn.said,), source, None, words.root.i, True, "said", confidence=0.85)


def _headline(doc: Doc, text: str, turn: _Turn) -> Attribution | None:
    """`Lind: dam is safe`: the words of whoever stands before the colon, where they make a statement."""
    words = doc.char_span(*turn.said, alignment_mode="contract")
    long = turn.said[1] - turn.label[0] > _HEADLINE or text[turn.said[1] - 1] in ".:;"
    if long or words is None or not words or text[turn.said[0]] in _OPENING or not _names_somebody(doc, turn):
        return None
    if words[0].lower_ in _WHY or not any(w.tag_ in FINITE for w in words):
        return None
    return Attribution((turn.said,), (turn.label,), None, words.root.i, False, "said", confidence=0.6)


def _names_somebody(doc: Doc, turn: _Turn) -> bool:
    label = doc.char_span(*turn.label, alignment_mode="contract")
    if label is None:
        return False
    if label[-1].lower_ in lexicon().label_sources:
        return True
    known = len(label) == 1 and doc.text.count(turn.name) > 1  # named again, so no common noun set with a capital
    return len(label) <= 3 and (known or all(w.pos_ == "PROPN" for w in label)) and _person(label)


def _person(label: Words) -> bool:
    """Whether the label is a name; a lone surname is often not known for one, so it need only not be a place."""
    kinds = {w.ent_type_ for w in label}
    return bool(kinds & (_NAMES - {"GPE"})) or (len(label) == 1 and kinds == {""})


def _set_off(doc: Doc, text: str, blocks: Sequence[Span]) -> Iterator[Attribution]:
    """`The mayor said:` and a paragraph without marks behind it: a block quotation."""
    for before, block in pairwise(blocks):
        lead = text[slice(*before)].rstrip()
        if not lead.endswith(":") or text[block[0]] in _OPENING or _LABEL.match(text, *block):
            continue
        words = doc.char_span(before[0], before[0] + len(lead), alignment_mode="contract")
        said = (block[0], block[0] + len(text[slice(*block)].rstrip()))
        content = doc.char_span(*said, alignment_mode="contract")
        made = _block(words, content, said) if words and content else None
        if made is not None:
            yield made


def _posts(doc: Doc, text: str, blocks: Sequence[Span]) -> Iterator[Attribution]:
    """An embedded post: a paragraph, and below it `— Name (@handle) February 12, 2024`."""
    for block, below in pairwise(blocks):
        signed = _SIGNED.match(text, *below)
        words = doc.char_span(*_bare(text, block), alignment_mode="contract")
        if signed is None or words is None or not words or text[block[0]] in _OPENING:
            continue
        yield Attribution(
            (_bare(text, block),), (signed.span("name"),), None, words.root.i, True, "said", confidence=0.85
        )


def _bare(text: str, block: Span) -> Span:
    return block[0], block[0] + len(text[slice(*block)].rstrip())


def _block(lead: Words, content: Words, said: Span) -> Attribution | None:
    cues = [w for w in lead if verb_force(w) in _SAID and w.dep_ not in ("relcl", "amod", "ccomp")]
    if not cues or not content.text.endswith((".", "!", "?", "…", "”", '"')):
        return None
    cue = cues[-1]
    subject = spoken_subject(cue)
    objects = [c for c in cue.children if c.dep_ in ("dobj", "ccomp", "attr") and c.lower_ not in _FOLLOWING]
    told = cue.lemma_ in ("tell", "inform", "ask")
    if subject is None or (objects and not told) or not any(w.tag_ in FINITE for w in content):
        return None
    force = verb_force(cue) or "said"
    return Attribution((said,), (source_span(subject),), cue.i, content.root.i, True, force, confidence=0.65)
