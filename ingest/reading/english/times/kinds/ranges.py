"""Two dates that share their words ("Feb.

24-26", "5 and 12 September 1914", "1939–45"), and what a pair of dates spans.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.reading.english.times.phrases.grammar import Phrase
from ingest.reading.english.times.phrases.patterns import COUNT_WORDS, WEEKDAY_NAME
from ingest.reading.english.times.phrases.words import MONTHS
from kb.edtf import Edtf

_DASH = r"\s{0,2}[-–—]\s{0,2}"
_DAY_TAIL = re.compile(
    rf"(?:{_DASH}|\s{{1,2}}(?:to|through|until|till|and|or)\s{{1,2}})(?P<d>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\w%:/]|[.,]\d|-\d)"
    r"(?:(?:\s{0,2},\s{0,2}|\s{1,2})(?P<y>1\d{3}|20\d\d)(?![\w%])|(?!\s{1,2}(?:percent|per|million|billion"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?!(?:was|is|has|as|this|its|his|versus|across)\b)[a-z]+s\b)))",
    re.I,
)
_COORDINATED = re.compile(r"\s+(?:and|or)\s", re.I)
# What follows "May 4 and 5" when both are days; "May 4 and 5 people" has none of it.
_CLAUSE_GOES_ON = re.compile(
    r"\s*[.,;:)]|\s+(?:in|at|when|by|was|were|they|he|she|it|we|the|with|for|to|near|outside|before|after|but|while|as)\b|\s*\Z",
    re.I,
)
# “Postponed from Tuesday to Friday” spans nothing.
_MOVED = re.compile(
    r"\b(?:postpon|reschedul|mov|delay|push|shift|chang|brought|bring)\w*\s+(?:\w+\s+){0,2}from\s+$", re.I
)
_DAY_LIST = re.compile(r"((?:,\s{1,2}(?:[12]\d|3[01]|0?[1-9])(?![\w%]))+)(?=,?\s{1,2}(?:and|or)\s{1,2}\d{1,2}(?!\w))")
# "Monday 20, Tuesday 21 and Wednesday 22 April"
_WEEKDAY_FRONT = re.compile(
    rf"(?:{WEEKDAY_NAME})\s{{1,2}}(?<![\w.,/:$€£-])(?P<d>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
    r"(?=(?:,|,?\s{1,2}(?:and|or|to))\s{1,2}$)",
    re.I,
)
_DAY_FRONT = re.compile(
    r"(?<![\w.,/:$€£-])(?:the\s)?(?P<d>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?:\s?[-–—/]\s?|\s{1,2}(?:to|and|or|until|through)\s{1,2})(?:the\s)?$",
    re.I,
)
# "24, 25 and 27 February": what stands before the day before the last.
_DAYS_BEFORE = re.compile(r"(?<![\w.,/:$€£-])(?:(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?,\s{1,2}(?:the\s)?)+$", re.I)
_NUMBER = re.compile(r"\d+")
_NUMBER_FRONT = re.compile(
    rf"(?:(?<!\w)(?P<between>between)\s{{1,2}})?(?<![\w.,/:$€£-])(?P<n>\d{{1,3}}|(?:{COUNT_WORDS}))"
    r"\s{1,2}(?:(?P<and>and)|or)\s{1,2}$",
    re.I,
)
_BC_FRONT = re.compile(r"(?<![\w.,/:$€£-])(?P<y>\d{1,4})(?:\s?[-–—/]\s?|\s{1,2}(?:to|and|or|until)\s{1,2})$", re.I)
_YEAR_TAIL = re.compile(r"(?:[-–—/])(?P<y>\d{4}|\d\d)(?![\w%-]|[.,]\d)")
_LISTED = re.compile(r",\s{1,2}|(?P<last>,?\s{1,2}(?:and|or)\s{1,2})(?:in\s)?(?:the\s)?", re.I)
_WITH_YEAR = {"month": "month_year"}
_GAP = 14  # characters between the ends of a range
_BETWEEN = re.compile(r"\bbetween\s+$", re.I)
_FROM = re.compile(r"\b(?:from|between)\s+(?:about\s+|around\s+|the\s+)*$", re.I)
_TO = re.compile(r"\s{0,3}(?:[-–—]|to|until|till|through|and|up\s+to)\s{1,3}(?:the\s+)?$|[-–—/]$", re.I)
_JOINED = re.compile(r"\s{1,3}(?:to|through|till)\s{1,3}", re.I)  # "May 30 to June 2" needs no "from"
_SINCE = re.compile(r"\b(?:(?:ever\s+)?since|from)\s+(?:about\s+|around\s+|the\s+)*$", re.I)
_UNTIL = re.compile(r"\b(?:until|till|up\s+to|through)\s+(?:about\s+|around\s+|the\s+)*$", re.I)

# What is put off until a day happens on it, so that the day is no end.
_PUT_OFF = re.compile(
    r"\b(?:postpon|delay|deferr|adjourn|reschedul|put\s+off|push(?:ed|ing)?\s+back)\w*\s+(?:\w+\s+){0,3}(?:until|till)\s+$",
    re.I,
)


def with_shared_words(phrases: Sequence[Phrase], text: str) -> Iterator[Phrase]:
    """The phrases, and beside them the halves of a range that the grammar alone cannot read."""
    taken = 0
    phrases = _with_weekdays(_with_shared_day(_with_shared_year(phrases, text), text), text)
    for index, phrase in enumerate(phrases):
        if phrase.start < taken:
            continue
        limit = phrases[index + 1].start if index + 1 < len(phrases) else len(text)
        for part in _parts(phrase, text, taken, limit):
            yield part
            taken = part.end


def _with_shared_year(phrases: Sequence[Phrase], text: str) -> list[Phrase]:
    """“January, February and March 2021”, “January and February of last year”: the year stands with the last."""
    made = list(phrases)
    listed = False
    for number in range(len(made) - 2, -1, -1):
        one, other = made[number], made[number + 1]
        gap = _LISTED.fullmatch(text, one.end, other.start)
        year = {name: other.get(name) for name in ("y", "yref") if other.get(name) and not other.get("era")}
        listed = gap is not None and (listed or gap["last"] is not None) and bool(year) and _earlier(one, other)
        if listed:
            made[number] = replace(one, fields={**one.fields, **year}, kind=_WITH_YEAR.get(one.kind, one.kind))
    return made


def _earlier(one: Phrase, other: Phrase) -> bool:
    """Whether one is a month or day without a year, of the same form as the other and before it in the year."""
    if one.get("y") or one.get("yref") or one.get("rel") or one.kind not in ("month", "date", "date_dmy"):
        return False
    if bool(one.get("d")) != bool(other.get("d")) or not other.get("mon"):
        return False
    first, second = ((MONTHS[p.get("mon")], int(p.get("d") or 0)) for p in (one, other))
    return first < second


def _with_shared_day(phrases: Sequence[Phrase], text: str) -> list[Phrase]:
    """“7am-10pm on Thursday”: both are times of the day that stands with the second."""
    made = list(phrases)
    for number, (one, other) in enumerate(pairwise(phrases)):
        apart = one.kind == other.kind == "clock" and one.inner is None and other.inner is not None
        if apart and _TO.fullmatch(text, one.end, other.start):
            made[number] = replace(one, inner=other.inner)
        elif _of_one_week(one, other) and _TO.fullmatch(text, one.end, other.start):
            named = {**other.fields, "wd": one.get("wd"), "piece": one.get("wd")}
            made[number] = replace(other, start=one.start, end=one.end, fields=named)
    return made


def _of_one_week(one: Phrase, other: Phrase) -> bool:
    """“Monday through Thursday of last week”: both are days of the week that stands with the second."""
    bare = one.kind == "weekday" and not one.get("rel") and not one.get("after")
    placed = (other.kind == "piece_of" and other.get("wd")) or (other.kind == "weekday" and other.get("after"))
    return bare and bool(placed)


def _with_weekdays(phrases: Sequence[Phrase], text: str) -> list[Phrase]:
    """“Monday 20, Tuesday 21 and Wednesday 22 April”: each is a day of the month that stands with the last."""
    made: list[Phrase] = []
    for phrase in phrases:
        found: list[Phrase] = []
        start, shared = phrase.start, {**phrase.fields, "listed": "yes"}
        while phrase.kind == "date_dmy" and phrase.get("wd"):
            fronts = list(_WEEKDAY_FRONT.finditer(text, max(0, start - 24), start))
            if not fronts:
                break
            start = fronts[-1].start()
            found.insert(0, Phrase(start, fronts[-1].end(), "date_dmy", {**shared, "d": fronts[-1]["d"]}))
        made = [p for p in made if not found or p.end <= start] + found
        made.append(replace(phrase, fields=shared) if found else phrase)
    return made


def _parts(phrase: Phrase, text: str, taken: int, limit: int) -> Iterator[Phrase]:
    if phrase.kind == "date_dmy" and not phrase.get("listed"):
        found = _DAY_FRONT.search(text, max(taken, phrase.start - 16), phrase.start)
        if found:
            start = found.start("d")
            listed = _DAYS_BEFORE.search(text, max(taken, start - 40), start)
            for day in _NUMBER.finditer(text, listed.start(), start) if listed else ():
                yield Phrase(day.start(), day.end(), "date_dmy", {**phrase.fields, "d": day[0]})
            yield Phrase(start, start + len(found["d"]), "date_dmy", {**phrase.fields, "d": found["d"]})
        elif phrase.get("eve") and int(phrase.get("eve")) + 1 == int(phrase.get("d")):  # "2/3 May", a night
            first = phrase.start + text[phrase.start : phrase.end].index("/")
            yield Phrase(first - len(phrase.get("eve")), first, "date_dmy", {**phrase.fields, "d": phrase.get("eve")})
            yield replace(phrase, start=first + 1)
            return
        yield phrase
    elif phrase.kind == "iso_month" and _two_years(phrase, text):
        yield Phrase(phrase.start, phrase.start + 4, "year", {"y": phrase.get("y")})
        yield Phrase(phrase.start + 5, phrase.end, "year", {"y": phrase.get("y")[:2] + phrase.get("m")})
    elif phrase.kind == "date_bc":
        found = _BC_FRONT.search(text, max(taken, phrase.start - 12), phrase.start)
        if found and int(found["y"]) > int(phrase.get("y")):
            yield Phrase(found.start("y"), found.end("y"), "date_bc", {"y": found["y"], "era": phrase.get("era")})
        yield phrase
    elif phrase.kind == "date":
        yield from _day_tail(phrase, text)
    elif phrase.kind in ("duration", "ago") and phrase.get("n"):
        yield from _length_front(phrase, text, taken)
        yield phrase
    elif phrase.kind == "year" or (phrase.kind == "modified" and phrase.inner and phrase.inner.kind == "year"):
        yield phrase
        yield from _year_tail(phrase.inner or phrase, text)
    else:
        yield phrase


def _two_years(phrase: Phrase, text: str) -> bool:
    """Whether “2002-03”, and “2006-10” right behind a bracket, are two years; a month is written so in figures only."""
    later = int(phrase.get("m")) - int(phrase.get("y")) % 100
    return later == 1 or (
        later > 0 and text[phrase.start - 1 : phrase.start] == "(" and text[phrase.end : phrase.end + 1] in "),;"
    )


def _length_front(phrase: Phrase, text: str, taken: int) -> Iterator[Phrase]:
    """The first number of “ten or fifteen years”, “between 60 and 90 days”: a length in the same unit."""
    found = _NUMBER_FRONT.search(text, max(taken, phrase.start - 24), phrase.start)
    if found is None or phrase.kind == "ago" or phrase.get("hyphen") == "-":
        return
    if found["and"] and not found["between"]:
        return
    yield Phrase(found.start("n"), found.end("n"), "duration", {"n": found["n"].lower(), "unit": phrase.get("unit")})


def _day_tail(phrase: Phrase, text: str) -> Iterator[Phrase]:
    listed = _DAY_LIST.match(text, phrase.end) if not phrase.get("y") else None
    found = _DAY_TAIL.match(text, listed.end() if listed else phrase.end) if not phrase.get("y") else None
    joined = found is not None and (
        not _COORDINATED.match(found.group()) or bool(listed or found["y"] or _CLAUSE_GOES_ON.match(text, found.end()))
    )
    if found is None or not joined:
        yield phrase
        return
    shared = {**phrase.fields, **({"y": found["y"]} if found["y"] else {})}
    yield Phrase(phrase.start, phrase.end, "date", shared)
    for day in re.finditer(r"\d{1,2}", listed.group()) if listed else ():
        yield Phrase(phrase.end + day.start(), phrase.end + day.end(), "date", {**shared, "d": day.group()})
    yield Phrase(found.start("d"), found.end(), "date", {**shared, "d": found["d"]})


def _year_tail(phrase: Phrase, text: str) -> Iterator[Phrase]:
    found = _YEAR_TAIL.match(text, phrase.end)
    if found is None:
        return
    told = found["y"]
    year = told if len(told) == 4 else phrase.get("y")[:2] + told
    if 0 < int(year) - int(phrase.get("y")) < 200:
        yield Phrase(found.start("y"), found.end("y"), "year", {"y": year})


def reaches(text: str, begun: tuple[int, int], end: int) -> bool:
    """Whether the expression at `end` ends a range that the one at `begun` begins: “from 3 May to 2 June”."""
    between = text[begun[1] : end]
    if len(between) > _GAP or not _TO.fullmatch(between) or "/" in between:
        return False
    if _MOVED.search(text, max(0, begun[0] - 60), begun[0]):
        return False
    return "and" not in between or _BETWEEN.search(text, max(0, begun[0] - 12), begun[0]) is not None


def pairs(spans: Sequence[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """Indexes of neighbours that are the two ends of a range: “from … to”, “between … and”, or a dash."""
    for left in range(len(spans) - 1):
        between = text[spans[left][1] : spans[left + 1][0]]
        if len(between) > _GAP or not _TO.fullmatch(between):
            continue
        before = text[max(0, spans[left][0] - 24) : spans[left][0]]
        plain = text[spans[left][1] - 1].isdigit() or "through" in between
        joined = plain and _JOINED.fullmatch(between) is not None
        if _MOVED.search(text, max(0, spans[left][0] - 60), spans[left][0]):
            continue
        if joined or re.search(r"[-–—/]", between) or _FROM.search(before) or "until" in between:
            if "and" in between and not re.search(r"between\s", before, re.I):
                continue
            yield left, left + 1


_END_DIGITS = {"day": 10, "month": 7, "year": 4, "decade": 4, "century": 4, "season": 7, "quarter": 7}


def _end(edtf: Edtf, first: bool) -> str | None:
    """The date as one end of an interval.

    EDTF allows no decade, season or quarter there, so their first or last year or month stands for them.
    """
    if edtf.precision in ("day", "month", "year"):
        return str(edtf)
    bound = edtf.earliest if first else edtf.latest
    digits = _END_DIGITS.get(edtf.precision)
    return bound[:digits] if bound and digits and bound[0] != "-" else None


def _make(start: str | None, end: str | None) -> Edtf | None:
    return Edtf.of(f"{start}/{end}") if start and end else None


def _order(day: str) -> tuple[int, str]:
    """A key by which days stand in order, years before 1 BC (“-0489-01-01”) too."""
    sign = -1 if day.startswith("-") else 1
    year, rest = day[day.startswith("-") :].split("-", 1)
    return sign * int(year), rest


def interval(start: Edtf | None, end: Edtf | None) -> Edtf | None:
    """The EDTF interval from one date to another; None when either is open or they are the wrong way round."""
    if (
        start is None
        or end is None
        or start == end
        or not start.earliest
        or not end.latest
        or _order(start.earliest) > _order(end.latest)
    ):
        return None
    return _make(_end(start, True), _end(end, False))


def open_ended(edtf: Edtf | None, text: str, start: int) -> Edtf | None:
    """“since 2014” as 2014/.., “until May 2022” as ../2022-05; None when the phrase is neither."""
    if edtf is None or not edtf.earliest:
        return None
    before = text[max(0, start - 60) : start]
    if _PUT_OFF.search(before):
        return None
    before = before[-24:]
    if _UNTIL.search(before):
        return _make("..", _end(edtf, False))
    found = _SINCE.search(before)
    return _make(_end(edtf, True), "..") if found and "since" in found.group().lower() else None
