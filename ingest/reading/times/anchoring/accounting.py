"""Which quarter or half-year the accounts told of are of, as a report goes on to “the quarter” and “a year ago”."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from ingest.reading.annotate import Annotated
from ingest.reading.times.anchoring.flow import Read
from ingest.reading.times.kinds.readings import Context
from ingest.reading.times.phrases.grammar import Phrase
from ingest.reading.times.phrases.periods import Period

_FIGURES = re.compile(
    r"[$€£¥]\s?\d|\d\s?(?:%|percent\b|per\s?cent\b|million\b|billion\b|cents?\b)"
    r"|\b(?:profits?|loss(?:es)?|income|earnings|sales|revenues?|earned|results)\b",
    re.I,
)
_TOLD = frozenset(("quarter", "quarter_code", "quarter_after", "half_of_account", "half", "half_code", "unit_relative"))
_HELD = frozenset(("ago", "year_earlier", "account", "account_of", "same_month"))


def told_of(item: Read, before: Period | None, day: date | None) -> Period | None:
    """What the accounts are of after this date: itself, if it is a quarter or half-year and not of an earlier year.

    Arguments: the date; what they were of before it; the day of publication, after which no accounts begin.
    """
    phrase, period = item.phrase, item.reading.period
    if phrase is None or period is None or period.year is None or period.unit not in ("quarter", "half"):
        return before
    if (phrase.inner or phrase).kind not in _TOLD or item.reading.type != "DATE":
        return before
    first = period.first_day()
    if day is not None and first is not None and first > day:
        return before
    return before if before is not None and (period.year < (before.year or 0)) else period


def with_account(
    context: Context, phrase: Phrase, account: Period | None, running: Read | None, annotated: Annotated
) -> Context:
    """The context of a phrase with the accounts that its sentence holds against others."""
    if context.narrative or (phrase.inner or phrase).kind not in _HELD:
        return context
    sentence = annotated.passages[annotated.passage_at(phrase.start)]
    compares = _FIGURES.search(sentence.text) is not None
    month = running.reading.period if running is not None and running.start >= sentence.start_char else None
    if month is not None and month.unit == "month" and compares:
        account = month
    return replace(context, account=account, compares=compares)
