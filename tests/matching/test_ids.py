"""What makes two things one, and what keeps them apart."""

from __future__ import annotations

import pytest

from ingest.matching.events import compare_events, event_profiles
from ingest.matching.ids import article_id, entity_id, name_key
from ingest.reading.findings import Document, EntityFinding, EventFinding, EventMention, MentionFinding, Participant
from kb.edtf import Edtf

SAME_URL = [
    ("https://example.org/a", "http://www.example.org/a/"),
    ("https://example.org/a?id=1&utm_source=x", "https://example.org/a?id=1#top"),
]


@pytest.mark.parametrize(("one", "other"), SAME_URL)
def test_one_url_is_one_article(one: str, other: str) -> None:
    assert article_id(Document("x", "text", url=one)) == article_id(Document("y", "other text", url=other))


def test_an_article_without_url_is_its_text() -> None:
    assert article_id(Document("a.txt", "text")) == article_id(Document("b.txt", "text"))
    assert article_id(Document("a.txt", "text")) != article_id(Document("a.txt", "text."))
    assert article_id(Document("x", "t", url="https://a.org/1")) != article_id(
        Document("x", "t", url="https://a.org/2")
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan", True),
        ("the White House", "White House", True),
        ("Robert Kennedy", "Robert Kennedy Jr.", False),
        ("Vladimir Putin", "Lyudmila Putina", False),
    ],
)
def test_name_key(one: str, other: str, same: bool) -> None:
    assert (name_key(one) == name_key(other)) is same


def person(key: str, name: str, *, described: bool = False) -> EntityFinding:
    return EntityFinding(key, "Person", name, (MentionFinding(0, 1, name),), described=described)


def test_unnamed_sources_of_two_articles_stay_apart() -> None:
    official = person("n1", "U.S. officials", described=True)
    assert entity_id(official, "article-1") != entity_id(official, "article-2")
    assert entity_id(person("n1", "Vladimir Putin"), "article-1") == entity_id(
        person("n9", "Vladimir Putin"), "article-2"
    )


def event(
    date: str | None,
    *,
    who: str = "n1",
    also: str = "",
    place: str = "",
    lemma: str = "interview",
    start: int = 0,
) -> EventFinding:
    edtf = Edtf(date) if date else None
    mention = EventMention(start, start + 9, "interview", 0, edtf)
    participants = [Participant("patient", who, 0)] + [Participant("agent", also, 0)] * bool(also)
    return EventFinding("e1", "t", "CONSULT", lemma, (mention,), tuple(participants), place=place or None, edtf=edtf)


CITY = EntityFinding("n3", "Place", "Moscow", (MentionFinding(0, 6, "Moscow"),), subtype="city")
PEOPLE = {"n1": person("n1", "Vladimir Putin"), "n2": person("n2", "Joe Biden"), "n3": CITY}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (event("2024-02-06", place="n3"), event("2024-02-06", place="n3", start=80), "one id"),
        (event("2024-02-06", also="n2"), event("2024-02-06", also="n2"), "one id"),
        (event("2024-02-06", place="n3", also="n2"), event("2024-02-06", also="n2"), "same"),
        (event("2024-02-06"), event("2024-02-06", start=80), "apart"),
        (event("2024-02-06"), event("2024-02-07"), "apart"),
        (event("2024-02-06", also="n2"), event("2024-02-07", also="n2"), "same"),
        (event("2024-02-06", also="n2"), event("2024-02-06"), "apart"),
        (event("2024-02-06", place="n3"), event("2024-02-06", place="n3", who="n2"), "apart"),
        (event("2022-02-24/..", lemma="war"), event("2022-02-24/..", lemma="war"), "apart"),
        (event("../2024-02-06"), event("../2024-02-06"), "apart"),
        (event("2024-02-06"), event("2024-02-06", who="n2"), "apart"),
        (event("2024-02-06"), event("2024-02-06", lemma="speech"), "apart"),
        (event("2024-02~"), event("2024-02~"), "apart"),
        (event("2024-02~", also="n2"), event("2024-02~", also="n2"), "one id"),
        (event(None), event(None), "apart"),
    ],
)
def test_one_event_in_two_articles(one: EventFinding, other: EventFinding, expected: str) -> None:
    told, again = event_profiles([one], PEOPLE, "article-1")["e1"], event_profiles([other], PEOPLE, "article-2")["e1"]
    found = compare_events(told, again, lambda entity: entity)
    assert ("one id" if told.id == again.id else found.verdict if found else "apart") == expected
