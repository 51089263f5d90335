"""How rare a word is in English, and how alike texts are by their weighed words.

Rarity is fixed, so that no judgement changes because other articles came in.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache

_ARTICLE = 300  # words of a news article
_UNKNOWN = 1e-8  # frequency of what the list does not hold: one word in a hundred million
_MOST = 12.0
UNHEARD = 11.9
"""Rarity from which a word stands in no list of English words."""
RARE = 8.0
"""Rarity from which a capitalised word is more likely a name: one article in three thousand has it."""


@cache
def rarity(word: str) -> float:
    """The rarity of a lower-case word or lemma, from 0 (in every article) to 12.

    It is -ln(1 - exp(-n f)), the inverse document frequency (Spärck Jones 1972) over articles of n = 300 words, where f
    is the word's share of all words and a word's count in an article is Poisson. The shares are those of wordfreq
    (Speer 2022), which counted books, news, subtitles, encyclopedias and talk on the web up to 2021.
    """
    expected = _frequencies().get(word, _UNKNOWN) * _ARTICLE
    return min(_MOST, -math.log1p(-math.exp(-expected))) if expected < _MOST else 0.0


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The scalar product of two vectors of words, whatever their order; of vectors of length 1, how alike they are."""
    less, more = sorted((one, other), key=len)
    return math.fsum(weight * more[word] for word, weight in less.items() if word in more)


@cache
def _frequencies() -> dict[str, float]:
    from wordfreq import get_frequency_dict  # noqa: PLC0415 (half a second that only a comparison should cost)

    return dict(get_frequency_dict("en", "large"))
