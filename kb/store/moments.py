"""Moments as the graph writes them: ISO strings in UTC, to the millisecond, which sort as they follow."""

from __future__ import annotations

import datetime as dt
import re

from kb.errors import InvalidDate


def now() -> str:
    """The present moment in UTC as an ISO string, to the millisecond."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")


def moment(text: str) -> str:
    """A day or a moment as the graph writes moments: a day means its end, in UTC. Raises: InvalidDate."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            day = dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC) + dt.timedelta(days=1)
            return (day - dt.timedelta(milliseconds=1)).isoformat(timespec="milliseconds")
        found = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidDate(f"“{text}” is no day or moment; write it like 2024-02-16 or 2024-02-16T18:30") from error
    return (found if found.tzinfo else found.replace(tzinfo=dt.UTC)).astimezone(dt.UTC).isoformat(
        timespec="milliseconds")  # fmt: skip
