"""One event told twice in an article becomes one: same class, compatible dates, shared participants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from ingest.reading.english.entities.known import gazetteer
from ingest.reading.english.events.apart import abroad, another, apart, dates_agree, elsewhere
from ingest.reading.english.events.finding.headings import is_heading
from ingest.reading.english.events.finding.lexicon import event_lexicon
from ingest.reading.english.events.finding.triggers import Trigger, event_name
from ingest.reading.english.events.headlines import (
    headline_and_lead,
    headline_twin,
    is_headline,
    named_above,
    same_deed,
    unnamed_headline,
)
from ingest.reading.english.events.when.dates import REPORTED, SHARED, Dating
from ingest.reading.english.events.who.roles import CORE
from ingest.reading.findings import Participant
from kb.edtf import Edtf
from kb.models import EventStatus

_NEARBY = 8
_LOOKED_AT = 100  # events of one class, the last told: no article comes back to more, and no text costs its square
_GOING_ON = frozenset({"be", "enter", "stretch", "drag", "grind", "go", "move", "remain", "stand"})
_STRETCHES = frozenset({"day", "week", "month", "year", "winter", "phase", "stage", "anniversary"})
_POINTING = frozenset({"the", "this", "that", "these", "those", "its", "his", "her", "their", "such"})
_GATHERINGS = frozenset({"negotiate", "meet", "discuss", "confer", "consult", "debate"})
_MADE_KNOWN = frozenset({"launch", "release", "publish", "open", "plan", "appoint", "resign", "propose", "offer"})


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence's report of an event."""

    trigger: Trigger
    participants: tuple[Participant, ...]
    status: EventStatus
    dating: Dating | None
    quoted: bool = False

    @property
    def edtf(self) -> Edtf | None:
        """The date this sentence gives."""
        return self.dating.edtf if self.dating else None


@dataclass(slots=True)
class Cluster:
    """The reports of one event so far, first first.

    extra: who takes part by what other events say; sayings: what was said on the occasion; echoes: words that only say
    the event again ("the murder trial"); outcomes: what it did ("killing 12"); faint: whether the article tells the
    event only in passing; outcome: whether it is told as what another event did.
    """

    told: list[Told] = field(default_factory=list)
    extra: list[Participant] = field(default_factory=list)
    sayings: list[Told] = field(default_factory=list)
    echoes: list[Told] = field(default_factory=list)
    outcomes: list[Told] = field(default_factory=list)
    faint: bool = False
    outcome: bool = False

    @property
    def mentions(self) -> list[Told]:
        """All words for it, in reading order."""
        return sorted([*self.told, *self.sayings, *self.echoes], key=lambda t: t.trigger.start)

    @property
    def lemma(self) -> str:
        """Lemma of the event's class."""
        return self.told[0].trigger.event.lemma

    def participants(self) -> list[Participant]:
        """All participants, each entity once with its first role."""
        seen: dict[str, Participant] = {}
        for participant in [p for t in self.told for p in t.participants] + self.extra:
            seen.setdefault(participant.entity, participant)
        return list(seen.values())

    def keys(self, roles: Iterable[str] = CORE) -> set[str]:
        """Keys of the entities in `roles`."""
        wanted = frozenset(roles)
        return {p.entity for t in self.told for p in t.participants if p.role in wanted}

    def datings(self) -> list[Dating]:
        """Datings of its mentions, the surest first."""
        return sorted((t.dating for t in self.told if t.dating), key=lambda d: (-d.confidence, d.steps))


def outlasting(report: Told) -> Told:
    """The report without a day on which an event was only going on: that is not its date.

    A war, a siege or an occupation goes on whatever is said of that day; anything does of which it is said that it is
    in its second week or enters its third.
    """
    event, dating = report.trigger.event, report.dating
    if dating is None or not report.trigger.nominal:
        return report
    if not report.trigger.phase and _nth_stretch(report.trigger):
        return replace(report, dating=None)
    if not event.durative or event.type == "PROTEST":
        return report
    now = dating.edtf.approximate and dating.edtf.precision == "month"
    going_on = "/" not in dating.edtf and (dating.edtf.precision == "day" or now)
    of_another = dating.confidence <= SHARED
    if dating.confidence <= REPORTED or (not report.trigger.phase and (going_on or of_another)):
        return replace(report, dating=None)
    return report


def _nth_stretch(trigger: Trigger) -> bool:
    """Whether an event is told to be in one of its days, weeks or years: "the invasion is in its second year"."""
    subject = trigger.token
    while subject.dep_ in ("pobj", "prep", "conj", "poss", "compound") and subject.head is not subject:
        subject = subject.head
    verb = subject.head
    if subject.dep_ != "nsubj" or verb.lemma_ not in _GOING_ON:
        return False
    spans = (g for c in verb.children for g in (c, *c.children) if g.lemma_.lower() in _STRETCHES)
    return any(any(own.lower_ == "its" for own in span.children) for span in spans)


def merge(reports: Sequence[Told], lands: Mapping[str, str] | None = None) -> list[Cluster]:
    """Reports grouped into events, in order of first mention.

    Arguments: the reports; lands, the countries of places (ISO 3166-1 alpha-2) by the keys of these.
    """
    clusters: list[Cluster] = []
    by_lemma: dict[str, list[Cluster]] = defaultdict(list)
    for report in reports:
        meant = _pointed_at(report, clusters) or headline_twin(report, clusters) or _summed_up(report, clusters)
        if meant is not None:
            meant.told.append(report)
            continue
        meant = _outdoing(report, clusters)
        if meant is not None:
            meant.told.append(replace(report, participants=()))  # those of the others that it outdoes
            continue
        alike = by_lemma[report.trigger.event.lemma]
        same = [c for c in alike[-_LOOKED_AT:] if _same(c, report, lands or {})]
        if same:
            max(same, key=lambda c: (len(c.keys() & _core(report)), c.told[-1].trigger.token.i)).told.append(report)
        else:
            alike.append(Cluster([report]))
            clusters.append(alike[-1])
    return clusters


def _pointed_at(report: Told, clusters: Sequence[Cluster]) -> Cluster | None:
    """The event that "The announcement ...", "The move ..." sums up: the last one told as fact in a clause of its own.

    Only a definite singular subject without owner or complement points back, and no further than the sentence before.
    """
    noun, lexicon, passage = report.trigger.token, event_lexicon(), report.trigger.passage
    if report.trigger.nominal and report.trigger.event.type == "CONSULT":
        return _same_gathering(report, clusters)
    words = lexicon.is_group("points back to words", noun.lemma_.lower())
    if not report.trigger.nominal or not (words or lexicon.is_group("points back to deeds", noun.lemma_.lower())):
        return None
    bound = any(c.dep_ in ("prep", "acl", "relcl", "ccomp") for c in noun.children)
    bound = bound or bool(report.participants) or noun.dep_ not in ("nsubj", "nsubjpass") or noun.tag_ == "NNS"
    dated = any(_dates(c) for c in noun.children)  # "Monday's announcement"
    if bound or not (dated or any(c.lower_ in ("the", "this", "that") for c in noun.children)):
        return None
    told = [c for c in clusters if 0 < passage - c.told[-1].trigger.passage <= 1 and c.told[-1].status == "asserted"]
    told = [c for c in told if not c.told[0].trigger.nominal and c.told[0].participants and _may_be(c, words)]
    main = [c for c in told if c.told[0].trigger.verb.dep_ in ("ROOT", "conj")]
    return main[-1] if main else None


def _summed_up(report: Told, clusters: Sequence[Cluster]) -> Cluster | None:
    """After “X filed for bankruptcy”, “This was the largest filing in years”: the last event of the class just told."""
    noun, trigger = report.trigger.token, report.trigger
    subjects = [c.lower_ for c in noun.head.children if c.dep_ == "nsubj"]
    if not trigger.nominal or noun.dep_ != "attr" or noun.head.lemma_ != "be" or subjects not in (["this"], ["it"]):
        return None
    alike = [c for c in clusters if c.lemma == trigger.event.lemma and dates_agree(c, report)]
    close = [c for c in alike if 0 <= trigger.passage - c.told[-1].trigger.passage <= 1]
    return max(close, key=lambda c: c.told[-1].trigger.token.i, default=None)


def _outdoing(report: Told, clusters: Sequence[Cluster]) -> Cluster | None:
    """“X filed for bankruptcy, the largest bankruptcy of a carmaker”: the event of the class told before the comma.

    By the words alone, since the parser hangs such an apposition on any noun or verb before it.
    """
    noun, trigger = report.trigger.token, report.trigger
    first = noun.left_edge
    best = any(c.tag_ == "JJS" for c in noun.children) and first.lower_ == "the"
    after = first.i > noun.sent.start and first.nbor(-1).text in (",", "–", "—")
    if not (trigger.nominal and best and after) or noun.dep_ in ("nsubj", "nsubjpass", "conj"):
        return None
    alike = [c for c in clusters if c.lemma == trigger.event.lemma and dates_agree(c, report)]
    return next((c for c in alike if c.told[-1].trigger.passage == trigger.passage), None)


def _same_gathering(report: Told, clusters: Sequence[Cluster]) -> Cluster | None:
    """“The talks ended” after “A and B met”: the meeting of the sentence before, or the only one told so far."""
    trigger = report.trigger
    definite = any(c.lower_ in ("the", "this", "these") for c in trigger.token.children)
    kind = any(
        c.dep_ in ("amod", "compound", "nummod") or c.lower_ in ("of", "with", "between")
        for c in trigger.token.children
    )
    others = any(p.role != "location" for p in report.participants)
    if not definite or kind or others or report.status != "asserted":
        return None
    before = [c for c in clusters if c.lemma in _GATHERINGS and c.participants() and c.told[0].status == "asserted"]
    before = [c for c in before if dates_agree(c, report) and trigger.passage - c.told[-1].trigger.passage <= _NEARBY]
    close = [c for c in before if trigger.passage - c.told[-1].trigger.passage <= 1]
    if len(before) == 1:
        return before[0]
    return max(close, key=lambda c: len(c.participants())) if close else None


def _may_be(cluster: Cluster, words: bool) -> bool:
    """Whether an event can be called an announcement, or else a move."""
    event = cluster.told[0].trigger.event
    return (event.statement or event.lemma in _MADE_KNOWN) if words else not event.statement


def _core(report: Told) -> set[str]:
    return {p.entity for p in report.participants if p.role in CORE}


def _same(cluster: Cluster, report: Told, lands: Mapping[str, str]) -> bool:
    first = cluster.told[0]
    if not _names_agree(first.trigger, report.trigger):
        return False
    if (first.status == "negated") != (report.status == "negated") or not dates_agree(cluster, report):
        return False
    event = report.trigger.event
    mine, theirs = _core(report), cluster.keys()
    if any(_held_in(report.trigger, t.trigger) for t in cluster.told):
        return False
    if any(_remembered(one) != _remembered(report.trigger) for one in (t.trigger for t in cluster.told)):
        return False
    if any(_restates(report.trigger, t.trigger) for t in cluster.told):
        return True
    if event.durative and (apart(cluster, report) or abroad(cluster, report, lands)):
        return False
    if event.type == "CONSULT" and elsewhere(cluster, report, lands):
        return False
    if event.durative:
        mine |= {p.entity for p in report.participants}
        theirs |= cluster.keys(("location",))
    if not mine or not theirs:
        return named_above(cluster, report, lands) or _anaphoric(cluster, report)
    if event.saying and not event.occasion:
        return False
    if event.durative or event.type == "CONSULT" or event.occasion:
        return bool(mine & theirs)
    if headline_and_lead(cluster, report) and _same_thing(cluster, report):
        return True  # "Apple unveils X" over "Steve Jobs unveiled X"
    if unnamed_headline(cluster, report) or same_deed(cluster, report):
        return True
    return _roles_agree(cluster, report) and _objects_agree(cluster, report)


def _same_thing(cluster: Cluster, report: Told) -> bool:
    """Whether what is done to is named alike."""
    mine = _object_words(report)
    return bool(mine) and any(len(mine & _object_words(t)) >= min(2, len(mine)) for t in cluster.told)


def _held_in(one: Trigger, other: Trigger) -> bool:
    """Whether one is told to happen in the other: "met during the summit" is a meeting and a summit."""
    return any(
        noun.token.dep_ == "pobj" and noun.token.head.head.i in (verb.token.i, verb.verb.i)
        for noun, verb in ((one, other), (other, one))
        if noun.nominal and noun.token.head.lower_ in ("during", "at", "within", "of")
    )


def _remembered(trigger: Trigger) -> bool:
    """“The 70th anniversary of the massacre”: long past, and none of what the article tells of now."""
    above = trigger.token.head
    return trigger.nominal and above.lower_ == "of" and above.head.lemma_.lower() == "anniversary"


def _restates(noun: Trigger, verb: Trigger) -> bool:
    """“They met on Thursday, the first meeting since ...”: a noun beside its own verb only says more of it."""
    if noun.nominal and not verb.nominal and noun.token.head.lower_ == "under":
        return any(a.i == verb.token.i for a in noun.token.ancestors)  # "agreed to stop under an accord"
    beside = noun.token.dep_ in ("npadvmod", "appos", "attr", "dep", "advcl", "ccomp", "oprd")
    return noun.nominal and not verb.nominal and beside and noun.token.head.i == verb.token.i


def _objects_agree(cluster: Cluster, report: Told) -> bool:
    """Two things launched, signed or suspended are two events; "the device" may be any of them."""
    if headline_and_lead(cluster, report):
        return True  # a headline puts it in other words
    mine = _object_words(report)
    known = [words for t in cluster.told if (words := _object_words(t))]
    return not mine or not known or any(mine & words for words in known)


def _object_words(report: Told) -> frozenset[str]:
    """What a verb is done to, where it is a name or is newly brought in, with its kind: {"iphone", "4"}."""
    found: set[str] = set()
    for noun in report.trigger.token.children:
        definite = any(c.lower_ in _POINTING for c in noun.children) and noun.pos_ != "PROPN"
        if noun.dep_ not in ("dobj", "nsubjpass") or noun.pos_ not in ("NOUN", "PROPN") or definite:
            continue
        found |= {noun.lemma_.lower(), *(c.lower_ for c in noun.children if c.dep_ in ("compound", "nmod"))}
    return frozenset(found)


def _roles_agree(cluster: Cluster, report: Told) -> bool:
    """Each of agent and patient that both give is shared, and at least one is."""
    shared = 0
    for role in ("agent", "patient"):
        mine = {p.entity for p in report.participants if p.role == role}
        theirs = cluster.keys((role,))
        if mine and theirs:
            if not mine & theirs:
                return False
            shared += 1
    if report.trigger.event.weight < 0.3:
        return shared == 2
    return shared > 0 and (shared == 2 or report.trigger.event.weight >= 0.5)


def _anaphoric(cluster: Cluster, report: Told) -> bool:
    """A report that names nobody is of the event just spoken of: "the attack", "this war", or a heading's shorthand."""
    event = report.trigger.event
    if (event.saying and not report.trigger.nominal) or event.weight < 0.4:
        return False
    if (
        report.status == "asserted"
        and report.dating is not None
        and {t.status for t in cluster.told} == {"hypothetical"}
    ):
        return False  # what was on a day is not what only may be
    apart = report.trigger.passage - cluster.told[-1].trigger.passage
    if event.durative:
        return not another(cluster, report)
    before = report.trigger.token.children
    definite = any(c.lower_ in ("the", "this", "that", "these", "those") or _dates(c) for c in before)
    if report.trigger.nominal:
        last = cluster.told[-1].trigger
        one_number = not last.nominal or last.token.tag_[-1] == report.trigger.token.tag_[-1]
        return definite and apart <= _NEARBY and one_number
    return apart <= _NEARBY and (is_headline(report.trigger) or is_headline(cluster.told[0].trigger))


def _dates(owner: Token) -> bool:
    """Whether a day owns the event: "Saturday's strike" is the strike of that day."""
    return owner.dep_ == "poss" and owner.ent_type_ == "DATE"


def _names_agree(one: Trigger, other: Trigger) -> bool:
    """Two named events ("the Battle of Hastings") are one only when they have one name.

    A war with a name of its own ("the Cold War") is no war that is spoken of without one: articles name it to compare.
    """
    names = [event_name(t.token) if _is_named(t) else "" for t in (one, other)]
    if one.event.durative and bool(names[0]) != bool(names[1]):
        return not any(own_name(t) for t in (one, other))
    return not all(names) or names[0] == names[1]


def _is_named(trigger: Trigger) -> bool:
    return trigger.token.pos_ == "PROPN" and not is_heading(trigger.token.sent)


def own_name(trigger: Trigger) -> bool:
    """Whether a name tells more than a land or sides and the kind: "the Cold War", not "the Vietnam War"."""
    noun = trigger.token
    if is_heading(noun.sent):
        return False
    before = [t.text for c in noun.children if c.dep_ == "compound" for t in c.subtree if t.pos_ == "PROPN"]
    words = before if noun.pos_ == "NOUN" else event_name(noun).split()  # "the Yom Kippur war"
    return len(words) > 1 and not any(gazetteer.area(word) or gazetteer.demonym(word) for word in words)
