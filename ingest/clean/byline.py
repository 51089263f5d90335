"""What stands between a headline and its text: header lines, byline, date line; and the calendar dates in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.reading.written_dates import DATES, MONTH_ONLY, Order, date_in, day_order, edtf_of
from kb.edtf import Edtf

_PUBLISHED = re.compile(
    r"\b(?:first\s+)?(?:published|posted|publication date|date|issued|released|pubdate|datetime)\b\s*(?:on\b|:|at\b)?",
    re.I,
)
_CHANGED = re.compile(
    r"\b(?:last\s+)?(?:updated|modified|edited|revised)\b\s*(?:on|:|at)?(?:(?!\b(?:first\s+)?(?:published|posted)\b).)*",
    re.I | re.S,
)
_KEY = re.compile(
    r"(?P<key>title|headline|by|byline|authors?|written by"
    r"|(?:first |date )?published(?: on)?|publication date|date|posted(?: on)?|pubdate"
    r"|(?:last )?(?:updated|modified)(?: on)?|url|link|source url|canonical"
    r"|publisher|site|website|source|outlet|newspaper)"
    r"\s*:\s+(?P<value>\S.{0,400})", re.I)  # fmt: skip
_FILLER = re.compile(
    r"\b\d{1,2}:\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*\(?[a-z]{2,5}t\b\)?|"
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\b\d{1,2}[:.]\d\d(?::\d\d)?\b"
    r"|\b\d{1,2}\s*(?=[ap]\.?m\b)|\b[ap]\.?m\b\.?|\b(?:e[sd]?t|p[sd]?t|c[sed]*t|m[sd]t|gmt|utc|bst|ist|msk|eet|z)\b|\bt\b"
    r"|\d+\s*(?:min(?:ute)?s?|hours?)(?:\s+(?:read|ago))?"
    r"|\b(?:on|at|of|the|a|read)\b", re.I)  # fmt: skip
_NAME = r"(?:(?:[A-ZÀ-Þ][\w.'’-]*|de|van|von|der|den|la|al|bin|ibn|da|di|el|of|the|for)\s*)"
_BY = re.compile(
    rf"(?i:by|written by|story by|reported by)\s+(?P<names>{_NAME}{{1,6}}(?:(?:,|and|&|with)\s*{_NAME}{{1,6}}){{0,5}})$"
)
_CAPITAL = re.compile(r"[A-ZÀ-Þ][\w.'’&-]*$|(?:of|and|the|&|de|van|von|al|bin)$")
_PAPER = re.compile(
    r"\b(?:Agency|Chronicle|Courier|Daily|Digest|Dispatch|Express|Gazette|Globe|Guardian|Herald|Independent|Journal|Ledger"
    r"|Magazine|Mail|Media|Monitor|Network|News|Observer|Online|Post|Press|Record|Reporter|Review|Standard|Star|Sun|Telegraph"
    r"|Times|Today|Tribune|TV|Week|Weekly|Wire|World)\b"
)
_DATELINE = re.compile(r"(?!(?:On|In|By|Since|Until|Till|After|Before|From|As|At|The)\b)[^.!?]{0,60}?$")
_DASH = re.compile(r"\s*(?:[(/][A-Za-z .&/-]{2,30}[)/])?\s*(?:—|–|--?|―|:)\s")


@dataclass(frozen=True, slots=True)
class Header:
    """What header lines and bylines said; None or empty where they said nothing."""

    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: Edtf | None = None

    def filled_from(self, other: Header) -> Header:
        """The header with its gaps filled from another."""
        names = ("title", "url", "publisher", "authors", "published")
        return replace(self, **{name: getattr(self, name) or getattr(other, name) for name in names})


def header_line(line: str) -> Header | None:
    """What a "Key: value" line says; None for any other line."""
    match = _KEY.fullmatch(line)
    if not match:
        return None
    key, value = match["key"].lower(), match["value"].strip().strip("\"'")
    if key in ("title", "headline"):
        return Header(title=value)
    if key in ("by", "byline", "author", "authors", "written by"):
        return Header(authors=_names(value))
    if key in ("url", "link", "source url", "canonical"):
        return Header(url=value) if re.match(r"https?://\S+$", value) else None
    if "updated" in key or "modified" in key:
        return Header() if date_in(value, month_only=True) else None
    if key in ("publisher", "site", "website", "source", "outlet", "newspaper"):
        return Header(url=value) if re.match(r"https?://\S+$", value) else Header(publisher=value)
    published = date_in(_CHANGED.sub("", value), month_only=True)
    return Header(published=published) if published else None


def byline(line: str) -> Header | None:
    """What a byline or a date line says; None for other lines.

    "By A B | Feb. 16, 2024", "Published on 16 Feb 2024 at 10:30 GMT", "3 min read".
    """
    if len(line) > 200 or (re.search(r"[a-z]{2}[.!?]$", line) and not re.search(r"(?:[ap]\.m|ago|read)\.$", line)):
        return None
    header, seen = Header(), False
    order = day_order(line)
    for part in re.split(r"\s*[|•·/]\s+|\s+[—–-]\s+", line):
        said = _part(part, order)
        if said is None:
            return None
        header, seen = header.filled_from(said), seen or said != Header() or bool(_CHANGED.search(part))
    return header if seen else None


def signature(line: str) -> Header | None:
    """What a bare name above a date line says: who wrote or who published; None when it is no name."""
    words = line.split()
    if not 1 <= len(words) <= 5 or re.search(r"[\d.,;:!?]$", line) or not all(_CAPITAL.match(word) for word in words):
        return None
    if words[0] == "The" or _PAPER.search(line) or not 2 <= len(words) <= 3:
        return Header(publisher=line)
    return Header(authors=(line,))


def _part(part: str, order: Order | None) -> Header | None:
    match = _BY.match(part)
    if match:
        return Header(authors=_names(match["names"]))
    kept = _CHANGED.sub("", part)
    published = date_in(kept, month_only=_PUBLISHED.match(kept) is not None, order=order)
    rest = kept
    for pattern in (*DATES, MONTH_ONLY, _PUBLISHED, _FILLER):
        rest = pattern.sub(" ", rest)
    words = re.findall(r"[^\W\d_]+", rest)
    if published and words[:1] and words[0].lower() == "by":
        return Header(published=published, authors=_names(" ".join(words[1:]))) if len(words) <= 6 else None
    if published and len(words) <= 3 and all(word[0].isupper() for word in words):
        return Header(published=published)
    dated = kept != part and date_in(part, month_only=True) is not None
    return Header() if not words and (dated or (kept == part and not re.search(r"\w", rest))) else None


def _names(text: str) -> tuple[str, ...]:
    parts = re.split(r"\s*(?:,|;|&|\band\b|\bwith\b)\s*", re.sub(r"^by\s+", "", text.strip(), flags=re.I))
    return tuple(dict.fromkeys(part.strip(" .") for part in parts if part.strip(" .")))


def dateline(paragraph: str) -> Edtf | None:
    """The date of an agency's dateline ("KYIV, March 3, 2022 (Reuters) — …") at the start of a paragraph."""
    for pattern in DATES:
        match = pattern.search(paragraph[:120])
        if match and _DATELINE.fullmatch(paragraph[: match.start()]) and _DASH.match(paragraph[match.end() :]):
            place = paragraph[: match.start()]
            if place.count(" ") <= 6 and all(word[0].isupper() for word in re.findall(r"[^\W\d_]+", place)):
                return edtf_of(match.groupdict())
    return None
