"""What of an article is kept to compare it, and the events it tells, with other articles."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import chain
from typing import Any

from spacy.tokens import Span, Token

from ingest.matching.events.families import families, is_saying
from ingest.matching.stories.wording import common, content, names, numbers, vector
from ingest.reading.findings import EntityFinding, EventFinding
from ingest.reading.reading import Reading
from kb.edtf import Edtf
from kb.shown.day_spans import span_of

WORDS, NAMES = 40, 15  # of an article that are kept
_OFTEN = 4  # mentions of a name that count
_SENTENCES = 3  # of an event that are compared
_SENTENCE, _ARGUMENTS = 14, 14  # words of an event's sentences, and of its arguments
TOLD = ("asserted", "alleged", "denied", "planned", "hypothetical")
_AHEAD = ("planned", "hypothetical")
_THROUGH = ("prep", "agent", "prt")
_ABOVE = ("amod", "compound", "acl", "relcl")
_BESIDE = ("compound", "amod", "nmod", "poss")


@dataclass(frozen=True, slots=True)
class Telling:
    """An event as an article tells it.

    event: id of the referent. first, last: its days as ordinals, room: the days that "about" leaves; None without a
    date. words: of whom and what it is about. numbers: in its sentences. sentence: a unit vector of their words.
    others: how many events of this class the article tells. once: whether it happens once to its arguments. whom: words
    of the names of those to whom it happens once ever (who is born or dies). ahead: whether it has not come about as
    it is told.
    """

    event: str
    lemma: str
    salience: float
    saying: bool = False
    once: bool = False
    whom: tuple[str, ...] = ()
    ahead: bool = False
    others: int = 1
    first: int | None = None
    last: int | None = None
    room: int = 0
    words: tuple[str, ...] = ()
    numbers: tuple[float, ...] = ()
    sentence: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True)
class StoryProfile:
    """An article as comparison sees it.

    published: day as an ordinal, None where unknown. words, names: unit vectors of what it is about, the heaviest kept.
    """

    article: str
    published: int | None
    words: Mapping[str, float]
    names: Mapping[str, float]
    tellings: tuple[Telling, ...] = ()


def story_profile(reading: Reading, article: str, events: Mapping[str, str]) -> StoryProfile:
    """The profile of an article as read. Arguments: the reading; the article's id; ids of its events by key."""
    passages = reading.annotated.passages
    named = (word for entity in reading.entities if not entity.described
             for word in names(entity.name) for _ in range(min(_OFTEN, len(entity.mentions)) or 1))  # fmt: skip
    tokens = {token.idx: token for passage in passages for token in passage}
    entities = {entity.key: entity for entity in reading.entities}
    count = Counter(event.lemma for event in reading.events)
    told: dict[str, Telling] = {}
    for event in reading.events:
        if event.status in TOLD:
            made = _telling(event, events[event.key], count[event.lemma], entities, tokens, passages)
            told[made.event] = max(made, told.get(made.event, made), key=lambda t: t.salience)
    words = chain.from_iterable(content(passage) for passage in passages)
    published = _day(reading.annotated.document.published)
    return StoryProfile(article, published, vector(words, WORDS), vector(named, NAMES), tuple(told.values()))


_STORY = tuple(each.name for each in fields(StoryProfile))
_TELLING = tuple(each.name for each in fields(Telling))


def stored_story(profile: StoryProfile) -> str:
    """A profile as JSON, as the graph keeps it with the article."""
    row = {name: getattr(profile, name) for name in _STORY}
    tellings = ({name: getattr(told, name) for name in _TELLING} for told in profile.tellings)
    row["tellings"] = [{name: value for name, value in told.items() if value not in (None, (), 0, False, {})}
                       for told in tellings]  # fmt: skip
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def story_of(text: str) -> StoryProfile:
    """The profile that `stored_story` wrote."""
    row: dict[str, Any] = json.loads(text)
    tellings = tuple(Telling(**_read(told)) for told in row.pop("tellings"))
    return StoryProfile(**row, tellings=tellings)


def _read(told: Mapping[str, Any]) -> dict[str, Any]:
    lists = {key: tuple(told.get(key, ())) for key in ("words", "numbers", "whom")}
    return {"salience": 0.0, **told, **lists}


def _telling(
    event: EventFinding, id: str, others: int, entities: Mapping[str, EntityFinding], tokens: Mapping[int, Token],
    passages: tuple[Span, ...],
) -> Telling:  # fmt: skip
    span = span_of(event.edtf)
    where = list(dict.fromkeys(mention.passage for mention in event.mentions))[:_SENTENCES]
    sentence = vector(chain.from_iterable(content(passages[n]) for n in where), _SENTENCE)
    counted = {number for n in where for number in numbers(passages[n])}
    words = {word for word in _words(event, entities, tokens) if not common(word)}
    named = [(p.role, entities[p.entity]) for p in event.participants if not entities[p.entity].described]
    whom = chain.from_iterable(names(e.name) for role, e in named if singled(event.lemma, [(role, e.kind)]))
    return Telling(
        event=id, lemma=event.lemma, salience=event.salience, saying=is_saying(event.lemma),
        once=once(event.lemma, [(role, e.kind) for role, e in named]), whom=tuple(sorted(set(whom))),
        ahead=event.status in _AHEAD,
        others=others, first=span.first if span else None, last=span.last if span else None,
        room=span.room if span else 0, words=tuple(sorted(words)[:_ARGUMENTS]), numbers=tuple(sorted(counted)),
        sentence=sentence,
    )  # fmt: skip


def once(lemma: str, named: Collection[tuple[str, str]]) -> bool:
    """Whether a class lasts, or happens to the same arguments once in an era or in years, whatever it is called.

    What happens once in a life ("killed") does so to somebody who is named: others are killed again and again.

    Arguments: the class; role and kind ("Person") of the entities that are named.
    """
    table = families()
    rows = (row for row in table.rows.get(lemma, ()) if row.again in ("era", "years") and not row.near)
    placed = any(all(a.role != "thing" for a in row.arguments) for row in rows)
    return placed or table.is_group("lasting", lemma) or singled(lemma, named)


def singled(lemma: str, named: Collection[tuple[str, str]]) -> bool:
    """Whether a class happens once ever to one of these, given by role and kind."""
    rows = (row for row in families().rows.get(lemma, ()) if row.again == "never" and not row.near)
    return any(all((a.role, a.kind) in named for a in row.arguments) for row in rows)


def _words(event: EventFinding, entities: Mapping[str, EntityFinding], tokens: Mapping[int, Token]) -> Iterator[str]:
    """The words of whom and what an event is about: names of who took part, and what depends on its trigger."""
    for key in (*(p.entity for p in event.participants), event.place or ""):
        entity = entities.get(key)
        if entity is not None and not entity.described:
            yield from names(entity.name)
    yield from (word for word in event.thing.lower().split() if len(word) > 2 and word.isalpha())
    for mention in event.mentions:
        trigger = next((tokens[at] for at in range(mention.start, mention.end) if at in tokens), None)
        if trigger is not None:
            yield from (token.lemma_.lower() for token in _near(trigger) if len(token.lemma_) > 2)


def _near(trigger: Token) -> Iterator[Token]:
    heads = list(trigger.children)
    heads += [token for head in heads if head.dep_ in _THROUGH or head.pos_ == "ADP" for token in head.children]
    if trigger.dep_ in _ABOVE:
        heads.append(trigger.head)
    for head in heads:
        if head.pos_ in ("NOUN", "PROPN"):
            yield head
            yield from (t for t in head.children if t.dep_ in _BESIDE and t.pos_ in ("NOUN", "PROPN"))


def _day(date: Edtf | None) -> int | None:
    span = span_of(date)
    return span.first if span is not None else None
