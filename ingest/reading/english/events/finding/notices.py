"""Sentences that a page says of itself to its reader, not of the world: "Sign up for our news", "Last updated at".

Cleaning leaves them out where a page or a text is read; a document that is taken as it is still has them.
"""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Span, Token

from ingest.reading.english.times.phrases.words import MONTHS
from ingest.reading.lexicon import load

_OF_PAGE = ("sign_up_starts", "cookie_starts", "copyright_starts", "comment_form")
_BESIDE = ("credit_starts", "author_starts", "related_never_prose")
_LINES = ("navigation_lines", "widget_lines")
_STAMP = re.compile(
    r"\b(?:page )?last (?:updated|modified) (?:at|on)\b|\bskip to (?:the )?(?:end|main|content)\b"
    r"|\bthis article was (?:amended|updated)\b"
    r"|\bcontribut(?:ed|ing) (?:reporting )?to th(?:is|e) (?:report|article|story)\b",
    re.IGNORECASE,
)
_TERMS = re.compile(r"\bterms of (?:service|use)\b|\bprivacy (?:policy|notice)\b", re.IGNORECASE)
_ADDRESSED = frozenset({"you", "your", "yours"})
_LONGEST = 30  # words: a notice is short, and a long sentence that begins like one has run on into the text


def of_page(word: Token) -> bool:
    """Whether a word is told of the page itself, so that it tells no event: "Sign up", "Advertisement".

    Arguments: a word of the article that would tell an event.
    """
    if word.lower_ in MONTHS and word.i + 1 < len(word.doc) and word.nbor(1).like_num:
        return True  # the “March 16” of a dateline marches nowhere
    sentence = word.sent
    if any(m.start() <= word.idx - sentence.start_char < m.end() for m in _STAMP.finditer(sentence.text)):
        return True
    text = " ".join(sentence.text.split()).lower()
    terms = _addressed(sentence) and bool(_TERMS.search(text))
    return terms or text in _listed(_LINES) or _starts(sentence, _OF_PAGE)


def beside_text(word: Token) -> bool:
    """Whether a word stands in what a page has beside its text: "Read also: …", a credit, a line on the author."""
    return _starts(word.sent, _BESIDE)


def _starts(sentence: Span, lists: tuple[str, ...]) -> bool:
    words = [t for t in sentence if not t.is_space and not t.is_punct]
    text = " ".join(sentence.text.split())
    if len(words) > _LONGEST or not text.lower().startswith(tuple(_listed(lists))):
        return False
    # prose may begin alike ("Sign up for the army, the minister told them"): a notice speaks to its reader or asks
    return _addressed(sentence) or _asks(sentence) or text[-1] not in '.!?”"'


def _addressed(sentence: Span) -> bool:
    return any(t.lower_ in _ADDRESSED for t in sentence)


def _asks(sentence: Span) -> bool:
    root = sentence.root
    return root.tag_ == "VB" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in root.children)


@cache
def _listed(names: tuple[str, ...]) -> frozenset[str]:
    lists = load("boilerplate")
    return frozenset(start.lower() for name in names for start in lists[name])
