"""Why a page shows no article: what it asks for first."""

from __future__ import annotations

import re

_SAVE = "open it in the browser, save the page there and give the file"
_NOT_FREE = re.compile(r'"isAccessibleForFree"\s*:\s*"?false', re.I)
_ASKS = re.compile(
    r"before you continue|we value your privacy|accept (?:all )?cookies|consent to (?:the use of )?cookies"
    r"|enable (?:javascript|cookies)|verify (?:that )?you are (?:a )?human|checking your browser", re.I
)  # fmt: skip


def gate(source: str, content: str) -> str | None:
    """What stands before the article of a page in which none was found, in a sentence; None where nothing does.

    Arguments: source, the page's name; content, its HTML. Source of the mark: https://schema.org/isAccessibleForFree.
    """
    if _NOT_FREE.search(content):
        return f"{source} is not free to read, and shows no text of its article; {_SAVE}."
    if _ASKS.search(content):
        return f"{source} asks for consent, or for a browser, before it shows the article; {_SAVE}."
    return None
