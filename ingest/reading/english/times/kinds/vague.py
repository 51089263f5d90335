"""Readings of the vague now, past and future."""

from __future__ import annotations

from collections.abc import Callable

from ingest.reading.english.times.kinds.readings import FUTURE, PAST, PRESENT, Context, Reading
from ingest.reading.english.times.phrases.grammar import Phrase
from kb.edtf import Edtf


def _now(phrase: Phrase, context: Context) -> Reading | None:
    # "the current government" says which one is meant, not when anything happened: no date is claimed.
    dates_nothing = context.narrative or phrase.get("word") in ("current", "present")
    about = None if dates_nothing else _about(context)
    return Reading("DATE", PRESENT, "the writer's present", basis="publication", edtf=about)


def _about(context: Context) -> Edtf | None:
    month = context.published.widen("month") if context.published else None
    made = month or context.published
    return made.edtf(approximate=True) if made else None


def _recently(phrase: Phrase, context: Context) -> Reading | None:
    return Reading(
        "DATE",
        PAST,
        "shortly before publication",
        basis="publication",
        edtf=None if context.narrative else _about(context),
    )


def _past(phrase: Phrase, context: Context) -> Reading | None:
    """The past; “former” and “formerly” in a history only.

    TIDES 2005 lists them among the triggers, and annotators of histories mark them; in the news they are part of a
    title or a name (“former president X”, “X, formerly Y”), and annotators of news by TimeML leave them alone.
    """
    if phrase.get("word") in ("former", "formerly") and not context.narrative:
        return None
    return Reading("DATE", PAST, "some time before now", basis="open")


def _future(phrase: Phrase, context: Context) -> Reading | None:
    if context.narrative and phrase.get("word").endswith("soon"):
        return None
    if not context.narrative and phrase.get("word") == "future":
        return None  # "future earnings" are some of these, as "former president" is a title
    return Reading("DATE", FUTURE, "some time after now", basis="open")


def _of_an_event(phrase: Phrase, context: Context) -> Reading | None:
    """“The third anniversary”, “the first day”: dated by their event, and no time without it."""
    return None


READERS: dict[str, Callable[[Phrase, Context], Reading | None]] = {
    "now": _now,
    "recently": _recently,
    "past": _past,
    "future": _future,
    "anniversary": _of_an_event,
    "nth_of": _of_an_event,
    "unit_number": _of_an_event,
}
"""The readers of vague references, by kind of the grammar."""
