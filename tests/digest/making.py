"""Made-up material for the tests of the digest: a siege, told by articles."""

from __future__ import annotations

from kb.digest.material import Article, Event, Material, Sentence

Told = tuple[str, list[str], list[Event]]
FALL, TRUCE = "2022-03-03", "2022-06-01"


def material(*articles: tuple[str | None, list[Told]]) -> Material:
    """Material of articles, each by its publication day and its sentences: text, the days it names, its events."""
    heads, sentences = [], []
    for number, (published, told) in enumerate(articles):
        id = f"article-{number}"
        heads.append(Article(id, f"Title {number}", "The Example", f"https://example.org/{number}", published, id))
        for seq, (text, days, events) in enumerate(told):
            named = tuple((day, len(text) - 1) for day in days)
            sentences.append(Sentence(f"passage-{number}-{seq}", id, seq, text, named, tuple(events)))
    return Material(tuple(heads), tuple(sentences))


def siege(number: str, day: str) -> Event:
    return Event(f"event-{number}", f"Siege {number}", day, 0.8)


def story() -> Material:
    """Three days that matter, one of which is named for months; one that only one article names."""
    fall, flight, truce = siege("fall", FALL), siege("flight", "2022-03-04"), siege("truce", TRUCE)
    first: list[Told] = [
        ("Rebels took the port of Arvana on Thursday after a siege of three weeks, officials said.", [FALL], [fall]),
        ("He said on Thursday that the garrison had fled.", [FALL], []),
    ]
    second: list[Told] = [
        ("The port of Arvana fell to rebels on Thursday, after three weeks of siege and hunger.", [FALL], [fall]),
        ("Governor Marek Dol fled the city by boat with forty soldiers on Friday night.", ["2022-03-04"], [flight]),
    ]
    later: list[Told] = [
        ("Rebels and ministers signed a truce in Beldar, three months after the siege of Arvana.", [], [truce]),
        ("The rebels have held the port of Arvana since March 3, when its garrison fled by sea.", [FALL], []),
    ]
    harvest: list[Told] = [
        ("Farmers near Beldar began the harvest of barley and wheat after weeks of heavy summer rain.", [], []),
    ]
    return material(("2022-03-04", first), ("2022-03-05", second), (TRUCE, later), ("2022-06-20", harvest))
