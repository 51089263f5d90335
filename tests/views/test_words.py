"""Every text that a reader sees is marked, every marked text is translated, and no part of it is lost thereby."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from babel import Locale
from streamlit.testing.v1 import AppTest

from kb import words
from kb.components.said import COUNTED, TEXTS, spoken
from kb.edtf import Edtf
from kb.words import LANGUAGES, SOURCE
from kb.words.told import edtf_of
from tests.views.literals import seen_in, visible

ROOT = Path(__file__).parents[2]
FOLDERS = ("kb/views", "kb/components")
OTHERS = tuple(code for code in LANGUAGES if code != SOURCE)

# What looks like words and is none for a reader, by the file, with the reason.
UNMARKED: Mapping[str, Mapping[str, str]] = {
    "kb/components/cypher.py": {"Ctrl | Enter": "as it stands on the keys"},
    "kb/views/correcting/deciding.py": {"Event": "a label of the graph"},
    "kb/views/correcting/parties.py": dict.fromkeys(("Person", "Organization", "Place", "Thing"),
                                                    "a label of the graph"),
    "kb/views/pages/article.py": {'href="{}" target="_blank" rel="noopener noreferrer"': "attributes of a link"},
    "kb/views/pages/add.py": {"pasted text.txt": "the name of a file"},
    "kb/views/pages/digest.py": {"Markdown": "the name of a form"},
    "kb/views/pages/network.py": dict.fromkeys(("Person", "Organization", "Country", "Event", "Claim"),
                                               "a label of the graph"),
    "kb/views/pages/search.py": dict.fromkeys(("Istanbul guarantees", '"peace talks"', "Istanbul March 2022"),
                                              "what English articles can be searched for")
    | {"Ctrl": "as it stands on the key"},
    "kb/views/pages/review.py": dict.fromkeys(("kb ingest article.html", "kb decisions"), "a command"),
    "kb/views/parts/downloads.py": {"events.{}": "the name of a file"},
    "kb/views/parts/starting.py": {"kb ingest article.html": "a command"},
    "kb/views/parts/markup.py": {"{} · Eventline": "the name of the program"},
    "kb/views/shell.py": {"Eventline": "the name of the program"},
    "kb/views/reader.py": {"Language": "stands beside its translation, for who does not read that",
                           "{} · Language": "stands beside its translation, for who does not read that"},
    "kb/views/queue/items.py": {
        "Are {} and {} one?": "retold where it is shown; the key of an item hashes it",
        "proposed by {}": "kept in the graph",
    },
    "kb/views/queue/left.py": {"What was left as it is,": "a fault of a file, which is told to who runs the app"},
    "kb/views/sharing/saved.py": {"The saved views": "a fault of a file, which is told to who runs the app"},
    "kb/views/sharing/listed.py": {
        "{} in {} cannot be read ({}); mend the file or remove it.": "a fault of a file, told to who runs the app"
    },
}  # fmt: skip


def script(path: str) -> ModuleType:
    spec = spec_from_file_location(Path(path).stem, ROOT / path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


catalogues = script("deploy/catalogues.py")


def modules() -> list[Path]:
    return sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", modules(), ids=named)
def test_what_a_reader_sees_is_marked(path: Path) -> None:
    known = UNMARKED.get(named(path), {})
    assert [f"{one.line}: {one.text}" for one in seen_in(path) if one.text not in known] == []


def test_no_exception_stands_for_what_is_gone() -> None:
    there = {named(path): {one.text for one in seen_in(path)} for path in modules()}
    assert {(path, text) for path, texts in UNMARKED.items() for text in texts if text not in there[path]} == set()


@pytest.mark.parametrize(("text", "piece", "seen"), [
    ("Clear all filters", False, "Clear all filters"),
    ("<h2>Figures told</h2>", False, "Figures told"),
    ("<p class='kb-hint'>\0 left</p>", True, "{} left"),
    ('<section aria-label="Around it">\0</section>', True, "Around it"),
    ("Search", False, "Search"),
    ("<p class='kb-hint'>\0</p>", True, ""),
    ("limit_sentences", False, ""),
    (".st-key-panel_tools", False, ""),
    ("text/csv", False, ""),
])  # fmt: skip
def test_what_looks_like_words_is_seen(text: str, piece: bool, seen: str) -> None:
    assert visible(text, piece=piece) == seen


def messages(code: str) -> Iterator[Any]:
    return (each for each in catalogues.read(words.speech.LOCALES / code / "LC_MESSAGES" / "eventline.po") if each.id)


def texts(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


@pytest.mark.parametrize("code", OTHERS)
def test_every_marked_text_is_translated_and_no_other(code: str) -> None:
    marked = {(each.id, each.context) for each in catalogues.extracted() if each.id}
    known = {(each.id, each.context) for each in messages(code)}
    assert len(marked) > 900
    assert known == marked, "run `make words`, then write what is empty"
    assert [each.id for each in messages(code) if each.fuzzy or not all(texts(each.string or ""))] == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_has_the_parts_of_its_text(code: str) -> None:
    wrong = []
    for each in messages(code):
        wanted = [parts(text) for text in texts(each.id)]
        wrong += [
            (each.id, made)
            for made in texts(each.string)
            if not (parts(made) == wanted[-1] or (parts(made) | {"n"} == wanted[-1] | {"n"} and len(wanted) > 1))
        ]
    assert wrong == []


def parts(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", OTHERS)
def test_a_plural_has_as_many_forms_as_the_language(code: str) -> None:
    forms = len({Locale.parse(code).plural_form(number) for number in range(101)})
    assert {len(each.string) for each in messages(code) if not isinstance(each.id, str)} == {forms}


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_compiled_is_what_stands_in_the_catalogue(code: str) -> None:
    assert not catalogues.stale(), "run `python deploy/catalogues.py`"
    with words.speaking(code):
        for each in messages(code):
            if isinstance(each.id, str) and not parts(each.id):
                said = words.sense(each.context, each.id) if each.context else words.say(each.id)
                assert said == each.string


def test_the_catalogue_is_written_as_the_tool_writes_it() -> None:
    for path in catalogues.catalogues():
        assert catalogues.written(catalogues.read(path)) == path.read_text("utf-8")


SAID = re.compile(r'\bsay\("((?:[^"\\]|\\.)*)"')
COUNT = re.compile(r'\bplural\([\w.]+,\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"')
# Which component's code each script of frontend/ belongs to, where several share it.
SHARED = {"events": "timeline", "overview": "timeline", "focus": "timeline", "density": "timeline", "play": "network"}


def test_the_scripts_say_what_their_component_is_given() -> None:
    found = {}
    for path in sorted((ROOT / "frontend").glob("*.js")):
        name = SHARED.get(path.stem, path.stem)
        code = path.read_text("utf-8")
        listed = re.search(r"const HEADS = \[(.*?)\];", code, re.S)
        signs = re.search(r"const SIGNS = \{(.*?)\};", code)
        told = {*SAID.findall(code), *(re.findall(r'"([^"]+)"', listed[1]) if listed else ()),
                *(re.findall(r'"([a-z ]+)"', signs[1]) if signs else ())}  # fmt: skip
        said, counted = found.setdefault(name, (set(), set()))
        said |= told
        counted |= set(COUNT.findall(code))
    for name, (said, counted) in found.items():
        assert said == set(TEXTS.get(name, ())), name
        assert counted == set(COUNTED.get(name, ())), name


ATTRIBUTE = re.compile(r'(?:"aria-label"|title|placeholder|textContent)"?\s*[:=]\s*"([A-Z][^"]*)"')


def test_no_script_says_words_of_its_own() -> None:
    assert [
        (path.name, found)
        for path in sorted((ROOT / "frontend").glob("*.js"))
        for found in ATTRIBUTE.findall(path.read_text("utf-8"))
    ] == []


def test_a_component_is_given_its_texts_in_the_reader_s_language_and_none_in_english() -> None:
    assert spoken("timeline") == {"lang": "en", "texts": {}, "counted": {}, "months": None}
    with words.speaking("uk"):
        given = spoken("timeline")
    assert given["texts"]["Zoom in"] == "Наблизити"
    assert given["months"][2] == "бер."
    [forms] = [forms for one, forms in given["counted"].items() if one.startswith("The one event")]
    assert set(forms) == {"one", "few", "many", "other"}


@pytest.mark.parametrize(("edtf", "said"), [
    ("2022-02-24", "24 лютого 2022"), ("2022-03", "березень 2022"), ("2014~", "близько 2014"),
    ("2022-03~", "близько березня 2022"), ("../2022-03", "до березня 2022"), ("1990/..", "від 1990"),
    ("2022-03-27/2022-04-02", "27 березня 2022 – 2 квітня 2022"), ("2022-21", "весна 2022"),
    ("2022-24~", "близько зими 2022"), ("199X", "1990-ті"), ("199X~", "близько 1990-х"), ("19XX", "1900-ті"),
    ("XXXX-02-06", "6 лютого, рік невідомий"), ("2022-33", "I квартал 2022"), ("2014?", "2014 (непевно)"),
    ("not a date", "not a date"), (None, "дата невідома"),
])  # fmt: skip
def test_a_date_is_written_as_its_readers_write_it(edtf: str | None, said: str) -> None:
    with words.speaking("uk"):
        assert words.human(edtf) == said
    assert words.human(edtf) == (Edtf(edtf).human() if edtf and Edtf.of(edtf) else edtf or "date unknown")


@pytest.mark.parametrize(("count", "said"), [
    (1, "1 подія"), (2, "2 події"), (5, "5 подій"), (11, "11 подій"), (21, "21 подія"), (1234, "1\u00a0234 події"),
])  # fmt: skip
def test_a_number_bends_its_noun(count: int, said: str) -> None:
    with words.speaking("uk"):
        assert words.plural(count, "{n} event", "{n} events") == said


@pytest.mark.parametrize("edtf", ["2022-02-24", "2022-03", "2014", "2014~", "1990/..", "../2022-03", "2022-21", "199X",
                                  "2022-03-27/2022-04-02", "2022-03-01~"])  # fmt: skip
def test_a_date_in_english_words_is_read_back(edtf: str) -> None:
    assert edtf_of(Edtf(edtf).human()) == edtf


FIELDS = ("2022-02-24", "2022-03", "2014", "2014~", "1990/..", "../2022-03", "2022-21~", "2022-33", "2022-03?",
          "2022-40", "2022-03-27/2022-04-02", "2022-03-01~")  # fmt: skip


@pytest.mark.parametrize("edtf", FIELDS)
def test_what_a_field_shows_can_be_written_into_it(edtf: str) -> None:
    with words.speaking("uk"):
        assert words.dated(words.human(edtf)) == edtf
    assert words.dated(Edtf(edtf).human()) == Edtf(edtf).human()  # English is read where it is used


@pytest.mark.parametrize(("written", "edtf"), [
    ("5 бер. 2022", "2022-03-05"), ("Березень 2022", "2022-03"), (" 24  Лютого 2022 року", "2022-02-24"),
    ("24 February 2022", "24 February 2022"), ("2022-02-24", "2022-02-24"), ("31 лютого 2022", "31 лютого 2022"),
    ("колись", "колись"), ("", ""),
])  # fmt: skip
def test_a_date_is_read_as_its_readers_write_it(written: str, edtf: str) -> None:
    with words.speaking("uk"):
        assert words.dated(written) == edtf


@pytest.mark.parametrize("words_", ["Kyiv", "to", "about", "Foo 2014", "2014 to Kyiv", "31 Feb 2014", "since", ""])
def test_other_words_are_no_date(words_: str) -> None:
    assert edtf_of(words_) is None


@pytest.mark.parametrize(("sentence", "said"), [
    ("One source says 24 Feb 2022.", "Одне джерело каже: 24 лютого 2022."),
    ("Three sources say 2014; two give only March 2014.",
     "Джерела (три) кажуть: 2014; інші (два) дають лише: березень 2014."),
    ("“Talks, or war” is dated 18 Mar 2014 or March 2015",
     "«Talks, or war» датовано: 18 березня 2014 або березень 2015"),
    ("the same act, 2 names in both, 2014 contains 18 Mar 2014",
     "та сама дія, 2 імені в обох, 2014 охоплює 18 березня 2014"),
    ("told on 23 days by 14 independent sources, still told 12 months later",
     "публікації за 23 дні, незалежних джерел: 14, пишуть і через 12 місяців"),
    ("2014-03-18~ (about 18 Mar 2014)", "2014-03-18~ (близько 18 березня 2014)"),
    ("85% sure", "певність 85%"), ("a sentence that nobody foresaw", "a sentence that nobody foresaw"),
])  # fmt: skip
def test_a_sentence_of_a_room_below_is_known_by_its_pattern(sentence: str, said: str) -> None:
    with words.speaking("uk"):
        assert words.retold(sentence) == said
    assert words.retold(sentence) == sentence


def test_a_title_within_a_sentence_stays_as_it_is() -> None:
    with words.speaking("uk"):
        assert words.retold("“Events” has no date") == "«Events» не має дати"


@pytest.mark.parametrize(("wanted", "accepted", "code"), [
    (None, ("uk-UA", "en"), "uk"), (None, ("de", "uk", "en"), "uk"), (None, ("en-US", "uk"), "en"), (None, (), "en"),
    ("en", ("uk",), "en"), ("uk", ("en",), "uk"), ("xx", ("uk",), "uk"),
])  # fmt: skip
def test_the_language_is_the_one_asked_for_else_the_browser_s(
    wanted: str, accepted: tuple[str, ...], code: str
) -> None:
    assert words.choice(wanted, accepted) == code


PAGE = """
import streamlit as st
from kb.views import reader
from kb.views.parts.markup import link
from kb.words import say
reader.begin()
st.write(say("Search"))
st.write(link("event", "x", id="1"))
"""


def test_two_sessions_read_each_in_its_own_language() -> None:
    ours, theirs = AppTest.from_string(PAGE), AppTest.from_string(PAGE)
    ours.query_params["lang"] = "uk"
    ours.run()
    theirs.run()
    assert ours.markdown[0].value == "Пошук"
    assert theirs.markdown[0].value == "Search"
    assert "lang=uk" in ours.markdown[1].value
    assert "lang" not in theirs.markdown[1].value
    assert ours.run().markdown[0].value == "Пошук"
    assert words.language() == SOURCE
