"""Words of the text as a title takes them: a noun phrase without its clauses, a clause without what it can spare."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from spacy.tokens import Token

from ingest.reading.english.events.finding.headings import is_heading

_MARKS = frozenset(("“", "”", '"', "«", "»", "``", "''", "‘"))
_FUNCTION = ("ADP", "DET", "PUNCT", "CCONJ", "PART", "SCONJ")
_MOST = 8
_TIMES = frozenset({"noon", "midnight", "dawn", "dusk", "nightfall", "daybreak", "end", "beginning", "start"})
# what a clause can spare, first first: times, additions, further members, circumstances
_SPARED = (("npadvmod", "prep", "advmod", "pobj"), ("appos", "relcl", "advcl", "acl", "parataxis"), ("conj",),
           ("prep", "npadvmod", "advcl"), ("amod",))  # fmt: skip


def hyphened(token: Token) -> Token | None:
    """The token before the hyphen that a word follows without a space: “cease” of “cease-fire”."""
    if token.text == "-" and token.i > 0 and not token.whitespace_ and token.i + 1 < len(token.doc):
        token = token.nbor()
    if token.i < 2 or token.nbor(-1).text != "-" or token.nbor(-1).whitespace_ or token.nbor(-2).whitespace_:
        return None
    return token.nbor(-2)


def infinitive(verb: Token) -> bool:
    """Whether a verb stands in the infinitive with "to"."""
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def going_to(verb: Token) -> bool:
    """“Is going to sign”: the future, and no deed of going."""
    progressive = verb.lower_ == "going" and any(c.dep_ == "aux" and c.lemma_ == "be" for c in verb.children)
    return progressive and any(c.dep_ == "xcomp" and infinitive(c) for c in verb.children)


def is_time(noun: Token) -> bool:
    """Whether a noun is a time, which neither acts nor is acted on: “by noon”, “by the end of April”, “on Monday”."""
    return noun.ent_type_ in ("DATE", "TIME") or noun.lower_ in _TIMES


def is_nobody(noun: Token) -> bool:
    """Whether a noun phrase is of nobody or nothing: "no ship", "neither side", "nothing"."""
    return noun.lower_ in ("nobody", "none", "nothing") or any(c.lower_ in ("no", "neither") for c in noun.children)


def within(text: str, first: Token) -> str:
    """Words that begin with `first` as they stand within a sentence: without the capital that only opens theirs."""
    name = first.pos_ in ("PROPN", "X") or first.ent_type_ in ("PERSON", "ORG", "GPE", "NORP")
    opening = first.is_sent_start and first.is_title and len(first) > 1 and not name
    return text[:1].lower() + text[1:] if opening else text


def so_called(clause: Token) -> str:
    """The name that “what he called a special operation” gives; empty for another clause."""
    named = clause.lemma_.lower() in ("call", "term", "dub", "describe") and any(
        c.lower_ == "what" for c in clause.children
    )
    given = next((c for c in clause.children if c.dep_ in ("oprd", "attr", "ccomp", "xcomp") and c.i > clause.i), None)
    words = phrase(given) if named and given is not None and given.pos_ in ("NOUN", "PROPN") else ""
    return f"“{words}”" if words else ""


def text_of(words: Sequence[Token]) -> str:
    """Tokens as running text, a space wherever any stood between them, also where others were left out."""
    parts: list[str] = []
    for number, token in enumerate(words):
        parts.append(_article(token, words[number + 1]) if number + 1 < len(words) else token.text)
        if number + 1 < len(words):
            between = token.doc[token.i : words[number + 1].i]
            parts.append(" " if any(t.whitespace_ or t.is_space for t in between) else "")
    return "".join(parts)


def _article(token: Token, following: Token) -> str:
    """A word as it stands before the next; “an” before what begins otherwise once the word between is left out."""
    if token.lower_ not in ("a", "an") or following.i == token.i + 1:
        return token.text
    return "an" if following.lower_[0] in "aeiou" else "a"


def clause_words(head: Token, most: int, left_out: Collection[int] = ()) -> str:
    """A clause without what it can spare, if it has more than `most` words; cut at its end only if that is not enough.

    What is spared goes from the end on: times first, then further clauses, further members, circumstances. Where the
    clause is cut, no function word is left at its end and "…" says so.
    """
    words = [t for t in _unbroken(head) if t.text not in _MARKS and t.i not in left_out]
    words = [t for t in words if t.tag_ != "WDT" or t.i > head.i]  # "(a vote) which they tried | to stop"
    kept = _spared(words, head, most)
    short = len([t for t in kept if not t.is_punct]) <= most
    cut = kept if short else kept[:most]
    loose = ("PUNCT", "CCONJ") if short else (*_FUNCTION, "AUX", "ADV", "ADJ")
    while cut and cut[-1].pos_ in loose:
        cut = cut[:-1]
    while cut and (_dangling(cut, head) or _half(cut[-1])):
        cut = [*cut, *cut[-1].doc[cut[-1].i + 1 : cut[-1].i + 3]] if short and _half(cut[-1]) else cut[:-1]
    # "the country's darkest days" is no time that could be spared
    while cut and cut[-1].ent_type_ in ("DATE", "TIME") and cut[-1].i != head.i and not _has_owner(cut[-1]):
        cut = cut[:-1]
        while cut and cut[-1].pos_ in ("ADP", "DET", "PUNCT") and cut[-1].i != head.i:
            cut = cut[:-1]
    if cut and (first := hyphened(cut[0])) is not None:
        cut = [first, first.nbor(), *(t for t in cut if t.text != "-" or t.i > first.i + 1)]  # “high- | precision”
    text = re.sub(r"\b(that|to|of|and|,) ,|\s+(?=,)", r"\1", text_of(cut)).strip(" ,.;:")
    text = f"{text} …" if text and not short else text
    if not text:
        return text
    if cut[0].i > 0 and cut[0].nbor(-1).text in _MARKS:
        return f"“{text}”"
    opener = cut[0].pos_ in ("DET", "PRON", "ADP", "SCONJ", "ADV") and cut[0].lower_ != "i"
    return text[0].lower() + text[1:] if opener else text


def _has_owner(noun: Token) -> bool:
    return any(c.dep_ == "poss" for c in noun.children)


def _dangling(words: Sequence[Token], head: Token) -> bool:
    """Whether the last word is a preposition or article whose noun was left out."""
    last = words[-1]
    return last.i != head.i and last.pos_ in ("ADP", "DET") and last.dep_ in ("prep", "det") and not any(
        c in words for c in last.children
    )  # fmt: skip


def _half(word: Token) -> bool:
    """Whether a hyphen joins a word to what is left out: “cross | -examining”."""
    after = word.nbor(1) if word.i + 1 < len(word.doc) else word
    return after.text == "-" and not word.whitespace_ and not after.whitespace_


def _unbroken(head: Token) -> list[Token]:
    """The words under a head in its own paragraph: the parser may run a heading into the text below it."""
    tree = list(head.subtree)
    breaks = [t.i for t in tree if t.is_space and "\n\n" in t.text]
    first = max((i for i in breaks if i < head.i), default=-1)
    last = min((i for i in breaks if i > head.i), default=len(head.doc))
    return [t for t in tree if first < t.i < last and not t.is_space]


def _spared(words: Sequence[Token], head: Token, most: int) -> list[Token]:
    """The words that are left when as much as need be of what can be spared is gone."""
    kept = list(words)
    for rank, kinds in enumerate(_SPARED):
        for top in sorted((t for t in words if t.dep_ in kinds and t.i != head.i), key=lambda t: -t.i):
            if len([t for t in kept if not t.is_punct]) <= most:
                return kept
            if rank == 1 and top.dep_ == "advcl" and infinitive(top):
                continue  # "go on | to supply"
            if (rank == 0 and not _of_time(top)) or (top.dep_ == "conj" and top.head.dep_ == "conj"):
                continue
            if top.dep_ == "prep" and (top.lower_ == "of" or top.head.dep_ == "prep"):
                continue
            if top.dep_ == "conj" and top.head.dep_ in ("nsubj", "nsubjpass"):
                continue  # the verb agrees with both
            gone = {t.i for t in top.subtree}
            if top.dep_ == "conj":
                gone |= {c.i for c in top.head.children if c.dep_ in ("cc", "punct") and c.i > top.head.i}
            if rank == 1:
                gone |= {i for i in (min(gone) - 1, max(gone) + 1) if i < len(top.doc) and top.doc[i].text in ",–—"}
            if head.i not in gone:
                kept = [t for t in kept if t.i not in gone]
    return kept


def _of_time(token: Token) -> bool:
    timed = any(t.ent_type_ in ("DATE", "TIME") for t in (token, *token.children)) and token.dep_ != "pobj"
    return timed and not _half(token.right_edge)  # "a | 41-year | -old man"


# “A number of staff”, “a dozen ships”: such an article counts
_ARTICLE = re.compile(
    r"^(?:the|an?(?! (?:number|majority|minority|handful|couple|lot|dozen|few|quarter|third|half)\b)) ", re.I
)


def phrase(head: Token, left_out: frozenset[int] = frozenset(), most: int = _MOST) -> str:
    """The noun phrase without its clauses, at most eight words; its name where an apposition gives one."""
    name = next((c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN" and c.i > head.i), None)
    plain = not any(c.dep_ == "prep" and c.lower_ == "of" for c in head.children)
    if name is not None and head.pos_ == "NOUN" and plain and not any(c.dep_ == "advmod" for c in name.children):
        head = name
    keep = [t for t in _unbroken(head) if not _in_clause(t, head) and t.i not in left_out]
    keep = _shortened(keep, head, most)
    while keep and keep[-1].i != head.i and keep[-1].pos_ in (*_FUNCTION, "ADJ", "ADV"):
        keep.pop()
    while (
        keep
        and keep[0].i != head.i
        and (keep[0].dep_ in ("punct", "cc", "prep") or keep[0].lower_ in ("earlier", "later"))
    ):
        gone = {t.i for t in keep[0].subtree} if keep[0].dep_ == "prep" else {keep[0].i}
        keep = [t for t in keep if t.i not in gone]
    first = hyphened(keep[0]) if keep else None
    if first is not None:
        keep = [first, first.nbor(), *keep]  # the parse may leave "re-" of "re-election" out
    lowered = is_heading(head.sent)
    text = text_of(keep).strip()
    text = within(text, keep[0]) if keep else text
    if lowered:
        for word in (t for t in keep if t.pos_ != "PROPN" and not t.ent_type_ and t.lower_ != t.text):
            text = re.sub(rf"\b{re.escape(word.text)}\b", word.lower_, text)
    return _ARTICLE.sub("", text)


def _shortened(words: list[Token], head: Token, most: int) -> list[Token]:
    """At most so many words: without the phrases behind, the last first; then without what stands before the noun."""
    behind = sorted((t for t in words if t.dep_ in ("prep", "amod") and t.i > head.i), key=lambda t: -t.i)
    inner = [
        t
        for t in words
        if t.i > head.i and t.dep_ in ("amod", "advmod", "nummod", "quantmod") and t.head.dep_ == "pobj"
    ]
    before = [t for t in words if t.i < head.i and t.head.i == head.i and t.dep_ in ("amod", "advmod")]
    own = [t for t in behind if t.head.i == head.i]
    for top in (*(t for t in behind if t not in own[-1:]), *inner, *own[-1:], *before):
        if _counted(words) <= most:
            return words
        gone = {t.i for t in top.subtree}
        words = [t for t in words if t.i not in gone]
    return words if _counted(words) <= most else [t for t in words if head.i - most < t.i <= head.i]


def _counted(words: Sequence[Token]) -> int:
    return len([t for t in words if t.pos_ not in ("DET", "PUNCT", "SYM", "PART")])


def _belongs(token: Token) -> bool:
    """Whether a coordination is part of what is named: "between A and B", "Indian and Chinese troops", "Orr & Dale".

    So are the lands of "ministers from Mali, Niger and Chad".
    """
    first = token.head
    if token.is_quote or token.is_bracket or token.text in ("`", "``", "''"):
        return False
    if first.head.lower_ == "between":
        return token.dep_ != "punct"
    while first.dep_ == "conj":
        first = first.head
    if first.ent_type_ and all(
        t.ent_type_ == first.ent_type_ and t.ent_iob_ == "I" for t in token.doc[first.i + 1 : token.i + 1]
    ):
        return True
    if token.dep_ == "punct" and token.text != ",":
        return False
    members = [first, *(t for t in first.subtree if t.dep_ == "conj")]
    if first.dep_ in ("amod", "compound", "nmod", "nummod") and first.i < first.head.i:
        return all(t.pos_ == first.pos_ for t in members) and token.dep_ != "punct"
    lands = first.dep_ == "pobj" and first.head.lower_ in ("from", "of") and len(members) > 1
    return lands and all(t.ent_type_ == "GPE" for t in members) and token.i < members[-1].i + 1


def _in_clause(token: Token, head: Token) -> bool:
    """Whether a word of a noun phrase belongs to a clause, an apposition or a date inside it."""
    start = token
    while token.i != head.i:
        pair = token.dep_ in ("cc", "conj", "punct") and _belongs(token)
        if (
            not pair
            and token.dep_ in ("relcl", "acl", "appos", "advcl", "cc", "conj", "punct", "ccomp")
            and token.text
            not in (
                "-",
                "’s",
            )
        ):
            return True
        if token.dep_ == "pobj" and token.ent_type_ in ("DATE", "TIME"):
            return True
        if token.dep_ == "prep" and token.lower_ == "among" and any(c.pos_ == "PRON" for c in token.children):
            return True
        if token.dep_ == "npadvmod" and token.head.lower_ in ("ago", "earlier"):
            return True
        if token.dep_ == "prep" and token.lower_ == "including":
            return True
        token = token.head
    return any(c.dep_ == "pobj" and c.ent_type_ in ("DATE", "TIME") for c in start.children)
