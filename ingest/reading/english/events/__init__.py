"""The events of an article: what happened (or is alleged, planned, denied), when, and who took part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.annotate import Annotated
from ingest.reading.english.events.background import background
from ingest.reading.english.events.deaths import one_death
from ingest.reading.english.events.figures import CLASSES, TYPES, figures
from ingest.reading.english.events.finding.headings import with_headings_parsed
from ingest.reading.english.events.finding.notices import of_page
from ingest.reading.english.events.finding.passing import find_passing
from ingest.reading.english.events.finding.triggers import Trigger, find_triggers
from ingest.reading.english.events.links import complete
from ingest.reading.english.events.merge import Cluster, Told, merge, outlasting
from ingest.reading.english.events.outcomes import one_cause, outcomes
from ingest.reading.english.events.parts import wholes
from ingest.reading.english.events.salience import Reading, salience
from ingest.reading.english.events.settled import ahead, best_date, settled_status
from ingest.reading.english.events.status import status_of
from ingest.reading.english.events.titles import title_of
from ingest.reading.english.events.when.answers import date_answers
from ingest.reading.english.events.when.dates import ATTACHED, REPORTED, SHARED, Dating, date_triggers
from ingest.reading.english.events.when.report_day import ReportDay, with_report_day
from ingest.reading.english.events.who.mentioned import MentionIndex
from ingest.reading.english.events.who.participants import arguments
from ingest.reading.english.events.who.roles import participants_of
from ingest.reading.english.events.who.things import thing_of
from ingest.reading.findings import EntityFinding, EventFinding, EventMention, Participant, TimeFinding
from kb.models import EventStatus

_WEIGHTY_SAYING = 0.35


def find_events(
    annotated: Annotated, times: tuple[TimeFinding, ...], entities: tuple[EntityFinding, ...]
) -> tuple[EventFinding, ...]:
    """Events of an article, keys "e1", "e2", ... in order of first mention.

    Arguments: the parse; its time expressions; its entities. Titles, roles and dates come from rules over the
    dependency parse; event types are PLOVER roots (see lexicon/events/classes.json).
    """
    annotated = with_headings_parsed(annotated)
    triggers = tuple(t for t in find_triggers(annotated) if not of_page(t.token))
    index = MentionIndex(entities, triggers, times)
    dated = date_triggers(annotated, triggers, times)
    events = frozenset(t.token.i for t in triggers)
    quotes = _quoted_tokens(annotated)
    reports = [
        Told(t, _took_part(t, index, events), status_of(t), dated.get(n), t.token.i in quotes)
        for n, t in enumerate(triggers)
    ]
    day = ReportDay(annotated, triggers, dated, times)
    told = [outlasting(report) for report in with_report_day(reports, day)]
    lands = {e.key: e.country for e in entities if e.kind == "Place" and e.country}
    merged = one_cause(merge([r for r in told if not _imagined(r)], lands))
    clusters = complete(one_death(merged, index), index)
    date_answers(clusters, index, annotated.document.published)
    for cluster in clusters:
        cluster.told = [ahead(report, annotated.document.published) for report in cluster.told]
    kept = [c for c in clusters if worth_keeping(c, index)]
    passing = [ahead(r, annotated.document.published) for r in _in_passing(annotated, triggers, index, times, quotes)]
    parts = {id(c): whole for c, whole in zip(kept, wholes(kept, _outcomes(kept, index)), strict=True)}
    faint = background([c for c in clusters if id(c) not in parts], [*filter(_imagined, told), *passing], kept)
    every = sorted([*kept, *faint], key=lambda c: c.mentions[0].trigger.start)
    keys = {id(c): f"e{n}" for n, c in enumerate(every, 1)}
    reading = Reading(index, _headline(annotated))
    found = ((_finding(keys[id(c)], c, reading, annotated.text), parts.get(id(c))) for c in every)
    return tuple(replace(e, part_of=None if whole is None else keys[id(kept[whole])]) for e, whole in found)


def _took_part(trigger: Trigger, index: MentionIndex, events: frozenset[int]) -> tuple[Participant, ...]:
    """Who took part by a report; who ends a war by signing a peace did not wage it for that."""
    ended = trigger.phase == "end" and not trigger.nominal
    return () if ended else tuple(participants_of(trigger, index, events))


def _outcomes(clusters: Sequence[Cluster], index: MentionIndex) -> list[int | None]:
    """Of which event each is the outcome; both are told so."""
    found = outcomes(clusters, index)
    for cluster, whole in zip(clusters, found, strict=True):
        if whole is not None:
            cluster.outcome = True
            clusters[whole].outcomes += cluster.told
            _date_outcome(cluster, best_date(clusters[whole]))
    return found


def _date_outcome(cluster: Cluster, cause: Dating | None) -> None:
    """Give what another event did that event's day, where the text tells no day of its own."""
    if cause is None or cause.confidence <= REPORTED or any(d.confidence > REPORTED for d in cluster.datings()):
        return
    first, *others = (replace(t, dating=None) for t in cluster.told)
    cluster.told = [replace(first, dating=replace(cause, confidence=min(cause.confidence, SHARED))), *others]


def _in_passing(
    annotated: Annotated,
    triggers: tuple[Trigger, ...],
    index: MentionIndex,
    times: tuple[TimeFinding, ...],
    quotes: frozenset[int],
) -> list[Told]:
    """Reports of what the article tells only in passing. A time goes to them only where no event is nearer to it."""
    found = [t for t in find_passing(annotated, triggers) if not of_page(t.token)]
    every = frozenset(t.token.i for t in (*triggers, *found))
    dated = date_triggers(annotated, (*triggers, *found), times)
    return [
        outlasting(Told(t, tuple(participants_of(t, index, every)), status_of(t), dated.get(n), t.token.i in quotes))
        for n, t in enumerate(found, len(triggers))
    ]


def _quoted_tokens(annotated: Annotated) -> frozenset[int]:
    """Indices of the tokens inside quotation marks."""
    found: set[int] = set()
    start: int | None = None
    for token in annotated.doc:
        if token.text in ("“", "``") or (token.text == '"' and start is None):
            start = token.i
        elif token.text in ("”", "''", '"') and start is not None:
            found.update(range(start, token.i))
            start = None
    return frozenset(found)


def _headline(annotated: Annotated) -> frozenset[str]:
    """Lemmas of the headline's words; without a title, of the first passage."""
    if not annotated.passages:
        return frozenset()
    words = {w.lower() for w in annotated.document.title.split()}
    told = [t for p in annotated.passages for t in p if t.lower_ in words] or list(annotated.passages[0])
    return frozenset(t.lemma_.lower() for t in told if t.pos_ in ("NOUN", "VERB", "PROPN"))


def _imagined(report: Told) -> bool:
    """A noun for what has not come about and has no date: "an offer for negotiations", "any ceasefire"."""
    trigger = report.trigger
    return report.status == "hypothetical" and trigger.nominal and report.dating is None and not trigger.event.durative


def worth_keeping(cluster: Cluster, index: MentionIndex) -> bool:
    """Whether a group of reports is an event by itself, and not only told in passing.

    A saying counts only with a named speaker and a date, or with a weighty verb ("announced", "warned"); a thing agreed
    or given only where the text says it came about; a verb that no list knows only with somebody named or a main
    clause that dates it; something merely imagined only with a date.
    """
    told, event = cluster.told, cluster.told[0].trigger.event
    people = cluster.participants()
    own_date = any(d.confidence > REPORTED for d in cluster.datings())
    status = settled_status(cluster)
    if event.saying and not event.occasion:
        named = any(p.role == "speaker" and not index.by_key[p.entity].described for p in people)
        told_as_fact = status in ("asserted", "alleged", "denied")
        return named and told_as_fact and (bool(cluster.datings()) or event.weight >= _WEIGHTY_SAYING)
    if event.result and not (own_date or any(_came_about(t.trigger) for t in told)):
        return False
    if status == "hypothetical":
        return own_date and bool(people)
    if event.type == "OTHER" and event.weight <= 0.2 and not any(_does(t) for t in told):
        return status == "asserted" and any(_dated_change(t) for t in told)
    if event.weight < 0.3 or (event.type == "OTHER" and event.weight <= 0.4):
        return bool(people) and status in ("asserted", "alleged", "planned")
    return bool(people) or (own_date and any(_says_who(t.trigger) for t in told))


def _says_who(trigger: Trigger) -> bool:
    """Whether a verb has words for whom or what it is about: "it was fined" alone tells nothing."""
    if trigger.nominal:
        return True
    return any(a.head.pos_ in ("NOUN", "PROPN", "NUM") for a in arguments(trigger, frozenset()))


def _does(told: Told) -> bool:
    """Whether somebody named acts, or is acted upon in a passive."""
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in told.trigger.token.children)
    return any(p.role == "agent" or (passive and p.role == "patient") for p in told.participants)


def _dated_change(told: Told) -> bool:
    """Whether a main clause in the past tense dates what it tells: "In April a blog obtained a prototype"."""
    verb = told.trigger.verb
    own = told.dating is not None and told.dating.confidence >= ATTACHED and ".." not in told.dating.edtf
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    return own and not told.trigger.nominal and verb.dep_ in ("ROOT", "conj") and (verb.tag_ == "VBD" or passive)


def _came_about(trigger: Trigger) -> bool:
    return not trigger.nominal or trigger.governor is not None


def _finding(key: str, cluster: Cluster, reading: Reading, text: str) -> EventFinding:
    index = reading.index
    dating, status = best_date(cluster), settled_status(cluster)
    people = cluster.participants()
    place = _place(people, cluster, index)
    event = cluster.told[0].trigger.event
    title, clear = title_of(cluster, people, place, index)
    return EventFinding(
        key=key,
        title=title,
        clarity=clear,
        type=event.type,
        lemma=event.lemma,
        mentions=tuple(_mention(t, text) for t in cluster.mentions),
        participants=tuple(people),
        place=place,
        edtf=dating.edtf if dating else None,
        time=dating.time if dating else None,
        status=status,
        salience=salience(cluster, people, dating, status, reading),
        confidence=_confidence(dating, status, people),
        thing=thing_of(cluster, index),
    )


def _mention(told: Told, text: str) -> EventMention:
    trigger = told.trigger
    words = text[trigger.start : trigger.end]
    confidence = told.dating.confidence if told.dating else 0.5
    time = told.dating.time if told.dating else None
    counting = trigger.event.type in TYPES or trigger.event.lemma in CLASSES
    told_by = {trigger.token.i, trigger.verb.i} if trigger.governor is not None else {trigger.token.i}
    counted = [c.words for c in figures(trigger.token.sent) if told_by & c.of] if counting else []
    return EventMention(trigger.start, trigger.end, words, trigger.passage, told.edtf, time, told.status, confidence,
                        figures=tuple(counted))  # fmt: skip


def _place(people: Sequence[Participant], cluster: Cluster, index: MentionIndex) -> str | None:
    located = next((p.entity for p in people if p.role == "location"), None)
    if located is not None or cluster.told[0].trigger.event.type not in ("ASSAULT", "COERCE"):
        return located
    return next((p.entity for p in people if p.role == "patient" and index.kind(p.entity) == "Place"), None)


def _confidence(dating: Dating | None, status: EventStatus, people: Sequence[Participant]) -> float:
    """How sure the whole finding is: the date's own confidence, less without participants or when not told as fact."""
    base = dating.confidence if dating else 0.5
    return round(max(0.1, base - 0.1 * (not people) - 0.1 * (status != "asserted")), 2)
