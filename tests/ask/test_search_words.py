"""What is typed into the search box, understood and marked, without a store."""

from __future__ import annotations

import pytest

from kb.ask.search import asked
from kb.errors import BadInput

# Words typed, a text, and what of the text is marked: all of it has to be there.
MARKED = (
    ("istanbul talks", "Talks in Istanbul; more talks.", ["Talks", "Istanbul", "talks"]),
    ('"peace talks"', "Peace\ntalks, and talks of peace.", ["Peace\ntalks"]),
    ("“peace talks”", "the peace-talks", ["peace-talks"]),
    ('"peace talks', "the peace talks", ["peace talks"]),
    ("negotiat*", "Negotiators negotiated.", ["Negotiators", "negotiated"]),
    ("negotiat", "Negotiators negotiated.", []),
    ("F-16", "an F-16 and an F 16, no F-166", ["F-16", "F 16"]),
    ("Zelenskyy", "Zelenskyy’s office", ["Zelenskyy"]),
    ("U.S.", "the U.S. envoy", ["U.S"]),
    ("(peace) AND ~talks^2", "peace and talks 2", ["peace", "and", "talks 2"]),
    ("стамбул*", "Переговори в Стамбулі", ["Стамбулі"]),
    ("snow_white", "Snow White", ["Snow White"]),
)


@pytest.mark.parametrize(("typed", "text", "found"), MARKED)
def test_what_is_looked_for_is_marked_where_it_stands(typed: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in asked(typed).marks(text)] == found


@pytest.mark.parametrize("typed", ["", "   ", "(", '"', '""', "* * *", "\\", "😀 ?!", "_", "—"])
def test_without_a_letter_or_figure_nothing_is_asked_for(typed: str) -> None:
    assert not asked(typed)
    assert asked(typed).marks("anything (at all)") == ()


def test_a_word_said_twice_is_asked_for_once() -> None:
    assert asked("talks Talks talks").chunks == asked("talks").chunks


def test_too_many_words_are_refused_in_a_sentence() -> None:
    with pytest.raises(BadInput, match="at most 24 words"):
        asked(" ".join(f"word{number}" for number in range(25)))


def test_what_follows_is_checked_beside_the_index_and_single_words_are_not() -> None:
    assert asked("peace talks negotiat*").patterns == []
    assert len(asked('"peace talks" F-16').patterns) == 2
