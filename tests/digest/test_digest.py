"""Which days are chosen, which sentences tell them, how they make chapters, and what is written."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kb.digest import Digest, compose, formats
from kb.digest.chapters import chapters, period
from kb.digest.days import importance, in_order, lag
from kb.digest.material import Article, Day, Entry, Event, Material
from kb.digest.words import overlap, words
from tests.digest.making import FALL, TRUCE, Told, material, siege, story

Given = list[tuple[str | None, list[Told]]]

PERIODS = json.loads((Path(__file__).parents[1] / "specs" / "digest" / "periods.json").read_text("utf-8"))


def test_a_day_that_is_named_for_months_comes_first() -> None:
    found = compose(story())
    assert [day.date for day in found.days] == sorted(day.date for day in found.days)
    best = max(found.days, key=lambda day: day.importance)
    assert best.date == "2022-03-03"
    assert found.articles == 4


def test_news_without_a_date_is_news_of_the_day_that_others_say() -> None:
    today: Told = ("Rebels shelled the harbour of Arvana on Monday.", ["2022-03-07"], [])
    undated: Told = ("The old bridge of Beldar has been blown up by soldiers of the northern army.", [], [])
    told = material(*[("2022-03-07", [today])] * 5, ("2022-04-09", [undated]))
    assert lag(told).same > 0.8
    found = {day.date: day.importance for day in compose(told).days}
    assert found["2022-04-09"] > 0
    assert "2022-04-08" not in found
    before: Told = ("A bridge of Beldar was blown up by soldiers of the army on Friday.", ["2022-04-08"], [])
    likened = material(*[("2022-03-07", [today])] * 2, ("2022-04-09", [undated]), ("2022-04-10", [before]))
    found = {day.date: day.importance for day in compose(likened).days}
    assert found["2022-04-08"] > found.get("2022-04-09", 0)


def test_copies_are_one_witness_and_loud_days_do_not_drown_others() -> None:
    loud: Given = [("2022-03-04", [("Rebels took the port of Arvana on Thursday.", ["2022-03-03"], [])])] * 6
    kept: Given = [
        (f"2022-0{month}-20", [("The siege began on January 5.", ["2022-01-05"], [])]) for month in (3, 4, 5)
    ]
    told = material(*loud, *kept)
    found = importance(told, {}, {})
    assert found["2022-01-05"] > found["2022-03-03"]
    one = Material(tuple(Article(a.id, published=a.published, witness="same") for a in told.articles), told.sentences)
    assert importance(one, {}, {})["2022-03-03"] < found["2022-03-03"]


def test_a_date_in_a_dateline_is_not_named() -> None:
    line = "ARVANA | Thu Mar 3, 2022 7:30 pm EST ARVANA (Reuters) - Rebels took the port of Arvana after a siege."
    told = material(("2022-03-03", [(line, ["2022-03-03"], [])]))
    at = line.index("Mar 3")
    sentence = told.sentences[0]
    told = Material(told.articles, (type(sentence)(sentence.id, sentence.article, 0, line, (("2022-03-03", at),)),))
    (entry,) = (entry for day in compose(told).days for entry in day.entries)
    assert entry.text == "Rebels took the port of Arvana after a siege."


def test_no_two_entries_tell_one_event() -> None:
    found = compose(story())
    entries = [(day.date, entry) for day in found.days for entry in day.entries]
    assert len(entries) >= 4
    for (_, one), (_, other) in ((a, b) for a in entries for b in entries if a is not b):
        assert overlap(frozenset(words(one.text)), frozenset(words(other.text))) < 0.5
    main = [(event.id, day) for day, entry in entries for event in entry.events if event.day == day]
    assert len(main) == len(set(main))


def test_no_entry_says_he_of_somebody_it_does_not_name() -> None:
    assert not any(entry.text.startswith("He ") for day in compose(story()).days for entry in day.entries)
    line = "He said on Thursday that the whole garrison of Arvana had fled by sea."
    assert compose(material(("2022-03-04", [(line, [FALL], [])]))).days == ()


def test_a_day_before_silence_is_not_drowned_by_one_that_had_more_chances_to_be_named() -> None:
    early: Given = [
        (f"2022-01-{day:02d}", [("Rebels hold the port since January 1.", ["2022-01-01"], [])]) for day in (2, 3, 4)
    ]
    filler: Given = [(f"2022-{month:02d}-{day:02d}", [("Grain was sold in Beldar.", [], [])])
              for month in (1, 2) for day in range(5, 29)]  # fmt: skip
    late: Given = [
        (f"2022-12-{day:02d}", [("The truce was signed on December 1.", ["2022-12-01"], [])]) for day in (2, 3)
    ]
    found = importance(material(*early, *late), {}, {})
    assert found["2022-01-01"] > found["2022-12-01"]
    found = importance(material(*early, *filler, *late), {}, {})
    assert found["2022-12-01"] > found["2022-01-01"]


def test_what_was_long_before_the_first_article_is_no_greater_for_the_silence_around_it() -> None:
    """Another war that is called to mind had as many chances to be named as the first day of this one."""
    old: Told = ("The bay was last mined on June 6, 1944.", ["1944-06-06"], [])
    new: Told = ("The siege began on March 1.", ["2022-03-01"], [])
    told: Given = [(f"2022-03-{day:02d}", [old, new]) for day in range(1, 20)]
    found = importance(material(*told), {}, {})
    assert found["1944-06-06"] < 1.2 * found["2022-03-01"]


def test_a_day_that_was_only_foretold_counts_half() -> None:
    ahead: Given = [("2022-03-01", [("Talks will open in Beldar on April 5.", ["2022-04-05"], [])])]
    kept: Given = [("2022-04-06", [("Talks opened in Beldar on April 5.", ["2022-04-05"], [])])]
    foretold = importance(material(*ahead), {}, {})["2022-04-05"]
    assert importance(material(*ahead, *kept), {}, {})["2022-04-05"] > 2.5 * foretold
    told = Event("event-opened", "Talks open", "2022-04-05", 0.8)
    undated: Given = [("2022-04-06", [("Talks opened in Beldar.", [], [told])])]
    assert importance(material(*undated), {}, {})["2022-04-05"] > 0


def test_the_day_after_a_greater_one_counts_less_where_it_tells_the_same() -> None:
    found = {"2022-03-03": 2.0, "2022-03-04": 1.0, "2022-03-05": 3.0, "2022-03-09": 1.0}
    same = list(in_order(found, lambda _one, _other: 1.0))
    assert same == [("2022-03-05", 3.0), ("2022-03-03", 2.0), ("2022-03-09", 1.0), ("2022-03-04", 0.5)]
    assert dict(in_order(found, lambda _one, _other: 0.0)) == found


def test_undated_news_is_of_its_day_of_publication_where_nothing_else_is_known() -> None:
    alone = material(("2022-04-09", [("The old bridge of Beldar has been blown up by soldiers.", [], [])]))
    assert lag(alone).same == pytest.approx(2 / 3)
    assert [day.date for day in compose(alone).days] == ["2022-04-09"]


def test_what_happened_is_told_before_what_was_to_come() -> None:
    ahead = "Rebels and ministers of Beldar will sign a truce of three months in the port of Arvana on June 1."
    after = "Rebels and ministers of Beldar signed in the port of Arvana a truce of three months on June 1."
    told = material(("2022-05-20", [(ahead, [TRUCE], [])]), ("2022-06-02", [(after, [TRUCE], [])]))
    (day,) = (day for day in compose(told).days if day.date == TRUCE)
    assert [entry.text for entry in day.entries] == [after]


def test_a_sentence_that_needs_its_articles_day_comes_behind() -> None:
    """“Last Friday” is another day than the one it is told under."""
    leaning = "Rebels took the port of Arvana on Thursday, six days after ministers left it last Friday by boat."
    plain = "Rebels took the port of Arvana on Thursday, six days after ministers left it by boat for Beldar."
    at = leaning.index("last Friday")

    def first(line: str, *named: tuple[str, int]) -> str:
        told = material(("2022-03-04", [(line, [], [])]), ("2022-03-04", [(plain, [FALL], [])]))
        sentences = (replace(told.sentences[0], named=tuple(sorted(named))), told.sentences[1])
        (day,) = (d for d in compose(Material(told.articles, sentences)).days if d.date == FALL)
        return day.entries[0].text

    assert first(leaning, (FALL, 0), ("2022-02-25", at)) == plain
    dated = leaning.replace("last Friday", "on February 25")
    assert first(dated, (FALL, 0), ("2022-02-25", at + 3)) == dated


def test_a_second_sentence_of_a_day_is_of_another_article_where_there_is_one() -> None:
    first: list[Told] = [
        ("Rebels took the port of Arvana on Thursday after a siege of three weeks.", [FALL], []),
        ("Governor Marek Dol fled from the port of Arvana by boat on Thursday with forty soldiers.", [FALL], []),
    ]
    old: Told = ("Grain from the south was sold dear in Beldar since February 1.", ["2022-02-01"], [])
    other: Told = ("Ministers in Beldar called the loss of the port of Arvana on Thursday a black day.", [FALL], [])
    told = material(("2022-03-04", first), ("2022-03-04", [old, old, old, other]))
    (day,) = (day for day in compose(told).days if day.date == FALL)
    assert len(day.entries) == 3
    assert len({entry.article.id for entry in day.entries[:2]}) == 2


def test_two_parts_of_one_event_may_both_be_told() -> None:
    """One event has its who and its how; only where words are shared as well do two sentences tell the same."""
    fall = siege("fall", FALL)
    lines = ("Rebels took the port of Arvana on Thursday after a siege of three weeks and two days.",
             "Forty soldiers of Governor Marek Dol fled by boat as the garrison gave up its guns.")  # fmt: skip
    again = "Rebels took the port of Arvana as hunger spread among fishermen and their families there."
    told = material(*[("2022-03-04", [(line, [FALL], [fall])]) for line in (*lines, again)])
    (day,) = (day for day in compose(told).days if day.date == FALL)
    assert len(day.entries) == 2
    assert any(entry.text == lines[1] for entry in day.entries)


def test_the_order_of_articles_changes_nothing() -> None:
    told = story()
    wanted = compose(told)
    for seed in range(5):
        mixed = random.Random(seed)  # noqa: S311
        articles, sentences = list(told.articles), list(told.sentences)
        mixed.shuffle(articles)
        mixed.shuffle(sentences)
        assert compose(Material(tuple(articles), tuple(sentences))) == wanted


def test_days_are_bounded_and_as_many_as_wanted() -> None:
    june = compose(story(), within=("2022-06-01", "2022-06-19"))
    assert [day.date for day in june.days] == ["2022-06-01", "2022-06-19"]
    assert len(compose(story(), most=2).days) == 2
    assert len(compose(story()).best(1, 1).days) == 1
    assert all(len(day.entries) == 1 for day in compose(story()).best(9, 1).days)
    assert compose(Material((), ())) == Digest(())


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    compose(story(), progress=lambda done, whole: told.append((done, whole)))
    assert [done for done, _ in told] == list(range(1, len(told) + 1))
    assert {whole for _, whole in told} == {len(told)}


@pytest.mark.parametrize("row", PERIODS)
def test_periods(row: dict[str, str]) -> None:
    assert period(row["first"], row["last"]) == row["words"]


def days(*dates: str, names: tuple[str, ...] = ()) -> tuple[Day, ...]:
    entry = Entry("Rebels took the port.", Article("article-1", "Port falls"), "passage-1", (), names)
    return tuple(Day(date, 1.0 + number / 10, (entry,)) for number, date in enumerate(dates))


def test_long_silences_part_chapters() -> None:
    first = days("2022-03-01", "2022-03-02", "2022-03-04", names=("Arvana",))
    later = days("2022-06-10", "2022-06-11", "2022-06-12", names=("Beldar",))
    found = chapters(Digest((*first, *later)))
    assert [[day.date for day in one.days] for one in found] == [[d.date for d in first], [d.date for d in later]]
    assert found[0].heading == "1 to 4 Mar 2022: Arvana"
    assert found[1].heading == "10 to 12 Jun 2022: Beldar"


def test_even_days_are_one_chapter_and_chapters_stay_few() -> None:
    assert len(chapters(Digest(days("2022-03-01", "2022-03-08", "2022-03-15", "2022-03-22")))) == 1
    assert chapters(Digest(())) == ()
    dates = (f"{year}-{month:02}-0{day}" for year in (2020, 2021) for month in range(1, 13) for day in (1, 2))
    many = days(*dates)
    found = chapters(Digest(many))
    assert len(found) <= 14
    assert [day for one in found for day in one.days] == list(many)


def told() -> Digest:
    entry = Entry(
        "Rebels took <b>the port</b> of Arvana on Thursday.",
        Article("article-1", "Port *falls*", "The Example", "https://example.org/1", "2022-03-04"),
        "passage-1", (Event("event-1", "Rebels take port", "2022-03-03", 0.8),), ("Arvana",),
    )  # fmt: skip
    foul = Entry("Governor Dol fled.", Article("article-2", "Flight", url="javascript:alert(1)"), "passage-2")
    return Digest((Day("2022-03-03", 3.2, (entry, foul)), Day("2022-06-01", 1.0, (foul,))), 2)


def test_text_names_article_and_event() -> None:
    lines = formats.text(told()).splitlines()
    assert lines[:4] == [
        "3 Mar 2022",
        "  Rebels took <b>the port</b> of Arvana on Thursday.",
        "      Port *falls*, The Example, 4 Mar 2022, https://example.org/1",
        "      Rebels take port (event-1)",
    ]
    assert formats.text(told(), chapters=True).startswith("3 Mar to 1 Jun 2022: Rebels take port; Arvana\n====")


def test_markdown_takes_no_words_for_marks() -> None:
    found = formats.markdown(told())
    assert found.startswith("# The story\n\n## 3 Mar 2022\n\n- Rebels took \\<b\\>the port")
    assert "[Port \\*falls\\*](<https://example.org/1>)" in found
    assert "javascript" not in found


def test_json_holds_everything() -> None:
    found = json.loads(formats.as_json(told()))
    assert found["days"][0]["entries"][0]["events"] == [
        {"id": "event-1", "title": "Rebels take port", "day": "2022-03-03"}
    ]
    assert found["days"][0]["entries"][0]["article"]["url"] == "https://example.org/1"
    (part,) = json.loads(formats.as_json(told(), chapters=True))["chapters"]
    assert [day["date"] for day in part["days"]] == ["2022-03-03", "2022-06-01"]


def test_jsonl_has_a_line_a_day() -> None:
    rows = [json.loads(line) for line in formats.jsonl(told()).splitlines()]
    assert rows[1] == {"date": "2022-06-01", "importance": 1.0, "sentences": ["Governor Dol fled."]}


def test_timelinejs_escapes_and_links_only_to_the_web() -> None:
    found: dict[str, Any] = json.loads(formats.timelinejs(told()))
    slide = found["events"][0]
    assert slide["start_date"] == {"year": 2022, "month": 3, "day": 3}
    assert "<b>" not in slide["text"]["text"]
    assert '<a href="https://example.org/1">Port *falls*, The Example</a>' in slide["text"]["text"]
    assert "javascript" not in json.dumps(found)
    assert all(one["unique_id"] != other["unique_id"] for one, other in pairwise(found["events"]))
    assert siege("fall", "2022-03-03").title not in json.dumps(found)


def test_one_sentence_tells_one_day_the_one_that_its_event_is_dated_to() -> None:
    met = Event("event-met", "Lind meets Dol", "2022-03-10", 0.9, span=("2022-03-10", "2022-03-10"))
    fell = Event("event-fell", "Fall of Arvana", FALL, 0.5, span=(FALL, FALL))
    line = "Bo Lind met Governor Dol in Cormin on Thursday, the first talks since Arvana fell on March 3."
    other = "Arvana, the largest port of the country, fell to rebels of the north on Thursday after a siege."
    told = material(
        ("2022-03-11", [(line, ["2022-03-10", FALL], [met, fell])]), ("2022-03-04", [(other, [FALL], [])])
    )  # fmt: skip
    texts = {day.date: [entry.text for entry in day.entries] for day in compose(told).days}
    assert texts[FALL] == [other]
    assert texts["2022-03-10"] == [line]


def test_what_is_dated_to_other_days_is_no_news_of_the_day() -> None:
    massed = Event("event-massed", "Rebels mass", None, 0.8, span=("2021-04-01", "2021-04-30"))
    line = "In April 2021, rebels massed about ten thousand soldiers near the northern border of Arvana."
    assert compose(material(("2022-02-22", [(line, [], [massed])]))).days == ()
