"""Which id the beginning of one means: whoever copies an id by hand gives as much of it as tells it from all others."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kb.errors import BadInput
from kb.store import Queryable

_BEGUN = re.compile(r"([a-z]+)-[0-9a-f]{4,19}(?=(?:…|\.\.\.)?$)")
"""An id that is not whole: as of `ingest.matching.ids.digest`, with fewer than its twenty figures."""
_LABELS = {"event": "Event", "claim": "Claim", "article": "Article", "time": "TimeExpression", "decision": "Decision",
           **dict.fromkeys(("person", "organization", "place", "thing"), "Entity")}  # fmt: skip
_TOLD = 5  # of those that a beginning may mean
_LETTERS = 60  # of what one is called

BEGINNING = """MATCH (n:LABEL) WHERE n.id >= $begin AND n.id < $beyond
RETURN n.id AS id, coalesce(n.title, n.name, n.text, n.kind, '') AS called ORDER BY id LIMIT $most"""


def begun(words: str) -> str | None:
    """The beginning of an id that some words are, without dots behind it; None where they are none, or a whole id."""
    found = _BEGUN.match(words.strip())
    return found.group() if found else None


def meant(reader: Queryable, words: str) -> str:
    """The id that begins so, where one alone does; all else, a name or a whole id, as it was given.

    Arguments: reader, of the graph; words, as somebody gave them. Raises: BadInput when several ids begin so, with
    what they are called; StoreError.
    """
    begin = begun(words)
    label = _LABELS.get(begin.partition("-")[0]) if begin else None
    if begin is None or label is None:
        return words
    rows = reader.run(BEGINNING.replace("LABEL", label), begin=begin, beyond=f"{begin}g", most=_TOLD + 1)
    return only(words, {str(row["id"]): str(row["called"]) for row in rows})


def only(words: str, found: Mapping[str, str]) -> str:
    """The one id that was found for a beginning; the words themselves where there is none.

    Arguments: words; found, what each is called by its id. Raises: BadInput when there are several.
    """
    if len(found) < 2:
        return next(iter(found), words)
    told = "; ".join(f"{id} ({_short(called)})" if called else id for id, called in list(found.items())[:_TOLD])
    more = "; …" if len(found) > _TOLD else ""
    raise BadInput(f"Several ids begin with “{words}”, so give more of it: {told}{more}")


def _short(called: str) -> str:
    words = " ".join(called.split())
    return words if len(words) <= _LETTERS else f"{words[:_LETTERS].rsplit(' ', 1)[0]}…"
