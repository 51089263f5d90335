"""Sentences that a page says of itself to its reader, not of the world: "Sign up for our news", "Last updated at".

Cleaning leaves them out where a page or a text is read; a document that is taken as it is still has them.
"""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Span

from ingest.reading.lexicon import load

_STARTS = ("sign_up_starts", "cookie_starts", "copyright_starts", "credit_starts", "author_starts", "comment_form",
           "related_never_prose")  # fmt: skip
_STAMP = re.compile(r"\b(?:page )?last (?:updated|modified) (?:at|on)\b|\bterms of (?:service|use)\b|\bprivacy policy\b"
                    r"|\bskip to (?:end|main|content)\b|\bget the app\b|\bthis article was (?:amended|updated)\b",
                    re.IGNORECASE)  # fmt: skip
_ADDRESSED = frozenset({"you", "your", "yours"})


def is_notice(sentence: Span) -> bool:
    """Whether a sentence is a notice of the page. Arguments: a sentence of the article."""
    text = " ".join(sentence.text.split())
    if _STAMP.search(text):
        return True
    if not text.lower().startswith(_starts()):
        return False
    # prose may begin alike ("Sign up for the army, the minister told them"): a notice speaks to its reader or asks
    root = sentence.root
    asks = root.tag_ == "VB" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in root.children)
    return asks or text[-1] not in '.!?”"' or any(t.lower_ in _ADDRESSED for t in sentence)


@cache
def _starts() -> tuple[str, ...]:
    lists = load("boilerplate")
    return tuple(start.lower() for name in _STARTS for start in lists[name])
