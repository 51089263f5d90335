"""Whether a text is an article: enough running text, in English, no table of data, no program code."""

from __future__ import annotations

import re
import runpy
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from ingest.clean.boilerplate import is_prose, word_count
from kb.errors import NotAnArticle

_ENOUGH = 12  # words of running text: one sentence; a paywall teaser has about 60, a feed summary 25, a menu none
_NAMES = {"de": "German", "fr": "French", "es": "Spanish", "pt": "Portuguese", "it": "Italian", "nl": "Dutch",
          "sv": "Swedish", "da": "Danish", "nb": "Norwegian", "fi": "Finnish", "pl": "Polish", "cs": "Czech",
          "ro": "Romanian", "tr": "Turkish",
          "id": "Indonesian", "hu": "Hungarian", "uk": "Ukrainian", "ru": "Russian",
          "xx": "another language"}  # fmt: skip
_OTHER_SCRIPTS = frozenset({"uk", "ru", "xx"})
_CODE = re.compile(r"[{}\[\]();=<>\\|_`~^]")


def check_not_table(source: str, text: str) -> None:
    """Refuse tables of data, by the lines as they came.

    Raises: NotAnArticle.
    """
    lines = [line for line in text.splitlines() if line.strip()][:2000]
    for separator in ",;\t|":
        counts = [line.count(separator) for line in lines]
        usual = max(set(counts), key=counts.count) if counts else 0
        if len(lines) >= 3 and usual >= 1 and counts.count(usual) >= 0.8 * len(lines) and not _is_wrapped(lines):
            raise NotAnArticle(f"{source} is a table of data, not an article; give the text of an article.")


def check_not_code(source: str, text: str) -> None:
    """Refuse program code and data, by the share of signs that prose hardly has. `text` is what cleaning left.

    Raises: NotAnArticle.
    """
    dense = re.sub(r"\s", "", text[:200_000])
    if len(dense) >= 80 and len(_CODE.findall(dense)) > 0.03 * len(dense):
        raise NotAnArticle(f"{source} is program code or data, not an article; give the text of an article.")


def _is_wrapped(lines: list[str]) -> bool:
    """Lines that are sentences: most of the running text ends as sentences do."""
    return sum(is_prose(line) for line in lines) >= 0.5 * len(lines)


def check_prose(source: str, text: str, body: list[str]) -> None:
    """Refuse what has too little running text.

    Raises: NotAnArticle.
    """
    if not text:
        raise NotAnArticle(f"{source} holds no text of an article; open it and check that the article is on the page.")
    running = [paragraph for paragraph in body if is_prose(paragraph)]
    if sum(map(word_count, running)) < _ENOUGH:
        raise NotAnArticle(
            f"{source} has fewer than {_ENOUGH} words of running text; check that the article is on the page."
        )


def language(text: str) -> str:
    """The ISO 639-1 code of the language whose function words make up most of a text; "xx" for one not told apart.

    English unless another language is clearly ahead, so that names and figures do not count against it.
    """
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", text[:20_000])]
    if not words:
        return "en"
    if sum(word.isascii() for word in words) < 0.5 * len(words) and not any(
        "a" <= word[0] <= "z" for word in words[:50]
    ):
        return _cyrillic(words)
    share = {code: _share(words, code) for code in ("en", *_NAMES) if code not in _OTHER_SCRIPTS}
    best = max(share, key=lambda code: share[code])
    return best if best != "en" and share[best] > 0.15 and share[best] > 1.4 * share["en"] else "en"


def _cyrillic(words: list[str]) -> str:
    """“uk”, “ru” or, for another language in those letters and for any in others, “xx”.

    Letters that one of them lacks decide before function words, many of which they share with Bulgarian and Serbian.
    """
    letters = set("".join(words))
    if letters & set("ўђљњћџјќѓѕ") or not letters & set("абвгдежзиклмнопрст"):
        return "xx"
    codes = [code for code, own in (("uk", "іїєґ"), ("ru", "ыэё")) if letters & set(own)]
    best = max(codes, key=lambda code: _share(words, code), default="xx")
    return best if best != "xx" and _share(words, best) > 0.1 else "xx"


def _share(words: list[str], code: str) -> float:
    return sum(word in _function_words(code) for word in words) / len(words)


def language_name(code: str) -> str:
    """The English name of a language that `language` tells apart."""
    return _NAMES.get(code, code)


@cache
def _function_words(code: str) -> frozenset[str]:
    # by its path: importing spacy.lang.fr compiles two seconds of tokenizer exceptions, for every text that is read
    return frozenset(runpy.run_path(str(Path(_spacy(), "lang", code, "stop_words.py")))["STOP_WORDS"])


@cache
def _spacy() -> str:
    spec = find_spec("spacy")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("spacy")
    return str(Path(spec.origin).parent)
