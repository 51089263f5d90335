"""Which referents one reading's findings are, and the graph ids of all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.matching.entities import entity_profile
from ingest.matching.events import event_profiles
from ingest.matching.ids import article_id, digest, snapshot_id
from ingest.matching.profiles import EntityProfile, EventProfile
from ingest.matching.stories import StoryProfile, story_profile
from ingest.reading.reading import Reading


@dataclass(frozen=True, slots=True)
class Ids:
    """Graph ids of one reading's findings, by their keys; passages by their index; profiles by their ids."""

    article: str
    passages: tuple[str, ...]
    times: dict[str, str]
    entities: dict[str, str]
    events: dict[str, str]
    claims: dict[str, str]
    profiles: dict[str, EntityProfile | EventProfile]
    story: StoryProfile


def identify(reading: Reading) -> Ids:
    """The ids of everything in a reading; see `matching.ids` for what identifies what."""
    article = article_id(reading.annotated.document)
    snapshot = snapshot_id(reading.annotated.text)
    entities = {e.key: e for e in reading.entities}
    people = {e.key: entity_profile(e, article) for e in reading.entities}
    happenings = event_profiles(reading.events, entities, article, reading.annotated.document.published)
    for key, event in _judged_events(reading).items():
        happenings[key] = replace(happenings[key], id=event)
    people = {key: replace(p, id=reading.renames.get(p.id, p.id)) for key, p in people.items()}
    happenings = {key: replace(p, id=reading.renames.get(p.id, p.id)) for key, p in happenings.items()}
    profiles: dict[str, EntityProfile | EventProfile] = {p.id: p for p in people.values()}
    profiles.update({p.id: p for p in happenings.values()})
    told = {key: profile.id for key, profile in happenings.items()}
    return Ids(
        article=article,
        passages=tuple(digest("passage", snapshot, p.start_char, p.end_char) for p in reading.annotated.passages),
        times={t.key: digest("time", article, snapshot, t.start, t.end) for t in reading.times},
        entities={key: profile.id for key, profile in people.items()},
        events=told,
        claims={c.key: digest("claim", article, snapshot, c.content) for c in reading.claims},
        profiles=profiles,
        story=story_profile(reading, article, told),
    )


def _judged_events(reading: Reading) -> dict[str, str]:
    """An event that a human judged keeps its id, whatever its words date it to now."""
    places = {(m.start, m.end): e.key for e in reading.events for m in e.mentions}
    return {places[span]: event for span, event in reading.judged.items() if span in places}
