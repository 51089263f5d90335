"""Whose words they are: the source of a cue in the parse, and the span of words that names it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from ingest.reading.english.claims.cues import lexicon, verb_force
from ingest.reading.findings import Span

_SUBJECT = {"nsubj", "csubj"}
_TIMES = {"time", "day", "week", "month", "year"}  # "several times described": an adverb that the parse takes for one
_EMPTY = {"there", "what"}
_RELATIVE = {"who", "which", "that", "whom"}
_NOUN = {"NOUN", "PROPN", "PRON"}
_GIVES = {"issue", "send", "release", "publish", "write", "post", "circulate", "make", "give", "deliver", "distribute"}
_CUT = {"relcl", "acl", "appos", "punct", "parataxis", "advcl"}
_ASKED = {"ask", "tell", "warn", "question", "press", "remind", "inform", "urge", "advise", "quiz", "query"}
_CLIMB = {"conj", "xcomp", "advcl", "acl", "pcomp", "dep"}


def passive(verb: Token) -> bool:
    """Whether the verb stands in the passive, so that its subject is spoken of and does not speak."""
    if any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children):
        return True
    bare = not any(c.dep_ in ("aux", "nsubj") for c in verb.children)
    # "Asked about it, she said …": whoever was asked does not ask
    asked = verb.dep_ == "advcl" and verb.lemma_ in _ASKED
    return bare and ((verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod")) or (verb.tag_ in ("VBN", "VBD") and asked))


def source_of(verb: Token) -> Token | None:
    """Head noun of whoever says it: subject, agent of a passive, or the subject inherited from a governing word.

    "Officials rejected it, stating that …" gives officials; "is alleged to …" gives None.
    """
    if (quoted := _quoted_as(verb)) is not None:
        return quoted
    seen = 0
    word = verb
    while seen < 6:
        seen += 1
        if passive(word):
            return _agent(word)
        subject = _subject(word)
        if subject is not None:
            # "it may take days to say …": the empty subject of a governing verb says nothing
            return _antecedent(subject, word) if word == verb or subject.lower_ != "it" else None
        above = word.head
        if above == word:
            return _appositive(verb) if word == verb else None
        reported = _reporting(word)
        if reported is not None:
            word = reported
            continue
        if word.dep_ in ("acl", "relcl", "advcl") and above.pos_ in _NOUN:
            governor = next((a for a in above.ancestors if a.pos_ in ("VERB", "AUX")), None)
            if word.tag_ != "VBG" or not _after_comma(word) or governor is None:
                return _noun_source(above)
            above = governor
        if word.dep_ not in _CLIMB and not (word.dep_ == "ccomp" and word.tag_ == "VBG"):
            return None
        word = above.head if above.dep_ == "prep" else above
        if word.pos_ in _NOUN:
            return _noun_source(word)
    return None


def _quoted_as(verb: Token) -> Token | None:
    """Find who is "quoted as saying": the object of quoting, or its subject in the passive."""
    quoting = verb.head.head
    if verb.dep_ != "pcomp" or verb.head.lower_ != "as" or quoting.lemma_ not in ("quote", "cite"):
        return None
    place = "nsubjpass" if passive(quoting) else "dobj"
    return next((c for c in quoting.children if c.dep_ == place), None)


def _appositive(verb: Token) -> Token | None:
    """Find the subject that the parse takes for an apposition: "In a post on X, the governor, Mara Lind, said …"."""
    at = verb.i - 1
    while at > verb.sent.start and verb.doc[at].text == ",":
        at -= 1
    noun = verb.doc[at]
    if verb.tag_ not in ("VBD", "VBZ") or noun.dep_ != "appos" or noun.pos_ not in _NOUN:
        return None
    while noun.head.dep_ == "appos":
        noun = noun.head
    return noun if noun.head.dep_ == "pobj" else None


def _reporting(word: Token) -> Token | None:
    """The verb of saying that a participle goes on about from inside what is said: "said it was over, urging …"."""
    clause = word.head
    if word.tag_ != "VBG" or word.dep_ != "advcl" or not _after_comma(word) or clause.dep_ != "ccomp":
        return None
    return clause.head if clause.head.i < clause.i and verb_force(clause.head) else None


def source_span(noun: Token) -> Span:
    """Characters of the words that name the source: the noun phrase without appositions and relative clauses."""
    noun = _behind_dateline(noun)
    start, last = noun.left_edge, noun
    dash = _dash(start.i, noun.i, noun.doc)
    start = noun.doc[dash + 1] if dash is not None else start
    while start.is_punct or start.is_space or start.dep_ == "cc":
        if start == noun:
            break
        start = start.nbor()
    for child in noun.rights:
        if child.dep_ in _CUT or child.is_punct:
            if child.text in "[]" or _hyphen(child):
                continue
            break
        if child.dep_ in ("prep", "conj", "cc", "nummod", "amod", "compound", "flat", "nmod"):
            last = _phrase_end(child)
    if last.dep_ == "cc":
        last = last.nbor(-1)
    while last.i + 2 < len(last.doc) and _hyphen(last.nbor()):
        last = last.nbor(2)  # "Azzam al-Ahmed", whose parts the parse may hang anywhere
    return start.idx, last.idx + len(last)


def _hyphen(mark: Token) -> bool:
    """Whether a mark joins the halves of one name: "al-Ahmed"."""
    joined = not mark.whitespace_ and mark.i > 0 and not mark.nbor(-1).whitespace_
    return mark.text in "-–" and joined and mark.i + 1 < len(mark.doc) and mark.nbor().is_alpha


def _dash(first: int, last: int, doc: Doc) -> int | None:
    """Index of the dash that ends a dateline ("KYIV (Reuters) -") between two tokens, if the first begins one."""
    if not (doc[first].text.isupper() and len(doc[first]) > 1 and doc[first].is_sent_start):
        return None
    return next((i for i in range(first + 1, min(last, first + 9)) if doc[i].text in ("-", "–", "—", "--")), None)


def _behind_dateline(noun: Token) -> Token:
    """The noun phrase behind a dateline whose place the parse takes for the subject; else the noun itself."""
    doc, verb = noun.doc, noun.head
    dash = _dash(noun.i, verb.i, doc) if verb.i > noun.i else None
    if dash is None:
        return noun
    root = doc[dash + 1 : verb.i].root
    return root if root.pos_ in _NOUN else noun


def spoken_subject(verb: Token) -> Token | None:
    """Find the verb's own subject in the active voice, or None."""
    return None if passive(verb) else _subject(verb)


def token_at(doc: Doc, offset: int) -> Token:
    """Last token that starts at or before the character."""
    low, high = 0, len(doc)
    while low < high:
        middle = (low + high) // 2
        if doc[middle].idx <= offset:
            low = middle + 1
        else:
            high = middle
    return doc[max(0, low - 1)]


def _after_comma(word: Token) -> bool:
    """Tell whether the participle goes on about the subject ("rejected the claim, stating …"), however parsed."""
    first = word.left_edge.i
    return first > 0 and word.doc[first - 1].text == ","


def _subject(verb: Token) -> Token | None:
    for child in verb.children:
        if (
            child.dep_ in _SUBJECT
            and child.pos_ in (*_NOUN, "DET", "ADJ", "NUM", "VERB")
            and child.lower_ not in _EMPTY
            and child.lemma_ not in _TIMES
        ):
            return child
    return None


def _antecedent(subject: Token, verb: Token) -> Token:
    """Resolve a relative pronoun to its noun; any other subject is itself."""
    if subject.lower_ in _RELATIVE and subject.tag_ in ("WP", "WDT"):
        clause = next((w for w in (verb, *verb.ancestors) if w.dep_ == "relcl"), None)
        if clause is not None and clause.head.pos_ in _NOUN:
            return clause.head
    return subject


def _agent(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "agent":
            return next((w for w in child.children if w.dep_ == "pobj"), None)
    return None


def _noun_source(noun: Token) -> Token:
    """Of "his claim that" the owner, of "issued a letter saying" whoever issued it, of "a letter saying" the letter."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is not None:
        return owner
    giver = (
        _subject(noun.head) if noun.dep_ == "dobj" and noun.head.lemma_ in _GIVES and not passive(noun.head) else None
    )
    return giver if giver is not None and noun.lemma_.lower() in lexicon().carriers else noun


def _phrase_end(child: Token) -> Token:
    last = child
    for word in _inside(child):
        if word.i > last.i:
            last = word
    return last


def _inside(word: Token) -> Iterator[Token]:
    """Yield the word and what hangs on it, without appositions and clauses."""
    yield word
    for child in word.children:
        if child.dep_ not in _CUT and not child.is_space:
            yield from _inside(child)
