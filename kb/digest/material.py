"""What a digest is chosen from, and what it is: frozen records."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """An article. published: its ISO day, None where no one day is known; witness: the same for copies of one text."""

    id: str
    title: str = ""
    publisher: str = ""
    url: str | None = None
    published: str | None = None
    witness: str = ""
    source: str = ""

    @property
    def name(self) -> str:
        """The title, or what else tells the article from others."""
        return self.title or self.source or self.id


@dataclass(frozen=True, slots=True)
class Event:
    """An event that a sentence tells.

    day: the ISO day that the sentence dates it to, None where it gives none; span: the first and last ISO day that its
    date may mean, None where it gives no date or an open one.
    """

    id: str
    title: str
    day: str | None = None
    salience: float = 0.0
    asserted: bool = True
    span: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One passage of an article: its place in the text, the days it names (ISO, with where in `text`), its events."""

    id: str
    article: str
    seq: int
    text: str
    named: tuple[tuple[str, int], ...] = ()
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """All that a digest is chosen from. Sentences that name no day and open no article may be left out."""

    articles: tuple[Article, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A sentence as a digest gives it, with the article and the events behind it, and the names in it."""

    text: str
    article: Article
    passage: str
    events: tuple[Event, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """One day with its sentences, best first. importance: greater is more important, comparable within one digest."""

    date: str
    importance: float
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A period of the story with its heading."""

    heading: str
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """The days of a story, in the order of time. articles: how many it was chosen from."""

    days: tuple[Day, ...]
    articles: int = 0
    about: str = ""

    def best(self, most: int, sentences: int) -> Digest:
        """The most important days with their best sentences. Arguments: how many days, how many sentences a day."""
        kept = sorted(self.days, key=lambda day: (-day.importance, day.date))[:most]
        short = (Day(day.date, day.importance, day.entries[:sentences]) for day in kept)
        return Digest(tuple(sorted(short, key=lambda day: day.date)), self.articles, self.about)
