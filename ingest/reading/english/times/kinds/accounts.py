"""Readings of the time of accounts: quarters and half-years, “the quarter”, and what is held against the year before.

A report of accounts speaks of one period, says it once, and means it by “the quarter”, “the latest period” and, a year
back, by “a year earlier”, “a year ago” and “the year-earlier period”.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from ingest.reading.english.times.kinds.readings import (
    Context,
    Reading,
    by_tense,
    dated,
    direction,
    guessed,
    starts_on,
    year_inside,
)
from ingest.reading.english.times.phrases.grammar import Phrase
from ingest.reading.english.times.phrases.words import ORDINALS
from ingest.reading.periods import Period

_REPORTED_WITHIN = timedelta(135)  # days after its end in which a quarter is the one that accounts are told of


def _quarter(phrase: Phrase, context: Context) -> Reading | None:
    """A quarter of the year; a fiscal one only about then, for no text says where its accounts begin."""
    made = _calendar_quarter(phrase, context)
    if made is None or made.period is None or not phrase.get("fiscal"):
        return made
    return replace(made, rule=f"fiscal {made.rule}", approximate=True, edtf=made.period.edtf(approximate=True))


def _calendar_quarter(phrase: Phrase, context: Context) -> Reading | None:
    word = phrase.get("q")
    which = int(word.strip("q")) if "q" in word and len(word) == 2 else ORDINALS[word]
    year, basis = year_inside(phrase, context)
    if which < 0:
        if year is None and word == "last":
            base = context.published
            return dated(
                base.shift(-1, "quarter") if base else None, "last quarter, counted from publication", "publication"
            )
        which = 4
    if year is not None:
        return dated(Period("quarter", year, which), "quarter of a year", basis)
    if context.published is None or context.published.year is None:
        return None
    quarter = Period("quarter", None, which)
    chosen, rivals = by_tense(quarter, context)
    over = _just_over(quarter, context.day) if context.tense != "past" else None
    if over is not None:
        return dated(over, "quarter, last over before publication", "publication", rivals=(chosen,))
    rule = f"quarter, {direction(context)} from publication{guessed(chosen, rivals, context)}"
    return dated(chosen, rule, "publication", rivals=rivals)


def _just_over(quarter: Period, day: date | None) -> Period | None:
    """The quarter that ended shortly before publication: what is expected of it are its figures."""
    if day is None:
        return None
    for year in (day.year, day.year - 1):
        here = replace(quarter, year=year)
        following = here.shift(1, "quarter")
        ended = starts_on(following) if following else None
        if ended is not None and ended <= day <= ended + _REPORTED_WITHIN:
            return here
    return None


def _half_of_account(phrase: Phrase, context: Context) -> Reading | None:
    if context.published is None or context.published.year is None:
        return None
    half = Period("half", None, ORDINALS[phrase.get("half")])
    if context.tense == "future":
        chosen, rivals = by_tense(half, context)
        return dated(chosen, "half-year, next from publication", "publication", rivals=rivals)
    # Accounts of a half-year are told after its end.
    now = context.published.shift(0, "half") or context.published
    over = replace(half, year=context.published.year - (now.part <= half.part))
    return dated(over, "half-year, last over before publication", "publication")


def _account(phrase: Phrase, context: Context) -> Reading | None:
    """“The quarter”, “the latest period”: what the accounts were last told to be of."""
    if context.account is None or (phrase.get("what") == "period" and not phrase.get("which")):
        return None
    if phrase.get("which") == "current":
        now = context.published.shift(0, "quarter") if context.published else None
        return dated(now, "the quarter of publication", "publication")
    if phrase.get("what") == "quarter" and context.account.unit != "quarter":
        return None
    return dated(context.account, "the period that the accounts are of", "running")


def _account_of(phrase: Phrase, context: Context) -> Reading | None:
    """“The 1988 second quarter”; “the 1988 period”, the same part of that year as the accounts are of."""
    year = int(phrase.get("y"))
    if phrase.get("q"):
        return dated(Period("quarter", year, ORDINALS[phrase.get("q")] % 5 or 4), "quarter of a year")
    if context.account is None:
        return dated(Period("year", year), "year")
    return dated(replace(context.account, year=year), "the period of the accounts, in that year")


def _year_earlier(phrase: Phrase, context: Context) -> Reading | None:
    """“the year-earlier quarter”: the quarter, month or date last told, a year before."""
    what = phrase.get("what")
    if context.account is not None and what in ("", "quarter", "period"):
        return account_before(context)
    base = context.running or context.published
    if base is not None and what in ("quarter", "month", "week", "half"):
        base = base.widen(what) or base  # type: ignore[arg-type]
    if base is None or base.year is None:
        return None
    if not what:
        return dated(base.shift(-1, "year"), "a year before the last date told", "running")
    made = base.shift(-52, "week") if base.unit == "week" else replace(base, year=base.year - 1)
    return dated(made, "a year before the last date told", "running") if made else None


def _same_month(phrase: Phrase, context: Context) -> Reading | None:
    """“The same period last year”: that part of the year before that the accounts, or the last date told, are of."""
    if phrase.get("what") == "period" and (held := account_before(context)) is not None:
        return held
    base = context.running or context.published
    if base is None or base.year is None:
        return None
    what = phrase.get("what")
    wide = base.widen(what) if what in ("month", "quarter") else base  # type: ignore[arg-type]
    return dated(replace(wide or base, year=base.year - 1), "a year before the last date told", "running")


def account_before(context: Context) -> Reading | None:
    """The same part of the year before that the accounts are of; None where no accounts were told of."""
    account = context.account
    if account is None or account.year is None:
        return None
    return dated(replace(account, year=account.year - 1), "a year before what the accounts are of", "running")


READERS: dict[str, Callable[[Phrase, Context], Reading | None]] = {
    "quarter": _quarter,
    "quarter_code": _quarter,
    "quarter_after": _quarter,
    "half_of_account": _half_of_account,
    "account": _account,
    "account_of": _account_of,
    "year_earlier": _year_earlier,
    "same_month": _same_month,
}
"""The readers of the time of accounts, by kind of the grammar."""
