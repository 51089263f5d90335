"""What the small parser takes wrongly although the grammar of the sentence leaves one reading: put right at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token

from ingest.reading.english.mended.hanging import (
    call_so,
    free_clause,
    free_object,
    free_owner,
    free_place,
    join_clock,
    join_name,
    keep_in_clause,
    lead_to_craft,
    lead_to_deed,
    lead_to_office,
    lead_to_quake,
    mend_change,
    mend_cleft,
    mend_gerund,
    mend_harm,
    mend_means,
    mend_relative,
    mend_speech,
    one_of_them,
    open_clause,
)
from ingest.reading.english.mended.participles import free_main, make_main, mend_participle, set_off, told_of, undergone
from ingest.reading.english.mended.subjects import (
    ends_name,
    find_subject,
    free_day,
    give_speaker,
    go_on_saying,
    make_noun,
    make_subject,
    mend_chosen,
    mend_elected,
    mend_headline,
    mend_whom,
    noun_of,
)
from ingest.reading.english.mended.verbs import (
    free_verb,
    join_infinitives,
    join_prefix,
    mend_infinitive,
    mend_pair,
    mend_plural,
    object_behind,
    parted,
)
from ingest.reading.english.mended.words import DAYS, SPELLS, Heads, branded, lost_e, words

MENDED = "mended"
"""Name of the step of the pipeline, right behind the parser."""

_AUXILIARIES = frozenset({"is", "has", "does", "'s", "’s"})
_MONTHS = frozenset({"january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                     "november", "december", "jan.", "feb.", "aug.", "sept.", "oct.", "nov.", "dec."})  # fmt: skip
_PASTS = frozenset({"VBD", "VBN", "VBG"})
_NAMELIKE = frozenset({"nor", "never", "no", "not"})
_BEFELL = frozenset({"dead", "injured", "wounded", "missing"})
_CHOOSING = frozenset({"name", "appoint", "elect", "choose", "nominate"})
_CLAUSE_LINKS = frozenset({"before", "after", "until", "till", "since"})
_FORMS = _PASTS | {"VBZ"}
_DOUBLED = re.compile(r"([bdgmnprt])\1e$")
_HELD_IN = frozenset({"custody", "prison", "jail", "detention", "captivity", "hospital", "office", "power"})


@Language.component(MENDED)
def mend(doc: Doc) -> Doc:
    """The parse with its tags and arcs put right. Arguments: a parse, which is changed."""
    heads: Heads = {}
    for token in doc:
        if token.lower_ in _NAMELIKE and token.i > token.sent.start and token.text.istitle() and ends_name(token):
            token.tag_, token.pos_, token.dep_ = "NNP", "PROPN", "dep"  # "arrested Pavel Nor"
        if token.tag_ in ("NN", "NNS") and branded(token.text):
            token.tag_, token.pos_ = "NNP", "PROPN"
        if token.tag_ in _PASTS and (doubled := _DOUBLED.search(token.lemma_)) is not None:
            token.lemma_ = token.lemma_[: doubled.end() - 2]  # "gutte", which the lemmatiser makes of "gutted"
        elif token.tag_ in _FORMS and lost_e(token.lower_, token.lemma_):
            token.lemma_ += "e"
        if token.lower_ == "re" and token.i + 2 < len(doc):
            join_prefix(token, heads)
        elif token.tag_ != "VBN":
            _mend_word(token, heads)
    _hang(doc, heads)
    heads = {}
    for token in doc:
        if token.tag_ == "VBN":
            mend_participle(token, heads)
            free_clause(token, heads)
    return _hang(doc, heads)


def _hang(doc: Doc, heads: Mapping[Token, Token]) -> Doc:
    """Hang words elsewhere, all at once: changing the head of a single one goes through the whole text."""
    if not heads:
        return doc
    arcs: Any = doc.to_array(["HEAD", "DEP"]).astype("int64")
    own = {word.i: int(arcs[word.i, 0]) for word in heads}
    for word, above in heads.items():
        arcs[word.i, 0] = above.i - word.i
    for at in own:  # two mends of one clause may contradict each other: then the parser's word stands
        while circle := own.keys() & _circle(at, arcs):
            for i in circle:
                arcs[i, 0] = own[i]
    return doc.from_array(["HEAD", "DEP"], arcs.astype("uint64"))


def _circle(at: int, arcs: Any) -> frozenset[int]:
    """The words that hang on each other in a ring above a word; none where they lead to a root."""
    path: dict[int, None] = {}
    while at not in path:
        path[at] = None
        above = at + int(arcs[at, 0])
        if above == at:
            return frozenset()
        at = above
    found = list(path)
    return frozenset(found[found.index(at) :])


def _mend_name(name: Token, heads: Heads) -> None:
    if name.lower_ in DAYS and name.dep_ == "nsubj" and name.i <= name.sent.start + 1:
        free_day(name, heads)
    elif name.dep_ == "nsubj" and (noun := noun_of(name)) is not None:
        heads[noun] = name  # "the aviation authority | Rosaviatsia | said"
        noun.dep_ = "compound"
    else:
        lead_to_craft(name, heads)


def _mend_word(token: Token, heads: Heads) -> None:
    if token.dep_ == "ROOT" and token.pos_ in ("NOUN", "PROPN") and (verb := told_of(token)) is not None:
        make_main(verb, heads)
    elif token.lower_ == "whom" and token.dep_ == "prep":
        mend_whom(token, heads)
    elif token.lower_ in ("a.m.", "p.m.", "am", "pm"):
        join_clock(token, heads)
    elif token.pos_ == "PROPN" and token.dep_ in ("nsubj", "nsubjpass", "dobj"):
        _mend_name(token, heads)
    elif token.dep_ == "conj" and token.ent_type_ == "PERSON" and token.pos_ == "PROPN":
        join_name(token, heads)
    elif token.dep_ == "oprd" and token.head.tag_ in ("VBD", "VBZ", "VBP") and token.head.lemma_ in _CHOOSING:
        mend_chosen(token)
    elif token.dep_ == "appos" and token.pos_ in ("NOUN", "ADJ"):
        call_so(token, heads)
    elif token.lower_ in _BEFELL and token.dep_ == "pobj":
        one_of_them(token, heads)
    elif token.lower_ == "magnitude":
        lead_to_quake(token, heads)
    elif token.dep_ == "prep" and token.lower_ in _CLAUSE_LINKS:
        open_clause(token, heads)
    elif token.dep_ == "agent" and not any(c.dep_ in ("auxpass", "nsubjpass") for c in token.head.children):
        mend_means(token)
    elif token.dep_ == "prt" and token.lower_ == "off":
        free_place(token, heads)
    elif token.lower_ == "of" and token.dep_ == "prep" and token.head.lower_ in DAYS:
        free_owner(token, heads)
    else:
        _mend_clause(token, heads)


def _mend_clause(token: Token, heads: Heads) -> None:
    if token.dep_ == "ccomp" and token.head.lemma_ == "be" and token.i > token.head.i:
        mend_cleft(token, heads)
    elif token.dep_ == "ccomp" and token.i < token.head.i and parted(token, token.head):
        token.dep_ = "parataxis"  # "X fired rockets; Y shelled Z in reply": two sentences
    elif token.tag_ == "NNS" and token.dep_ == "ROOT" and object_behind(token) is not None:
        mend_plural(token, heads)
    elif token.dep_ == "dobj" and token.pos_ == "NOUN" and token.i and token.nbor(-1) == token.head:
        mend_pair(token, heads)
    elif token.dep_ == "aux" and token.tag_ == "VBZ" and token.head.pos_ == "NOUN" and token.lower_ not in _AUXILIARIES:
        free_verb(token, heads)
    elif token.tag_ == "VBD" and token.dep_ == "conj" and token.lemma_.lower() in words("telling"):
        go_on_saying(token, heads)
        give_speaker(token, heads)
    elif token.tag_ == "VBD" and token.dep_ == "ccomp" and token.i and token.nbor(-1).text == ",":
        set_off(token, heads)
    elif token.tag_ == "VBD" and token.dep_ == "acl" and undergone(token):
        token.tag_ = "VBN"
    elif token.tag_ in ("VBD", "VBZ") and token.lemma_.lower() in words("telling"):
        give_speaker(token, heads)
    elif token.tag_ == "VBD" and token.dep_ in ("conj", "advcl", "ccomp"):
        free_main(token, heads)
    elif token.tag_ == "VBD" and token.dep_ == "ROOT":
        find_subject(token, heads)
        mend_headline(token)
        mend_elected(token)
    elif token.tag_ == "VB" and token.dep_ == "pobj" and token.head.lower_ == "to" and token.head.head.pos_ == "VERB":
        mend_infinitive(token, heads)
    elif token.tag_ == "VB" and token.dep_ == "conj" and token.head.tag_ in ("VBG", "VBD", "VBZ", "VBN"):
        join_infinitives(token, heads)
    elif token.tag_ in ("VBZ", "VBP") and token.dep_ == "nsubj" and token.i < token.head.i:
        make_noun(token)
    elif token.dep_ == "appos" and token.pos_ == "PROPN" and token.head.dep_ in ("pobj", "appos"):
        lead_to_office(token, heads)
    elif token.dep_ == "relcl" and any(c.lower_ == "that" and c.dep_ in ("dobj", "mark") for c in token.lefts):
        free_clause(token, heads)
    elif token.dep_ == "relcl" and token.head.lower_ in _MONTHS and token.head.head.dep_ == "prep":
        mend_relative(token, heads)
    elif token.dep_ == "compound" and token.tag_ == "NNS" and token.head.tag_ == "VBP":
        make_subject(token)
    elif token.lower_ in _HELD_IN and token.dep_ in ("nmod", "compound") and token.head.i > token.i:
        free_object(token, heads)
    elif token.dep_ == "relcl" and token.lemma_.lower() in words("harming"):
        lead_to_deed(token, heads)
    elif token.dep_ == "npadvmod" and token.i < token.head.i and (token.lower_ in DAYS or token.lower_ in SPELLS):
        keep_in_clause(token, heads)
    elif token.tag_ == "VBG" and token.dep_ == "pcomp" and token.lemma_.lower() in words("changing"):
        mend_change(token, heads)
    elif token.tag_ == "VBG":
        mend_gerund(token, heads)
        mend_harm(token, heads)
        mend_speech(token, heads)
