"""A digest as text, Markdown, JSON, JSONL and for TimelineJS. Each function returns all that is to be written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from html import escape
from typing import Any

from kb.digest.chapters import chapters as chapters_of
from kb.digest.material import Article, Chapter, Day, Digest, Entry
from kb.edtf import Edtf

MOST_EVENTS = 3  # events named under a sentence
WHOLE = "The story"


def text(digest: Digest, *, chapters: bool = False) -> str:
    """To be read in a terminal: each day with its sentences, and behind each its article and events."""
    lines: list[str] = []
    for chapter in _parts(digest, chapters):
        if chapter.heading:
            lines += [chapter.heading, "=" * min(100, len(chapter.heading)), ""]
        for day in chapter.days:
            lines.append(Edtf(day.date).human())
            for entry in day.entries:
                lines += [f"  {entry.text}", f"      {source(entry.article)}"]
                lines += [f"      {event.title} ({event.id})" for event in entry.events[:MOST_EVENTS]]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def markdown(digest: Digest, *, chapters: bool = False) -> str:
    """As a Markdown document: a heading a day, or a chapter; each sentence with a link to its article."""
    lines = [f"# {_plain(digest.about) or WHOLE}", ""]
    level = "###" if chapters else "##"
    for chapter in _parts(digest, chapters):
        if chapter.heading:
            lines += [f"## {_plain(chapter.heading)}", ""]
        for day in chapter.days:
            lines += [f"{level} {Edtf(day.date).human()}", ""]
            for entry in day.entries:
                events = "; ".join(f"{_plain(event.title)} `{event.id}`" for event in entry.events[:MOST_EVENTS])
                lines.append(f"- {_plain(entry.text)} ({_linked(entry.article)})")
                lines += [f"  {events}"] if events else []
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def as_json(digest: Digest, *, chapters: bool = False) -> str:
    """Everything, as one JSON object: days, or chapters with their days."""
    days = [_day(day) for day in digest.days]
    whole: dict[str, Any] = {"about": digest.about, "articles": digest.articles}
    if chapters:
        parts = chapters_of(digest)
        whole["chapters"] = [{"heading": one.heading, "days": [_day(day) for day in one.days]} for one in parts]
    else:
        whole["days"] = days
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def jsonl(digest: Digest) -> str:
    """A line for each day, `{date, importance, sentences}`, in the order of time, its sentences best first."""
    rows = ({"date": day.date, "importance": day.importance, "sentences": [each.text for each in day.entries]}
            for day in digest.days)  # fmt: skip
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def timelinejs(digest: Digest) -> str:
    """The JSON that TimelineJS 3 reads: a slide for each day, a title, and the chapters as eras.

    Its texts are HTML, so all words are escaped; links are taken over only where they lead to the web.
    """
    whole = {
        "title": {"text": {"headline": escape(digest.about or WHOLE), "text": escape(_span(digest.days))}},
        "events": [_slide(day) for day in digest.days],
        "eras": [
            {"start_date": _date(one.days[0].date), "end_date": _date(one.days[-1].date),
             "text": {"headline": escape(one.heading)}}
            for one in chapters_of(digest) if len(one.days) > 1
        ],
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def source(article: Article) -> str:
    """An article in a line: title, publisher, date, address."""
    when = Edtf(article.published).human() if article.published else "date unknown"
    return ", ".join(part for part in (article.name, article.publisher, when, article.url or "") if part)


def web(url: str | None) -> str:
    """An address that may be a link; "" for what leads elsewhere than to the web."""
    return url if url and re.match(r"https?://[^\s<>\"]+$", url) else ""


def _parts(digest: Digest, chapters: bool) -> Sequence[Chapter]:
    return chapters_of(digest) if chapters else (Chapter("", digest.days),)


def _span(days: Sequence[Day]) -> str:
    return f"{Edtf(days[0].date).human()} to {Edtf(days[-1].date).human()}" if days else ""


def _day(day: Day) -> dict[str, Any]:
    return {"date": day.date, "importance": day.importance, "entries": [_entry(entry) for entry in day.entries]}


def _entry(entry: Entry) -> dict[str, Any]:
    article = {key: value for key, value in asdict(entry.article).items() if key != "witness"}
    events = [{"id": event.id, "title": event.title, "day": event.day} for event in entry.events]
    return {"text": entry.text, "passage": entry.passage, "article": article, "events": events,
            "names": list(entry.names)}  # fmt: skip


def _slide(day: Day) -> dict[str, Any]:
    first = day.entries[0]
    title = next((event.title for event in first.events), "") or first.text
    return {
        "start_date": _date(day.date),
        "text": {"headline": escape(title), "text": "".join(_paragraphs(day.entries))},
        "unique_id": f"day-{day.date}",
    }


def _paragraphs(entries: Sequence[Entry]) -> Iterator[str]:
    for entry in entries:
        named = ", ".join(part for part in (entry.article.name, entry.article.publisher) if part)
        link = web(entry.article.url)
        words = f'<a href="{escape(link)}">{escape(named)}</a>' if link else escape(named)
        yield f"<p>{escape(entry.text)} <small>{words}</small></p>"


def _date(day: str) -> dict[str, int]:
    year, month, number = (int(part) for part in day.split("-"))
    return {"year": year, "month": month, "day": number}


def _linked(article: Article) -> str:
    link = web(article.url)
    name = f"[{_plain(article.name)}](<{link}>)" if link else _plain(article.name)
    when = Edtf(article.published).human() if article.published else "date unknown"
    return ", ".join(part for part in (name, _plain(article.publisher), when) if part)


def _plain(words: str) -> str:
    """Words of an article in Markdown, where nothing in them has a meaning of its own."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", " ".join(words.split()))
