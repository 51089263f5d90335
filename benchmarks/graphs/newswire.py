"""A made-up newswire, as Facts: any number of articles, the same on every run, with no parser involved.

Names, dates and words are spread as in news: a few states and leaders in very many articles, thousands of names in one
or two; what happens is told for three days by one to some dozens of articles, and a few great events for ever. Each day
brings as many articles as the other, so that more articles are more days. All names are invented.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeVar, cast

from spacy.tokens import Token

from ingest.graph.facts import Facts
from ingest.graph.resolve import resolve
from ingest.reading.annotate import Annotated
from ingest.reading.findings import (
    ClaimFinding,
    Document,
    EntityFinding,
    EventFinding,
    EventMention,
    MentionFinding,
    Participant,
    Span,
    TimeFinding,
)
from ingest.reading.reading import Reading
from kb.edtf import Edtf
from kb.models import EntityKind

T = TypeVar("T")
FIRST_DAY = dt.date(2014, 1, 1)
PER_DAY, HAPPENINGS = 30, 20  # articles, and events that begin, on one day
TOLD_FOR = 3  # days
GREAT, GREAT_SHARE = 8, 0.1  # events told for ever, and the share of articles that tell one
COPIES, REPEATED = 0.08, 0.25  # shares of articles that are copies, of claims that were made before
FILLING = 10  # sentences that only fill the text

_STARTS = ("b", "br", "d", "dr", "f", "g", "gr", "h", "k", "kl", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "tr",
           "v", "z")  # fmt: skip
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ei", "ou")
_ENDS = ("l", "n", "r", "s", "t", "nd", "rk", "sk")


class Name(NamedTuple):
    """Somebody or something with a name. listed: the id in a list of known places, as of a state."""

    kind: EntityKind
    full: str
    short: str = ""
    listed: str = ""


class Sort(NamedTuple):
    """A sort of event: type, class, its word in the text, its sentence, and the role of each who takes part."""

    type: str
    lemma: str
    word: str
    sentence: str
    roles: tuple[tuple[str, str], ...]


SORTS = (
    Sort("CONSULT", "meet", "met", "{agent} {word} {patient} in {place} {time}, and both spoke of {filler}.",
         (("agent", "party"), ("patient", "party"))),
    Sort("FIGHT", "attack", "attacked", "Troops of {agent} {word} {place} {time}, which {patient} called {filler}.",
         (("agent", "agent"), ("patient", "patient"))),
    Sort("AGREE", "sign", "signed", "{agent} {word} a treaty with {patient} in {place} {time} about {filler}.",
         (("agent", "party"), ("patient", "party"))),
    Sort("COERCE", "arrest", "arrested", "Police of {agent} {word} {patient} in {place} {time} over {filler}.",
         (("agent", "agent"), ("patient", "patient"))),
    Sort("VISIT", "visit", "visited", "{agent} {word} {place} {time} with {patient} to see {filler}.",
         (("agent", "agent"), ("patient", "party"))),
    Sort("FIGHT", "invade", "invaded", "{agent} {word} {patient} near {place} {time} in spite of {filler}.",
         (("agent", "agent"), ("patient", "patient"))),
)  # fmt: skip


class Happening(NamedTuple):
    """Something that happened: its sort, who took part, where, when, and how many tell of it beside others."""

    sort: Sort
    agent: Name
    patient: Name
    place: Name
    day: dt.date
    reach: float


class Telling(NamedTuple):
    """A sentence of an article that tells of something; without `date` it does not say when."""

    what: Happening
    date: Edtf | None
    filler: str


class Saying(NamedTuple):
    """A sentence of an article that says what somebody said of something."""

    speaker: Name
    words: str
    about: Happening
    day: dt.date


class Plan(NamedTuple):
    """What an article says: an opening, then its sentences in order."""

    opening: str
    parts: tuple[Telling | Saying | str, ...]


@dataclass
class _Page:
    """An article under construction, in the place of a parse; see `Annotated`."""

    text: str = ""
    passages: list[_Passage] = field(default_factory=list)
    times: list[TimeFinding] = field(default_factory=list)
    mentions: dict[Name, list[MentionFinding]] = field(default_factory=lambda: defaultdict(list))
    events: dict[Happening, EventFinding] = field(default_factory=dict)
    claims: list[ClaimFinding] = field(default_factory=list)
    document: Document | None = None

    def passage_at(self, offset: int) -> int:
        """As Annotated.passage_at."""
        return max((n for n, p in enumerate(self.passages) if p.start_char <= offset), default=0)

    def sentence(self, pieces: Sequence[tuple[str, str | Name]]) -> dict[str, Span]:
        """Append a sentence of named pieces; returns the span of each."""
        self.text += "\n\n" if self.text else ""
        start, spans = len(self.text), {}
        for slot, piece in pieces:
            words = (piece.short or piece.full) if isinstance(piece, Name) and piece in self.mentions else piece
            words = words.full if isinstance(words, Name) else words
            spans[slot] = (len(self.text), len(self.text) + len(words))
            self.text += words
            if isinstance(piece, Name):
                self.mentions[piece].append(MentionFinding(*spans[slot], words))
        self.passages.append(_Passage(start, len(self.text), self.text[start:]))
        return spans


@dataclass(frozen=True)
class _Passage:
    start_char: int
    end_char: int
    text: str

    def __iter__(self) -> Iterator[Token]:
        """No tokens: nothing is parsed."""
        return iter(())


def articles(count: int, first: int = 0, seed: int = 11) -> Iterator[Facts]:
    """The articles from number `first` to before `count`, the same whatever the two are. seed: of all choices."""
    wire = _Wire(random.Random(seed))  # noqa: S311 (it has to be the same on every run)
    for number in range(count):
        plan, publisher = wire.next(number)
        if number >= first:
            yield _article(number, plan, publisher)


class _Wire:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.words = [_word(chance) for _ in range(4000)]
        self.surnames = [_word(chance).title() for _ in range(20_000)]
        self.given = [_word(chance).title() for _ in range(2000)]
        self.states = [Name("Place", _word(chance).title() + "ia", listed=f"country:{n}") for n in range(40)]
        self.cities = [Name("Place", _word(chance).title() + " " + _word(chance).title()) for _ in range(400)]
        self.bodies = [
            Name("Organization", f"{_word(chance).title()} {_word(chance).title()} Council") for _ in range(300)
        ]
        self.leaders = [self.person() for _ in range(60)]
        self.great = [self.happening(FIRST_DAY, SORTS[-1 - n % 4], great=True) for n in range(GREAT)]
        self.recent: list[list[Happening]] = []
        self.plans: list[Plan] = []
        self.said: list[Saying] = []

    def next(self, number: int) -> tuple[Plan, str]:
        """What the next article says, and who publishes it; to be called with one number after the other."""
        day = _day(number)
        if number % PER_DAY == 0:
            self.recent = [*self.recent[1 - TOLD_FOR :], [self.happening(day) for _ in range(HAPPENINGS)]]
        if self.plans and self.chance.random() < COPIES:
            plan = self.chance.choice(self.plans)._replace(opening=self.filling())
        else:
            plan = self.plan(day)
        self.plans = [*self.plans[-100:], plan]
        return plan, f"{_zipf(self.chance, self.bodies).full} News"

    def plan(self, day: dt.date) -> Plan:
        pool = [h for listed in self.recent for h in listed]
        chosen = list(dict.fromkeys(self.chance.choices(pool, [h.reach for h in pool], k=3)))
        if self.chance.random() < GREAT_SHARE:
            chosen.append(self.chance.choice(self.great))
        chosen = [h._replace(agent=self.called(h.agent), patient=self.called(h.patient)) for h in chosen]
        told = [Telling(h, self.date(h.day), self.some(3)) for h in chosen]
        said = [self.saying(self.chance.choice(chosen), day) for _ in range(self.chance.randint(1, 3))]
        parts: list[Telling | Saying | str] = [*told, *said, *(self.filling() for _ in range(FILLING))]
        self.chance.shuffle(parts)
        return Plan(self.filling(), tuple(parts))

    def saying(self, about: Happening, day: dt.date) -> Saying:
        if self.said and self.chance.random() < REPEATED:
            former = self.chance.choice(self.said)
            words = f"not {former.words}" if self.chance.random() < 0.1 else former.words
            made = former._replace(words=words, day=day)
        else:
            speaker = _zipf(self.chance, self.leaders) if self.chance.random() < 0.6 else self.person()
            made = Saying(speaker, self.some(self.chance.randint(6, 14)), about, day)
        self.said = [*self.said[-200:], made]
        return made

    def happening(self, day: dt.date, sort: Sort | None = None, *, great: bool = False) -> Happening:
        who = (self.states, self.leaders) if great else (self.states, self.leaders, self.bodies)
        patient = (
            self.person() if self.chance.random() < 0.2 and not great else _zipf(self.chance, self.chance.choice(who))
        )
        reach = min(40.0, self.chance.random() ** -0.9)
        return Happening(
            sort or self.chance.choice(SORTS[:-1]),  # an invasion is no matter of every day
            _zipf(self.chance, self.chance.choice(who)), patient,
            _zipf(self.chance, self.cities), day, reach,
        )  # fmt: skip

    def called(self, who: Name) -> Name:
        """Some articles know a leader by the family name alone, or by an initial more."""
        if who not in self.leaders:
            return who
        given, family = who.full.split(" ", 1)
        initial = self.chance.choice("ABCDEFG")
        full = self.chance.choices((who.full, family, f"{given} {initial}. {family}"), (80, 12, 8))[0]
        return who._replace(full=full)

    def date(self, day: dt.date) -> Edtf | None:
        return self.chance.choices([Edtf(str(day)), Edtf(f"{day:%Y-%m}"), None], [80, 12, 8])[0]

    def person(self) -> Name:
        surname = _zipf(self.chance, self.surnames, 100)
        return Name("Person", f"{_zipf(self.chance, self.given, 10)} {surname}", surname)

    def some(self, count: int) -> str:
        return " ".join(_zipf(self.chance, self.words, 30) for _ in range(count))

    def filling(self) -> str:
        return self.some(self.chance.randint(12, 22)).capitalize() + "."


def _day(number: int) -> dt.date:
    return FIRST_DAY + dt.timedelta(days=1 + number // PER_DAY)


def _article(number: int, plan: Plan, publisher: str) -> Facts:
    page = _render(plan)
    page.document = Document(
        source=f"newswire/{number}", text=page.text, url=f"https://newswire.example/{number}", title=plan.opening,
        publisher=publisher, published=Edtf(str(_day(number))), published_basis="metadata",
    )  # fmt: skip
    return _facts(page, f"{_day(number)}T12:00:00Z")


def _render(plan: Plan) -> _Page:
    page = _Page()
    page.sentence([("filler", plan.opening)])
    for part in plan.parts:
        if isinstance(part, Telling):
            _tell(page, part)
        elif isinstance(part, Saying):
            _say(page, part)
        else:
            page.sentence([("filler", part)])
    return page


def _zipf(chance: random.Random, listed: Sequence[T], flat: int = 1) -> T:
    """One of a list, the n-th about as often as 1 / (n + flat) (Zipf's law, as Mandelbrot corrected it)."""
    return listed[int(flat * ((len(listed) + flat) / flat) ** chance.random()) - flat]


def _word(chance: random.Random) -> str:
    syllables = (chance.choice(_STARTS) + chance.choice(_VOWELS) for _ in range(chance.choice((1, 2, 2, 3))))
    return "".join(syllables) + chance.choice(_ENDS)


def _tell(page: _Page, told: Telling) -> None:
    what = told.what
    slots: dict[str, str | Name] = {
        "agent": what.agent, "patient": what.patient, "place": what.place, "word": what.sort.word,
        "time": f"on {told.date.human()}" if told.date else "lately", "filler": told.filler,
    }  # fmt: skip
    spans = page.sentence(_pieces(what.sort.sentence, slots))
    passage, time = len(page.passages) - 1, None
    if told.date:
        time = f"t{len(page.times)}"
        page.times.append(TimeFinding(time, *spans["time"], str(slots["time"]), "DATE", str(told.date), told.date,
                                      "explicit date", confidence=0.9))  # fmt: skip
    mention = EventMention(*spans["word"], what.sort.word, passage, told.date, time, "asserted", 0.9, past=True)
    sides = tuple(Participant(role, getattr(what, slot).full, passage) for slot, role in what.sort.roles)
    title = f"{what.agent.full} {what.sort.word} {what.patient.full}"
    page.events[what] = EventFinding(
        f"e{len(page.events)}", title, what.sort.type, what.sort.lemma, (mention,), sides, what.place.full,
        told.date, time, salience=round(0.3 + min(what.reach, 6) / 10, 2), confidence=0.9,
    )  # fmt: skip


def _say(page: _Page, said: Saying) -> None:
    pieces: list[tuple[str, str | Name]] = [("speaker", said.speaker), ("cue", " said that "), ("words", said.words)]
    spans = page.sentence([*pieces, ("end", ".")])
    about = page.events.get(said.about)
    page.claims.append(ClaimFinding(
        f"c{len(page.claims)}", (spans["words"],), len(page.passages) - 1, False, (spans["speaker"],),
        said.speaker.full, said.speaker.full, "said", force="said", said=Edtf(str(said.day)),
        about_events=(about.key,) if about else (), confidence=0.8,
    ))  # fmt: skip


def _pieces(template: str, slots: Mapping[str, str | Name]) -> list[tuple[str, str | Name]]:
    pieces: list[tuple[str, str | Name]] = []
    for number, part in enumerate(template.replace("{", "\0{").replace("}", "}\0").split("\0")):
        slot = part.strip("{}")
        pieces.append((slot, slots[slot]) if part.startswith("{") else (f"text {number}", part))
    return pieces


def _facts(page: _Page, moment: str) -> Facts:
    reading = Reading(
        cast(Annotated, page), tuple(page.times), tuple(_entity(*each) for each in page.mentions.items()),
        tuple(page.events.values()), tuple(page.claims),
    )  # fmt: skip
    facts = resolve(reading, version="newswire")
    # Without a parse there are no words by which articles are near one another.
    return replace(facts, story=None, snapshot=facts.snapshot.model_copy(update={"retrieved_at": moment}))


def _entity(name: Name, mentions: Sequence[MentionFinding]) -> EntityFinding:
    state = name.listed.startswith("country:")
    return EntityFinding(
        name.full, name.kind, name.full, tuple(mentions), gazetteer=name.listed or None,
        subtype="country" if state else None, confidence=0.9 if len(mentions) > 1 else 0.8,
    )  # fmt: skip
