"""The day that news told as news is about, for events that have no time of their own."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from spacy.tokens import Span, Token

from ingest.reading.annotate import Annotated
from ingest.reading.english.events.finding.lexicon import event_lexicon
from ingest.reading.english.events.finding.triggers import Trigger, is_booked
from ingest.reading.english.events.merge import Told
from ingest.reading.english.events.when.dates import REPORTED, Dating, spans_of, stands_alone
from ingest.reading.english.events.when.measures import clause_of, is_edition, is_measure, is_reach, says_which
from ingest.reading.english.events.when.pegs import days_before_news, in_an_era, is_peg
from ingest.reading.english.events.when.together import SHORT, at_one_time, harmed_when
from ingest.reading.english.events.who.subjects import reduced_passive
from ingest.reading.english.times.phrases.situation import tokens_of
from ingest.reading.english.todays import todays
from ingest.reading.findings import TimeFinding
from ingest.reading.lexicon import load
from kb.edtf import Edtf
from kb.models import LEFT_OPEN

_EARLIER = frozenset(
    {
        "before", "previously", "earlier", "already", "once", "formerly", "long", "originally", "ago",
        "repeatedly", "times", "always", "often", "usually"
    }
)  # fmt: skip
_HE = frozenset({"he", "she"})
_KINDS = ("deeds", "words")
_LEAD, _NEAR = 4, 8


class ReportDay:
    """The day that news told as news is about, for what has no time of its own.

    Rule: an event told in the main clause, in the present perfect or progressive, the simple past or a headline's
    present, with no word that puts it earlier and no time in its clause, happened about when the report was
    published (the "hot news" perfect and the dateline convention of news prose); or, where one of the first
    sentences dates what it tells to a day of the week before publication, on that day. Not right after a sentence
    about a time long past, unless the verb is one of saying. What the grammar puts at the same time as such an
    event is of that day too: a gerund, an "as" clause, "has done" in what was announced then. Low confidence, and
    never more exact than the publication date.
    """

    def __init__(
        self,
        annotated: Annotated,
        triggers: Sequence[Trigger],
        dated: dict[int, Dating],
        times: Sequence[TimeFinding],
    ) -> None:
        spans = [*spans_of(annotated, times), *_left_open(annotated, times)]
        told = {t.token.i for t in triggers} | {t.governor.i for t in triggers if t.governor is not None}
        timed = [s for t, s in spans if _dates_clause(t, s, annotated.document.published)]
        self._clauses = {_own_clause(s.root).i for s in timed if not says_which(s, told)}
        self._timed = {s.root.i for s in timed}
        self._todays = todays(annotated, times)
        self._day = _one_day(self._todays.page)
        self._explicit: dict[int, list[Edtf]] = defaultdict(list)
        for number, dating in dated.items():
            trigger = triggers[number]
            # "freed ten years after his arrest" tells of now, though the arrest has a year
            ours = trigger.event.saying and any(c.lower_ == "we" and c.dep_ == "nsubj" for c in trigger.token.children)
            if not ours and not (trigger.nominal and trigger.token.head.lower_ in ("after", "before", "since")):
                self._explicit[trigger.passage].append(dating.edtf)
        self._main: dict[int, list[tuple[int, Dating]]] = defaultdict(list)
        for number, dating in sorted(dated.items(), key=lambda d: triggers[d[0]].token.i):
            if _main_clause(triggers[number].verb) and not triggers[number].event.saying:
                self._main[triggers[number].passage].append((triggers[number].token.i, dating))
        self._back = {t.passage for t in triggers if _present(t.verb)}
        self._sayings = sorted((t for t in triggers if t.event.saying and not t.nominal), key=lambda t: t.token.i)
        self._said = {triggers[n].token.i: d for n, d in dated.items()}
        self._story = self._lead_day()

    def _lead_day(self) -> Edtf | None:
        if self._day is None or self._day.precision != "day":
            return self._day
        # "a rig that exploded on Tuesday sank on Thursday": what the clause tells before what it tells of whom
        lead = (d for p in range(_LEAD) for d in (*(m.edtf for _, m in self._main[p]), *self._explicit[p]))
        told = (
            *lead,
            *(self._said[t.token.i].edtf for t in self._sayings if t.token.i in self._said and _announces_the_news(t)),
        )
        return next((Edtf(d.rstrip("~?%")[:10]) for d in told if self._is_recent(d)), self._day)

    def _is_recent(self, told: Edtf) -> bool:
        """Whether a date is a day of the week before publication."""
        if self._day is None or {self._day.precision, told.precision} != {"day"} or told < "0001":
            return False
        ago = date.fromisoformat(self._day) - date.fromisoformat(told.rstrip("~?%")[:10])
        return 0 <= ago.days <= 7

    def of(self, trigger: Trigger, named: bool = False) -> Dating | None:
        """The day for one trigger (None when the rule does not hold). Arguments: it; whether it names who took part."""
        verb = trigger.verb
        if (entry := self._entry_of(trigger)) is not None:
            return entry
        if self._story is not None and is_peg(trigger):
            return Dating(self._story.about(), None, REPORTED)
        if self._story is not None and (days := days_before_news(trigger)) is not None:
            return self._before(days)
        if (talks := self._after_talks(trigger)) is not None:
            return talks
        if self._story is not None and (_according(trigger) or (named and _verbless_headline(trigger))):
            return Dating(self._story.about(), None, REPORTED)
        if self._story is None or (trigger.nominal and trigger.governor is None):
            return None
        timed = self._has_time(verb)
        if timed and not self._joined(verb):
            return None
        if is_booked(trigger) or (trigger.nominal and verb.lemma_ == "be"):
            return None  # "the loss was great" tells no happening
        if (
            (_when_clause(verb) and not harmed_when(trigger, _LEAD))
            or not _main_clause(verb)
            or in_an_era(verb)
            or _has_earlier(verb)
            or not _news_tense(verb, trigger)
        ):
            return None
        if not trigger.event.saying and not _perfect(verb) and self._long_past(trigger.passage):
            return None
        if timed:
            return self._beside(trigger)
        return self._same_speech(trigger) or self._beside(trigger) or Dating(self._story.about(), None, REPORTED)

    def _joined(self, verb: Token) -> bool:
        """“They seized power on Monday and | detained | her”: the second of two deeds, which has no time of its own."""
        own = verb.dep_ == "conj" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
        return own and verb.tag_ == "VBD" and self._timed.isdisjoint(t.i for t in verb.subtree)

    def _after_talks(self, trigger: Trigger) -> Dating | None:
        """“It said on Tuesday it would … after talks in Istanbul”: what is said after talks is said when they end."""
        prep = trigger.token.head
        if not trigger.nominal or trigger.event.type != "CONSULT" or prep.lower_ != "after" or trigger.phase:
            return None
        if any(c.tag_ == "CD" or c.ent_type_ in ("DATE", "TIME") for c in prep.children if c.i < prep.i):
            return None
        for verb in (a for a in prep.ancestors if a.pos_ == "VERB"):
            said = self._said.get(verb.i)
            if said is not None:
                return self._about_then(said)
        return None

    def _beside(self, trigger: Trigger) -> Dating | None:
        """“Thousands marched on Wednesday night; in Oakland protesters set fires”: one sentence, one day."""
        if _perfect(trigger.verb) or trigger.event.saying:
            return None
        for at, dating in reversed(self._main.get(trigger.passage, ())):
            if at < trigger.token.i:
                return self._about_then(dating)
        return None

    def _about_then(self, dating: Dating) -> Dating | None:
        """About the day of something else that is told as news; None where that was longer ago."""
        return Dating(dating.edtf.about(), dating.time, REPORTED) if self._is_recent(dating.edtf) else None

    def _entry_of(self, trigger: Trigger) -> Dating | None:
        """What an entry under a day of its own tells as news is of that day, in whatever tense."""
        today, verb = self._todays.entry(trigger.token.idx), trigger.verb
        if today is None or self._has_time(verb) or _has_earlier(verb):
            return None
        told = _news_tense(verb, trigger) or verb.tag_ in ("VBZ", "VBP")
        return Dating(today.about(), None, REPORTED) if told and _main_clause(verb) and not is_booked(trigger) else None

    def _has_time(self, verb: Token) -> bool:
        return bool({clause_of(verb).i, _own_clause(verb).i} & self._clauses)

    def _before(self, days: int) -> Dating | None:
        if self._story is None or self._story.precision != "day":
            return None
        try:
            then = date.fromisoformat(self._story) - timedelta(days)
        except OverflowError:
            return None
        return Dating(Edtf(then.isoformat()).about(), None, REPORTED)

    def _same_speech(self, trigger: Trigger) -> Dating | None:
        """“He announced today that … He also said …”: the speaker goes on, on the day of what was said before."""
        if not trigger.event.saying or trigger.nominal:
            return None
        passage, speaker = trigger.passage, _speaker(trigger.token)
        for before in reversed(self._sayings[: bisect_left(self._sayings, trigger.token.i, key=lambda t: t.token.i)]):
            earlier = _speaker(before.token)
            other = {earlier, speaker} == _HE  # "he said … she said": two speakers
            same = earlier == speaker or bool(_HE & {earlier, speaker})
            if passage - before.passage > 2 or other or not same or not earlier:
                return None
            dating = self._said.get(before.token.i)
            if dating is not None:
                return self._about_then(dating)
            passage, speaker = before.passage, earlier if speaker in _HE else speaker
        return None

    def _long_past(self, passage: int) -> bool:
        back = passage - 1 in self._back
        before = [d for p in (passage - 2, passage - 1)[back:] for d in self._explicit.get(p, [])]
        floor = (self._day or "")[:4]
        return bool(before) and (before[-1].latest or "9999")[:4] < floor


def _of_an_era(trigger: Trigger) -> bool:
    """“Russia annexed Crimea”, some sentences down: news of what befalls a land once in decades stands at the top."""
    return trigger.event.lemma in _once_a_land() and trigger.passage >= _LEAD and not _perfect(trigger.verb)


@cache
def _once_a_land() -> frozenset[str]:
    """Lemmas of what befalls a land once in an era."""
    rows = (row for row in load("events/identity")["once"] if row["again"] == "era")
    return frozenset(
        lemma for row in rows for lemma, who in row["arguments"].items() if any(":Place" in a for a in who)
    )


def _left_open(annotated: Annotated, times: Iterable[TimeFinding]) -> Iterator[tuple[TimeFinding, Span]]:
    """The expressions that say when something was, though not by which date, with their tokens."""
    for time in times:
        if time.rule.startswith(LEFT_OPEN) and (span := tokens_of(annotated.doc, time.start, time.end)) is not None:
            yield time, span


def _one_day(published: Edtf | None) -> Edtf | None:
    """When news was published, without "about"; None for a span, an unknown year or one before our reckoning."""
    if published is None or published.earliest is None or "/" in published or published < "0001":
        return None
    return Edtf(published.rstrip("~?%"))


def with_report_day(reports: Sequence[Told], day: ReportDay) -> list[Told]:
    """Reports told as fact and not in a quotation, dated to the report's day where its rule holds."""
    dated = [replace(r, dating=day.of(r.trigger, bool(r.participants))) if _open(r) else r for r in reports]
    at = {r.trigger.token.i: n for n, r in enumerate(dated)}
    triggers = [r.trigger for r in dated]
    for _ in range(2):
        for number, report in enumerate(dated):
            if _open(report):
                others = (*at_one_time(report.trigger, triggers, at), *_announced(report.trigger, triggers, at))
                dated[number] = replace(report, dating=_shared(others, dated))
            elif report.dating is None and report.status == "asserted" and not report.trigger.nominal:
                # "X has lost a friend", said in so many words, is as new as what announces it
                dated[number] = replace(report, dating=_shared(_announced(report.trigger, triggers, at), dated))
    return dated


def _open(report: Told) -> bool:
    told = report.dating is None and report.status == "asserted" and not report.quoted
    return told and not _of_an_era(report.trigger)


def _shared(others: Iterable[int], dated: Sequence[Told]) -> Dating | None:
    for number in others:
        other = dated[number]
        if other.dating is not None and "/" not in other.dating.edtf and other.status == "asserted":
            return Dating(other.dating.edtf.about(), other.dating.time, REPORTED)
    return None


def _announced(trigger: Trigger, triggers: Sequence[Trigger], at: Mapping[int, int]) -> Iterator[int]:
    """The saying that an event in the present perfect is news in: "announced that it has bought X"."""
    verb = trigger.verb
    told = verb.dep_ == "ccomp" and verb.head.i in at and triggers[at[verb.head.i]].event.saying
    if told and (_perfect(verb) or _going_on(verb) or _shifted(verb)) and not _has_earlier(verb):
        yield at[verb.head.i]


def _announces_the_news(trigger: Trigger) -> bool:
    """“She announced the move on Wednesday”: the move is what the report is about."""
    lexicon = event_lexicon()
    things = [c for c in trigger.token.children if c.dep_ == "dobj" and c.tag_ == "NN" and trigger.passage < _NEAR]
    things = [c for c in things if any(lexicon.is_group(f"points back to {g}", c.lemma_.lower()) for g in _KINDS)]
    return any(g.lower_ in ("the", "this") for c in things for g in c.subtree)


def _own_clause(token: Token) -> Token:
    """The verb of the innermost clause with a subject of its own: “X went ahead, and Y will follow in 2031”."""
    top = clause_of(token)
    alone = (a for a in (token, *token.ancestors) if stands_alone(a))
    return next((a for a in alone if a.i == top.i or top.is_ancestor(a)), top)


def _speaker(verb: Token) -> str:
    return next((c.lower_ for c in verb.children if c.dep_ == "nsubj"), "")


def _present(verb: Token) -> bool:
    """Whether a main clause brings the story back to the day of the report: "has not named", "says"."""
    return verb.dep_ == "ROOT" and (_perfect(verb) or _going_on(verb) or verb.tag_ in ("VBZ", "VBP"))


def _dates_clause(time: TimeFinding, span: Span, published: Edtf | None) -> bool:
    """Whether a time in a clause says when it was; "now", "for a year" and "its first since 1992" do not."""
    about = is_measure(span.root) or is_reach(time, span.root) or is_edition(time, span, published)
    shortly = time.type == "DURATION" and span.root.lemma_.lower() in SHORT  # "hours before it was to sit"
    return time.value != "PRESENT_REF" and not about and not shortly


def _according(trigger: Trigger) -> bool:
    """“According to the company's announcement”: what the report rests on is of its day."""
    head = trigger.token.head
    return trigger.nominal and trigger.event.statement and head.lower_ == "to" and head.head.lower_ == "according"


def _verbless_headline(trigger: Trigger) -> bool:
    """“Fed chairman on medical leave”, “Talks in Vienna”: a headline without a verb is news like any other."""
    sentence = trigger.token.sent
    stopped = any(t.text in ".!?" for t in sentence[-2:])
    return trigger.nominal and trigger.passage == 0 and not stopped and not any(t.pos_ == "VERB" for t in sentence)


def _when_clause(verb: Token) -> bool:
    """“When he first showed it, he praised it”: told of another time than the report's."""
    return any(
        c.dep_ == "advcl" and c.tag_ in ("VBD", "VBN") and any(g.lower_ == "when" for g in c.children)
        for c in verb.children
    )


def _perfect(verb: Token) -> bool:
    auxiliaries = (c.lower_ for c in verb.children if c.dep_ == "aux")
    return any(a in ("has", "have", "'s", "’s", "'ve", "’ve") for a in auxiliaries) and verb.tag_ in ("VBN", "VBD")


def _shifted(verb: Token) -> bool:
    """“Announced that it had freed 55”: the present perfect of news, put back behind a verb in the past.

    Source: backshift in reported speech (Huddleston & Pullum 2002, 3.6). Other verbs of saying report the past as well.
    """
    announces = verb.head.tag_ == "VBD" and event_lexicon().is_group("announcing", verb.head.lemma_.lower())
    had = any(c.lower_ == "had" for c in verb.children if c.dep_ == "aux")
    return announces and had and verb.tag_ in ("VBN", "VBD")


def _going_on(verb: Token) -> bool:
    """The present progressive tells what goes on as the report is written: "is massing troops"."""
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    return verb.tag_ == "VBG" and bool(auxiliaries & {"is", "are", "'s", "’s", "'re", "’re", "am"})


def _main_clause(verb: Token) -> bool:
    while True:
        if (verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX")) or (verb.dep_ == "advcl" and _beside(verb)):
            verb = verb.head
        elif verb.dep_ == "pcomp" and verb.head.lower_ == "by" and verb.head.head.pos_ in ("VERB", "AUX"):
            verb = verb.head.head
        else:
            break
    return verb.dep_ == "ROOT" or (
        verb.dep_ in ("ccomp", "parataxis") and verb.head.dep_ == "ROOT" and verb.i < verb.head.i
    )


def _beside(verb: Token) -> bool:
    """Whether an adverbial clause tells what went along with its main clause: a gerund, "as", "while"."""
    return verb.tag_ == "VBG" or any(c.dep_ == "mark" and c.lower_ in ("as", "while", "whereas") for c in verb.children)


def _news_tense(verb: Token, trigger: Trigger) -> bool:
    if reduced_passive(verb):
        return _news_tense(verb.head, trigger)  # "was wrestled to the ground and | arrested"
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if auxiliaries & {"had", "will", "would", "could", "may", "might", "should", "must", "to", "can", "'ll", "’ll"}:
        return False
    if (
        verb.tag_ == "VBD"
        or verb.dep_ in ("advcl", "pcomp")
        or trigger.misread
        or auxiliaries & {"did", "has", "have", "was", "were", "'s", "’s", "'ve", "’ve"}
    ):
        return True
    if _going_on(verb):
        return not trigger.nominal
    if verb.tag_ == "VBN" and not auxiliaries:
        return trigger.passage == 0  # “Airliner shot down”, a headline
    return verb.tag_ in ("VBZ", "VBP") and (trigger.event.saying or trigger.passage == 0)


def _has_earlier(verb: Token) -> bool:
    def after_object(word: Token, noun: Token) -> bool:
        # "the long awaited book", "a drop from a year earlier" are no hint
        return noun.dep_ != "dobj" or (word.i > noun.i and word.ent_type_ != "DATE")

    return any(c.lower_ in _EARLIER for c in verb.children) or any(
        g.lower_ in _EARLIER and after_object(g, c)
        for c in verb.children
        if c.dep_ in ("advmod", "npadvmod", "dobj") and c.lemma_.lower() not in SHORT
        for g in c.subtree
    )
