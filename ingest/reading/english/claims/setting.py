"""To whom and in what something was said, read off the words around the cue: "told reporters", "in a letter to …"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from ingest.reading.english.claims.context import within
from ingest.reading.english.claims.cues import Attribution, lexicon
from ingest.reading.english.claims.speakers import passive, source_span
from ingest.reading.findings import Span

_TELLING = {
    "admonish", "advise", "alert", "ask", "assure", "beg", "brief", "caution", "convince", "counsel", "direct", "email",
    "encourage", "exhort", "implore", "inform", "instruct", "invite", "lecture", "message", "notify", "order",
    "persuade", "press", "promise", "question", "reassure", "remind", "request", "scold", "tell", "text", "urge",
    "warn",
}  # fmt: skip
"""Verbs whose object is the hearer (FrameNet's Telling, Request, Warning: the frame element Addressee)."""
_TO = {
    "acknowledge", "admit", "announce", "appeal", "boast", "brag", "complain", "confess", "confirm", "declare",
    "describe", "disclose", "email", "explain", "lament", "mention", "plead", "protest", "relate", "repeat", "report",
    "reveal", "say", "shout", "speak", "state", "suggest", "swear", "testify", "text", "tweet", "vow", "whisper",
    "write",
}  # fmt: skip
"""Verbs that take the hearer with "to"; "reply to", "respond to" take what is answered, so they are not here."""
_HEARD = {"to", "with", "before"}
_FORMS = {"speak", "talk", "testify", "write", "address", "appear"}
_IN = {"in", "at", "on", "during", "by", "via", "through", "over", "from"}
_ON = {"on", "via", "through", "over"}
_PASSING = {
    "recent", "new", "separate", "earlier", "later", "previous", "same", "last", "latest", "first", "second", "own",
    "other", "another", "brief", "single", "early", "late", "rare", "exclusive", "wide",
}  # fmt: skip
_OCCASIONS = {"conference", "briefing", "rally", "podcast", "presser", "programme", "program", "show", "hearing"}
"""What is told something only in name: "told a news conference"."""
_WHEN = ("DATE", "TIME")
_NOUNS = ("NOUN", "PROPN", "PRON", "NUM")
_NOT_HEARERS = {"it", "this", "that", "which", "what", "itself", "story", "truth", "lie", "tale", "joke", "way"}


def addressee(doc: Doc, made: Attribution) -> Token | None:
    """Head noun of whoever it was said to, as far as the cue's clause tells.

    Arguments: the parse and one attribution of it. Returns None where nobody is addressed.
    """
    if made.cue is None:
        return None
    cue = doc[made.cue]
    for noun in _hearers(cue, made):
        hears = noun.pos_ in _NOUNS and noun.lemma_.lower() not in _NOT_HEARERS and noun.ent_type_ not in _WHEN
        half = (
            noun.i + 1 < len(doc) and doc[noun.i + 1].text == "-" and not noun.whitespace_
        )  # "co-host" is cut in three
        if hears and not half and noun.lemma_.lower() not in _OCCASIONS and not within(noun.idx, made.source):
            return noun
    return None


def _hearers(cue: Token, made: Attribution) -> Iterator[Token]:
    told = cue.lemma_.lower() in _TELLING
    if told and passive(cue):
        yield from (c for c in cue.children if c.dep_ == "nsubjpass")
        return
    if told:
        yield from _objects(cue, made)
    for link in cue.children:
        if link.dep_ in ("prep", "dative") and link.lower_ == "to" and cue.lemma_.lower() in _TO:
            yield from (c for c in _pobj(link) if not within(c.idx, made.content))
        if link.dep_ == "prep" and cue.lemma_ == "call" and link.lower_ in ("on", "upon"):
            yield from (c for c in _pobj(link) if within(c.idx, made.content))
    for carrier in _carriers(cue, made):
        yield from (n for link in carrier.children if link.lower_ in _HEARD for n in _pobj(link))
    for form in _forms(cue):
        if form.lemma_ == "address":
            yield from (c for c in form.children if c.dep_ == "dobj")
        yield from (n for link in form.children if link.lower_ in _HEARD for n in _pobj(link))


def _objects(cue: Token, made: Attribution) -> Iterator[Token]:
    """Yield the object of a verb of telling, and whoever is to do what is asked ("urged the crowd to go")."""
    for child in cue.children:
        if child.i > cue.i and child.dep_ in ("dobj", "dative"):
            head = next(_pobj(child), child) if child.pos_ == "ADP" else child
            if head.i != made.head and (made.head is None or head.i < made.head or not within(head.idx, made.content)):
                yield head
    if made.head is not None and made.force == "urged":
        yield from (c for c in cue.doc[made.head].children if c.dep_ == "nsubj" and cue.i < c.i < made.head)


def medium(doc: Doc, made: Attribution) -> str:
    """What it was said in or through: "interview", "post on X", "news conference", "Telegram"; "" where not told."""
    if made.cue is None:
        return ""
    cue = doc[made.cue]
    told = (n for n in _objects(cue, made) if n.lemma_.lower() in _OCCASIONS) if cue.lemma_ == "tell" else ()
    for noun in (*told, *_carriers(cue, made)):
        return _carrier_words(noun)
    for link in _links(cue, made):
        platform = _platform(link) if link.lower_ in _ON else ""
        if platform:
            return platform
    return lexicon().media_verbs.get(cue.lemma_.lower(), "")


def _links(cue: Token, made: Attribution) -> Iterator[Token]:
    """Prepositions that hang on the cue's clause, outside of what is said and of who says it."""
    words = [cue, *_forms(cue), *([cue.doc[made.head]] if made.head is not None and made.head > cue.i else [])]
    if cue.dep_ in ("conj", "advcl", "xcomp") and cue.head.pos_ == "VERB":
        words.append(cue.head)
    for word in words:
        for link in word.children:
            if link.dep_ == "prep" and not within(link.idx, made.content) and not within(link.idx, made.source):
                yield link


def _carriers(cue: Token, made: Attribution) -> Iterator[Token]:
    for link in _links(cue, made):
        if link.lower_ in _IN:
            yield from (n for n in _pobj(link) if n.lemma_.lower() in lexicon().carriers or _op_ed(n))


def _forms(cue: Token) -> Iterator[Token]:
    """Yield `Speaking to journalists in Oslo, X said`: the participle that tells how it was said."""
    for child in cue.children:
        if child.dep_ == "advcl" and child.tag_ == "VBG" and child.lemma_ in _FORMS:
            yield child


def _pobj(link: Token) -> Iterator[Token]:
    return (c for c in link.children if c.dep_ == "pobj")


def _platform(link: Token) -> str:
    """Name after "on" or "via": a known platform, or a programme in quotation marks."""
    for noun in _pobj(link):
        name = noun.doc[noun.left_edge.i : noun.i + 1].text
        if name in lexicon().platforms:
            return name
        first, last = noun.left_edge, noun.i + 1
        if first.text in ("“", '"') and last < len(noun.doc):
            inside = [t for t in noun.doc[last : last + 3] if t.text in ("”", '"')]
            if inside:
                return f"“{noun.doc[first.i + 1 : noun.i + 1].text}”"
    return ""


def _op_ed(noun: Token) -> bool:
    return noun.lower_ == "ed" and noun.i > 1 and noun.doc[noun.i - 2].lower_ == "op"


def _carrier_words(noun: Token) -> str:
    """The noun with what tells its kind, without articles, owners and dates: "news conference", "post on X"."""
    if _op_ed(noun):
        return "op-ed"
    kept = {noun.i}
    for at in range(noun.i - 1, noun.left_edge.i - 1, -1):
        word = noun.doc[at]
        kind = word.head.i in kept and word.dep_ in ("compound", "amod", "nmod")
        dated = word.ent_type_ in _WHEN and word.pos_ != "ADJ"  # "Monday" passes, "annual" stays
        if kind and not dated and word.lower_ not in _PASSING and noun.doc[at - 1].text != "-":
            kept.add(at)
    words = [noun.doc[at].text for at in sorted(kept - {noun.i})]
    words.append(noun.text if noun.tag_ != "NNS" or noun.lemma_ == "remark" else noun.lemma_)
    named = [_platform(link) for link in noun.children if link.dep_ == "prep" and link.lower_ in _ON]
    return " ".join([*words, *(f"on {name}" for name in named if name)])


def hearer_span(noun: Token) -> Span:
    """Characters of the words that name a hearer: without where or when the talking was done."""
    start, end = source_span(noun)
    cut = next((c for c in noun.children if c.dep_ == "prep" and c.i > noun.i and c.lower_ in _IN | {"after"}), None)
    return start, min(end, cut.idx - 1) if cut is not None else end
