"""Read an article's phrases in order, carrying along the last date told and what it says of its events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.reading.annotate import Annotated
from ingest.reading.english.times.anchoring import nth
from ingest.reading.english.times.anchoring.accounting import Accounts, told_of, with_account
from ingest.reading.english.times.anchoring.anchors import (
    PHASE,
    Counted,
    counted_from_event,
    direction_to,
    length_reading,
    read_from_date,
    read_phase,
)
from ingest.reading.english.times.anchoring.chains import Chains
from ingest.reading.english.times.anchoring.datelines import own_day
from ingest.reading.english.times.anchoring.ended import ended, ends_with
from ingest.reading.english.times.anchoring.entries import Entry, Today, entries_of, of_entry, today_after
from ingest.reading.english.times.anchoring.flow import Read, Story
from ingest.reading.english.times.anchoring.links import Link, Links, event_words, links_of, pinned_links, year_for
from ingest.reading.english.times.anchoring.pins import Pin
from ingest.reading.english.times.anchoring.plausible import leads_away, plausible
from ingest.reading.english.times.anchoring.quoted import in_quotation, quotation_at, quotations_of, said_behind
from ingest.reading.english.times.anchoring.survey import date_order, is_history
from ingest.reading.english.times.anchoring.years import (
    year_after_new_year,
    year_beside,
    year_counted_back,
    year_of_end,
    year_of_range,
    year_over_new_year,
)
from ingest.reading.english.times.kinds.composed import in_it, span_of
from ingest.reading.english.times.kinds.ranges import reaches
from ingest.reading.english.times.kinds.readings import Context, Reading
from ingest.reading.english.times.kinds.values import read
from ingest.reading.english.times.phrases.grammar import Phrase
from ingest.reading.english.times.phrases.situation import tense_at, tokens_of, told_as_earlier
from ingest.reading.english.times.phrases.words import MONTHS
from ingest.reading.findings import Anchor
from ingest.reading.periods import ORDER, Period, from_edtf

_ROUNDS = 4
_TENSED = frozenset(("weekday", "quarter", "weekend", "quarter_code", "half_of_account", "part_bare", "the_unit",
                     "unit_end", "clock", "ordinal_day"))  # fmt: skip
_BARE = frozenset(("date", "date_dmy", "month", "season", "holiday", "nth_weekday", "week_of"))


def read_all(phrases: Sequence[Phrase], annotated: Annotated, pins: Sequence[Pin] = ()) -> list[Read]:
    """The readings of all phrases that are times, in reading order, never overlapping.

    Arguments: phrases, in the order of the text; pins, the dates of events that a person has corrected.
    """
    published = own_day(annotated.text, from_edtf(annotated.document.published))
    entries = entries_of(phrases, annotated.text, published)
    # What tells the hour of each of its entries is written as it happens, however much of the past it recalls.
    history = is_history(phrases, published) and not any(e.clock for e in entries.values())
    order, order_from = date_order(phrases, annotated.text)
    frame = Context(published, None, history, order, order_from)
    said = [*pinned_links(annotated.doc, pins), *_explicit_links(phrases, annotated, frame, pins)]
    # A history's own story dates its bare days; only what a person has corrected is stronger.
    links, years = Links(said), Links(k for k in said if k.pinned or not frame.narrative)
    # A history has many events of a kind, and most years of a war have an anniversary.
    told = [p for p in phrases if not frame.narrative or p.kind not in nth.KINDS]
    counted = [c for p in told if (c := counted_from_event(p, annotated.text, annotated.doc))]
    chains = Chains(counted, annotated, pins, frame.narrative)
    dated = chains.read(links)
    for _ in range(_ROUNDS):
        items = _in_order(phrases, annotated, frame, years, _readings(counted, dated), entries)
        more = _event_links(items, counted, annotated, said, pins)
        before, dated = dated, chains.read(more) if counted else {}
        if dated == before:
            return _finished(items, annotated, more, frame.narrative)
    # What still moves is counted from an event that the story dates by it: no number of rounds would settle it.
    dated = {k: r if before.get(k) == r else chains.unsettled(k) for k, r in dated.items()}
    items = _in_order(phrases, annotated, frame, years, _readings(counted, dated), entries)
    return _finished(items, annotated, _event_links(items, counted, annotated, said, pins), frame.narrative)


def _readings(counted: Sequence[Counted], dated: Mapping[str, Reading]) -> dict[int, tuple[Counted, Reading]]:
    """The counted expressions that can be read, by where their phrase begins."""
    return {c.phrase.start: (c, dated[c.key]) for c in counted if c.key in dated}


def _explicit_links(phrases: Sequence[Phrase], annotated: Annotated, frame: Context, pins: Sequence[Pin]) -> list[Link]:
    """What the article's dates with a year say of its events, before any date without one is read."""
    links: list[Link] = []
    for phrase in phrases:
        if (phrase.inner or phrase).get("y") and (
            span := tokens_of(annotated.doc, phrase.start, phrase.end)
        ) is not None:
            made = read(phrase, frame)
            if made is not None and made.period is not None and made.period.year is not None:
                links.extend(links_of(span, made.period, f"@{phrase.start}", pins, approximate=made.approximate))
    return links


def _in_order(
    phrases: Sequence[Phrase],
    annotated: Annotated,
    frame: Context,
    links: Links,
    counted: Mapping[int, tuple[Counted, Reading]],
    entries: Mapping[int, Entry],
) -> list[Read]:
    done: list[Read] = []
    apart = {c.start for c, _ in counted.values()}
    story = Story(phrases, annotated, frame.narrative)
    accounts = Accounts()
    today: Today | None = None
    quotations = quotations_of(annotated.text)
    for index, found in enumerate(phrases):
        phrase = _ending(found, done, annotated.text)
        following = phrases[index + 1] if index + 1 < len(phrases) else None
        if done and phrase.start < done[-1].end and phrase.start not in counted:
            continue
        running = _pointed_at(phrase, done, annotated) or story.before(index)
        same = nth.beside(phrase, done[-1] if done else None, annotated.text)
        if same is not None:
            item = Read(phrase.start, phrase.end, phrase, same, done[-1].anchor)
        elif phrase.start in counted:
            item = _counted_item(*counted[phrase.start], following)
        else:
            context = story.in_section(_context(phrase, following, running, annotated, frame, links), phrase)
            context = with_account(context, phrase, accounts, running, annotated)
            context = of_entry(context, phrase, entries, today)
            if (around := quotation_at(phrase.start, quotations)) is not None:
                behind = said_behind(around, phrases)
                day = read(behind, _context(behind, None, None, annotated, frame, links)) if behind else None
                context = in_quotation(context, around, done, day.period if day else None)
            reading = _no_surer(read(phrase, context), running)
            if following is not None:
                after = phrases[index + 2] if index + 2 < len(phrases) else None
                reading = _by_following(phrase, following, after, running, annotated, frame, links) or reading
            if reading is None:
                continue
            reading = plausible(reading, phrase, running, context, annotated.text)
            anchor = reading.anchor or _anchor(reading, running, frame, annotated)
            item = Read(phrase.start, phrase.end, phrase, reading, anchor)
        today = today_after(item, entries, today)
        if done and done[-1].start not in apart and (tied := _tied(done[-1], item, annotated.text)):
            done[-1] = tied
        if not done or item.start >= done[-1].end:
            done.append(item)
        accounts = told_of(done[-1], accounts, frame.day)
        if following is None or not direction_to(phrase, following, annotated.text):
            story.take(done[-1])
    return done


def _ending(phrase: Phrase, done: Sequence[Read], text: str) -> Phrase:
    """“Monday to Friday”: the weekday that ends a range is the next one after that which begins it."""
    begun = done[-1] if done else None
    bare = phrase.kind == "weekday" and not phrase.get("rel") and not phrase.get("after")
    if not bare or begun is None or begun.phrase is None or begun.phrase.kind != "weekday":
        return phrase
    if begun.reading.period is None or not reaches(text, (begun.start, begun.end), phrase.start):
        return phrase
    return replace(phrase, fields={**phrase.fields, "rel": "the following"})


def _pointed_at(phrase: Phrase, done: Sequence[Read], annotated: Annotated) -> Read | None:
    """“The attacks of September 2001 … that December”: what “that” points at is the date before it in the sentence.

    So is the day of which a bare “at dawn” tells.
    """
    inner = phrase.inner or phrase
    points = (inner.get("rel") or inner.get("yref")).split()[:1] == ["that"]
    bare = inner.kind == "part_bare" and bool(done) and done[-1].reading.type == "DATE"  # "on Feb. 24 … at dawn"
    if not (points or bare) or not done or done[-1].reading.period is None or done[-1].reading.period.year is None:
        return None
    return done[-1] if annotated.passage_at(done[-1].start) == annotated.passage_at(phrase.start) else None


def _by_following(
    phrase: Phrase,
    following: Phrase,
    after: Phrase | None,
    running: Read | None,
    annotated: Annotated,
    frame: Context,
    links: Links,
) -> Reading | None:
    """A period by the day on which it ends (“the quarter ended July 31”), “the 80th anniversary of D-Day”."""
    text = annotated.text
    ends = ends_with(phrase, following, text)
    numbered = phrase.kind in nth.KINDS and direction_to(phrase, following, text) != ""
    inside = in_it(phrase, following, text)
    if not ends and not numbered and not inside:
        return None
    day = read(following, _context(following, after, running, annotated, frame, links))
    if day is not None and inside:
        return span_of(phrase, day)
    if day is None or ends:
        return ended(phrase, day.period) if day is not None else None
    return read_from_date(phrase, "of", day, (following.start, following.end), text)


def _tied(before: Read, date: Read, text: str) -> Read | None:
    """A length of time read from the date right behind it; “the day before Christmas” is one expression with it."""
    direction = direction_to(before.phrase, date.phrase, text) if before.phrase and date.phrase else ""
    if not direction or before.phrase is None:
        return None
    made = read_from_date(before.phrase, direction, date.reading, (date.start, date.end), text)
    if made is None:
        return None
    end = date.end if before.phrase.kind == "unit_after" else before.end
    return Read(before.start, end, before.phrase, made, made.anchor)


def _no_surer(reading: Reading | None, running: Read | None) -> Reading | None:
    """“The next day” after a day that is only about right is only about right itself."""
    if reading is None or reading.basis != "running" or reading.period is None or reading.edtf is None:
        return reading
    if running is None or not running.reading.approximate or reading.approximate:
        return reading
    return replace(reading, approximate=True, edtf=reading.period.edtf(approximate=True))


def _counted_item(counted: Counted, reading: Reading, following: Phrase | None) -> Read:
    """The expression with its event's words, but without them where they hold a date of their own (“Monday's vote”)."""
    if following is None or following.start >= counted.end:
        return Read(counted.start, counted.end, counted.phrase, reading, reading.anchor)
    alone = length_reading(counted, reading)
    return Read(counted.start, counted.phrase.end, counted.phrase, alone, reading.anchor)


def _context(
    phrase: Phrase,
    following: Phrase | None,
    running: Read | None,
    annotated: Annotated,
    frame: Context,
    links: Links,
) -> Context:
    inner = phrase.inner or phrase
    context = replace(frame, running=running.reading.period if running else None)
    if running is not None and "\n" in annotated.text[max(running.end, phrase.start - 3000) : phrase.start]:
        before = annotated.passage_at(phrase.start) - annotated.passage_at(running.start)
        context = replace(context, same_paragraph=before == 1)
    if inner.kind in _TENSED:
        return replace(context, tense=tense_at(annotated.doc, phrase.start, phrase.end))
    if inner.kind not in _BARE or inner.get("y") or inner.get("yref") or inner.get("rel"):
        return context
    earlier = told_as_earlier(annotated.doc, phrase.start, phrase.end)
    context = replace(context, tense=tense_at(annotated.doc, phrase.start, phrase.end), earlier=earlier)
    year = year_of_range(phrase, following, annotated.text) or year_counted_back(phrase, frame, annotated.text)
    if year is None and not frame.narrative and (over := year_of_end(phrase, running, annotated.text)) is not None:
        return replace(context, given=Period("year", over), given_rule="year of the range it ends")
    if year is None and frame.narrative:
        year = year_over_new_year(phrase, following, context, annotated.text)
        year = year or year_after_new_year(phrase, running, annotated.text)
    if year is not None:
        return replace(context, given=Period("year", year), given_rule="year of the range it begins")
    return _by_event(phrase, context, annotated, links) or _by_paragraph(phrase, context, running, annotated) or context


def _by_event(phrase: Phrase, context: Context, annotated: Annotated, links: Links) -> Context | None:
    """The year of an event that the sentence names and the article or a person dates."""
    event = _event_year(phrase, annotated, links)
    if event is None:
        return None
    year, rule = year_beside(phrase, event.period, context)
    away = leads_away(phrase.start, event.word, year, context, annotated.text)
    if (away or _over(phrase, year, context)) and not event.pinned:
        return None
    anchor = Anchor("event", event.period.edtf(), event.word.span, event.key or None)
    by_hand = ", date of the event as corrected by hand" if event.pinned else ""
    rule = rule.replace("the date before it", "the event in the sentence") + by_hand
    return replace(context, given=Period("year", year), given_rule=rule, given_anchor=anchor)


def _by_paragraph(phrase: Phrase, context: Context, running: Read | None, annotated: Annotated) -> Context | None:
    """The year of the date before it in the paragraph; a history has its running date instead."""
    beside = None if context.narrative else _beside(phrase, running, annotated)
    if beside is None:
        return None
    year, rule = year_beside(phrase, beside.reading.period, context)
    if _over(phrase, year, context):
        return None
    anchor = Anchor("time", beside.reading.edtf, (beside.start, beside.end), f"@{beside.start}")
    return replace(context, given=Period("year", year), given_rule=rule, given_anchor=anchor)


def _over(phrase: Phrase, year: int | None, context: Context) -> bool:
    """Whether in that year the day had passed by publication, though the clause says it is to come."""
    inner = phrase.inner or phrase
    month, day = MONTHS.get(inner.get("mon"), 0), int(inner.get("d") or 0)
    first = Period("day" if day else "month", year, month, day).first_day() if month else None
    if context.tense != "future" or first is None or context.day is None:
        return False
    return first < context.day.replace(day=1)


def _event_year(phrase: Phrase, annotated: Annotated, links: Links) -> Link | None:
    span = tokens_of(annotated.doc, phrase.start, phrase.end)
    if span is None:
        return None
    for word in event_words(span):
        link = year_for(word, links)
        if link is not None:
            return link
    return None


def _beside(phrase: Phrase, running: Read | None, annotated: Annotated) -> Read | None:
    """The date told just before in the paragraph, when it names a month and an explicit year."""
    if running is None or running.phrase is None or running.reading.period is None:
        return None
    inner = running.phrase.inner or running.phrase
    stated = inner.get("y") or (running.reading.basis == "event" and inner.kind in _BARE)
    if not stated or running.reading.period.unit not in ("month", "day"):
        return None
    return running if "\n" not in annotated.text[running.end : phrase.start] else None


def _anchor(reading: Reading, running: Read | None, frame: Context, annotated: Annotated) -> Anchor | None:
    if reading.basis == "publication" and frame.published is not None:
        return Anchor("publication", annotated.document.published)
    if reading.basis == "running" and running is not None:
        return Anchor("time", running.reading.edtf, (running.start, running.end), f"@{running.start}")
    return None


def _event_links(
    items: list[Read], counted: Sequence[Counted], annotated: Annotated, links: list[Link], pins: Sequence[Pin]
) -> Links:
    """The explicit links and those of the dates that got their year since, which are more exact.

    What is counted from events makes its links in `chains`.
    """
    more, apart = list(links), {c.phrase.start for c in counted}
    for item in items:
        period, phrase = item.reading.period, item.phrase
        if phrase is None or period is None or period.year is None or phrase.start in apart:
            continue
        if (phrase.inner or phrase).get("y") or item.reading.type != "DATE":
            continue
        span = tokens_of(annotated.doc, item.start, item.end)
        if span is not None and ORDER.index(period.unit) >= ORDER.index("month"):
            more.extend(links_of(span, period, f"@{item.start}", pins, approximate=item.reading.approximate))
    return Links(more)


def _finished(items: list[Read], annotated: Annotated, links: Links, history: bool) -> list[Read]:
    """Put the beginnings of dated events in the place of the plain readings they cover, and name anchors by key."""
    made = []
    # A history tells of many events of one class, so that "the beginning of the war" names no one of them for certain.
    for found in () if history else PHASE.finditer(annotated.text):
        reading = read_phase(found["noun"], found.start("noun"), found["part"] or "", annotated.doc, links)
        inside = any(i.start < found.start() < i.end for i in items)
        if reading is not None and not inside:
            made.append(Read(found.start(), found.end("noun"), None, reading, reading.anchor))
    free = [i for i in items if not any(i.start < m.end and m.start < i.end for m in made)]
    merged: list[Read] = []
    for item in sorted([*free, *made], key=lambda i: (i.start, -i.end)):
        if not merged or item.start >= merged[-1].end:
            merged.append(item)
    return _keyed(merged)


def _keyed(items: list[Read]) -> list[Read]:
    keys = {f"@{item.start}": f"t{index + 1}" for index, item in enumerate(items)}
    return [
        replace(item, anchor=replace(item.anchor, time=keys.get(item.anchor.time)))
        if item.anchor and item.anchor.time
        else item
        for item in items
    ]
