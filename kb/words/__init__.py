"""What the program itself says, in the language of whoever reads it: texts, plurals, numbers and dates.

The English text is the key of its translation (gettext, `kb/words/locale/`). What articles say is never translated.
"""

from kb.words.dates import human, moment, month, months
from kb.words.speech import (
    LANGUAGES,
    SOURCE,
    choice,
    forms,
    heed,
    language,
    mark,
    number,
    pair,
    plural,
    say,
    sense,
    speaking,
    within,
)
from kb.words.told import retold
from kb.words.written import dated

__all__ = [
    "LANGUAGES",
    "SOURCE",
    "choice",
    "dated",
    "forms",
    "heed",
    "human",
    "language",
    "mark",
    "moment",
    "month",
    "months",
    "number",
    "pair",
    "plural",
    "retold",
    "say",
    "sense",
    "speaking",
    "within",
]  # fmt: skip
