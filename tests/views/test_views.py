"""What the pages draw, without a browser: spans of dates, lanes, windows, and markup that nothing can break out of."""

from __future__ import annotations

import re
from math import dist
from statistics import mean
from typing import Any

import pytest

from kb.ask.claims import ClaimRow
from kb.ask.claims.disputes import ClaimLinkRow
from kb.ask.event import EventDetail, Participant, Report
from kb.ask.kept.lanes import Beside
from kb.ask.network import Behind, Connection, NetworkEdge, NetworkGraph, NetworkNode
from kb.ask.network.lines import Sentence
from kb.ask.rows import ArticleRow, Named
from kb.ask.timeline import TimelineRow
from kb.ask.why import Reason
from kb.counted import EVENT_TYPES, deeds
from kb.views.networks import behind, looks
from kb.views.networks.layout import groups_of, places_of
from kb.views.parts import event_panel, spans, voices
from kb.views.parts.markup import TYPE_WORDS, link, marked, plain

EVIL = '<img src=x onerror="alert(1)">'


def row(edtf: str | None, earliest: str | None = None, latest: str | None = None, **other: Any) -> TimelineRow:
    base: dict[str, Any] = {
        "id": "e", "title": "Talks", "type": "meeting", "edtf": edtf, "earliest": earliest, "latest": latest,
        "precision": "day", "status": "asserted", "salience": 0.5, "confidence": 0.9, "place": None, "people": (),
        "organizations": (), "reports": 1,
    }  # fmt: skip
    return TimelineRow(**(base | other))


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest", "start", "end"),
    [
        ("2022-02-24", "2022-02-24", "2022-02-24", "2022-02-24", "2022-02-25"),
        ("2022-03", "2022-03-01", "2022-03-31", "2022-03-01", "2022-04-01"),
        ("2014", "2014-01-01", "2014-12-31", "2014-01-01", "2015-01-01"),
        ("1990/..", "1990-01-01", None, "1990-01-01", "2025-01-01"),
        ("../1990", None, "1990-12-31", "1989-12-31", "1991-01-01"),
    ],
)
def test_a_date_is_drawn_as_the_span_it_is(edtf: str, earliest: str, latest: str, start: str, end: str) -> None:
    [item] = spans.items([row(edtf, earliest, latest)], ("1990-06-01", "2024-12-31"), [], "none")
    assert (item.start, item.end) == (start, end)
    assert (item.open_start, item.open_end) == (earliest is None, latest is None)


def test_doubt_is_drawn_and_said() -> None:
    about = row("2024-02~", "2024-02-01", "2024-02-29")
    doubted = row("2024-02?", "2024-02-01", "2024-02-29")
    alleged = row("2024-02-01", "2024-02-01", "2024-02-01", status="alleged")
    soft, unsure, told = spans.items([about, doubted, alleged], ("2024-01-01", "2024-12-31"), [], "none")
    assert (soft.soft, soft.unsure) == (True, False)
    assert (unsure.soft, unsure.unsure) == (False, True)
    assert (told.unsure, told.tag) == (True, "alleged")


def test_a_date_less_sure_than_stated_and_a_guessed_year_are_drawn_and_said() -> None:
    low = row("2024-02-01", "2024-02-01", "2024-02-01", confidence=0.5)
    guess = row("2023-04-01", "2023-04-01", "2023-04-01", year_guessed=True)
    both = row("2023-04-01", "2023-04-01", "2023-04-01", year_guessed=False)
    drawn = spans.items([low, guess, both], ("2023-01-01", "2024-12-31"), [], "none")
    assert {(item.unsure, item.tag) for item in drawn} == {(True, "date doubtful"), (True, "year guessed"), (False, "")}
    assert row(None, confidence=0.1).doubt == ""


@pytest.mark.parametrize(
    ("earliest", "latest"), [(None, None), ("-0044-03-15", "-0044-03-15"), ("0000-01-01", "0000-12-31")]
)
def test_what_no_calendar_axis_can_hold_is_left_off_it(earliest: str | None, latest: str | None) -> None:
    assert spans.items([row(None, earliest, latest)], ("2024-01-01", "2024-12-31"), [], "none") == []
    assert spans.window_of([row(None, earliest, latest)]) is None


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_do_no_harm(day: str) -> None:
    window = spans.window_of([row(day, day, day)])
    assert window is not None
    assert window[0] < window[1]
    assert spans.items([row(day, day, day)], window, [], "none")


def test_a_lone_event_of_another_century_does_not_set_the_window() -> None:
    rows = [row("1783", "1783-01-01", "1783-12-31")]
    rows += [row(f"2022-03-{n:02d}", f"2022-03-{n:02d}", f"2022-03-{n:02d}") for n in range(1, 29)] * 3
    window = spans.window_of(rows, 0.9)
    assert window is not None
    assert window[0] > "2021"


def test_lanes_hold_the_most_frequent_and_one_for_the_rest() -> None:
    rows = [
        row("2022", "2022-01-01", "2022-12-31", people=people)
        for people in (("A",), ("A", "B"), ("A",), ("B",), ("C",), ())
    ]
    lanes = spans.lanes_of(rows, "people", most=2)
    assert [lane.title for lane in lanes] == ["A", "B", "Other or no one"]
    drawn = spans.items(rows, ("2022-01-01", "2022-12-31"), lanes, "people")
    assert [item.group for item in drawn] == ["A", "A", "B", "A", "B", spans.OTHER_LANE, spans.OTHER_LANE]
    assert len({item.id for item in drawn[1:3]}) == 2


BARE = [
    ("War", {"place": "Gaza", "people": ("Ada Berg",)}, "War (Gaza)"),
    ("The coup", {"people": ("Ada Berg",), "organizations": ("Army", "Guard")}, "The coup (Ada Berg, Army)"),
    ("Coup", {}, "Coup"),
    ("Ardal", {"place": "Ardal"}, "Ardal"),
    ("Coup attempt", {"place": "Gaza"}, "Coup attempt"),
]


@pytest.mark.parametrize(("title", "known", "shown"), BARE)
def test_a_title_of_one_word_stands_with_where_or_who(title: str, known: dict[str, Any], shown: str) -> None:
    [item] = spans.items([row("2022-02-24", "2022-02-24", "2022-02-24", title=title, **known)],
                         ("2022-01-01", "2022-12-31"), [], "none")  # fmt: skip
    assert item.title == shown


def test_every_type_that_is_read_has_a_word() -> None:
    assert set(TYPE_WORDS) == set(EVENT_TYPES)
    assert set(deeds(["STATEMENT", "picnic"])) == {*EVENT_TYPES, "picnic"} - {"STATEMENT"}
    assert deeds(EVENT_TYPES, ["STATEMENT", "AID"]) == ("AID",)
    assert "STATEMENT" not in deeds(EVENT_TYPES, ["STATEMENT"])


def test_a_type_has_its_own_mark_for_good_and_what_a_human_named_the_plain_one() -> None:
    assert len(set(spans.SLOTS.values())) == len(spans.SLOTS)
    assert spans.SLOTS.keys() == TYPE_WORDS.keys()
    shown = spans.legend({"AID": 2, "ASSAULT": 7, "Heist": 2}, ("SUPPORT",))
    assert [(entry.type, entry.slot, entry.count, entry.on) for entry in shown] == [
        ("ASSAULT", spans.slot_of("ASSAULT"), 7, False), ("AID", spans.slot_of("AID"), 2, False),
        ("Heist", spans.PLAIN_SLOT, 2, False), ("SUPPORT", spans.slot_of("SUPPORT"), 0, True)]  # fmt: skip


def test_what_sources_dispute_and_a_human_corrected_is_marked_on_the_bar() -> None:
    plain_one = row("2024-02-01", "2024-02-01", "2024-02-01", sources=3)
    marked_one = row("2024-02-02", "2024-02-02", "2024-02-02", disputed=True, corrected=True)
    first, second = spans.items([plain_one, marked_one], ("2024-01-01", "2024-12-31"), [], "none")
    assert (first.disputed, first.corrected, first.single) == (False, False, False)
    assert (second.disputed, second.corrected, second.single) == (True, True, True)
    assert second.data()["single"] is True
    assert first.month == "2024-02"
    [coarse] = spans.items([row("2024", "2024-01-01", "2024-12-31", precision="year")], ("2024", "2025"), [], "none")
    assert coarse.month == ""


def test_the_first_window_is_the_least_that_holds_nine_tenths() -> None:
    months = [("1945-05", 1), ("2014-03", 30), ("2014-04", 20), ("2022-02", 50), ("2022-03", 49)]
    assert spans.window_of_months(months) == ("1943-01-10", "2024-07-20")
    window = spans.window_of_months(months, 0.9)
    assert window is not None
    assert "2013-09" < window[0] < "2014-03"
    assert "2022-04" < window[1] < "2022-09"
    assert spans.window_of_months(months, 0.6) == ("2022-01-27", "2022-04-05")
    assert spans.window_of_months([]) is None


@pytest.mark.parametrize(
    ("first", "last", "window"),
    [
        ("2022", "2022-99", ("2022-01-01", "2022-12-31")),
        ("2022-02-24", "2022-02-99", ("2022-02-24", "2022-02-28")),
        ("2022-03", None, ("2022-03-01", "2024-12-31")),
        (None, "2020-99", ("2014-01-01", "2020-12-31")),
        (None, None, None),
        ("2022-13", None, None),
        ("2030", None, None),
    ],
)
def test_from_and_to_are_the_window(first: str | None, last: str | None, window: tuple[str, str] | None) -> None:
    assert spans.asked_window(first, last, ("2014-01-01", "2024-12-31")) == window


@pytest.mark.parametrize("text", [None, "", "2022", "2022-02-30..2023-01-01", "2023-01-01..2022-01-01", "a..b"])
def test_an_address_that_names_no_window_is_not_followed(text: str | None) -> None:
    assert spans.window_in(text) is None
    assert spans.window_in("2022-01-01..2022-03-02") == ("2022-01-01", "2022-03-02")


def test_no_word_of_an_article_becomes_markup() -> None:
    article = ArticleRow("a&b", EVIL, EVIL, None, "2024-02-16", "given", EVIL)
    reason = Reason(0, f"“{EVIL}” → 2024-02", EVIL, EVIL)
    report = Report("p", f"He said {EVIL}.", 8, 8 + len(EVIL), EVIL, "2024-02", "alleged", 0.5, article)
    event = row("2024-02", "2024-02-01", "2024-02-29", title=EVIL, type=EVIL, status="alleged")
    detail = EventDetail(event, (), (), (), (report,), (), ())
    html = event_panel.head(detail, [reason]) + event_panel.behind(detail)
    assert "<img" not in html
    assert "&lt;img" in html
    assert f"<mark>{'&lt;img'}" in html
    assert "article=a%26b" in html


def test_a_sentence_that_names_an_event_twice_is_shown_once() -> None:
    article = ArticleRow("a", "Day", "Post", None, None, "unknown", "day.txt")
    text = "They began talks before the talks ended."
    told = ((24, 33, None, 0.5), (5, 10, "2022-03", 0.9))
    reports = tuple(Report("p", text, start, end, text[start:end], date, "asserted", sure, article)
                    for start, end, date, sure in told)  # fmt: skip
    place = Named("place-1", "Minsk", "Place")
    who = (Participant("place-1", "Minsk", "Place", "location"), Participant("place-2", "Kyiv", "Place", "location"))
    detail = EventDetail(row("2022-03", "2022-03-01", "2022-03-31"), who, (place,), (), reports, (), ())
    html = event_panel.head(detail) + event_panel.behind(detail)
    assert "1 sentence in 1 article" in html
    assert html.count("They <mark>began</mark> talks before <mark>the talks</mark> ended.") == 1
    assert "gives March 2022; 90% sure" in html
    assert "50% sure" not in html
    assert html.count("Minsk") == 1, "a place is not told a second time as who took part"
    assert "Kyiv" in html


def claim(id: str, speaker: str, text: str) -> ClaimRow:
    article = ArticleRow("a", "Day", "Post", None, None, "unknown", "day.txt")
    return ClaimRow(
        id, text, None, speaker, "said", False, None, "positive", "asserted", 0.5, (), (), None, text, article
    )


def test_a_claim_tells_what_it_contradicts_and_what_contradicts_it() -> None:
    lind, berg = claim("1", "Lind", "thirty fell"), claim("2", "Berg", EVIL)
    links = [ClaimLinkRow("CONTRADICTS", berg, lind, 0.9, "negation", "30 where the other says 12")]
    told = voices.answers_html(berg, links)
    assert "contradicts Lind: thirty fell (30 where the other says 12)" in re.sub(r"</?a[^>]*>", "", told)
    assert 'href="/claims?claim=1"' in told
    told = voices.answers_html(lind, links)
    assert "is contradicted by Berg: &lt;img" in re.sub(r"</?a[^>]*>", "", told)
    assert "<img" not in told
    assert voices.answers_html(claim("3", "Hanley", "it rained"), links) == ""


def test_who_said_it_first_is_told_of_the_others_and_of_the_first() -> None:
    lind, berg = claim("1", "Lind", "thirty fell"), claim("2", "Berg", "thirty fell")
    assert "first said by Lind" in voices.first_html(berg, lind)
    assert "the first to say so" in voices.first_html(lind, lind)
    assert voices.first_html(lind, None) == ""


@pytest.mark.parametrize(("others", "told"), [(1, 1), (3, 3), (4, 4), (5, 3), (40, 3)])
def test_of_many_answers_some_are_told_and_the_rest_counted(others: int, told: int) -> None:
    one = claim("0", "Lind", "thirty fell")
    links = [ClaimLinkRow("REPEATS", claim(f"{n}", f"Speaker {n}", "thirty fell"), one, 0.9, "words", "the same words")
             for n in range(1, others + 1)]  # fmt: skip
    html = voices.answers_html(one, links)
    assert html.count("is repeated by") == told
    assert "thirty fell" not in html, "the same words need not be said again"
    assert (f"and {others - told} more such claims" in html) == (others > told)


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (2, 99), (5, 2)])
def test_offsets_that_do_not_fit_mark_nothing(start: int, end: int) -> None:
    assert marked("a <b> c", (start, end)) == "a &lt;b&gt; c"


@pytest.mark.parametrize(
    "words", ["**bold** _it_", ":red[x]", "$x^2$", "[a](http://x)", "# head", "<b>", "`c`", "a\nb"]
)
def test_a_label_means_nothing_in_markdown(words: str) -> None:
    shown = plain(words)
    assert shown.replace("\\", "") == words.replace("\n", " ")
    assert all(shown[at - 1] == "\\" for at, letter in enumerate(shown) if letter in "*_:[]$#<>`()^")


def test_a_link_cannot_leave_its_attribute() -> None:
    assert link("network", '"x"', entity='"><script>') == (
        '<a href="/network?entity=%22%3E%3Cscript%3E" target="_self">&quot;x&quot;</a>'
    )


def test_a_line_and_a_connection_tell_their_sentences_and_no_markup() -> None:
    article = ArticleRow("a", "Day", EVIL, None, None, "unknown", "day.txt")
    mara, talks = Named("p", "Mara", "Person"), Named("e", EVIL, "Event", "2022-03")
    step = Behind(mara, talks, (Sentence("agent", EVIL, article), Sentence("located in", "In Ardal.", article)))
    spoken = Behind(talks, Named("c", "thirty fell", "Claim"), claims=(claim("c", "Lind", "thirty fell"),), said=1)
    told = behind.line_html(step)
    assert "did it, located in" in told
    assert "In Ardal." in told
    names = Behind(mara, Named("j", "Jun", "Person"), (Sentence("together", "They met.", article, talks),), 3)
    assert "3 events" in behind.line_html(names)
    assert "and 2 more events" in behind.line_html(names)
    way = behind.connection_html(Connection((mara, talks, spoken.other), (step, spoken)))
    assert "2 steps" in way
    assert "about" in way
    assert "thirty fell" in way
    assert all("<img" not in html for html in (told, way))


def test_a_line_says_all_that_joins_its_ends_and_points_where_it_is_read_only_that_way() -> None:
    nodes = tuple(NetworkNode(id, id, "Person", id, 2) for id in "abc")
    lines = (NetworkEdge("a", "b", "2 events together"), NetworkEdge("b", "a", "spoke of, once", directed=True),
             NetworkEdge("a", "c", "spoke of, 2 times", directed=True))  # fmt: skip
    drawn = looks.picture(NetworkGraph(nodes, lines), looks.in_row(NetworkGraph(nodes, lines)))
    told = {(edge["from"], edge["to"]): (edge["title"], "arrows" in edge) for edge in drawn.edges}
    assert told == {("a", "b"): ("2 events together · spoke of, once (back)", False),
                    ("a", "c"): ("spoke of, 2 times", True)}  # fmt: skip
    assert [node["x"] for node in drawn.nodes] == [-1, 0, 1]


def test_lanes_by_publisher_and_tag_keep_their_order_while_the_window_moves() -> None:
    rows = [row("2022", "2022-01-01", "2022-12-31", id=name) for name in ("one", "two", "three")]
    also = {"one": Beside(("Post", "Times"), ("aid",)), "two": Beside(("Times",)), "three": Beside()}
    lanes = spans.lanes_of(rows, "publishers", also=also)
    assert [lane.title for lane in lanes] == ["Times", "Post", "Other or unnamed"]
    again = spans.lanes_of(rows[:1], "publishers", also=also, before=["Post", "Times"])
    assert [lane.title for lane in again] == ["Post", "Times"]
    drawn = spans.items(rows, ("2022-01-01", "2022-12-31"), lanes, "publishers", also)
    assert sorted(item.group for item in drawn) == sorted(["Times", "Post", "Times", spans.OTHER_LANE])
    assert [lane.title for lane in spans.lanes_of(rows, "tags", also=also)] == ["aid", "Other or untagged"]


def _network(groups: int, each: int) -> NetworkGraph:
    """Companies of names in which each is joined to the next ones, and one of each to the next company."""
    nodes = [NetworkNode(f"{g}-{n}", f"N{g}-{n}", "Person", "", 2) for g in range(groups) for n in range(each)]
    edges = [NetworkEdge(f"{g}-{n}", f"{g}-{(n + k) % each}", "with") for g in range(groups) for n in range(each)
             for k in range(1, 7)]  # fmt: skip
    edges += [NetworkEdge(f"{g}-0", f"{(g + 1) % groups}-0", "with") for g in range(groups)]
    return NetworkGraph(tuple(nodes), tuple(edges))


def test_groups_are_what_hangs_together_and_stand_apart_in_a_large_picture() -> None:
    found = _network(6, 12)
    groups = groups_of(found)
    assert sorted(len(each) for each in groups) == [12] * 6
    assert all(len({id.partition("-")[0] for id in each}) == 1 for each in groups)
    places = places_of(found, groups)
    assert places == places_of(found, groups_of(found)), "the same graph is always drawn alike"
    assert places.keys() == {node.id for node in found.nodes}
    assert max(abs(value) for spot in places.values() for value in spot) == pytest.approx(1)
    centres = [tuple(mean(places[id][axis] for id in each) for axis in (0, 1)) for each in groups]
    for one, each in zip(centres, groups, strict=True):
        assert all(min(centres, key=lambda other: dist(other, places[id])) == one for id in each)


def test_one_great_group_is_laid_out_too_and_nothing_is_no_fault() -> None:
    found = _network(1, 600)
    assert len(places_of(found, [[node.id for node in found.nodes]])) == 600
    star = NetworkGraph(found.nodes, tuple(NetworkEdge("0-0", node.id, "with") for node in found.nodes[1:]))
    assert len(set(places_of(star, groups_of(star)).values())) == 600
    assert places_of(NetworkGraph((), ()), groups_of(NetworkGraph((), ()))) == {}


def test_colours_of_groups_are_told_by_a_name_of_each_and_seen_in_both_themes() -> None:
    found = _network(12, 5)
    painted, told = looks.colours(found, groups_of(found))
    assert [entry.label for entry in told][-1] == "Smaller groups"
    assert sum(entry.count for entry in told) == len(found.nodes)
    assert {entry.color for entry in told[:-1]} == set(painted.values())
    nodes = looks.picture(found, painted=painted).get_network_data()[0]
    assert {node["color"] for node in nodes} == {entry.color for entry in told}
    for entry in told:
        for paper in ("#fbfaf7", "#15181b"):
            assert _contrast(entry.color, paper) >= 3


def _contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)
