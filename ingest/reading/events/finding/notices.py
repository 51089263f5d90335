"""Sentences that a page says of itself to its reader, not of the world: "Sign up for our news", "Last updated at".

Cleaning leaves them out where a page or a text is read; a document that is taken as it is still has them.
"""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Span, Token

from ingest.reading.lexicon import load

_STARTS = ("sign_up_starts", "cookie_starts", "copyright_starts", "credit_starts", "author_starts", "comment_form",
           "related_never_prose")  # fmt: skip
_STAMP = re.compile(r"\b(?:page )?last (?:updated|modified) (?:at|on)\b|\bskip to (?:the )?(?:end|main|content)\b"
                    r"|\bthis article was (?:amended|updated)\b", re.IGNORECASE)  # fmt: skip
_TERMS = re.compile(r"\bterms of (?:service|use)\b|\bprivacy (?:policy|notice)\b", re.IGNORECASE)
_ADDRESSED = frozenset({"you", "your", "yours"})
_LONGEST = 30  # words: a notice is short, and a long sentence that begins like one has run on into the text


def in_notice(word: Token) -> bool:
    """Whether a word belongs to a notice of the page. Arguments: a word of the article that tells an event."""
    sentence = word.sent
    if any(m.start() <= word.idx - sentence.start_char < m.end() for m in _STAMP.finditer(sentence.text)):
        return True
    words = [t for t in sentence if not t.is_space and not t.is_punct]
    addressed = any(t.lower_ in _ADDRESSED for t in words)
    if addressed and _TERMS.search(sentence.text):
        return True
    text = " ".join(sentence.text.split())
    if len(words) > _LONGEST or not text.lower().startswith(_starts()):
        return False
    # prose may begin alike ("Sign up for the army, the minister told them"): a notice speaks to its reader or asks
    return addressed or _asks(sentence) or text[-1] not in '.!?”"'


def _asks(sentence: Span) -> bool:
    root = sentence.root
    return root.tag_ == "VB" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in root.children)


@cache
def _starts() -> tuple[str, ...]:
    lists = load("boilerplate")
    return tuple(start.lower() for name in _STARTS for start in lists[name])
