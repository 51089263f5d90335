"""Which quarter or half-year the accounts told of are of, as a report goes on to “the quarter” and “a year ago”."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from ingest.reading.annotate import Annotated
from ingest.reading.english.times.anchoring.flow import Read
from ingest.reading.english.times.kinds.readings import Context
from ingest.reading.english.times.phrases.grammar import Phrase
from ingest.reading.periods import Period

_FIGURES = re.compile(
    r"[$€£¥]\s?\d|\d\s?(?:%|percent\b|per\s?cent\b|million\b|billion\b|cents?\b)"
    r"|\b(?:profits?|loss(?:es)?|income|earnings|sales|revenues?|earned|results)\b",
    re.I,
)
_TOLD = frozenset(
    ("quarter", "account", "quarter_code", "quarter_after", "half_of_account", "half", "half_code", "unit_relative")
)
_MONTHS_OF_ACCOUNTS = frozenset(("six", "nine", "6", "9", "first six", "first nine"))
_HELD = frozenset(("ago", "year_earlier", "account", "account_of", "same_month", "the_year"))


@dataclass(frozen=True, slots=True)
class Accounts:
    """What the accounts last told of are of, and the last quarter that was among it; None before any."""

    of: Period | None = None
    quarter: Period | None = None


def told_of(item: Read, before: Accounts, day: date | None) -> Accounts:
    """The accounts after this date: its quarter or half-year, if not of an earlier year; “nine months” are of a year.

    Arguments: the date; the accounts before it; the day of publication, after which no accounts begin.
    """
    phrase, period = item.phrase, item.reading.period
    if phrase is None or day is None:
        return before
    if (
        phrase.kind in ("span", "duration")
        and phrase.get("unit") == "months"
        and phrase.get("n") in _MONTHS_OF_ACCOUNTS
    ):
        return replace(before, of=Period("year", day.year)) if before.of is not None else before
    if period is None or period.year is None or period.unit not in ("quarter", "half"):
        return before
    first, held = period.first_day(), before.of
    if (phrase.inner or phrase).kind not in _TOLD or item.reading.type != "DATE" or (first is not None and first > day):
        return before
    if held is not None and period.year < (held.year or 0):
        return before
    return Accounts(period, period if period.unit == "quarter" else before.quarter)


def with_account(
    context: Context, phrase: Phrase, accounts: Accounts, running: Read | None, annotated: Annotated
) -> Context:
    """The context of a phrase with the accounts that its sentence holds against others."""
    if context.narrative or (phrase.inner or phrase).kind not in _HELD:
        return context
    sentence = annotated.passages[annotated.passage_at(phrase.start)]
    compares = _FIGURES.search(sentence.text) is not None
    account = accounts.quarter if phrase.kind == "account" and phrase.get("what") == "quarter" else accounts.of
    month = running.reading.period if running is not None and running.start >= sentence.start_char else None
    if month is not None and month.unit == "month" and compares:
        account = month
    return replace(context, account=account, compares=compares)
