"""What stands in the queue: pairs that may be one and doubts, the gravest first, and what can be said of each."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from kb import checks
from kb.ask.identity import Side, Suggestion, compared
from kb.ask.kept.pairs import how_many, open_pairs
from kb.ask.kept.present import Present
from kb.ask.rows import Named
from kb.checks import CheckKind, Doubt
from kb.counted import PAIRS
from kb.heeded import Added
from kb.proposing import find
from kb.store import Store
from kb.words import human, mark, retold, say

if TYPE_CHECKING:
    from ingest.revising.revise import Revision

PAIR, PASSING = "doubtful-identity", "doubtful-passing"
_PAIRS = {PAIR: PAIRS[:2], PASSING: PAIRS[2:]}
"""Which pairs stand under which kind; `kb check` lists the first alone."""
KINDS = (
    *checks.KINDS,
    CheckKind(PASSING, mark("Perhaps one and the same, told in passing"), checks.BY_KEY[PAIR].advice, False),
)
"""The kinds of the queue, in their order."""
BY_KEY = {kind.key: kind for kind in KINDS}
_MOST = 60  # of a kind that are read, beside those that were left as they are
_MOST_DATES = 4  # that are offered of an event

Deed = Literal["same", "different", "date", "status", "reject", "add", "ask-date", "ask-published"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that can be said: the words of its button, what it does, to which ids, with which value.

    deed: "same", "different", "date", "status", "reject" and "add" (what a model proposed) decide at once; "ask-date"
    and "ask-published" open the form of a date.
    """

    words: str
    deed: Deed
    ids: tuple[str, ...]
    value: str = ""

    @property
    def asks(self) -> bool:
        """Whether it opens a form instead of deciding at once."""
        return self.deed in ("ask-date", "ask-published")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to settle: a doubt, or a pair that may be one. key: the same while it says the same of the same."""

    kind: CheckKind
    doubt: Doubt | None = None
    pair: Suggestion | None = None

    @property
    def says(self) -> str:
        """What it is about, in a sentence."""
        if self.pair:
            one, other = (_called(side, self.pair) for side in (self.pair.one, self.pair.other))
            return f"Are {one} and {other} one?"
        return self.doubt.says if self.doubt else ""

    @property
    def shown(self) -> str:
        """The same in the reader's language."""
        return retold(self.says)

    @property
    def key(self) -> str:
        """What tells it from all others, and from itself once it says something else."""
        if self.pair:
            about: Sequence[str] = [PAIR, *sorted((self.pair.one.id, self.pair.other.id))]  # whichever kind it is now
        else:
            about = [self.kind.key, self.says, *(one.id for one in _about(self.doubt))]
        return hashlib.sha256("\x1f".join(about).encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Queue:
    """The first of what is to be settled, by kind and then what settles most, and how many there are of each kind."""

    items: tuple[Item, ...]
    totals: Mapping[str, int]


def items(now: Present, left: int = 0) -> Queue:
    """What stands first in the queue. Arguments: left, how many were left as they are. Raises: StoreError."""
    most = _MOST + left
    groups = checks.check(now.store, limit=most, identities=False)
    found = {group.kind.key: [Item(group.kind, doubt=doubt) for doubt in group.doubts] for group in groups}
    found |= {key: [Item(BY_KEY[key], pair=pair) for pair in _pairs(now, most, key)] for key in _PAIRS}
    totals = {group.kind.key: group.total for group in groups}
    totals |= {key: how_many(now, kinds) for key, kinds in _PAIRS.items()}
    return Queue(tuple(item for kind in KINDS for item in found.get(kind.key, ())), totals)


def _pairs(now: Present, most: int, key: str) -> list[Suggestion]:
    """The pairs of a kind, those that settle most first, without sentences."""
    found = compared(now, open_pairs(now, most, _PAIRS[key]))
    return sorted(found, key=lambda s: (-s.settles, -s.score, s.one.name, s.one.id, s.other.id))


def answers(item: Item) -> tuple[Answer, ...]:
    """What can be said of an item, the likeliest first; leaving it as it is can always be said."""
    if item.pair:
        ids = (item.pair.one.id, item.pair.other.id)
        two = say("One is a part of the other") if item.pair.part else say("They are two")
        return Answer(say("They are one"), "same", ids), Answer(two, "different", ids)
    if item.doubt is None:
        return ()
    if item.doubt.kind == "denied":
        return _statuses(item.doubt)
    if item.doubt.kind == "proposed":
        return _proposed(item.doubt)
    return (*_dates(item.doubt), *_rejections(item.doubt))


def decide(answer: Answer, deeds: Any, store: Store) -> Revision:
    """What an answer would change. Arguments: the answer; `ingest.revising.decide`; the store, open for writing.

    Raises: BadInput where it was settled since, StoreError.
    """
    from kb.edtf import Edtf  # noqa: PLC0415 (with what decides, only when something is decided)

    revision: Revision
    if answer.deed in ("same", "different"):
        revision = getattr(deeds, answer.deed)(store, list(answer.ids))
    elif answer.deed == "date":
        revision = deeds.set_date(store, answer.ids[0], Edtf(answer.value))
    elif answer.deed == "add":
        one = find(store.settings.data_dir, answer.ids[0])
        revision = deeds.add(store, one.article, Added.of(one.added), reason=f"proposed by {one.model}")
    elif answer.deed == "status":
        revision = deeds.edit(store, answer.ids[0], "status", answer.value)
    else:
        revision = deeds.reject(store, answer.ids[0])
    return revision


def _called(side: Side, pair: Suggestion) -> str:
    """The name of one of two, with its date where the other has the same name."""
    dated = side.when and pair.one.name == pair.other.name
    return f"“{side.name}” ({side.when})" if dated else f"“{side.name}”"


def _about(doubt: Doubt | None) -> tuple[Named, ...]:
    return (*doubt.events, *doubt.claims, *doubt.articles, *doubt.entities) if doubt else ()


def _proposed(doubt: Doubt) -> tuple[Answer, ...]:
    """That a proposal is right; that it is not is said by leaving it, but of two names."""
    if not doubt.entities:
        return (Answer(say("It is right: add it"), "add", doubt.ids),)
    ids = tuple(one.id for one in doubt.entities)
    return Answer(say("They are one"), "same", ids), Answer(say("They are two"), "different", ids)


def _statuses(doubt: Doubt) -> tuple[Answer, ...]:
    of = (doubt.events[0].id,)
    return (
        Answer(say("It happened"), "status", of, "asserted"),
        Answer(say("It did not happen"), "status", of, "negated"),
        Answer(say("It is only alleged"), "status", of, "alleged"),
    )


def _dates(doubt: Doubt) -> tuple[Answer, ...]:
    """The dates that reports give, then the form for another."""
    if doubt.kind in ("silent-gap", "single-source"):
        return ()
    told: tuple[Answer, ...] = ()
    if len(doubt.events) == 1:
        told = tuple(Answer(human(date), "date", (doubt.events[0].id,), date) for date in doubt.dates[:_MOST_DATES])
    many = len(doubt.events) > 1
    asked = [
        Answer(
            say("Date “{short}”…", short=_short(one.name))
            if many
            else say("Another date…")
            if told
            else say("Give its date…"),
            "ask-date",
            (one.id,),
        )
        for one in doubt.events[:2]
    ]
    if doubt.articles and doubt.kind != "no-year":
        asked.append(Answer(say("Date the article…"), "ask-published", (doubt.articles[0].id,)))
    return (*told, *asked)


def _rejections(doubt: Doubt) -> tuple[Answer, ...]:
    one = doubt.events[0] if len(doubt.events) == 1 else doubt.claims[0] if len(doubt.claims) == 1 else None
    return (
        (Answer(say("It is no event") if one.kind == "Event" else say("It is no claim"), "reject", (one.id,)),)
        if one
        else ()
    )


def _short(words: str) -> str:
    return words if len(words) <= 30 else words[:30].rsplit(" ", 1)[0] + " …"
