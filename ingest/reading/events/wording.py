"""Words of the text as a title takes them: a noun phrase without its clauses, the first words of a clause."""

from __future__ import annotations

import re
from collections.abc import Collection

from spacy.tokens import Token

from ingest.reading.events.finding.headings import is_heading

_MARKS = frozenset(("“", "”", '"', "«", "»", "``", "''"))
_FUNCTION = ("ADP", "DET", "PUNCT", "CCONJ", "PART", "SCONJ")


def hyphened(token: Token) -> Token | None:
    """The token before the hyphen that a word follows without a space: “cease” of “cease-fire”."""
    if token.i < 2 or token.nbor(-1).text != "-" or token.nbor(-1).whitespace_ or token.nbor(-2).whitespace_:
        return None
    return token.nbor(-2)


def infinitive(verb: Token) -> bool:
    """Whether a verb stands in the infinitive with "to"."""
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def so_called(clause: Token) -> str:
    """The name that “what he called a special operation” gives; empty for another clause."""
    named = clause.lemma_.lower() in ("call", "term", "dub", "describe") and any(
        c.lower_ == "what" for c in clause.children
    )
    given = next((c for c in clause.children if c.dep_ in ("oprd", "attr", "ccomp", "xcomp") and c.i > clause.i), None)
    words = phrase(given) if named and given is not None and given.pos_ in ("NOUN", "PROPN") else ""
    return f"“{words}”" if words else ""


def clause_words(head: Token, most: int, left_out: Collection[int] = ()) -> str:
    """The first words of a clause; where it is cut, no function word is left at its end."""
    words = [t for t in head.subtree if not t.is_space and t.text not in _MARKS and t.i not in left_out]
    kept = words[:most]
    if any(t.ent_type_ in ("DATE", "TIME") for t in kept[-1:]):
        while kept and (kept[-1].ent_type_ in ("DATE", "TIME") or kept[-1].pos_ in ("ADP", "DET", "PUNCT")):
            kept.pop()
        words = [t for t in words if t.i <= kept[-1].i or t.ent_type_ not in ("DATE", "TIME")] if kept else []
        words = kept if all(t.is_punct or t.pos_ == "ADP" for t in words[len(kept) :]) else words
    while len(kept) < len(words) and kept and kept[-1].pos_ in (*_FUNCTION, "AUX", "ADV", "ADJ"):
        kept.pop()
    text = "".join(t.text_with_ws for t in kept).strip(" ,.").replace("\n", " ")
    text = f"{text} …" if text and len(kept) < len([w for w in words if not w.is_punct]) else text
    if not text:
        return text
    if kept[0].i > 0 and kept[0].nbor(-1).text in _MARKS:
        return f"“{text}”"
    opener = kept[0].pos_ in ("DET", "PRON", "ADP", "SCONJ", "ADV") and kept[0].lower_ != "i"
    return text[0].lower() + text[1:] if opener else text


def phrase(head: Token, left_out: frozenset[int] = frozenset()) -> str:
    """The noun phrase without its clauses, at most eight words; its name where an apposition gives one."""
    name = next((c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN" and c.i > head.i), None)
    plain = not any(c.dep_ == "prep" and c.lower_ == "of" for c in head.children)
    if name is not None and head.pos_ == "NOUN" and plain and not any(c.dep_ == "advmod" for c in name.children):
        head = name
    keep = [t for t in head.subtree if not t.is_space and not _in_clause(t, head)]
    keep = [t for t in keep if t.i >= head.i - 5 and t.i not in left_out][:8]
    while keep and keep[-1].pos_ in (*_FUNCTION, "ADJ", "ADV"):
        keep.pop()
    first = hyphened(keep[0]) if keep else None
    if first is not None:
        keep = [first, first.nbor(), *keep]  # the parse may leave "re-" of "re-election" out
    lowered = is_heading(head.sent)
    text = "".join((t.lower_ if lowered and t.pos_ != "PROPN" else t.text) + t.whitespace_ for t in keep).strip()
    return re.sub(r"^(the|an?) ", "", text.replace("\n", " "), flags=re.IGNORECASE)


def _in_clause(token: Token, head: Token) -> bool:
    """Whether a word of a noun phrase belongs to a clause, an apposition or a date inside it."""
    start = token
    while token.i != head.i:
        pair = token.dep_ in ("cc", "conj") and token.head.head.lower_ == "between"
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
        token = token.head
    return any(c.dep_ == "pobj" and c.ent_type_ in ("DATE", "TIME") for c in start.children)
