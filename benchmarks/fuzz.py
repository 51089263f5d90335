"""Does anything that comes from outside make a reader raise, hang or say what is none?

Usage: python -m benchmarks.fuzz [--cases 100000] [--first 1] [--only ROOM …] [--seconds 5]
Each case takes a text of the specs or a small source of each kind, cuts it, doubles it, mixes it with others and with
what has broken readers before, and gives it to one room: reader (bytes of every kind of source), cleaner (pages and
texts), times, dates (what a user types), columns (tables), feeds, and claims (all that one text says, which is parsed
first: one case in a hundred). A case is wrong where an error is raised that is no sentence for the user, where it takes
longer than so many seconds, or where a date comes out that is none. A case is made of its number alone: it is told with
what is wrong, and made again with --first NUMBER --cases 1. Coverage guides nothing: what a million cases of an
instrumented parser would cost, ten million of these do not.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

from ingest.clean import clean
from ingest.matching.referents import identify
from ingest.read import Failure
from ingest.read.contents import from_bytes
from ingest.read.feeds import entries, json_entries
from ingest.read.tables import Columns, from_csv
from ingest.reading.annotate import Annotated, _parted, annotate, model
from ingest.reading.asked_dates import written_date
from ingest.reading.english.times import find_times
from ingest.reading.extract import findings
from ingest.reading.findings import Document, RawDocument
from kb.ask.typed import asked
from kb.edtf import Edtf
from kb.errors import KbError

SPECS = Path(__file__).parent.parent / "tests" / "specs"
_LONG = 20_000  # characters of a case
_SHOWN = 3  # of one kind of error
_STEPS = 6  # changes of a case, at most

KINDS = ("html", "mhtml", "text", "markdown", "pdf", "docx", "eml", "feed", "xml", "json", "documents", "table", None)
PUBLISHED = (None, "2024-02-16", "2024", "2011-05", "0001-01-01", "9999-12-31", "-0044-03-15", "XXXX-01-04", "../2011",
             "2011-05-25/2011-06-01", "2011~", "2011-05-25/..")  # fmt: skip
SPICE = (
    "\x00", "\ufeff", "\u202e", "\ud800", "\ufffd", "\u2028", "\r", "\t", " " * 400, "“", "”", '"', "'" * 30, "(" * 200,
    "<" * 200, "&#xD800;", "&#0;", "<![CDATA[", "]]>", "<!--", "<script>", "</p>", "<br>" * 50, "{{", "[" * 300, "1/2",
    "0", "00", "31", "99", "1e9", "-1", "½", "٣", "1.2.3", "12/31/9999", "29 February 2023", "Feb. 30", "BC", "'90s",
    "two days after ", "the day before ", "last ", "said ", "according to ", ", who said ", "Mr. ", "U.S. ", "\n\n",
    ";;;;", ",,,,", '"a""b",', "=cmd|' /C calc'!A0", "http://[", "é" * 90, "שלום", "北京", "😀", "a" * 3000, "1" * 400,
)  # fmt: skip
SOURCES = (
    "<html><head><title>Bridge opened</title><meta property='article:published_time' content='2024-02-16'></head>"
    "<article><p>The bridge was opened on Monday, police said. It had been closed since 3 March 2022.</p></article>",
    "<rss version='2.0'><channel><title>News</title><item><title>Bridge</title><link>http://example.org/1</link>"
    "<pubDate>Mon, 16 Feb 2024 10:00:00 GMT</pubDate><description>The bridge was opened on Monday.</description></item>"
    "</channel></rss>",
    "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>Bridge</title><updated>2024-02-16T10:00:00Z</updated>"
    "<content type='html'>&lt;p&gt;The bridge was opened on Monday.&lt;/p&gt;</content></entry></feed>",
    '{"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": [{"id": "1", "content_text": "The '
    'bridge was opened on Monday.", "date_published": "2024-02-16T10:00:00Z"}]}',
    '{"doc_id": "a1", "published": "2024-02-16", "title": "Bridge", "text": "The bridge was opened on Monday."}\n'
    '{"doc_id": "a2", "published": "16 February 2024", "text": "It had been closed since 3 March 2022."}',
    'id,published,title,text\na1,2024-02-16,Bridge,"The bridge was opened on Monday, ""they"" said."\n'
    "a2,03-02-2009,Talks,They met two days later.\n",
    "id;date;headline;body\n1;16/02/2024;Bridge;The bridge was opened on Monday.\n",
    "From: a@example.org\nSubject: Bridge\nDate: Mon, 16 Feb 2024 10:00:00 +0000\nMIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=utf-8\n\nThe bridge was opened on Monday, police said.\n",
    "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>The bridge "
    "was opened on Monday.</p>\n--b--\n",
    "# Bridge opened\n\nKYIV, Feb. 16 (Reuters) - The bridge was opened on Monday, police said.\n\n- a list\n",
    "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF",
)


@cache
def seeds() -> tuple[str, ...]:
    """The texts of all specs, and the small sources."""

    def texts(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield from [value] if len(value) > 20 else []
        elif isinstance(value, (list, dict)):
            for each in value.values() if isinstance(value, dict) else value:
                yield from texts(each)

    found = (texts(json.loads(path.read_text("utf-8"))) for path in sorted(SPECS.rglob("*.json")))
    return (*dict.fromkeys(text for each in found for text in each), *SOURCES * 40)


def case(number: int) -> tuple[str, random.Random]:
    """The text of a case, and the chance by which its room chooses the rest. Arguments: the number of the case."""
    chance = random.Random(number)  # noqa: S311 (no secret)
    text = chance.choice(seeds())
    for _ in range(chance.randint(1, _STEPS)):
        text = _changed(text, chance)[:_LONG]
    return text, chance


def _changed(text: str, chance: random.Random) -> str:
    start, end = sorted(chance.randint(0, len(text)) for _ in range(2))
    match chance.randrange(8):
        case 0:
            return text[:start] + text[end:]
        case 1:
            return text[:end] + text[start:end] * chance.randint(1, 20) + text[end:]
        case 2:
            return text[:start] + chance.choice(SPICE) * chance.choice((1, 1, 1, 3, 40)) + text[start:]
        case 3:
            return text[:start] + chance.choice(seeds()) + text[start:]
        case 4:
            words = text.split(" ")
            chance.shuffle(words)
            return " ".join(words)
        case 5:
            return text[:start] + chance.choice(SPICE) + text[end:]
        case 6:
            return "".join(str(chance.randint(0, 9)) if letter.isdecimal() else letter for letter in text)
        case _:
            return (
                text[:start] + chr(chance.choice((chance.randint(0, 255), chance.randint(0, 0x10FFFF)))) + text[start:]
            )


def _reader(text: str, chance: random.Random) -> None:
    data = text.encode(chance.choice(("utf-8", "utf-16", "cp1251", "latin-1")), "replace")
    if chance.random() < 0.2 and data:
        at = chance.randrange(len(data))
        data = data[:at] + chance.randbytes(chance.randint(1, 8)) + data[at + 1 :]
    for item in from_bytes("case", data, chance.choice(KINDS)):
        assert isinstance(item, (RawDocument, Failure))
        assert not isinstance(item, Failure) or "nobody foresaw" not in item.reason, item.reason


def _cleaner(text: str, chance: random.Random) -> None:
    raw = RawDocument("case", chance.choice(("html", "text")), text)
    _dated([clean(raw).published])


def _times(text: str, chance: random.Random) -> None:
    text = _clean(text)[:4000]
    doc = model().make_doc(_parted(text))
    for token in doc:
        token.is_sent_start = token.i == 0
    document = Document("case", text, published=_published(chance))
    for found in find_times(Annotated(document, doc, (doc[:],) if len(doc) else ())):
        assert text[found.start : found.end] == found.text
        _dated([found.edtf])


def _dates(text: str, chance: random.Random) -> None:
    at = chance.randrange(len(text) + 1)
    short = text[at : at + chance.choice((4, 12, 40, 400))]
    _dated([written_date(short)])


def _words(text: str, chance: random.Random) -> None:
    at = chance.randrange(len(text) + 1)
    asked(text[at : at + 60])


def _columns(text: str, chance: random.Random) -> None:
    columns = Columns.parse(chance.choice(("", "title=headline,published=date", "text=body", "id=id")),
                            chance.choice((None, "day-first", "month-first")))  # fmt: skip
    for item in from_csv("case", text, columns):
        assert not isinstance(item, Failure) or "nobody foresaw" not in item.reason, item.reason


def _feeds(text: str, chance: random.Random) -> None:
    for item in chance.choice((entries, json_entries))("case", text.encode("utf-8", "replace")):
        _dated([item.published])


def _claims(text: str, chance: random.Random) -> None:
    text = _clean(text)[:1500]
    reading = findings(annotate(Document("case", text, published=_published(chance))))
    identify(reading)
    _dated([*(time.edtf for time in reading.times), *(event.edtf for event in reading.events)])
    assert all(0 <= start < end <= len(text) for claim in reading.claims for start, end in claim.content)


ROOMS: Mapping[str, Callable[[str, random.Random], None]] = {
    "reader": _reader, "cleaner": _cleaner, "times": _times, "dates": _dates, "words": _words, "columns": _columns,
    "feeds": _feeds, "claims": _claims,
}  # fmt: skip
OFTEN: Mapping[str, int] = {
    "reader": 15, "cleaner": 4, "times": 25, "dates": 25, "words": 10, "columns": 12, "feeds": 8, "claims": 1,
}  # fmt: skip
"""Of a hundred cases, how many go to which room."""


def _clean(text: str) -> str:
    """The text without what the cleaner lets through to no reading: halves of letters."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _published(chance: random.Random) -> Edtf | None:
    given = chance.choice(PUBLISHED)
    return Edtf(given) if given else None


def _dated(dates: Sequence[Edtf | None]) -> None:
    for date in dates:
        assert date is None or Edtf(str(date)).human()


class TooLongError(Exception):
    """A case took longer than it may."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Give up after so many seconds. Raises: TooLongError."""

    def late(_: int, __: FrameType | None) -> None:
        raise TooLongError(f"longer than {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def tried(number: int, rooms: Sequence[str], seconds: float) -> tuple[str, str | None]:
    """The room of a case, and what is wrong with it, None for nothing."""
    text, chance = case(number)
    room = chance.choices(rooms, [OFTEN[room] for room in rooms])[0]
    try:
        with within(seconds):
            ROOMS[room](text, chance)
    except (KbError, UnicodeEncodeError) as error:
        if isinstance(error, KbError):
            return room, None
        return room, traceback.format_exc(limit=-3)
    except Exception:
        return room, traceback.format_exc(limit=-3)
    return room, None


def main(words: Sequence[str] | None = None) -> int:
    """Run the cases and print what is wrong; returns 1 where anything is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=1, help="the number of the first case")
    parser.add_argument("--only", nargs="*", default=list(ROOMS), choices=list(ROOMS), metavar="ROOM")
    parser.add_argument("--seconds", type=float, default=5.0, help="that one case may take")
    given = parser.parse_args(words)
    ran: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    if "claims" in given.only:
        identify(findings(annotate(Document("first", "Whatever is loaded once is loaded before anything is timed."))))
    began = time.monotonic()
    for number in range(given.first, given.first + given.cases):
        room, failure = tried(number, given.only, given.seconds)
        ran[room] += 1
        if failure:
            kind = failure.strip().rpartition("\n")[2][:100]
            wrong[kind] += 1
            if wrong[kind] <= _SHOWN:
                print(f"case {number}, {room}:\n{failure}", flush=True)
    told = ", ".join(f"{room} {count:,}" for room, count in sorted(ran.items()))
    print(f"{given.cases:,} cases in {time.monotonic() - began:.0f} s ({told}): {wrong.total():,} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
