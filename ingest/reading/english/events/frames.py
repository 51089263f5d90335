"""What stands around a clause and says that it is no fact: a question, a forgery, a withdrawn report, a novel, a guess.

The parse of the clause itself says nothing of it, so these are read beyond it: in the clauses above, the label before
the sentence, the sentence after it, and the sentence before it in the same paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Span, Token

from ingest.reading.lexicon import load
from kb.models import EventStatus

_ASKED = frozenset({"ROOT", "conj", "xcomp", "ccomp", "auxpass", "aux", "attr", "acomp", "nsubj", "dobj", "parataxis"})
_LABEL = re.compile(r"^\W*([\w’' ]{3,20}?)\s*[:–—]\s")
_SCORE = re.compile(r"(?<![\w-])\d{1,2}\s?[-–]\s?\d{1,2}(?![\w–-])")
_LOOK_BACK, _LONGEST = 3, 60


Chain = Sequence[tuple[Token, Token]]


def framed(word: Token) -> EventStatus | None:
    """What the words around an event's clause make of it; None where nothing there speaks against it.

    Arguments: the word whose clause tells the event.
    """
    chain, sentence = tuple(_above(word)), word.sent
    if (
        any(_belied(above, child) for above, child in chain)
        or _labelled_false(word, sentence)
        or _contradicted(sentence)
        or _unfulfilled(word, chain)
        or _taken_back(chain, sentence)
    ):
        return "negated"
    if _asked(word, chain, sentence) or _imagined(word, chain, sentence):
        return "hypothetical"
    return "alleged" if _unproven(chain) else None


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("events/frames")[name])


def listed(name: str, lemma: str) -> bool:
    """Whether frames.json lists `lemma` under `name`."""
    return lemma in _words(name)


def _above(word: Token) -> Iterator[tuple[Token, Token]]:
    """Each word that what a word stands in depends on, with its child on the way down, the nearest first."""
    node = word
    while node.head.i != node.i:
        yield node.head, node
        node = node.head


def _subjects(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]


def _false_source(noun: Token) -> bool:
    """A noun for what is made up: "a deepfake", "forged letters", "an earlier version of this article"."""
    lemma, before = noun.lemma_.lower(), {c.lower_ for c in noun.lefts}
    if lemma in _words("versions") and before & _words("earlier"):
        return True
    return lemma in _words("false sources") or bool(before & _words("false words"))


def _belied(above: Token, child: Token) -> bool:
    """Told by what is made up, told wrongly, or told to be untrue."""
    lemma = above.lemma_.lower()
    if above.pos_ in ("NOUN", "PROPN"):
        content = child.dep_ in ("acl", "ccomp", "relcl") and any(
            c.lower_ == "that" and c.dep_ == "mark" for c in child.children
        )
        told = content or (child.dep_ == "prep" and child.lower_ in ("of", "about"))
        return told and (_false_source(above) or _withdrawn(above) or _called_false(above))
    if above.pos_ not in ("VERB", "AUX"):
        return False
    if child.dep_ in ("ccomp", "xcomp", "dobj", "advcl") and lemma in _words("telling verbs"):
        if lemma == "show" and any(c.dep_ == "neg" for c in above.children):
            return True
        wrongly = any(c.lower_ in _words("false adverbs") for c in above.children)
        return wrongly or any(_false_source(s) for s in _subjects(above) if s.i != child.i)
    return (
        lemma == "be"
        and child.dep_ in ("ccomp", "csubj", "nsubj")
        and child.pos_ in ("VERB", "AUX")
        and _predicate_false(above)
    )


def _withdrawn(noun: Token) -> bool:
    verb = noun.head
    return noun.dep_ in ("dobj", "nsubjpass") and verb.lemma_.lower() in _words("withdrawing")


def _called_false(noun: Token) -> bool:
    """“Reports that … were untrue”; “there is no truth to reports that …”."""
    if noun.lemma_.lower() not in _words("telling nouns"):
        return False
    if noun.dep_ in ("nsubj", "nsubjpass") and noun.head.lemma_.lower() in ("be", "prove", "turn"):
        return _predicate_false(noun.head)
    held = noun.head.head
    return noun.dep_ == "pobj" and held.lower_ == "truth" and any(c.lower_ in ("no", "little") for c in held.children)


def _predicate_false(verb: Token) -> bool:
    said = [c for c in verb.children if c.dep_ in ("acomp", "attr", "oprd")]
    said += [g for c in said for g in c.children if g.dep_ in ("conj", "amod")]
    said += [g for c in verb.children if c.dep_ in ("xcomp", "prep") for g in c.children if g.dep_ in ("acomp", "attr")]
    denied = any(c.dep_ == "neg" for c in verb.children)
    if denied:
        return any(c.lower_ in ("true", "correct", "accurate") for c in said)
    return any(c.lower_ in _words("false words") or c.lemma_.lower() in _words("false sources") for c in said)


def _unproven(chain: Chain) -> bool:
    """“There is no evidence that …”, “a rumour spread that …”, “the court heard that …”."""
    for above, child in chain:
        subjects = [s.lemma_.lower() for s in _subjects(above)] if child.dep_ == "ccomp" else []
        heard = above.lemma_.lower() == "hear" and any(s in _words("courts") for s in subjects)
        infinitive = child.dep_ in ("xcomp", "advcl") and any(c.tag_ == "TO" for c in child.children)
        purports = infinitive and above.lemma_.lower() in ("claim", "purport")
        if heard or purports or any(s in _words("claims") for s in subjects):
            return True
        unverified = any(c.lower_ in _words("unverified") for c in above.lefts)
        if unverified and child.lower_ in ("of", "about") and above.lemma_.lower() in _words("telling nouns"):
            return True
        inside = child.dep_ in ("acl", "ccomp", "relcl", "prep")
        if inside and above.lemma_.lower() in _words("no proof"):
            least = any(c.lower_ in ("no", "little", "any", "scant") for c in above.children)
            if least:
                return True
    return False


def _label(sentence: Span) -> str:
    """The word or two before a colon that begin a sentence: "FALSE: …"."""
    found = _LABEL.match(sentence.text)
    return found[1].strip().lower() if found else ""


def _labelled_false(word: Token, sentence: Span) -> bool:
    label = _label(sentence)
    if label in _words("false labels"):
        return ":" in [t.text for t in word.doc[sentence.start : word.i]]
    return label in _words("claim labels") and any(
        _label(s) in _words("verdict labels") and _says_false(s) for s in _after(sentence, _LOOK_BACK)
    )


def _says_false(sentence: Span) -> bool:
    return any(t.lower_ in _words("false words") or t.lower_ in ("mostly", "misleading", "no") for t in sentence)


def _contradicted(sentence: Span) -> bool:
    """The next sentence takes it back: "This is false.", "The claim is untrue."."""
    for after in _after(sentence, 1):
        root = after.root
        if root.lemma_.lower() != "be" or len(after) > 10:
            return False
        meant = any(
            s.lower_ in ("this", "that", "it") or s.lemma_.lower() in _words("telling nouns") for s in _subjects(root)
        )
        return meant and _predicate_false(root)
    return False


def _taken_back(chain: Chain, sentence: Span) -> bool:
    """“It said that all were saved. It withdrew the statement hours later.”: what was said is taken back."""
    if not any(child.dep_ == "ccomp" and above.lemma_.lower() in _words("telling verbs") for above, child in chain):
        return False
    for after in _after(sentence, 1):
        said = (c.lemma_.lower() for c in after.root.children if c.dep_ in ("dobj", "nsubjpass"))
        return after.root.lemma_.lower() in _words("withdrawing") and any(s in _words("telling nouns") for s in said)
    return False


def _unfulfilled(word: Token, chain: Chain) -> bool:
    """“He promised to leave. He did not.”: what is said, promised or claimed of somebody, and then denied in a word.

    Source: verb phrase ellipsis (Halliday & Hasan 1976, ch. 4).
    """
    content = any(child.dep_ in ("ccomp", "xcomp", "acl", "advcl") for _, child in chain)
    if not content:
        return False
    doc, at = word.doc, word.i
    while at < min(len(doc), word.sent.end) and doc[at].text not in (";", "."):
        at += 1
    words = [t for t in doc[at + 1 : at + 6] if not t.is_space]
    return (
        len(words) > 3
        and words[0].tag_ == "PRP"
        and words[1].lower_ in _words("ellipses")
        and words[2].lower_ in ("not", "n't", "n’t")
        and words[3].text in (".", ";", ",", "!", ":")
    )


def _after(sentence: Span, count: int) -> Iterator[Span]:
    """The sentences that follow, at most so many."""
    end = sentence.end
    while count and end < len(sentence.doc):
        token = sentence.doc[end]
        if token.is_space:
            end += 1
            continue
        yield token.sent
        end, count = token.sent.end, count - 1


def _before(sentence: Span, count: int) -> Iterator[Span]:
    """The sentences before it in the same paragraph, the nearest first, at most so many."""
    start = sentence.start
    while count and start > 0:
        token = sentence.doc[start - 1]
        if token.is_space and "\n" in token.text:
            return
        if not token.is_space and any(t.is_space and "\n" in t.text for t in token.sent[-2:]):
            return
        yield token.sent
        start, count = token.sent.start, count - 1


def what_if(word: Token) -> bool:
    """“What if the dam breaks?”: supposed, whatever the parser makes of the words."""
    start = _opening(word)
    return [t.lower_ for t in word.doc[start : start + 2]] == ["what", "if"]


def _opening(word: Token) -> int:
    """Where the question or statement that a word stands in begins: of its sentence, or within it."""
    start = word.sent.start
    return next((t.i + 1 for t in reversed(word.doc[start : word.i]) if t.text in '.!?“":'), start)


def only_shown(noun: Token) -> EventStatus | None:
    """What “a video purporting to show Kyiv's surrender is a deepfake” makes of what it shows; None without that."""
    verb = noun.head
    if noun.dep_ != "dobj" or verb.lemma_.lower() not in _words("telling verbs"):
        return None
    chain = tuple(_above(noun))
    if any(_belied(above, child) for above, child in chain):
        return "negated"
    source = next((above for above, child in chain if above.pos_ == "NOUN" and child.dep_ in ("acl", "relcl")), None)
    if source is not None and source.dep_ == "nsubj" and _predicate_false(source.head):
        return "negated"
    return "alleged" if _unproven(chain) else None


def _asked(word: Token, chain: Chain, sentence: Span) -> bool:
    """Whether a clause is what a question asks. One that asks when, why or who takes it for granted."""
    doc = word.doc
    ends = (t for t in doc[word.i : min(word.i + 60, len(doc))] if t.text in '.!?”"' or (t.is_space and "\n" in t.text))
    if next((t.text for t in ends), "") != "?":
        return False
    start = _opening(word)
    if any(child.dep_ not in _ASKED for _, child in chain):
        return False
    return not any(t.tag_ in ("WRB", "WP", "WDT", "WP$") for t in doc[start : word.i])


def _imagined(word: Token, chain: Chain, sentence: Span) -> bool:
    if any(_supposes(above, child) for above, child in chain):
        return True
    if _set_in_fiction(sentence, word) or (_supposition(sentence) and word.tag_ in ("VBZ", "VBP", "VBD")):
        return True
    if word.tag_ not in ("VBZ", "VBP") and not _historic_present(word):
        return False
    return any(_set_in_fiction(before, word) or _supposition(before) for before in _present_before(sentence))


def _historic_present(word: Token) -> bool:
    """Whether a word's clause hangs on one in the present: its tense is that of the tale."""
    verbs = (a for a in word.ancestors if a.tag_ in ("VBZ", "VBP", "VBD"))
    first = next(verbs, None)
    return first is not None and first.tag_ in ("VBZ", "VBP") and word.tag_ in ("VB", "VBG", "NN", "NNS")


def _present_before(sentence: Span) -> Iterator[Span]:
    """The sentences before, as long as they too are told in the present, and the one before these."""
    for before in _before(sentence, _LOOK_BACK):
        yield before
        if before.root.tag_ not in ("VBZ", "VBP"):
            return


def _supposes(above: Token, child: Token) -> bool:
    """“Imagines that …”, “suppose …”: what is only thought up."""
    if above.lemma_.lower() in _words("supposing") and above.pos_ == "VERB":
        personal = any(s.pos_ in ("PRON", "PROPN") or s.ent_type_ for s in _subjects(above))
        bare = above.tag_ in ("VB", "VBP") and not _subjects(above)
        return child.dep_ in ("ccomp", "xcomp", "dobj") and (bare or not personal or above.lemma_ != "suppose")
    if child.dep_ == "relcl" and _fiction(above) and not listed("drills", above.lemma_.lower()):
        return any(t.lower_ in ("which", "where") and t.dep_ in ("pobj", "advmod") for t in child.subtree)
    if above.pos_ == "VERB" and above.lemma_.lower() in ("depict", "portray", "tell", "follow", "show", "imagine"):
        fiction = any(_fiction(s) for s in _subjects(above))
        being = any(c.dep_ == "auxpass" and c.tag_ == "VBG" for c in child.children)
        told = child.dep_ in ("ccomp", "xcomp") and (child.tag_ in ("VBZ", "VBP", "VBG") or being)
        return fiction and (told or (child.dep_ == "dobj" and child.pos_ == "NOUN"))
    return False


def _supposition(sentence: Span) -> bool:
    first = next((t for t in sentence if t.is_alpha), sentence.root)
    bare = first.tag_ in ("VB", "VBP") and not any(s.i < first.i for s in _subjects(first))
    return bare and first.lemma_.lower() in _words("supposing")


def _fiction(noun: Token) -> bool:
    lemma = noun.lemma_.lower()
    pairs = (f"{c.lemma_.lower()} {lemma}" for c in noun.lefts)
    return lemma in _words("fiction") or any(pair in _words("fiction pairs") for pair in pairs)


def _set_in_fiction(sentence: Span, word: Token) -> bool:
    """“In the novel, …”, where the sentence opens with it; what hangs on the novel itself is not told in it."""
    for token in sentence:
        if token.lower_ in ("in", "during") and token.dep_ == "prep" and token.i <= sentence.start + 1:
            inner = [c for c in token.children if c.dep_ == "pobj" and _fiction(c)]
            owned = any(g.dep_ in ("det", "poss") for c in inner for g in c.children)
            return bool(inner) and owned and token.i not in {a.i for a in word.ancestors}
    return False


def bodiless(verb: Token, lemma: str) -> bool:
    """Whether a verb of violence has nothing that can be hit: "prices exploded", "shot down the bill".

    Arguments: the verb; its lemma with its particle.
    """
    if lemma not in _words("violence"):
        return False
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)
    hit = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    if hit and any(
        g.lemma_.lower() in _words("no weapons") for c in verb.children if c.lower_ == "with" for g in c.children
    ):
        return True
    by = [_meant(c, verb) for c in verb.children if c.dep_ == "nsubj"] if not hit and not passive else []
    if _SCORE.search(verb.doc[verb.i : verb.sent.end].text):
        return True  # “destroyed Chelsea 5-0”
    return any(_no_body(noun) for noun in (*hit, *by))


def _meant(subject: Token, verb: Token) -> Token:
    """What “which” and “that” stand for in a relative clause."""
    return verb.head if verb.dep_ == "relcl" and subject.lower_ in ("which", "that") else subject


def _no_body(noun: Token) -> bool:
    return noun.pos_ == "NOUN" and not noun.ent_type_ and noun.lemma_.lower() in _words("no bodies")
