"""Texts, plurals and numbers in the language of whoever reads them.

Which language that is, is asked at each word: the app tells it for each session, and everybody else reads English.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

SOURCE = "en"
"""The language that the texts are written in."""

LANGUAGES = {SOURCE: "English", "uk": "Українська"}
"""Each language by its code (ISO 639-1), by the name that its readers give it."""

DOMAIN = "eventline"
LOCALES = Path(__file__).parent / "locale"

_asked: list[Callable[[], str | None]] = []
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def heed(asked: Callable[[], str | None]) -> None:
    """Let the reader's language be asked so. Arguments: asked, which gives its code, None where nobody reads."""
    _asked[:] = [asked]


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Say all within in one language, as where a file is made in a thread that knows no reader. Arguments: its code."""
    before = _spoken.set(code if code in LANGUAGES else SOURCE)
    try:
        yield
    finally:
        _spoken.reset(before)


def language() -> str:
    """The code of the language that is spoken now."""
    found = _spoken.get() or next((asked() for asked in _asked), None)
    return found if found in LANGUAGES else SOURCE


def choice(wanted: str | None, accepted: Sequence[str]) -> str:
    """The language for a reader. Arguments: wanted, a code that was asked for; accepted, what the browser prefers."""
    if wanted in LANGUAGES:
        return wanted
    return next((code for tag in accepted if (code := tag.split("-")[0].lower()) in LANGUAGES), SOURCE)


def mark(text: str) -> str:
    """The text as it is, marked for the catalogue: it is said later, by `say` with what holds it."""
    return text


def pair(one: str, many: str) -> tuple[str, str]:
    """The texts for one and for many as they are, marked for the catalogue. Arguments: as `plural` takes them."""
    return one, many


def forms(one: str, many: str) -> dict[str, str]:
    """A text with a number in each of its forms, by the name that Unicode's plural rules give it, for the browser.

    Arguments: as `plural` takes them.
    """
    code = language()
    if code == SOURCE:
        return {"one": one, "other": many}
    from babel import Locale  # noqa: PLC0415 (only who reads another language should wait for it)

    rule, catalogue = Locale.parse(code).plural_form, _catalogue(code)
    made = {rule(number): catalogue.ngettext(one, many, number) for number in range(101)}
    return {"other": catalogue.ngettext(one, many, 5), **made}


def say(text: str, /, **parts: object) -> str:
    """A text in the reader's language. Arguments: text, in English; parts, what stands for its {names}."""
    return _filled(_catalogue(language()).gettext(text) if text else "", parts)


def sense(context: str, text: str, /, **parts: object) -> str:
    """As `say`, for words that mean several things. Arguments: context, which of them is meant; text; parts."""
    return _filled(_catalogue(language()).pgettext(context, text), parts)


def plural(count: int, one: str, many: str, /, **parts: object) -> str:
    """A text with a number in it ({n}), in the form that the number asks for. Arguments: count; the text for one; for
    many; parts, what stands for its other {names}.
    """  # noqa: D205 - one sentence
    return _filled(_catalogue(language()).ngettext(one, many, count), {"n": count, **parts})


def within(text: str) -> str:
    """A text that stands alone as it is said within a sentence: “Latest first” as “latest first”."""
    return text[:1].lower() + text[1:]


def number(value: int) -> str:
    """A number with its thousands set apart."""
    if language() == SOURCE or -1000 < value < 1000:
        return f"{value:,}"
    from babel.numbers import format_decimal  # noqa: PLC0415 (only who reads another language should wait for it)

    return str(format_decimal(value, locale=language()))


def _filled(text: str, parts: dict[str, object]) -> str:
    if not parts:
        return text
    shown = {name: number(part) if type(part) is int else part for name, part in parts.items()}
    return text.format_map(shown)


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    """The catalogue of a language; where it was never compiled, everything is said in English."""
    return gettext.translation(DOMAIN, LOCALES, [code], fallback=True)
