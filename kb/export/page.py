"""Events as one web page that needs nothing but itself: no network, no other file; it can be embedded in a frame."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path

from kb.digest.formats import web
from kb.export.material import Exported, Happening
from kb.words import human, language, plural, say

_HERE = Path(__file__).parent
_SENTENCES = 2  # of each event
_LETTERS = 400  # of a sentence


def html_file(found: Exported) -> bytes:
    """A page of all events by years, with their sentences and a field that filters them.

    Its policy allows its own script alone, so that nothing a text brings along is ever run.
    """
    style, script = ((_HERE / name).read_text("utf-8") for name in ("page.css", "page.js"))
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{allowed}'; base-uri 'none'"
    title = escape(found.title)
    count = plural(len(found.events), "{n} event", "{n} events")
    of = f", {say('the most important of {whole}', whole=found.whole)}" if found.whole > len(found.events) else ""
    shown = escape(say("{n} shown."))
    head = (
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{style}</style>"
    )
    body = (
        f'<header><h1>{title}</h1><p>{count}{of}. <span id="shown" data-words="{shown}"></span></p>'
        f'<label>{say("Filter")} <input id="filter" type="search" placeholder="{say("Words")}"></label></header>'
        f"<main>{''.join(_years(found))}</main><script>{script}</script>"
    )
    return f'<!doctype html><html lang="{language()}"><head>{head}</head><body>{body}</body></html>\n'.encode(
        "utf-8", "replace"
    )


def _years(found: Exported) -> Iterator[str]:
    for year, group in groupby(found.events, key=_year):
        listed = "".join(_event(found, each) for each in group)
        yield f"<section><h2>{escape(year)}</h2>{listed}</section>"


def _year(each: Happening) -> str:
    day = each.row.earliest or each.row.latest or ""
    return day.rsplit("-", 2)[0] or say("Without a year")


def _event(found: Exported, each: Happening) -> str:
    row = each.row
    status = "" if row.status == "asserted" else f" <em>{escape(say(row.status))}</em>"
    where = [place.name for place in found.placed(each)]
    every = found.names(each, "Person", "Organization", "Place", "Thing")
    who = [name for name in every if name not in where]
    named = " · ".join(part for part in (", ".join(who), ", ".join(where)) if part)
    told = "".join(_sentence(found, one.text, one.article) for one in each.sentences[:_SENTENCES])
    return (
        f'<article id="{escape(row.id)}"><time>{escape(human(row.edtf))}</time>'
        f"<div><h3>{escape(row.title)}{status}</h3>"
        f"{f'<p>{escape(named)}</p>' if named else ''}{told}</div></article>"
    )


def _sentence(found: Exported, text: str, article: str) -> str:
    one = found.articles[article]
    cut = text if len(text) <= _LETTERS else f"{text[:_LETTERS].rstrip()} …"
    words = ", ".join(part for part in (one.name, one.publisher, human(one.published, "")) if part)
    link = web(one.url)
    source = f'<a href="{escape(link)}" rel="noopener noreferrer">{escape(words)}</a>' if link else escape(words)
    return f"<blockquote>{escape(cut)} <cite>{source}</cite></blockquote>"
