"""A made-up chronicle of two made-up countries, as Facts: the same articles on every run, with no parser involved.

Every name, place and event is invented. Offsets are true of the text, so what is drawn from them can be checked.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from ingest.graph.facts import Facts, Relation
from ingest.graph.write import write_several
from kb.edtf import Edtf
from kb.models import Article, Claim, Entity, Event, Passage, Snapshot, TimeExpression

TOGETHER = 20  # articles in one transaction

PEOPLE = (
    "Mara Lindqvist", "Tomas Verhal", "Ilse Okonjo", "Piotr Hanley", "Adaeze Brandt", "Jun Castellan", "Rhea Sokol",
    "Viktor Almasy", "Nadia Ferrow", "Oskar Lunde", "Leila Marchetti", "Darius Kovac", "Hanna Weisz", "Emil Tarrant",
)  # fmt: skip
ORGANIZATIONS = ("Norland", "Veska", "Harbour Alliance", "Northern Council", "Veskan Parliament", "Relief Union",
                 "The Meridian Post", "Border Commission", "Free Miners' Front")  # fmt: skip
PLACES = {"Ardal": (58.1, 24.0), "Brenmark": (57.2, 26.3), "Cape Sorn": (59.4, 22.7), "Dunsk": (56.8, 27.9),
          "Eskar Valley": (57.9, 25.5), "Port Halla": (58.9, 23.3)}  # fmt: skip
PUBLISHERS = ("The Meridian Post", "Harbour Times", "Norland Daily", "Veska Wire")


class Kind(NamedTuple):
    """A kind of event: its type, trigger word, title, noun phrase, and the sentence that reports it."""

    type: str
    trigger: str
    title: str
    noun: str
    sentence: str


KINDS = (
    Kind("annexation", "annexed", "{agent} annexes {place}", "the annexation of {place}",
         "{time}, {agent} {trigger} the district of {place}, over the protest of {patient}."),
    Kind("negotiation", "met", "{agent} and {patient} hold talks in {place}", "the talks in {place}",
         "{agent} and {patient} {trigger} in {place} {time} to talk about the border."),
    Kind("attack", "shelled", "{agent} shells {place}", "the shelling of {place}",
         "{agent} {trigger} {place} {time}, and {patient} reported casualties."),
    Kind("agreement", "signed", "{agent} and {patient} sign an accord in {place}", "the accord of {place}",
         "{time}, {agent} {trigger} an accord with {patient} in {place}."),
    Kind("sanction", "imposed", "{agent} imposes sanctions on {patient}", "the sanctions on {patient}",
         "{agent} {trigger} sanctions on {patient} {time}, and the port of {place} was closed."),
    Kind("visit", "visited", "{agent} visits {place}", "the visit to {place}",
         "{agent} {trigger} {place} {time} at the invitation of {patient}."),
    Kind("interview", "interview", "{patient} interviews {agent} in {place}", "the interview in {place}",
         "In an {trigger} with {patient} {time} in {place}, {agent} spoke about the war."),
)  # fmt: skip
SAYINGS = (
    ("said", True, "positive", "“We are ready to talk about {topic},” {speaker} {cue} {time}."),
    ("denied", False, "negative", "{speaker} {cue} {time} that {topic} had ever been agreed."),
    ("revealed", False, "positive", "{speaker} {cue} {time} that {topic} was planned for months."),
    ("told reporters", True, "negative", "“There was no reason for {topic},” {speaker} {cue} {time}."),
)
FILLER = ("Western officials have long been sceptical.", "The conflict has cost both sides dearly.",
          "Neither government would comment <in detail> & both blamed the other.")  # fmt: skip


@dataclass
class _Page:
    """One article under construction: its text so far, and what was put where."""

    key: str
    article: str
    text: str = ""
    passages: list[Passage] = field(default_factory=list)
    times: list[TimeExpression] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    used: dict[str, Entity] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)

    def sentence(self, template: str, words: Mapping[str, str]) -> tuple[Passage, dict[str, tuple[int, int]]]:
        """Append a filled template as a paragraph; return its passage and the span of each filled place."""
        self.text += "\n\n" if self.text else ""
        start, spans = len(self.text), {}
        for piece in re.split(r"(\{\w+\})", template):
            word = words[piece[1:-1]] if piece.startswith("{") else piece
            word = word[:1].upper() + word[1:] if len(self.text) == start else word
            if piece.startswith("{"):
                spans[piece[1:-1]] = (len(self.text), len(self.text) + len(word))
            self.text += word
        passage = Passage(
            id=f"{self.key}-p{len(self.passages)}",
            seq=len(self.passages),
            start=start,
            end=len(self.text),
            text=self.text[start:],
        )
        self.passages.append(passage)
        return passage, spans

    def relate(self, kind: str, start: str, end: str, end_label: str, /, **properties: Any) -> None:
        self.relations.append(Relation(kind, start, end, end_label, properties))

    def mention(self, passage: Passage, entity: Entity, span: tuple[int, int]) -> None:
        self.used[entity.id] = entity
        self.relate(
            "MENTIONS",
            passage.id,
            entity.id,
            "Entity",
            articleId=self.article,
            start=span[0],
            end=span[1],
            text=self.text[span[0] : span[1]],
            form="name",
            clusterId=entity.id,
        )


def facts(n_articles: int, seed: int = 7) -> Iterator[Facts]:
    """`n_articles` articles on a shared pool of events of 2014-2024, so that most events have several reports.

    Arguments: n_articles, how many; seed, of the random choices.
    """
    chance = random.Random(seed)  # noqa: S311 (it has to be the same on every run)
    entities = _entities()
    pool = [_event(chance, n, entities) for n in range(max(3, n_articles * 3 // 2))]
    for n in range(n_articles):
        yield _article(chance, n, pool, entities)


def load(store: Any, n_articles: int, seed: int = 7) -> int:
    """Write `n_articles` synthetic articles into an open writer's store; return how many.

    What many articles touch is clustered and shown once for all that are written together.
    """
    rest = facts(n_articles, seed)
    while some := list(islice(rest, TOGETHER)):
        store.write(partial(write_several, several=some, run="synthetic"))
    return n_articles


def _entities() -> dict[str, Entity]:
    people = [
        Entity(id=f"syn-person-{n}", kind="Person", name=name, aliases=(name.split()[1],))
        for n, name in enumerate(PEOPLE)
    ]
    groups = [Entity(id=f"syn-org-{n}", kind="Organization", name=name) for n, name in enumerate(ORGANIZATIONS)]
    places = [
        Entity(id=f"syn-place-{n}", kind="Place", name=name, subtype="city", lat=lat, lon=lon)
        for n, (name, (lat, lon)) in enumerate(PLACES.items())
    ]
    return {entity.name: entity for entity in (*people, *groups, *places)}


@dataclass(frozen=True)
class _Happening:
    event: Event
    kind: Kind
    words: Mapping[str, str]
    day: dt.date


def _event(chance: random.Random, number: int, entities: Mapping[str, Entity]) -> _Happening:
    kind = KINDS[number % len(KINDS)]
    day = dt.date(2014, 1, 1) + dt.timedelta(days=int(4017 * chance.random() ** 0.6))
    agents = [name for name, entity in entities.items() if entity.kind != "Place"]
    agent, patient = chance.sample(agents, 2)
    words = {"agent": agent, "patient": patient, "place": chance.choice(list(PLACES)), "trigger": kind.trigger}
    week_after = day + dt.timedelta(days=6)
    forms = (f"{day}", f"{day:%Y-%m}", f"{day:%Y}", f"{day}/{week_after}", f"{day:%Y-%m}~", f"XXXX-{day:%m-%d}", None)
    value = chance.choices(forms, [60, 16, 9, 5, 4, 3, 3])[0]
    edtf = Edtf(value) if value else None
    event = Event(
        id=f"syn-event-{number}",
        title=kind.title.format(**words),
        type=kind.type,
        edtf=edtf,
        earliest=edtf and edtf.earliest,
        latest=edtf and edtf.latest,
        precision=edtf.precision if edtf else None,
        status=chance.choices(["asserted", "alleged", "planned", "denied"], [82, 10, 5, 3])[0],
        salience=round(chance.random(), 2),
        confidence=round(0.4 + 0.6 * chance.random(), 2),
    )
    return _Happening(event, kind, words, day)


def _article(chance: random.Random, number: int, pool: list[_Happening], entities: Mapping[str, Entity]) -> Facts:
    chosen = list({h.event.id: h for h in (pool[number * 3 // 2 % len(pool)], *chance.sample(pool, 2))}.values())
    day = max(h.day for h in chosen) + dt.timedelta(days=chance.randint(1, 20))
    published = Edtf(f"{day}") if number % 5 else None
    article = Article(
        id=f"syn-article-{number}",
        source=f"synthetic/{number}.txt",
        url=f"https://news.example/{number}",
        title=chosen[0].event.title,
        publisher=PUBLISHERS[number % len(PUBLISHERS)],
        authors=(chance.choice(PEOPLE),),
        published=published,
        published_earliest=published,
        published_latest=published,
        published_basis="metadata" if published else "unknown",
        fingerprint=f"syn-{number}",
    )
    page = _Page(f"syn-{number}", article.id)
    for happening in chosen:
        _report(chance, page, happening, article, entities)
        page.sentence(chance.choice(FILLER), {})
    for about in chosen:
        _saying(chance, page, about, article, day, entities)
    digest = hashlib.sha256(page.text.encode()).hexdigest()
    snapshot = Snapshot(id=digest, text=page.text, retrieved_at=f"{day}T12:00:00Z")
    return Facts(
        article,
        snapshot,
        tuple(page.passages),
        tuple(page.times),
        tuple(page.used.values()),
        tuple(page.events.values()),
        tuple(page.claims),
        tuple(page.relations),
    )


def _report(
    chance: random.Random, page: _Page, happening: _Happening, article: Article, entities: Mapping[str, Entity]
) -> None:
    event, words = happening.event, dict(happening.words)
    edtf = event.edtf
    if edtf and edtf.precision == "day" and chance.random() < 0.15:
        edtf = Edtf(f"{happening.day + dt.timedelta(days=1)}")
    phrase = _phrase(edtf) if edtf else "recently"
    passage, spans = page.sentence(happening.kind.sentence, words | {"time": phrase})
    page.events[event.id] = event
    start, end = spans["trigger"]
    time = _time(page, passage, spans["time"], edtf, "explicit date")
    page.relate(
        "REPORTED_IN",
        event.id,
        passage.id,
        "Passage",
        articleId=article.id,
        start=start,
        end=end,
        trigger=words["trigger"],
        edtf=edtf,
        status=event.status,
        confidence=event.confidence,
        title=event.title,
        salience=event.salience,
        timeId=time.id if edtf else None,
    )
    if edtf:
        page.relate("DATED_BY", event.id, time.id, "TimeExpression")
    for role in ("agent", "patient", "place"):
        entity = entities[words[role]]
        page.used[entity.id] = entity
        if role in spans:
            page.mention(passage, entity, spans[role])
        if role != "place":
            page.relate("PARTICIPATED_IN", entity.id, event.id, "Event", role=role, passageIds=[passage.id])
    page.relate("LOCATED_IN", event.id, entities[words["place"]].id, "Place", passageIds=[passage.id])


def _time(page: _Page, passage: Passage, span: tuple[int, int], edtf: Edtf | None, rule: str) -> TimeExpression:
    time = TimeExpression(
        id=f"{passage.id}-t{span[0]}",
        text=page.text[slice(*span)],
        start=span[0],
        end=span[1],
        type="DATE",
        value=str(edtf or "PAST_REF"),
        edtf=edtf,
        earliest=edtf and edtf.earliest,
        latest=edtf and edtf.latest,
        rule=rule,
    )
    page.times.append(time)
    page.relate("HAS_TIME", passage.id, time.id, "TimeExpression")
    return time


def _saying(
    chance: random.Random,
    page: _Page,
    about: _Happening,
    article: Article,
    day: dt.date,
    entities: Mapping[str, Entity],
) -> None:
    cue, direct, polarity, template = chance.choice(SAYINGS)
    speaker = entities[chance.choice(PEOPLE)]
    said = Edtf(f"{day - dt.timedelta(days=1)}") if article.published else None
    topic = about.kind.noun.format(**about.words)
    passage, spans = page.sentence(
        template, {"speaker": speaker.name, "cue": cue, "time": "a day earlier", "topic": topic}
    )
    time = _time(page, passage, spans["time"], said, "offset from publication")
    page.relate("ANCHORED_TO", time.id, article.id, "Article")
    content = re.search(r"“([^”]+)”|that (.+)\.", passage.text)
    assert content
    first = 1 if content.group(1) else 2
    claim = Claim(
        id=f"{passage.id}-c",
        text=content.group(first),
        direct=direct,
        cue=cue,
        force="denied" if cue == "denied" else "said",
        speaker_text=speaker.name,
        said=said,
        said_earliest=said and said.earliest,
        said_latest=said and said.latest,
        polarity=polarity,
        confidence=0.8,
    )
    page.claims.append(claim)
    page.mention(passage, speaker, spans["speaker"])
    page.relate("MADE_BY", claim.id, speaker.id, "Entity")
    page.relate("ABOUT", claim.id, about.event.id, "Event")
    page.relate(
        "STATED_IN",
        claim.id,
        passage.id,
        "Passage",
        start=passage.start + content.start(first),
        end=passage.start + content.end(first),
    )
    place = entities[about.words["place"]]
    page.relate("ABOUT", claim.id, place.id, "Entity")
    page.used[place.id] = place


def _phrase(edtf: Edtf) -> str:
    words = edtf.human()
    if edtf.precision in ("day", "unknown"):
        return f"on {words}".replace(", year unknown", "")
    return f"from {words}" if edtf.precision == "interval" else words if edtf.approximate else f"in {words}"
