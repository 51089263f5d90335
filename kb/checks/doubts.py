"""One thing that a human should look at, and the kinds there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kb.ask.rows import ARTICLE_NAME, Named

Row = Mapping[str, Any]
_LONG = 120  # characters of a claim

# The sentence of a row, for `evidence`: p is its passage, a the article.
SENTENCE = f"""p.text AS text, a.id AS article_id, {ARTICLE_NAME} AS article_title,
  a.published AS published"""
OF_ARTICLE = "<-[:HAS_PASSAGE]-(:Snapshot)<-[h:HAS_SNAPSHOT]-(a:Article)"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence with the words `start:end` that say it, and its article."""

    text: str
    start: int
    end: int
    article: Named


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at: what is wrong in a sentence of its own, what it is about, and where it is written.

    settles: how many facts one answer would settle. dates: those told (EDTF) of which a human may choose one. ids: of
    the proposal that it is. impossible: whether it cannot be true as it stands.
    """

    kind: str
    says: str
    settles: int
    events: tuple[Named, ...] = ()
    claims: tuple[Named, ...] = ()
    articles: tuple[Named, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    entities: tuple[Named, ...] = ()
    dates: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    @property
    def impossible(self) -> bool:
        """Whether it cannot be true as it stands."""
        return BY_KEY[self.kind].impossible


@dataclass(frozen=True, slots=True)
class CheckKind:
    """A kind of doubt: its key, its name, what to do about it, and whether it cannot be true as it stands."""

    key: str
    title: str
    advice: str
    impossible: bool


def named(id: str, name: str, kind: str, edtf: str | None = None) -> Named:
    """A node by its id, called by that where it has no name."""
    return Named(id, name or id, kind, edtf)


def article(row: Row) -> Named:
    """The article of a row."""
    return named(row["article_id"], row["article_title"], "Article", row.get("published"))


def evidence(row: Row) -> Evidence:
    """The sentence of a row."""
    return Evidence(row["text"], row["start"], row["end"], article(row))


def quoted(words: str) -> str:
    """Words in one pair of marks, cut where they are long."""
    bare = " ".join(words.split()).strip("“”\"' ,")
    return f"“{bare if len(bare) <= _LONG else bare[:_LONG].rsplit(' ', 1)[0] + ' …'}”"


def count(number: int, noun: str) -> str:
    """A number with its noun: "2 events"."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


_PUBLISHED_DATE = "Correct the article’s date of publication, or the event’s date."
KINDS = (
    CheckKind("after-publication", "Told before it happened", _PUBLISHED_DATE, True),
    CheckKind("said-after-publication", "Printed before it was said", _PUBLISHED_DATE, True),
    CheckKind("order", "Dates against the order told", "Correct the date of one of the events.", True),
    CheckKind("cycle", "Orders that lead round in a circle", "Read the sentences; two events may have been taken for "
              "one.", True),
    CheckKind("circular", "Dates counted from each other", "Give one of the events a date.", True),
    CheckKind("left-open", "Dates that lay years from the news", "Read the sentence and give its event a date.", False),
    CheckKind("rival-dates", "Reports that exclude each other", "Choose the date that you trust, or leave the dispute "
              "as it is.", False),
    CheckKind("denied", "Told by one article, denied by another", "Give the event its status, or leave the dispute as "
              "it is.", False),
    CheckKind("no-publication-date", "Articles without a date of publication", "Give the article its date; “last week” "
              "in it then finds its place.", False),
    CheckKind("no-year", "Events without a year", "Give the event its date, or its article the date of publication.",
              False),
    CheckKind("doubtful-identity", "Perhaps one and the same", "Say which on the page Review, or with kb decide.",
              False),
    CheckKind("proposed", "Proposed by a model", "Read the sentence; what is right is added by your word: kb decide "
              "proposed, or here.", False),
    CheckKind("single-source", "Main events that one source alone tells", "Look for a second source before you rely on "
              "it.", False),
    CheckKind("undated", "Main events without a date", "Give the event its date.", False),
    CheckKind("silent-gap", "Stretches without an event", "Look for articles about these days.", False),
)  # fmt: skip
"""The kinds of doubts, the gravest first; a new kind is a row here, what finds it one of _FINDERS."""

BY_KEY = {kind.key: kind for kind in KINDS}
