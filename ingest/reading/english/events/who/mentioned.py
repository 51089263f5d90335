"""Which entity stands where in a text, as far as it can take part in what the text tells."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterable

from spacy.tokens import Token

from ingest.reading.english.events.finding.triggers import Trigger
from ingest.reading.findings import EntityFinding, TimeFinding

_PLURAL = ("NNS", "NNPS")


class MentionIndex:
    """The entity whose mention covers a token.

    Arguments: the article's entities; its triggers, since the name of an event ("the Battle of Hastings") is nobody's;
    its time expressions, which are no participants.
    """

    def __init__(
        self, entities: Iterable[EntityFinding], triggers: Iterable[Trigger] = (), times: Iterable[TimeFinding] = ()
    ) -> None:
        self.by_key = {entity.key: entity for entity in entities}
        self._times = sorted((t.start, t.end) for t in times)
        named = [t.start for t in triggers if t.token.pos_ == "PROPN"]
        spans = [
            (m.start, m.end, m.form, e.key)
            for e in self.by_key.values()
            for m in e.mentions
            if e.kind == "Thing" or not any(m.start <= offset < m.end for offset in named)
        ]
        # of nested mentions the innermost starts last, so the search below meets it first
        self._spans = sorted(spans, key=lambda s: (s[0], -s[1]))
        self._starts = [s[0] for s in self._spans]

    def at(self, token: Token) -> tuple[str, str] | None:
        """(key, form) of the innermost mention that covers `token` and ends with it or is a name; None without one.

        "Two Americans" are these two, and not America.
        """
        place = bisect_right(self._starts, token.idx)
        state = None
        for start, end, form, key in reversed(self._spans[max(0, place - 12) : place]):
            if start <= token.idx < end and (form != "nominal" or _heads(token, start)):
                if form != "demonym" or token.tag_ not in _PLURAL:
                    return key, form
                state = key, form
        return state

    def is_time(self, token: Token) -> bool:
        """Whether the token belongs to a time expression, or the model takes it for one."""
        # the model takes “Flight 17” for a date
        if token.ent_type_ in ("DATE", "TIME") and token.dep_ != "nsubjpass":
            return True
        place = bisect_right(self._times, (token.idx, sys.maxsize))
        return place > 0 and token.idx < self._times[place - 1][1]

    def kind(self, key: str) -> str:
        """Person, Organization, Place or Thing."""
        return self.by_key[key].kind


def _heads(token: Token, start: int) -> bool:
    """Whether no word of the mention that starts at `start` governs `token`."""
    return not (start <= token.head.idx < token.idx) or token.head.i == token.i
