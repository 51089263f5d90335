"""An article's marks: cut where findings nest and cross, and never a word of the text as markup."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from kb.ask.articles import Highlight
from kb.components.pick import Picked
from kb.views.correcting.adding import words_at
from kb.views.parts.highlight import KINDS, article_html, headline_end, headline_html, pieces

TEXT = "Mara <b>Lindqvist</b> said:\n“We & they met in Ardal.”\n\nA day later\nit rained."


def mark(words: str, kind: str, id: str = "x", text: str = TEXT, detail: str = "") -> Highlight:
    start = text.index(words)
    return Highlight(start, start + len(words), kind, id, words, detail)


def highlights(length: int) -> st.SearchStrategy[list[Highlight]]:
    spot = st.integers(-3, length + 3)
    one = st.builds(Highlight, spot, spot, st.sampled_from(list(KINDS)), st.sampled_from("abc"), st.just("label"))
    return st.lists(one, max_size=12)


@given(highlights(len(TEXT)))
def test_pieces_are_the_whole_text_and_carry_all_that_covers_them(found: list[Highlight]) -> None:
    cut = list(pieces(len(TEXT), found))
    assert "".join(TEXT[start:end] for start, end, _ in cut) == TEXT
    valid = [h for h in found if 0 <= h.start < h.end <= len(TEXT)]
    for start, end, covering in cut:
        assert start < end
        assert sorted(covering, key=repr) == sorted((h for h in valid if h.start <= start and end <= h.end), key=repr)


@given(highlights(len(TEXT)))
def test_marked_text_reads_as_the_text_and_is_well_formed(found: list[Highlight]) -> None:
    shown = article_html(TEXT, found, KINDS)
    plain = html.unescape(re.sub(r"<(?:/?(?:a|span|div|p)\b[^>]*|br)>", " ", shown))
    assert re.sub(r"\s", "", plain) == re.sub(r"\s", "", TEXT)
    assert shown.count("<p>") == shown.count("</p>") == 2
    assert shown.count("<a ") == shown.count("</a>")
    assert shown.count("<span ") == shown.count("</span>")
    assert not re.search(r"<(a|span)[^>]*>[^<]*</p>", shown), "a mark runs over the end of a paragraph"


def test_nothing_of_an_article_becomes_markup() -> None:
    evil = '<img src=x onerror="alert(1)"> & <script>'
    shown = article_html(evil, [Highlight(0, len(evil), "time", 'i"d', 'a"b', "say \"<script>\" & 'go'")], KINDS)
    assert "<img" not in shown
    assert "<script" not in shown
    assert 'data-note="say &quot;&lt;script&gt;&quot; &amp; &#x27;go&#x27;"' in shown


def test_a_crossing_is_marked_with_both() -> None:
    shown = article_html(TEXT, [mark("they met", "claim"), mark("met in Ardal", "event", "e 1/&")], KINDS)
    assert re.search(r'<span class="kb-m kb-m-claim"[^>]*>they </span>', shown)
    assert re.search(r'<a class="kb-m kb-m-event kb-m-claim"[^>]*href="/event\?id=e%201/%26"[^>]*>met</a>', shown)


def test_the_innermost_decides_what_a_click_opens() -> None:
    shown = article_html(TEXT, [mark("they met in Ardal", "event", "e1"), mark("Ardal", "place", "p1")], KINDS)
    assert re.search(r'href="/name\?id=p1"[^>]*>Ardal</a>', shown)


def test_kinds_that_are_switched_off_are_plain() -> None:
    found = [mark("met", "event"), mark("Ardal", "place")]
    assert "kb-m-event" not in article_html(TEXT, found, ["place"])
    assert "kb-m" not in article_html(TEXT, found, []).replace("kb-article", "")


def test_several_notes_of_one_piece_stand_in_lines() -> None:
    found = [
        mark("Ardal", "place", "p", detail="Place · Ardal"),
        mark("in Ardal", "claim", "c", detail="Claim · Sokol"),
    ]
    assert 'data-note="Place · Ardal&#10;Claim · Sokol"' in article_html(TEXT, found, KINDS)


def test_a_headline_that_the_text_repeats_is_shown_once() -> None:
    text = "Talks in Ardal\n\nThey met in Ardal."
    assert headline_end(text, "Talks in Ardal") == 14
    assert headline_end(text, "Talks") == 0
    assert headline_end(text, "") == 0
    found = [Highlight(9, 14, "place", "p", "Ardal"), Highlight(28, 33, "place", "p", "Ardal")]
    assert re.fullmatch(r"Talks in <a [^>]*>Ardal</a>", headline_html("Talks in Ardal", found, KINDS))
    body = article_html(text, found, KINDS, start=14)
    assert "Talks" not in body
    assert body.count("<a ") == body.count("<p>") == 1


@given(st.text(alphabet="ab“\u00a0\x85 \n\t😀", max_size=40), st.integers(0, 40), st.integers(1, 40))
def test_selected_words_are_found_by_what_of_them_is_no_white_space(text: str, before: int, length: int) -> None:
    solid = re.sub("[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]", "", text)
    start, end = words_at(text, 0, Picked("event", before, length))
    told = re.sub("[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]", "", text[start:end])
    assert told == solid[before : before + length]
