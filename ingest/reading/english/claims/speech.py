"""Indirect speech in the parse: clauses and whole sentences that somebody is reported to have said.

Each rule is one construction of English: `said that …`, `…, he said, …`, `according to …`, `is alleged to …`. The
lexicon says which words take which; what carries no clause is in `stances`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from spacy.tokens import Doc, Span, Token

from ingest.reading.english.claims import stances
from ingest.reading.english.claims.cues import Attribution, cue_words, framed, lexicon, verb_force
from ingest.reading.english.claims.quotes import Quotation
from ingest.reading.english.claims.scene import FINITE, WEAK, Scene, clause_start, hidden, is_finite, report, said_in
from ingest.reading.english.claims.speakers import passive, source_of, spoken_subject
from ingest.reading.english.claims.views import view_at

_ADDRESSING = {"tell", "remind", "inform", "assure"}
_TOLD = {
    "said",
    "spoke",
    "claimed",
    "announced",
    "revealed",
    "confirmed",
    "warned",
    "predicted",
    "emphasized",
    "complained",
    "showed",
    "believed",
}
_OBJECTLESS = {"say", "argue", "claim", "note", "think", "believe", "insist", "suggest", "announce", "estimate", "add"}
"""Verbs that do not take an object and a clause together."""
_SAYING = {"said", "warned", "emphasized", "predicted", "complained", "informed"}
"""Senses of verbs whose clause is words that were said; with the others it may be what was thought, found or shown."""
_RAISING = {
    "say",
    "allege",
    "claim",
    "report",
    "believe",
    "think",
    "rumor",
    "rumour",
    "suspect",
    "assume",
    "understand",
    "estimate",
}
_AS = {
    "acknowledge", "admit", "argue", "claim", "explain", "note", "observe", "point", "predict", "put", "remark",
    "report", "say", "state", "suggest", "tell", "warn", "write",
}  # fmt: skip
"""Verbs whose `as`-clause tells whose words the sentence is; with others it is one of time ("as they shouted")."""
_DATELINE = 8  # tokens of "WASHINGTON, Feb. 16 (AP) —"
_JOINING = {"and", "but", "or", "so", "yet"}
_ADVERBS = {"however", "meanwhile", "still", "also", "moreover", "furthermore", "besides", "nevertheless", "instead"}
_COMMAS = (",", "—", "–", "--")
_ENDS = (*_COMMAS, ".", ";")
_LONG_AS = 20
_CONDITION = {"unless", "if", "until"}

Rule = Callable[[Scene, Token], Iterator[Attribution]]


def find_speech(doc: Doc, quotations: Sequence[Quotation], taken: frozenset[int]) -> list[Attribution]:
    """Indirect and mixed attributions in text order.

    Arguments: quotations, outermost; taken, indices of the cues that already have a quotation as their content.
    """
    scene = Scene(doc, tuple(quotations))
    found: list[Attribution] = []
    words = cue_words()
    for token in doc:
        if (token.lemma_.lower() not in words and token.lower_ not in words) or token.i in taken or scene.quoted(token):
            continue
        for rule in _RULES:
            made = list(rule(scene, token))
            if made:
                found.extend(made)
                break
    return _without_nested(doc, found)


def _without_nested(doc: Doc, found: Sequence[Attribution]) -> list[Attribution]:
    """Drop the weaker kinds inside what somebody else says: they are that person's words, not the article's."""
    spans = sorted(span for a in found for span in a.content)
    ends = list(accumulate((end for _, end in spans), max))
    kept = []
    for a in found:
        at = doc[a.cue].idx if a.cue is not None else a.start
        before = bisect_right(spans, (at, at))
        if a.confidence > WEAK or not before or ends[before - 1] <= at:
            kept.append(a)
    return kept


def _clause(scene: Scene, verb: Token) -> Iterator[Attribution]:
    """`said (that) …`, `is said to …`, `…, he said`."""
    force = verb_force(verb)
    if force is None or hidden(verb, force):
        return
    clause = _content_clause(verb)
    if clause is not None and clause.i > verb.i and _takes_clause(verb, clause):
        if passive(verb) and source_of(verb) is None and not _impersonal(verb):
            return
        source = source_of(verb)
        if source is None and not passive(verb):
            return
        last = _without_participle(clause, _extended(verb, clause))
        sure = WEAK if force in ("believed", "doubted") else 0.9 if force in _SAYING else 0.75
        yield from report(scene, verb, clause, force, [scene.stretch(_clause_first(verb, clause), last)], source, sure)
    elif passive(verb):
        yield from _alleged(scene, verb, force)
    else:
        yield from _parenthesis(scene, verb, force)


def _clause_first(verb: Token, clause: Token) -> int:
    """First word of the clause; a noun phrase that the parse takes for the verb's object belongs to the clause."""
    first = clause_start(verb, clause)
    stray = next((c for c in verb.rights if c.dep_ == "dobj" and c.i < first - 1), None)
    marked = clause.doc[first - 1].lower_ == "that"
    if stray is None or marked or verb.lemma_ not in _OBJECTLESS or stray.ent_type_ in ("DATE", "TIME"):
        return first
    return stray.left_edge.i


def _takes_clause(verb: Token, clause: Token) -> bool:
    """Whether the verb can govern the clause: verbs of quoting ("write", "reply") need the "that"."""
    if verb.lemma_ in ("go", "put"):
        return False
    marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)
    return marked or verb.lemma_ not in lexicon().quote_only


def _content_clause(verb: Token) -> Token | None:
    """Find the finite clause that is the verb's object."""
    for child in verb.children:
        if child.dep_ == "ccomp" and child.i > verb.i and is_finite(child):
            return child
    return _stray_clause(verb)


def _stray_clause(verb: Token) -> Token | None:
    """Find a clause that the parse hangs elsewhere: behind a near "that", or as an adverbial without conjunction."""
    for word in verb.doc[verb.i + 1 : min(verb.i + 13, verb.sent.end)]:
        if word.lower_ == "that" and word.dep_ == "mark" and word.head.i > word.i:
            return word.head if is_finite(word.head) and not _governed(word.head, verb) else None
        if word.pos_ in ("VERB", "AUX") or word.text in (".", ";", ":"):
            break
    for child in verb.rights:
        own = any(c.dep_ in ("nsubj", "nsubjpass") for c in child.children)
        joined = any(c.dep_ in ("mark", "advmod") and c.i < child.i and c.tag_ in ("IN", "WRB") for c in child.children)
        if child.dep_ == "advcl" and own and not joined and is_finite(child):
            return child
    return None


def _governed(clause: Token, verb: Token) -> bool:
    """Whether the clause is the content of a noun of saying behind the verb ("reject the claim that …")."""
    noun = clause.head
    if clause.dep_ not in ("acl", "ccomp", "relcl") or noun == verb or noun.lemma_ not in lexicon().nouns:
        return False
    return not said_in(noun, verb)


def _extended(verb: Token, clause: Token) -> int:
    """Last word of what is said: a further clause that the parse hangs on the verb belongs to it if it says so itself.

    It does when it repeats "that", or keeps the tense of the clause where that differs from the verb's
    ("said he is open, but they are not").
    """
    last = clause.right_edge.i
    for other in verb.children:
        if other.dep_ not in ("conj", "ccomp", "advcl") or other.i <= last:
            continue
        marks = {c.lower_ for c in other.children if c.dep_ == "mark"}
        own = any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in other.children)
        kept = own and verb.tag_ == "VBD" and _tense(clause) == _tense(other) == "present"
        if (other.dep_ == "conj" and ("that" in marks or kept)) or (
            other.dep_ == "advcl" and marks & (_CONDITION | {"because"})
        ):
            last = max(last, other.right_edge.i)
    return last


def _without_participle(clause: Token, last: int) -> int:
    """Last word before a participle that is a cue itself ("said it was over, adding that …")."""
    for word in clause.doc[clause.i + 1 : last + 1]:
        if (
            word.tag_ == "VBG"
            and word.nbor(-1).text == ","
            and (verb_force(word) or framed("object", word))
            and word.dep_ in ("advcl", "acl", "conj", "dep")
        ):
            return word.i - 2
        if word.dep_ == "advcl" and verb_force(word) in _SAYING and word.left_edge.lower_ in ("while", "whereas"):
            return word.left_edge.i - 1  # "…, while the mayor said …": another's words
    return last


def _tense(clause: Token) -> str:
    tags = [w.tag_ for w in (clause, *(c for c in clause.children if c.dep_ in ("aux", "auxpass")))]
    return "present" if any(t in ("VBZ", "VBP") for t in tags) else "past" if "VBD" in tags else ""


def _impersonal(verb: Token) -> bool:
    """Tell whether the subject is an empty "it" ("it is alleged that …")."""
    return any(c.dep_ in ("nsubjpass", "nsubj", "expl") and c.lower_ == "it" for c in verb.children)


def _alleged(scene: Scene, verb: Token, force: str) -> Iterator[Attribution]:
    """`X is alleged to have …`: nobody speaks; the subject belongs to what is said of it."""
    subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    action = next((c for c in verb.children if c.dep_ == "xcomp" and c.i > verb.i), None)
    if verb.lemma_ not in _RAISING or subject is None or action is None:
        return
    spans = [
        scene.stretch(subject.left_edge.i, subject.right_edge.i),
        # "where X is believed to have hidden": the relative word stands before the verb, and the subject with it
        scene.stretch(max(action.left_edge.i, verb.i + 1), action.right_edge.i),
    ]
    yield from report(scene, verb, action, force, spans, source_of(verb), 0.7)


def _parenthesis(scene: Scene, verb: Token, force: str) -> Iterator[Attribution]:
    """`…, he said.` and `…, he said, …`: the rest of the sentence is what is said."""
    subject = spoken_subject(verb)
    if (
        force not in _TOLD
        or subject is None
        or (verb.lemma_ in lexicon().quote_only and not _holds_clause(verb))
        or subject.tag_ in ("WP", "WDT")
        or verb.dep_ not in ("ROOT", "ccomp", "parataxis", "dep", "conj", "advcl")
    ):
        return
    sentence = verb.sent
    first, last = min(subject.left_edge.i, verb.i), max(subject.right_edge.i, verb.i)
    marked = any(c.dep_ in ("mark", "cc") and c.i < verb.i for c in verb.children)
    if marked or first <= sentence.start + 1 or scene.doc[first - 1].text not in (",", "—", "–", "--", "-"):
        return
    before = scene.doc[sentence.start : first - 1]
    objects = {c.dep_ for c in verb.children if c.i > verb.i and c.dep_ in ("dobj", "xcomp")}
    asked = before[0].dep_ == "advcl" and before[0].tag_ == "VBN"  # `Asked if he would go, Roe said no`
    if asked or any(scene.quoted(w) for w in before[-1:]) or (objects and verb.lemma_ not in _ADDRESSING):
        return
    while last + 1 < sentence.end and scene.doc[last + 1].text not in (",", "—", "–", ".", "--", ";"):
        last += 1
    spans = [scene.stretch(_opening(sentence), first - 2)]
    if scene.doc[first - 2].tag_ in ("WP", "WDT", "WRB") and last + 2 < sentence.end:
        clause = (
            verb.head if verb.head.i > last else scene.doc[last + 2].head
        )  # "a vote in which, he said, 97 backed it"
        spans = [scene.stretch(last + 2, min(clause.right_edge.i, sentence.end - 1))]
        yield from report(scene, verb, clause, force, spans, subject, 0.9)
        return
    if (
        last + 2 < sentence.end
        and scene.doc[last + 1].text in (",", "—", "–")
        and _same_clause(verb, last + 2, sentence.end)
    ):
        spans.append(scene.stretch(last + 2, sentence.end - 1))
    words = (*before, *(scene.doc[last + 2 : sentence.end] if len(spans) > 1 else ()))
    if any(w.tag_ in FINITE for w in words):
        yield from report(scene, verb, _top(words), force, spans, subject, 0.9)


def _holds_clause(verb: Token) -> bool:
    """Whether the parse hangs a whole clause before the verb on it: “The dam is safe, he wrote on Telegram”."""
    before = (c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i and is_finite(c))
    return any(any(g.dep_ in ("nsubj", "nsubjpass", "expl") for g in c.children) for c in before)


def _as_said(scene: Scene, verb: Token) -> Iterator[Attribution]:
    """`As the police have said, …`, `…, as she put it, …`: the rest of the sentence is what is said."""
    if (
        verb.lemma_ not in _AS
        or verb.pos_ != "VERB"
        or not any(c.lower_ == "as" and c.i < verb.i for c in verb.children)
    ):
        return
    subject, doc, sentence = spoken_subject(verb), scene.doc, verb.sent
    objects = [c for c in verb.children if c.dep_ in ("dobj", "ccomp", "xcomp") and c.i > verb.i and c.lower_ != "it"]
    if subject is None or (objects and verb.lemma_ not in _ADDRESSING):
        return
    first, last = verb.left_edge.i, verb.right_edge.i
    while last + 1 < sentence.end and last - verb.i < _LONG_AS and doc[last + 1].text not in _ENDS:
        last += 1
    before = first - 1 > sentence.start and doc[first - 1].text in _COMMAS
    after = last + 2 < sentence.end and doc[last + 1].text in _COMMAS
    opens = first - sentence.start <= 1
    if not ((opens and after) or before):
        return
    spans = [] if opens else [scene.stretch(_opening(sentence), first - 2)]
    spans += [scene.stretch(last + 2, sentence.end - 1)] if after else []
    words = [w for w in sentence if not first <= w.i <= last]
    if any(w.tag_ in FINITE for w in words):
        yield from report(scene, verb, _top(words), verb_force(verb) or "said", spans, subject, 0.8)


def _same_clause(verb: Token, first: int, end: int) -> bool:
    """Whether what follows `…, he said,` goes on with what is said, not with the saying ("adding that")."""
    word = verb.doc[first]
    going_on = word.tag_ == "VBG" and word.dep_ not in ("csubj", "nsubj", "amod") and word.lower_ != "including"
    return (
        not (going_on or word.lower_ in ("according", "who", "which", "and", "but", "when", "as", "while"))
        and end - first > 1
    )


def _top(words: Sequence[Token]) -> Token:
    inside = {w.i for w in words}
    return next((w for w in words if w.head.i not in inside or w.head == w), words[0])


def _rests_on(scene: Scene, word: Token) -> Iterator[Attribution]:
    """`According to X, …`, `…, per X`, `in X's view, …`: the rest of the sentence is what X said or holds."""
    view = view_at(word)
    if view is None:
        return
    doc, sentence = scene.doc, word.sent
    stops = (t.i - 1 for t in doc[view.last : sentence.end] if t.text in (",", ".", ";") or "\n" in t.text)
    end = max(view.last, next(stops, sentence.end - 1))
    stated = word.lower_ in ("according", "per")
    inside = next((a for a in (word.head, *word.head.ancestors) if a.dep_ == "relcl"), None)
    if inside is not None and view.first > inside.left_edge.i:
        # "a vote in which, according to officials, 97 percent agreed": they said no more than that
        spans = [scene.stretch(end + 2, inside.right_edge.i)]
    elif view.first - sentence.start <= 2:
        spans = [scene.stretch(end + 1, sentence.end - 1)]
    elif not stated and doc[view.first - 1].text != "," and end + 1 < sentence.end and doc[end + 1].text not in ".;":
        return  # "he was wrong in my view and hers": no part set off from the sentence
    else:
        spans = [scene.stretch(_opening(sentence), view.first - 1)]
        goes_on = end + 2 < sentence.end and doc[end + 1].text == ","
        whole = any(t.tag_ in FINITE for t in doc[sentence.start : view.first])
        between = stated and goes_on and not whole and _same_clause(word, end + 2, sentence.end)
        copula = doc[view.first - 1].text == "," and doc[view.first - 2].lemma_ in ("be", "remain", "seem", "become")
        if goes_on and (word.head.i > end or between or copula):  # "the talks were, in her view, pointless"
            spans.append(scene.stretch(end + 1, sentence.end - 1))
    told = [span for span in spans if span is not None]
    if sum(len(doc.char_span(*span, alignment_mode="expand") or ()) for span in told) > 1:
        head = word.head if stated else doc[view.first].head
        force, sure = ("said", 0.92) if stated else ("believed", 0.75)
        yield from report(scene, word, head, force, told, view.source, sure)


def _opening(sentence: Span) -> int:
    """First word of a sentence behind a dateline ("KYIV (AP) —") and a word that only joins it to the one before."""
    doc, at = sentence.doc, sentence.start
    while at < sentence.end - 1 and doc[at].is_space:
        at += 1
    head = list(doc[at : min(at + _DATELINE, sentence.end)])
    dash = next((w.i for w in head if w.text in ("—", "–", "―", "--", "-")), None)
    if dash is not None and head[0].text.isupper() and len(head[0]) > 1:
        at = dash + 1
    if doc[at].lower_ in _JOINING:
        at += 1
    elif doc[at].lower_ in _ADVERBS and at + 1 < sentence.end and doc[at + 1].text == ",":
        at += 2
    return at


_RULES: tuple[Rule, ...] = (
    _rests_on,
    _as_said,
    _clause,
    stances.accused,
    stances.shown,
    stances.infinitive,
    stances.gerund,
    stances.naming,
    stances.object_phrase,
    stances.noun,
    stances.owned_noun,
    stances.adjective,
)
