"""Answers as plain JSON, each fact with the sentence that tells it and the address of its article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from kb.ask.claims import ClaimRow
from kb.ask.dossier import NameDossier
from kb.ask.event import EventDetail, Report
from kb.ask.kept.chronology import ChronologyRow
from kb.ask.rows import ArticleRow
from kb.ask.search import Found
from kb.ask.timeline import TimelineRow
from kb.digest import Digest

Answer = dict[str, Any]


def article(row: ArticleRow | None) -> Answer | None:
    """Where something stands: title, publisher, day of publication (EDTF), address or file."""
    if row is None:
        return None
    return {"id": row.id, "title": row.name, "publisher": row.publisher, "published": row.published,
            "url": row.url, "source": row.source}  # fmt: skip


def event(row: TimelineRow) -> Answer:
    """An event in a list: its date as EDTF and in words, how sure it is, how many independent sources tell it."""
    return {"id": row.id, "date": row.edtf, "when": row.when, "doubt": row.doubt or None, "title": row.title,
            "type": row.type, "status": row.status, "sources": row.sources, "reports": row.reports,
            "importance": row.importance}  # fmt: skip


def told(row: ChronologyRow) -> Answer:
    """An event with the sentence that tells it best."""
    return {**event(row.event), "sentence": row.sentence, "article": article(row.article)}


def whole_event(found: EventDetail) -> Answer:
    """An event with who, where, every sentence, what it is part of and what is claimed of it."""
    return {
        **event(found.event),
        "who": [{"id": who.id, "name": who.name, "role": who.role} for who in found.participants],
        "where": [{"id": place.id, "name": place.name} for place in found.places],
        "part_of": [{"id": one.id, "title": one.title} for one in found.part_of],
        "parts": [{"id": one.id, "title": one.title} for one in found.parts],
        "sentences": [_report(one) for one in found.reports],
        "claims": claims(found.claims_about),
    }


def _report(one: Report) -> Answer:
    return {"sentence": one.text, "words": one.trigger, "date": one.edtf, "status": one.status,
            "article": article(one.article)}  # fmt: skip


def claims(rows: Iterable[ClaimRow]) -> list[Answer]:
    """Who said what and when, in the article's words."""
    return [
        {"id": row.id, "speaker": row.speaker_name, "cue": row.cue or "said", "text": row.text, "said": row.said,
         "when": row.said_human, "article": article(row.article)}
        for row in rows
    ]  # fmt: skip


def name(found: NameDossier) -> Answer:
    """A person, an organisation, a place or a thing: what it is called, its most important events, what it said."""
    return {
        **asdict(found.card),
        "events_listed": [event(row) for row in found.events],
        "said": claims(found.said),
        "said_of": claims(found.said_of),
    }


def search(found: Found) -> Answer:
    """What was found, by group, each with its words; near, and how many are unindexed, of a search by meaning."""
    return {
        "date": found.date,
        "unindexed": found.unindexed,
        "groups": {
            group.name: [
                {"kind": hit.kind, "id": hit.id, "text": hit.text, "when": hit.when or None,
                 "speaker": hit.speaker.name if hit.speaker else None, "near": hit.near,
                 "article": article(hit.article)}
                for hit in group.hits
            ]
            for group in found.groups
        },
    }  # fmt: skip


def digest(found: Digest) -> list[Answer]:
    """The story's most important days, each with its sentences in the articles' own words."""
    return [
        {"date": day.date, "importance": day.importance,
         "sentences": [{"text": one.text, "article": {"id": one.article.id, "title": one.article.title,
                                                       "url": one.article.url}} for one in day.entries]}
        for day in found.days
    ]  # fmt: skip
