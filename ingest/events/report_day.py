"""The day that news told as news is about, for events that have no time of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from spacy.tokens import Token

from ingest.annotate import Annotated
from ingest.events.dates import REPORTED, Dating, clause_of, spans_of
from ingest.events.triggers import Trigger
from ingest.findings import TimeFinding
from kb.edtf import Edtf

_EARLIER = frozenset(
    {
        "before", "previously", "earlier", "already", "once", "formerly", "long", "originally", "ago",
        "repeatedly", "times", "always", "often", "usually"
    }
)  # fmt: skip
_LEAD = 4


class ReportDay:
    """The day that news told as news is about, for what has no time of its own.

    Rule: an event told in the main clause, in the present perfect, the simple past or a headline's present, with no
    word that puts it earlier and no time in its clause, happened about when the report was published (the "hot
    news" perfect and the dateline convention of news prose); or, where one of the first sentences dates what it
    tells to a day of the week before publication, on that day. Not right after a sentence about a time long past,
    unless the verb is one of saying. Low confidence, and never more exact than the publication date.
    """

    def __init__(
        self,
        annotated: Annotated,
        triggers: Sequence[Trigger],
        dated: dict[int, Dating],
        times: Iterable[TimeFinding],
    ) -> None:
        self._clauses = {clause_of(s.root).i for _, s in spans_of(annotated, times)}
        published = annotated.document.published
        self._day = None if published is None or "/" in published else Edtf(str(published).rstrip("~?%"))
        self._explicit: dict[int, list[Edtf]] = defaultdict(list)
        for number, dating in dated.items():
            self._explicit[triggers[number].passage].append(dating.edtf)
        self._story = self._lead_day()

    def _lead_day(self) -> Edtf | None:
        if self._day is None or self._day.precision != "day":
            return self._day
        published = date.fromisoformat(self._day)
        for passage in range(_LEAD):
            for told in self._explicit[passage]:
                if told.precision == "day" and 0 <= (published - date.fromisoformat(told.rstrip("~?%")[:10])).days <= 7:
                    return Edtf(told.rstrip("~?%")[:10])
        return self._day

    def of(self, trigger: Trigger) -> Dating | None:
        """The day for one trigger, or None when the rule does not hold."""
        verb = trigger.verb
        if self._story is None or (trigger.nominal and trigger.governor is None) or clause_of(verb).i in self._clauses:
            return None
        if not _main_clause(verb) or _has_earlier(verb) or not _news_tense(verb, trigger):
            return None
        if not trigger.event.saying and self._long_past(trigger.passage):
            return None
        return Dating(Edtf(f"{self._story}~"), None, REPORTED)

    def _long_past(self, passage: int) -> bool:
        before = [d for p in (passage - 2, passage - 1) for d in self._explicit.get(p, [])]
        floor = (self._day or "")[:4]
        return bool(before) and (before[-1].latest or "9999")[:4] < floor


def _main_clause(verb: Token) -> bool:
    while (verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX")) or (verb.dep_ == "advcl" and verb.tag_ == "VBG"):
        verb = verb.head
    return verb.dep_ == "ROOT" or (
        verb.dep_ in ("ccomp", "parataxis") and verb.head.dep_ == "ROOT" and verb.i < verb.head.i
    )


def _news_tense(verb: Token, trigger: Trigger) -> bool:
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if auxiliaries & {"had", "will", "would", "could", "may", "might", "should", "must", "to", "can", "'ll", "’ll"}:
        return False
    if (
        verb.tag_ == "VBD"
        or verb.dep_ == "advcl"
        or trigger.misread
        or auxiliaries & {"has", "have", "was", "were", "'s", "’s", "'ve", "’ve"}
    ):
        return True
    return verb.tag_ in ("VBZ", "VBP") and (trigger.event.saying or trigger.passage == 0)


def _has_earlier(verb: Token) -> bool:
    return any(c.lower_ in _EARLIER for c in verb.children) or any(
        g.lower_ in _EARLIER for c in verb.children if c.dep_ in ("advmod", "npadvmod", "dobj") for g in c.subtree
    )
