"""What somebody wants, rejects, promises or thinks of a thing, said by infinitives, noun phrases and adjectives.

Each rule takes the scene and a word, and yields the attributions that the word introduces.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from ingest.reading.english.claims.cues import LIGHT_VERBS, Attribution, framed, lexicon, verb_force
from ingest.reading.english.claims.scene import WEAK, WEAKEST, Scene, clause_start, hidden, report, said_in
from ingest.reading.english.claims.speakers import passive, source_of, spoken_subject
from ingest.reading.english.entities.known.gazetteer import words

_DETERMINERS = {"this", "that", "these", "those", "such", "same"}
_ORDERING = {"tell", "ask", "urge", "order", "instruct", "advise", "encourage", "warn", "implore", "beg", "exhort"}
_MOVING = {"encourage", "persuade", "convince", "invite"}
_OF_DEEDS = {"deny", "admit", "acknowledge", "recall", "report", "describe", "mention", "confess"}
_CONDITION = {"unless", "if", "until"}


def infinitive(scene: Scene, verb: Token) -> Iterator[Attribution]:
    """`pledged to …`, `wants to …`, `urged them to …`."""
    if verb.pos_ != "VERB" or passive(verb) or verb.dep_ == "pcomp" or _gapped(verb):
        return
    told = verb.lemma_ in _ORDERING and any(c.dep_ == "dobj" for c in verb.children)
    for action in verb.children:
        if (
            action.dep_ not in (("xcomp", "ccomp", "advcl") if told else ("xcomp", "ccomp"))
            or action.i < verb.i
            or not any(c.lower_ == "to" and c.dep_ == "aux" for c in action.children)
        ):
            continue
        doer = next(
            (
                c
                for c in (*action.children, *verb.children)
                if c.dep_ in ("nsubj", "dobj", "dative") and verb.i < c.i < action.i
            ),
            None,
        )
        force = framed("object_infinitive" if doer is not None else "infinitive", verb)
        source = source_of(verb)
        if force is None or source is None or hidden(verb, force) or (force == "refused" and verb_force(action)):
            continue
        if verb.lemma_ in _MOVING and source.pos_ not in ("PROPN", "PRON"):
            continue  # "the victory encouraged France to …" says nothing
        first = doer.left_edge.i if doer is not None else action.left_edge.i
        last = _also_to(verb, action)
        yield from report(scene, verb, action, force, [scene.stretch(first, last)], source, WEAK)
        return


def gerund(scene: Scene, verb: Token) -> Iterator[Attribution]:
    """`denied taking bribes`, `admitted having lied`, `recalled seeing smoke`."""
    force = verb_force(verb) if verb.lemma_.lower() in _OF_DEEDS else None
    if force is None or passive(verb) or hidden(verb, force) or verb.dep_ == "pcomp":
        return
    deed = next((c for c in verb.rights if c.tag_ == "VBG" and c.dep_ in ("xcomp", "ccomp", "dobj", "pcomp")), None)
    source = source_of(verb)
    if deed is None or source is None or deed.left_edge.i - verb.i > 1:
        return
    yield from report(scene, verb, deed, force, [scene.stretch(deed.left_edge.i, deed.right_edge.i)], source, WEAK)


def _gapped(verb: Token) -> bool:
    """Whether what is spoken of stands before the verb: "the goal it pledged to reach" says nothing whole."""
    subject = spoken_subject(verb)
    return verb.dep_ == "relcl" and subject is not None and subject.tag_ not in ("WP", "WDT")


def _also_to(verb: Token, action: Token) -> int:
    """Last word of the infinitive with others that the parse hangs beside it ("to cut taxes, build roads and …")."""
    last = action.right_edge.i
    for other in verb.rights:
        near = other.i > last and other.left_edge.i - last <= 2
        if near and other.tag_ == "VB" and other.dep_ in ("dep", "conj", "xcomp", "ccomp"):
            last = other.right_edge.i
    return last


def object_phrase(scene: Scene, verb: Token) -> Iterator[Attribution]:
    """`rejected the claim that …`, `reiterated his opposition to …`, `made this claim`, `called for …`."""
    if verb.pos_ != "VERB" or passive(verb) or verb.dep_ == "pcomp":
        return
    thing = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    if thing is not None and _tells(thing):
        force = framed("object", verb) or _echo(verb, thing)
        source = source_of(verb)
        empty = (force == "offered" and thing.lemma_ not in lexicon().nouns) or _cites_source(verb, thing)
        if force and source is not None and not empty and not hidden(verb, force):
            spans = [scene.stretch(_thing_start(thing, source), _thing_end(verb, thing))]
            yield from report(scene, verb, thing, force, spans, source, WEAK)
            return
    if thing is not None and (made := list(_on_name(scene, verb, thing))):
        yield from made
        return
    yield from _preposition(scene, verb, thing)


def _cites_source(verb: Token, thing: Token) -> bool:
    """Whether only a source is named: "citing people familiar with the case"."""
    names = {"people", "person", "official", "insider", "witness", "expert", "figure"}
    return verb.lemma_ == "cite" and thing.lemma_ in names | lexicon().label_sources | lexicon().evidence


def _on_name(scene: Scene, verb: Token, thing: Token) -> Iterator[Attribution]:
    """`endorsed Lind`, `criticized Lind for …`: praise or blame of somebody named, with what for."""
    force, source = framed("stance_on", verb), source_of(verb)
    if force is None or source is None or thing.pos_ not in ("PROPN", "NOUN", "PRON") or hidden(verb, force):
        return
    why = next(
        (c for c in verb.children if c.dep_ == "prep" and c.lower_ in ("for", "over", "as") and c.i > thing.i), None
    )
    if why is None and thing.pos_ != "PROPN":
        return
    if verb.lemma_ == "attack" and (why is None or not any(c.dep_ == "pcomp" for c in why.children)):
        return  # an army attacks a town; a speaker attacks somebody for doing something
    last = thing.right_edge.i if why is None else why.right_edge.i
    yield from report(scene, verb, thing, force, [scene.stretch(thing.left_edge.i, last)], source, WEAK)


def shown(scene: Scene, verb: Token) -> Iterator[Attribution]:
    """`Polls show Lind ahead`, `the video shows soldiers burning a house`: what evidence shows without a clause."""
    force = framed("evidence", verb)
    source = source_of(verb) if force is not None and verb.pos_ == "VERB" and not passive(verb) else None
    if force is None or source is None or source.lemma_.lower() not in lexicon().evidence or hidden(verb, force):
        return
    parts = [c for c in verb.rights if c.dep_ in ("dobj", "ccomp", "acl", "advmod", "prep", "oprd", "acomp")]
    thing = next((c for c in parts if c.dep_ in ("dobj", "ccomp")), None)
    if thing is None or parts[0].left_edge.i != verb.i + 1 or (thing.dep_ == "ccomp" and thing.tag_ != "VBG"):
        return
    last = max(_thing_end(verb, thing) if c == thing else c.right_edge.i for c in parts)
    if last - verb.i >= 2:
        yield from report(scene, verb, thing, force, [scene.stretch(verb.i + 1, last)], source, 0.6)


def _tells(thing: Token) -> bool:
    """Whether a noun phrase says something: it carries a claim ("opposition to …"), or is no bare noun."""
    carries = thing.lemma_ in lexicon().nouns
    return thing.pos_ == "NOUN" and (carries or thing.right_edge.i - thing.left_edge.i >= 2)


def _echo(verb: Token, thing: Token) -> str | None:
    """`made this claim`: the words point back at a claim already told."""
    pointing = any(c.dep_ in ("det", "amod", "predet") and c.lower_ in _DETERMINERS for c in thing.children)
    return (
        lexicon().nouns.get(thing.lemma_)
        if verb.lemma_ in LIGHT_VERBS and pointing and thing.lemma_ in lexicon().anaphors
        else None
    )


def _thing_start(thing: Token, source: Token) -> int:
    """Begin the phrase behind a possessive that means the source itself ("reiterated his opposition")."""
    own = next((c for c in thing.children if c.dep_ == "poss"), None)
    return (
        own.i + 1 if own is not None and own.tag_ == "PRP$" and thing.lemma_ in lexicon().nouns else thing.left_edge.i
    )


def _thing_end(verb: Token, thing: Token) -> int:
    """End the phrase before a participle that goes on about the subject (", stating …"); take a condition along."""
    end = thing.right_edge.i
    for child in thing.rights:
        comma = child.left_edge.i > 0 and thing.doc[child.left_edge.i - 1].text == ","
        if child.tag_ == "VBG" and comma and child.dep_ in ("acl", "advcl"):
            end = min(end, child.left_edge.i - 1)
    for child in verb.rights:
        if (
            child.dep_ == "advcl"
            and child.i > end
            and any(c.dep_ == "mark" and c.lower_ in _CONDITION for c in child.children)
        ):
            end = child.right_edge.i
    return end


def _preposition(scene: Scene, verb: Token, thing: Token | None) -> Iterator[Attribution]:
    """Find `called for …`, `warned of …`, `accused them of …`."""
    for link in (*verb.children, *(thing.rights if thing is not None else ())):
        if link.dep_ not in ("prep", "prt", "agent") or link.i < verb.i:
            continue
        force = framed("preposition", verb, link.lower_)
        noun = next((c for c in link.children if c.dep_ in ("pobj", "pcomp")), None)
        source = source_of(verb)
        if not force or noun is None or source is None or hidden(verb, force):
            continue
        due = link.lower_ == "for" and any(t.tag_ == "TO" for t in verb.doc[noun.i : verb.right_edge.i + 1])
        if noun.pos_ in ("PRON", "PROPN") and not due:
            continue  # "called for Lind", but "called for Lind to go"
        first = thing.left_edge.i if force == "accused" and thing is not None else noun.left_edge.i
        action = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl") and c.i > noun.i), None)
        asked = action is not None and (link.lower_ in ("on", "upon") or (due and action.tag_ == "VB"))
        last = action.right_edge.i if action is not None and asked else noun.right_edge.i
        yield from report(scene, verb, noun, force, [scene.stretch(first, last)], source, WEAK)
        return


def naming(scene: Scene, verb: Token) -> Iterator[Attribution]:
    """Find `called the plan a mistake`, `described it as “…”`."""
    force = framed("naming", verb)
    own = any(c.dep_ == "dobj" and c.lower_ in ("itself", "himself", "herself", "themselves") for c in verb.children)
    if force is None or verb.pos_ != "VERB" or passive(verb) or (verb.dep_ == "acl" and own):
        return  # "a group calling itself Dawn" only says who it is
    name = next(
        (c for c in verb.children if c.dep_ in ("oprd", "ccomp") or (c.dep_ == "prep" and c.lower_ == "as")), None
    )
    thing = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if name is None and thing is not None:
        name = _second_object(scene, verb, thing)
    source = source_of(verb)
    if source is None or name is None or name.i < verb.i or hidden(verb, force) or _from_office(verb, name):
        return
    first = thing.left_edge.i if thing is not None and verb.i < thing.i < name.i else name.left_edge.i
    yield from report(scene, verb, name, force, [scene.stretch(first, name.right_edge.i)], source, WEAK)


def _from_office(verb: Token, name: Token) -> bool:
    """“Dismissed Roe as vice president”: he lost an office, and nothing is said of him."""
    held = (c for c in name.children if c.dep_ == "pobj")
    office = any(c.lemma_.lower() in words("nouns", "person") for c in held)
    return verb.lemma_ in ("dismiss", "reject") and name.dep_ == "prep" and office


def _second_object(scene: Scene, verb: Token, thing: Token) -> Token | None:
    """Find the name in `called the plan “a disgrace”`, which the parse takes for an apposition or another object."""
    words = (*(c for c in thing.children if c.dep_ == "appos"), *(c for c in verb.children if c.dep_ == "dobj"))
    return next((w for w in words if w.i > thing.i and scene.quoted(w)), None)


def noun(scene: Scene, noun: Token) -> Iterator[Attribution]:
    """`Trump’s claim that …`: the owner said it, unless the sentence is about somebody who denies it."""
    force = lexicon().nouns.get(noun.lemma_) if noun.pos_ == "NOUN" else None
    if force is None or (verb_force(noun.head.head) and said_in(noun, noun.head.head)):
        return
    clause = next(
        (
            c
            for c in noun.children
            if c.dep_ in ("acl", "ccomp", "relcl") and any(m.lower_ == "that" and m.dep_ == "mark" for m in c.children)
        ),
        None,
    )
    if clause is None or _speaks_of(clause):
        return
    verb = noun.head if noun.dep_ == "dobj" and noun.head.pos_ == "VERB" else None
    if verb is not None and framed("object", verb):
        return
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    by = next(
        (
            w
            for c in noun.children
            if c.dep_ in ("prep", "agent") and c.lower_ in ("by", "from")
            for w in c.children
            if w.dep_ == "pobj"
        ),
        None,
    )
    source = owner or by or (source_of(verb) if verb is not None and not passive(verb) else None)
    mark = next(m.i for m in clause.children if m.lower_ == "that" and m.dep_ == "mark")
    yield from report(scene, noun, clause, force, [scene.stretch(mark + 1, clause.right_edge.i)], source, 0.6)


def _speaks_of(clause: Token) -> bool:
    """Whether the clause only tells what somebody does with the claim: "a claim that the army denies"."""
    answers = framed("object", clause) or framed("stance_on", clause)
    return bool(answers) and not any(c.dep_ in ("dobj", "ccomp", "xcomp", "auxpass") for c in clause.children)


def owned_noun(scene: Scene, noun: Token) -> Iterator[Attribution]:
    """`Lind’s opposition to the dam`, `their fear of a flood`: the noun carries what its owner says or thinks."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None) if noun.pos_ == "NOUN" else None
    if owner is None or owner.pos_ not in ("PROPN", "PRON", "NOUN") or owner.lower_ in ("its", "whose"):
        return
    if (
        noun.dep_ == "dobj"
        and noun.head.pos_ == "VERB"
        and (framed("object", noun.head) or framed("stance_on", noun.head))
    ):
        return
    for link in noun.rights:
        force = framed("noun_preposition", noun, link.lower_) if link.dep_ == "prep" else None
        thing = next((c for c in link.children if c.dep_ in ("pobj", "pcomp")), None) if force else None
        if force and thing is not None and thing.right_edge.i > thing.left_edge.i:
            spans = [scene.stretch(thing.left_edge.i, thing.right_edge.i)]
            yield from report(scene, noun, thing, force, spans, owner, WEAKEST)
            return


def adjective(scene: Scene, word: Token) -> Iterator[Attribution]:
    """`is sceptical that …`, `is opposed to …`."""
    forces = lexicon().adjectives
    force = forces.get(word.lower_) if word.pos_ == "ADJ" or word.tag_ == "VBN" else None
    if (
        force is None
        or word.dep_ not in ("acomp", "ROOT", "conj")
        or word.head.lemma_ not in ("be", "remain", "become", "grow", "feel", "seem")
    ):
        return
    if hidden(word.head, force):
        return
    subject = source_of(word.head)
    clause = next((c for c in (*word.children, *word.head.children) if c.dep_ == "ccomp" and c.i > word.i), None)
    link = next((c for c in word.children if c.dep_ == "prep" and c.lower_ in ("of", "about", "to")), None)
    noun = next((c for c in link.children if c.dep_ in ("pobj", "pcomp")), None) if link is not None else None
    head = clause if clause is not None else noun
    if subject is None or subject.lower_ == "it" or head is None:
        return
    first = clause_start(word, clause) if clause is not None else head.left_edge.i
    yield from report(scene, word, head, force, [scene.stretch(first, head.right_edge.i)], subject, WEAK)


def accused(scene: Scene, verb: Token) -> Iterator[Attribution]:
    """`X is accused of …`: the accused does not speak; who accuses is told only by `by …`."""
    if verb.lemma_ not in ("accuse", "suspect") or verb.pos_ != "VERB" or not passive(verb):
        return
    subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    by = source_of(verb)
    # "accused by rebels of burning …": the parse may hang the deed on the rebels
    near = (*verb.children, *(by.rights if by is not None else ()))
    deed = next((c for c in near if c.dep_ == "prep" and c.lower_ == "of" and c.i > verb.i), None)
    if subject is None or deed is None:
        return
    spans = [
        scene.stretch(subject.left_edge.i, subject.right_edge.i),
        scene.stretch(deed.left_edge.i, deed.right_edge.i),
    ]
    for made in report(scene, verb, deed, "claimed", spans, by, 0.7):
        source = tuple((start, min(end, deed.idx - 1)) for start, end in made.source if start < deed.idx)
        yield replace(made, source=source)
