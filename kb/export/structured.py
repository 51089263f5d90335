"""Events as JSON: all that was gathered, and as TimelineJS 3 reads it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from html import escape
from typing import Any

from kb.digest.formats import web
from kb.export.material import Exported, Happening
from kb.words import human


def json_file(found: Exported) -> bytes:
    """Everything, with names, articles and claims by their ids."""
    events = [{**asdict(each.row), "when": each.row.when, "participants": [asdict(part) for part in each.parts],
               "places": list(each.places), "part_of": list(each.wholes),
               "tags": each.tags, "note": each.note,
               "sentences": [asdict(one) for one in each.sentences]} for each in found.events]  # fmt: skip
    whole = {"title": found.title, "made": found.made, "events": events,
             "names": {id: asdict(one) for id, one in found.entities.items()},
             "articles": {id: asdict(one) for id, one in found.articles.items()},
             "claims": [asdict(claim) for claim in found.claims]}  # fmt: skip
    return dumped(whole)


def dumped(whole: Any) -> bytes:
    """JSON-like data as a file."""
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def timelinejs_file(found: Exported) -> bytes:
    """A slide for each event; its texts are HTML, so all words are escaped."""
    slides = [slide for each in found.events for slide in [_slide(found, each)] if slide]
    return dumped({"title": {"text": {"headline": escape(found.title)}}, "events": slides})


def _slide(found: Exported, each: Happening) -> dict[str, Any] | None:
    row = each.row
    first = _date(row.earliest or row.latest)
    if first is None:
        return None
    made = {"start_date": first, "display_date": escape(human(row.edtf)), "unique_id": row.id,
            "text": {"headline": escape(row.title), "text": "".join(_paragraphs(found, each))}}  # fmt: skip
    last = _date(row.latest) if row.earliest and row.latest and row.latest != row.earliest else None
    return {**made, "end_date": last} if last else made


def _paragraphs(found: Exported, each: Happening) -> Iterator[str]:
    for one in each.sentences:
        article = found.articles[one.article]
        named = ", ".join(part for part in (article.name, article.publisher, human(article.published, "")) if part)
        link = web(article.url)
        words = f'<a href="{escape(link)}">{escape(named)}</a>' if link else escape(named)
        yield f"<p>{escape(one.text)} <small>{words}</small></p>"


def _date(day: str | None) -> dict[str, int] | None:
    if not day:
        return None
    sign, bare = (-1, day[1:]) if day.startswith("-") else (1, day)
    year, month, number = (int(part) for part in bare.split("-"))
    return {"year": sign * year, "month": month, "day": number}
