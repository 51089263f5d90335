"""The form of a model's answer, and what of it holds: only what quotes the article letter by letter."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kb.edtf import Edtf
from kb.errors import InvalidDate, ModelError
from kb.heeded import Added

LEAST, MOST = 12, 600  # characters of a quotation
_MANY = 60  # proposals of a kind that are looked at
_TITLE = 160  # characters
_FENCE = re.compile(r"^\s*```(?:json)?\s*(.*?)\s*```\s*$", re.S)
_ROLES = ("agent", "patient", "recipient", "party", "source")


class _Form(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Who(_Form):
    name: str
    role: str = "agent"


class _Event(_Form):
    quotation: str
    title: str
    date: str = ""
    who: tuple[_Who, ...] = ()


class _Claim(_Form):
    quotation: str
    speaker: str
    date: str = ""


class _Identity(_Form):
    quotation: str
    name: str
    other: str


class _Proposals(_Form):
    events: tuple[_Event, ...] = Field(default=(), max_length=500)
    claims: tuple[_Claim, ...] = Field(default=(), max_length=500)
    identities: tuple[_Identity, ...] = Field(default=(), max_length=500)


SCHEMA: Mapping[str, Any] = _Proposals.model_json_schema()
"""What a model is asked for, as JSON schema."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a model proposes of an article.

    what: an event or a claim that no rule found (`added`), or that two names are one (`ids`). quotation: the words of
    the article that say so, from `start` on. model: which one said so.
    """

    article: str
    what: Literal["event", "claim", "identity"]
    quotation: str
    start: int
    says: str
    model: str
    added: str = ""
    ids: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """What tells it from all others, whichever model proposes it."""
        about = (self.article, self.what, self.quotation, str(self.start), self.added, *self.ids)
        return f"proposal-{hashlib.sha256(chr(31).join(about).encode()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class Known:
    """What the graph holds of an article: text, names in it (in small letters) with their ids, titles of its events."""

    article: str
    text: str
    names: Mapping[str, str]
    titles: frozenset[str]


def form(text: str) -> _Proposals:
    """A model's answer in its form. Raises: ModelError where it has none."""
    fenced = _FENCE.match(text)
    try:
        return _Proposals.model_validate(json.loads(fenced[1] if fenced else text))
    except (ValidationError, ValueError, RecursionError) as error:
        raise ModelError("The model's answer has not the form that it was asked for") from error


def holding(found: _Proposals, known: Known, model: str) -> Iterator[Proposal | None]:
    """Each proposal that holds, None for each that does not: it quotes what does not stand there, names nobody known,
    or tells what the graph holds.

    Arguments: the answer; what is known of its article; the model's name.
    """  # noqa: D205 - what does not hold is the summary
    for event in found.events[:_MANY]:
        yield _event(event, known, model)
    for claim in found.claims[:_MANY]:
        yield _claim(claim, known, model)
    for identity in found.identities[:_MANY]:
        yield _identity(identity, known, model)


def _event(one: _Event, known: Known, model: str) -> Proposal | None:
    at, title = _place(one.quotation, known.text), " ".join(one.title.split())
    if at is None or not title or len(title) > _TITLE or title.lower() in known.titles:
        return None
    who = {(each.role if each.role in _ROLES else "party", known.names[each.name.lower()])
           for each in one.who if each.name.lower() in known.names}  # fmt: skip
    date = _date(one.date)
    added = Added("event", at, one.quotation, title, date=date, who=tuple(sorted(who)))
    says = f"“{title}”{f' ({date})' if date else ''}, an event that no rule found"
    return Proposal(known.article, "event", one.quotation, at, says, model, added.value())


def _claim(one: _Claim, known: Known, model: str) -> Proposal | None:
    at, speaker = _place(one.quotation, known.text), known.names.get(one.speaker.lower())
    if at is None or speaker is None:
        return None
    added = Added("claim", at, one.quotation, date=_date(one.date), who=(("speaker", speaker),))
    says = f"{one.speaker} says this, a claim that no rule found"
    return Proposal(known.article, "claim", one.quotation, at, says, model, added.value())


def _identity(one: _Identity, known: Known, model: str) -> Proposal | None:
    at, ids = _place(one.quotation, known.text), {known.names.get(name.lower()) for name in (one.name, one.other)}
    two = tuple(sorted(id for id in ids if id))
    if at is None or len(two) != 2 or not any(name in one.quotation for name in (one.name, one.other)):
        return None
    says = f"“{one.name}” and “{one.other}” are one"
    return Proposal(known.article, "identity", one.quotation, at, says, model, ids=two)


def _place(quotation: str, text: str) -> int | None:
    """Where a quotation stands, letter by letter; None where it does not, or is too short or too long."""
    at = text.find(quotation) if len(quotation.strip()) >= LEAST and len(quotation) <= MOST else -1
    return None if at < 0 else at


def _date(given: str) -> str:
    """A date that can be read, "" for any other: a human gives it then."""
    try:
        return str(Edtf(given)) if given else ""
    except InvalidDate:
        return ""
